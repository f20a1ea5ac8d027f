"""Forms of the corpus have their known values. Skipped without JUESUAN_CORPUS, the folder of the documents."""

import importlib.util
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from ingest.forms import read_forms
from ingest.readers import read
from tests.ingest.truth import extraction_of

CORPUS = Path(os.environ.get("JUESUAN_CORPUS", "/nowhere"))
SCORE = CORPUS.parent / "tools" / "score.py"
PARTS = ("projects", "project_fields", "funds", "management", "indicators", "indicator_fields")
LEFT_OUT = ("table_by_unit", "table_unknown", "table_contradictory")
pytestmark = pytest.mark.skipif(
    not (CORPUS.is_dir() and SCORE.is_file()),
    reason="set JUESUAN_CORPUS to a corpus that has tools/score.py beside it",
)


def documents(suffix: str) -> list[Path]:
    return sorted(folder.parent / f"{folder.parent.name}{suffix}" for folder in CORPUS.glob("*/projects.csv"))


def measured(file: Path) -> dict[str, dict[str, float]]:
    """Recall and precision of every part, computed by the scoring tool of the corpus."""
    spec = importlib.util.spec_from_file_location("score", SCORE)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    return {name: tally.line() for name, tally in score.performance(file.parent, tables(file)).items()}


def tables(file: Path) -> dict[str, list[dict]]:
    """The records as rows of the public views."""
    out = {f"performance_{name}": [] for name in ("project", "fund", "management", "indicator")}
    for project in read_forms(read(file))[0]:
        row = asdict(project)
        out["performance_project"].append(row)
        for name, key in (("fund", "funds"), ("management", "management"), ("indicator", "indicators")):
            out[f"performance_{name}"] += [{**one, "project": project.project} for one in row[key]]
    return out


@pytest.mark.parametrize("file", documents(".pdf"), ids=lambda file: file.name)
def test_every_form_of_a_pdf_is_read_with_its_known_values(file):
    found = measured(file)
    assert found["projects"]["recall"] == 1
    assert all(found[part]["recall"] >= 0.995 for part in ("project_fields", "funds", "management")), found
    assert all(found[part]["recall"] >= 0.99 for part in ("indicators", "indicator_fields")), found
    assert all(found[part]["precision"] >= 0.99 for part in PARTS), found


@pytest.mark.takes(2)
@pytest.mark.parametrize("file", documents(".txt"), ids=lambda file: file.name)
def test_forms_of_converted_text_are_read_as_far_as_they_are_proved(file):
    """In a cut text all values that are read must be right; in a whole text nearly all must also be read."""
    found = measured(file)
    is_torn = not all(project.is_whole for project in read_forms(read(file))[0])
    recall, precision = (0.85, 0.97) if is_torn else (0.95, 0.98)
    asked = ("indicators", "indicator_fields") if is_torn else PARTS
    assert all(found[part]["recall"] >= recall for part in asked), found
    assert all(found[part]["precision"] >= precision for part in PARTS), found


@pytest.mark.long
@pytest.mark.parametrize("suffix", [".pdf", ".txt"])
def test_no_form_is_reported_as_a_table_that_was_left_out(suffix):
    named = {
        file.name: doubts
        for file in documents(suffix)
        if file.exists() and (doubts := [one for one in extraction_of(file).doubts if one.what in LEFT_OUT])
    }
    assert named == {}

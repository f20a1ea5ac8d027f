"""Every scan beside the corpus, held against the amounts of its digital document: about ten seconds a page."""

from pathlib import Path

import pytest

from ingest.pipeline import extract
from ingest.readers.parts import Part
from ingest.readers.pdf.scan import models
from ingest.readers.pdf.scan.models import TEXTS_AGAIN, is_installed, path_of
from tests.scans import CORPUS, Score, documents, pages_shown, score
from warehouse.records.reading import CheckOutcome

FORMATS = CORPUS.resolve().parent / "corpus_formats"
PICTURES = ("*/scan_*.pdf", "*/png/page_*.png")
SCANS = list(documents(sorted(path for pattern in PICTURES for path in FORMATS.glob(pattern))))


def scored(paths: list[Path]) -> Score:
    pages = [page for path in paths for page in pages_shown(path)]
    document = next(part for part in paths[0].parts if (CORPUS / part / "amounts.csv").is_file())
    return score(document, pages, extract(paths[0], attachments=[Part.of(path) for path in paths[1:]]))


def wanted(name: str) -> float:
    """The share of the amounts that must be right, by the resolution that the name of a file tells."""
    return 0.98 if "seal" in name else 0.99 if "150" in name else 0.995


@pytest.mark.long
@pytest.mark.skipif(not SCANS, reason="needs JUESUAN_CORPUS, with the folder of formats beside it")
@pytest.mark.parametrize("paths", SCANS, ids=lambda paths: f"{paths[0].parent.name}-{paths[0].stem}")
def test_the_numbers_of_a_scan_are_right_and_none_is_confirmed_and_wrong(paths, monkeypatch):
    monkeypatch.setenv("JUESUAN_OCR", "")
    monkeypatch.setattr(models, "_is_used", True)
    if not (is_installed() and path_of(TEXTS_AGAIN)):
        pytest.skip("juesuan[ocr] or the second model is not installed")
    found = scored(paths)
    assert found.confirmed_wrong == []
    assert len(found.right) >= wanted(paths[0].name) * len(found.expected)
    provable = {key for key in found.provable if found.expected[key]}
    assert len(found.confirmed & provable) >= 0.95 * len(provable)
    assert [check for check in found.off if found.outcomes.get(check) is CheckOutcome.EXACT] == []
    broken = {check for check, outcome in found.outcomes.items() if outcome is CheckOutcome.BROKEN}
    assert broken <= found.off.keys()

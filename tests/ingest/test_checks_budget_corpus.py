"""Budgets of the corpus: what does not hold as printed, or within rounding only, is found, and nothing else."""

import csv
import os
from pathlib import Path

import pytest

from ingest.pipeline import extract
from warehouse.records.reading import CheckOutcome, CheckResult

CORPUS = Path(os.environ.get("JUESUAN_CORPUS", "")).parent / "corpus_budgets"
pytestmark = pytest.mark.skipif(
    not os.environ.get("JUESUAN_CORPUS") or not CORPUS.exists(), reason="needs the corpus of budgets"
)
DOCUMENTS = sorted(path.parent for path in CORPUS.glob("*/violations.csv"))
OUTCOMES = {"rounding": CheckOutcome.ROUNDING, "publisher": CheckOutcome.BROKEN}
HELD = (CheckOutcome.EXACT, CheckOutcome.NOT_APPLICABLE)
FORMS = {"YC10": "project:", "YC12": ""}  # rule → what the truth writes before the name of a form
Found = tuple[str, str | None, str | None, str | None, CheckOutcome]


def found(result: CheckResult) -> Found:
    return (result.rule_id, result.table_code, result.row_key, result.measure, result.outcome)


def listed(row: dict[str, str]) -> Found:
    """A form is called by its name, the form of the whole department by that of the body."""
    rule, outcome = row["identity"], OUTCOMES[row["kind"]]
    if rule in FORMS:
        name = row["row"].removeprefix(FORMS[rule]) if FORMS[rule] else None
        return (rule, None, name, "initial_budget", outcome)
    return (rule, row["table"], row["row"], row["col"], outcome)


def without_body(one: Found) -> Found:
    return (*one[:2], None, *one[3:]) if one[0] in FORMS and not FORMS[one[0]] else one


@pytest.mark.parametrize("folder", DOCUMENTS, ids=lambda path: path.name)
def test_exactly_the_listed_violations_are_found(folder):
    rows = list(csv.DictReader((folder / "violations.csv").open(encoding="utf-8-sig", newline="")))
    checks = extract(folder / f"{folder.name}.pdf").checks
    assert {without_body(found(one)) for one in checks if one.outcome not in HELD} == set(map(listed, rows))

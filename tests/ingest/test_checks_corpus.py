"""Documents of the corpus: errors of publishers are found, and nothing else is reported as broken.

tests/expected/broken_checks.csv lists every broken result with the error that a person has seen on the page;
tests/expected/within_rounding.csv the known differences of 0.01, which rounding explains.
"""

import csv
import os
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ingest.truth import extraction_of
from warehouse.records.reading import CheckOutcome, CheckResult

CORPUS = Path(os.environ.get("JUESUAN_CORPUS", ""))
EXPECTED = Path(__file__).parents[1] / "expected"
pytestmark = pytest.mark.skipif(
    not os.environ.get("JUESUAN_CORPUS"), reason="set JUESUAN_CORPUS to the folder of the corpus to run these"
)
FILES = sorted(path for path in CORPUS.glob("*/*") if path.suffix in (".pdf", ".txt") and path.stem == path.parent.name)


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline=""))) if path.exists() else []


def checks(file: Path) -> tuple[CheckResult, ...]:
    return extraction_of(file).checks


def file_named(name: str) -> Path:
    return next(path for path in FILES if path.name == name)


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_only_the_listed_errors_of_publishers_are_broken(file):
    expected = {
        (row["rule_id"], row["row_key"], row["measure"])
        for row in table(EXPECTED / "broken_checks.csv")
        if row["file"] == file.name
    }
    broken = {(c.rule_id, c.row_key, c.measure) for c in checks(file) if c.outcome is CheckOutcome.BROKEN}
    assert broken == expected


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_listed_violations_are_found_and_within_rounding(file):
    for violation in table(file.parent / "violations.csv"):
        cell = f"{violation['table']}/{violation['row']}/{violation['col']}"
        off = abs(Decimal(violation["difference"]))
        named = [one for one in checks(file) if cell in one.cells and one.difference is not None]
        assert CheckOutcome.ROUNDING in {one.outcome for one in named if abs(one.difference) == off}, cell


@pytest.mark.parametrize("known", table(EXPECTED / "within_rounding.csv"), ids=lambda row: row["why"])
def test_a_known_difference_of_a_cent_is_rounding(known):
    mine = [
        c for c in checks(file_named(known["file"])) if (c.rule_id, c.row_key) == (known["rule_id"], known["row_key"])
    ]
    off = {c.outcome for c in mine if c.difference and abs(c.difference) == Decimal(known["off"])}
    assert CheckOutcome.ROUNDING in off


def test_a_digit_typed_twice_is_named():
    hints = [c.also_fits or "" for file in FILES for c in checks(file) if c.outcome is CheckOutcome.BROKEN]
    assert any("多印一位“5”" in hint for hint in hints)

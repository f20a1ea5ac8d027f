"""docs/glossary.md has each term once, and every identifier and place in it exists."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.kinds import ACCOUNTS

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| ([^|`]+) \| `(\w+)` \| `([^`|]+)` \| ([^|]*)\|$", re.M)
SOURCES = {".py", ".toml", ".sql"}


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))


@cache
def words() -> frozenset[str]:
    """Every word of the declarations, the SQL and the code."""
    files = (file for folder in ("ingest", "warehouse", "sql") for file in (ROOT / folder).rglob("*"))
    return frozenset(
        word for file in files if file.suffix in SOURCES for word in re.findall(r"\w+", file.read_text("utf-8"))
    )


@cache
def views() -> frozenset[str]:
    with (ROOT / "tests" / "expected" / "mart_columns.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(f"mart.{row[0]}" for row in csv.reader(file))


def test_the_test_reads_every_line_of_the_glossary():
    lines = [line for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines() if line.startswith("|")]
    assert len(rows()) == len([line for line in lines if not line.startswith(("|---", "| 术语"))]) > 60


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[1])
def test_what_a_line_of_the_glossary_names_exists(row):
    _, identifier, where, note = row
    assert identifier in words()
    assert where in views() if where.startswith("mart.") else (ROOT / where).exists(), where
    assert set(re.findall(r"`(\w+)`", note)) <= words()


def test_one_term_has_one_name():
    terms, identifiers = Counter(row[0] for row in rows()), Counter(row[1] for row in rows())
    assert [name for counted in (terms, identifiers) for name, times in counted.items() if times > 1] == []


def test_a_measure_of_a_standard_table_is_called_as_the_glossary_calls_it():
    """The terms that are labels of measures or rows have the key that the table declares."""
    named = {term: identifier for term, identifier, _, _ in rows()}
    labels = {row.label: row.key for table in ACCOUNTS.tables for row in table.rows}
    labels |= {measure.label: measure.name for table in ACCOUNTS.tables for measure in table.measures}
    assert {term: labels[term] for term in named.keys() & labels.keys()} == {
        term: named[term] for term in named.keys() & labels.keys()
    }

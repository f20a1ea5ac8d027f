"""The reference lists: administrative divisions, functional and economic subjects.

Read from warehouse/reference/*.csv without a database, because `ingest` recognises places and codes
with them, and loaded into the warehouse as its dimensions. The years of a subject are those of the
documents in which code and name were printed together, not those of an official catalogue.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.base.messages import _
from warehouse.records.reading import Level

FOLDER = Path(__file__).resolve().parent / "reference"
DIVISION_LEVELS = {"省级": Level.PROVINCE, "地级": Level.PREFECTURE, "县级": Level.COUNTY}
SUBJECT_LEVELS = {"类": "class", "款": "category", "项": "item"}


@dataclass(frozen=True, slots=True)
class Division:
    """`code` has six digits; `parent_code` is None for provinces."""

    code: str
    name: str
    level: Level
    parent_code: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A code with one of its names. `last_year` is None where the list leaves the end open."""

    code: str
    name: str
    level: str  # class | category | item
    parent_code: str | None
    first_year: int
    last_year: int | None
    documents: int
    status: str  # confirmed | single-document | unverified-knowledge


@dataclass(frozen=True, slots=True)
class Period:
    """A subject with the years it is valid in; None is open."""

    valid_from_year: int | None
    valid_to_year: int | None
    subject: Subject


@cache  # read once per process
def divisions() -> tuple[Division, ...]:
    """Every province, prefecture and county of the list."""
    return tuple(
        Division(row["code"], row["name"], DIVISION_LEVELS[row["level"]], row["parent_code"] or None)
        for row in _rows("admin_divisions")
    )


@cache  # read once per process
def functional_subjects() -> tuple[Subject, ...]:
    """支出功能分类: a code whose name changed stands once per name."""
    return _subjects("functional_subjects")


@cache  # read once per process
def economic_subjects() -> tuple[Subject, ...]:
    """部门预算支出经济分类: a code whose name changed stands once per name."""
    return _subjects("economic_subjects")


def subjects_of(key: str) -> tuple[Subject, ...]:
    """Those of the classification that the key of a table names. Raises KeyError."""
    return {"functional_code": functional_subjects, "economic_code": economic_subjects}[key]()


def periods(subjects: tuple[Subject, ...]) -> list[Period]:
    """Without gaps or overlaps: a name holds until the next one of its code was first printed."""
    by_code = defaultdict(list)
    for subject in subjects:
        by_code[subject.code].append(subject)
    return [period for _, names in sorted(by_code.items()) for period in _follow(names)]


def _follow(names: list[Subject]) -> list[Period]:
    ordered = sorted(names, key=lambda subject: subject.first_year)
    changes = [subject.first_year for subject in ordered[1:]]
    ends = [*(year - 1 for year in changes), None]
    return [Period(*period) for period in zip([None, *changes], ends, ordered, strict=True)]


def _subjects(name: str) -> tuple[Subject, ...]:
    return tuple(
        Subject(
            code=row["code"],
            name=row["name"],
            level=SUBJECT_LEVELS[row["level"]],
            parent_code=row["parent_code"] or None,
            first_year=_years(row["year_or_version"])[0],
            last_year=_years(row["year_or_version"])[1],
            documents=int(row["n_documents"] or 0),
            status=row["status"],
        )
        for row in _rows(name)
    )


def _years(printed: str) -> tuple[int, int | None]:
    """2022 → (2022, 2022), 2017-2026 → (2017, 2026), 2019+ → (2019, None)."""
    found = re.fullmatch(r"(\d{4})(-|\+)?(\d{4})?", printed)
    assert found, _("{printed} is no year and no range of years").format(printed=printed)
    first, mark, last = found.groups()
    if mark == "+":
        return int(first), None
    return int(first), int(last or first)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)

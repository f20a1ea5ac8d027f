"""Loads the list of successions: which body followed which, when, and who says so. docs/bodies.md says how it is kept.

The file is a CSV with the columns division_code, predecessor, successor, relation, effective, source and note. Bodies
are known by place and name: those of which no document was loaded yet are found when one is.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from psycopg import Connection

from warehouse.base.errors import BadSuccessions
from warehouse.base.messages import _
from warehouse.kinds.characters import name_of
from warehouse.load.list_text import opened_list
from warehouse.publish import refresh
from warehouse.records.successions import Relation

COLUMNS = ("division_code", "predecessor", "successor", "relation", "effective", "source", "note")
THE_STATE = "000000"  # in place of a division code: central bodies
FIRST_YEAR, LAST_YEAR = 1949, 2200
# One line for each of the bodies that became one, or that one became.
PARTS = {Relation.MERGED: ("successor", "predecessors"), Relation.SPLIT: ("predecessor", "successors")}
INSERT = """
insert into warehouse.body_succession
    (division_code, predecessor, successor, effective_year, relation, effective_on, source, note)
values (%s, %s, %s, %s, %s, %s, %s, %s)
"""
UNKNOWN_DIVISIONS = """
select code from unnest(%s::text[]) as code
where code <> %s and not exists (select from warehouse.jurisdiction where division_code = code)
order by code
"""


@dataclass(frozen=True, slots=True)
class Succession:
    """One line of the list. `effective_on` is None where only the year or the month is known."""

    division_code: str
    predecessor: str
    successor: str
    relation: Relation
    effective_year: int
    effective_on: date | None
    source: str
    note: str | None

    @property
    def key(self) -> tuple[str, str, str, int]:
        return self.division_code, self.predecessor, self.successor, self.effective_year


def load_successions(connection: Connection, file: Path) -> int:
    """Replaces the list by that of `file` in one transaction, and compares again; returns the number of its lines.

    Raises BadSuccessions.
    """
    successions = read_successions(file)
    with connection.transaction():
        _refuse_unknown_divisions(connection, file, successions)
        connection.execute("delete from warehouse.body_succession")
        connection.cursor().executemany(INSERT, [_row(one) for one in successions])
        refresh.rebuild(connection)
    return len(successions)


def read_successions(file: Path) -> list[Succession]:
    """The lines of a CSV file. Raises BadSuccessions, naming file and line."""
    lines = list(_lines(file))
    successions = [one for _, one in lines]
    for place, one in lines:
        for fault in _faults(one, successions):
            raise BadSuccessions(f"{place}: {fault}")
    return successions


def _lines(file: Path) -> Iterator[tuple[str, Succession]]:
    with opened_list(file, BadSuccessions) as opened:
        rows = csv.DictReader(opened)
        missing = [column for column in COLUMNS[:-1] if column not in (rows.fieldnames or ())]
        if missing:
            raise BadSuccessions(
                _("{name}: column {listed} is missing").format(name=file.name, listed=", ".join(missing))
            )
        for row in rows:
            place = f"{file.name} line {rows.line_num}"
            yield place, _succession(place, {column: (row.get(column) or "").strip() for column in COLUMNS})


def _succession(place: str, text: dict[str, str]) -> Succession:
    if text["relation"] not in list(Relation):
        raise BadSuccessions(
            _("{place}: relation {text} is none of {listed}").format(
                place=place, text=text["relation"] or "(none)", listed=", ".join(Relation)
            )
        )
    year, day = _effective(place, text["effective"])
    return Succession(
        text["division_code"],
        name_of(text["predecessor"]),
        name_of(text["successor"]),
        Relation(text["relation"]),
        year,
        day,
        text["source"],
        text["note"] or None,
    )


def _effective(place: str, printed: str) -> tuple[int, date | None]:
    """2024, 2024-03 or 2024-03-18 as a year and, where it is known, a day."""
    parts = printed.split("-")
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    try:
        if len(numbers) == len(parts) <= 3 and FIRST_YEAR <= numbers[0] <= LAST_YEAR:
            day = date(*numbers, *(1 for _ in range(3 - len(numbers))))
            return day.year, day if len(numbers) == 3 else None
    except ValueError:
        pass
    raise BadSuccessions(
        _("{place}: effective is a year, month or day such as 2024-03-18, not “{printed}”").format(
            place=place, printed=printed
        )
    )


def _faults(one: Succession, successions: list[Succession]) -> Iterator[str]:
    """What cannot be right about a line, in itself or beside the others."""
    if not (len(one.division_code) == 6 and one.division_code.isascii() and one.division_code.isdigit()):
        yield _("division_code has six digits, {the_state} for central bodies, not “{division_code}”").format(
            the_state=THE_STATE, division_code=one.division_code
        )
    if not (one.predecessor and one.successor):
        yield _("both names are given")
    if not one.source:
        yield _("a succession needs its source")
    if one.predecessor == one.successor and one.relation not in PARTS:
        yield _("a {relation} body has another name").format(relation=one.relation)
    if Counter(other.key for other in successions)[one.key] > 1:
        yield _("this succession stands in one line only")
    if one.relation in PARTS:
        same, parts = PARTS[one.relation]
        if sum(_change(other, same) == _change(one, same) for other in successions) < 2:
            yield _("{relation} needs a line for each of its {parts}").format(relation=one.relation, parts=parts)


def _change(one: Succession, same: str) -> tuple[str, int, str, str]:
    return one.division_code, one.effective_year, one.relation, getattr(one, same)


def _row(one: Succession) -> tuple[object, ...]:
    return (*one.key, one.relation, one.effective_on, one.source, one.note)


def _refuse_unknown_divisions(connection: Connection, file: Path, successions: list[Succession]) -> None:
    codes = sorted({one.division_code for one in successions})
    unknown = [code for (code,) in connection.execute(UNKNOWN_DIVISIONS, [codes, THE_STATE])]
    if unknown:
        raise BadSuccessions(
            _("{name}: no division has the code {listed}").format(name=file.name, listed=", ".join(unknown))
        )

"""Row keys of tables of projects: project:name, below its unit where the table is of several, and the rows of units."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.tables.shapes.readrows import ReadRow, ReadTable
from ingest.tables.shapes.repeated_rows import value_of
from ingest.tables.shapes.unit_keys import TOTAL, UNIT, unit_key
from ingest.values.rounding import OF_A_ROW
from warehouse.kinds.characters import squeeze
from warehouse.kinds.wordings import table_words

PROJECT = "project:"
_WORDS = table_words()
_IN_BRACKETS = re.compile(r"\([^()]*\)$")  # 某某局(本级)


def project_key(roles: Sequence[str], own: Sequence[str], into: ReadTable) -> str:
    """`roles` say what the levels hold, `own` what the row prints on them: unit:unit/project:level1/level2."""
    code = _first(roles, own, "unit_code")
    either = _first(roles, own, "unit_or_project")
    if either and code:
        return unit_key(into.units_above, code, either)
    above = into.names_above
    projects = [above[n] for n, role in enumerate(roles) if role in ("project", "unit_or_project") and above[n]]
    if either or _first(roles, own, "project"):
        unit = _first(roles, above, "unit")
        return (f"{UNIT}{unit}/" if unit else "") + PROJECT + "/".join(projects)
    if kind := _first(roles, own, "type"):
        return f"type:{kind}"
    unit = _first(roles, own, "unit")
    return unit_key(into.units_above, code, unit) if unit else ""


def _first(roles: Sequence[str], texts: Sequence[str], role: str) -> str:
    return next((text for one, text in zip(roles, texts, strict=True) if one == role and text), "")


def with_units_told(rows: Sequence[ReadRow], measure: str) -> list[ReadRow]:
    """The rows, those of units among projects told by their sums, and without the unit where there is one only.

    `measure` is the one of which a unit's row is the sum of the projects below it.
    """
    told = _with_rows_of_units(list(rows), measure)
    units = {row.key.partition(f"/{PROJECT}")[0] for row in told if row.key.startswith(UNIT) and PROJECT in row.key}
    if len(units) > 1:
        return told
    return [replace(row, key=row.key[row.key.index(PROJECT) :]) if PROJECT in row.key else row for row in told]


def _with_rows_of_units(rows: list[ReadRow], measure: str) -> list[ReadRow]:
    """A body among the projects, with the sum of the rows below it up to the next one, is a unit."""
    places = [n for n, row in enumerate(rows) if row.key.startswith(PROJECT) and _names_a_body(row.key)]
    bounds = [n for n, row in enumerate(rows) if row.key == TOTAL or n in places] + [len(rows)]
    units = [n for n in places if _is_sum(rows[n : next(end for end in bounds if end > n)], measure)]
    several = len(units) > 1
    unit = ""
    for n, row in enumerate(rows):
        name = row.key.removeprefix(PROJECT)
        if n in units:
            unit = name
            rows[n] = replace(row, key=UNIT + name)
        elif several and unit and row.key.startswith(PROJECT):
            rows[n] = replace(row, key=f"{UNIT}{unit}/{row.key}")
    return rows


def _names_a_body(name: str) -> bool:
    return bool(_WORDS.body_ending.search(_IN_BRACKETS.sub("", squeeze(name))))


def _is_sum(rows: Sequence[ReadRow], measure: str) -> bool:
    """The first of some rows is the sum of the others."""
    values = [value for row in rows if (value := value_of(row, measure)) is not None]
    if len(values) < max(2, len(rows)):
        return False
    first, *others = values
    return first != 0 and abs(first - sum(others)) <= OF_A_ROW * len(others)

"""Loads the series that amounts are divided by: population, staff, gross product, price index.

The file is a CSV with the columns series, division_code, fiscal_year, value, unit, source and, for a price index,
base_year. A year that is not in the file stays unknown: no value is carried over from another year.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from psycopg import Connection

from warehouse.base.errors import BadSeries
from warehouse.base.messages import _
from warehouse.load.list_text import opened_list
from warehouse.publish import refresh

SMALLEST, LARGEST = Decimal("0.01"), Decimal(10) ** 15
# Documents with metrics that are divided by a point: of its division and those below it, also of the year after, which
# is compared with it. A price index concerns all documents of its year: of several base years none can be compared.
CONCERNED = """
select distinct document.slot_id
from mart.published_document as document
left join staging.jurisdiction as own on own.division_code = document.division_code
left join staging.jurisdiction as parent on parent.division_code = own.parent_code
join unnest(%(series)s::text[], %(codes)s::text[], %(years)s::integer[]) as point (series, division_code, fiscal_year)
    on document.fiscal_year in (point.fiscal_year, point.fiscal_year + 1)
    and (
        point.series = 'price_index'
        or point.division_code in (own.division_code, parent.division_code, parent.parent_code)
    )
where document.is_current
"""
COLUMNS = ("series", "division_code", "fiscal_year", "value", "unit", "base_year", "source")
UNITS = {  # series → unit in the file → factor to the stored unit
    "population": {"人": 1, "万人": 10_000},
    "staff": {"人": 1, "万人": 10_000},
    "gdp": {"万元": 1, "亿元": 10_000},
    "price_index": {"%": 1},
}


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series, in the unit in which the series is stored (人, 万元, %)."""

    series: str
    division_code: str
    fiscal_year: int
    value: Decimal
    unit: str
    base_year: int | None
    source: str


def load_series(connection: Connection, file: Path) -> int:
    """Adds or replaces every point of `file`, and computes the metrics that are divided by them, in one transaction.

    Returns how many points. Raises BadSeries.
    """
    points = list(read_series(file))
    with connection.transaction():
        _refuse_unknown_divisions(connection, file, points)
        connection.cursor().executemany(
            "insert into warehouse.division_series (series, division_code, fiscal_year, value, unit, base_year, source)"
            " values (%s, %s, %s, %s, %s, %s, %s) on conflict (series, division_code, fiscal_year) do update"
            " set (value, unit, base_year, source) ="
            " row(excluded.value, excluded.unit, excluded.base_year, excluded.source)",
            [tuple(getattr(point, column) for column in COLUMNS) for point in points],
        )
        refresh.merge_dimensions(connection)
        refresh.refresh_slots(connection, _concerned(connection, points))
    return len(points)


def _concerned(connection: Connection, points: list[Point]) -> list[int]:
    """The slots of the documents whose metrics are divided by one of the points."""
    columns = {
        "series": [point.series for point in points],
        "codes": [point.division_code for point in points],
        "years": [point.fiscal_year for point in points],
    }
    return [slot_id for (slot_id,) in connection.execute(CONCERNED, columns)]


def read_series(file: Path) -> Iterator[Point]:
    """The points of a CSV file. Raises BadSeries, naming the line."""
    with opened_list(file, BadSeries) as opened:
        rows = csv.DictReader(opened)
        missing = set(COLUMNS) - {"base_year"} - set(rows.fieldnames or ())
        if missing:
            raise BadSeries(
                _("{name}: column {listed} is missing").format(name=file.name, listed=", ".join(sorted(missing)))
            )
        for row in rows:
            yield _point(f"{file.name} line {rows.line_num}", row)


def _point(where: str, row: dict[str, str | None]) -> Point:
    text = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if text["series"] not in UNITS:
        raise BadSeries(
            _("{where}: series {text} is none of {listed}").format(
                where=where, text=text["series"] or "(none)", listed=", ".join(UNITS)
            )
        )
    factor = UNITS[text["series"]].get(text["unit"])
    if factor is None:
        raise BadSeries(
            _("{where}: unit {text} is none of {listed}").format(
                where=where, text=text["unit"] or "(none)", listed=", ".join(UNITS[text["series"]])
            )
        )
    if not text["source"]:
        raise BadSeries(_("{where}: a value needs its source").format(where=where))
    if bool(text["base_year"]) != (text["series"] == "price_index"):
        raise BadSeries(_("{where}: base_year belongs to a price index, and to nothing else").format(where=where))
    return Point(
        text["series"],
        text["division_code"],
        _year(where, text["fiscal_year"]),
        _value(where, text["value"]) * factor,
        next(unit for unit, times in UNITS[text["series"]].items() if times == 1),
        _year(where, text["base_year"]) if text["base_year"] else None,
        text["source"],
    )


def _year(where: str, printed: str) -> int:
    if not (printed.isascii() and printed.isdigit() and 1949 <= int(printed) <= 2200):
        raise BadSeries(f"{where}: {printed or '(none)'} is no year")
    return int(printed)


def _value(where: str, printed: str) -> Decimal:
    try:
        value = Decimal(printed)
    except InvalidOperation:
        raise BadSeries(f"{where}: {printed or '(none)'} is no number") from None
    if not (value.is_finite() and value > 0):
        raise BadSeries(_("{where}: {printed} is not above zero").format(where=where, printed=printed))
    if not SMALLEST <= value <= LARGEST:
        raise BadSeries(_("{where}: {printed} is beyond what a division can have").format(where=where, printed=printed))
    return value


def _refuse_unknown_divisions(connection: Connection, file: Path, points: list[Point]) -> None:
    codes = sorted({point.division_code for point in points})
    unknown = connection.execute(
        "select code from unnest(%s::text[]) as code where not exists"
        " (select from warehouse.jurisdiction where division_code = code) order by code",
        [codes],
    ).fetchall()
    if unknown:
        raise BadSeries(
            _("{name}: no division has the code {listed}").format(
                name=file.name, listed=", ".join(code or "(none)" for (code,) in unknown)
            )
        )

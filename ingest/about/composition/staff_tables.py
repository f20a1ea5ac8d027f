"""Tables of staff: a column is a fact, and the row 合计, or the only row, is the body's."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ingest.about.composition.declared import composition_words
from ingest.document import RawRow, RawTable
from ingest.values.whole_numbers import whole_number
from warehouse.kinds.characters import comparable, squeeze
from warehouse.kinds.wordings import unit_table_words
from warehouse.records.reading import BodyFact

_FACTS = {heading: declared.fact for declared in composition_words().staff.facts for heading in declared.headings}
_TOTALS = unit_table_words().totals
_HEADING_ROWS = 3


def staff_in_table(table: RawTable) -> Iterator[BodyFact]:
    """The facts of a table that has a column of staff; none where rows are several and none is their total."""
    begin = next((n for n, row in enumerate(table.rows) if any(map(_count, row.texts()))), 0)
    if not 0 < begin <= _HEADING_ROWS:
        return
    columns = _columns(table.rows[:begin], table.width)
    row = _row_of_body(table.rows[begin:])
    if row is not None and columns:
        yield from _facts(row, columns)


def _count(text: str) -> bool:
    return squeeze(text).isdigit()


def _columns(rows: Sequence[RawRow], width: int) -> dict[int, str]:
    """Column → fact, where its headings name one."""
    paths = (_path(rows, column) for column in range(width))
    return {column: _FACTS[path] for column, path in enumerate(paths) if path in _FACTS}


def _path(rows: Sequence[RawRow], column: int) -> str:
    """编制数/行政: a heading above several columns is printed above the first of them."""
    *above, last = rows
    lowest = comparable(last.text(column))
    names = [_heading_above(row, column) if lowest else comparable(row.text(column)) for row in above]
    return "/".join(filter(None, (*names, lowest)))


def _heading_above(row: RawRow, column: int) -> str:
    return next((name for n in range(column, -1, -1) if (name := comparable(row.text(n)))), "")


def _row_of_body(rows: Sequence[RawRow]) -> RawRow | None:
    counted = [row for row in rows if any(map(_count, row.texts()))]
    totals = [row for row in counted if any(comparable(text) in _TOTALS for text in row.texts())]
    return totals[0] if len(totals) == 1 else counted[0] if len(counted) == 1 else None


def _facts(row: RawRow, columns: Mapping[int, str]) -> Iterator[BodyFact]:
    for column, fact in columns.items():
        printed = squeeze(row.text(column))
        number = whole_number(printed) if _count(printed) else None
        if number is not None:
            yield BodyFact(fact, Decimal(number), None, printed, row.place_of(column))

"""A table of units: one or several columns headed 单位名称, with their numbers, kinds and remarks beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.about.composition.declared import composition_words
from ingest.document import RawRow, RawTable
from warehouse.kinds.characters import comparable, squeeze
from warehouse.records.places import Place

_HEADINGS = composition_words().table
_HEADING_ROWS = 3  # a table's title may be drawn above its headings


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A cell under 单位名称 with what stands beside it; `number` is that of its row, "" where none is printed."""

    number: str
    name: str
    beside: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns of one group: its name, and the columns behind it up to the next group's number or name."""

    number: int | None
    name: int
    beside: tuple[int, ...]


def unit_cells(tables: Sequence[RawTable]) -> list[UnitCell]:
    """The units of a table and of those that continue it, in the order of their numbers; [] where it is none."""
    first = tables[0]
    heading = next((n for n, row in enumerate(first.rows[:_HEADING_ROWS]) if _groups(row)), None)
    if heading is None:
        return []
    groups = _groups(first.rows[heading])
    rows = [*first.rows[heading + 1 :], *(row for table in tables[1:] for row in table.rows if not _groups(row))]
    cells = [cell for group in groups for cell in _cells(rows, group)]
    if all(cell.number.isdigit() for cell in cells):
        return sorted(cells, key=lambda cell: int(cell.number))
    return [
        cell
        for row in zip(*(_cells(rows, group, blanks=True) for group in groups), strict=True)
        for cell in row
        if cell.name
    ]


def _groups(row: RawRow) -> list[_Columns]:
    headings = [comparable(text) for text in row.texts()]
    names = [n for n, text in enumerate(headings) if text in _HEADINGS.names]
    if any(text and text not in _HEADINGS.known for text in headings):
        return []
    numbers = [n - 1 if n and headings[n - 1] in _HEADINGS.numbers else None for n in names]
    starts = [name if number is None else number for name, number in zip(names, numbers, strict=True)]
    ends = [*starts[1:], len(headings)]
    return [
        _Columns(number, name, tuple(range(name + 1, end)))
        for number, name, end in zip(numbers, names, ends, strict=True)
    ]


def _cells(rows: Sequence[RawRow], columns: _Columns, blanks: bool = False) -> Iterator[UnitCell]:
    for row in rows:
        name = squeeze(row.text(columns.name))
        number = "" if columns.number is None else squeeze(row.text(columns.number)).rstrip(".、")
        if (name and comparable(name) not in _HEADINGS.totals) or blanks:
            beside = ",".join(filter(None, (squeeze(row.text(n)) for n in columns.beside)))
            yield UnitCell(number, row.text(columns.name), beside, row.place_of(columns.name))

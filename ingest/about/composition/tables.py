"""A table of units: one or several columns headed 单位名称, with their numbers, kinds and remarks beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document import RawRow, RawTable
from warehouse.kinds.characters import comparable, squeeze
from warehouse.kinds.wordings import unit_table_words
from warehouse.records.places import Place

_HEADINGS = unit_table_words()
_HEADING_ROWS = 3  # a table's title may be drawn above its headings


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A cell under 单位名称; `number` is that of its row, `kind` what a column says of it, `beside` all other cells.

    What is not printed is "".
    """

    number: str
    name: str
    kind: str
    beside: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns of one group: its name, and the columns behind it up to the next group's number or name."""

    number: int | None
    name: int
    kind: int | None
    beside: tuple[int, ...]


def unit_cells(tables: Sequence[RawTable], is_announced: bool) -> list[UnitCell]:
    """The units of a table and of those that continue it, in the order of their numbers; [] where it is none.

    A table that no sentence announces may have no other headings than those declared.
    """
    first = tables[0]
    heading = next((n for n, row in enumerate(first.rows[:_HEADING_ROWS]) if _groups(row)), None)
    if heading is None or not (is_announced or _is_known(first.rows[heading])):
        return []
    groups = _groups(first.rows[heading])
    rows = [*first.rows[heading + 1 :], *(row for table in tables[1:] for row in table.rows if not _groups(row))]
    columns = [_joined(_cells(rows, group)) for group in groups]
    cells = [cell for column in columns for cell in column if cell.name]
    if all(cell.number.isdigit() for cell in cells):
        return sorted(cells, key=lambda cell: int(cell.number))
    return sorted(cells, key=lambda cell: cell.place.order) if len(columns) > 1 else cells


def _is_known(row: RawRow) -> bool:
    return all(comparable(text) in _HEADINGS.all for text in row.texts() if text.strip())


def _groups(row: RawRow) -> list[_Columns]:
    headings = [comparable(text) for text in row.texts()]
    names = [n for n, text in enumerate(headings) if text in _HEADINGS.names]
    if not names:
        return []
    numbers = [n - 1 if n and headings[n - 1] in _HEADINGS.numbers else None for n in names]
    starts = [name if number is None else number for name, number in zip(names, numbers, strict=True)]
    ends = [*starts[1:], len(headings)]
    return [
        _Columns(number, name, _kind(headings, name, end), tuple(range(name + 1, end)))
        for number, name, end in zip(numbers, names, ends, strict=True)
    ]


def _kind(headings: Sequence[str], name: int, end: int) -> int | None:
    return next((n for n in range(name + 1, end) if headings[n] in _HEADINGS.kinds), None)


def _cells(rows: Sequence[RawRow], columns: _Columns) -> Iterator[UnitCell]:
    for row in rows:
        if comparable(row.text(columns.name)) not in _HEADINGS.totals:
            number = "" if columns.number is None else squeeze(row.text(columns.number)).rstrip(".、")
            beside = ",".join(filter(None, (squeeze(row.text(n)) for n in columns.beside)))
            kind = "" if columns.kind is None else squeeze(row.text(columns.kind))
            yield UnitCell(number, row.text(columns.name).strip(), kind, beside, row.place_of(columns.name))


def _joined(cells: Iterator[UnitCell]) -> list[UnitCell]:
    """A row without a number below numbered ones continues the name of the one above."""
    joined: list[UnitCell] = []
    for cell in cells:
        if joined and joined[-1].number and not cell.number:
            joined[-1] = replace(joined[-1], name=joined[-1].name + cell.name)
        else:
            joined.append(cell)
    return joined

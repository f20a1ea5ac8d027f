"""A grid ruled with double lines: between its cells lie strips, each a column or row without a word.

Where such strips are, the cells of one printed column may stand in several columns of the grid: a heading between its
strips, a row of figures over them.
"""

from dataclasses import replace

from ingest.document import Cell, GridKind, RawRow, RawTable
from warehouse.kinds.characters import OVERFLOW

NARROW = 8.0  # points; the strips of double lines measured 5 to 7, the narrowest column of figures 28
STRIPS_AT_LEAST = 2
SHARE_AT_LEAST = 1 / 3  # of the columns


def without_strips(table: RawTable) -> RawTable:
    """The table with the strips taken out; the same table where it has none, or where a text stands in one."""
    strips = _strips(table) if table.kind is GridKind.RULED else set()
    if len(strips) < max(STRIPS_AT_LEAST, SHARE_AT_LEAST * table.width):
        return table
    kept = [column for column in range(table.width) if column not in strips]
    rows = [_within(row, kept) for row in table.rows if any(text.strip() for text in row.texts())]
    taken = [row for row in rows if row]
    return replace(table, rows=tuple(taken)) if taken and len(taken) == len(rows) else table


def _strips(table: RawTable) -> set[int]:
    """The columns whose own cells are narrow and hold nothing."""
    own: dict[int, list[Cell]] = {}
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if cell is not None and cell.colspan == 1:
                own.setdefault(column, []).append(cell)
    return {column for column, cells in own.items() if all(map(_is_narrow, cells))}


def _is_narrow(cell: Cell) -> bool:
    return 0 < cell.x1 - cell.x0 < NARROW and not _has_text(cell)


def _has_text(cell: Cell) -> bool:
    """Text of its own: the digits of a number that runs into the next cell belong to the cell with the rest of it."""
    text = cell.text.strip()
    return bool(text) and not (text.startswith(OVERFLOW) and text.endswith(OVERFLOW))


def _within(row: RawRow, kept: list[int]) -> RawRow | None:
    """The row in the columns that are kept; None where a text covers none of them."""
    cells: list[Cell | None] = [None] * len(kept)
    for column, cell in enumerate(row.cells):
        if cell is None:
            continue
        covered = [n for n, one in enumerate(kept) if column <= one < column + cell.colspan]
        if covered:
            cells[covered[0]] = cell._replace(colspan=len(covered))
        elif _has_text(cell):
            return None
    return replace(row, cells=tuple(cells))

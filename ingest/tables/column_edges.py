"""The next page of a table whose cells are merged so that it has fewer columns: 人员经费合计 | 10.00 alone on a page.

Where its cells begin and end on the page says which columns they cover.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Cell, RawRow, RawTable

NEAR = 2.0  # points between an edge and the same edge on another page


def in_columns_of(before: RawTable, table: RawTable) -> RawTable:
    """The table with its cells in the columns of the table before; unchanged where its edges are not among those."""
    edges = _edges(before)
    table = _without_margins(table, edges) if table.width > before.width and edges else table
    rows = [_placed(row, edges) for row in table.rows] if table.width < before.width == len(edges) - 1 else []
    return replace(table, rows=tuple(row for row in rows if row)) if rows and all(rows) else table


def _without_margins(table: RawTable, edges: Sequence[float]) -> RawTable:
    """Without the empty columns that the frame of the page makes beside those of the table before."""
    outside = {n for n in range(table.width) if all(_is_margin(row, n, edges) for row in table.rows)}
    rows = [
        replace(row, cells=tuple(cell for n, cell in enumerate(row.cells) if n not in outside)) for row in table.rows
    ]
    return replace(table, rows=tuple(rows)) if outside else table


def _is_margin(row: RawRow, column: int, edges: Sequence[float]) -> bool:
    cell = row.cells[column] if column < len(row.cells) else None
    if cell is None or cell.text.strip():
        return False
    return cell.x1 > cell.x0 and (cell.x1 <= edges[0] + NEAR or cell.x0 >= edges[-1] - NEAR)


def _edges(table: RawTable) -> list[float]:
    """Where the columns begin and end, as far as cells of one column show it."""
    found: list[float] = []
    cells = [cell for row in table.rows for cell in row.cells if cell and cell.x1 > cell.x0]
    for edge in sorted(edge for cell in cells for edge in (cell.x0, cell.x1)):
        if not found or edge - found[-1] > NEAR:
            found.append(edge)
    return found


def _placed(row: RawRow, edges: Sequence[float]) -> RawRow | None:
    cells: list[Cell | None] = [None] * (len(edges) - 1)
    for cell in filter(None, row.cells):
        first, last = _nearest(cell.x0, edges), _nearest(cell.x1, edges)
        if first is None or last is None or last <= first:
            return None
        cells[first] = cell._replace(colspan=last - first)
    return replace(row, cells=tuple(cells))


def _nearest(x: float, edges: Sequence[float]) -> int | None:
    at = bisect(edges, x - NEAR)
    return at if at < len(edges) and abs(edges[at] - x) <= NEAR else None

"""Grids in which the amounts of one printed column stand in several: below its heading and beside it.

An office program splits a column where the lines of two rows do not meet. Heading, 合计 and rows then stand in
different columns of the grid, some of which have no heading. An amount of such a column is that of the heading on its
left or on its right. It is given to one only where no other way leaves at most one amount of each row for each heading
and agrees with the row of totals; elsewhere the grid stays as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from ingest.document import Cell, GridKind, RawRow, RawTable
from ingest.tables.headings import header_above_figures, heading_text, is_number_row
from ingest.values.amounts import read_amount
from ingest.values.rounding import OF_A_ROW
from warehouse.kinds.characters import comparable, squeeze
from warehouse.kinds.wordings import table_words

_WORDS = table_words()
AMBIGUOUS_AT_MOST = 64  # ways that are told apart by the row of totals
Values = dict[int, Decimal]  # headed column → its amount in a row, 0 where nothing is printed
Ways = dict[int, int]  # column without a heading → the headed column whose amounts it holds


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table on one or more pages: `header` of the first, `body` of all."""

    header: tuple[RawRow, ...]
    body: tuple[RawRow, ...]
    width: int


def with_amounts_below_headings(tables: Sequence[RawTable]) -> list[RawTable]:
    """The tables of a file in order, each with the amounts of columns without a heading where they belong."""
    joined: list[RawTable] = []
    for run in _runs(tables):
        header = header_above_figures(run[0])
        body = tuple(
            row for table in run for row in table.rows[len(header_above_figures(table)) :] if not is_number_row(row)
        )
        ways = _ways(_Grid(header, body, run[0].width)) if header and run[0].kind is GridKind.RULED else {}
        joined += [_joined(table, ways) if ways else table for table in run]
    return joined


def has_amounts_without_heading(table: RawTable) -> bool:
    """Whether an amount stands in a column that no heading covers: which of its neighbours it is of, nothing tells."""
    header = header_above_figures(table)
    if not header or table.kind is not GridKind.RULED:
        return False
    grid = _Grid(header, table.rows[len(header) :], table.width)
    loose = (n for n in range(1, grid.width) if _texts(grid, n) and _leaf(header, n) is None)
    return any(_is_money(text) and read_amount(text).value is not None for n in loose for text in _texts(grid, n))


def _runs(tables: Sequence[RawTable]) -> Iterator[list[RawTable]]:
    """A table with those that go on with it: as wide, with the same header or with none."""
    run: list[RawTable] = []
    for table in tables:
        header = [one.texts() for one in header_above_figures(table)]
        is_same = bool(run) and table.width == run[0].width and table.kind is run[0].kind
        if is_same and (not header or header == [one.texts() for one in header_above_figures(run[0])]):
            run.append(table)
            continue
        if run:
            yield run
        run = [table]
    if run:
        yield run


def _ways(grid: _Grid) -> Ways:
    """The only way, or none."""
    leaves = {column: leaf for column in range(grid.width) if (leaf := _leaf(grid.header, column)) is not None}
    used = [column for column in range(grid.width) if any(row.text(column).strip() for row in grid.body)]
    amounts = [column for column in range(grid.width) if _holds_amounts(grid, column)]
    headed = sorted({leaf for leaf in leaves.values() if leaf in amounts})
    loose = [column for column in amounts if column in used and leaves.get(column) != column]
    if not loose or not all(any(map(_is_money, _texts(grid, column))) for column in loose):
        return {}
    every = sorted(set(leaves.values()))
    choices = {n: [leaves[n]] if n in leaves else _beside(n, every, amounts) for n in loose}
    found = list(islice(_assigned(grid, loose, choices, {}), AMBIGUOUS_AT_MOST))
    return _only(grid, headed, found) if len(found) < AMBIGUOUS_AT_MOST else {}


def _leaf(header: Sequence[RawRow], column: int) -> int | None:
    """The first column below the lowest heading above a column, unless that heads others with headings of their own."""
    for depth in range(len(header) - 1, -1, -1):
        left, cell = _cell_over(header[depth], column)
        if cell is None or not heading_text(cell.text):
            continue
        below = (row for row in header[depth + 1 :] if not is_number_row(row))
        is_divided = any(heading_text(row.text(n)) for row in below for n in range(left, left + cell.colspan))
        return None if is_divided else left
    return None


def _cell_over(row: RawRow, column: int) -> tuple[int, Cell | None]:
    for left in range(min(column, len(row.cells) - 1), -1, -1):
        if (cell := row.cells[left]) is not None:
            return left, cell if left + cell.colspan > column else None
    return column, None


def _texts(grid: _Grid, column: int) -> list[str]:
    return [text for row in grid.body if (text := row.text(column).strip())]


def _holds_amounts(grid: _Grid, column: int) -> bool:
    """Nothing but amounts and dashes, or nothing at all, and no codes."""
    headings = (squeeze(row.text(column)) for row in grid.header)
    if any(text in _WORDS.parts_of_code or _WORDS.code_heading.search(text) for text in headings):
        return False
    return all(read_amount(text).value is not None or not any(map(str.isalnum, text)) for text in _texts(grid, column))


def _is_money(text: str) -> bool:
    """1.00 or 1,000, or a number longer than a code."""
    return "." in text or "," in text or len(text) > 7


def _beside(column: int, headed: Sequence[int], amounts: Sequence[int]) -> list[int]:
    """The headed columns on both sides, where these hold amounts."""
    left = [one for one in headed if one < column][-1:]
    right = [one for one in headed if one > column][:1]
    return [one for one in (*left, *right) if one in amounts]


def _assigned(grid: _Grid, loose: Sequence[int], choices: dict[int, list[int]], ways: Ways) -> Iterator[Ways]:
    """Every way in which no row has two amounts below one heading."""
    if len(ways) == len(loose):
        yield ways
        return
    column = loose[len(ways)]
    for target in choices[column]:
        beside = [target, *(one for one, taken in ways.items() if taken == target)]
        is_in_order = all(taken <= target for taken in ways.values())
        if is_in_order and not any(_meet(grid, column, one) for one in beside):
            yield from _assigned(grid, loose, choices, {**ways, column: target})


def _meet(grid: _Grid, one: int, other: int) -> bool:
    return any(row.text(one).strip() and _text_over(row, other) for row in grid.body)


def _text_over(row: RawRow, column: int) -> str:
    _, cell = _cell_over(row, column)
    return cell.text.strip() if cell else ""


def _only(grid: _Grid, headed: Sequence[int], found: Sequence[Ways]) -> Ways:
    """The way that the row of totals and the sums of the rows leave, if it is one."""
    fitting = list(found)
    for agrees in (_agrees_with_totals, _adds_up_below, _adds_up_beside):
        if len(fitting) > 1 or agrees is _agrees_with_totals:
            fitting = [ways for ways in fitting if agrees(grid, headed, ways)]
    return fitting[0] if len(fitting) == 1 else {}


def _agrees_with_totals(grid: _Grid, headed: Sequence[int], ways: Ways) -> bool:
    """No column holds an amount of which the row of totals has none, nor the other way round."""
    whole, parts = _whole_and_parts(grid, headed, ways)
    return not whole or all(bool(whole[one]) == any(part[one] for part in parts) for one in headed)


def _adds_up_below(grid: _Grid, headed: Sequence[int], ways: Ways) -> bool:
    """The rows of each column make its total as many times as those of the first: once for each level."""
    whole, parts = _whole_and_parts(grid, headed, ways)
    sums = {one: sum((part[one] for part in parts), Decimal(0)) for one in headed}
    first = next((one for one in headed if whole and whole[one]), None)
    if first is None:
        return True
    levels = round(sums[first] / whole[first])
    return all(abs(sums[one] - levels * whole[one]) <= len(parts) * OF_A_ROW for one in headed)


def _whole_and_parts(grid: _Grid, headed: Sequence[int], ways: Ways) -> tuple[Values, list[Values]]:
    """The one row of totals and the others; no row of totals where there are several."""
    totals = [row for row in grid.body if any(comparable(text) in _WORDS.totals for text in row.texts())]
    others = [row for row in grid.body if row not in totals]
    is_one = len(totals) == 1 and bool(others)
    return _values(totals[0], headed, ways) if is_one else {}, [_values(row, headed, ways) for row in others]


def _adds_up_beside(grid: _Grid, headed: Sequence[int], ways: Ways) -> bool:
    """In every row the first amount is the sum of the others."""
    first, *others = headed
    rows = [_values(row, headed, ways) for row in grid.body]
    return all(abs(values[first] - sum(values[one] for one in others)) <= OF_A_ROW for values in rows)


def _values(row: RawRow, headed: Iterable[int], ways: Ways) -> Values:
    placed = {**{one: row.text(one) for one in headed}, **{ways[n]: text for n in ways if (text := row.text(n))}}
    return {one: read_amount(text).value or Decimal(0) for one, text in placed.items()}


def _joined(table: RawTable, ways: Ways) -> RawTable:
    above = len(header_above_figures(table))
    header = [_without_spans(row, ways) for row in table.rows[:above]]
    return replace(table, rows=(*header, *(_moved(row, ways) for row in table.rows[above:])))


def _without_spans(row: RawRow, ways: Ways) -> RawRow:
    """A heading over the columns of its amounts stands above the first of them."""
    cells = list(row.cells)
    for column, target in ways.items():
        left, cell = _cell_over(row, column)
        if cell is not None and left == target and cells[column] is None:
            cells[left] = cell._replace(colspan=1)
            cells[left + 1 : left + cell.colspan] = [Cell("")] * (cell.colspan - 1)
    return replace(row, cells=tuple(cells))


def _moved(row: RawRow, ways: Ways) -> RawRow:
    cells = list(row.cells)
    for column, target in ways.items():
        cell = cells[column] if column < len(cells) else None
        if cell is not None and cell.text.strip():
            cells[target], cells[column] = cell._replace(colspan=1), Cell("")
    return replace(row, cells=tuple(cells))

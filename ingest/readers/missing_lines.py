"""Lines that a table leaves out and its text shows: between rows, between columns, around unshaded rows.

Publishers shade every second row and draw no line, or rule only every second row. What the eye takes for a row is
then a line of text, and for a column what stands in one place in every row. Each function here returns the lines to
add; where the text does not show them beyond doubt it adds none, and the table stays as it is drawn.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.document import RawRow, RawTable
from ingest.readers.grid import INTERSECT, SNAP, Box
from ingest.readers.pdf_objects import Char, Edge
from ingest.readers.text_lines import TextLine, lines_of, text_line

_AMOUNT = r"-?\d[\d,]*\.\d+%?"
_AMOUNTS = re.compile(rf"(?:{_AMOUNT}|0|[-—–]+)(?:\n(?:{_AMOUNT}|0|[-—–]+))+")
_CODES = re.compile(r"[23]\d\d(?:\d\d){0,2}(?:\n[23]\d\d(?:\d\d){0,2})+")
_COUNTED = re.compile(r"\d{1,3}(?:\n\d{1,3})+")
_BESIDE = re.compile(rf"{_AMOUNT}(?: {_AMOUNT})+")
TOTALS = ("合计", "总计")  # the row that a blank form has
TOUCHING = 1.0  # points by which a character may reach over the line beside it
SHRUNK = 0.2  # of its height: what the box of a character has above and below its ink
FAR = 2.5  # heights of a row: a line of text farther below is no row of the table
CLEARLY = 1.25  # the widest gap between two lines of amounts is where the row ends if it is wider than the next by this


class Drawn(NamedTuple):
    verticals: list[Edge]
    horizontals: list[Edge]

    def __bool__(self) -> bool:
        return bool(self.verticals or self.horizontals)


class Grid(NamedTuple):
    """A table as drawn: its cells, the characters inside, and its rows as text."""

    boxes: list[Box]
    chars: list[Char]
    raw: RawTable

    @property
    def frame(self) -> Box:
        boxes = self.boxes
        return Box(
            min(box.x0 for box in boxes),
            min(box.top for box in boxes),
            max(box.x1 for box in boxes),
            max(box.bottom for box in boxes),
        )

    @property
    def columns(self) -> list[float]:
        return _apart(x for box in self.boxes for x in (box.x0, box.x1))


def missing_lines(grids: list[Grid], outside: list[TextLine]) -> Drawn:
    """The lines that the text shows and nothing draws: of rows outside the cells, then between rows, then columns."""
    if any(map(_figures, outside)) and (around := rows_outside(grids, outside)):
        return around
    for find in (between_rows, between_columns):
        if found := [drawn for grid in grids if (drawn := find(grid))]:
            return Drawn([v for one in found for v in one.verticals], [h for one in found for h in one.horizontals])
    return Drawn([], [])


def damage(raw: Iterable[RawTable], outside: Iterable[TextLine]) -> int:
    """How many amounts stand where no cell of their own holds them."""
    crowded = sum(holds_several(text) for table in raw for row in table.rows for text in row.texts())
    return crowded + sum(map(_figures, outside))


def _figures(line: TextLine) -> int:
    return len(line.amounts) or _is_total(line)


def _is_total(line: TextLine) -> bool:
    return line.words[0].text in TOTALS


def holds_several(text: str) -> bool:
    """A cell with one number below or beside another."""
    return is_stack(text) or bool("." in text and " " in text and any(map(_BESIDE.fullmatch, text.split("\n"))))


def is_stack(text: str) -> bool:
    """Amounts, codes or 行次 below one another in one cell; a number broken over two lines is none."""
    if "\n" not in text:
        return False
    if _AMOUNTS.fullmatch(text):
        return "." in text
    if _COUNTED.fullmatch(text):
        numbers = list(map(int, text.split("\n")))
        return all(b - a == 1 for a, b in pairwise(numbers)) or bool(_CODES.fullmatch(text))
    return bool(_CODES.fullmatch(text))


# --- rows in one cell ---------------------------------------------------------------------------------------------


def between_rows(grid: Grid) -> Drawn:
    """The lines between rows that stand in one row of cells."""
    found: list[Edge] = []
    for row in grid.raw.rows:
        if any(map(is_stack, row.texts())):
            found += _lines_within(grid, row)
    return Drawn([], found)


def _lines_within(grid: Grid, row: RawRow) -> list[Edge]:
    boxes = [box for box in grid.boxes if box.top == row.top and box.bottom <= row.bottom + SNAP]
    held = [[char for char in grid.chars if _is_inside(char, box)] for box in boxes]
    middles: list[float] = []
    for chars in filter(None, held):
        lines = list(map(text_line, lines_of(chars)))
        if is_stack("\n".join("".join(word.text for word in line.words) for line in lines)):
            middles += [line.middle for line in lines]
    cuts = _cuts([char for chars in held for char in chars], _apart(middles))
    return [Edge(at, start, end) for at in cuts for start, end in _joined((box.x0, box.x1) for box in boxes)]


def _is_inside(char: Char, box: Box) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box.x0 <= x < box.x1 and box.top <= y < box.bottom


def _cuts(chars: list[Char], middles: list[float]) -> list[float]:
    """Where the row ends that has its amounts at one height, and the next begins; none unless all can be told."""
    cuts = [_cut(chars, upper, lower) for upper, lower in pairwise(middles)]
    return [] if None in cuts else [cut for cut in cuts if cut is not None]


def _cut(chars: list[Char], upper: float, lower: float) -> float | None:
    """The middle of the widest stripe without ink between two heights, if no other is nearly as wide."""
    ink = _joined((top, bottom) for top, bottom in map(_ink, chars) if bottom > upper and top < lower)
    gaps = sorted(((b[0] - a[1], (a[1] + b[0]) / 2) for a, b in pairwise(ink)), reverse=True)
    if not gaps or (len(gaps) > 1 and gaps[0][0] < CLEARLY * gaps[1][0]):
        return None
    return gaps[0][1]


def _ink(char: Char) -> tuple[float, float]:
    edge = SHRUNK * (char.bottom - char.top)
    return char.top + edge, char.bottom - edge


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans that touch made one, in order."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _apart(places: Iterable[float], within: float = SNAP) -> list[float]:
    """Places in order, those within a line's width of each other made one."""
    found: list[list[float]] = []
    for place in sorted(places):
        if found and place - found[-1][-1] <= within:
            found[-1].append(place)
        else:
            found.append([place])
    return [sum(run) / len(run) for run in found]


# --- columns in one cell ------------------------------------------------------------------------------------------


def between_columns(grid: Grid) -> Drawn:
    """The lines between columns of amounts that stand in one column of cells."""
    found: list[Edge] = []
    for boxes in _by_column(grid, any_row(grid)).values():
        found += _lines_beside(grid, boxes)
    return Drawn(found, [])


def any_row(grid: Grid) -> Callable[[Box], bool]:
    crowded = {
        (round(cell.x0, 1), round(cell.x1, 1))
        for row in grid.raw.rows
        for cell in row.cells
        if cell and _BESIDE.fullmatch(cell.text)
    }
    return lambda box: (round(box.x0, 1), round(box.x1, 1)) in crowded


def _by_column(grid: Grid, is_crowded: Callable[[Box], bool]) -> dict[tuple[float, float], list[Box]]:
    found: dict[tuple[float, float], list[Box]] = defaultdict(list)
    for box in grid.boxes:
        if is_crowded(box):
            found[round(box.x0, 1), round(box.x1, 1)].append(box)
    return found


def _lines_beside(grid: Grid, boxes: list[Box]) -> Iterator[Edge]:
    """Between numbers that stand beside one another in every row; a heading over both is not cut."""
    rows = [
        (box, text_line(line))
        for box in boxes
        for line in lines_of([char for char in grid.chars if _is_inside(char, box)] or [])
    ]
    crowded = [line for _, line in rows if len(line.amounts) > 1]
    if len(crowded) < 2:
        return
    ink = _joined((word.x0, word.x1) for line in crowded for word in line.amounts)
    for (_, left), (right, _) in pairwise(ink):
        at = (left + right) / 2
        for box in boxes:
            words = [word for home, line in rows if home is box for word in line.words]
            if not any(word.x0 < at < word.x1 for word in words):
                yield Edge(at, box.top, box.bottom)


# --- rows outside the cells ---------------------------------------------------------------------------------------


class Stripes(NamedTuple):
    """Tables below one another with the same columns: one table of which every second row is drawn."""

    columns: list[float]
    grids: list[Grid]

    @property
    def row_height(self) -> float:
        rows = [row for grid in self.grids for row in grid.raw.rows]
        return median(row.bottom - row.top for row in rows)


def rows_outside(grids: list[Grid], outside: list[TextLine]) -> Drawn:
    """The lines around rows of text that stand between, below and above the drawn rows of their table."""
    drawn = Drawn([], [])
    for stripes in _stripes(sorted(grids, key=lambda grid: grid.frame.top), outside):
        for upper, lower in pairwise(stripes.grids):
            _fill(stripes, upper.frame.bottom, lower.frame.top, outside, drawn)
        _go_on_below(stripes, outside, drawn)
        _go_on_above(stripes, outside, drawn)
    return drawn


def _stripes(grids: list[Grid], outside: list[TextLine]) -> Iterator[Stripes]:
    run: list[Grid] = []
    for grid in grids:
        if run and not _is_one_table(run, grid, outside):
            yield Stripes(_columns(run), run)
            run = []
        run.append(grid)
    if run:
        yield Stripes(_columns(run), run)


def _columns(grids: list[Grid]) -> list[float]:
    return max((grid.columns for grid in grids), key=len)


def _is_one_table(run: list[Grid], grid: Grid, outside: list[TextLine]) -> bool:
    """The same frame and columns, and nothing between that is no row of them."""
    columns, others = sorted((_columns(run), grid.columns), key=len, reverse=True)
    same_sides = abs(columns[0] - others[0]) <= SNAP and abs(columns[-1] - others[-1]) <= SNAP
    if not same_sides or not all(any(abs(x - y) <= SNAP for y in columns) for x in others):
        return False
    upper, lower = run[-1].frame.bottom, grid.frame.top
    between = [line for line in outside if upper - TOUCHING <= line.middle <= lower + TOUCHING]
    if not between:
        return False
    return all(_fits(line, columns) for line in between) and any(map(_is_row, between))


def _is_row(line: TextLine) -> bool:
    return bool(line.amounts) or any(word.is_code for word in line.words) or len(line.words) > 1


def _fits(line: TextLine, columns: list[float]) -> bool:
    """Inside the frame, each number in a column of its own and no number across the line of a column."""
    if line.words[0].x0 < columns[0] - INTERSECT or line.words[-1].x1 > columns[-1] + INTERSECT:
        return False
    homes = [_home(word.x0, word.x1, columns) for word in line.amounts]
    return None not in homes and len(set(homes)) == len(homes)


def _home(x0: float, x1: float, columns: list[float]) -> int | None:
    """The column in which a word stands whole."""
    for n, (left, right) in enumerate(pairwise(columns)):
        if left - TOUCHING <= x0 and x1 <= right + TOUCHING:
            return n
    return None


def _fill(stripes: Stripes, top: float, bottom: float, lines: list[TextLine], drawn: Drawn) -> None:
    """The rows between two heights."""
    rows = [line for line in lines if top - TOUCHING <= line.middle <= bottom + TOUCHING]
    edges = [top, *((a.bottom + b.top) / 2 for a, b in pairwise(rows)), bottom]
    if len(rows) > 1 and not all(len(row.amounts) == len(rows[0].amounts) for row in rows):
        edges = [top, bottom]  # a name in two lines: what belongs together is told by its amounts, if at all
    for (upper, lower), part in zip(pairwise(edges), rows if len(edges) > 2 else [None], strict=True):
        _enclose(stripes.columns, upper, lower, rows if part is None else [part], drawn)


def _enclose(columns: list[float], top: float, bottom: float, lines: list[TextLine], drawn: Drawn) -> None:
    """Lines above and below a row and between its columns, but none through a word."""
    drawn.horizontals.extend(Edge(at, columns[0], columns[-1]) for at in (top, bottom))
    for x in columns:
        if not any(word.x0 + TOUCHING < x < word.x1 - TOUCHING for line in lines for word in line.words):
            drawn.verticals.append(Edge(x, top, bottom))


def _go_on_below(stripes: Stripes, outside: list[TextLine], drawn: Drawn) -> None:
    """Rows below the last that is drawn, as long as each stands right below the one before and as its columns do."""
    bottom, height = stripes.grids[-1].frame.bottom, stripes.row_height
    for line in outside:
        if line.middle < bottom:
            continue
        if line.top - bottom > FAR * height or not _is_like(line, stripes):
            return
        end = line.bottom + max(0.0, line.top - bottom)
        _enclose(stripes.columns, bottom, end, [line], drawn)
        bottom = end


def _go_on_above(stripes: Stripes, outside: list[TextLine], drawn: Drawn) -> None:
    top, height = stripes.grids[0].frame.top, stripes.row_height
    for line in reversed(outside):
        if line.middle > top:
            continue
        if top - line.bottom > FAR * height or not _is_like(line, stripes):
            return
        start = line.top - max(0.0, top - line.bottom)
        _enclose(stripes.columns, start, top, [line], drawn)
        top = start


def _is_like(line: TextLine, stripes: Stripes) -> bool:
    """A row of the table: it fits, and its amounts stand as those above or below them do."""
    if not _fits(line, stripes.columns):
        return False
    if not line.amounts:
        return _is_total(line)
    samples = _samples(stripes)
    compared = [
        any(abs(word.x1 - x1) <= SNAP or abs(word.x0 - x0) <= SNAP or abs(x0 + x1 - word.x0 - word.x1) <= SNAP
            for x0, x1 in samples[home])
        for word in line.amounts
        if (home := _home(word.x0, word.x1, stripes.columns)) is not None and samples[home]
    ]  # fmt: skip
    return all(compared) and (bool(compared) or len(line.amounts) > 1)


def _samples(stripes: Stripes) -> dict[int, list[tuple[float, float]]]:
    """Column → where the amounts stand that are drawn in cells."""
    found: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for grid in stripes.grids:
        for line in map(text_line, lines_of(grid.chars)) if grid.chars else ():
            for word in line.amounts:
                if (home := _home(word.x0, word.x1, stripes.columns)) is not None:
                    found[home].append((word.x0, word.x1))
    return found

"""Adds ruling lines that a table lacks and that its text implies: between rows, between columns, around unshaded rows.

Some publishers shade every second row without lines, or rule only every second row. Then a row is a line of text, and
a column is a position at which every row has text. Each function here returns the lines to add. Where the text is
ambiguous it adds none, and the table stays as it is drawn.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from statistics import median
from typing import NamedTuple

from ingest.document import RawRow, RawTable
from ingest.readers.pdf.grid import INTERSECT, SNAP
from ingest.readers.pdf.page_objects import Char, Edge
from ingest.readers.pdf.text_lines import TextLine, Word, lines_of, text_line
from ingest.values.crowded_cells import holds_rows, is_stack, is_stacked
from warehouse.records.places import Box

_NUMBER_BESIDE = re.compile(r"(?<![^\s])-?[\d,]*\.?\d+%? +\S|\S +-?[\d,]*\.?\d+%?(?![^\s])")
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+")
_FIGURES = re.compile(r"[-\d.,%]+")
_WITH_CENTS = re.compile(r"-?\d[\d,]*\.\d\d")
FAR_APART = 3  # widths of a digit: a gap inside a number is narrower
MIN_ROWS = 3  # rows with numbers in two positions that are needed to add a column line
TOTALS = ("合计", "总计")  # the only row of a blank form
TOUCHING = 1.0  # points by which a character may cross the next line
SHRUNK = 0.2  # of its height: the empty margin that the box of a character has above and below its ink
FAR = 2.5  # heights of a row: a line of text farther below is not a row of the table
NEAR = 0.5  # of its height: a line of text closer than this to another continues a name of that line
CLEARLY = 1.25  # a row ends at the widest gap between two lines of amounts if it is this many times the next widest


class Drawn(NamedTuple):
    verticals: list[Edge]
    horizontals: list[Edge]

    def __bool__(self) -> bool:
        return bool(self.verticals or self.horizontals)


class Grid(NamedTuple):
    """A table as drawn: its cells, the characters inside, its rows as text, and the characters in none of its cells."""

    boxes: list[Box]
    chars: list[Char]
    raw: RawTable
    without_cell: list[Char]

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
    """The missing lines of the first kind that has any. With them drawn, the caller looks for those of other kinds."""
    if any(grid.without_cell for grid in grids) and (closed := cells_not_closed(grids)):
        return closed
    if any(map(_figures, outside)) and (around := rows_outside(grids, outside)):
        return around
    for find in (rows_in_a_cell, between_rows, between_columns):
        if found := [drawn for grid in grids if (drawn := find(grid))]:
            return Drawn([v for one in found for v in one.verticals], [h for one in found for h in one.horizontals])
    return Drawn([], [])


def damage(grids: list[Grid], outside: Iterable[TextLine]) -> int:
    """How many numbers have no cell of their own."""
    crowded = sum(len(grid.without_cell) for grid in grids)
    for row in (row for grid in grids for row in grid.raw.rows):
        texts = row.texts()
        odd = [text for text in texts if " " in text or "\n" in text]
        crowded += sum(map(_holds_several, odd)) + (len(odd) > 1 and is_stacked(texts))
    return crowded + sum(map(_figures, outside))


def _holds_several(text: str) -> bool:
    return is_stack(text) or holds_rows(text) or bool(_NUMBER_BESIDE.search(text))


def _figures(line: TextLine) -> int:
    return len(line.amounts) or _is_total(line)


def _is_total(line: TextLine) -> bool:
    return line.words[0].text in TOTALS


# --- cells that are not closed ------------------------------------------------------------------------------------


def cells_not_closed(grids: Iterable[Grid]) -> Drawn:
    """For a row without cells: the cells made by its own lines and the column lines of other rows."""
    drawn = Drawn([], [])
    for grid in grids:
        if grid.without_cell:
            rows = _apart(y for box in grid.boxes for y in (box.top, box.bottom))
            for upper, lower in pairwise(rows):
                if any(upper <= (char.top + char.bottom) / 2 < lower for char in grid.without_cell):
                    _close(grid, upper, lower, drawn)
    return drawn


def _close(grid: Grid, upper: float, lower: float, drawn: Drawn) -> None:
    columns = grid.columns
    covered = [box for box in grid.boxes if box.top < lower - SNAP and box.bottom > upper + SNAP]
    for left, right in pairwise(columns):
        middle = (left + right) / 2
        if not any(box.x0 < middle < box.x1 for box in covered):
            drawn.horizontals.extend(Edge(y, left, right) for y in (upper, lower))
            drawn.verticals.extend(
                Edge(x, upper, lower) for x in (left, right) if not _is_crossed(grid, x, upper, lower)
            )


def _is_crossed(grid: Grid, x: float, upper: float, lower: float) -> bool:
    return any(
        char.x0 + TOUCHING < x < char.x1 - TOUCHING and upper <= (char.top + char.bottom) / 2 < lower
        for char in grid.without_cell
    )


# --- rows in one cell ---------------------------------------------------------------------------------------------


def between_rows(grid: Grid) -> Drawn:
    """The lines between rows of text that share one row of cells."""
    found: list[Edge] = []
    for row in grid.raw.rows:
        if is_stacked(row.texts()):
            found += _lines_within(grid, row)
    return Drawn([], found)


def _lines_within(grid: Grid, row: RawRow) -> list[Edge]:
    assert row.bottom is not None
    boxes = [box for box in grid.boxes if box.top == row.top and box.bottom <= row.bottom + SNAP]
    held = [[char for char in grid.chars if _is_inside(char, box)] for box in boxes]
    lines = [list(map(text_line, lines_of(chars))) for chars in held]
    stacks = [cell for cell in lines if len(cell) > 1 and all(len(line.words) == 1 for line in cell)]
    most = max((len(cell) for cell in stacks if all(line.words[0].is_number for line in cell)), default=0)
    numeric = [cell for cell in stacks if _is_number_stack(cell, most)]
    headed = [cell for cell in stacks if cell[-1].words[0].is_number]
    middles = [line.middle for cell in numeric or headed for line in cell]
    cuts = _cuts([char for chars in held for char in chars], _apart(middles))
    return [Edge(at, start, end) for at in cuts for start, end in _joined((box.x0, box.x1) for box in boxes)]


def _is_number_stack(cell: list[TextLine], most: int) -> bool:
    """Whether a cell holds numbers below one another. Whole numbers count if there are as many as in other cells."""
    texts = [line.words[0].text for line in cell]
    return is_stack("\n".join(texts)) or (len(cell) == most and all(line.words[0].is_number for line in cell))


def _is_inside(char: Char, box: Box) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box.x0 <= x < box.x1 and box.top <= y < box.bottom


def _cuts(chars: list[Char], middles: list[float]) -> list[float]:
    """The heights between rows, given the middles of their amounts. Empty unless every one is clear."""
    cuts = [_cut(chars, upper, lower) for upper, lower in pairwise(middles)]
    return [] if None in cuts else [cut for cut in cuts if cut is not None]


def _cut(chars: list[Char], upper: float, lower: float) -> float | None:
    """The middle of the widest stripe without ink between two heights; None if another is nearly as wide."""
    ink = _joined((top, bottom) for top, bottom in map(_ink, chars) if bottom > upper and top < lower)
    gaps = sorted(((b[0] - a[1], (a[1] + b[0]) / 2) for a, b in pairwise(ink)), reverse=True)
    if not gaps or (len(gaps) > 1 and gaps[0][0] < CLEARLY * gaps[1][0]):
        return None
    return gaps[0][1]


def _ink(char: Char) -> tuple[float, float]:
    edge = SHRUNK * (char.bottom - char.top)
    return char.top + edge, char.bottom - edge


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Touching spans merged, in order."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _apart(places: Iterable[float], within: float = SNAP) -> list[float]:
    """Positions in order; those within SNAP of each other are merged."""
    found: list[list[float]] = []
    for place in sorted(places):
        if found and place - found[-1][-1] <= within:
            found[-1].append(place)
        else:
            found.append([place])
    return [sum(run) / len(run) for run in found]


def rows_in_a_cell(grid: Grid) -> Drawn:
    """The rows of a table body that is drawn as one frame below a header with columns."""
    drawn = Drawn([], [])
    held = {(row.top, cell.x0): cell.text for row in grid.raw.rows for cell in row.cells if cell}
    for box in grid.boxes:
        columns = [x for x in grid.columns if box.x0 - SNAP <= x <= box.x1 + SNAP]
        if len(columns) > 2 and holds_rows(held.get((box.top, box.x0), "")):
            lines = _lines_in(grid, box)
            if all(_fits(line, columns) for line in lines):
                _enclose_rows(columns, box.top, box.bottom, lines, drawn)
    return drawn


# --- columns in one cell ------------------------------------------------------------------------------------------


def between_columns(grid: Grid) -> Drawn:
    """The lines between columns of text that share one cell: lines of other rows, or positions that no word touches."""
    return Drawn(list(_lines_of_other_rows(grid)) or list(_lines_beside(grid)), [])


def _lines_of_other_rows(grid: Grid) -> Iterator[Edge]:
    """Column lines of other rows, continued through a cell that has a number on one side and a word on the other."""
    words = {box: [word for line in _lines_in(grid, box) for word in line.words] for box in _crowded(grid)}
    for x in grid.columns:
        parted = [box for box in words if _spans(box, x) and _parts(words[box], x)]
        if len(parted) >= MIN_ROWS:
            yield from _carried_through(grid, x, parted)
        elif _borders_amounts(grid, x):
            yield from (Edge(x, box.top, box.bottom) for box in parted)


def _spans(box: Box, x: float) -> bool:
    return box.x0 + SNAP < x < box.x1 - SNAP


def _carried_through(grid: Grid, x: float, parted: list[Box]) -> Iterator[Edge]:
    """The same line in the rows between, unless it would cross a word."""
    top, bottom = min(box.top for box in parted), max(box.bottom for box in parted)
    for box in grid.boxes:
        if _spans(box, x) and top <= box.top and box.bottom <= bottom:
            words = [word for line in _lines_in(grid, box) for word in line.words]
            if not any(word.x0 < x < word.x1 for word in words):
                yield Edge(x, box.top, box.bottom)


def _borders_amounts(grid: Grid, x: float) -> bool:
    """Whether the line is the left side of cells with amounts."""
    held = {(row.top, cell.x0): cell.text for row in grid.raw.rows for cell in row.cells if cell}
    beside = [held.get((box.top, box.x0), "") for box in grid.boxes if abs(box.x0 - x) <= SNAP]
    return sum(bool(_AMOUNT.fullmatch(text)) for text in beside) >= MIN_ROWS


def _crowded(grid: Grid) -> list[Box]:
    """The cells that hold a number and another word."""
    texts = {(row.top, cell.x0): cell.text for row in grid.raw.rows for cell in row.cells if cell}
    return [box for box in grid.boxes if _NUMBER_BESIDE.search(texts.get((box.top, box.x0), ""))]


def _lines_in(grid: Grid, box: Box) -> list[TextLine]:
    return [text_line(line) for line in lines_of([char for char in grid.chars if _is_inside(char, box)])]


def _parts(words: list[Word], x: float) -> bool:
    """Whether a line at x crosses no word and separates a number from another word."""
    left = [word for word in words if word.x1 <= x + TOUCHING]
    right = [word for word in words if word.x0 >= x - TOUCHING]
    if not left or not right or len(left) + len(right) < len(words):
        return False
    return _are_two_cells(max(left, key=lambda word: word.x1), min(right, key=lambda word: word.x0))


def _are_two_cells(left: Word, right: Word) -> bool:
    """Whether two words belong to two cells: a name and a number, a number after one with two decimals, or two numbers
    far apart. 1 865.53 is one number.
    """
    figures = [bool(_FIGURES.fullmatch(word.text)) for word in (left, right)]
    if not any(figures):
        return False
    if not all(figures):
        return left.is_number or right.is_number
    digit = (right.x1 - right.x0) / len(right.text)
    is_far = right.x0 - left.x1 > FAR_APART * digit
    return left.is_number and right.is_number and (is_far or bool(_WITH_CENTS.fullmatch(left.text)))


def _lines_beside(grid: Grid) -> Iterator[Edge]:
    """Lines between numbers and words that are adjacent in most rows. A heading over both columns is not cut."""
    by_column: dict[tuple[float, float], list[Box]] = defaultdict(list)
    for box in _crowded(grid):
        by_column[round(box.x0, 1), round(box.x1, 1)].append(box)
    for (x0, x1), crowded in by_column.items():
        boxes = [box for box in grid.boxes if (round(box.x0, 1), round(box.x1, 1)) == (x0, x1)]
        if len(crowded) >= MIN_ROWS and 2 * len(crowded) >= len(boxes):
            yield from _between_words(crowded, {box: _lines_in(grid, box) for box in boxes})


def _between_words(crowded: list[Box], lines: dict[Box, list[TextLine]]) -> Iterator[Edge]:
    inside = {box: [word for line in lines[box] for word in line.words] for box in lines}
    ink = _joined((word.x0, word.x1) for box in crowded for word in inside[box])
    for at in _best_places(crowded, inside, [(a[1] + b[0]) / 2 for a, b in pairwise(ink)]):
        for box, words in inside.items():
            if not any(word.x0 < at < word.x1 for word in words):
                yield Edge(at, box.top, box.bottom)


def _best_places(crowded: list[Box], inside: dict[Box, list[Word]], places: list[float]) -> list[float]:
    """Of the positions that separate the same words in most rows, the one that separates most rows."""
    counted = sorted(((sum(_parts(inside[box], at) for box in crowded), at) for at in places), reverse=True)
    found: dict[int, float] = {}
    for parted, at in counted:
        ways = Counter(sum(word.x1 <= at for word in inside[box]) for box in crowded)
        if 2 * parted > len(crowded):
            found.setdefault(ways.most_common(1)[0][0], at)
    return list(found.values())


# --- rows outside the cells ---------------------------------------------------------------------------------------


Samples = dict[int, list[tuple[float, float]]]  # column → (left, right) of its amounts


class Stripes(NamedTuple):
    """Grids below one another with the same columns: one table of which only every second row is drawn."""

    columns: list[float]
    grids: list[Grid]

    @property
    def row_height(self) -> float:
        rows = [row for grid in self.grids for row in grid.raw.rows]
        return median(row.bottom - row.top for row in rows if row.bottom is not None and row.top is not None)


def rows_outside(grids: list[Grid], outside: list[TextLine]) -> Drawn:
    """The lines around rows of text between, below and above the drawn rows of their table."""
    drawn = Drawn([], [])
    frames = [grid.frame for grid in grids]
    for stripes in _stripes(sorted(grids, key=lambda grid: grid.frame.top), outside):
        for upper, lower in pairwise(stripes.grids):
            _fill(stripes, upper.frame.bottom, lower.frame.top, outside, drawn)
        _go_on_below(stripes, frames, outside, drawn)
        _go_on_above(stripes, frames, outside, drawn)
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
    """Whether a grid continues the run: the same frame and columns, and only rows of the table between them."""
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
    """Whether a line lies inside the frame, with each number in its own column and none across a column line."""
    if line.words[0].x0 < columns[0] - INTERSECT or line.words[-1].x1 > columns[-1] + INTERSECT:
        return False
    found = [_column_of(word.x0, word.x1, columns) for word in line.amounts]
    return None not in found and len(set(found)) == len(found)


def _column_of(x0: float, x1: float, columns: list[float]) -> int | None:
    """The column that holds a word completely."""
    for n, (left, right) in enumerate(pairwise(columns)):
        if left - TOUCHING <= x0 and x1 <= right + TOUCHING:
            return n
    return None


def _fill(stripes: Stripes, top: float, bottom: float, lines: list[TextLine], drawn: Drawn) -> None:
    """Adds the lines of the rows between two heights."""
    between = [line for line in lines if top - TOUCHING <= line.middle <= bottom + TOUCHING]
    _enclose_rows(stripes.columns, top, bottom, between, drawn)


def _enclose_rows(columns: list[float], top: float, bottom: float, lines: list[TextLine], drawn: Drawn) -> None:
    rows = _rows_of(lines)
    if rows:
        ends = [(max(line.bottom for line in a) + min(line.top for line in b)) / 2 for a, b in pairwise(rows)]
        for (upper, lower), row in zip(pairwise([top, *ends, bottom]), rows, strict=True):
            _enclose(columns, upper, lower, row, drawn)


def _rows_of(lines: list[TextLine]) -> list[list[TextLine]]:
    """Lines of text grouped into rows: amounts at one height and the lines nearest to them. Empty if ambiguous."""
    heights = [n for n, line in enumerate(lines) if _is_anchor(line)]
    starts = [0]
    for before, after in pairwise(heights):
        gaps = sorted(((_gap(lines[n - 1], lines[n]), n) for n in range(before + 1, after + 1)), reverse=True)
        if len(gaps) > 1 and gaps[0][0] < CLEARLY * gaps[1][0]:
            return []
        starts.append(gaps[0][1])
    return [lines[a:b] for a, b in pairwise([*starts, len(lines)])] if lines else []


def _is_anchor(line: TextLine) -> bool:
    numbers = sum(word.is_number for word in line.words)
    return bool(line.amounts) or _is_total(line) or line.words[0].is_code or numbers > 1


def _gap(upper: TextLine, lower: TextLine) -> float:
    """The height without ink between two lines."""
    return lower.top + SHRUNK * (lower.bottom - lower.top) - upper.bottom + SHRUNK * (upper.bottom - upper.top)


def _enclose(columns: list[float], top: float, bottom: float, lines: list[TextLine], drawn: Drawn) -> None:
    """Adds lines above and below a row and between its columns, but none across a word."""
    drawn.horizontals.extend(Edge(at, columns[0], columns[-1]) for at in (top, bottom))
    for x in columns:
        if not any(word.x0 + TOUCHING < x < word.x1 - TOUCHING for line in lines for word in line.words):
            drawn.verticals.append(Edge(x, top, bottom))


def _go_on_below(stripes: Stripes, frames: list[Box], outside: list[TextLine], drawn: Drawn) -> None:
    """Adds rows below the last drawn one, as long as each directly follows the one before and fits the columns."""
    bottom = stripes.grids[-1].frame.bottom
    rows = _that_follow(stripes, bottom, (line for line in outside if line.middle > bottom))
    if rows:
        end = max(line.bottom for line in rows) + max(0.0, min(line.top for line in rows) - bottom)
        if not any(bottom + SNAP < frame.top < end + 2 * SNAP for frame in frames):
            _enclose_rows(stripes.columns, bottom, end, rows, drawn)


def _go_on_above(stripes: Stripes, frames: list[Box], outside: list[TextLine], drawn: Drawn) -> None:
    top = stripes.grids[0].frame.top
    rows = _that_follow(stripes, top, (line for line in reversed(outside) if line.middle < top))[::-1]
    if rows:
        start = min(line.top for line in rows) - max(0.0, top - max(line.bottom for line in rows))
        if not any(start - 2 * SNAP < frame.bottom < top - SNAP for frame in frames):
            _enclose_rows(stripes.columns, start, top, rows, drawn)


def _that_follow(stripes: Stripes, edge: float, lines: Iterable[TextLine]) -> list[TextLine]:
    """The lines from the border of a table on that are its rows. The last has amounts or touches a line that has."""
    samples, far = _samples(stripes), FAR * stripes.row_height
    found: list[TextLine] = []
    for line in lines:
        if min(abs(line.top - edge), abs(line.bottom - edge)) > far or not _is_like(line, stripes.columns, samples):
            break
        found.append(line)
        edge = line.middle
        _add_samples(line.words, stripes.columns, samples)
    last = max((n for n, line in enumerate(found) if _is_anchor(line)), default=-1)
    touching = takewhile(lambda pair: _distance(*pair) <= 0, pairwise(found[last:])) if last >= 0 else ()
    return found[: last + 1 + len(list(touching))]


def _distance(a: TextLine, b: TextLine) -> float:
    upper, lower = sorted((a, b), key=lambda line: line.middle)
    return _gap(upper, lower) - NEAR * (lower.bottom - lower.top)


def _is_like(line: TextLine, columns: list[float], samples: Samples) -> bool:
    """Whether a line is a row of the table (it fits, its amounts are aligned with the column) or the rest of a name."""
    if not _fits(line, columns) or any(":" in word.text or "：" in word.text for word in line.words):
        return False
    numbers = [word for word in line.words if word.is_number or word in line.amounts]
    if not numbers:
        inside = all(_column_of(word.x0, word.x1, columns) is not None for word in line.words)
        return _is_total(line) or (inside and len(line.words) < len(columns) / 2)
    found = [(word, _column_of(word.x0, word.x1, columns)) for word in numbers]
    compared = [_stands_as(word, samples[column]) for word, column in found if column is not None and samples[column]]
    is_row = len(line.amounts) > 1 or len(numbers) > 2 or line.words[0].is_code
    return all(compared) and (bool(compared) or is_row)


def _stands_as(word: Word, others: list[tuple[float, float]]) -> bool:
    """Whether a word is aligned with one of the others: left, right or centred."""
    return any(
        abs(word.x1 - x1) <= SNAP or abs(word.x0 - x0) <= SNAP or abs(x0 + x1 - word.x0 - word.x1) <= SNAP
        for x0, x1 in others
    )


def _samples(stripes: Stripes) -> Samples:
    """The horizontal extents of the amounts in drawn cells, by column."""
    found: Samples = defaultdict(list)
    for grid in stripes.grids:
        for line in map(text_line, lines_of(grid.chars)):
            _add_samples(line.amounts, stripes.columns, found)
    return found


def _add_samples(words: Iterable[Word], columns: list[float], samples: Samples) -> None:
    for word in words:
        if (column := _column_of(word.x0, word.x1, columns)) is not None:
            samples[column].append((word.x0, word.x1))

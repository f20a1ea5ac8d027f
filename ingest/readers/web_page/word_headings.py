"""The headings of a table whose words have places and no lines between them: what each of them stands above."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Cell
from ingest.readers.plain_text.aligned_columns import known_headings
from ingest.readers.web_page.positioned import Word, WordLine
from ingest.readers.web_page.word_columns import Column, Span
from warehouse.kinds.characters import comparable
from warehouse.kinds.wordings import table_words

Cells = tuple[Cell | None, ...]
_WORDS = table_words()
_CENTRED = 1.0  # of the height: a centred heading is at most so far off the middle of what stands below it
_SAME = 0.2  # of the height: a heading may reach so far into the line below


@dataclass(frozen=True, slots=True)
class Heading:
    word: Word
    line: WordLine

    @property
    def span(self) -> Span:
        return Span(self.word.x0, self.word.x1)

    def is_above(self, other: "Heading") -> bool:
        """Whether it ends above the other."""
        return self.line.bottom <= other.line.top + _SAME * self.line.height


def headings_of(lines: Sequence[WordLine]) -> list[Heading]:
    return [Heading(word, line) for line in lines for word in line.words]


def lowest(headings: Sequence[Heading], filled: Sequence[Span]) -> list[Heading]:
    """The headings that stand above no other, from left to right. `filled`: where the words of the rows stand.

    Two that stand above the words of one column are two lines of a heading, or one above the other. A heading between
    two lower ones of one line that nothing else stands above is above both, if no column stands between them.
    """
    found: list[Heading] = []
    for one in sorted(headings, key=lambda heading: -heading.line.top):
        columns = [span for span in filled if span.holds(one.word)]
        is_upper = any(
            low.line is not one.line and (low.span.overlaps(one.word) or any(span.holds(low.word) for span in columns))
            for low in found
        )
        if not is_upper and not _is_between_lower_ones(one, found, headings, filled):
            found.append(one)
    return sorted(found, key=lambda heading: heading.word.middle)


def _is_between_lower_ones(
    one: Heading, found: Sequence[Heading], headings: Sequence[Heading], filled: Sequence[Span]
) -> bool:
    left = max((low for low in found if low.word.x1 <= one.word.x0), key=lambda low: low.word.x1, default=None)
    right = min((low for low in found if low.word.x0 >= one.word.x1), key=lambda low: low.word.x0, default=None)
    if left is None or right is None or abs(left.line.top - right.line.top) > one.line.height:
        return False
    space = Span(left.word.x1, right.word.x0)
    others = [other.span for other in _beside(one, headings)]
    if any(space.x0 <= span.middle <= space.x1 for span in (*others, *filled) if not _touches(span, left, right)):
        return False  # a column stands between them
    return all(one.is_above(low) and not _heading_above(low, one, headings) for low in (left, right))


def _touches(span: Span, left: Heading, right: Heading) -> bool:
    return span.overlaps(left.word) or span.overlaps(right.word)


def _heading_above(low: Heading, one: Heading, headings: Sequence[Heading]) -> bool:
    """Whether another heading that stands beside `one` is above a lower one."""
    return any(other.span.overlaps(low.word) for other in _beside(one, headings))


def _beside(one: Heading, headings: Sequence[Heading]) -> list[Heading]:
    return [other for other in headings if other is not one and not one.is_above(other) and not other.is_above(one)]


def whole_span(low: Heading, lowest_ones: Sequence[Heading], headings: Sequence[Heading]) -> Span:
    """From the left to the right of one of the lowest headings and of its lines right above."""
    lines = [low]
    for other in sorted((one for one in headings if one.is_above(low)), key=lambda one: -one.line.top):
        is_close = lines[-1].line.top - other.line.bottom < other.line.height and other.span.overlaps(low.word)
        is_only = not any(other.span.overlaps(one.word) for one in lowest_ones if one is not low)
        is_line = _is_rest(other, low, headings) or not _is_known(other.word.text)
        if is_close and is_only and is_line and _is_aligned(other.word, low.word, _SAME * low.line.height):
            lines.append(other)
    return Span(min(one.word.x0 for one in lines), max(one.word.x1 for one in lines))


def _is_aligned(one: Word, other: Word, off: float) -> bool:
    return abs(one.middle - other.middle) < 2 * off or abs(one.x0 - other.x0) < off


def columns_covered(
    headings: Sequence[Heading], low: Sequence[Heading], columns: Sequence[Column]
) -> dict[Heading, range] | None:
    """The columns that each heading stands above. None where that is not told.

    A heading covers as many columns as it stands above the middle of. Two that stand beside one another share none, of
    two below one another the upper covers all that the lower one does.
    """
    at = {heading: range(n, n + 1) for heading, n in zip(low, _columns_of(low, columns), strict=True)}
    ways = {one: _runs(one, at, headings, columns) for one in headings if one not in at}
    for one in sorted(ways, key=lambda one: len(ways[one])):
        fitting = [run for run in ways[one] if all(_agree(one, run, other, its) for other, its in at.items())]
        if not fitting:
            return None
        at[one] = fitting[0]
    return at


def _columns_of(low: Sequence[Heading], columns: Sequence[Column]) -> list[int]:
    """The column of each of the lowest headings."""
    headed = (n for n, column in enumerate(columns) if column.heading)
    return [n for n, _ in zip(headed, low, strict=True)]


def _runs(
    one: Heading, low: dict[Heading, range], headings: Sequence[Heading], columns: Sequence[Column]
) -> list[range]:
    """The columns that a heading may cover: the widest of which it stands in the middle first, then the others."""
    below = {run[0]: other for other, run in low.items() if other.span.overlaps(one.word)}
    if len(below) == 1 and any(_is_rest(one, other, headings) for other in below.values()):
        return [range(n, n + 1) for n in below]
    free = {run[0] for other, run in low.items() if one.is_above(other) and not _heading_above(other, one, headings)}
    free |= {n for n, column in enumerate(columns) if column.heading is None}
    runs = [
        range(first, last + 1)
        for first in range(len(columns))
        for last in range(first, len(columns))
        if free.union(below).issuperset(range(first, last + 1)) and set(below) <= set(range(first, last + 1))
    ]
    off = {run: _off(one, columns[run[0]], columns[run[-1]]) for run in runs}
    centred = [run for run in runs if off[run] <= _CENTRED * one.line.height]
    others = [run for run in runs if run not in centred]
    return [*sorted(centred, key=len, reverse=True), *sorted(others, key=lambda run: off[run])]


def _off(one: Heading, first: Column, last: Column) -> float:
    """How far a heading stands off the middle of columns: of what is printed in them, or of their headings."""
    ends = [(first.reach, last.reach)]
    if first.heading and last.heading:
        ends.append((first.heading, last.heading))
    return min(abs((left.x0 + right.x1) / 2 - one.word.middle) for left, right in ends)


def _agree(one: Heading, run: range, other: Heading, its: range) -> bool:
    shared = set(run) & set(its)
    if one.is_above(other):
        return not shared or shared == set(its)
    return not shared or (other.is_above(one) and shared == set(run))


def _is_rest(one: Heading, low: Heading, headings: Sequence[Heading]) -> bool:
    """Whether a heading and those below it are lines of one: 支出 above 合计 are two."""
    if comparable(one.word.text) in _WORDS.item_columns:
        return False
    lines = sorted(
        (other for other in headings if _is_between(other, one, low) and low.span.overlaps(other.word)),
        key=lambda other: other.line.top,
    )
    is_close = all(b.line.top - a.line.bottom < one.line.height for a, b in pairwise(lines))
    return is_close and _is_known("".join(other.word.text for other in lines))


def _is_between(other: Heading, one: Heading, low: Heading) -> bool:
    return one.line.top <= other.line.top <= low.line.top


def _is_known(text: str) -> bool:
    return comparable(text) in known_headings()


def rows_of_headings(at: Mapping[Heading, range], width: int) -> list[tuple[WordLine, Cells]]:
    """The headings as rows of cells: what stands above others first, lines of one heading in one cell."""
    cells = [(run, lines) for run, lines in _cells(at)]
    above = {n: sum(set(run) < set(other) for other, _ in cells) for n, (run, _) in enumerate(cells)}
    for n, (run, _) in enumerate(cells):  # of two above the same columns the first that is found is the upper
        above[n] += sum(other == run for other, _ in cells[:n])
    rows: list[tuple[WordLine, Cells]] = []
    for depth in range(1 + max(above.values())):
        row: list[Cell | None] = [None if _is_below(n, depth, cells, above) else Cell("") for n in range(width)]
        mine = [cells[n] for n, d in above.items() if d == depth]
        for run, lines in mine:
            text = "\n".join(heading.word.text for heading in lines)
            row[run[0] : run[-1] + 1] = [Cell(text, len(run)), *[None] * (len(run) - 1)]
        rows.append((min((lines[0].line for _, lines in mine), key=lambda line: line.top), tuple(row)))
    return rows


def _is_below(column: int, depth: int, cells: Sequence[tuple[range, list[Heading]]], above: Mapping[int, int]) -> bool:
    """Whether the lowest heading of a column reaches down from above to this depth."""
    depths = [above[n] for n, (run, _) in enumerate(cells) if column in run]
    return bool(depths) and max(depths) < depth


def _cells(at: Mapping[Heading, range]) -> Iterator[tuple[range, list[Heading]]]:
    """Headings above the same columns in one cell, unless each is known and together they are not."""
    runs = dict.fromkeys((run[0], run[-1] + 1) for run in at.values())
    for first, end in runs:
        lines = sorted(
            (one for one, run in at.items() if (run[0], run[-1] + 1) == (first, end)), key=lambda one: one.line.top
        )
        whole = "".join(one.word.text for one in lines)
        if all(_is_known(one.word.text) for one in lines) and not _is_known(whole):
            yield from ((range(first, end), [one]) for one in lines)
        else:
            yield range(first, end), lines

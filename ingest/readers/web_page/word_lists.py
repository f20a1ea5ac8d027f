"""Tables of units whose words have places and no lines between them: 1, 2, 3 … before names, no amounts.

A name may be broken into lines. They stand around the number of their row, or begin beside it; where the lines of all
rows do neither, whose they are is not told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.document import Cell
from ingest.readers.web_page.positioned import Word, WordLine
from ingest.readers.web_page.word_columns import Span, clusters
from warehouse.kinds.characters import comparable
from warehouse.kinds.wordings import unit_table_words

Row = tuple[WordLine, tuple[Cell | None, ...]]
_HEADINGS = unit_table_words()
_LEAST_HEADINGS = 2
_OFF_MIDDLE = 0.4  # of the height: the lines of a name are no farther off the number that they stand around
_CLOSE = 3.0  # heights from a line of a name to the next


@dataclass(frozen=True, slots=True)
class ListFound:
    """A table among the lines `begin` to `end`; the next page may go on with it behind `last`."""

    headings: tuple[Word, ...]
    rows: list[Row]
    last: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A row: its number, the line of it, and the lines of its names."""

    number: Word
    line: WordLine
    lines: tuple[WordLine, ...]

    @property
    def is_around(self) -> bool:
        if not self.lines:
            return False
        middle = (self.lines[0].middle + self.lines[-1].middle) / 2
        return abs(middle - self.line.middle) < _OFF_MIDDLE * self.line.height

    @property
    def is_beside_first(self) -> bool:
        return bool(self.lines) and self.lines[0].top == self.line.top and _are_close(self.lines)


def list_of_units(lines: Sequence[WordLine]) -> ListFound | None:
    """The first table of units among the lines of a page."""
    for n, line in enumerate(lines):
        headings = _headings(line)
        if headings and (found := _behind(lines, n + 1, headings, 1)):
            return _with_headings(found, lines, n)
    return None


def continued_list(lines: Sequence[WordLine], before: ListFound) -> ListFound | None:
    """The part of a table at the top of the next page, where it goes on with the next number."""
    if lines and (headings := _headings(lines[0])):
        found = _behind(lines, 1, headings, before.last + 1)
        return found and _with_headings(found, lines, 0)
    return _behind(lines, 0, before.headings, before.last + 1)


def _with_headings(found: ListFound, lines: Sequence[WordLine], at: int) -> ListFound:
    cells = tuple(Cell(word.text) for word in found.headings)
    return replace(found, rows=[(lines[at], cells), *found.rows], begin=at)


def _headings(line: WordLine) -> tuple[Word, ...]:
    """The words of a line of headings that begins with that of numbers; those of a letter each are one."""
    words: list[Word] = []
    for word in line.words:
        if words and comparable(words[-1].text) not in _HEADINGS.all:
            words[-1] = Word(words[-1].text + word.text, words[-1].x0, word.x1)
        else:
            words.append(word)
    names = [comparable(word.text) for word in words]
    is_of_units = len(words) >= _LEAST_HEADINGS and names[0] in _HEADINGS.numbers and _HEADINGS.all.issuperset(names)
    return tuple(words) if is_of_units and not _HEADINGS.names.isdisjoint(names) else ()


def _behind(lines: Sequence[WordLine], begin: int, headings: tuple[Word, ...], first: int) -> ListFound | None:
    numbers = list(_numbers(lines, begin, headings[0], first))
    if not numbers:
        return None
    for told in (_around, _beside_first):
        rows, end = told(lines, begin, numbers)
        cells = _cells(rows, headings) if rows else None
        if cells:
            return ListFound(headings, cells, first + len(cells) - 1, begin, end)
    return None


def _numbers(lines: Sequence[WordLine], begin: int, heading: Word, first: int) -> Iterator[int]:
    """The lines that begin with the numbers of the rows, one after the other, below their heading."""
    for n in range(begin, len(lines)):
        word = lines[n].words[0]
        if word.text == str(first) and Span(word.x0, word.x1).gap(heading) < lines[n].height:
            yield n
            first += 1


def _around(lines: Sequence[WordLine], begin: int, numbers: Sequence[int]) -> tuple[list[_Numbered], int]:
    """The rows with the lines that are nearest to their numbers; the last has as many below its number as above."""
    above = numbers[-1] - 1 - (_middle_line(lines, *numbers[-2:]) if len(numbers) > 1 else begin - 1)
    end = numbers[-1] + 1 + above
    if end > len(lines):
        return [], end
    starts = [begin, *(_middle_line(lines, a, b) + 1 for a, b in pairwise(numbers)), end]
    rows = [_numbered(lines, at, a, b) for at, (a, b) in zip(numbers, pairwise(starts), strict=True)]
    return (rows if all(row.is_around for row in rows) else []), end


def _middle_line(lines: Sequence[WordLine], one: int, other: int) -> int:
    """The last line that is nearer to the first of two."""
    between = range(one, other)
    return max(n for n in between if lines[n].middle - lines[one].middle <= lines[other].middle - lines[n].middle)


def _beside_first(lines: Sequence[WordLine], begin: int, numbers: Sequence[int]) -> tuple[list[_Numbered], int]:
    """The rows with the lines down to the next number; the last has none but that of its number."""
    end = numbers[-1] + 1
    if numbers[0] != begin:
        return [], end
    rows = [_numbered(lines, a, a, b) for a, b in pairwise([*numbers, end])]
    return (rows if all(row.is_beside_first for row in rows) else []), end


def _numbered(lines: Sequence[WordLine], at: int, begin: int, end: int) -> _Numbered:
    number, *others = lines[at].words
    own = [lines[n] for n in range(begin, end) if n != at]
    beside = [lines[at]._replace(words=tuple(others))] if others else []
    return _Numbered(number, lines[at], tuple(sorted([*own, *beside], key=lambda line: line.top)))


def _are_close(lines: Sequence[WordLine]) -> bool:
    return all(b.top - a.top < _CLOSE * a.height for a, b in pairwise(lines))


def _cells(rows: Sequence[_Numbered], headings: Sequence[Word]) -> list[Row] | None:
    """None where words stand below no heading, or below two."""
    columns = _columns([word for row in rows for line in row.lines for word in line.words], headings[1:])
    if columns is None or not all(map(_are_close, (row.lines for row in rows))):
        return None
    return [(row.line, (Cell(row.number.text), *_texts(row, columns))) for row in rows]


def _columns(words: Sequence[Word], headings: Sequence[Word]) -> list[list[Span]] | None:
    """Where words stand below each heading: in order, or where they overlap it."""
    spans = clusters(words)
    if len(spans) == len(headings):
        return [[span] for span in spans]
    columns = [[span for span in spans if span.overlaps(heading)] for heading in headings]
    return columns if sorted(span.x0 for column in columns for span in column) == [span.x0 for span in spans] else None


def _texts(row: _Numbered, columns: Sequence[Sequence[Span]]) -> Iterator[Cell]:
    words = [word for line in row.lines for word in line.words]
    for spans in columns:
        yield Cell("".join(word.text for word in words if any(span.holds(word) for span in spans)))

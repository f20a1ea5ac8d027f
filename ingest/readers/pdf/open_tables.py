"""Tables with horizontal lines only: the lines between their columns, where the text of all rows leaves room for them.

A column line is added where no row of figures has a character. In the header it ends where a heading stands across it.
A table is left as it is drawn where two numbers of a row would share a cell, or where two headings stand beside one
another above one column: then a column is blank in all rows, and nothing tells where it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

from ingest.readers.pdf.grid import SNAP, merge
from ingest.readers.pdf.missing_lines import Drawn
from ingest.readers.pdf.page_objects import Char, Edge
from ingest.readers.pdf.text_lines import TextLine, lines_of, text_line
from warehouse.kinds.characters import squeeze
from warehouse.kinds.wordings import table_words

_WORDS = table_words()
_LEAST_LINES = 3  # of one length: above a table, below its header, and below its last row
_LEAST_COLUMNS = 3
_ROOM = 0.3  # of the height of a character: blanks within a number or a name are narrower
_INSET = 1.0  # points by which the text of a row may cross its lines


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two horizontal lines that follow each other."""

    top: float
    bottom: float
    chars: Sequence[Char]
    lines: Sequence[TextLine]

    @property
    def is_row(self) -> bool:
        return any(line.amounts for line in self.lines)

    @property
    def is_between_tables(self) -> bool:
        texts = [squeeze("".join(word.text for word in line.words)) for line in self.lines]
        if self.is_row:
            return False
        return not texts or any(
            text.endswith("表") or (not _is_digits(text) and bool(_WORDS.caption.match(text))) for text in texts
        )


def _is_digits(text: str) -> bool:
    """1 2 3 …, the numbers of the columns."""
    return text.isascii() and text.isdecimal()


def with_column_lines(chars: Sequence[Char], verticals: list[Edge], horizontals: list[Edge]) -> Drawn:
    """The lines of a page and those that its tables with horizontal lines only lack. Coordinates in points."""
    drawn = Drawn(verticals, horizontals)
    if len(horizontals) < _LEAST_LINES:
        return drawn
    for borders in _alike(merge(horizontals)):
        if not any(_crosses(vertical, borders) for vertical in verticals):
            for table in map(_with_head_apart, _tables(borders, chars)):
                if between := _lines_of(table, borders[0]):
                    across = [Edge(band.top, borders[0].start, borders[0].end) for band in table]
                    drawn = Drawn(drawn.verticals + between, drawn.horizontals + across)
    return drawn


def _with_head_apart(table: Sequence[_Band]) -> list[_Band]:
    """Where one line stands below the whole header, each line of text of the header is a row of it."""
    if len(table) != 2 or table[0].is_row:
        return list(table)
    head, body = table
    edges = [head.top, *((a.bottom + b.top) / 2 for a, b in pairwise(head.lines)), head.bottom]
    return [*(_band(Edge(a, -inf, inf), Edge(b, -inf, inf), head.chars) for a, b in pairwise(edges)), body]


def _alike(horizontals: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Lines of one length below one another, from top to bottom."""
    groups: list[list[Edge]] = []
    for line in sorted(horizontals):
        same = (g for g in groups if abs(g[0].start - line.start) <= SNAP and abs(g[0].end - line.end) <= SNAP)
        group = next(same, None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    return (group for group in groups if len(group) >= _LEAST_LINES)


def _crosses(vertical: Edge, borders: Sequence[Edge]) -> bool:
    is_beside = borders[0].start - SNAP <= vertical.at <= borders[0].end + SNAP
    return is_beside and vertical.start < borders[-1].at and vertical.end > borders[0].at


def _tables(borders: Sequence[Edge], chars: Sequence[Char]) -> Iterator[list[_Band]]:
    """Bands that follow one another; a title, a caption or an empty band stands between two tables."""
    table: list[_Band] = []
    for upper, lower in pairwise(borders):
        band = _band(upper, lower, chars)
        if band.is_between_tables:
            yield table
            table = []
        else:
            table.append(band)
    yield table


def _band(upper: Edge, lower: Edge, chars: Sequence[Char]) -> _Band:
    held = [
        char
        for char in chars
        if upper.at <= (char.top + char.bottom) / 2 < lower.at and upper.start <= (char.x0 + char.x1) / 2 <= upper.end
    ]
    return _Band(upper.at, lower.at, held, [text_line(line) for line in lines_of(held)])


def _lines_of(table: Sequence[_Band], border: Edge) -> list[Edge]:
    rows = [band for band in table if band.is_row]
    if not rows:
        return []
    first = table.index(rows[0])
    places = _places_between(rows)
    if len(places) + 1 < _LEAST_COLUMNS or not _tells(table[:first], rows, places):
        return []
    sides = [Edge(x, table[0].top, table[-1].bottom) for x in (border.start, border.end)]
    return [*sides, *(Edge(x, band.top, band.bottom) for band in table for x in places if not _is_covered(band, x))]


def _places_between(rows: Sequence[_Band]) -> list[float]:
    """The middles of the spaces in which no row of figures has a character."""
    chars = sorted((char.x0, char.x1) for band in rows for char in band.chars if char.text.strip())
    room = _ROOM * median(char.bottom - char.top for band in rows for char in band.chars)
    places: list[float] = []
    reach = chars[0][1]
    for start, end in chars:
        if start - reach > room:
            places.append((start + reach) / 2)
        reach = max(reach, end)
    return places


def _tells(head: Sequence[_Band], rows: Sequence[_Band], places: Sequence[float]) -> bool:
    """No two numbers of a row share a column, and no two headings of a line stand above one."""
    numbers = [[word.x1 for word in line.words if word.is_number] for band in rows for line in band.lines]
    headings = [[(word.x0 + word.x1) / 2 for word in line.words] for band in head for line in band.lines]
    return all(len({_column(x, places) for x in line}) == len(line) for line in (*numbers, *headings))


def _column(x: float, places: Sequence[float]) -> int:
    return sum(place < x for place in places)


def _is_covered(band: _Band, x: float) -> bool:
    return any(word.x0 + _INSET < x < word.x1 - _INSET for line in band.lines for word in line.words)

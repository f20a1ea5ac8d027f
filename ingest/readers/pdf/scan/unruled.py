"""Tables of an upright page that lack lines: those between their columns and rows, told by where their words stand.

Where a page has lines across only, the words between two of them are a row. Where it has none, a line of text is one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ingest.readers.pdf.missing_lines import Drawn
from ingest.readers.pdf.open_tables import with_column_lines
from ingest.readers.pdf.page_objects import Char, Edge
from ingest.readers.pdf.text_lines import TextLine, lines_of, text_line

FEWEST_ROWS = 3  # with two numbers each, that are needed to take words for a table
_AMOUNTS = re.compile(r"[-\d.,，% ]*\d\.\d[-\d.,，% ]*")
_MARGIN = 2.0  # points around the words of a table


def may_be_tables(texts: Iterable[str]) -> bool:
    """Whether the texts outside all tables may be those of one: several are amounts alone, as none is in prose."""
    return sum(bool(_AMOUNTS.fullmatch(text)) for text in texts) >= FEWEST_ROWS


def lines_between(words: Sequence[Char], verticals: list[Edge], horizontals: list[Edge]) -> Drawn:
    """The lines that are missing, in points; none where the words do not tell them. `words` are the characters that
    stand outside all tables, `verticals` and `horizontals` the lines that are there."""
    if found := _added(words, verticals, horizontals):
        return found
    return _added(words, verticals, list(_across([text_line(line) for line in lines_of(list(words))])))


def _added(words: Sequence[Char], verticals: list[Edge], horizontals: list[Edge]) -> Drawn:
    """The lines down that are missing, and those across between which they run."""
    drawn = with_column_lines(words, verticals, horizontals)
    down = drawn.verticals[len(verticals) :]
    return Drawn(down, [line for line in drawn.horizontals if any(one.start <= line.at <= one.end for one in down)])


def _across(lines: Sequence[TextLine]) -> Iterator[Edge]:
    """A line between any two lines of text, down to the last that has two numbers."""
    last = max((n for n, line in enumerate(lines) if _is_row(line)), default=-1)
    if sum(map(_is_row, lines)) < FEWEST_ROWS:
        return
    words = [word for line in lines[: last + 1] for word in line.words]
    start, end = min(word.x0 for word in words) - _MARGIN, max(word.x1 for word in words) + _MARGIN
    yield Edge(lines[0].top - _MARGIN, start, end)
    for above, below in pairwise(lines[: last + 1]):
        yield Edge((above.bottom + below.top) / 2, start, end)
    yield Edge(lines[last].bottom + _MARGIN, start, end)


def _is_row(line: TextLine) -> bool:
    return sum(word.is_number for word in line.words) > 1

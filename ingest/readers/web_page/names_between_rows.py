"""Which lines of names without figures are rows, in a table of words with places: told by how far apart they stand.

The lines of one name stand closer together than two rows. A name between two rows that have figures and names of their
own is a row whose amounts are blank; it is never joined to the name of a row with figures.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ingest.readers.web_page.positioned import WordLine

_OF_A_ROW = 0.9  # of the least distance of two rows: lines as far apart are of two rows
_OF_A_NAME = 1.4  # heights: the lines of one name stand no farther apart
_BESIDE = 0.6  # heights: the figures of a row stand no farther above or below the lines of its name


def names_without_figures(
    figured: Sequence[WordLine], columns: Mapping[int, Sequence[WordLine]]
) -> Iterator[list[WordLine]]:
    """The lines of each row that has a name in one column, and no figures. `columns`: the lines with a name in each."""
    for lines in columns.values():
        names = list(_names(lines, _limit(lines, figured)))
        named = [row for row in figured if any(_is_beside(row, name) for name in names)]
        for name in names:
            if not any(_is_beside(row, name) for row in figured) and all(
                row in named for row in _around(name, figured)
            ):
                yield name


def _limit(lines: Sequence[WordLine], figured: Sequence[WordLine]) -> float:
    """The least distance of two lines that are of two rows."""
    height = max(line.height for line in lines)
    rows = [b.middle - a.middle for a, b in pairwise(lines) if a in figured and b in figured]
    return max(_OF_A_NAME * height, _OF_A_ROW * min(rows, default=0.0))


def _names(lines: Sequence[WordLine], limit: float) -> Iterator[list[WordLine]]:
    """The lines of each name."""
    name: list[WordLine] = []
    for line in lines:
        if name and line.middle - name[-1].middle >= limit:
            yield name
            name = []
        name.append(line)
    if name:
        yield name


def _is_beside(row: WordLine, name: Sequence[WordLine]) -> bool:
    reach = _BESIDE * row.height
    return name[0].middle - reach <= row.middle <= name[-1].middle + reach


def _around(name: Sequence[WordLine], figured: Sequence[WordLine]) -> list[WordLine]:
    """The rows with figures next to a name, above and below."""
    above = [row for row in figured if row.middle < name[0].middle][-1:]
    return above + [row for row in figured if row.middle > name[-1].middle][:1]

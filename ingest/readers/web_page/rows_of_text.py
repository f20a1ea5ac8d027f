"""Rows of a table that a page prints as paragraphs: cells parted by hard blanks, an empty cell one hard blank."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

BLANK = "\xa0"
_BETWEEN_CELLS = re.compile(f"{BLANK}{{2,}}")
_PIECES = re.compile(f"({BLANK}+)")
_LEAST_ROWS = 3  # that follow one another; a caption is one paragraph with hard blanks, or two
Cells = tuple[str, ...]


def rows_of_text(paragraphs: Sequence[str]) -> Iterator[tuple[int, Cells]]:
    """The cells of those paragraphs of a page that are rows of a table. What is no paragraph is an empty text."""
    found = list(_runs(paragraphs))
    lengths = Counter(len(blanks) for run in found for n in run for blanks in _blanks_within(paragraphs[n]))
    if not lengths:
        return
    separator = lengths.most_common(1)[0][0]
    for n in (n for run in found for n in run):
        cells = _cells(paragraphs[n], separator)
        if len(cells) > 1:
            yield n, cells


def _runs(paragraphs: Sequence[str]) -> Iterator[list[int]]:
    numbered = groupby(enumerate(paragraphs), key=lambda item: bool(_BETWEEN_CELLS.search(item[1])))
    for has_blanks, group in numbered:
        run = [n for n, _ in group]
        if has_blanks and len(run) >= _LEAST_ROWS:
            yield run


def _blanks_within(text: str) -> list[str]:
    return _BETWEEN_CELLS.findall(text.strip(BLANK))


def _cells(text: str, separator: int) -> Cells:
    """The cells of a row; none where the blanks are no whole number of separators and empty cells.

    Between two texts there is one separator more than there are empty cells, before the first and after the last
    text as many of each.
    """
    cells: list[str] = []
    pieces = _PIECES.split(text)
    for n, piece in enumerate(pieces):
        if n % 2 == 0:
            cells += [piece.strip()] if piece else []
            continue
        is_at_edge = not pieces[n - 1] or not pieces[n + 1]
        empty, rest = divmod(len(piece) - (0 if is_at_edge else separator), separator + 1)
        if rest or empty < 0:
            return ()
        cells += [""] * empty
    return tuple(cells)

"""Rows that a program wrote with commas between their cells, as tab-separated rows."""

import csv
import re
from itertools import groupby

_FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?")
_IN_SENTENCE = re.compile(r"[。；;！？]|[^,]{60}|万元[,。，]")
_LEAST_ROWS, _LEAST_CELLS = 3, 3
NumberedLine = tuple[int, str]


def with_tabs_for_commas(lines: list[NumberedLine]) -> list[NumberedLine]:
    """The lines, those that are rows of one table with tabs: as many of them that follow each other have as many cells.

    A comma between the digits of an amount separates no cells: a program puts quotes around such a cell. Where it
    stands without them the rows have a different number of cells, and stay lines.
    """
    found: list[NumberedLine] = []
    for width, group in groupby(lines, key=lambda line: len(_cells(line[1]))):
        run = list(group)
        is_table = width >= _LEAST_CELLS and len(run) >= _LEAST_ROWS and _holds_figures([line for _, line in run])
        found += [(number, "\t".join(_cells(line))) for number, line in run] if is_table else run
    return found


def _holds_figures(lines: list[str]) -> bool:
    """Some row has two cells of figures, and none is part of a sentence."""
    rows = [_cells(line) for line in lines]
    return any(sum(map(_is_figure, row)) > 1 for row in rows) and not any(map(_IN_SENTENCE.search, lines))


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell))


def _cells(line: str) -> list[str]:
    """The cells of a line; one where it has no commas, or tabs too, or a quote that is not closed."""
    if "," not in line or "\t" in line:
        return [line]
    try:
        (cells,) = csv.reader([line], strict=True)
    except (csv.Error, ValueError):
        return [line]
    return [cell.strip() for cell in cells]

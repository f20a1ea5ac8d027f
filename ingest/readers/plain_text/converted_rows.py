"""Removes what a program such as pandas adds when it writes a table as text: an index, and nan for an empty cell."""

from itertools import pairwise

from ingest.values.cell_words import is_empty
from warehouse.records.places import Place

_LEAST_ROWS = 4  # numbered rows; two or three may be rows of the form itself
PlacedLine = tuple[Place, str]


def as_printed_cells(run: list[PlacedLine]) -> list[PlacedLine]:
    """The rows of a table without nan for an empty cell and without an index."""
    rows = [(place, list(map(_without_nothing, line.split("\t")))) for place, line in run]
    if _has_index([cells for _, cells in rows]):
        rows = [(place, ["", *cells[1:]]) for place, cells in rows]
    return [(place, "\t".join(cells)) for place, cells in rows]


def _without_nothing(text: str) -> str:
    return "" if is_empty(text.strip()) else text


def _has_index(rows: list[list[str]]) -> bool:
    """Whether 0, 1, 2 … precede every row and the header too. No form numbers its own header."""
    first = [cells[0].strip() for cells in rows]
    if len(first) > 1 and not first[0]:
        first = first[1:]  # pandas writes the numbers of the columns as the first row
    if len(first) < _LEAST_ROWS or first[0] != "0" or not all(text.isdecimal() for text in first):
        return False
    return all(int(lower) - int(upper) == 1 for upper, lower in pairwise(first))

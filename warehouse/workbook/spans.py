"""Headings of a sheet as merged cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.kinds.sheets import ABOVE, ON_THE_LEFT


@dataclass(frozen=True, slots=True)
class Span:
    """A heading that covers rows `top` to `bottom` and columns `left` to `right`, counted from 0, inclusive."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def spans(header: Sequence[Sequence[str]]) -> list[Span]:
    """The headings of a grid, merged where the signs ABOVE and ON_THE_LEFT say so."""
    return [
        Span(row, column, _last(header, row, column, 1, 0), _last(header, row, column, 0, 1), text)
        for row, line in enumerate(header)
        for column, text in enumerate(line)
        if text not in (ON_THE_LEFT, ABOVE)
    ]


def _last(header: Sequence[Sequence[str]], row: int, column: int, down: int, across: int) -> int:
    """The last row or column that a heading covers."""
    sign = ABOVE if down else ON_THE_LEFT
    row, column = row + down, column + across
    while row < len(header) and column < len(header[row]) and header[row][column] == sign:
        row, column = row + down, column + across
    return row - 1 if down else column - 1

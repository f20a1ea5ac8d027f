"""Strikethrough: lines drawn through numbers. They are not ruling lines of a table."""

from collections.abc import Sequence

from ingest.readers.pdf.page_objects import Char, Edge

MIDDLE = 0.2  # of the height of a digit: the greatest distance between its middle and a line that strikes it
FEW = 0.2  # of the rows of numbers: where more are crossed, the text is shifted against its lines, not struck
_DIGITS = frozenset("0123456789")


def strikes(chars: Sequence[Char], horizontals: Sequence[Edge]) -> list[Edge]:
    """The horizontal lines that pass through the middle of digits."""
    digits = [char for char in chars if char[0] in _DIGITS]
    middles = {int((top + bottom) / 2) for _, _, top, _, bottom in digits}
    near = [line for line in horizontals if int(line[0]) in middles or int(line[0]) + 1 in middles]
    crossing = [line for line in near if any(is_struck(char, line) for char in digits)]
    rows = {int(line.at) // 2 for line in crossing}
    return crossing if len(rows) <= max(2, FEW * len(middles)) else []


def is_struck(char: Char, line: Edge) -> bool:
    height, middle = char.bottom - char.top, (char.top + char.bottom) / 2
    return abs(line.at - middle) < MIDDLE * height and line.start - 1 <= (char.x0 + char.x1) / 2 <= line.end + 1

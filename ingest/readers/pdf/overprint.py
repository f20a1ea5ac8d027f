"""Characters printed twice at nearly one place are one character: bold made by overprinting, a page drawn twice."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import product, repeat
from operator import floordiv

from ingest.readers.pdf.page_objects import Char
from ingest.values.characters import as_printed

SQUARE = 3.0  # points: narrower than the distance of two digits of small print
OFFSET = 1.2  # points by which the second print may stand beside the first
SHARE = 0.3  # of the width and height, for large print
_AROUND = tuple(product((-1, 0, 1), repeat=2))


def printed_once(chars: list[Char]) -> list[Char]:
    """The characters without second prints of the same."""
    if not chars or not _may_repeat(chars):
        return chars
    kept: list[Char] = []
    at: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        x, y = int(char.x0 // SQUARE), int(char.top // SQUARE)
        if not any(_is_again(char, other) for i, j in _AROUND for other in at.get((x + i, y + j), ())):
            at[x, y].append(char)
            kept.append(char)
    return kept


def _may_repeat(chars: Sequence[Char]) -> bool:
    """Whether two of the same characters begin in one square. A pair may stand across its border, but not every pair
    of a page; where all do, one character alone is printed twice.
    """
    texts, x0s, tops, _, _ = zip(*chars, strict=True)
    squares = zip(texts, map(floordiv, x0s, repeat(SQUARE)), map(floordiv, tops, repeat(SQUARE)), strict=True)
    return len(set(squares)) < len(chars)


def _is_again(char: Char, other: Char) -> bool:
    width, height = char.x1 - char.x0, char.bottom - char.top
    if abs(char.x0 - other.x0) > max(OFFSET, SHARE * width):
        return False
    if abs(char.top - other.top) > max(OFFSET, SHARE * height):
        return False
    return as_printed(char.text) == as_printed(other.text)

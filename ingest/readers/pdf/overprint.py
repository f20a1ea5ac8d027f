"""Merges characters that are printed twice at nearly the same place: bold by overprinting, or a page drawn twice."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import product, repeat
from operator import floordiv

from ingest.readers.pdf.page_objects import Char
from warehouse.kinds.characters import as_printed

SQUARE = 3.0  # points, side of the squares searched for repeats: less than the distance of two small digits
OFFSET = 1.2  # points by which the second print may be shifted
SHARE = 0.3  # of the width and height, for large print
_AROUND = tuple(product((-1, 0, 1), repeat=2))


def printed_once(chars: list[Char]) -> list[Char]:
    """The characters without their second prints."""
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
    """Whether two equal characters begin in one square; a quick test before the pairs are compared.

    A pair may lie across the border of a square. That no pair of a page lies within one happens only where a single
    character is printed twice.
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

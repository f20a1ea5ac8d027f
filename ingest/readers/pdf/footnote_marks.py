"""Footnote marks: small raised digits after a number or a name. They are not part of it and are left out."""

import re
from operator import itemgetter

from ingest.readers.pdf.page_objects import Char

SMALLER, BESIDE_WORDS = 0.75, 0.6  # a mark's greatest height, as a share of the digit or of the ideograph before it
RAISED = 0.2  # of that height: a mark's lower edge is at least so much higher
GAP = 0.5  # of that height: the widest gap before a mark
LONGEST_MARK = 2  # digits
_LEFT = itemgetter(1)
_DIGITS = frozenset("0123456789")
_WORDS = re.compile("[\u4e00-\u9fff)）]")
_COMPLETE = re.compile(r"[0-9]\.[0-9]{2}")  # an amount with its two decimals: the next digit is not part of it


def without_footnote_marks(chars: list[Char]) -> tuple[list[Char], tuple[Char, ...]]:
    """(the characters of a page without footnote marks, the raised digits that may be part of a number)."""
    digits = [char for char in chars if char[0] in _DIGITS]
    heights = [bottom - top for _, _, top, _, bottom in digits]
    if not digits or min(heights) >= SMALLER * max(heights):
        return chars, ()
    small = [char for char, height in zip(digits, heights, strict=True) if height < SMALLER * max(heights)]
    marks: list[Char] = []
    unclear: list[Char] = []
    for base, first in _raised(small, chars):
        mark = _whole_mark(first, small)
        if _is_apart(base, mark, chars):
            marks += mark
        elif base.text in _DIGITS:
            unclear += mark
    dropped = set(marks)
    return ([char for char in chars if char not in dropped] if dropped else chars), tuple(unclear)


def _raised(small: list[Char], chars: list[Char]) -> list[tuple[Char, Char]]:
    """Pairs of a small raised digit and the taller character before it."""
    least = min(char.bottom - char.top for char in small) / SMALLER
    bases = [char for char in chars if char.bottom - char.top > least]
    reach = max((char.bottom - char.top for char in bases), default=0.0) * GAP
    near = (
        (base, mark)
        for mark in small
        for base in [base for base in bases if mark[1] - reach < base[3] < mark[1] + reach]  # by their right sides
    )
    return [(base, mark) for base, mark in near if base.x0 < mark.x0 and _is_beside(mark, base)]


def _is_beside(mark: Char, base: Char) -> bool:
    height = base.bottom - base.top
    if not (-0.2 * height < mark.x0 - base.x1 < GAP * height and base.top - height < mark.top):
        return False
    if not base.top < mark.bottom < base.bottom - RAISED * height:
        return False
    is_digit = base.text in _DIGITS
    smaller = SMALLER if is_digit else BESIDE_WORDS
    return mark.bottom - mark.top < smaller * height and (is_digit or bool(_WORDS.fullmatch(base.text)))


def _whole_mark(first: Char, small: list[Char]) -> list[Char]:
    """The mark and the digits of the same size that follow it."""
    mark = [first]
    height = first.bottom - first.top
    for char in sorted(small, key=_LEFT):
        follows = mark[-1].x0 < char.x0 < mark[-1].x1 + GAP * height
        if follows and abs(char.bottom - first.bottom) < 0.3 * height:
            mark.append(char)
    return mark


def _is_apart(base: Char, mark: list[Char], chars: list[Char]) -> bool:
    """Whether the text before the mark is complete without it: an amount with two decimals, or words."""
    if len(mark) > LONGEST_MARK:
        return False
    if base.text not in _DIGITS:
        return True
    height = base.bottom - base.top
    beside = [char for char in chars if char.x0 <= base.x0 and abs(char.bottom - base.bottom) < 0.3 * height]
    text = "".join(char.text for char in sorted(beside, key=_LEFT)[-4:])
    return bool(_COMPLETE.fullmatch(text))

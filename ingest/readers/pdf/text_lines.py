"""Groups the characters of a page into lines of text, and a line into words and numbers."""

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from ingest.readers.pdf.page_objects import Char

SAME_LINE = 0.5  # share of the smaller height by which two characters of one line overlap
APART = 0.6  # of the character height: a gap within a cell is smaller, a gap between two cells mostly larger
NUMBERS_APART = 0.25  # of the height: a gap inside a number is smaller
_LEFT = itemgetter(1)  # of a Char
_OF_NUMBERS = frozenset("0123456789.,-%")
_POINTS = frozenset(".,")
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+%?")
_WHOLE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{5,})")
_CODE = re.compile(r"[23]\d\d(?:\d\d){0,2}")


class Word(NamedTuple):
    """Adjacent characters of a line: a name, a code or a number."""

    text: str
    x0: float
    x1: float

    @property
    def is_amount(self) -> bool:
        return bool(_AMOUNT.fullmatch(self.text))

    @property
    def is_code(self) -> bool:
        return bool(_CODE.fullmatch(self.text))

    @property
    def is_number(self) -> bool:
        return self.is_amount or (self.text.isascii() and self.text.isdigit())


class TextLine(NamedTuple):
    words: tuple[Word, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def amounts(self) -> list[Word]:
        """Numbers with decimals, and whole numbers that are not followed by a name, as a code is."""
        found = [word for word in self.words if word.is_amount]
        for word, after in pairwise((*self.words, Word("0", 0, 0))):
            if _WHOLE.fullmatch(word.text) and (after.is_number or not word.is_code):
                found.append(word)
        return found


def lines_of(chars: list[Char]) -> Iterator[list[Char]]:
    """Characters of one text line, left to right; lines top to bottom.

    Characters overlap vertically by half or more if they share a line, so that digits set on
    slightly different baselines stay one number.
    """
    if not chars:
        return
    _, _, top, _, bottom = chars[0]
    if all(upper == top and lower == bottom for _, _, upper, _, lower in chars):
        yield sorted(chars, key=_LEFT)
        return
    line: list[Char] = []
    for char in sorted(sorted(chars, key=_LEFT), key=_middle):
        _, _, upper, _, lower = char
        overlap = (bottom if bottom < lower else lower) - (top if top > upper else upper)
        if line and overlap < SAME_LINE * min(bottom - top, lower - upper):
            yield sorted(line, key=_LEFT)
            line = []
        if not line:
            top, bottom = upper, lower
        line.append(char)
    if line:
        yield sorted(line, key=_LEFT)


def _middle(char: Char) -> float:
    """Twice the vertical position of its middle, in points."""
    return char[2] + char[4]


def text_line(chars: list[Char]) -> TextLine:
    """The words of one line of characters."""
    return TextLine(
        tuple(map(_word, words_of(chars))), min(char.top for char in chars), max(char.bottom for char in chars)
    )


def words_of(chars: list[Char]) -> Iterator[list[Char]]:
    """The characters of one line, word by word."""
    word = chars[:1]
    for before, char in pairwise(chars):
        if _is_apart(before, char):
            yield word
            word = []
        word.append(char)
    yield word


def _is_apart(before: Char, char: Char) -> bool:
    gap = (char.x0 - before.x1) / ((char.bottom - char.top) or 1)
    is_of_number, was_of_number = char.text in _OF_NUMBERS, before.text in _OF_NUMBERS
    if is_of_number and was_of_number and (char.text in _POINTS or before.text in _POINTS):
        return gap > APART  # 224 . 78: no number begins or ends with a point, so a wide gap is allowed there
    if is_of_number:
        return gap > NUMBERS_APART or not was_of_number
    return gap > (NUMBERS_APART if was_of_number else APART)


def _word(chars: list[Char]) -> Word:
    return Word("".join(char.text for char in chars), chars[0].x0, chars[-1].x1)

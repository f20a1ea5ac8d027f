"""Texts that a page puts at places of their own, as programs do that make a page of a PDF → lines of words.

One element holds a line, a run or a single character. How wide a character is the page does not say: a wide one is as
wide as its font is high, another half as wide.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple
from unicodedata import east_asian_width

from lxml.etree import _Element

from ingest.readers.pdf.page_objects import Char
from ingest.readers.pdf.text_lines import lines_of
from ingest.readers.web_page.styles import Style, Styles, pixels
from warehouse.kinds.characters import BLANKS, as_printed

LEAST_PLACED = 5  # elements in one that are placed by their positions
_FONT = 16.0  # pixels, where a page says nothing
_APART = 0.6  # of the height: a wider gap stands between two words
_NUMBERS_APART = 0.25
_LINE = 1.2  # heights from a line to the next one of the same element
_TWICE = 0.2  # of the height: the same character printed twice so close together counts once
_FAR = 20_000.0  # pixels
_SCALE = re.compile(r"matrix\(\s*([\d.]+)")
_COMPLETE = re.compile(r"\d\.\d\d$")
_OF_NUMBERS = frozenset("0123456789.,-%")
_PIECE = re.compile(rf"(?P<printed>[^ \r\n\t{BLANKS}]+)|[ {BLANKS}]+")
_TEXT = itemgetter(0)


class Word(NamedTuple):
    """Adjacent characters of a line. Pixels from the left edge of its page."""

    text: str
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class WordLine(NamedTuple):
    words: tuple[Word, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where an element stands whose children are placed in it, and its font."""

    x: float
    top: float
    height: float | None
    font: float


def holds_placed_texts(element: _Element, styles: Styles) -> bool:
    """Whether a page, or a part of it, is made of texts with places of their own."""
    return sum(is_placed(styles.of(child)) for child in _elements(element)) >= LEAST_PLACED


def is_placed(style: Style) -> bool:
    is_across = pixels(style, "left") is not None
    return is_across and (pixels(style, "top") is not None or pixels(style, "bottom") is not None)


def word_lines(element: _Element, styles: Styles) -> list[WordLine]:
    """The lines of the placed texts in an element, from top to bottom."""
    style = styles.of(element)
    frame = _Frame(0.0, 0.0, pixels(style, "height"), pixels(style, "font-size") or _FONT)
    placed = (child for child in _elements(element) if is_placed(styles.of(child)))
    pieces = [piece for child in placed for piece in _placed(child, frame, styles)]
    seen = [piece for piece in pieces if -_FONT <= piece.x0 < _FAR and piece.bottom > 0]
    return [_line(line) for line in lines_of(seen)]


def _elements(element: _Element) -> Iterator[_Element]:
    return (child for child in element if isinstance(child.tag, str))


def _placed(element: _Element, outer: _Frame, styles: Styles) -> Iterator[Char]:
    """The characters of an element and of those in it."""
    style = styles.of(element)
    font = _font(style, outer)
    left, height = pixels(style, "left") or 0.0, pixels(style, "height")
    top = pixels(style, "top")
    if top is None:
        top = (outer.height or 0.0) - (pixels(style, "bottom") or 0.0) - (height or font)
    frame = _Frame(outer.x + left, outer.top + top, height or outer.height, font)
    pen = _Pen(frame.x, frame.top, frame.x)
    yield from _written(element, frame, pen, styles)


def _font(style: Style, outer: _Frame) -> float:
    scale = _SCALE.search(style.get("transform", ""))
    return (pixels(style, "font-size") or outer.font) * (float(scale[1]) if scale else 1.0)


@dataclass(slots=True)
class _Pen:
    """Where the next character stands; a line break leads back to `start`."""

    x: float
    top: float
    start: float


def _written(element: _Element, frame: _Frame, pen: _Pen, styles: Styles) -> Iterator[Char]:
    """The text of an element that flows from the pen on; what is placed in it stands in its frame."""
    yield from _pieces(element.text or "", frame.font, pen)
    for child in _elements(element):
        style = styles.of(child)
        if is_placed(style):
            yield from _placed(child, frame, styles)
        elif child.tag == "br":
            pen.x, pen.top = pen.start, pen.top + _LINE * frame.font
        else:
            pen.x += (pixels(style, "margin-left") or 0.0) + (0.0 if child.text else pixels(style, "width") or 0.0)
            yield from _written(child, replace(frame, font=_font(style, frame)), pen, styles)
        yield from _pieces(child.tail or "", frame.font, pen)


def _pieces(text: str, height: float, pen: _Pen) -> Iterator[Char]:
    """What stands between blanks, as if it were one wide character."""
    for found in _PIECE.finditer(text):
        width = sum(height if east_asian_width(char) in "WF" else height / 2 for char in found[0])
        if found["printed"]:
            yield Char(found[0], pen.x, pen.top, pen.x + width, pen.top + height)
        pen.x += width


def _line(pieces: list[Char]) -> WordLine:
    words: list[list[Char]] = []
    for piece in _within_their_places(pieces):
        if words and not _is_apart(words[-1][-1], piece):
            words[-1].append(piece)
        else:
            words.append([piece])
    found = tuple(Word(as_printed("".join(map(_TEXT, word))), word[0].x0, word[-1].x1) for word in words)
    return WordLine(found, min(piece.top for piece in pieces), max(piece.bottom for piece in pieces))


def _within_their_places(pieces: Sequence[Char]) -> list[Char]:
    """The pieces of a line without those that are printed twice, none reaching into the next: widths are guessed."""
    found: list[Char] = []
    for piece in pieces:
        before = found[-1] if found else None
        near = _TWICE * (piece.bottom - piece.top)
        if before and before.text == piece.text and piece.x0 - before.x0 < near:
            continue  # printed twice, to make it bold
        if before and before.x1 > piece.x0:
            found[-1] = before._replace(x1=max(piece.x0, before.x0 + near))
        found.append(piece)
    return found


def _is_apart(before: Char, piece: Char) -> bool:
    gap = (piece.x0 - before.x1) / ((piece.bottom - piece.top) or 1)
    was_of_number, is_of_number = before.text[-1] in _OF_NUMBERS, piece.text[0] in _OF_NUMBERS
    if was_of_number and is_of_number and _COMPLETE.search(before.text):
        return True
    return gap > (_NUMBERS_APART if is_of_number or was_of_number else _APART)

"""Finds every printed number of a PDF page in its characters, before any table is recognised."""

from collections.abc import Iterator

from ingest.document import PrintedNumber
from ingest.readers.numbers import NUMBER
from ingest.readers.pdf.page_objects import Char
from warehouse.records.places import Place

WIDEST_GAP = 0.3  # of the height: digits further apart belong to two numbers
NEXT_WITHIN = 1.0  # of the height: a % or 年 further away belongs to something else


def numbers_on_page(chars: list[Char], page: int) -> Iterator[PrintedNumber]:
    """The numbers of a page of a PDF in the order in which they were drawn."""
    place = Place(page)
    drawn = "".join([char[0][:1] or " " for char in chars])
    for run in NUMBER.finditer(drawn):
        for start, end in _side_by_side(chars, run.start(), run.end()):
            first, last = chars[start], chars[end - 1]
            yield PrintedNumber(
                drawn[start:end], place, first.x0, last.x1, first.top, first.bottom, 0, _next(chars, end)
            )


def _side_by_side(chars: list[Char], start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run split where the next character does not directly follow. Separators at a split belong to no number."""
    for n in range(start + 1, end):
        if not _follows(chars[n - 1], chars[n], WIDEST_GAP):
            yield from _without_separators(chars, start, n)
            start = n
    yield from _without_separators(chars, start, end)


def _without_separators(chars: list[Char], start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and not chars[start].text.isdecimal():
        start += 1
    while start < end and not chars[end - 1].text.isdecimal():
        end -= 1
    if start < end:
        yield start, end


def _next(chars: list[Char], end: int) -> str:
    return chars[end].text if end < len(chars) and _follows(chars[end - 1], chars[end], NEXT_WITHIN) else ""


def _follows(before: Char, char: Char, within: float) -> bool:
    """Whether a character is on the line of the one before it, to its right, at most `within` of the height away."""
    _, _, top, x1, bottom = before
    height = bottom - top
    return abs(char[2] - top) < 0.5 * height and -0.5 * height < char[1] - x1 < within * height

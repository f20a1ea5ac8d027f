"""A page that is a picture → its tables, its lines of text and its numbers, as a reader of digital pages makes them."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from operator import add
from typing import NamedTuple

import cv2
import pypdfium2 as pdfium

from ingest.document import Block, Cell, GridKind, Laid, Line, PrintedNumber, RawRow, RawTable
from ingest.readers.pdf.grid import find_tables
from ingest.readers.pdf.missing_lines import Drawn, Grid
from ingest.readers.pdf.numbers import numbers_on_page
from ingest.readers.pdf.page_objects import Char
from ingest.readers.pdf.placed_cells import PlacedCells
from ingest.readers.pdf.scan.ink import cut_out, ink_of, lines_in, lines_outside, without_rules
from ingest.readers.pdf.scan.models import Read, find_lines, read_again, read_texts
from ingest.readers.pdf.scan.pictures import PageRead
from ingest.readers.pdf.scan.rules import rules_apart_from_strokes, rules_of
from ingest.readers.pdf.scan.straighten import (
    WHITE,
    Picture,
    level,
    sheets_of,
    tilt_of,
    turn_of,
    turned,
    without_colour,
    without_shading,
)
from ingest.readers.pdf.scan.unruled import lines_between, may_be_tables
from ingest.readers.pdf.side_by_side import in_reading_order
from ingest.readers.pdf.text_lines import lines_of
from warehouse.kinds.characters import UNREAD
from warehouse.records.places import Box, Place

DPI = 200  # at which a page is drawn
MOST_PIXELS = 12_000_000  # of a page: an A3 sheet has 7.7 million
POINTS = 72  # in an inch
BETWEEN_WORDS = 7.0  # points: a gap as wide parts two words of a line
SMALLER = 2  # times: the picture in which a model looks for lines of text
_NUMBER = re.compile(r"[\d.,，。:：;%\-—() ]*\d[\d.,，。:：;%\-—() ]*")
_WIDE = "\u2e80"  # from here on a character is twice as wide as a digit


class TextRead(NamedTuple):
    """A line of text in its place on the upright page. `again` is what the second model read of a number."""

    box: Box
    read: Read
    again: str | None = None


class Ruled(NamedTuple):
    """An upright page without its rules; the boxes of the cells of each table and of the lines of text in each cell."""

    bare: Picture
    ink: Picture
    drawn: Drawn
    tables: list[list[Box]]
    lines: list[list[list[Box]]]


class SheetRead(NamedTuple):
    blocks: list[Block]
    numbers: list[PrintedNumber]


def read_scanned(page: pdfium.PdfPage, number: int, turn: int) -> PageRead:
    """A page of a PDF that is a picture, seen as it was turned by `turn` degrees."""
    width, height = page.get_size()
    dpi = min(DPI, POINTS * (MOST_PIXELS / (width * height)) ** 0.5)
    rotation = (turn - page.get_rotation()) % 360
    bitmap = page.render(scale=dpi / POINTS, rotation=rotation, rev_byteorder=True)
    try:
        return read_picture(bitmap.to_numpy()[:, :, :3].copy(), number, dpi)
    finally:
        bitmap.close()


def read_picture(picture: Picture, number: int, dpi: float) -> PageRead:
    """The page `number` of a document. Boxes are in points of the page once it is upright and level."""
    per_point = dpi / POINTS
    grey = without_shading(without_colour(picture))
    turn = turn_of(grey)
    upright = turned(grey, turn)
    sheets, gutter = sheets_of(upright)
    tilts = tuple(map(tilt_of, sheets))
    read = [
        _read_sheet(_ruled(level(sheet, tilt), per_point), number, per_point)
        for sheet, tilt in zip(sheets, tilts, strict=True)
    ]
    height, width = upright.shape
    laid = Laid(turn, tilts, gutter / per_point, width / per_point, height / per_point)
    return PageRead(tuple(chain(*(one.blocks for one in read))), tuple(chain(*(one.numbers for one in read))), laid)


def _read_sheet(page: Ruled, number: int, per_point: float) -> SheetRead:
    outside = _read(page.bare, list(_lines_outside(page, per_point)), per_point)
    if may_be_tables(one.read.text for one in outside) and (added := _lines_between_words(page, per_point)):
        page = _with_tables(page, Drawn(*map(add, page.drawn, added)), per_point)
        outside = _read(page.bare, list(_lines_outside(page, per_point)), per_point)
    inside = iter(_read(page.bare, [line for table in page.lines for cell in table for line in cell], per_point))
    texts = [[list(islice(inside, len(cell))) for cell in table] for table in page.lines]
    grids = [_grid(boxes, cells, number) for boxes, cells in zip(page.tables, texts, strict=True)]
    lines = list(lines_of([char for one in outside for char in characters(one)]))
    blocks = [
        block.raw if isinstance(block, Grid) else _line(block, number) for block in in_reading_order(grids, lines)
    ]
    drawn = [*(char for table in texts for cell in table for one in cell for char in characters(one)), *chain(*lines)]
    return SheetRead(blocks, list(numbers_on_page(drawn, number)))


def _ruled(page: Picture, per_point: float) -> Ruled:
    rules = rules_of(page, per_point)
    drawn = Drawn(rules.verticals, rules.horizontals)
    bare = without_rules(page, rules_apart_from_strokes(rules, find_tables(*drawn), per_point), per_point)
    return _with_tables(Ruled(bare, ink_of(bare, per_point), drawn, [], []), drawn, per_point)


def _with_tables(page: Ruled, drawn: Drawn, per_point: float) -> Ruled:
    tables = find_tables(*drawn)
    lines = [[list(lines_in(page.ink, box, per_point)) for box in boxes] for boxes in tables]
    return page._replace(drawn=drawn, tables=tables, lines=lines)


def _lines_between_words(page: Ruled, per_point: float) -> Drawn:
    """The lines that tables lack, told by the words outside those that have them."""
    _, ink = _outside(page, per_point)
    words = _read(page.bare, list(lines_outside(ink, per_point, BETWEEN_WORDS)), per_point)
    return lines_between([char for one in words for char in characters(one)], *page.drawn)


def _read(bare: Picture, lines: Sequence[Box], per_point: float) -> list[TextRead]:
    """What both models read of lines of text; the second reads numbers only."""
    pictures = [cut_out(bare, line, per_point) for line in lines]
    read = read_texts(pictures)
    numbers = [n for n, one in enumerate(read) if _NUMBER.fullmatch(one.text)]
    again = dict(zip(numbers, read_again([pictures[n] for n in numbers]) or (), strict=False))
    return [
        TextRead(line, one, again[n].text if n in again else None)
        for n, (line, one) in enumerate(zip(lines, read, strict=True))
    ]


def _lines_outside(page: Ruled, per_point: float) -> Iterator[Box]:
    """The lines of text outside all tables, in points: those told by their ink, and what a model finds beside them."""
    rest, ink = _outside(page, per_point)
    told = list(lines_outside(ink, per_point))
    small = cv2.resize(rest, None, fx=1 / SMALLER, fy=1 / SMALLER, interpolation=cv2.INTER_AREA)
    found = find_lines(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR))
    others = (Box(*(edge * SMALLER / per_point for edge in box)) for box in found)
    yield from told
    yield from (box for box in others if not any(_overlap(box, one) for one in told))


def _outside(page: Ruled, per_point: float) -> tuple[Picture, Picture]:
    """The page and its ink without what stands in tables."""
    rest, ink = page.bare.copy(), page.ink.copy()
    for box in chain(*page.tables):
        x0, top, x1, bottom = (round(edge * per_point) for edge in box)
        rest[top:bottom, x0:x1], ink[top:bottom, x0:x1] = WHITE, 0
    return rest, ink


def _overlap(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def characters(one: TextRead) -> Iterator[Char]:
    """The characters of a line of text, shared out over its width."""
    x0, top, x1, bottom = one.box
    widths = [2 if char >= _WIDE else 1 for char in one.read.text]
    per_width = (x1 - x0) / (sum(widths) or 1)
    at = x0
    for char, width in zip(one.read.text, widths, strict=True):
        yield Char(char, at, top, at + width * per_width, bottom)
        at += width * per_width


def _grid(boxes: list[Box], texts: list[list[TextRead]], number: int) -> Grid:
    placed = PlacedCells(boxes)
    rows: list[list[Cell | None]] = [[None] * len(placed.xs) for _ in placed.tops]
    for box, (column, right, row, below), lines in zip(boxes, placed.places, texts, strict=True):
        rows[row][column] = _cell(lines, box, right - column, below - row)
    start, end = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    raw = RawTable(
        tuple(
            RawRow(tuple(row), Place(number, box=Box(start, top, end, bottom)))
            for row, top, bottom in zip(rows, placed.tops, placed.bottoms, strict=True)
        ),
        GridKind.RECOGNISED,
    )
    return Grid(boxes, [char for cell in texts for one in cell for char in characters(one)], raw, [])


def _cell(lines: Sequence[TextRead], box: Box, colspan: int, rowspan: int) -> Cell:
    """A line of ink of which nothing could be read becomes UNREAD, so that its cell does not pass for a blank."""
    text = "\n".join(one.read.text or UNREAD for one in lines)
    confidence = min((one.read.confidence for one in lines), default=1.0)
    again = lines[0].again if len(lines) == 1 else None
    return Cell(text, colspan, rowspan, box.x0, box.x1, confidence=confidence, read_again=again)


def _line(chars: Sequence[Char], number: int) -> Line:
    box = Box(
        min(char.x0 for char in chars),
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
    )
    return Line("".join(_with_gaps(chars)), Place(number, box=box))


def _with_gaps(chars: Sequence[Char]) -> Iterator[str]:
    """The characters of a line, with a blank where two texts stand apart."""
    for n, char in enumerate(chars):
        if n and char.x0 - chars[n - 1].x1 > 0.3 * (char.bottom - char.top):
            yield " "
        yield char.text

"""Characters and ruling lines of a PDF page, read by PDFium into plain tuples.

PDFium reads a page several times faster than pdfminer; what pdfplumber would call `chars` and `edges`
comes out the same within a fraction of a point (tests/ingest/test_pdf_against_pdfplumber.py).
Coordinates: points, x to the right, y downwards from the top of the page as a reader sees it.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from struct import Struct
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.readers.pdfium import (
    Handle,
    address,
    angle_of,
    characters_of,
    count_chars,
    count_in_form,
    count_objects,
    fill_draw_mode,
    fill_loose_box,
    fill_matrix,
    object_at,
    object_in_form,
    points_of,
    rectangle_of,
    type_of,
)

NO_INK = frozenset(["", *map(chr, range(33)), "\xa0", "\u3000", "\ufffe", "\ufeff"])
SAMPLE_OF_ANGLES = 60
TILTED = 0.07  # sine of twice 2°: characters that stand askew are a watermark
SHORTEST_SEGMENT = 1.0  # points, as in pdfplumber; shorter ones are the thickness of a line drawn as a rectangle
MAX_FORM_DEPTH = 8  # Form XObjects inside Form XObjects; deeper nesting is hostile, not typographic


class Char(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float


_char = partial(tuple.__new__, Char)  # takes half the time of Char(…), and a page has thousands


class Edge(NamedTuple):
    """A horizontal line at y=`at`, or a vertical one at x=`at`, from `start` to `end`."""

    at: float
    start: float
    end: float


_edge = partial(tuple.__new__, Edge)


@dataclass(frozen=True, slots=True)
class PageObjects:
    number: int
    width: float
    height: float
    chars: list[Char]
    verticals: list[Edge]
    horizontals: list[Edge]
    images: int


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
LINE_TO, MOVE_TO = c.FPDF_SEGMENT_LINETO, c.FPDF_SEGMENT_MOVETO
PATH, TEXT = c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_TEXT
_MATRIX, _RECTANGLE = Struct("6f"), Struct("4f")  # FS_MATRIX, FS_RECTF: left, top, right, bottom


def read_page(page: pdfium.PdfPage, number: int) -> PageObjects:
    """All characters and ruling lines of one page."""
    textpage = page.get_textpage()
    try:
        text = address(textpage.raw)
        left, bottom, right, top = page.get_bbox()
        turned = _turn_of_text(text, page.get_rotation())
        view = _view(turned, left, bottom, right, top)
        width, height = (right - left, top - bottom) if turned in (0, 180) else (top - bottom, right - left)
        drawn = _drawn(address(page.raw), view)
        chars = list(_chars(text, view))
        return PageObjects(number, width, height, chars, drawn.verticals, drawn.horizontals, drawn.images)
    finally:
        textpage.close()


def _turn_of_text(text: Handle, rotation: int) -> int:
    """By how many degrees to turn the page so that its text stands upright, whether or not /Rotate says so."""
    count = count_chars(text)
    sample = range(0, count, max(1, count // SAMPLE_OF_ANGLES))
    # PDFium counts the angle clockwise
    quarters = Counter(-round(math.degrees(angle_of(text, index)) / 90) % 4 for index in sample)
    return quarters.most_common(1)[0][0] * 90 if quarters else rotation


def _view(rotation: int, left: float, bottom: float, right: float, top: float) -> Matrix:
    """From PDF user space to what a reader sees: y downwards, rotation applied."""
    return {
        0: (1.0, 0.0, 0.0, -1.0, -left, top),
        90: (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        180: (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        270: (0.0, -1.0, -1.0, 0.0, top, right),
    }[rotation]


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c_, d, e, f = inner
    A, B, C, D, E, F = outer
    return (a * A + b * C, a * B + b * D, c_ * A + d * C, c_ * B + d * D, e * A + f * C + E, e * B + f * D + F)


def _chars(text: Handle, view: Matrix) -> Iterator[Char]:
    """Every character that leaves a mark; blanks that PDFium adds are none."""
    a, b, c_, d, e, f = view
    is_upright = not (b or c_)
    handle, box, corners = ctypes.c_void_p(text), ctypes.create_string_buffer(_RECTANGLE.size), _RECTANGLE.unpack
    for index, char in enumerate(characters_of(text)):
        if char in NO_INK:
            continue
        angle = angle_of(text, index)
        if angle and abs(math.sin(2 * angle)) > TILTED:
            continue
        fill_loose_box(handle, index, box)
        left, top, right, bottom = corners(box)
        if is_upright:
            xa, ya, xb, yb = a * left + e, d * top + f, a * right + e, d * bottom + f
        else:
            xa, ya, xb, yb = c_ * top + e, b * left + f, c_ * bottom + e, b * right + f
        if xa > xb:
            xa, xb = xb, xa
        if ya > yb:
            ya, yb = yb, ya
        yield _char((char, xa, ya, xb, yb))


def _drawn(page: Handle, view: Matrix) -> "_Walk":
    """The edges of every painted path, and the number of images."""
    walk = _Walk()
    objects = list(map(object_at, repeat(page), range(count_objects(page))))
    for obj, kind in zip(objects, map(type_of, objects), strict=True):
        if kind != TEXT:  # most are, and _chars reads them
            walk.visit(obj, kind, view, 0)
    return walk


class _Walk:
    """What is collected from the objects of a page and of the forms in it."""

    def __init__(self) -> None:
        self.verticals: list[Edge] = []
        self.horizontals: list[Edge] = []
        self.images = 0
        self._matrix = ctypes.create_string_buffer(_MATRIX.size)
        self._fills, self._strokes = ctypes.c_int(), ctypes.c_int()
        self._places = ctypes.byref(self._fills), ctypes.byref(self._strokes)
        self._last: tuple[bytes, Matrix, Matrix] = (b"", IDENTITY, IDENTITY)

    def visit(self, obj: Handle, kind: int, view: Matrix, depth: int) -> None:
        if kind == PATH:
            if self._is_painted(obj):
                self._add_path(obj, self._onto_page(obj, view))
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            self.images += 1
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            inner = self._onto_page(obj, view)
            for index in range(count_in_form(obj)):
                part = object_in_form(obj, index)
                self.visit(part, type_of(part), inner, depth + 1)

    def _is_painted(self, path: Handle) -> bool:
        known = fill_draw_mode(path, *self._places)
        return bool(not known or self._fills.value or self._strokes.value)

    def _onto_page(self, obj: Handle, view: Matrix) -> Matrix:
        """From the object's own space to what a reader sees; objects drawn together mostly share it."""
        if not fill_matrix(obj, self._matrix):
            return _times(IDENTITY, view)
        matrix, (same, outer, product) = self._matrix.raw, self._last
        if matrix != same or view is not outer:
            product = _times(_MATRIX.unpack(matrix), view)
            self._last = matrix, view, product
        return product

    def _add_path(self, path: Handle, to_page: Matrix) -> None:
        """The straight horizontal and vertical segments of a path, closing segments included."""
        a, b, c_, d, e, f = to_page
        if not (b or c_) and (rectangle := rectangle_of(path)):
            x0, y0, x1, y1 = rectangle
            self._add_sides(a * x0 + e, d * y0 + f, a * x1 + e, d * y1 + f)
            return
        first = last = None
        for x, y, kind, closes in points_of(path):
            point = a * x + c_ * y + e, b * x + d * y + f
            if kind == LINE_TO and last is not None:
                self._add_segment(last, point)
            elif kind == MOVE_TO:
                first = point
            last = point
            if closes and first is not None:
                self._add_segment(last, first)
                last = first

    def _add_sides(self, x0: float, y0: float, x1: float, y1: float) -> None:
        left, right = (x0, x1) if x0 < x1 else (x1, x0)
        upper, lower = (y0, y1) if y0 < y1 else (y1, y0)
        if lower - upper >= SHORTEST_SEGMENT:
            self.verticals += _edge((x1, upper, lower)), _edge((x0, upper, lower))
        if right - left >= SHORTEST_SEGMENT:
            self.horizontals += _edge((y0, left, right)), _edge((y1, left, right))

    def _add_segment(self, a: tuple[float, float], b: tuple[float, float]) -> None:
        xa, ya = a
        xb, yb = b
        if abs(xa - xb) < 0.01:
            start, end = (ya, yb) if ya < yb else (yb, ya)
            if end - start >= SHORTEST_SEGMENT:
                self.verticals.append(_edge(((xa + xb) / 2, start, end)))
        elif abs(ya - yb) < 0.01:
            start, end = (xa, xb) if xa < xb else (xb, xa)
            if end - start >= SHORTEST_SEGMENT:
                self.horizontals.append(_edge(((ya + yb) / 2, start, end)))

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
from struct import Struct
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.readers.pdfium import (
    Handle,
    address,
    angle_of,
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
    units_of,
)

NO_INK = frozenset((0xA0, 0x3000, 0xFFFE, 0xFEFF))
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
    """A horizontal (`is_vertical` False, at y=`at`) or vertical line from `start` to `end`."""

    is_vertical: bool
    at: float
    start: float
    end: float


_edge = partial(tuple.__new__, Edge)


@dataclass(frozen=True, slots=True)
class PageObjects:
    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    edges: tuple[Edge, ...]
    images: int


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
LINE_TO, MOVE_TO = c.FPDF_SEGMENT_LINETO, c.FPDF_SEGMENT_MOVETO
_INT_SIZE = ctypes.sizeof(ctypes.c_int)
_NOT_PAINTED = bytes(2 * _INT_SIZE)  # neither filled nor stroked
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
        edges, images = _drawn(address(page.raw), view)
        return PageObjects(number, width, height, tuple(_chars(text, view)), tuple(edges), images)
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
    a, b, c_, d, e, f = view
    is_upright = not (b or c_)
    box = ctypes.create_string_buffer(_RECTANGLE.size)
    here, corners = ctypes.addressof(box), _RECTANGLE.unpack
    for index, code in _inked(text):
        angle = angle_of(text, index)
        if angle and abs(math.sin(2 * angle)) > TILTED:
            continue
        fill_loose_box(text, index, here)
        left, top, right, bottom = corners(box)
        if is_upright:
            xa, ya, xb, yb = a * left + e, d * top + f, a * right + e, d * bottom + f
        else:
            xa, ya, xb, yb = c_ * top + e, b * left + f, c_ * bottom + e, b * right + f
        if xa > xb:
            xa, xb = xb, xa
        if ya > yb:
            ya, yb = yb, ya
        yield _char((chr(code), xa, ya, xb, yb))


def _inked(text: Handle) -> Iterator[tuple[int, int]]:
    """(index, code point) of every character that leaves a mark; blanks that PDFium adds are none."""
    high = 0
    for index, code in enumerate(units_of(text)):
        if code <= 32 or code in NO_INK:
            continue
        if 0xD800 <= code < 0xE000:  # a rare ideograph comes as two surrogates, one after the other
            high, code = (code, 0) if code < 0xDC00 else (0, _beyond_bmp(high, code))
            if not code:
                continue
        yield index, code


def _beyond_bmp(high: int, low: int) -> int:
    return 0x10000 + ((high - 0xD800) << 10) + low - 0xDC00 if high else 0


def _drawn(page: Handle, view: Matrix) -> tuple[list[Edge], int]:
    """The edges of every painted path, and the number of images."""
    walk = _Walk()
    for index in range(count_objects(page)):
        obj = object_at(page, index)
        kind = type_of(obj)
        if kind != c.FPDF_PAGEOBJ_TEXT:  # most are, and _chars reads them
            walk.visit(obj, kind, view, 0)
    return walk.edges, walk.images


class _Walk:
    """What is collected from the objects of a page and of the forms in it."""

    def __init__(self) -> None:
        self.edges: list[Edge] = []
        self.images = 0
        self._matrix = ctypes.create_string_buffer(_MATRIX.size)
        self._matrix_at = ctypes.addressof(self._matrix)
        self._mode = ctypes.create_string_buffer(2 * _INT_SIZE)
        self._fill_at = ctypes.addressof(self._mode)
        self._stroke_at = self._fill_at + _INT_SIZE
        self._last: tuple[bytes, Matrix, Matrix] = (b"", IDENTITY, IDENTITY)

    def visit(self, obj: Handle, kind: int, view: Matrix, depth: int) -> None:
        if kind == c.FPDF_PAGEOBJ_PATH:
            if self._is_painted(obj):
                _add_edges(obj, self._onto_page(obj, view), self.edges)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            self.images += 1
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            inner = self._onto_page(obj, view)
            for index in range(count_in_form(obj)):
                part = object_in_form(obj, index)
                self.visit(part, type_of(part), inner, depth + 1)

    def _is_painted(self, path: Handle) -> bool:
        known = fill_draw_mode(path, self._fill_at, self._stroke_at)
        return not known or self._mode.raw != _NOT_PAINTED

    def _onto_page(self, obj: Handle, view: Matrix) -> Matrix:
        """From the object's own space to what a reader sees; objects drawn together mostly share it."""
        if not fill_matrix(obj, self._matrix_at):
            return _times(IDENTITY, view)
        matrix, (same, outer, product) = self._matrix.raw, self._last
        if matrix != same or view is not outer:
            product = _times(_MATRIX.unpack(matrix), view)
            self._last = matrix, view, product
        return product


def _add_edges(path: Handle, to_page: Matrix, edges: list[Edge]) -> None:
    """The straight horizontal and vertical segments of a path, closing segments included."""
    a, b, c_, d, e, f = to_page
    if not (b or c_) and (rectangle := rectangle_of(path)):
        x0, y0, x1, y1 = rectangle
        _add_sides(a * x0 + e, d * y0 + f, a * x1 + e, d * y1 + f, edges)
        return
    first = last = None
    for x, y, kind, closes in points_of(path):
        point = a * x + c_ * y + e, b * x + d * y + f
        if kind == LINE_TO and last is not None:
            _add_edge(last, point, edges)
        elif kind == MOVE_TO:
            first = point
        last = point
        if closes and first is not None:
            _add_edge(last, first, edges)
            last = first


def _add_sides(x0: float, y0: float, x1: float, y1: float, edges: list[Edge]) -> None:
    left, right = (x0, x1) if x0 < x1 else (x1, x0)
    upper, lower = (y0, y1) if y0 < y1 else (y1, y0)
    if lower - upper >= SHORTEST_SEGMENT:
        edges += _edge((True, x1, upper, lower)), _edge((True, x0, upper, lower))
    if right - left >= SHORTEST_SEGMENT:
        edges += _edge((False, y0, left, right)), _edge((False, y1, left, right))


def _add_edge(a: tuple[float, float], b: tuple[float, float], edges: list[Edge]) -> None:
    xa, ya = a
    xb, yb = b
    if abs(xa - xb) < 0.01:
        start, end = (ya, yb) if ya < yb else (yb, ya)
        if end - start >= SHORTEST_SEGMENT:
            edges.append(_edge((True, (xa + xb) / 2, start, end)))
    elif abs(ya - yb) < 0.01:
        start, end = (xa, xb) if xa < xb else (xb, xa)
        if end - start >= SHORTEST_SEGMENT:
            edges.append(_edge((False, (ya + yb) / 2, start, end)))

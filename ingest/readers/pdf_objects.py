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
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

NO_INK = frozenset((0xA0, 0x3000, 0xFFFE, 0xFEFF))
SAMPLE_OF_ANGLES = 60
TILTED = 0.07  # sine of twice 2°: characters that stand askew are a watermark
MAX_FORM_DEPTH = 8  # Form XObjects inside Form XObjects; deeper nesting is hostile, not typographic


class Char(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Edge(NamedTuple):
    """A horizontal (`is_vertical` False, at y=`at`) or vertical line from `start` to `end`."""

    is_vertical: bool
    at: float
    start: float
    end: float


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


def read_page(page: pdfium.PdfPage, number: int) -> PageObjects:
    """All characters and ruling lines of one page."""
    textpage = page.get_textpage()
    try:
        left, bottom, right, top = page.get_bbox()
        turned = _turn_of_text(textpage.raw, page.get_rotation())
        view = _view(turned, left, bottom, right, top)
        width, height = (right - left, top - bottom) if turned in (0, 180) else (top - bottom, right - left)
        edges: list[Edge] = []
        images = _walk(page.raw, view, edges)
        return PageObjects(number, width, height, tuple(_chars(textpage.raw, view)), tuple(edges), images)
    finally:
        textpage.close()


def _turn_of_text(raw: c.FPDF_TEXTPAGE, rotation: int) -> int:
    """By how many degrees to turn the page so that its text stands upright, whether or not /Rotate says so."""
    count = c.FPDFText_CountChars(raw)
    sample = range(0, count, max(1, count // SAMPLE_OF_ANGLES))
    # PDFium counts the angle clockwise
    quarters = Counter(-round(math.degrees(c.FPDFText_GetCharAngle(raw, index)) / 90) % 4 for index in sample)
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


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _chars(raw: c.FPDF_TEXTPAGE, view: Matrix) -> Iterator[Char]:
    box = c.FS_RECTF()
    here = ctypes.byref(box)
    high = 0
    for index in range(c.FPDFText_CountChars(raw)):
        code = c.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xE000:  # a rare ideograph comes as two surrogates, one after the other
            high, code = (code, 0) if code < 0xDC00 else (0, _beyond_bmp(high, code))
        if code <= 32 or code in NO_INK or c.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if abs(math.sin(2 * c.FPDFText_GetCharAngle(raw, index))) > TILTED:
            continue
        c.FPDFText_GetLooseCharBox(raw, index, here)
        xa, ya = _apply(view, box.left, box.top)
        xb, yb = _apply(view, box.right, box.bottom)
        yield Char(chr(code), min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _beyond_bmp(high: int, low: int) -> int:
    return 0x10000 + ((high - 0xD800) << 10) + low - 0xDC00 if high else 0


def _walk(page: c.FPDF_PAGE, view: Matrix, edges: list[Edge]) -> int:
    """Collect the edges of every painted path; return the number of images."""
    images = 0
    for index in range(c.FPDFPage_CountObjects(page)):
        images += _visit(c.FPDFPage_GetObject(page, index), view, edges, 0)
    return images


def _visit(obj: c.FPDF_PAGEOBJECT, view: Matrix, edges: list[Edge], depth: int) -> int:
    kind = c.FPDFPageObj_GetType(obj)
    if kind == c.FPDF_PAGEOBJ_PATH:
        edges.extend(_path_edges(obj, _times(_matrix(obj), view)))
    elif kind == c.FPDF_PAGEOBJ_IMAGE:
        return 1
    elif kind == c.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
        inner = _times(_matrix(obj), view)
        return sum(
            _visit(c.FPDFFormObj_GetObject(obj, index), inner, edges, depth + 1)
            for index in range(c.FPDFFormObj_CountObjects(obj))
        )
    return 0


def _matrix(obj: c.FPDF_PAGEOBJECT) -> Matrix:
    m = c.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if c.FPDFPageObj_GetMatrix(obj, m) else IDENTITY


def _path_edges(obj: c.FPDF_PAGEOBJECT, to_page: Matrix) -> Iterator[Edge]:
    """The straight horizontal and vertical segments of a painted path, closing segments included."""
    fill, stroke = ctypes.c_int(), c.FPDF_BOOL()
    if c.FPDFPath_GetDrawMode(obj, fill, stroke) and not fill.value and not stroke.value:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = None
    for index in range(c.FPDFPath_CountSegments(obj)):
        segment = c.FPDFPath_GetPathSegment(obj, index)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(to_page, x.value, y.value)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_LINETO and last is not None:
            yield from _edge(last, point)
        elif kind == c.FPDF_SEGMENT_MOVETO:
            first = point
        last = point
        if c.FPDFPathSegment_GetClose(segment) and first is not None:
            yield from _edge(last, first)
            last = first


def _edge(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Edge]:
    (xa, ya), (xb, yb) = a, b
    if abs(xa - xb) < 0.01:
        yield Edge(True, (xa + xb) / 2, min(ya, yb), max(ya, yb))
    elif abs(ya - yb) < 0.01:
        yield Edge(False, (ya + yb) / 2, min(xa, xb), max(xa, xb))

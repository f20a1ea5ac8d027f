"""Characters and ruling lines of a PDF page, read by PDFium into plain tuples.

PDFium reads a page several times faster than pdfminer. Its characters and lines agree with pdfplumber's `chars` and
`edges` within a fraction of a point (tests/ingest/test_pdf_against_pdfplumber.py).
Coordinates: points, x to the right, y downwards from the top of the page as a reader sees it.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby, repeat
from operator import itemgetter, sub
from struct import Struct

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.readers.pdf.annotations import Annotation, annotations_on
from ingest.readers.pdf.footnote_marks import without_footnote_marks
from ingest.readers.pdf.overprint import printed_once
from ingest.readers.pdf.page_objects import Char, Edge, Hidden, PageObjects
from ingest.readers.pdf.pdfium import (
    Handle,
    address,
    angle_of,
    characters_of,
    count_in_form,
    count_objects,
    fill_draw_mode,
    fill_loose_box,
    fill_matrix,
    fill_stroke_width,
    has_no_unicode,
    object_at,
    object_in_form,
    points_of,
    rectangle_of,
    type_of,
)
from ingest.readers.pdf.strikethrough import strikes
from ingest.readers.pdf.visibility import LEGIBLE, THICK, Area, Placed, Scene, Unseen, box_of, unseen
from ingest.readers.pdf.watermarks import without_watermarks
from ingest.readers.pdf.wide_digits import with_own_widths
from warehouse.kinds.characters import NO_UNICODE
from warehouse.records.places import Box

_UNNAMED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ue000-\uf8ff]")  # what PDFium gives for a font without Unicode map
NO_INK = frozenset(["", *map(chr, range(33)), "\xa0", "\u3000", "\ufffe", "\ufeff"])
SAMPLE_SIZE = 60  # characters of a page whose angle and Unicode are checked
NARROWEST = 0.3  # of the height: no legible character is narrower, except a point
CLEARLY = 0.7  # of the sample: a page is turned as a whole if this share of characters agrees
TILTED = 0.07  # sine of twice 2°: characters tilted by more are a watermark
SHORTEST_SEGMENT = 1.0  # points, as in pdfplumber; shorter ones are the thickness of a line drawn as a rectangle
WITHIN_FORM = 1e-6  # step in the order of painting inside a form, which is one object of its page
LAST = 1 << 40  # in the order of painting: annotations are painted last
MAX_FORM_DEPTH = 8  # Form XObjects inside Form XObjects; no usual document nests deeper


_char = partial(tuple.__new__, Char)  # takes half the time of Char(…), and a page has thousands


_edge = partial(tuple.__new__, Edge)


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
LINE_TO, MOVE_TO = c.FPDF_SEGMENT_LINETO, c.FPDF_SEGMENT_MOVETO
PATH, TEXT = c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_TEXT
_MATRIX, _RECTANGLE = Struct("6f"), Struct("4f")  # FS_MATRIX, FS_RECTF: left, top, right, bottom


def read_page(page: pdfium.PdfPage, number: int, turn_before: int = 0, has_layers: bool = False) -> PageObjects:
    """The visible characters and ruling lines of one page, and separately its hidden characters.

    `turn_before` is the turn of the page before in degrees. `has_layers` says whether the file may have optional
    content that is switched off.
    """
    textpage = page.get_textpage()
    try:
        text = address(textpage.raw)
        left, bottom, right, top = page.get_bbox()
        characters = _named(text, characters_of(text))
        turned = _turn_of_text(text, characters, page.get_rotation(), turn_before)
        view = _view(turned, left, bottom, right, top)
        width, height = (right - left, top - bottom) if turned in (0, 180) else (top - bottom, right - left)
        drawn = _drawn(address(page.raw), view)
        annotations = annotations_on(page)
        drawn.scene.areas += [Area(LAST, 0, view, _seen_as(one.rectangle, view)) for one in annotations if one.covers]
        at = partial(_char_at, text, view, characters)
        unseen_here = unseen(page, text, len(characters), drawn.scene, has_layers, turned, at)
        hidden = tuple(_hidden_runs(unseen_here.why, at))
        if hidden:
            seen = _seen_afresh(page, view, {at(index) for index in unseen_here.partly})
        else:
            seen = list(_chars(text, view, characters))
        pale = {char for index in unseen_here.pale if (char := at(index))}
        chars, off_page = _on_the_page(with_own_widths(seen), width, height)
        chars, raised = without_footnote_marks(without_watermarks(printed_once(chars), pale))
        through = strikes(chars, drawn.horizontals)
        unnamed = sum(char.text == NO_UNICODE for char in chars) if NO_UNICODE in characters else 0
        return PageObjects(
            number,
            width,
            height,
            chars,
            drawn.verticals,
            [line for line in drawn.horizontals if line not in through] if through else drawn.horizontals,
            drawn.images,
            turned,
            (*hidden, *off_page),
            unnamed,
            annotations,
            [*through, *(_middle_line(_seen_as(one.rectangle, view)) for one in annotations if one.strikes)],
            raised,
        )
    finally:
        textpage.close()


def _named(text: Handle, characters: Sequence[str]) -> Sequence[str]:
    """The characters, with NO_UNICODE for those whose font maps them to no Unicode character."""
    sample = _sample(range(len(characters)), SAMPLE_SIZE)
    found = characters if isinstance(characters, str) else "".join(characters)
    if not _UNNAMED.search(found) and not any(has_no_unicode(text, index) for index in sample):
        return characters
    return [NO_UNICODE if has_no_unicode(text, index) else char for index, char in enumerate(characters)]


def _sample(indexes: Sequence[int], size: int) -> Sequence[int]:
    return indexes[:: max(1, len(indexes) // size)]


def images_on(page: pdfium.PdfPage, turn: int) -> Iterator[tuple[Handle, Box]]:
    """The images of a page, also those in its forms, with their boxes on the page turned by so many degrees."""
    view = _view(turn, *page.get_bbox())
    for area in _drawn(address(page.raw), view).scene.areas:
        if type_of(area.handle) == c.FPDF_PAGEOBJ_IMAGE:
            yield area.handle, Box(*box_of(area))


def annotated(page: pdfium.PdfPage, objects: PageObjects) -> Iterator[tuple[Annotation, Box]]:
    """The annotations of a page with their boxes on it as it was turned."""
    view = _view(objects.turn, *page.get_bbox())
    for one in objects.annotations:
        yield one, Box(*_seen_as(one.rectangle, view))


def turns_of(page: pdfium.PdfPage) -> dict[int, int]:
    """For each turn that the page before may have: how `read_page` turns this one, in degrees."""
    textpage = page.get_textpage()
    try:
        text = address(textpage.raw)
        characters, rotation = characters_of(text), page.get_rotation()
        return {before: _turn_of_text(text, characters, rotation, before) for before in (0, 90, 180, 270)}
    finally:
        textpage.close()


def _turn_of_text(text: Handle, characters: Sequence[str], rotation: int, before: int) -> int:
    """The degrees by which to turn the page so that its text is upright, whatever /Rotate says.

    Where neither direction prevails, such as with a sideways table between a header and a page number, the turn of the
    page before is taken.
    """
    some = _sample(range(len(characters)), 4 * SAMPLE_SIZE)
    sample = _sample([index for index in some if characters[index] not in NO_INK], SAMPLE_SIZE)
    # PDFium counts the angle clockwise
    quarters = Counter(-round(math.degrees(angle_of(text, index)) / 90) % 4 for index in sample)
    if not quarters:
        return rotation
    quarter, times = quarters.most_common(1)[0]
    return before if times < CLEARLY * len(sample) and before // 90 in quarters else quarter * 90


def _char_at(text: Handle, view: Matrix, characters: Sequence[str], index: int) -> Char | None:
    """The character at an index of the text page; None for white space."""
    return next(_chars(text, view, [characters[index]], index), None)


def _hidden_runs(why: Mapping[int, Unseen], char_at: Callable[[int], Char | None]) -> Iterator[Hidden]:
    """Runs of consecutive hidden characters with the same reason."""
    numbered = enumerate(sorted(why.items(), key=itemgetter(0)))
    for (_, reason), run in groupby(numbered, key=lambda item: (item[1][0] - item[0], item[1][1])):
        chars = tuple(char for _, (index, _) in run if (char := char_at(index)))
        if chars:
            yield Hidden(reason, chars)


def _seen_afresh(page: pdfium.PdfPage, view: Matrix, but: set[Char | None]) -> list[Char]:
    """The characters of a page that was read again with its hidden objects switched off, without those in `but`."""
    textpage = page.get_textpage()
    try:
        text = address(textpage.raw)
        return [char for char in _chars(text, view, _named(text, characters_of(text))) if char not in but]
    finally:
        textpage.close()


def _on_the_page(chars: list[Char], width: float, height: float) -> tuple[list[Char], list[Hidden]]:
    """(characters on the page and large enough to read, all others with the reason)."""
    if not chars:
        return chars, []
    _, x0s, tops, x1s, bottoms = zip(*chars, strict=True)
    is_inside = min(x0s) >= 0 and min(tops) >= 0 and max(x1s) <= width and max(bottoms) <= height
    if is_inside and min(map(sub, x1s, x0s)) >= NARROWEST * LEGIBLE:
        return chars, []
    kept: list[Char] = []
    off_page: list[Hidden] = []
    for why, run in groupby(zip(chars, _off_page(chars, width, height), strict=True), key=itemgetter(1)):
        found = [char for char, _ in run]
        if why:
            off_page.append(Hidden(why, tuple(found)))
        else:
            kept += found
    return kept, off_page


def _off_page(chars: list[Char], width: float, height: float) -> Iterator[Unseen | None]:
    """For each character: None, or why it is off the page or too small to read."""
    is_tiny = False
    for text, x0, top, x1, bottom in chars:
        if text.isalnum():  # some fonts give a point the box of its ink, which is small at any font size
            is_tiny = max(bottom - top, x1 - x0) < LEGIBLE
        is_inside = 0 <= (x0 + x1) / 2 <= width and 0 <= (top + bottom) / 2 <= height
        yield (Unseen.TINY if is_tiny else None) if is_inside else Unseen.OUTSIDE


def _view(rotation: int, left: float, bottom: float, right: float, top: float) -> Matrix:
    """From PDF user space to what a reader sees: y downwards, rotation applied."""
    return {
        0: (1.0, 0.0, 0.0, -1.0, -left, top),
        90: (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        180: (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        270: (0.0, -1.0, -1.0, 0.0, top, right),
    }[rotation]


def _seen_as(rectangle: tuple[float, float, float, float], view: Matrix) -> tuple[float, float, float, float]:
    """A rectangle of the page as a reader sees it: x0, top, x1, bottom."""
    left, bottom, right, top = rectangle
    a, b, c_, d, e, f = view
    (xa, xb), (ya, yb) = (
        sorted((a * left + c_ * bottom + e, a * right + c_ * top + e)),
        sorted((b * left + d * bottom + f, b * right + d * top + f)),
    )
    return xa, ya, xb, yb


def _middle_line(box: tuple[float, float, float, float]) -> Edge:
    x0, top, x1, bottom = box
    return Edge((top + bottom) / 2, x0, x1)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c_, d, e, f = inner
    A, B, C, D, E, F = outer
    return (a * A + b * C, a * B + b * D, c_ * A + d * C, c_ * B + d * D, e * A + f * C + E, e * B + f * D + F)


def _chars(text: Handle, view: Matrix, characters: Iterable[str], start: int = 0) -> Iterator[Char]:
    """Every character that is not white space; PDFium inserts blanks of its own. `start` is the index of the first."""
    a, b, c_, d, e, f = view
    is_upright = not (b or c_)
    handle, box, corners = ctypes.c_void_p(text), ctypes.create_string_buffer(_RECTANGLE.size), _RECTANGLE.unpack
    for index, char in enumerate(characters, start):
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
    """The edges of every painted path, the number of images, and the objects that may hide text."""
    objects = list(map(object_at, repeat(page), range(count_objects(page))))
    kinds = list(map(type_of, objects))
    walk = _Walk(Scene(view, objects, kinds))
    for order, (obj, kind) in enumerate(zip(objects, kinds, strict=True)):
        if kind != TEXT:  # text is read by _chars, and most objects are text
            walk.order = order
            walk.visit(obj, kind, view, 0)
    return walk


class _Walk:
    """What is collected from the objects of a page and of the forms in it."""

    def __init__(self, scene: Scene) -> None:
        self.verticals: list[Edge] = []
        self.horizontals: list[Edge] = []
        self.images = 0
        self.scene = scene
        self.order: float = 0  # of painting
        self._width = ctypes.c_float()
        self._width_place = ctypes.byref(self._width)
        self._matrix = ctypes.create_string_buffer(_MATRIX.size)
        self._fills, self._strokes = ctypes.c_int(), ctypes.c_int()
        self._places = ctypes.byref(self._fills), ctypes.byref(self._strokes)
        self._last: tuple[bytes, Matrix, Matrix] = (b"", IDENTITY, IDENTITY)

    def visit(self, obj: Handle, kind: int, view: Matrix, depth: int) -> None:
        if kind == PATH:
            if self._is_painted(obj):
                self._add_path(obj, view)
        elif kind == c.FPDF_PAGEOBJ_FORM:
            if depth < MAX_FORM_DEPTH:
                inner = self._onto_page(obj, view)
                for index in range(count_in_form(obj)):
                    self.order += WITHIN_FORM
                    part = object_in_form(obj, index)
                    self.visit(part, type_of(part), inner, depth + 1)
        elif kind == TEXT:
            self.scene.in_forms.append(Placed(self.order, obj, view))
        else:
            self.images += kind == c.FPDF_PAGEOBJ_IMAGE
            self.scene.areas.append(Area(self.order, obj, view))

    def _is_painted(self, path: Handle) -> bool:
        known = fill_draw_mode(path, *self._places)
        return bool(not known or self._fills.value or self._strokes.value)

    def _is_wide(self, path: Handle) -> bool:
        return bool(fill_stroke_width(path, self._width_place)) and self._width.value > THICK

    def _onto_page(self, obj: Handle, view: Matrix) -> Matrix:
        """The matrix from the object's own space to the page as seen. Objects drawn together mostly share it."""
        if not fill_matrix(obj, self._matrix):
            return _times(IDENTITY, view)
        matrix, (same, outer, product) = self._matrix.raw, self._last
        if matrix != same or view is not outer:
            product = _times(_MATRIX.unpack(matrix), view)
            self._last = matrix, view, product
        return product

    def _add_path(self, path: Handle, view: Matrix) -> None:
        """The straight horizontal and vertical segments of a path, closing segments included."""
        a, b, c_, d, e, f = self._onto_page(path, view)
        if not (b or c_) and (rectangle := rectangle_of(path)):
            x0, y0, x1, y1 = rectangle
            self._add_sides(a * x0 + e, d * y0 + f, a * x1 + e, d * y1 + f)
            if self._fills.value and abs(a * (x1 - x0)) > THICK and abs(d * (y1 - y0)) > THICK:
                self.scene.areas.append(Area(self.order, path, view))
            return
        if self._fills.value or self._is_wide(path):
            self.scene.areas.append(Area(self.order, path, view))
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

"""Finds the characters that are in the text of a page and not visible on it.

First each text object is checked by its properties, which is fast: is it painted, is it pale or transparent, may it be
in an optional layer, is it cut by a clipping path, does a filled area or an image cover it, or lie below it in the same
colour? If no object is suspicious, nothing more is done. Else the page is rendered twice, with and without the
suspicious objects. A character that makes no difference between the two pictures is not visible.
"""

import ctypes
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from operator import itemgetter
from struct import Struct
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.readers.pdf.pdfium import (
    Handle,
    clip_of,
    count_clips,
    count_marks,
    fill_bounds,
    fill_colour,
    font_of,
    has_transparency,
    is_embedded,
    marked_content_of,
    marks_of,
    points_of_clip,
    render_mode_of,
    switch_object,
    text_object_of,
    type_of,
)

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # x0, top, x1, bottom as a reader sees them

PALE = 160  # of 255, the darkest channel of a colour: paler text is suspicious
OPAQUE = 0.1  # alpha from which an area may hide what is below it
THICK = 2.0  # points: a thinner area or line is a ruling line and hides no text
BAND = 20.0  # points of height in which texts and areas are compared
PIXELS_PER_POINT = 2.0
MOST_PIXELS = 6_000_000  # of one picture
FEWEST_PIXELS = 4  # of a character's height; with fewer the pictures cannot be compared
NO_DIFFERENCE = 12  # of 255: a smaller change of a pixel is not visible
LEGIBLE = 1.0  # points; smaller characters are not legible
PAINTED = frozenset((c.FPDF_TEXTRENDERMODE_FILL, c.FPDF_TEXTRENDERMODE_FILL_STROKE))
_FOUR_FLOATS = Struct("4f")


class Unseen(Enum):
    """Why a character is not visible, in Chinese for the analyst."""

    INVISIBLE = "页面上看不见的文字(白色、透明、不描绘或在关闭的图层),未读"
    COVERED = "被遮盖的文字,页面上看不见,未读"
    CUT = "被裁切的文字,页面上看不见,未读"
    OUTSIDE = "页面以外的文字,未读"
    TINY = "小得无法辨认的文字,未读"


class Placed(NamedTuple):
    """An object of the page: its position in the order of painting, and the matrix of the form around it."""

    order: float
    handle: Handle
    view: Matrix


_placed = partial(tuple.__new__, Placed)  # as fast as _char in `objects`: a page may have thousands


class Area(NamedTuple):
    """A filled path, wide line, image or shading, or the box of an annotation."""

    order: float
    handle: Handle
    view: Matrix
    box: Box | None = None


@dataclass(slots=True)
class Scene:
    """The objects of a page that decide whether its text is visible, in the order of painting."""

    view: Matrix
    objects: list[Handle] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    in_forms: list[Placed] = field(default_factory=list)  # text objects within forms
    areas: list[Area] = field(default_factory=list)


class Picture(NamedTuple):
    pixels: bytes
    stride: int
    width: int
    height: int
    scale: float


CharAt = Callable[[int], tuple[str, float, float, float, float] | None]  # index → text, x0, top, x1, bottom


class Hidden(NamedTuple):
    """Hidden characters: index → why; those of them whose text object also has visible characters; and the visible
    characters that are pale.
    """

    why: dict[int, Unseen]
    partly: frozenset[int] = frozenset()
    pale: frozenset[int] = frozenset()


NOTHING = Hidden({})


def unseen(
    page: pdfium.PdfPage, text: Handle, count: int, scene: Scene, has_layers: bool, turn: int, char_at: CharAt
) -> Hidden:
    """The characters that are not visible. `turn` is by how many degrees the view turns the page.

    Objects that are hidden as a whole are switched off. When the text page is read again, it lacks them and holds the
    visible characters that PDFium had left out as second prints of them.
    """
    texts = _texts(scene)
    suspects = _suspects(texts, has_layers)
    for handle, why in _meeting_areas(texts, scene.areas):
        suspects[handle] = max(suspects.get(handle, why), why)
    if not suspects:
        return NOTHING
    objects = [text_object_of(text, index) for index in range(count)]
    hidden = {index: Unseen.INVISIBLE for index, obj in enumerate(objects) if suspects.get(obj) == _CERTAIN}
    asked = {handle: why for handle, why in suspects.items() if why != _CERTAIN}
    if asked:
        hidden |= _looked_at(page, objects, asked, turn, char_at)
    in_part = {obj for n, obj in enumerate(objects) if obj in suspects and n not in hidden and char_at(n)}
    _switch({objects[index] for index in hidden} - in_part, on=False)
    return Hidden(
        hidden,
        frozenset(index for index in hidden if objects[index] in in_part),
        frozenset(index for index, obj in enumerate(objects) if suspects.get(obj) == _PALE and index not in hidden),
    )


def _texts(scene: Scene) -> list[Placed]:
    """The text objects of a page in the order of painting."""
    view, numbered = scene.view, enumerate(zip(scene.objects, scene.kinds, strict=True))
    texts = [_placed((order, obj, view)) for order, (obj, kind) in numbered if kind == c.FPDF_PAGEOBJ_TEXT]
    return sorted([*texts, *scene.in_forms], key=itemgetter(0)) if scene.in_forms else texts


# Why a text object is suspicious. Of several reasons the highest is reported, as it is the most specific.
_PALE, _CLIPPED, _OVERLAID, _CERTAIN = range(1, 5)
_WHY = {_PALE: Unseen.INVISIBLE, _CLIPPED: Unseen.CUT, _OVERLAID: Unseen.COVERED}


_RED, _GREEN, _BLUE, _ALPHA = (ctypes.c_uint() for _ in range(4))
_CHANNELS = tuple(map(ctypes.byref, (_RED, _GREEN, _BLUE, _ALPHA)))


def _suspects(texts: Sequence[Placed], has_layers: bool) -> dict[Handle, int]:
    """The text objects that are suspicious by their own properties. Few are, so the common case needs few calls."""
    handles = [placed[1] for placed in texts]
    clips = map(count_clips, map(clip_of, handles))
    states = zip(texts, handles, map(render_mode_of, handles), map(has_transparency, handles), clips, strict=True)
    red, green, blue, alpha = _CHANNELS
    suspects = {}
    for placed, obj, mode, is_transparent, clipped in states:
        is_known = fill_colour(obj, red, green, blue, alpha)
        is_plain = not mode and not is_transparent and is_known and _RED.value <= PALE
        if not is_plain and (why := _by_its_paint(mode, bool(is_transparent), bool(is_known))):
            suspects[obj] = why
        elif clipped > 0 and _is_clipped(placed):
            suspects[obj] = _CLIPPED
        elif has_layers and _may_be_in_a_layer(placed):
            suspects[obj] = _PALE
    return suspects


def _by_its_paint(mode: int, is_transparent: bool, is_known: bool) -> int:
    """The suspicion by paint of the text object whose colour was read last. An unknown colour is a pattern."""
    if mode == c.FPDF_TEXTRENDERMODE_INVISIBLE or (
        mode == c.FPDF_TEXTRENDERMODE_FILL and is_transparent and is_known and _ALPHA.value == 0
    ):
        return _CERTAIN
    return _PALE if mode not in PAINTED or is_transparent or not is_known or _is_pale_now() else 0


def _is_pale_now() -> bool:
    """Whether the colour that was read last is hard to see on white paper."""
    return _RED.value > PALE and _GREEN.value > PALE and _BLUE.value > PALE


def _is_pale(obj: Handle) -> bool:
    return not fill_colour(obj, *_CHANNELS) or _is_pale_now()


def _may_be_in_a_layer(placed: Placed) -> bool:
    """Whether it is in a form, which may belong to a layer, or between /OC … BDC and EMC. In a tagged PDF every object
    has one other mark.
    """
    obj, marks = placed.handle, count_marks(placed.handle)
    is_in_a_form = placed.order % 1 > 0
    return is_in_a_form or marks > 1 or (marks == 1 and marked_content_of(obj) < 0 and "OC" in marks_of(obj))


def _is_clipped(placed: Placed) -> bool:
    """Whether the bounding box of a clipping path leaves out a part of it."""
    clip, (left, bottom, right, top) = clip_of(placed.handle), _own_bounds(placed.handle)
    if right <= left or top <= bottom:  # blanks only
        return False
    for number in range(count_clips(clip)):
        points = list(points_of_clip(clip, number))
        if not points:
            continue
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        if left < min(xs) - THICK or right > max(xs) + THICK or bottom < min(ys) - THICK or top > max(ys) + THICK:
            return True
    return False


_bounds = ctypes.create_string_buffer(_FOUR_FLOATS.size)
_SIDES = tuple(ctypes.byref(_bounds, offset) for offset in range(0, _FOUR_FLOATS.size, 4))


def _own_bounds(obj: Handle) -> Box:
    """left, bottom, right, top in the space the object is drawn in."""
    return _FOUR_FLOATS.unpack(_bounds) if fill_bounds(obj, *_SIDES) else (0.0, 0.0, 0.0, 0.0)


def box_of(placed: Placed | Area) -> Box:
    left, bottom, right, top = _own_bounds(placed.handle)
    a, b, c_, d, e, f = placed.view
    xs = [a * x + c_ * y + e for x, y in ((left, bottom), (left, top), (right, bottom), (right, top))]
    ys = [b * x + d * y + f for x, y in ((left, bottom), (left, top), (right, bottom), (right, top))]
    return min(xs), min(ys), max(xs), max(ys)


def _meeting_areas(texts: Sequence[Placed], areas: Sequence[Area]) -> Iterator[tuple[Handle, int]]:
    """Text objects that a later area may cover, or that lie on an area of perhaps the same colour."""
    if not areas or not texts:
        return
    first, last = texts[0].order, texts[-1].order
    covering = [area for area in areas if area.order > first and _may_cover(area)]
    swallowing = [area for area in areas if area.order < last and _may_swallow(area)]
    if not covering and not swallowing:
        return
    bands: dict[int, list[tuple[float, Box, Handle]]] = defaultdict(list)
    for placed in texts:
        box = box_of(placed)
        bands[int((box[1] + box[3]) / 2 // BAND)].append((placed.order, box, placed.handle))
    for area in covering:
        yield from ((handle, _OVERLAID) for order, handle in _texts_at(area, bands) if order < area.order)
    for area in swallowing:
        yield from ((handle, _PALE) for order, handle in _texts_at(area, bands) if order > area.order)


def _texts_at(area: Area, bands: Mapping[int, Sequence[tuple[float, Box, Handle]]]) -> Iterator[tuple[float, Handle]]:
    """The text objects, with their order of painting, that overlap an area thicker than a line."""
    box = area.box or box_of(area)
    if box[2] - box[0] <= THICK or box[3] - box[1] <= THICK:
        return
    for band in _bands(box, bands):
        yield from ((order, handle) for order, text, handle in bands[band] if _overlap(box, text))


def _bands(box: Box, bands: Mapping[int, object]) -> Iterator[int]:
    first, last = int(box[1] // BAND) - 1, int(box[3] // BAND) + 1
    return (band for band in sorted(bands) if first <= band <= last)


def _may_cover(area: Area) -> bool:
    """Whether an area painted after a text can hide it: only a nearly transparent one cannot."""
    if not area.handle:
        return True
    known = type_of(area.handle) == c.FPDF_PAGEOBJ_PATH and fill_colour(area.handle, *_CHANNELS)
    return not known or _ALPHA.value > OPAQUE * 255


def _may_swallow(area: Area) -> bool:
    """Whether dark text on this area may be invisible. On a pale area, the paper or a shaded row, it is visible."""
    return type_of(area.handle) != c.FPDF_PAGEOBJ_PATH or not _is_pale(area.handle)


def _overlap(area: Box, text: Box) -> bool:
    across = min(area[2], text[2]) - max(area[0], text[0])
    down = min(area[3], text[3]) - max(area[1], text[1])
    return across > 1.0 and down > 0.3 * (text[3] - text[1])


def _looked_at(
    page: pdfium.PdfPage, objects: Sequence[Handle], suspects: Mapping[Handle, int], turn: int, char_at: CharAt
) -> dict[int, Unseen]:
    """The characters of suspicious objects that make no difference to the rendered page."""
    with_them = _picture(page, turn)
    _switch(suspects, on=False)
    without = _picture(page, turn)
    _switch(suspects, on=True)
    hidden = {}
    for index, obj in enumerate(objects):
        if obj not in suspects or not (char := char_at(index)):
            continue
        if (char[0].isascii() or _is_at_hand(font_of(obj))) and _is_unseen(char[1:], with_them, without):
            hidden[index] = _WHY[suspects[obj]]
    return hidden


def _switch(objects: Iterable[Handle], on: bool) -> None:
    for obj in objects:
        switch_object(obj, on)


def _picture(page: pdfium.PdfPage, turn: int) -> Picture:
    width, height = page.get_size()
    scale = min(PIXELS_PER_POINT, math.sqrt(MOST_PIXELS / max(1.0, width * height)))
    image = page.render(scale=scale, rotation=(turn - page.get_rotation()) % 360, may_draw_forms=False)
    return Picture(bytes(image.buffer), image.stride, image.width, image.height, scale)


def _is_unseen(box: Box, one: Picture, other: Picture) -> bool:
    """Whether both pictures are the same at a character. One that is too small to compare counts as visible."""
    x0, top, x1, bottom = (side * one.scale for side in box)
    inset = 0.1 * (x1 - x0)  # the boxes of neighbours overlap a little
    left, right = max(0, round(x0 + inset)), min(one.width, round(x1 - inset) + 1)
    upper, lower = max(0, round(top)), min(one.height, round(bottom) + 1)
    if left >= right or upper >= lower or bottom - top < FEWEST_PIXELS:
        return False
    return all(
        _are_alike(one.pixels[at + 3 * left : at + 3 * right], other.pixels[at + 3 * left : at + 3 * right])
        for at in range(upper * one.stride, lower * one.stride, one.stride)
    )


def _are_alike(one: bytes, other: bytes) -> bool:
    return one == other or max(abs(a - b) for a, b in zip(one, other, strict=True)) < NO_DIFFERENCE


def _is_at_hand(font: Handle) -> bool:
    """Whether the font is embedded. Ideographs of another font may be missing in a rendering on this machine only."""
    return is_embedded(font) == 1

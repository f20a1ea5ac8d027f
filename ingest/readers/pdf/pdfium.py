"""PDFium's functions on plain integers, and functions that fetch much of a page in few calls.

A page has thousands of characters and objects, and each needs several calls. With pypdfium2's typed pointers the
conversion takes longer than the call. A handle here is an address (`int`), 0 where there is none.
"""

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from struct import Struct
from typing import Any

import pypdfium2.raw as c

Handle = int
_HANDLE, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
_POINT = Struct("<ffBBxx")  # CFX_Path::Point of PDFium: x, y, kind, whether it closes
_FIVE_POINTS = Struct("<" + 5 * "ffxxxx")
_FiveInMemory = ctypes.c_char * _FIVE_POINTS.size
_KINDS_OF_RECTANGLE = bytes([c.FPDF_SEGMENT_MOVETO, *4 * [c.FPDF_SEGMENT_LINETO]])
_LAST_CLOSES = bytes([0, 0, 0, 0, 1])
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def address(handle: "ctypes._Pointer[Any]") -> Handle:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _plain(function: Any, result: type, *arguments: type) -> Callable[..., Any]:
    """The same function without conversion of handles. It keeps the GIL: a call takes less than a microsecond.

    `arguments` declares the types of the leading arguments, the handles. The others are not declared: ctypes passes a
    number as a C int and a ctypes object as its address. Declaring them would make a call half as slow again.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


count_objects = _plain(c.FPDFPage_CountObjects, _INT, _HANDLE)
object_at = _plain(c.FPDFPage_GetObject, _HANDLE, _HANDLE)
count_in_form = _plain(c.FPDFFormObj_CountObjects, _INT, _HANDLE)
object_in_form = _plain(c.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
type_of = _plain(c.FPDFPageObj_GetType, _INT, _HANDLE)
fill_matrix = _plain(c.FPDFPageObj_GetMatrix, _INT, _HANDLE)
fill_draw_mode = _plain(c.FPDFPath_GetDrawMode, _INT, _HANDLE)
fill_loose_box = _plain(c.FPDFText_GetLooseCharBox, _INT, _HANDLE)
count_chars = _plain(c.FPDFText_CountChars, _INT, _HANDLE)
angle_of = _plain(c.FPDFText_GetCharAngle, _FLOAT, _HANDLE)
text_object_of = _plain(c.FPDFText_GetTextObject, _HANDLE, _HANDLE)
has_no_unicode = _plain(c.FPDFText_HasUnicodeMapError, _INT, _HANDLE)
render_mode_of = _plain(c.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
has_transparency = _plain(c.FPDFPageObj_HasTransparency, _INT, _HANDLE)
fill_colour = _plain(c.FPDFPageObj_GetFillColor, _INT, _HANDLE)
fill_bounds = _plain(c.FPDFPageObj_GetBounds, _INT, _HANDLE)
fill_stroke_width = _plain(c.FPDFPageObj_GetStrokeWidth, _INT, _HANDLE)
clip_of = _plain(c.FPDFPageObj_GetClipPath, _HANDLE, _HANDLE)
count_clips = _plain(c.FPDFClipPath_CountPaths, _INT, _HANDLE)
count_marks = _plain(c.FPDFPageObj_CountMarks, _INT, _HANDLE)
marked_content_of = _plain(c.FPDFPageObj_GetMarkedContentID, _INT, _HANDLE)
switch_object = _plain(c.FPDFPageObj_SetIsActive, _INT, _HANDLE)
font_of = _plain(c.FPDFTextObj_GetFont, _HANDLE, _HANDLE)
is_embedded = _plain(c.FPDFFont_GetIsEmbedded, _INT, _HANDLE)
_count_clip_segments = _plain(c.FPDFClipPath_CountPathSegments, _INT, _HANDLE)
_clip_segment_at = _plain(c.FPDFClipPath_GetPathSegment, _HANDLE, _HANDLE)
_mark_at = _plain(c.FPDFPageObj_GetMark, _HANDLE, _HANDLE)
_name_of_mark = _plain(c.FPDFPageObjMark_GetName, _INT, _HANDLE)
_unicode_of = _plain(c.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE)
_count_segments = _plain(c.FPDFPath_CountSegments, _INT, _HANDLE)
_segment_at = _plain(c.FPDFPath_GetPathSegment, _HANDLE, _HANDLE)
_fill_point = _plain(c.FPDFPathSegment_GetPoint, _INT, _HANDLE, _HANDLE, _HANDLE)
_kind_of = _plain(c.FPDFPathSegment_GetType, _INT, _HANDLE)
_closes = _plain(c.FPDFPathSegment_GetClose, _INT, _HANDLE)

Point = tuple[float, float, int, int]  # x, y, FPDF_SEGMENT_…, whether the path closes here


def characters_of(text: Handle) -> Sequence[str]:
    """The character at each index of a text page; "" where there is none."""
    count = count_chars(text)
    units = (ctypes.c_ushort * (2 * count + 1))()
    written = c.FPDFText_GetText(ctypes.cast(text, c.FPDF_TEXTPAGE), 0, count, units) - 1
    found = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
    # as a whole PDFium leaves out control characters and writes rare ideographs as two units
    if written != count or len(found) != count or _SURROGATE.search(found):
        return list(_paired(_unicode_of(text, index) for index in range(count)))
    return found


def _paired(units: Iterable[int]) -> Iterator[str]:
    """UTF-16 units as characters. A surrogate pair gives "" and then its character."""
    high = 0
    for unit in units:
        if not 0xD800 <= unit < 0xE000:
            yield chr(unit)
        elif unit < 0xDC00:
            high = unit
            yield ""
        else:
            yield chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00) if high else ""
            high = 0


def rectangle_of(path: Handle) -> tuple[float, float, float, float] | None:
    """(x0, y0, x1, y1) of a path that is one upright rectangle, begun at (x0, y0) and drawn along y = y0 first.

    None for any other path. Nearly every ruling line and cell is drawn as such a rectangle.
    """
    if _count_segments(path) != 5 or not _is_layout_known():
        return None
    points = _FiveInMemory.from_address(_segment_at(path, 0)).raw
    if points[8::12] != _KINDS_OF_RECTANGLE or points[9::12] != _LAST_CLOSES:
        return None
    ax, ay, bx, by, cx, cy, dx, dy, ex, ey = _FIVE_POINTS.unpack(points)
    is_upright = ax == dx == ex and bx == cx and ay == by == ey and cy == dy
    return (ax, ay, cx, cy) if is_upright else None


def points_of(path: Handle) -> Iterator[Point]:
    """The points of a path in the order in which it is drawn."""
    return _points_in_memory(path) if _is_layout_known() else _points_by_calls(path)


def _points_in_memory(path: Handle) -> Iterator[Point]:
    """The points of a path, from PDFium's array. Four calls per point would take most of the time of reading a page."""
    count = _count_segments(path)
    return _POINT.iter_unpack(ctypes.string_at(_segment_at(path, 0), _POINT.size * count)) if count > 0 else iter(())


def _points_by_calls(path: Handle) -> Iterator[Point]:
    return _points_asked(_segment_at(path, index) for index in range(_count_segments(path)))


def _points_asked(segments: Iterable[Handle]) -> Iterator[Point]:
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.addressof(x), ctypes.addressof(y)
    for segment in segments:
        _fill_point(segment, at_x, at_y)
        yield x.value, y.value, _kind_of(segment), _closes(segment)


def points_of_clip(clip: Handle, number: int) -> Iterator[Point]:
    """The points of one path of a clipping path."""
    count = _count_clip_segments(clip, number)
    if count <= 0:
        return iter(())
    if _is_layout_known():
        return _POINT.iter_unpack(ctypes.string_at(_clip_segment_at(clip, number, 0), _POINT.size * count))
    return _points_asked(_clip_segment_at(clip, number, index) for index in range(count))


def marks_of(obj: Handle) -> Iterator[str]:
    """The names of the marked-content sequences around an object: P, Span, Artifact, OC …"""
    name, size = ctypes.create_string_buffer(128), ctypes.c_ulong()
    for number in range(count_marks(obj)):
        _name_of_mark(_mark_at(obj, number), name, ctypes.c_ulong(len(name)), ctypes.byref(size))
        yield name.raw[: max(0, size.value - 2)].decode("utf-16-le", "replace")


@cache  # asked for every path of a page, answered by one
def _is_layout_known() -> bool:
    """Whether the memory layout of points in this PDFium is `_POINT`, tested on a path with points of every kind."""
    path = c.FPDFPageObj_CreateNewPath(1.5, 2.5)
    try:
        c.FPDFPath_LineTo(path, 3.25, 4.75)
        c.FPDFPath_BezierTo(path, 5, 6, 7, 8, 9, 10)
        c.FPDFPath_Close(path)
        c.FPDFPath_MoveTo(path, -11, 12)
        c.FPDFPath_LineTo(path, 13, -14)
        handle = address(path)
        places = [_segment_at(handle, index) for index in range(_count_segments(handle))]
        side_by_side = places == [places[0] + _POINT.size * n for n in range(len(places))]
        return side_by_side and list(_points_in_memory(handle)) == list(_points_by_calls(handle))
    finally:
        c.FPDFPageObj_Destroy(path)

"""Annotations of a page: comments, stamps, form fields. They are reported as doubts and not read as content."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as c

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top in the space of the page

MOST = 500  # annotations read per page
LONGEST = 200  # characters of an annotation's text
_SILENT = frozenset({c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP})
_UNSHOWN = c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW
_LABELS = frozenset({c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_STAMP})  # they show text, but the file may not hold it as text
_COVERS = frozenset(
    {
        *_LABELS,
        c.FPDF_ANNOT_SQUARE,
        c.FPDF_ANNOT_CIRCLE,
        c.FPDF_ANNOT_POLYGON,
        c.FPDF_ANNOT_INK,
        c.FPDF_ANNOT_REDACT,
        c.FPDF_ANNOT_WIDGET,
        c.FPDF_ANNOT_WATERMARK,
    }
)
_FILLED_IN = frozenset({c.FPDF_FORMFIELD_TEXTFIELD, c.FPDF_FORMFIELD_COMBOBOX, c.FPDF_FORMFIELD_LISTBOX})


@dataclass(frozen=True, slots=True)
class Annotation:
    """`text` is its printed text or comment; `covers` says whether it may hide the page content below it."""

    is_field: bool
    text: str
    rectangle: Rectangle
    covers: bool
    strikes: bool


def annotations_on(page: pdfium.PdfPage) -> list[Annotation]:
    """The annotations of a page that are visible or hold text."""
    return list(_found(page)) if c.FPDFPage_GetAnnotCount(page) > 0 else []


def _found(page: pdfium.PdfPage) -> Iterator[Annotation]:
    for index in range(min(MOST, c.FPDFPage_GetAnnotCount(page))):
        raw = c.FPDFPage_GetAnnot(page, index)
        if not raw:
            continue
        try:
            kind = c.FPDFAnnot_GetSubtype(raw)
            if kind in _SILENT or c.FPDFAnnot_GetFlags(raw) & _UNSHOWN:
                continue
            is_field = kind == c.FPDF_ANNOT_WIDGET
            text = _value(page, raw) if is_field else _string(c.FPDFAnnot_GetStringValue, raw, b"Contents")
            strikes = kind == c.FPDF_ANNOT_STRIKEOUT
            if text or kind in _COVERS or strikes:
                yield Annotation(is_field, text, _rectangle(raw), kind in _COVERS, strikes)
        finally:
            c.FPDFPage_CloseAnnot(raw)


def _value(page: pdfium.PdfPage, raw: c.FPDF_ANNOTATION) -> str:
    """The value of a form field; "" for a button."""
    forms = page.pdf.formenv
    if not forms or c.FPDFAnnot_GetFormFieldType(forms, raw) not in _FILLED_IN:
        return ""
    return _string(c.FPDFAnnot_GetFormFieldValue, forms, raw)


def _string(ask: Callable[..., int], *arguments: object) -> str:
    """The answer of a PDFium function that fills UTF-16 into a buffer and returns the bytes it needs."""
    units = (ctypes.c_ushort * (LONGEST + 1))()
    needed = ask(*arguments, units, ctypes.sizeof(units))
    if needed > ctypes.sizeof(units):
        units = (ctypes.c_ushort * (needed // 2 + 1))()
        needed = ask(*arguments, units, ctypes.sizeof(units))
    text = bytes(units)[: max(0, needed - 2)].decode("utf-16-le", "replace")
    return " ".join(text.split())[:LONGEST]


def _rectangle(raw: c.FPDF_ANNOTATION) -> Rectangle:
    box = c.FS_RECTF()
    if not c.FPDFAnnot_GetRect(raw, box):
        return (0.0, 0.0, 0.0, 0.0)
    return box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)

"""Makes PDF files for tests: a rotated or nested page of another file, or a page of a few words and lines."""

import ctypes
from collections.abc import Iterable
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as c

A4 = (595, 842)


def turned(source: Path, page_index: int, rotation: int, into: Path) -> Path:
    """A file with one page as a Form XObject, rotated by a matrix and back by /Rotate, so that it looks the same."""
    with pdfium.PdfDocument(source) as old, pdfium.PdfDocument.new() as new:
        width, height = old[page_index].get_size()
        matrix = {
            0: (1, 0, 0, 1, 0, 0),
            90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height),
            270: (0, -1, 1, 0, 0, width),
        }[rotation]
        page = new.new_page(*((height, width) if rotation % 180 else (width, height)))
        form = old.page_as_xobject(page_index, new) if hasattr(old, "page_as_xobject") else None
        form = form or old.capture_page_as_xobject(page_index, new)
        placed = form.as_pageobject()
        placed.set_matrix(pdfium.PdfMatrix(*matrix))
        page.insert_obj(placed)
        page.gen_content()
        page.set_rotation(rotation)
        new.save(into)
    return into


def drawn(
    into: Path,
    texts: Iterable[tuple[float, float, str]],
    lines: Iterable[tuple[float, float, float, float]] = (),
    size: float = 10,
) -> Path:
    """An A4 page with words at (x, y) and lines from (x0, y0) to (x1, y1), measured from its lower left corner."""
    with pdfium.PdfDocument.new() as pdf:
        page = pdf.new_page(*A4)
        for x, y, text in texts:
            c.FPDFPage_InsertObject(page.raw, _word(pdf, text, x, y, size))
        for x0, y0, x1, y1 in lines:
            path = c.FPDFPageObj_CreateNewPath(x0, y0)
            c.FPDFPath_LineTo(path, x1, y1)
            c.FPDFPath_SetDrawMode(path, c.FPDF_FILLMODE_NONE, True)
            c.FPDFPageObj_SetStrokeWidth(path, 0.5)
            c.FPDFPage_InsertObject(page.raw, path)
        page.gen_content()
        pdf.save(into)
    return into


def _word(pdf: pdfium.PdfDocument, text: str, x: float, y: float, size: float):
    word = c.FPDFPageObj_NewTextObj(pdf.raw, b"Helvetica", size)
    units = (ctypes.c_ushort * (len(text) + 1))(*map(ord, text), 0)
    c.FPDFText_SetText(word, units)
    c.FPDFPageObj_Transform(word, 1, 0, 0, 1, x, y)
    return word


def grid(xs: list[float], ys: list[float]) -> list[tuple[float, float, float, float]]:
    """The lines of a table with these column and row edges."""
    across = [(xs[0], y, xs[-1], y) for y in ys]
    down = [(x, ys[0], x, ys[-1]) for x in xs]
    return across + down


def with_unicode(into: Path, code_units: str) -> Path:
    """A page with the letters xAy, in which the font maps A to the given UTF-16 (hexadecimal)."""
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"1 beginbfchar <41> <{code_units}> endbfchar endcmap end end"
    )
    content = "BT /F1 12 Tf 50 700 Td (xAy) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        f"<</Length {len(to_unicode)}>>stream\n{to_unicode}\nendstream",
    ]
    return write_pdf(into, objects)


def painted(
    into: Path, content: str, resources: str = "", page: str = "", more: Iterable[str] = (), root: str = ""
) -> Path:
    """An A4 page with this content. Its font is /F1. `more` are objects from number 6 on, to which `resources`, `page`
    or `root` refer."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{page}"
        f"/Resources<</Font<</F1 5 0 R>>{resources}>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *more,
    ]
    return write_pdf(into, objects)


def ruled(xs: list[float], ys: list[float]) -> str:
    """The operators that draw the lines of a table."""
    return "q 0.5 w 0 G " + " ".join(f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in grid(xs, ys)) + " Q"


def write_pdf(into: Path, objects: list[str]) -> Path:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    into.write_bytes(out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode())
    return into


def with_pages(source: Path, numbers: Iterable[int], into: Path) -> Path:
    """A PDF of some pages of another, counted from 1."""
    with pdfium.PdfDocument(source) as old, pdfium.PdfDocument.new() as new:
        new.import_pages(old, [number - 1 for number in numbers])
        new.save(into)
    return into

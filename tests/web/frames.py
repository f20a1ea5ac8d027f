"""Finds the red frame in a picture of a page, and the characters that PDFium draws inside it."""

import base64
import ctypes
import io
import math

import numpy
import pypdfium2 as pdfium
import pypdfium2.raw as c
from PIL import Image

from ingest.readers.crops import Crop
from ingest.readers.pdf.marks import FRAME, SCALE

Pixels = tuple[int, int, int, int]


def framed(crop: Crop) -> Pixels:
    """Left, top, right, bottom of the red pixels: the rest of the page is grey."""
    data = base64.b64decode(crop.image.partition(",")[2])
    pixels = numpy.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    rows, columns = numpy.nonzero((pixels == numpy.array(FRAME)).all(axis=2))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def drawn_in(page: pdfium.PdfPage, frame: Pixels, rotation: int = 0) -> str:
    """The characters whose middle is drawn inside the frame, from left to right in lines from top to bottom.

    The picture is the whole page, turned by `rotation` degrees.
    """
    left, top, right, bottom = frame
    text = page.get_textpage()
    size = [math.ceil(side * SCALE) for side in page.get_size()]
    width, height = size if rotation in (0, 180) else reversed(size)
    found = []
    for index in range(text.count_chars()):
        character = chr(c.FPDFText_GetUnicode(text.raw, index))
        x, y = _middle(text.get_charbox(index, loose=True), page, width, height, rotation)
        if not character.isspace() and left < x < right and top < y < bottom:
            found.append((round(y / (SCALE * 4)), x, character))
    text.close()
    return "".join(character for _, _, character in sorted(found))


def _middle(
    box: tuple[float, float, float, float], page: pdfium.PdfPage, width: int, height: int, rotation: int
) -> tuple[int, int]:
    x, y = ctypes.c_int(), ctypes.c_int()
    x0, y0, x1, y1 = box
    c.FPDF_PageToDevice(page.raw, 0, 0, width, height, rotation // 90, (x0 + x1) / 2, (y0 + y1) / 2, x, y)
    return x.value, y.value

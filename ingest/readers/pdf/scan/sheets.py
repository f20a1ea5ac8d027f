"""Pictures that are files, or stand in one: each a page."""

import numpy as np
from PIL import Image

from ingest.readers.pdf.scan.page import DPI, MOST_PIXELS, read_picture
from ingest.readers.pdf.scan.pictures import PageRead


def read_sheet(seen: Image.Image, number: int, dpi: float) -> PageRead:
    """The page `number` of a document, in red, green and blue. Boxes are in points, as of `read_picture`."""
    drawn, drawn_dpi = _as_drawn(seen, dpi)
    return read_picture(np.array(drawn), number, drawn_dpi)


def _as_drawn(seen: Image.Image, dpi: float) -> tuple[Image.Image, float]:
    """A picture with as many pixels as a page of a PDF is drawn with, and its dots per inch."""
    scale = min(DPI / dpi, (MOST_PIXELS / (seen.width * seen.height)) ** 0.5)
    if 0.9 < scale < 1.1:
        return seen, dpi
    size = (max(1, round(seen.width * scale)), max(1, round(seen.height * scale)))
    return seen.resize(size, Image.Resampling.LANCZOS), dpi * scale

"""Pictures of bands of the pages of a PDF."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from PIL import ImageDraw
from PIL.Image import Image

from ingest.readers.crops import Band, Crop
from warehouse.records.places import Box

SCALE = 1.6  # pixels per point: enough for small print, and the page of crops stays a small file
MARGIN = 14.0  # points above and below the row
AROUND = 1.5  # points between a mark and its frame
FRAME, FRAME_WIDTH = (200, 30, 20), 3  # pixels


class Pictures:
    def __init__(self, pdf: pdfium.PdfDocument) -> None:
        self._pdf = pdf

    def cut(self, band: Band) -> Crop:
        page = self._pdf[(band.page or 1) - 1]
        height = page.get_height()
        top = max(0.0, (band.top or 0.0) - MARGIN)
        bottom = min(height, (band.bottom or height) + MARGIN)
        bitmap = page.render(scale=SCALE, crop=(0, height - bottom, 0, top), grayscale=True)
        out = io.BytesIO()
        _marked(bitmap.to_pil(), band.marks, top).save(out, format="PNG", optimize=True)
        mark = (band.marks[0].x0 + band.marks[0].x1) / 2 / page.get_width() if band.marks else 0
        page.close()
        data = base64.b64encode(out.getvalue()).decode()
        return Crop(f"第{band.page}页", f"data:image/png;base64,{data}", round(mark, 3))


def _marked(picture: Image, marks: tuple[Box, ...], top: float) -> Image:
    """The picture in 64 colours, which keep it small, with a frame around each mark."""
    if not marks:
        return picture
    coloured = picture.convert("RGB")
    pen = ImageDraw.Draw(coloured)
    for box in marks:
        corners = (box.x0 - AROUND, box.top - top - AROUND, box.x1 + AROUND, box.bottom - top + AROUND)
        pen.rectangle([SCALE * corner for corner in corners], outline=FRAME, width=FRAME_WIDTH)
    return coloured.quantize(64)


@contextmanager
def pictures(path: Path) -> Iterator[Pictures]:
    """Opens a PDF for cropping."""
    pdf = pdfium.PdfDocument(path)
    try:
        yield Pictures(pdf)
    finally:
        pdf.close()

"""Pictures of bands of the pages of a PDF."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium

from ingest.readers.crops import Band, Crop

SCALE = 1.6  # pixels per point: enough for small print, and the page of crops stays a small file
MARGIN = 14.0  # points above and below the row


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
        bitmap.to_pil().save(out, format="PNG", optimize=True)
        page.close()
        data = base64.b64encode(out.getvalue()).decode()
        return Crop(f"第{band.page}页", f"data:image/png;base64,{data}")


@contextmanager
def pictures(path: Path) -> Iterator[Pictures]:
    """Opens a PDF for cropping."""
    pdf = pdfium.PdfDocument(path)
    try:
        yield Pictures(pdf)
    finally:
        pdf.close()

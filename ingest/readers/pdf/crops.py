"""Pictures of bands of the pages of a PDF."""

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from PIL import ImageDraw
from PIL.Image import Image, preinit

from ingest.readers.crops import Band, Crop, Shown, as_printed
from ingest.readers.pdf.hidden_words import hidden_on
from ingest.readers.pdf.objects import read_page, turns_of
from ingest.readers.pdf.read import show_forms
from warehouse.records.places import Box

SCALE = 1.6  # pixels per point: enough for small print, and the page of crops stays a small file
MOST_PIXELS = 16_000_000  # of a whole page; a larger page is shown smaller
MARGIN = 14.0  # points above and below the row
AROUND = 1.5  # points between a mark and its frame
FRAME, FRAME_WIDTH = (200, 30, 20), 3  # colour, pixels
GREYS = 63  # shades of a marked picture; the colour of the frame is the next in its palette
preinit()  # loads the writer of PNG now: a confined process may open no module later


class Pictures:
    def __init__(self, pdf: pdfium.PdfDocument) -> None:
        self._pdf = pdf

    def cut(self, band: Band, shown: Shown = as_printed) -> Crop:
        """The band across the whole width; the whole page where the band has no top and bottom."""
        number = band.page or 1
        page = self._pdf[number - 1]
        turn = self._turn(number)
        rotation = (turn - page.get_rotation()) % 360
        width, height = page.get_size() if rotation in (0, 180) else reversed(page.get_size())
        scale = min(SCALE, (MOST_PIXELS / (width * height)) ** 0.5)
        top = max(0.0, (band.top or 0.0) - MARGIN)
        bottom = min(height, (band.bottom or height) + MARGIN)
        bitmap = page.render(scale=scale, rotation=rotation, crop=(0, height - bottom, 0, top), grayscale=True)
        out = io.BytesIO()
        hidden = [] if shown is as_printed else list(hidden_on(read_page(page, number, turn), shown))
        picture = _painted(bitmap.to_pil(), hidden, top, scale)
        _marked(picture, band.marks, top, scale).save(out, format="PNG", optimize=True)
        mark = (band.marks[0].x0 + band.marks[0].x1) / 2 / width if band.marks else 0
        page.close()
        data = base64.b64encode(out.getvalue()).decode()
        return Crop(f"第{band.page}页", f"data:image/png;base64,{data}", round(mark, 3))

    def _turn(self, number: int) -> int:
        """The degrees by which the reader turned the page, in whose view places are told. Goes back to the last page
        whose own text decides it, because the others are turned as the one before."""
        undecided: list[dict[int, int]] = []
        for earlier in range(number, 0, -1):
            undecided.append(turns_of(self._pdf[earlier - 1]))
            if len(set(undecided[-1].values())) == 1:
                break
        turn = 0
        for turns in reversed(undecided):
            turn = turns[turn]
        return turn


def _painted(picture: Image, boxes: Sequence[Box], top: float, scale: float) -> Image:
    """The picture with these parts of the page in black."""
    pen = ImageDraw.Draw(picture)
    for box in boxes:
        pen.rectangle([scale * edge for edge in (box.x0, box.top - top, box.x1, box.bottom - top)], fill=0)
    return picture


def _marked(picture: Image, marks: tuple[Box, ...], top: float, scale: float) -> Image:
    """The grey picture in GREYS shades, which keep it small, with a frame around each mark."""
    if not marks:
        return picture
    coloured = picture.point([shade * (GREYS - 1) // 255 for shade in range(256)])
    coloured.putpalette([shade * 255 // (GREYS - 1) for shade in range(GREYS) for _ in "rgb"] + list(FRAME))
    pen = ImageDraw.Draw(coloured)
    for box in marks:
        corners = (box.x0 - AROUND, box.top - top - AROUND, box.x1 + AROUND, box.bottom - top + AROUND)
        pen.rectangle([scale * corner for corner in corners], outline=GREYS, width=FRAME_WIDTH)
    return coloured


@contextmanager
def pictures(path: Path) -> Iterator[Pictures]:
    """Opens a PDF for cropping."""
    pdf = pdfium.PdfDocument(path.read_bytes())  # a confined process may open no path
    try:
        show_forms(pdf)
        yield Pictures(pdf)
    finally:
        pdf.close()

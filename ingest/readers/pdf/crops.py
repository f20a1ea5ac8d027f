"""Pictures of bands of the pages of a PDF."""

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL.Image import Image, preinit

from ingest.readers.crops import Band, Crop, PageImage, Shown, as_printed
from ingest.readers.pdf.hidden_words import hidden_on
from ingest.readers.pdf.marks import MARGIN, NOT_KNOWN, SCALE, marked, painted, veiled
from ingest.readers.pdf.not_text import texts_beside, without_large_images
from ingest.readers.pdf.objects import read_page, turns_of
from ingest.readers.pdf.page_objects import PageObjects
from ingest.readers.pdf.pages_with_text import is_a_picture
from ingest.readers.pdf.read import open_pdf, page_of, show_forms
from ingest.readers.pdf.scan.pictures import recognised_before
from ingest.readers.pdf.scan.shown_parts import only_recognised
from warehouse.kinds.characters import NO_UNICODE
from warehouse.records.places import Box

MOST_PIXELS = 16_000_000  # of a whole page; a larger page is shown smaller
preinit()  # loads the writer of PNG now: a confined process may open no module later


class Drawn(NamedTuple):
    """A band of a page: its upper edge and the width of the page in points, `scale` pixels each."""

    picture: Image
    top: float
    scale: float
    width: float


class Pictures:
    def __init__(self, pdf: pdfium.PdfDocument, path: Path, data: bytes) -> None:
        self._pdf, self._path, self._data = pdf, path, data

    def cut(self, band: Band, shown: Shown = as_printed) -> Crop:
        """The band across the whole width; the whole page where the band has no top and bottom."""
        drawn = self._drawn(band.page or 1, band.top, band.bottom, shown)
        out = io.BytesIO()
        marked(drawn.picture, band.marks, drawn.top, drawn.scale).save(out, format="PNG", optimize=True)
        mark = (band.marks[0].x0 + band.marks[0].x1) / 2 / drawn.width if band.marks else 0
        data = base64.b64encode(out.getvalue()).decode()
        return Crop(f"第{band.page}页", f"data:image/png;base64,{data}", round(mark, 3))

    def page(self, number: int, shown: Shown = as_printed) -> PageImage:
        """The whole page, from which any band of it can be cut later."""
        drawn = self._drawn(number, None, None, shown)
        return PageImage.of(*drawn.picture.size, drawn.scale, drawn.picture.tobytes())

    def _drawn(self, number: int, top: float | None, bottom: float | None, shown: Shown) -> Drawn:
        """The band between `top` and `bottom`, in grey, with a margin; what is not `shown` is black."""
        page = page_of(self._pdf, number, self._path)
        turn = self._turn(number)
        rotation = (turn - page.get_rotation()) % 360
        width, height = page.get_size() if rotation in (0, 180) else reversed(page.get_size())
        scale = min(SCALE, (MOST_PIXELS / (width * height)) ** 0.5)
        upper, lower = max(0.0, (top or 0.0) - MARGIN), min(height, (bottom or height) + MARGIN)
        objects = None if shown is as_printed else read_page(page, number, turn)
        images = without_large_images(page, objects) if objects and not _is_unread(objects) else []
        bitmap = page.render(scale=scale, rotation=rotation, crop=(0, height - lower, 0, upper), grayscale=True)
        drawn = Drawn(bitmap.to_pil(), upper, scale, width)
        unread = list(texts_beside(page, objects)) if objects else []
        page.close()
        if objects is None:
            return drawn
        return drawn._replace(picture=self._for_strangers(drawn, objects, images, unread, shown))

    def _for_strangers(
        self, drawn: Drawn, objects: PageObjects, images: Sequence[Box], unread: Sequence[Box], shown: Shown
    ) -> Image:
        """The picture without what names a person, and without what may: writing that is not text of the page."""
        picture, top, scale, _ = drawn
        if _is_unread(objects):
            return only_recognised(picture, recognised_before(self._data, objects.number), shown, top, scale)
        covered = chain(*(run.chars for run in objects.hidden)) if images else ()
        not_known = [*covered, *(char for char in objects.chars if char.text == NO_UNICODE)]
        boxes = [*unread, *(Box(*char[1:]) for char in not_known)]
        seen = painted(veiled(picture, images, top, scale), boxes, top, scale, shade=NOT_KNOWN)
        return painted(seen, hidden_on(objects, shown), top, scale)

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


def _is_unread(objects: PageObjects) -> bool:
    """Whether what is seen on the page is not its text: it is a picture, or all of it is drawn as lines and areas."""
    return is_a_picture(objects) or not objects.chars


@contextmanager
def pictures(path: Path) -> Iterator[Pictures]:
    """Opens a PDF for cropping. Raises Truncated, Encrypted, Damaged and NoPages."""
    data = path.read_bytes()  # a confined process may open no path
    pdf = open_pdf(path, data)
    try:
        show_forms(pdf)
        yield Pictures(pdf, path, data)
    finally:
        pdf.close()

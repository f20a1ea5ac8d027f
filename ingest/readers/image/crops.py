"""Pictures of bands of the pages of an image file."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from ingest.readers.crops import Band, Crop, PageImage, Shown, as_printed
from ingest.readers.formats import MAX_PAGES
from ingest.readers.image.pages import POINTS, opened, page, pages_of
from ingest.readers.pdf.marks import MARGIN, SCALE, marked
from ingest.readers.pdf.scan.pictures import recognised_before
from ingest.readers.pdf.scan.shown_parts import only_recognised


class Pictures:
    def __init__(self, image: Image.Image, frames: list[int], data: bytes) -> None:
        self._image, self._frames, self._data = image, frames, data

    def cut(self, band: Band, shown: Shown = as_printed) -> Crop:
        """The band across the whole width; the whole page where the band has no top and bottom."""
        seen = self._drawn(band.page or 1, shown)
        height = seen.height / SCALE
        upper = max(0.0, (band.top or 0.0) - MARGIN)
        lower = min(height, (band.bottom or height) + MARGIN)
        part = seen.crop((0, round(SCALE * upper), seen.width, max(round(SCALE * lower), round(SCALE * upper) + 1)))
        out = io.BytesIO()
        marked(part, band.marks, upper, SCALE).save(out, format="PNG", optimize=True)
        mark = (band.marks[0].x0 + band.marks[0].x1) / 2 * SCALE / seen.width if band.marks else 0
        data = base64.b64encode(out.getvalue()).decode()
        return Crop(f"第{band.page}页", f"data:image/png;base64,{data}", round(mark, 3))

    def page(self, number: int, shown: Shown = as_printed) -> PageImage:
        """The whole page, from which any band of it can be cut later."""
        seen = self._drawn(number, shown)
        return PageImage.of(*seen.size, SCALE, seen.tobytes())

    def _drawn(self, number: int, shown: Shown) -> Image.Image:
        """A page in grey, with SCALE pixels to a point, on which what is not `shown` is not seen."""
        seen, dpi = page(self._image, self._frames[number - 1])
        scale = SCALE * POINTS / dpi
        size = (max(1, round(seen.width * scale)), max(1, round(seen.height * scale)))
        drawn = seen.convert("L").resize(size, Image.Resampling.LANCZOS)
        if shown is as_printed:
            return drawn
        return only_recognised(drawn, recognised_before(self._data, number), shown, 0.0, SCALE)


@contextmanager
def pictures(path: Path) -> Iterator[Pictures]:
    """Opens an image file for cropping. Raises Damaged, TooManyPages and TooManyPixels."""
    data = path.read_bytes()
    with opened(path, data) as image:
        yield Pictures(image, pages_of(image, path, MAX_PAGES), data)

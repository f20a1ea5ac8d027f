"""The place on the page that a figure came from: a picture of a PDF, an excerpt of a text."""

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium

SCALE = 1.6  # pixels per point: small print stays legible, a page of crops stays small
MARGIN = 14.0  # points above and below the row
TALLEST = 160.0  # points; rows further apart get pictures of their own
LINES_AROUND = 2


@dataclass(frozen=True, slots=True)
class Band:
    """Part of a page (points from its top) over its whole width, or lines of a text."""

    page: int | None = None
    top: float | None = None
    bottom: float | None = None
    line_no: int | None = None
    more_lines: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        return ((self.line_no,) if self.line_no else ()) + self.more_lines


@dataclass(frozen=True, slots=True)
class Crop:
    """`image` is a data: URL, or None; then `excerpt` holds (line number, text, is the line meant)."""

    caption: str
    image: str | None = None
    excerpt: tuple[tuple[int, str, bool], ...] = ()


class Cropper:
    """Cuts crops out of one file; use it as a context manager."""

    def __init__(self, path: Path, is_pdf: bool, text: str = ""):
        self._pdf = pdfium.PdfDocument(path) if is_pdf else None
        self._lines = text.splitlines()
        self._made: dict[Band, Crop] = {}

    def __enter__(self) -> "Cropper":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pdf:
            self._pdf.close()

    def crops(self, places: Iterable[Band]) -> list[Crop]:
        """One crop per band of neighbouring places, in order."""
        return [self._crop(place) for place in merged(places)]

    def _crop(self, place: Band) -> Crop:
        if place not in self._made:
            self._made[place] = self._picture(place) if self._pdf else self._excerpt(place)
        return self._made[place]

    def _picture(self, place: Band) -> Crop:
        page = self._pdf[place.page - 1]
        height = page.get_height()
        top = max(0.0, (place.top or 0.0) - MARGIN)
        bottom = min(height, (place.bottom or height) + MARGIN)
        bitmap = page.render(scale=SCALE, crop=(0, height - bottom, 0, top), grayscale=True)
        out = io.BytesIO()
        bitmap.to_pil().save(out, format="PNG", optimize=True)
        page.close()
        data = base64.b64encode(out.getvalue()).decode()
        return Crop(f"第{place.page}页", f"data:image/png;base64,{data}")

    def _excerpt(self, place: Band) -> Crop:
        first = max(1, place.lines[0] - LINES_AROUND)
        last = min(len(self._lines), place.lines[-1] + LINES_AROUND)
        lines = tuple((n, _bordered(self._lines[n - 1]), n in place.lines) for n in range(first, last + 1))
        return Crop("第" + "、".join(map(str, place.lines)) + "行", excerpt=lines)


def _bordered(text: str) -> str:
    """Tabs are the borders of the table that was converted; as signs they can be seen, and a narrow page wraps them."""
    return text.replace("\t", " │ ").strip().rstrip("│ ")


def merged(places: Iterable[Band]) -> list[Band]:
    """Bands of one page that fit into one picture become one; a place without a page is dropped."""
    known = {place for place in places if place.page or place.line_no}
    out: list[Band] = []
    for place in sorted(known, key=lambda p: (p.page or 0, p.line_no or 0, p.top or 0.0)):
        last = out[-1] if out else None
        if last and last.page and last.page == place.page and (place.bottom or 0) - (last.top or 0) <= TALLEST:
            out[-1] = Band(last.page, last.top, max(last.bottom or 0, place.bottom or 0))
        elif last and last.lines and place.lines and place.lines[0] - last.lines[-1] <= 2 * LINES_AROUND + 1:
            out[-1] = replace(last, more_lines=last.more_lines + place.lines)
        else:
            out.append(place)
    return out

"""Crops: pictures or excerpts of the places in a document where figures are printed."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol
from zlib import compress, decompressobj
from zlib import error as zlib_error

from warehouse.records.places import Box, Place

TALLEST = 160.0  # points: the greatest height of one crop; rows further apart are cropped separately
LINES_AROUND = 2
STRIP = 64  # rows of pixels that are packed together: what shows one row of a table unpacks two of them
LARGEST = 1 << 25  # pixels of a page: twice as many as a reader draws


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a page (points from its top), or lines of a text; `file_no` of the disclosure.

    `marks` are the cells or sentences in it that are meant.
    """

    page: int | None = None
    top: float | None = None
    bottom: float | None = None
    line_no: int | None = None
    more_lines: tuple[int, ...] = ()
    file_no: int = 1
    marks: tuple[Box, ...] = ()

    @classmethod
    def of(cls, place: Place) -> "Band":
        top, bottom = (place.box.top, place.box.bottom) if place.box else (None, None)
        return cls(place.page, top, bottom, place.line_no, file_no=place.file_no)

    def marking(self, place: Place) -> "Band":
        """The band with the place marked, where the place is told by a box on its page."""
        is_in = place.box and (place.page, place.file_no) == (self.page, self.file_no)
        return replace(self, marks=(*self.marks, place.box)) if is_in and place.box else self

    @property
    def lines(self) -> tuple[int, ...]:
        return ((self.line_no,) if self.line_no else ()) + self.more_lines


class ExcerptLine(NamedTuple):
    """A line of a text, or a row of a table with its cells; `is_meant` where it was asked for."""

    number: int
    cells: tuple[str, ...]
    is_meant: bool

    @property
    def text(self) -> str:
        """The cells with a visible sign between them, at which a narrow page can wrap."""
        return " │ ".join(self.cells).rstrip("│ ")


@dataclass(frozen=True, slots=True)
class Crop:
    """`image` is a data: URL of a PNG. Where it is None, `excerpt` holds the lines asked for and those around them.

    `mark` is where in the width of the image the first mark is, from 0 on the left to 1; 0 where there is none.
    """

    caption: str
    image: str | None = None
    mark: float = 0
    excerpt: tuple[ExcerptLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as it may be shown: `width` × `height` pixels, `scale` of them to a point.

    `strips` are of STRIP rows each, from the top: a byte for the grey of each pixel, by zlib and base64.
    """

    width: int
    height: int
    scale: float
    strips: tuple[str, ...]

    @classmethod
    def of(cls, width: int, height: int, scale: float, pixels: bytes) -> "PageImage":
        size = STRIP * width
        parts = (pixels[start : start + size] for start in range(0, len(pixels), size))
        return cls(width, height, scale, tuple(b64encode(compress(part, 1)).decode() for part in parts))

    @property
    def size(self) -> int:
        """In bytes, as it is packed."""
        return sum(map(len, self.strips))

    def pixels(self, top: int = 0, bottom: int | None = None) -> bytes:
        """Of the rows from `top` until before `bottom`. Raises ValueError where they are not as many as said."""
        if not 0 < self.width * self.height <= LARGEST or len(self.strips) != -(-self.height // STRIP):
            raise ValueError(f"{self.width} × {self.height}, {len(self.strips)}")
        end = self.height if bottom is None else bottom
        first = top // STRIP
        found = b"".join(self._strip(number) for number in range(first, -(-end // STRIP)))
        return found[(top - first * STRIP) * self.width : (end - first * STRIP) * self.width]

    def _strip(self, number: int) -> bytes:
        size = min(STRIP, self.height - number * STRIP) * self.width
        unpacked = decompressobj()
        try:
            found = unpacked.decompress(b64decode(self.strips[number]), size + 1)
        except zlib_error as error:
            raise ValueError(str(error)) from error
        if len(found) != size:
            raise ValueError(f"{len(found)}")
        return found


class Shown(Protocol):
    """The cells of a row, or the words of a line, as they may be shown: in order, other texts for what is hidden."""

    def __call__(self, cells: Sequence[str], above: Sequence[str] = ()) -> Sequence[str]:
        """`above`: for each cell of a table the text above it in its column, over cells that are hidden."""


def as_printed(cells: Sequence[str], above: Sequence[str] = ()) -> Sequence[str]:
    return cells


def shown_rows(rows: Iterable[Sequence[str]], shown: Shown) -> Iterator[Sequence[str]]:
    """The rows of a table, whose columns begin at the left and may be of other numbers."""
    above: list[str] = []
    for cells in rows:
        above += [""] * (len(cells) - len(above))
        seen = shown(cells, above[: len(cells)])
        yield seen
        for column, (text, instead) in enumerate(zip(cells, seen, strict=True)):
            above[column] = text if text and text == instead else above[column]


class Cutter(Protocol):
    """Cuts crops out of one open file."""

    def cut(self, band: Band, shown: Shown = as_printed) -> Crop: ...

    def page(self, number: int, shown: Shown = as_printed) -> PageImage | None:
        """None where the file has no pages."""


class Crops:
    """The crops of one disclosure; each band is cut once.

    `cutters` by the numbers of its files. `names` of the files are said in the captions where there are several.
    """

    def __init__(self, cutters: Mapping[int, Cutter], names: Mapping[int, str] = {}) -> None:
        self._cutters, self._names = cutters, names
        self._made: dict[Band, Crop] = {}

    def crops(self, bands: Iterable[Band]) -> list[Crop]:
        """One crop per band of neighbouring places, in order."""
        return [self._crop(band) for band in merged(bands)]

    def _crop(self, band: Band) -> Crop:
        if band not in self._made:
            crop = self._cutters[band.file_no].cut(band)
            named = len(self._cutters) > 1
            caption = f"{self._names[band.file_no]} {crop.caption}" if named else crop.caption
            self._made[band] = replace(crop, caption=caption)
        return self._made[band]


def merged(bands: Iterable[Band]) -> list[Band]:
    """Bands of one page joined as long as they fit into one picture. A band without page and line is dropped."""
    known = {band for band in bands if band.page or band.line_no}
    out: list[Band] = []
    for band in sorted(known, key=lambda one: (one.file_no, one.page or 0, one.line_no or 0, one.top or 0.0)):
        last = out[-1] if out and out[-1].file_no == band.file_no else None
        if last and last.page and last.page == band.page and (band.bottom or 0) - (last.top or 0) <= TALLEST:
            marks = tuple(dict.fromkeys(last.marks + band.marks))
            out[-1] = replace(last, bottom=max(last.bottom or 0, band.bottom or 0), marks=marks)
        elif last and last.lines and band.lines and band.lines[0] - last.lines[-1] <= 2 * LINES_AROUND + 1:
            out[-1] = replace(last, more_lines=last.more_lines + band.lines)
        else:
            out.append(band)
    return out

"""Pictures in a site of files: /pictures/<sha256>/<page>.png is a page, one picture for all numbers that it prints.

The page of a number shows the part of it with the row, and draws the frame itself. The application of `juesuan serve`
does not answer such an address: whoever knew the SHA-256 of a file that is not public could see it.
"""

import re
from dataclasses import dataclass

from ingest.readers.crops import Band, PageImage
from ingest.readers.pdf.marks import AROUND, MARGIN, SCALE
from warehouse.records.places import Box

ADDRESS = re.compile(r"/pictures/([0-9a-f]{64})/(\d{1,6})\.png")


@dataclass(frozen=True, slots=True)
class FramedPage:
    """Measures in pixels: of the page, of the part with the row, and of the frame, where the print has a box."""

    address: str
    width: int
    height: int
    top: int
    bottom: int
    frame: Box | None

    @classmethod
    def of(cls, sha256: str, page: PageImage, band: Band) -> "FramedPage":
        top = round(page.scale * max(0.0, (band.top or 0.0) - MARGIN))
        bottom = min(page.height, round(page.scale * (band.bottom + MARGIN)) if band.bottom else page.height)
        frame = _frame(band.marks[0], page.scale) if band.marks else None
        address = f"/pictures/{sha256}/{band.page}.png"
        return cls(address, page.width, page.height, min(top, bottom - 1), bottom, frame)


def middle_of(band: Band) -> int | None:
    """Of the first mark: pixels from the left edge of the picture at its usual scale; None without a mark."""
    return round((band.marks[0].x0 + band.marks[0].x1) / 2 * SCALE) if band.marks else None


def page_of(address: str) -> tuple[str, int] | None:
    """The SHA-256 and page of the picture; None where the address is none of a picture."""
    found = ADDRESS.fullmatch(address)
    return (found[1], int(found[2])) if found else None


def _frame(mark: Box, scale: float) -> Box:
    edges = (mark.x0 - AROUND, mark.top - AROUND, mark.x1 + AROUND, mark.bottom + AROUND)
    return Box(*(round(scale * edge, 1) for edge in edges))

"""The addresses of pictures in a site of files, where one picture serves every number that is printed there.

/pictures/<sha256>/<page>.png is a page, <page>-<x0>-<top>-<x1>-<bottom>.png the row of a cell with the cell framed;
the edges of the cell are tenths of points. The application of `juesuan serve` does not answer them: whoever knew the
SHA-256 of a file that is not public could see it.
"""

import re

from ingest.readers.crops import Band
from warehouse.records.places import Box

NAME = re.compile(r"(\d{1,6})(?:-(\d{1,6})-(\d{1,6})-(\d{1,6})-(\d{1,6}))?\.png")
TENTHS = 10


def page_picture(sha256: str, page: int | None) -> str:
    return f"/pictures/{sha256}/{page}.png"


def row_picture(sha256: str, band: Band) -> str:
    """Of a band without a mark, the page."""
    if not band.marks:
        return page_picture(sha256, band.page)
    edges = "-".join(str(max(0, round(edge * TENTHS))) for edge in band.marks[0])
    return f"/pictures/{sha256}/{band.page}-{edges}.png"


def band_of(name: str) -> Band | None:
    """What the picture of this name shows; None where no picture has such a name."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    page, *edges = found.groups()
    if edges[0] is None:
        return Band(int(page))
    box = Box(*(int(edge) / TENTHS for edge in edges))
    return Band(int(page), box.top, box.bottom, marks=(box,))

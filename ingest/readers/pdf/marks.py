"""Red frames around what is meant in the picture of a page, or of a band of it, and what is hidden there."""

from collections.abc import Iterable

from PIL import Image as pictures
from PIL import ImageChops, ImageDraw
from PIL.Image import Image

from warehouse.records.places import Box

SCALE = 1.6  # pixels per point: enough for small print, and the page of crops stays a small file
MARGIN = 14.0  # points above and below the row
AROUND = 1.5  # points between a mark and its frame
FRAME, FRAME_WIDTH = (200, 30, 20), 3  # colour, pixels
NOT_KNOWN = 225  # of 255: the shade of what is not shown because its writing is not known
GREYS = 63  # shades of a marked picture; the colour of the frame is the next in its palette


def marked(picture: Image, marks: Iterable[Box], top: float, scale: float) -> Image:
    """The grey picture in GREYS shades, which keep it small, with a frame around each mark; as it is without marks.

    The upper edge of the picture is `top` points below that of the page.
    """
    boxes = tuple(marks)
    if not boxes:
        return picture
    coloured = picture.point([shade * (GREYS - 1) // 255 for shade in range(256)])
    coloured.putpalette([shade * 255 // (GREYS - 1) for shade in range(GREYS) for _ in "rgb"] + list(FRAME))
    pen = ImageDraw.Draw(coloured)
    for box in boxes:
        corners = (box.x0 - AROUND, box.top - top - AROUND, box.x1 + AROUND, box.bottom - top + AROUND)
        pen.rectangle([scale * corner for corner in corners], outline=GREYS, width=FRAME_WIDTH)
    return coloured


def painted(
    picture: Image, boxes: Iterable[Box], top: float, scale: float, around: float = 0.0, shade: int = 0
) -> Image:
    """The grey picture with these parts of the page in one shade, black or NOT_KNOWN, with so many points around."""
    pen = ImageDraw.Draw(picture)
    for box in boxes:
        pen.rectangle(placed(box, top, scale, around), fill=shade)
    return picture


def veiled(picture: Image, boxes: Iterable[Box], top: float, scale: float) -> Image:
    """The grey picture with these parts of the page on NOT_KNOWN instead of white paper."""
    veil = pictures.new("L", picture.size, 255)
    pen = ImageDraw.Draw(veil)
    for box in boxes:
        pen.rectangle(placed(box, top, scale), fill=NOT_KNOWN)
    return ImageChops.darker(picture, veil)


def placed(box: Box, top: float, scale: float, around: float = 0.0) -> tuple[int, int, int, int]:
    """The pixels of a box of the page: left, upper, right and lower."""
    edges = (box.x0 - around, box.top - top - around, box.x1 + around, box.bottom - top + around)
    left, upper, right, lower = (round(scale * edge) for edge in edges)
    return left, upper, right, lower

"""Red frames around what is meant in the picture of a page, or of a band of it."""

from collections.abc import Iterable

from PIL import ImageDraw
from PIL.Image import Image

from warehouse.records.places import Box

SCALE = 1.6  # pixels per point: enough for small print, and the page of crops stays a small file
MARGIN = 14.0  # points above and below the row
AROUND = 1.5  # points between a mark and its frame
FRAME, FRAME_WIDTH = (200, 30, 20), 3  # colour, pixels
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

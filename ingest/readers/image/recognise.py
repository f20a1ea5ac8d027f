"""The pages of an image file, recognised. Imported where the models are used: numpy is part of their extra."""

import numpy as np
from PIL import Image

from ingest.document import Block, Document, PrintedNumber
from ingest.readers.image.pages import page
from ingest.readers.pdf.scan.page import DPI, MOST_PIXELS, read_picture


def recognised(image: Image.Image, frames: list[int]) -> Document:
    """The document of these frames, each drawn at DPI."""
    blocks: list[Block] = []
    numbers: list[PrintedNumber] = []
    for number, frame in enumerate(frames, start=1):
        seen, dpi = page(image, frame)
        drawn, dpi = as_drawn(seen, dpi)
        found = read_picture(np.asarray(drawn), number, dpi)
        blocks += found.blocks
        numbers += found.numbers
    pages = frozenset((1, number) for number in range(1, len(frames) + 1))
    return Document("image", tuple(blocks), len(frames), numbers=tuple(numbers), recognised=pages)


def as_drawn(seen: Image.Image, dpi: float) -> tuple[Image.Image, float]:
    """A picture with as many pixels as a page of a PDF is drawn with, and its dots per inch."""
    scale = min(DPI / dpi, (MOST_PIXELS / (seen.width * seen.height)) ** 0.5)
    if 0.9 < scale < 1.1:
        return seen, dpi
    size = (max(1, round(seen.width * scale)), max(1, round(seen.height * scale)))
    return seen.resize(size, Image.Resampling.LANCZOS), dpi * scale

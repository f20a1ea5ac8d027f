"""PNG, JPEG and TIFF → Document: every page is recognised, as a page of a PDF that is a picture."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from ingest import errors
from ingest.document import Block, Document, PrintedNumber
from ingest.readers.image.pages import opened, page, pages_of
from ingest.readers.pdf.scan.models import is_installed


def read_image(path: Path, data: bytes, max_pages: int) -> Document:
    """Raises Damaged, TooManyPages, TooManyPixels, and Scanned where pictures are not read here."""
    with opened(path, data) as image:
        frames = pages_of(image, path, max_pages)
        if not is_installed():
            raise errors.Scanned(path.name, scanned=len(frames), pages=len(frames))
        return _recognised(image, frames)


def _recognised(image: Image.Image, frames: Sequence[int]) -> Document:
    from ingest.readers.pdf.scan.sheets import read_sheet  # what it imports takes half a second and 200 MB

    blocks: list[Block] = []
    numbers: list[PrintedNumber] = []
    for number, frame in enumerate(frames, start=1):
        seen, dpi = page(image, frame)
        found = read_sheet(seen, number, dpi)
        blocks += found.blocks
        numbers += found.numbers
    pages = frozenset((1, number) for number in range(1, len(frames) + 1))
    return Document("image", tuple(blocks), len(frames), numbers=tuple(numbers), recognised=pages)

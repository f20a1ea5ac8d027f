"""PNG, JPEG and TIFF → Document: every page is recognised, as a page of a PDF that is a picture."""

from functools import partial
from pathlib import Path

from PIL import Image

from ingest import errors
from ingest.document import Document
from ingest.readers.image.pages import opened, page, pages_of
from ingest.readers.pdf.scan.pictures import PageRead, page_of_picture


def read_image(path: Path, data: bytes, max_pages: int) -> Document:
    """Raises Damaged, TooManyPages, TooManyPixels, and Scanned where pictures are not read here."""
    with opened(path, data) as image:
        frames = pages_of(image, path, max_pages)
        read = {
            number: page_of_picture(data, number, partial(_recognised, image, frame, number))
            for number, frame in enumerate(frames, start=1)
        }
    found = {number: one for number, one in read.items() if one}
    if not found:
        raise errors.Scanned(path.name, scanned=len(frames), pages=len(frames))
    return Document(
        "image",
        tuple(block for one in found.values() for block in one.blocks),
        len(frames),
        notes=tuple(f"第{number}页只有图像,未读(需要OCR)" for number in read if number not in found),
        numbers=tuple(number for one in found.values() for number in one.numbers),
        recognised={(1, number): one.laid for number, one in found.items()},
        unread=frozenset((1, number) for number in read if number not in found),
    )


def _recognised(image: Image.Image, frame: int, number: int) -> PageRead:
    from ingest.readers.pdf.scan.sheets import read_sheet  # what it imports takes half a second and 200 MB

    seen, dpi = page(image, frame)
    return read_sheet(seen, number, dpi)

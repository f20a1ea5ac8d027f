"""What is seen on a page and is not its text: large images, such as a scan that is bound in, and annotations."""

from collections.abc import Iterator

import pypdfium2 as pdfium

from ingest.readers.pdf.objects import annotated, images_on
from ingest.readers.pdf.page_objects import PageObjects
from ingest.readers.pdf.pdfium import switch_object
from warehouse.records.places import Box

LARGEST_LEFT = 0.06  # of a page: as much as a seal and a logo cover together


def without_large_images(page: pdfium.PdfPage, objects: PageObjects) -> list[Box]:
    """Switches off the images of a page that together cover more than LARGEST_LEFT of it: the page is then drawn
    without them. Returns their boxes."""
    images = [(handle, part) for handle, box in images_on(page, objects.turn) if (part := _on_page(box, objects))]
    if not _is_large(sum(map(_size, (box for _, box in images))), objects):
        return []
    for handle, _ in images:
        switch_object(handle, False)
    return [box for _, box in images]


def texts_beside(page: pdfium.PdfPage, objects: PageObjects) -> Iterator[Box]:
    """The boxes of form fields and annotations that may show a text."""
    for one, box in annotated(page, objects):
        if one.covers and (one.text or _is_large(_size(box), objects)):
            yield box


def _is_large(size: float, objects: PageObjects) -> bool:
    return size > LARGEST_LEFT * objects.width * objects.height


def _on_page(box: Box, objects: PageObjects) -> Box | None:
    x0, top, x1, bottom = box
    part = Box(max(0.0, x0), max(0.0, top), min(objects.width, x1), min(objects.height, bottom))
    return part if part.x0 < part.x1 and part.top < part.bottom else None


def _size(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)

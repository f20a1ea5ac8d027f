"""PNG, JPEG and TIFF → Document: every page is recognised, as a page of a PDF that is a picture."""

from pathlib import Path

from ingest import errors
from ingest.document import Document
from ingest.readers.image.pages import opened, pages_of
from ingest.readers.pdf.scan.models import is_installed


def read_image(path: Path, data: bytes, max_pages: int) -> Document:
    """Raises Damaged, TooManyPages, TooManyPixels, and Scanned where pictures are not read here."""
    with opened(path, data) as image:
        pages = pages_of(image, path, max_pages)
        if not is_installed():
            raise errors.Scanned(path.name, scanned=len(pages), pages=len(pages))
        from ingest.readers.image.recognise import recognised

        return recognised(image, pages)

"""PNG, JPEG and TIFF as a format of the registry; the reader is imported where one is read or cut."""

from contextlib import AbstractContextManager
from pathlib import Path

from ingest.document import Document
from ingest.readers.crops import Cutter
from ingest.readers.formats import Format
from warehouse.base.messages import N_

_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


def _read(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.image.read import read_image

    return read_image(path, data, max_pages)


def _pictures(path: Path) -> AbstractContextManager[Cutter]:
    from ingest.readers.image.crops import pictures

    return pictures(path)


IMAGE = Format(
    name="image",
    label=N_("picture (PNG/JPEG/TIFF)"),
    suffixes=(".png", ".jpg", ".jpeg", ".tif", ".tiff"),
    media_types=("image/png", "image/jpeg", "image/tiff"),
    is_begun_by=lambda head: head.startswith(_BEGINNINGS),
    read=_read,
    package=__package__,
    crops=_pictures,
    is_image=True,
)

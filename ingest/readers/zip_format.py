"""ZIP archives as a format of the registry. Who gets one opens it: `ingest.readers.zip_archive`."""

from contextlib import AbstractContextManager
from pathlib import Path

from ingest import errors
from ingest.document import Document
from ingest.readers.crops import Cutter
from ingest.readers.formats import IN_DIRECTORY, ZIP, Format
from warehouse.base.messages import N_


def _read(path: Path, data: bytes, max_pages: int) -> Document:
    raise errors.AnArchive(path.name)


def _crops(path: Path) -> AbstractContextManager[Cutter]:
    raise errors.AnArchive(path.name)


ZIP_ARCHIVE = Format(
    name="zip",
    label=N_("ZIP archive"),
    suffixes=(".zip",),
    media_types=("application/zip", "application/x-zip-compressed"),
    is_begun_by=lambda head: head.startswith(ZIP),
    part=IN_DIRECTORY,
    # Office files of all makers name what their parts are; a signature or an OpenDocument file begins with its type.
    unless=(b"[Content_Types].xml", b"META-INF/manifest.xml", b"OFD.xml", b"content.xml"),
    read=_read,
    crops=_crops,
    is_archive=True,
)

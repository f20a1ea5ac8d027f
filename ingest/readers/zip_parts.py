"""The parts of an Office file, which is a ZIP archive. How large they are is checked before any is unpacked."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree
from lxml.etree import _Element

from ingest import errors

MOST_PARTS = 10_000
LARGEST_MB = 256  # of all parts unpacked; the largest workbook of a disclosure seen has 4
_MEGABYTE = 1 << 20
_WITH_PASSWORD = 0x1  # bit of a part's flags


@contextmanager
def opened_parts(data: bytes, file: str, label: str) -> Iterator[ZipFile]:
    """The archive. Raises Damaged, Encrypted and TooLargeUnpacked, also for what is found while its parts are read."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            _require_small(archive, file, label)
            yield archive
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, etree.XMLSyntaxError) as error:
        raise errors.Damaged(file, label=label, cause=error) from error


def _require_small(archive: ZipFile, file: str, label: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & _WITH_PASSWORD for part in parts):
        raise errors.Encrypted(file, label=label)
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > LARGEST_MB * _MEGABYTE:
        raise errors.TooLargeUnpacked(file, label=label, parts=len(parts), size=size // _MEGABYTE, limit=LARGEST_MB)


def xml_of(archive: ZipFile, name: str) -> _Element:
    """The root of a part. An entity is never replaced, and no file or address is opened."""
    root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadZipFile(f"{name} declares a document type, which no Office program writes")
    return root

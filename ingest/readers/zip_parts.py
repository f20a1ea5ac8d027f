"""The parts of an Office file, which is a ZIP archive. How large they are is checked before any is unpacked."""

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml import etree
from lxml.etree import _Element

from ingest import errors
from warehouse.base.messages import _

MOST_PARTS = 10_000
LARGEST_MB = 256  # of all parts unpacked; the largest workbook of a disclosure seen has 4
_DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, etree.XMLSyntaxError)
_MEGABYTE = 1 << 20
_WITH_PASSWORD = 0x1  # bit of a part's flags
# Names of the form that Word and Excel call Strict Open XML: its elements are those of the usual form.
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(re.escape(_STRICT) + rb"(\w+)/(\w+)")
_USUAL_NAME = rb"http://schemas.openxmlformats.org/\1/2006/\2"


@contextmanager
def opened_parts(data: bytes, file: str, label: str) -> Iterator[ZipFile]:
    """The archive. Raises Damaged, Encrypted and TooLargeUnpacked, also for what is found while its parts are read."""
    try:
        with _archive(data) as archive:
            _require_small(archive, file, label)
            try:
                yield archive
            except _DAMAGED as error:
                raise BadZipFile(_with_part(archive, error)) from error
    except _DAMAGED as error:
        raise errors.Damaged(file, label=label, cause=error) from error


def _archive(data: bytes) -> ZipFile:
    try:
        return ZipFile(BytesIO(data))
    except (ValueError, OSError, struct.error) as error:
        raise BadZipFile(_("the list of its parts: {error}").format(error=error)) from error


def _with_part(archive: ZipFile, error: Exception) -> str:
    """The error behind the name of the first part that cannot be unpacked or is no XML, unless it names one."""
    names = archive.namelist()
    if any(name in str(error) for name in names):
        return str(error)
    broken = next((name for name in names if not _is_sound(archive, name)), None)
    return f"{broken}: {error}" if broken else str(error)


def _is_sound(archive: ZipFile, name: str) -> bool:
    try:
        data = part_of(archive, name)
        return not name.endswith((".xml", ".rels")) or etree.fromstring(data, _parser()) is not None
    except _DAMAGED:
        return False


def _require_small(archive: ZipFile, file: str, label: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & _WITH_PASSWORD for part in parts):
        raise errors.Encrypted(file, label=label)
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or size > LARGEST_MB * _MEGABYTE:
        most = _("{most_parts} parts or {largest_mb} MB").format(most_parts=MOST_PARTS, largest_mb=LARGEST_MB)
        raise errors.TooLargeUnpacked(file, label=label, parts=len(parts), size=size // _MEGABYTE, limit=most)


def part_of(archive: ZipFile, name: str) -> bytes:
    """The bytes of a part, under the usual names. Raises BadZipFile, zlib.error, EOFError, NotImplementedError and
    KeyError."""
    try:
        data = archive.read(name)
    except (ValueError, OSError, struct.error) as error:
        raise BadZipFile(f"{name}: {error}") from error
    return _STRICT_NAME.sub(_USUAL_NAME, data) if _STRICT in data else data


def under_usual_names(archive: ZipFile, main: str, data: bytes) -> bytes:
    """The archive for a library that knows the usual names only: `data` itself, if its part `main` has them."""
    if _STRICT not in archive.read(main):
        return data
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as usual:
        for name in archive.namelist():
            usual.writestr(name, part_of(archive, name))
    return made.getvalue()


def xml_of(archive: ZipFile, name: str) -> _Element:
    """The root of a part. An entity is never replaced, and no file or address is opened."""
    root = etree.fromstring(part_of(archive, name), _parser())
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadZipFile(_("{name} declares a document type, which no Office program writes").format(name=name))
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)

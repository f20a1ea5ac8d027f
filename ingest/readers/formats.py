"""What is known of a file format: how to recognise, read, crop and name it. The list is in `ingest.readers`."""

import importlib
import os
import pkgutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ingest.document import Document
from ingest.readers import ole
from ingest.readers.crops import Cutter
from warehouse.base.messages import N_, _

HEAD = 4096  # bytes at the beginning of a file that say what it is
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # the first bytes of a container of parts
_END_OF_DIRECTORY, IN_DIRECTORY = b"PK\x05\x06", b"PK\x01\x02"  # behind the list of the parts; before each of them
RTF_BEGINS = b"{\\rtf"
_DIRECTORY = 1 << 20  # bytes at the end of a ZIP archive, where it lists its parts
UNFINISHED = (".", "~$", "._")  # prefixes of hidden, temporary and lock files, which are left out
MAX_PAGES = 2000  # the longest disclosures seen run to some 300 pages


class Ends(NamedTuple):
    """What of a file decides its format: its first HEAD bytes and, of a container, the bytes that list its parts."""

    head: bytes
    listing: bytes = b""


def ends_of(data: bytes) -> Ends:
    """Of a whole file."""
    if data.startswith(ZIP):
        return Ends(data[:HEAD], _directory(data[-_DIRECTORY:]))
    return Ends(data[:HEAD], ole.listing(data) if data.startswith(OLE) else b"")


def ends_in(file: BinaryIO) -> Ends:
    """The same of an open file, of which no more is read than is needed."""
    head = file.read(HEAD)
    if head.startswith(ZIP):
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _DIRECTORY))
        return Ends(head, _directory(file.read()))
    if head.startswith(OLE):
        file.seek(0)
        return ends_of(file.read())
    return Ends(head)


def _directory(end: bytes) -> bytes:
    """The list of the parts at the end of a ZIP archive; all of the end where no list is found. A part before it may
    be an archive with a list of its own."""
    at = end.rfind(_END_OF_DIRECTORY)
    if at < 0:
        return end
    return end[max(0, at - int.from_bytes(end[at + 12 : at + 16], "little")) : at]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. The content of a file decides its format, the suffix does not.

    `is_begun_by` takes the first HEAD bytes of a file; `part` is what a container of this format lists among its parts.
    `package` holds modules that are imported only once a file of this format is read. `is_page`: fetching takes such a
    file for the page that leads to documents, not for a document. `is_image`: it is a picture, and a link to it does
    not name a document. `is_archive`: what is in it is read. `unless` are parts of containers that are begun alike and
    are of another format.
    `read` takes the path, the bytes and the largest number of pages to read; it raises an IngestError.
    `crops` opens a file and cuts out the places that figures were read from.
    `office_filter` is LibreOffice's name for a format of which it makes a .docx before a confined process reads it.
    `memory_times` and `seconds_times` multiply the limits that hold for reading a PDF.
    """

    name: str  # as in mart.disclosure.format
    label: str  # used in messages
    suffixes: tuple[str, ...]  # an archived file without a suffix gets the first
    media_types: tuple[str, ...]  # the first is recorded for a file of this format
    is_begun_by: Callable[[bytes], bool]
    read: Callable[[Path, bytes, int], Document]
    crops: Callable[[Path], AbstractContextManager[Cutter]]
    part: bytes = b""
    package: str = ""
    unless: tuple[bytes, ...] = ()
    is_page: bool = False
    is_image: bool = False
    is_archive: bool = False
    office_filter: str = ""
    memory_times: float = 1
    seconds_times: float = 1

    def is_told_by(self, ends: Ends) -> bool:
        is_another = any(part in ends.listing for part in self.unless)
        return self.is_begun_by(ends.head) and self.part in ends.listing and not is_another

    def load(self) -> None:
        """Imports the modules that read this format, for a process that may open no file later."""
        if self.package:
            for module in pkgutil.iter_modules(importlib.import_module(self.package).__path__, f"{self.package}."):
                importlib.import_module(module.name)


class NoFormat(ValueError):
    """The bytes have none of the known formats; the message says what they look like."""


def told(ends: Ends, formats: Sequence[Format]) -> Format:
    """The format of a file with these ends: the first that recognises it. Raises NoFormat saying what it looks like."""
    found = next((one for one in formats if one.is_told_by(ends)), None)
    if found is None:
        raise NoFormat(contents(ends))
    return found


def labels_of(formats: Sequence[Format]) -> str:
    """As messages say them: PDF, text."""
    return ", ".join(one.label for one in formats)


# Formats that are named in the message of a refusal where no reader of `ingest.readers` takes them.
_OTHERS = {
    ZIP: N_("a ZIP archive or Office file"),
    OLE: N_("an old Office file"),
    b"GIF8": N_("a GIF image"),
    b"\x1f\x8b": N_("a gzip archive"),
    b"Rar!": N_("a RAR archive"),
    b"7z\xbc\xaf": "a 7z archive",
}
WEB_PAGE = N_("a web page")
_WEB_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--", b"<?xml")


_CONTAINERS = (
    (ZIP, b"OFD.xml", N_("an OFD document")),
    (ZIP, b"ppt/presentation.xml", N_("a presentation")),
    (ZIP, b"content.xml", N_("an OpenDocument file")),
    (ZIP, b"xl/workbook.bin", N_("a binary Excel workbook; Excel or WPS saves it as .xlsx")),
    (OLE, "\0Book".encode("utf-16-le"), N_("an Excel 5 workbook; Excel or WPS saves it as .xlsx")),
    (OLE, "PowerPoint Document".encode("utf-16-le"), N_("a presentation")),
    (OLE, "EncryptedPackage".encode("utf-16-le"), N_("an Office file that needs a password")),
)


def contents(ends: Ends) -> str:
    """What a file of no known format looks like, by its first bytes and by the parts that it lists."""
    known = (name for magic, part, name in _CONTAINERS if ends.head.startswith(magic) and part in ends.listing)
    if name := next(known, None):
        return name
    if ends.head.startswith(ZIP) and IN_DIRECTORY not in ends.listing:
        return _("a ZIP archive or Office file that lost its end, which lists its parts")
    return looks_like(ends.head) or _("binary data")


def looks_like(head: bytes) -> str | None:
    """The name of the unsupported format that these bytes begin; None where it is not known."""
    is_wide = head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<"))
    text = head.decode("utf-16", "ignore").encode() if is_wide else head.removeprefix(b"\xef\xbb\xbf")
    bare = text.lstrip()[:100].lower()
    if bare.startswith(_WEB_PAGES):
        return WEB_PAGE
    if known := next((name for magic, name in _OTHERS.items() if head.startswith(magic)), None):
        return known
    return _("binary data") if b"\x00" in head else None

"""What is known of a file format: how to recognise, read, crop and name it. The list is in `ingest.readers`."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Document
from ingest.readers.crops import Cutter

HEAD = 4096  # bytes of a file that decide its format
MAX_PAGES = 2000  # the longest disclosures seen run to some 300 pages


@dataclass(frozen=True, slots=True)
class Format:
    """One format. The content of a file decides its format, the suffix does not.

    `read` takes the path, the bytes and the largest number of pages to read; it raises an IngestError.
    `crops` opens a file and cuts out the places that figures were read from.
    `memory_times` and `seconds_times` multiply the limits that hold for reading a PDF.
    """

    name: str  # as in mart.disclosure.format
    label: str  # used in messages
    suffixes: tuple[str, ...]  # an archived file without a suffix gets the first
    media_types: tuple[str, ...]  # the first is recorded for a file of this format
    is_begun_by: Callable[[bytes], bool]  # takes the first HEAD bytes of a file
    read: Callable[[Path, bytes, int], Document]
    crops: Callable[[Path], AbstractContextManager[Cutter]]
    memory_times: float = 1
    seconds_times: float = 1


class NoFormat(ValueError):
    """The bytes have none of the known formats; the message says what they look like."""


# Formats that are named in the message of a refusal where no reader of `ingest.readers` takes them.
_OTHERS = {
    b"PK\x03\x04": "a ZIP archive or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
}
WEB_PAGE = "a web page"
_WEB_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--", b"<?xml")


def looks_like(head: bytes) -> str | None:
    """The name of the unsupported format that these bytes begin; None where it is not known."""
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:100].lower()
    if bare.startswith(_WEB_PAGES):
        return WEB_PAGE
    if known := next((name for magic, name in _OTHERS.items() if head.startswith(magic)), None):
        return known
    return "binary data" if b"\x00" in head else None

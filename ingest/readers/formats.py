"""What is known of a format of files: how it is told, read, shown and named. The registry is `ingest.readers`."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Document
from ingest.readers.crops import Cutter

HEAD = 4096  # bytes of a file by which its format is told


@dataclass(frozen=True, slots=True)
class Format:
    """One format. Content decides which one a file has, never its suffix.

    `read` gets the path, the bytes and the most pages that are read; it raises an IngestError.
    `crops` opens a file to cut out of it the places that figures were read from.
    `memory_times` and `seconds_times` are how much more than a PDF it may take to read one file.
    """

    name: str  # as in mart.disclosure.format
    label: str  # in messages
    suffixes: tuple[str, ...]  # the first is given to an archived file whose name has none
    media_types: tuple[str, ...]  # the first is written down for a file of this format
    is_begun_by: Callable[[bytes], bool]  # the first HEAD bytes of a file
    read: Callable[[Path, bytes, int], Document]
    crops: Callable[[Path], AbstractContextManager[Cutter]]
    memory_times: float = 1
    seconds_times: float = 1


class NoFormat(ValueError):
    """What the bytes look like, where they are in no format that is read."""


# What is named to whoever sends it, though it is not read.
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
    """What a file is that no format takes; None where nothing tells."""
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:100].lower()
    if bare.startswith(_WEB_PAGES):
        return WEB_PAGE
    if known := next((name for magic, name in _OTHERS.items() if head.startswith(magic)), None):
        return known
    return "binary data" if b"\x00" in head else None

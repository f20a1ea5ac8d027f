"""A reader turns a file into a `Document`. Content decides which one, never the suffix."""

from pathlib import Path

from ingest import errors
from ingest.document import Document
from ingest.readers.gc_paused import collector_paused
from ingest.readers.pdf.read import MAX_PAGES, read_pdf
from ingest.readers.plain_text.read import read_text

_KNOWN_BINARIES = {
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
_PDF_HEADER_WITHIN = 1024  # bytes; ISO 32000 lets rubbish stand before %PDF-


def read(path: Path, max_pages: int = MAX_PAGES) -> Document:
    """Read a file. Raises an IngestError that names file, page and reason."""
    data = read_bytes(path)
    with collector_paused():
        return _read(path, data, max_pages)


def _read(path: Path, data: bytes, max_pages: int) -> Document:
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return read_pdf(path, max_pages)
    for magic, looks_like in _KNOWN_BINARIES.items():
        if data.startswith(magic):
            raise errors.UnknownFormat(path.name, looks_like=looks_like)
    if data[:1024].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise errors.UnknownFormat(path.name, looks_like="an HTML page")
    if b"\x00" in data[:4096]:
        raise errors.UnknownFormat(path.name, looks_like="binary data")
    return read_text(path, data)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises NotAFile, EmptyFile or MachineError."""
    if path.is_dir():
        raise errors.NotAFile(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise errors.MachineError(path.name, cause=error.strerror or str(error)) from error
    if not data:
        raise errors.EmptyFile(path.name)
    return data

"""A reader turns a file into a `Document`. A format is one module here and one entry in FORMATS.

The first bytes of a file decide: the first entry of FORMATS that recognises them reads the file.
"""

from pathlib import Path

from ingest import errors
from ingest.document import Document
from ingest.readers.formats import HEAD, MAX_PAGES, Format, NoFormat, looks_like
from ingest.readers.gc_paused import garbage_collection_paused
from ingest.readers.pdf.format import PDF
from ingest.readers.plain_text.format import TEXT

FORMATS: tuple[Format, ...] = (PDF, TEXT)


def format_of(head: bytes) -> Format:
    """The format of a file that begins with these bytes. Raises NoFormat saying what it looks like."""
    found = next((one for one in FORMATS if one.is_begun_by(head[:HEAD])), None)
    if found is None:
        raise NoFormat(looks_like(head) or "binary data")
    return found


def format_named(name: str) -> Format:
    """Raises KeyError."""
    return {one.name: one for one in FORMATS}[name]


def labels() -> str:
    """The labels of all formats, joined for the message of UnknownFormat: PDF nor text."""
    return " nor ".join(one.label for one in FORMATS)


def suffixes() -> tuple[str, ...]:
    return tuple(suffix for one in FORMATS for suffix in one.suffixes)


def read(path: Path, max_pages: int = MAX_PAGES) -> Document:
    """Read a file. Raises an IngestError that names file, page and reason."""
    data = read_bytes(path)
    try:
        reader = format_of(data)
    except NoFormat as other:
        raise errors.UnknownFormat(path.name, known=labels(), looks_like=other) from None
    with garbage_collection_paused():
        return reader.read(path, data, max_pages)


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

"""A reader turns a file into a `Document`. A format is one module here and one entry in FORMATS.

The content of a file decides: the first entry of FORMATS that recognises it reads the file.
"""

from contextlib import AbstractContextManager
from pathlib import Path

from ingest import errors
from ingest.document import Document
from ingest.readers.crops import Cutter
from ingest.readers.formats import MAX_PAGES, Ends, Format, NoFormat, ends_in, ends_of, labels_of, told
from ingest.readers.gc_paused import garbage_collection_paused
from ingest.readers.image.format import IMAGE
from ingest.readers.pdf.format import PDF
from ingest.readers.plain_text.format import TEXT
from ingest.readers.web_page.format import HTML
from ingest.readers.word.format import DOC, DOCX, RTF
from ingest.readers.workbook.format import XLS, XLSX
from ingest.readers.zip_archive import why_unread
from ingest.readers.zip_format import ZIP_ARCHIVE

FORMATS: tuple[Format, ...] = (PDF, XLSX, XLS, DOCX, DOC, RTF, ZIP_ARCHIVE, IMAGE, HTML, TEXT)


def format_of(ends: Ends) -> Format:
    """The format of a file with these ends. Raises NoFormat saying what it looks like."""
    return told(ends, FORMATS)


def format_named(name: str) -> Format:
    """Raises KeyError."""
    return {one.name: one for one in FORMATS}[name]


def labels() -> str:
    """The labels of all formats, as messages say them: PDF, text."""
    return labels_of(FORMATS)


def suffixes(with_pages: bool = True) -> tuple[str, ...]:
    """The ends of the names of documents, with or without those of web pages and of their pictures."""
    return tuple(
        suffix for one in FORMATS if with_pages or not (one.is_page or one.is_image) for suffix in one.suffixes
    )


def format_at(path: Path) -> Format | None:
    """None of a file that cannot be opened or has no known format: that is reported by whoever reads it.

    Only a regular file is opened, because opening a pipe without a writer blocks.
    """
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return format_of(ends_in(file))
    except (OSError, NoFormat):
        return None


def is_archive(path: Path) -> bool:
    """Whether a file is one that holds documents."""
    found = format_at(path)
    return found is not None and found.is_archive


def is_page(path: Path) -> bool:
    """Whether a file is one that may link to documents."""
    found = format_at(path)
    return found is not None and found.is_page


def read(path: Path, max_pages: int = MAX_PAGES) -> Document:
    """Read a file. Raises an IngestError that names file, page and reason."""
    data = read_bytes(path)
    reader = _reader(path, data)
    if reader.is_archive:
        raise why_unread(path, FORMATS)
    with garbage_collection_paused():
        return reader.read(path, data, max_pages)


def crops(path: Path) -> AbstractContextManager[Cutter]:
    """Opens a file to cut crops out of it. Raises an IngestError that names the file and the reason."""
    return _reader(path, read_bytes(path)).crops(path)


def _reader(path: Path, data: bytes) -> Format:
    try:
        return format_of(ends_of(data))
    except NoFormat as other:
        raise errors.UnknownFormat(path.name, known=labels(), looks_like=other) from None


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

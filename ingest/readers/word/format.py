"""Word files as a format of the registry; the reader is imported where one is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.document import Document
from ingest.readers.excerpts import Excerpts
from ingest.readers.formats import ZIP, Format


def _read_docx(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.word.docx import read_docx

    return read_docx(path.name, data)


@contextmanager
def _rows(path: Path) -> Iterator[Excerpts]:
    yield Excerpts(_read_docx(path, path.read_bytes(), 0))


DOCX = Format(
    name="docx",
    label="Word file",
    suffixes=(".docx",),
    media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    is_begun_by=lambda head: head.startswith(ZIP),
    part=b"word/document.xml",
    read=_read_docx,
    package=__package__,
    crops=_rows,
)

"""PDF as a format of the registry.

The reader is imported where a PDF is read or cut: who only asks for the format of a file does not wait for PDFium.
"""

from contextlib import AbstractContextManager
from pathlib import Path

from ingest.document import Document
from ingest.readers.crops import Cutter
from ingest.readers.formats import Format

_HEADER_WITHIN = 1024  # bytes; ISO 32000 allows other bytes before %PDF-


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:_HEADER_WITHIN]


def _read(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.pdf.read import read_pdf

    return read_pdf(path, data, max_pages)


def _pictures(path: Path) -> AbstractContextManager[Cutter]:
    from ingest.readers.pdf.crops import pictures

    return pictures(path)


PDF = Format(
    name="pdf",
    label="PDF",
    suffixes=(".pdf",),
    media_types=("application/pdf",),
    is_begun_by=_is_pdf,
    read=_read,
    crops=_pictures,
)

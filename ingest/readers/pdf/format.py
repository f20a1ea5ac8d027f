"""PDF as a format of the registry."""

from ingest.readers.formats import Format
from ingest.readers.pdf.crops import pictures
from ingest.readers.pdf.read import read_pdf

_HEADER_WITHIN = 1024  # bytes; ISO 32000 allows other bytes before %PDF-


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:_HEADER_WITHIN]


PDF = Format(
    name="pdf",
    label="PDF",
    suffixes=(".pdf",),
    media_types=("application/pdf",),
    is_begun_by=_is_pdf,
    read=read_pdf,
    crops=pictures,
)

"""Plain text as a format of the registry: bytes without binary data that no other format recognises."""

from ingest.readers.formats import Format, looks_like
from ingest.readers.plain_text.crops import excerpts
from ingest.readers.plain_text.read import read_text

TEXT = Format(
    name="text",
    label="text",
    suffixes=(".txt", ".md"),
    media_types=("text/plain",),
    is_begun_by=lambda head: looks_like(head) is None,
    read=lambda path, data, max_pages: read_text(path, data),
    crops=excerpts,
)

"""Plain text as a format of the registry: bytes without binary data that no other format recognises.

As for PDF, the reader is imported where a text is read or cut.
"""

from contextlib import AbstractContextManager
from pathlib import Path

from ingest.document import Document
from ingest.readers.crops import Cutter
from ingest.readers.formats import Format, looks_like
from warehouse.base.messages import N_


def _read(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.plain_text.read import read_text

    return read_text(path, data)


def _excerpts(path: Path) -> AbstractContextManager[Cutter]:
    from ingest.readers.plain_text.crops import excerpts

    return excerpts(path)


def _is_text(head: bytes) -> bool:
    from ingest.readers.plain_text.encoding import utf_16_of

    return looks_like(head) is None or utf_16_of(head) is not None


TEXT = Format(
    name="text",
    label=N_("text"),
    suffixes=(".txt", ".md"),
    media_types=("text/plain",),
    is_begun_by=_is_text,
    read=_read,
    crops=_excerpts,
)

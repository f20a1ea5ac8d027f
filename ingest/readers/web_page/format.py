"""Web pages as a format of the registry; the reader is imported where one is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.document import Document
from ingest.readers.excerpts import Excerpts
from ingest.readers.formats import WEB_PAGE, Format, looks_like


def _read(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.web_page.read import read_page

    return read_page(path, data)


@contextmanager
def _rows(path: Path) -> Iterator[Excerpts]:
    yield Excerpts(_read(path, path.read_bytes(), 0))


HTML = Format(
    name="html",
    label="web page",
    suffixes=(".html", ".htm"),
    media_types=("text/html", "application/xhtml+xml"),
    is_begun_by=lambda head: looks_like(head) == WEB_PAGE,
    read=_read,
    package=__package__,
    is_page=True,
    crops=_rows,
)

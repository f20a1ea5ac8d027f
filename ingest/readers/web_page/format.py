"""Web pages as a format of the registry; the reader is imported where one is read."""

from pathlib import Path

from ingest.document import Document
from ingest.readers.excerpts import excerpts_of
from ingest.readers.formats import WEB_PAGE, Format, looks_like
from warehouse.base.messages import N_


def _read(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.web_page.read import read_page

    return read_page(path, data)


HTML = Format(
    name="html",
    label=N_("web page"),
    suffixes=(".html", ".htm"),
    media_types=("text/html", "application/xhtml+xml"),
    is_begun_by=lambda head: looks_like(head) == WEB_PAGE,
    read=_read,
    package=__package__,
    is_page=True,
    crops=excerpts_of(_read),
)

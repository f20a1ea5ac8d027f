"""Workbooks as formats of the registry; the readers are imported where a workbook is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.document import Document
from ingest.readers.excerpts import Excerpts
from ingest.readers.formats import OLE, ZIP, Format


def _read_xlsx(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.workbook.xlsx import read_xlsx

    return read_xlsx(path.name, data)


def _read_xls(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.workbook.xls import read_xls

    return read_xls(path.name, data)


@contextmanager
def _rows_of_xlsx(path: Path) -> Iterator[Excerpts]:
    yield Excerpts(_read_xlsx(path, path.read_bytes(), 0))


@contextmanager
def _rows_of_xls(path: Path) -> Iterator[Excerpts]:
    yield Excerpts(_read_xls(path, path.read_bytes(), 0))


XLSX = Format(
    name="xlsx",
    label="Excel workbook",
    suffixes=(".xlsx",),
    media_types=("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    is_begun_by=lambda head: head.startswith(ZIP),
    part=b"xl/workbook.xml",
    read=_read_xlsx,
    package=__package__,
    crops=_rows_of_xlsx,
)
XLS = Format(
    name="xls",
    label="Excel 97 workbook",
    suffixes=(".xls", ".et"),
    media_types=("application/vnd.ms-excel",),
    is_begun_by=lambda head: head.startswith(OLE),
    part="Workbook".encode("utf-16-le"),
    read=_read_xls,
    package=__package__,
    crops=_rows_of_xls,
)

"""Workbooks as formats of the registry; the readers are imported where a workbook is read."""

from pathlib import Path

from ingest.document import Document
from ingest.readers.excerpts import excerpts_of
from ingest.readers.formats import OLE, ZIP, Format
from ingest.readers.ole import WORKBOOK
from warehouse.base.messages import N_


def _read_xlsx(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.workbook.xlsx import read_xlsx

    return read_xlsx(path.name, data)


def _read_xls(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.workbook.xls import read_xls

    return read_xls(path.name, data)


XLSX = Format(
    name="xlsx",
    label=N_("Excel workbook"),
    suffixes=(".xlsx", ".xlsm"),
    media_types=("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    is_begun_by=lambda head: head.startswith(ZIP),
    part=b"xl/workbook.xml",
    read=_read_xlsx,
    package=__package__,
    crops=excerpts_of(_read_xlsx),
)
XLS = Format(
    name="xls",
    label=N_("Excel 97 workbook"),
    suffixes=(".xls", ".et"),
    media_types=("application/vnd.ms-excel",),
    is_begun_by=lambda head: head.startswith(OLE),
    part=WORKBOOK,
    read=_read_xls,
    package=__package__,
    crops=excerpts_of(_read_xls),
)

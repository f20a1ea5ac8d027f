"""Word files as formats of the registry; the reader is imported where one is read."""

from dataclasses import replace
from pathlib import Path

from ingest.document import Document
from ingest.readers.excerpts import excerpts_of
from ingest.readers.formats import OLE, RTF_BEGINS, ZIP, Format
from ingest.readers.office_program.conversions import conversions
from ingest.readers.ole import WORD
from warehouse.base.messages import N_


def _read_docx(path: Path, data: bytes, max_pages: int) -> Document:
    from ingest.readers.word.docx import read_docx

    return read_docx(path.name, data)


def _read_doc(path: Path, data: bytes, max_pages: int) -> Document:
    return _read_converted(path, data, DOC)


def _read_rtf(path: Path, data: bytes, max_pages: int) -> Document:
    return _read_converted(path, data, RTF)


def _read_converted(path: Path, data: bytes, one: Format) -> Document:
    """The .docx that LibreOffice makes of a file."""
    made = conversions.made_of(path.name, data, one)
    return replace(_read_docx(path, made, 0), format=one.name)


DOCX = Format(
    name="docx",
    label=N_("Word file"),
    suffixes=(".docx", ".docm"),
    media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    is_begun_by=lambda head: head.startswith(ZIP),
    part=b"word/document.xml",
    read=_read_docx,
    package=__package__,
    crops=excerpts_of(_read_docx),
)
DOC = Format(
    name="doc",
    label=N_("Word 97 file"),
    suffixes=(".doc", ".wps", ".dot"),
    media_types=("application/msword",),
    is_begun_by=lambda head: head.startswith(OLE),
    part=WORD,
    read=_read_doc,
    package=__package__,
    crops=excerpts_of(_read_doc),
    office_filter="MS Word 97",
)
RTF = Format(
    name="rtf",
    label=N_("RTF file"),
    suffixes=(".rtf",),
    media_types=("application/rtf", "text/rtf"),
    is_begun_by=lambda head: head.startswith(RTF_BEGINS),
    read=_read_rtf,
    package=__package__,
    crops=excerpts_of(_read_rtf),
    office_filter="Rich Text Format",
)

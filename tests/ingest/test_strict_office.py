"""Office files in the form that Word and Excel call Strict Open XML: the usual elements under other names."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.readers import read
from tests.variants.look import Look
from tests.variants.word import docx_of, zipped
from tests.variants.workbook import xlsx_of

USUAL_NAME = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(\w+)")
STRICT_NAME = rb"http://purl.oclc.org/ooxml/\1/\2"


def strict(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return zipped({name: USUAL_NAME.sub(STRICT_NAME, archive.read(name)).decode() for name in archive.namelist()})


def rows_of(path: Path):
    return [row for table in read(path).tables() for row in table.rows]


@pytest.mark.parametrize(("suffix", "made"), [("docx", docx_of), ("xlsx", xlsx_of)])
def test_a_strict_file_is_read_as_the_usual_one(suffix, made, tmp_path):
    usual, other = tmp_path / f"usual.{suffix}", tmp_path / f"strict.{suffix}"
    usual.write_bytes(made(Look()))
    other.write_bytes(strict(usual.read_bytes()))
    assert b"purl.oclc.org" in ZipFile(other).read("word/document.xml" if suffix == "docx" else "xl/workbook.xml")
    rows = rows_of(usual)
    assert rows and rows_of(other) == rows

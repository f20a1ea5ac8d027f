"""Two pages of a sample as a scan: what is read of them is what the digital pages say."""

import pypdfium2 as pdfium
import pytest

from ingest.pipeline import extract
from ingest.readers.pdf.scan import models
from ingest.readers.pdf.scan.models import TEXTS_AGAIN, is_installed, path_of
from tests.ingest.truth import SAMPLES
from warehouse.records.reading import Origin, Status

SAMPLE = SAMPLES / "shifan_gongxin_2024.pdf"
COVER, TABLES = 1, {"GK07": 15, "GK09": 16}  # pages
DPI = 150


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """The cover and two tables as pictures."""
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    pdf = pdfium.PdfDocument(SAMPLE)
    pages = (pdf[page - 1].render(scale=DPI / 72, grayscale=True) for page in (COVER, *TABLES.values()))
    first, *others = (page.to_pil() for page in pages)
    first.save(path, "PDF", save_all=True, append_images=others, resolution=DPI)
    return path


def amounts(extraction):
    return {(one.table_code, one.row_key, one.measure): one for one in extraction.amounts if one.table_code in TABLES}


def test_a_scan_says_what_the_digital_pages_say(scanned, monkeypatch):
    monkeypatch.setenv("JUESUAN_OCR", "")
    monkeypatch.setattr(models, "_is_used", True)
    if not (is_installed() and path_of(TEXTS_AGAIN)):
        pytest.skip("juesuan[ocr] or the second model is not installed")
    read, printed = amounts(extract(scanned)), amounts(extract(SAMPLE))
    assert {key: one.value for key, one in read.items()} == {key: one.value for key, one in printed.items()}
    assert {one.origin for one in read.values()} == {Origin.PICTURE}
    assert {one.status for one in read.values()} == {Status.CONFIRMED, Status.DOUBTFUL}
    other_than_zero = [one for one in read.values() if one.value]
    confirmed = [one for one in other_than_zero if one.status is Status.CONFIRMED]
    assert len(confirmed) >= 0.8 * len(other_than_zero)

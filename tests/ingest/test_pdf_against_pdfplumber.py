"""The cells of every table are the same as those that pdfplumber finds."""

import logging

import pdfplumber
import pytest

from tests.ingest.truth import CORPUS_PDFS, SAMPLE_PDFS, document_of, needs_corpus
from tests.long import first_short
from warehouse.kinds.characters import as_printed

# Pages of a sample in which the first row has no upper border: pdfplumber finds one row less.
OPEN_BORDERS = {("putuo_guihua_2024", page) for page in (6, 7, 9, 11, 12)}


@pytest.fixture(autouse=True)
def quiet_pdfminer():
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


@pytest.mark.parametrize("path", first_short(*SAMPLE_PDFS), ids=lambda path: path.stem)
def test_samples(path):
    compare(path)


@pytest.mark.long
@needs_corpus
@pytest.mark.parametrize("path", CORPUS_PDFS, ids=lambda path: path.stem)
def test_corpus(path):
    compare(path)


def compare(path):
    ours = tables_by_page(path)
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            theirs = [[list(map(plain, cells)) for cells in table] for table in page.extract_tables()]
            page.close()
            if (path.stem, number) in OPEN_BORDERS:
                assert_has_one_row_more(ours.get(number, []), theirs)
            else:
                assert ours.get(number, []) == theirs, f"page {number}"


def tables_by_page(path):
    pages = {}
    for table in document_of(path).tables():
        cells = [[plain(cell and cell.text) for cell in row.cells] for row in table.rows]
        pages.setdefault(table.page, []).append(cells)
    return pages


def plain(text):
    """The text with one form of the two-em dash; None (a merged cell) is not changed."""
    return None if text is None else "".join(as_printed(text).replace("⸺", "——").split())


def assert_has_one_row_more(ours, theirs):
    assert len(ours) == len(theirs)
    assert sum(map(len, ours)) == sum(map(len, theirs)) + 1
    for table, plain_table in zip(ours, theirs, strict=True):
        rows = iter(table)
        assert all(row in rows for row in plain_table)  # each row of pdfplumber, in the same order

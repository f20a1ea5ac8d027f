"""A table that may go on on a page that was not read: what does not agree in it is no error of the publisher."""

from dataclasses import replace

import pytest

from ingest.document import STRAIGHT, Document
from ingest.pipeline import understand, understand_document
from tests.ingest.truth import SAMPLES
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import CheckOutcome, Extraction, TableStatus

PATH = SAMPLES / "luolong_gongxin_2024.pdf"
LAST = (1, 7)  # file and page on which the table of income ends
TABLE = "GK02"


@pytest.fixture(scope="module")
def whole():
    return understand(PATH)


def read_without(whole, page: tuple[int, int], **how) -> Extraction:
    """What is read where nothing of a page is known."""
    document: Document = whole.document
    blocks = tuple(block for block in document.blocks if block.place.page_of_file != page)
    numbers = tuple(number for number in document.numbers if number.place.page_of_file != page)
    rest = replace(document, blocks=blocks, numbers=numbers, **how)
    return understand_document(rest, PATH, whole.extraction.source).extraction


def broken_in(extraction: Extraction) -> set[str]:
    broken = (one for one in extraction.checks if one.outcome is CheckOutcome.BROKEN)
    return {one.rule_id for one in broken if any(cell.startswith(TABLE) for cell in one.cells)}


def doubts_of(extraction: Extraction) -> list[str]:
    return [one.reason for one in extraction.doubts if one.what is DoubtKind.TABLE_INCOMPLETE and one.page == LAST[1]]


@pytest.mark.parametrize("how", [{"unread": frozenset({LAST})}, {"recognised": {LAST: STRAIGHT}}])
def test_what_a_picture_without_a_table_may_hold_leaves_sums_undetermined(whole, how):
    found = read_without(whole, LAST, **how)
    assert broken_in(found) == set()
    assert {one.status for one in found.tables if one.table_code == TABLE} == {TableStatus.PARTIAL}
    assert doubts_of(found) == ["表内数字不相符,而第7页为图像,其上的表格未能读出,本表可能续在该页"]


def test_without_a_picture_the_sides_differ(whole):
    found = read_without(whole, LAST)
    assert broken_in(found) and doubts_of(found) == []


def test_a_table_that_agrees_does_not_go_on_on_the_picture_after_it(whole):
    found = understand_document(replace(whole.document, unread=frozenset({(1, 8)})), PATH, whole.extraction.source)
    assert found.extraction == whole.extraction

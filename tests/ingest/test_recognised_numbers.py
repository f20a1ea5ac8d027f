"""Numbers of pictures: confirmed where two models read the same and a sum comes out exactly, else doubtful."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.document import STRAIGHT, Cell, Document, GridKind, RawRow, RawTable
from ingest.pipeline import understand_document
from tests.ingest.made_documents import COVER, amounts_of, text_document
from warehouse.kinds.characters import UNREAD
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import Amount, CheckOutcome, Extraction, Origin, Presence, Source, Status
from warehouse.workbook.cells import MARKED

INK = "■"  # stands for ink of which nothing could be read
SPENT = """支出决算表
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
\t合计\t{total}\t70.00\t30.00
205\t教育支出\t100.00\t70.00\t30.00
20502\t普通教育\t100.00\t70.00\t30.00
2050202\t小学教育\t{basic}\t70.00\t
2050203\t初中教育\t30.00\t\t30.00
"""


def scanned(text: str, again: Mapping[str, str] = {}, confidence: float = 0.99) -> Document:
    """The text as the first model read it on one page; `again` is what the second read otherwise."""
    made = text_document(COVER + text)
    blocks = tuple(
        RawTable(tuple(_row(row, again, confidence) for row in block.rows), GridKind.RECOGNISED)
        if isinstance(block, RawTable)
        else replace(block, place=Place(1))
        for block in made.blocks
    )
    return replace(made, blocks=blocks, numbers=(), recognised={(1, 1): STRAIGHT})


def _row(row: RawRow, again: Mapping[str, str], confidence: float) -> RawRow:
    cells = (
        cell and Cell(cell.text.replace(INK, UNREAD), confidence=confidence, read_again=again.get(cell.text, cell.text))
        for cell in row.cells
    )
    return RawRow(tuple(cells), Place(1))


def extracted(document: Document) -> Extraction:
    return understand_document(document, Path("scan.pdf"), Source("scan.pdf", "0" * 64, "pdf", 1, 1)).extraction


def spent(total: str = "100.00", basic: str = "70.00", **how) -> dict[tuple[str, str], Amount]:
    return amounts_of(extracted(scanned(SPENT.format(total=total, basic=basic), **how)), "GK03")


def test_a_sum_that_comes_out_exactly_confirms_its_members():
    read = spent()
    assert {one.status for one in read.values()} == {Status.CONFIRMED}
    assert {one.origin for one in read.values()} == {Origin.PICTURE}
    assert all("核对精确相符" in one.repair_reason for one in read.values())


def test_a_blank_of_a_sum_that_comes_out_is_blank():
    blank = spent()["2050202", "project"]
    assert (blank.presence, blank.value, blank.status) == (Presence.BLANK, None, Status.CONFIRMED)


@pytest.mark.parametrize(
    ("again", "status"),
    [
        ("1.234.00", Status.CONFIRMED),
        ("1，234.00", Status.CONFIRMED),
        ("1.23400", Status.DOUBTFUL),
        ("12.34.00", Status.DOUBTFUL),
        ("1,234:00", Status.CONFIRMED),
        ("1,234. 00.", Status.CONFIRMED),
        ("1,234,00", Status.DOUBTFUL),
        ("1,234:000", Status.DOUBTFUL),
    ],
)
def test_marks_may_be_read_in_two_ways_where_that_gives_no_other_number(again, status):
    text = SPENT.format(total="1,234.00", basic="1,204.00").replace("100.00", "1,234.00").replace("70.00", "1,204.00")
    read = amounts_of(extracted(scanned(text, again={"1,234.00": again})), "GK03")
    assert read["205", "total"].status is status


NOT_CONFIRMED = {
    "the second model reads it otherwise": {"again": {"100.00": "100.08"}},
    "nobody read it a second time": {"again": dict.fromkeys(("100.00", "70.00", "30.00"))},
    "the model is not sure": {"confidence": 0.7},
    "the code was read in two ways": {"again": {"205": "206", "20502": "20602", "2050202": "2060202", "合计": "合计"}},
}


@pytest.mark.parametrize("how", NOT_CONFIRMED.values(), ids=NOT_CONFIRMED)
def test_what_is_not_read_for_certain_is_doubtful(how):
    total = spent(**how)["205", "total"]
    assert (total.status, total.value) == (Status.DOUBTFUL, 1_000_000)
    assert total.repair_reason


@pytest.mark.parametrize(("confidence", "status"), [(0.95, Status.DOUBTFUL), (0.99, Status.CONFIRMED)])
def test_the_same_number_on_both_sides_proves_something_only_where_it_is_sharp(confidence, status):
    one = SPENT.partition("205\t")[0].format(total="100.00").replace("\t70.00\t30.00", "\t100.00\t0.00")
    document = scanned(one + "205\t教育支出\t100.00\t100.00\t0.00\n", confidence=confidence)
    assert amounts_of(extracted(document), "GK03")["205", "total"].status is status


def test_the_rounding_of_printed_numbers_confirms_nothing():
    read = spent(total="100.01")
    assert read["TOTAL", "total"].status is Status.DOUBTFUL
    assert read["205", "total"].status is Status.CONFIRMED


def test_what_could_not_be_read_is_not_blank_and_is_not_filled_in():
    read = extracted(scanned(SPENT.format(total=INK, basic="70.00")))
    total = amounts_of(read, "GK03")["TOTAL", "total"]
    assert (total.value, total.status, total.presence) == (None, Status.DOUBTFUL, Presence.NUMBER)
    assert DoubtKind.NUMBER_UNREADABLE in {doubt.what for doubt in read.doubts}


def test_a_damaged_number_of_a_picture_is_not_repaired():
    total = spent(total="1O0.00")["TOTAL", "total"]
    assert total.status is Status.DOUBTFUL


@pytest.mark.parametrize(("printed", "value"), [("1O0.00", 1_000_000), ("100.0050.00", None)])
def test_a_damaged_number_is_kept_where_it_can_be_read_in_one_way(printed, value):
    total = spent(total=printed)["TOTAL", "total"]
    assert (total.value, total.status) == (value, Status.DOUBTFUL)


def test_an_identity_with_a_doubtful_term_is_undetermined_and_one_of_confirmed_terms_broken():
    """Both rows come out in themselves; what stands in the total of the children does not."""
    wrong = SPENT.format(total="100.00", basic="70.00").replace(
        "20502\t普通教育\t100.00\t70.00", "20502\t普通教育\t101.00\t71.00"
    )
    broken = [one for one in extracted(scanned(wrong)).checks if one.outcome is CheckOutcome.BROKEN]
    assert broken
    doubted = extracted(scanned(wrong, again={"101.00": "107.00"})).checks
    assert [one for one in doubted if one.outcome is CheckOutcome.BROKEN and "20502" in str(one.cells)] == []


def test_the_same_text_without_a_picture_is_as_printed():
    document = replace(scanned(SPENT.format(total="100.00", basic="70.00")), recognised={})
    assert {one.status for one in amounts_of(extracted(document), "GK03").values()} == {Status.AS_PRINTED}


def test_a_workbook_has_a_word_for_every_status_but_as_printed():
    assert set(MARKED) == set(Status) - {Status.AS_PRINTED}

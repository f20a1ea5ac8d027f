"""Two forms of the same tables in one disclosure: one is taken, the other is held against it cell by cell."""

from collections import Counter
from pathlib import Path

import pytest

from ingest.pipeline import extract
from ingest.readers.parts import Part
from tests.ingest.truth import SAMPLES
from warehouse.records.reading import Extraction

SAMPLE = SAMPLES / "shifan_gongxin_2023.txt"
TEXT = SAMPLE.read_bytes().decode("gb18030")


@pytest.fixture(scope="module")
def alone() -> Extraction:
    return extract(SAMPLE)


def with_second(folder: Path, text: str) -> Extraction:
    """The sample with another text as its second file."""
    (second := folder / "又一份.txt").write_text(text, "utf-8")
    return extract(SAMPLE, attachments=[Part.of(second)])


def differing(read: Extraction) -> list[tuple]:
    return [
        (one.table_code, one.row_key, one.measure, one.printed, one.taken_as, one.place.file_no)
        for one in read.doubts
        if one.what == "copy_differs"
    ]


def test_an_equal_copy_adds_nothing_and_says_nothing(alone, tmp_path):
    both = with_second(tmp_path, TEXT)
    assert (both.amounts, both.stated, both.doubts, both.checks) == (
        alone.amounts, alone.stated, alone.doubts, alone.checks,
    )  # fmt: skip
    assert (both.counts.amounts_printed, both.counts.amounts_unaccounted) == (alone.counts.amounts_printed, 0)


def test_a_copy_that_differs_is_a_doubt_with_both_values_and_both_places(alone, tmp_path):
    total = next(line for line in TEXT.splitlines() if line.startswith("总计\t31\t"))
    both = with_second(tmp_path, TEXT.replace(total, total.replace("1,477.52", "1,477.25", 1), 1))
    assert both.amounts == alone.amounts
    ((code, row, measure, printed, taken_as, file_no),) = differing(both)
    assert (code, printed, taken_as, file_no) == ("GK01", "1,477.25", "1,477.52", 2)
    (doubt,) = (one for one in both.doubts if one.what == "copy_differs")
    assert "“又一份.txt”第" in doubt.reason and "“shifan_gongxin_2023.txt”第" in doubt.reason
    assert (row, measure) in {(one.row_key, one.measure) for one in both.amounts}


def test_a_row_that_only_the_copy_has_and_one_that_it_lacks(alone, tmp_path):
    own = next(line for line in TEXT.splitlines() if line.startswith("2150501\t"))
    both = with_second(tmp_path, TEXT.replace(own, own.replace("2150501", "2150517"), 1))
    assert both.amounts == alone.amounts
    found = Counter((code, row, file_no) for code, row, _, _, _, file_no in differing(both))
    assert {(row, file_no) for _, row, file_no in found} == {("2150517", 2), ("2150501", 1)}


def test_another_table_under_the_same_name_is_no_copy(alone, tmp_path):
    """Those of its own accounts alone, for example: none of its amounts is compared."""
    other = TEXT.replace("1,", "3,").replace("2", "7").replace("7073", "2023")
    both = with_second(tmp_path, other)
    assert both.amounts == alone.amounts
    assert "table_repeated" in {one.what for one in both.doubts}


def test_the_form_that_is_read_whole_is_taken(alone, tmp_path):
    """A number of the first file is damaged: the table of the second one is taken, and nothing is doubtful."""
    total = next(line for line in TEXT.splitlines() if line.startswith("总计\t31\t"))
    (first := tmp_path / "一.txt").write_text(TEXT.replace(total, total.replace("1,477.52", "1.4x7,52", 1), 1), "utf-8")
    both = extract(first, attachments=[Part.of(SAMPLE)])
    assert {one.place.file_no for one in both.amounts if one.table_code == "GK01"} == {2}
    assert [one.value for one in both.amounts] == [one.value for one in alone.amounts]

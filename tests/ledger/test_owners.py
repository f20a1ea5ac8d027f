"""Numbers that are not amounts have an owner by their place; amounts that are not loaded have a doubt or are
unaccounted."""

from pathlib import Path

import pytest

from ingest.pipeline import extract
from tests.ingest.made_documents import COVER, SOUND_TABLE, doubts_of, read_disclosure
from tests.variants.look import Look
from tests.variants.variant import WRITERS

GK05 = "一般公共预算财政拨款支出决算表\n单位：万元\n科目编码\t科目名称\t小计\t基本支出\t项目支出\n"
ROWS = "201\t一般公共服务支出\t3.00\t1.00\t2.00\n\t合计\t3.00\t1.00\t2.00\n"
ROW_OF_FIVE = "甲\t1.00\t2.00\t3.00\t4.00\t5.00\n"
HEADING = "名称\t一\t二\t三\t四\t五\n"


def counted(folder: Path, text: str):
    return read_disclosure(folder, SOUND_TABLE + text)


def test_codes_headings_dates_and_sentences_are_no_amounts(tmp_path):
    text = f"{GK05}{ROWS}注：2024年度数。\n第三部分 说明\n2024年支出3.00万元，增长12.5%。\n- 12 -\n"
    counts = counted(tmp_path, text).counts
    assert (counts.amounts_printed, counts.amounts_loaded, counts.amounts_unaccounted) == (9, 9, 0)
    assert counts.narrative_numbers >= 3


@pytest.mark.parametrize(
    ("text", "unaccounted", "doubtful", "what"),
    [
        (f"完。\n{HEADING}{ROW_OF_FIVE}", 5, 0, "number_unaccounted"),
        (f"政府采购支出表\n{HEADING}{ROW_OF_FIVE}", 0, 5, "table_left_out"),
        (f"完。\n{HEADING}甲\t1.00\t\t\t\t\n", 0, 1, "table_left_out"),
        (f"完。\n{HEADING}{ROW_OF_FIVE}".replace(".", "·"), 5, 0, "number_unaccounted"),
        ("完。\n甲 1.00 2.00 3.00\n乙 4.00 5.00 6.00\n", 6, 0, "number_unaccounted"),
    ],
    ids=["a table without a name", "a table of another name", "a table of one amount", "another mark", "rows in lines"],
)
def test_a_number_outside_of_all_tables_is_doubted_or_unaccounted(text, unaccounted, doubtful, what, tmp_path):
    extraction = counted(tmp_path, text)
    counts = extraction.counts
    assert (counts.amounts_unaccounted, counts.amounts_doubtful) == (unaccounted, doubtful)
    assert what in doubts_of(extraction)


def test_figures_in_lines_below_a_title_refuse_the_table_by_name(tmp_path):
    title, _, _ = GK05.splitlines()
    lines = "201 一般公共服务支出 3.00 1.00 2.00\n合计 3.00 1.00 2.00\n"
    extraction = counted(tmp_path, f"{title}\n{lines}")
    assert doubts_of(extraction, "GK05") == ["table_in_lines", "table_not_found"]
    assert (extraction.counts.amounts_unaccounted, extraction.counts.amounts_doubtful) == (0, 6)


def test_a_row_without_key_is_owned_by_its_doubt(tmp_path):
    counts = counted(tmp_path, GK05 + ROWS + "\t其中 教育\t7.00\t7.00\t0.00\n").counts
    assert (counts.amounts_loaded, counts.amounts_doubtful, counts.amounts_unaccounted) == (9, 3, 0)


def test_an_amount_in_the_row_of_column_numbers_is_no_column_number(tmp_path):
    path = tmp_path / "made.xlsx"
    path.write_bytes(WRITERS["xlsx"](Look(finish_book=lambda book: book["GK02 收入决算表"].cell(6, 12, 888.88))))
    extraction = extract(path)
    assert extraction.counts.amounts_unaccounted == 1
    assert [one.printed for one in extraction.doubts if one.what == "number_unaccounted"] == [
        "栏次 1 2 3 4 5 6 7 888.88"
    ]


def test_a_number_torn_apart_counts_once_where_its_cell_joins_it(tmp_path):
    counts = counted(tmp_path, GK05 + ROWS.replace("3.00", "1, 003. 00").replace("2.00", "1, 002. 00")).counts
    assert (counts.amounts_printed, counts.amounts_loaded) == (9, 9)


def test_a_list_of_figures_in_a_sentence_is_no_table(tmp_path):
    text = "完。\n三年分别为1.00、2.00、3.00、4.00、5.00和6.00万元，与上年4.00万元相比增加2.00万元。\n"
    counts = counted(tmp_path, text).counts
    assert counts.amounts_unaccounted == 0 and counts.narrative_numbers >= 8


def test_the_cover_prints_no_amount():
    assert not any(char in COVER for char in ".,")


@pytest.mark.parametrize("mark", [".", "·"])
def test_amounts_in_a_row_that_counts_as_heading_are_doubted(mark, tmp_path):
    crowded = "栏次\t\t1\t2\t3\n合计 201 一般公共服务支出\t\t3.00\t1.00\t2.00\n".replace(".", mark)
    extraction = counted(tmp_path, GK05 + crowded + ROWS.splitlines(keepends=True)[0])
    assert "row_above_body" in doubts_of(extraction, "GK05")
    assert extraction.counts.amounts_unaccounted == 0

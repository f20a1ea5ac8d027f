"""Headings of columns as paths, in tables with merged cells and in texts without them."""

import pytest

from ingest.tables.headings import best_meaning, column_numbers, column_paths, is_number_row, rows_above
from tests.ingest.made_documents import merged_row, row, table


def test_a_merged_heading_counts_for_all_columns_it_covers():
    rows = [merged_row("项目", "本年支出<3"), merged_row("^", "小计", "基本支出", "项目支出")]
    assert column_paths(rows, 4, knows_spans=True) == [
        ("项目",), ("本年支出", "小计"), ("本年支出", "基本支出"), ("本年支出", "项目支出"),
    ]  # fmt: skip


def test_without_merged_cells_a_heading_covers_the_columns_on_its_right_with_a_subheading():
    rows = [row("项目", "本年支出", "", ""), row("", "小计", "基本支出", "")]
    assert column_paths(rows, 4, knows_spans=False) == [("项目",), ("本年支出", "小计"), ("本年支出", "基本支出"), ()]


def test_a_blank_cell_of_a_ruled_table_is_covered_by_nothing():
    rows = [row("项目", "本年支出", "")]
    assert column_paths(rows, 3, knows_spans=True) == [("项目",), ("本年支出",), ()]


def test_the_number_row_is_no_heading():
    rows = [row("项目", "金额"), row("栏次", "1")]
    assert column_paths(rows, 2, knows_spans=True) == [("项目",), ("金额",)]


@pytest.mark.parametrize(
    "texts",
    [
        ("栏次", "", "1", "2", "3"),
        ("栏 次", "1", "栏次", "2"),
        ("序", "", "1", "序", "", "2"),
        ("栏号", "1", "2"),
        ("类", "款", "项", "栏次", "1", "2"),
        ("1", "2", "3", "4"),
        ("", "１", "２", "３"),
    ],
)
def test_number_rows(texts):
    assert is_number_row(row(*texts))


@pytest.mark.parametrize(
    "texts",
    [
        ("合计", "1", "2", "3"),
        ("1", "3", "5"),
        ("2", "3", "4"),
        ("1", "2"),
        ("208", "05", "01"),
        ("1.00", "2.00", "3.00"),
        ("", ""),
        ("项目", "金额"),
    ],
)
def test_rows_that_are_no_number_rows(texts):
    assert not is_number_row(row(*texts))


def test_column_numbers_are_those_of_the_number_row():
    assert column_numbers([row("项目", "甲", "乙"), row("栏次", "1", "2")]) == {1: 1, 2: 2}
    assert column_numbers([row("项目", "甲", "乙")]) == {}


def test_the_header_ends_where_the_body_begins():
    rows = table(["项目"], ["栏次"], ["合计"], ["208"])
    assert rows_above(rows, lambda row: row.text(0) == "合计") == 2
    assert rows_above(rows, lambda row: False) == 4


MEANINGS = {
    "小计": "total",
    "调整/*": "adjusted",
    "公务用车/小计": "vehicle",
    "基本支出": "basic",
    "一般公共预算财政拨款": "general",
}


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        (("基本支出",), "basic"),
        (("本年支出", "基本支出"), "basic"),
        (("三公", "公务用车", "小计"), "vehicle"),  # the longest declared ending
        (("本年支出", "小计"), "total"),
        (("一般公共预算财政拨", "款"), "general"),  # a heading that continues in the next row
        (("基本支出", "人员经费"), None),
        (("调整", "甲"), "adjusted"),  # any heading below 调整
        (("调整",), None),
        (("别的",), None),
        ((), None),
    ],
)
def test_the_longest_known_ending_of_a_path_is_its_meaning(path, meaning):
    assert best_meaning(path, MEANINGS) == meaning

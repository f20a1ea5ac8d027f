"""Columns aligned with blanks: which lines are rows of a table, and which stay lines because a column is in doubt."""

import pytest

from ingest.document import RawTable
from tests.ingest.made_documents import text_document

TITLE = "支出决算表\n"
HEAD = "  科目编码   科目名称      合计     基本支出   项目支出\n"
ROWS = """\
  208        社会保障      30.00       10.00      20.00
  20805      养老支出      30.00       10.00      20.00
  2080501    离退休        30.00       10.00      20.00
"""


def tables(text: str) -> list[RawTable]:
    return list(text_document(text).tables())


def texts(text: str) -> list[list[str]]:
    (table,) = tables(text)
    return [row.texts() for row in table.rows]


def test_rows_and_headings_are_a_table_with_as_many_columns():
    assert texts(TITLE + HEAD + ROWS) == [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["208", "社会保障", "30.00", "10.00", "20.00"],
        ["20805", "养老支出", "30.00", "10.00", "20.00"],
        ["2080501", "离退休", "30.00", "10.00", "20.00"],
    ]


def test_a_blank_cell_stays_blank_where_its_column_is_clear():
    rows = ROWS + "  2080502    遗属                    10.00\n"
    assert texts(TITLE + HEAD + rows)[-1] == ["2080502", "遗属", "", "10.00", ""]


def test_a_row_that_fits_two_columns_is_not_believed():
    rows = ROWS + "  2080502    遗属                            10.00\n"
    assert tables(TITLE + HEAD + rows) == []


def test_a_column_that_is_blank_in_all_rows_leaves_the_lines_as_they_are():
    document = text_document(TITLE + HEAD + ROWS.replace("       10.00", " " * 12))
    assert list(document.tables()) == []
    assert [line.line_no for line in document.lines()] == [1, 2, 3, 4, 5]


def test_words_among_figures_leave_the_lines_as_they_are():
    assert tables(TITLE + HEAD + ROWS.replace("10.00", "  略 ", 1)) == []


def test_the_numbers_of_the_columns_must_be_as_many_as_there_are_amounts():
    numbers = "             栏次           1           2          3\n"
    assert len(texts(TITLE + HEAD + numbers + ROWS)) == 5
    assert tables(TITLE + HEAD + numbers.replace("3", "3     4") + ROWS) == []


def test_a_name_broken_over_lines_is_one_with_its_row():
    rows = ROWS.replace("养老支出", "        ").replace("  20805 ", "             行政单位\n  20805 ")
    rows = rows.replace("  2080501", "             养老支出\n  2080501")
    assert texts(TITLE + HEAD + rows)[2][:3] == ["20805", "行政单位养老支出", "30.00"]


def test_a_heading_broken_over_lines_is_one_if_it_is_known():
    head = "                                      基本\n" + HEAD.replace("基本支出", "  支出  ")
    assert texts(TITLE + head + ROWS)[1][3] == "基本支出"
    assert texts(TITLE + head.replace("基本", "其他") + ROWS)[1][3] == "支出"


def test_a_page_without_headings_goes_on_with_as_many_columns():
    assert texts(TITLE + HEAD + ROWS + "\f" + ROWS.replace("208", "210"))[4:6] == [
        ["210", "社会保障", "30.00", "10.00", "20.00"],
        ["21005", "养老支出", "30.00", "10.00", "20.00"],
    ]


def test_a_page_without_headings_and_with_fewer_columns_does_not_go_on():
    fewer = ROWS.replace("      20.00", "")
    assert len(texts(TITLE + HEAD + ROWS + "\f" + fewer)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "二、收入情况。    本年收入合计 30.00 万元，比上年增加 10.00 万元。\n" * 4,
        "一、概况  ......  1\n二、决算表  ......  3\n三、说明  ......  9\n",
        "合计 30.00 10.00 20.00\n人员 20.00 10.00 10.00\n公用 10.00 0.00 10.00\n",  # one blank is no border
        "部门：示范市粮食局          单位：万元\n",
    ],
)
def test_other_lines_with_blanks_stay_lines(text):
    assert tables(text) == []

"""Lines and codes that show that a table continues, lists units instead of subjects, or is another table than its title
says; and cells that a converter repeats."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.document import Line
from ingest.pipeline import extract
from ingest.readers.plain_text.repeated_cells import merged_again
from ingest.tables.sections import is_caption, is_continued, sections, title_of
from ingest.tables.table_marks import is_by_unit, names_a_unit, says_it_continues, without_continuation
from tests.ingest.made_documents import (
    amounts_in_blocks,
    amounts_of,
    document,
    doubts_of,
    numbers,
    read_disclosure,
    table,
    table_of,
)
from tests.kinds import ACCOUNTS
from warehouse.records.reading import CheckOutcome, TableStatus

CASES = Path(os.environ.get("JUESUAN_CORPUS", "corpus")).parent / "cases"


@pytest.mark.parametrize(
    "line",
    [
        "续表", "（续上表）", "续表1", "续表（一）", "(续)", "续公开05表", "公开05表（续）", "公开05表续1",
        "续表公开05-1表", "接上页", "转下页", "—续表—", "续表2/3", "续表 单位：万元", "[续前表]",
        "续表 部门：海州市粮食局 单位：万元",
    ],
)  # fmt: skip
def test_marks_of_continuation_are_captions(line):
    assert is_caption(line)
    assert says_it_continues("".join(line.replace("（", "(").replace("）", ")").replace("：", ":").split()))


@pytest.mark.parametrize(
    "line", ["办事手续一览表", "手续表", "支出决算表", "直接支付情况表", "连续三年支出表", "部门：海州市"]
)
def test_other_lines_are_no_marks_of_continuation(line):
    assert not says_it_continues(line)


@pytest.mark.parametrize(
    "title",
    [
        "续：支出决算表",
        "支出决算表（续1）",
        "支出决算表续表",
        "支出决算表-续",
        "支出决算表（接上页）",
        "支出决算表（续表二）",
    ],
)
def test_titles_keep_their_meaning_with_a_mark(title):
    assert title_of(title, ACCOUNTS.titles) == ("GK03", "支出决算表")
    assert [is_continued(section) for section in sections(document(Line(title).text, GRID))] == [True]


def test_a_title_that_begins_a_new_table_has_no_mark():
    assert without_continuation("手续表") == "手续表"
    assert [is_continued(section) for section in sections(document("支出决算表", GRID))] == [False]


GRID = table(["项目", "金额"], ["合计", "1.00"])
HEADER = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
FIRST = table(HEADER, ["", "合计", "9.00", "7.00", "2.00"], ["201", "一般公共服务支出", "5.00", "4.00", "1.00"], page=1)
SECOND = [["208", "社会保障和就业支出", "4.00", "3.00", "1.00"], ["20805", "养老支出", "4.00", "3.00", "1.00"]]
GK05 = "一般公共预算财政拨款支出决算表"
ROWS = {
    "TOTAL": ["9.00", "7.00", "2.00"],
    "201": ["5.00", "4.00", "1.00"],
    "208": ["4.00", "3.00", "1.00"],
    "20805": ["4.00", "3.00", "1.00"],
}


@pytest.mark.parametrize(
    "between",
    [
        ["续表"],
        ["续公开05表", "部门：海州市粮食局 单位：万元"],
        ["注：本表反映一般公共预算财政拨款支出。", "（续上表）"],
        ["第二部分 2024年度部门决算表", "续表"],
        [GK05 + "（续）"],
        [],
    ],
)
@pytest.mark.parametrize("headed", [True, False])
def test_a_second_part_is_joined(between, headed):
    second = table(*([HEADER] if headed else []), *SECOND, page=2)
    found = amounts_in_blocks((GK05, 1), FIRST, *((line, 2) for line in between), second)
    assert numbers(found["GK05"]) == ROWS


def test_a_mark_joins_nothing_with_other_columns():
    other = table(
        ["科目编码", "科目名称", "年初结转", "本年收入"], ["208", "社会保障和就业支出", "4.00", "3.00"], page=2
    )
    found = amounts_in_blocks((GK05, 1), FIRST, ("续表", 2), other)
    assert "208" not in numbers(found["GK05"])


BY_UNIT = """{title}
单位：万元
{heading}\t本年收入合计\t财政拨款收入\t上级补助收入\t事业收入\t经营收入\t附属单位上缴收入\t其他收入
{total}\t9.00\t9.00\t0.00\t0.00\t0.00\t0.00\t0.00
{unit}海州市粮食局本级\t6.00\t6.00\t0.00\t0.00\t0.00\t0.00\t0.00
{unit}海州市粮食监测站\t3.00\t3.00\t0.00\t0.00\t0.00\t0.00\t0.00

"""
BY_SUBJECT = """收入决算表{mark}
单位：万元
科目编码\t科目名称\t本年收入合计\t财政拨款收入\t上级补助收入\t事业收入\t经营收入\t附属单位上缴收入\t其他收入
\t合计\t9.00\t9.00\t0.00\t0.00\t0.00\t0.00\t0.00
222\t粮油物资储备支出\t9.00\t9.00\t0.00\t0.00\t0.00\t0.00\t0.00
"""


@pytest.mark.parametrize(
    ("title", "heading", "total", "unit"),
    [
        ("收入决算表（分单位）", "单位名称", "合计", ""),
        ("分部门收入决算表", "预算单位", "合计", ""),
        ("收入决算表", "单位编码\t单位名称", "\t合计", "222001\t"),
        ("收入决算表（按所属单位）", "部门（单位）名称", "合计", ""),
        ("收入决算分单位表", "单位", "合计", ""),
    ],
)
def test_a_table_by_unit_is_left_out_by_name(tmp_path, title, heading, total, unit):
    by_unit = BY_UNIT.format(title=title, heading=heading, total=total, unit=unit)
    extraction = read_disclosure(tmp_path, by_unit + BY_SUBJECT.format(mark="（分科目）"))
    assert set(numbers(amounts_of(extraction, "GK02"))) == {"TOTAL", "222"}
    assert table_of(extraction, "GK02").is_whole
    doubt = next(doubt for doubt in extraction.doubts if doubt.what == "table_by_unit")
    assert doubt.printed.startswith(title)


def test_a_table_of_subjects_with_a_column_of_units_is_no_table_by_unit(tmp_path):
    text = BY_SUBJECT.format(mark="").replace("科目编码", "单位名称\t科目编码").replace("\t合计", "\t\t合计")
    extraction = read_disclosure(tmp_path, text.replace("222\t", "海州市粮食局\t222\t"))
    assert "table_by_unit" not in doubts_of(extraction)


def test_wordings_of_tables_by_unit():
    assert is_by_unit("收入决算表(分单位)") and names_a_unit("单位名称") and names_a_unit("部门(单位)名称")
    assert not is_by_unit("收入决算表(分科目)") and not names_a_unit("对附属单位补助支出")


BY_ECONOMIC_CLASS = """一般公共预算财政拨款支出决算表（二）
单位：万元
科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数
301\t工资福利支出\t5.00\t302\t商品和服务支出\t2.00
30101\t基本工资\t5.00\t30201\t办公费\t2.00
人员经费合计\t\t5.00\t公用经费合计\t\t2.00
"""
BY_FUNCTION = f"""{GK05}（一）
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t9.00\t7.00\t2.00
222\t粮油物资储备支出\t9.00\t7.00\t2.00
22201\t粮油物资事务\t9.00\t7.00\t2.00
2220101\t行政运行\t9.00\t7.00\t2.00

"""


def test_two_tables_with_the_same_title_are_distinguished_by_their_codes(tmp_path):
    extraction = read_disclosure(tmp_path, BY_FUNCTION + BY_ECONOMIC_CLASS)
    assert numbers(amounts_of(extraction, "GK05"))["222"] == ["9.00", "7.00", "2.00"]
    assert numbers(amounts_of(extraction, "GK06"))["PERSONNEL_TOTAL"] == ["5.00"]
    assert [t.table_code for t in extraction.tables if t.status is TableStatus.PRESENT] == ["GK05", "GK06"]


def test_economic_codes_that_are_not_basic_expenditure_are_refused_by_name(tmp_path):
    """A table of all expenditure by economic class, with the title of GK05, is neither GK05 nor GK06."""
    other = BY_ECONOMIC_CLASS.replace("人员经费合计\t\t5.00\t公用经费合计\t\t2.00", "\t合计\t9.00\t\t\t")
    extraction = read_disclosure(tmp_path, BY_FUNCTION + other)
    assert not amounts_of(extraction, "GK06")
    assert table_of(extraction, "GK05").is_whole
    doubt = next(doubt for doubt in extraction.doubts if doubt.what == "table_contradictory")
    assert doubt.printed.startswith("一般公共预算财政拨款支出决算表（二）")
    assert extraction.counts.amounts_unaccounted == 0


def test_a_list_with_three_money_columns_may_be_the_second_of_two(tmp_path):
    second = LIST.replace("一般公共预算财政拨款基本支出决算表（经济科目）", GK05 + "（二）")
    extraction = read_disclosure(tmp_path, BY_FUNCTION + second)
    assert numbers(amounts_of(extraction, "GK06"))["PUBLIC_TOTAL"] == ["2.00"]
    assert numbers(amounts_of(extraction, "GK05"))["TOTAL"] == ["9.00", "7.00", "2.00"]


def test_functional_codes_under_the_title_of_basic_expenditure_are_not_its_part(tmp_path):
    by_function = BY_FUNCTION.replace(GK05, "一般公共预算财政拨款基本支出决算表")
    by_class = BY_ECONOMIC_CLASS.replace(GK05, "一般公共预算财政拨款基本支出决算表")
    extraction = read_disclosure(tmp_path, by_function + by_class)
    assert numbers(amounts_of(extraction, "GK06"))["PERSONNEL_TOTAL"] == ["5.00"]
    assert table_of(extraction, "GK06").is_whole
    assert "table_contradictory" in doubts_of(extraction)
    assert extraction.counts.amounts_unaccounted == 0


LIST = """一般公共预算财政拨款基本支出决算表（经济科目）
单位：万元
部门预算支出经济分类科目\t\t本年支出合计\t人员经费\t公用经费
科目编码\t科目名称\t\t\t
合计\t\t7.00\t5.00\t2.00
301\t工资福利支出\t5.00\t5.00\t
30101\t基本工资\t5.00\t5.00\t
302\t商品和服务支出\t2.00\t\t2.00
30201\t办公费\t2.00\t\t2.00
"""


def test_a_list_with_three_money_columns(tmp_path):
    amounts = numbers(amounts_of(read_disclosure(tmp_path, LIST), "GK06"))
    assert amounts == {
        "GRAND_TOTAL": ["7.00"], "PERSONNEL_TOTAL": ["5.00"], "PUBLIC_TOTAL": ["2.00"],
        "301": ["5.00"], "30101": ["5.00"], "302": ["2.00"], "30201": ["2.00"],
    }  # fmt: skip


MERGED_REPEATED = f"""{GK05}
单位：万元
项目\t项目\t本年支出\t本年支出\t本年支出
科目编码\t科目名称\t小计\t基本支出\t项目支出
栏次\t栏次\t1\t2\t3
合计\t合计\t9.00\t7.00\t2.00
222\t粮油物资储备支出\t9.00\t7.00\t2.00
"""


@pytest.mark.parametrize("as_markdown", [False, True])
def test_merged_cells_that_a_converter_repeats_are_one_cell(tmp_path, as_markdown):
    lines = MERGED_REPEATED.splitlines()
    if as_markdown:
        lines = [f"| {line.replace(chr(9), ' | ')} |" if "\t" in line else line for line in lines]
        lines.insert(3, "|---|---|---|---|---|")
    extraction = read_disclosure(tmp_path, "\n".join(lines) + "\n")
    assert numbers(amounts_of(extraction, "GK05")) == {k: ["9.00", "7.00", "2.00"] for k in ("TOTAL", "222")}
    assert doubts_of(extraction, "GK05") == []


def test_words_printed_twice_in_an_ordinary_table_are_kept():
    rows = table(HEADER, ["", "合计", "9.00", "7.00", "2.00"], *SECOND, ["不涉及", "不涉及", "9.00", "", ""]).rows
    assert merged_again(rows) == rows


def test_one_sign_in_several_columns_is_no_merged_cell():
    rows = table(["项目", "项目", "金额", "金额"], ["名称", "说明", "预算", "决算"], ["费用", "费用", "无", "无"]).rows
    assert [row.texts() for row in merged_again(rows)][::2] == [
        ["项目", "", "金额", ""],
        ["费用", "", "无", "无"],
    ]


@pytest.mark.parametrize(
    "name",
    [
        "continuation_headed_xubiao/n1_xubiao_with_caption.pdf",
        "continuation_headed_xubiao/n2_xubiao_bare.pdf",
        "continuation_headed_xubiao/n6_xu_gongkai05.pdf",
        "tables_one_and_two/k04_shanxi.pdf",
        "table_by_unit_before_by_subject/c03_by_unit_with_unit_codes.pdf",
        "table_by_unit_before_by_subject/k02_zhejiang.pdf",
        "basic_expenditure_three_money_columns/c02_gk06_three_money_columns.pdf",
        "merged_cells_repeated/e01_tsv_merged_repeated.txt",
        "merged_cells_repeated/e02_markdown_merged_repeated.md",
    ],
)
def test_the_case_is_read_as_expected(name):
    assert_as_expected(CASES / name)


def assert_as_expected(path: Path) -> None:
    if not path.exists():
        pytest.skip("the folder cases beside JUESUAN_CORPUS is not here")
    extraction = extract(path)
    assert wrong(extraction, path.with_name("expected.csv")) == []
    assert [check.key for check in extraction.checks if check.outcome is CheckOutcome.BROKEN] == []
    assert [check.key for check in extraction.checks if check.outcome is CheckOutcome.UNDETERMINED] == []


def wrong(extraction, expected: Path) -> list[str]:
    """The lines of expected.csv that were not read in this way, and amounts that are not in expected.csv."""
    read = {
        f"{a.table_code},{a.row_key},{a.measure}": None
        if a.value is None
        else a.value / (10_000 if a.value_unit == "元" else 1)
        for a in extraction.amounts
    }
    lines = [line.split(",") for line in expected.read_text("utf-8").splitlines()[1:]]
    wanted = {",".join(cells[:-2]): Decimal(cells[-2]) if cells[-2] else None for cells in lines}
    return sorted(key for key in wanted.keys() | read.keys() if key not in read or read[key] != wanted.get(key))

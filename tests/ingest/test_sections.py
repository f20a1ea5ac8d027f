"""Which lines belong to a table, which of them is its title, and which lines only resemble a title."""

import pytest

from ingest.tables.sections import (
    is_caption,
    is_note,
    sections,
    title_of,
    titles_above,
    with_headers_rejoined,
)
from tests.ingest.made_documents import document, table
from tests.kinds import ACCOUNTS, BUDGET

KNOWN = ACCOUNTS.titles


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("收入支出决算总表", "GK01"),
        ("收 入 决 算 表", "GK02"),
        ("2024年度部门支出决算表", "GK03"),
        ("海州市粮食局2024年度支出决算表", "GK03"),
        ("财政拨款收入支出决算总表", "GK04"),
        ("一般公共预算财政拨款支出决算表", "GK05"),
        ("一般公共预算财政拨款支出决算表（按功能分类）", "GK05"),
        ("一般公共预算财政拨款基本支出决算明细表", "GK06"),
        ("政府性基金预算财政拨款收入支出决算表", "GK07"),
        ("国有资本经营预算财政拨款支出决算表", "GK08"),
        ("财政拨款“三公”经费支出决算表", "GK09"),
        ("一般公共预算财政拨款 ＂三公＂ 经费支出决算表", "GK09"),
        ("部门决算公开相关信息统计表", "GK10"),
        ("收入决算表 公开02表", "GK02"),
        ("表2 收入决算表", "GK02"),
        ("公开 01 表 收入支出决算总表", "GK01"),
    ],
)
def test_titles_of_tables_are_recognised(line, code):
    assert title_of(line, KNOWN)[0] == code


@pytest.mark.parametrize(
    "line",
    [
        "社会保险基金收入支出决算总表",
        "社会保险基金收入决算表",
        "政府采购支出决算表之基本支出项目",
        "收入决算情况说明",
        "支出决算情况说明",
        "财政拨款收入支出决算总体情况说明",
        "一般公共预算财政拨款支出决算情况",
        "项目支出决算表",
        "专用基金收入支出决算总表",
        "基本支出决算表",
        "收入预算表",
        "三公经费",
        "表",
        "",
        "本部门全部收入与支出及其年初年末的结转和结余都列在下面这一张很长很长的收入支出决算总表",
    ],
)
def test_other_lines_are_no_titles(line):
    assert title_of(line, KNOWN) is None


@pytest.mark.parametrize(
    "line",
    [
        "公开01表", "公开 01 表", "公开02", "表", "附件1", "部门：海州市粮食局", "编制单位：海州市粮食局", "2024年度",
        "金额单位：万元", "单位：元", "（单位：万元）", "部门（单位）：海州市粮食局",
        "12", "- 3 -", "第4页", "财决公开03表",
    ],
)  # fmt: skip
def test_captions_of_tables_are_recognised(line):
    assert is_caption(line)


@pytest.mark.parametrize("line", ["收入决算表", "第一部分 概况", "海州市粮食局", "支出决算表（单位：万元）"])
def test_other_lines_are_no_captions(line):
    assert not is_caption(line)


@pytest.mark.parametrize("line", ["注：本表反映收入。", "备注:四舍五入", "说明：无", "注1：含利息"])
def test_notes_of_tables_are_recognised(line):
    assert is_note(line)


GRID = table(["项目", "金额"], ["合计", "1.00"])


def titles_of(*blocks):
    return [code for section in sections(document(*blocks)) for code, _, _ in list(titles_above(section, KNOWN))[:1]]


def test_captions_may_stand_between_a_title_and_its_table():
    assert titles_of("支出决算表", "公开03表", "部门：海州市粮食局", "2024年度", "单位：万元", GRID) == ["GK03"]


def test_the_nearest_title_is_the_title():
    assert titles_of("收入决算表", "支出决算表", GRID) == ["GK03"]


def test_a_title_may_be_broken_over_two_lines():
    assert titles_of("一般公共预算财政拨款", "支出决算表", GRID) == ["GK05"]
    assert titles_of("国有资本经营预算财政拨款支出决", "算表", "公开08", "表", GRID) == ["GK08"]


def test_lines_after_a_sentence_do_not_belong_to_the_table():
    found = list(sections(document("收入决算表", "以下说明收入的构成。", GRID)))
    assert found[0].above == () and found[0].is_behind_text


def test_lines_between_two_tables_belong_to_both():
    first, second = sections(document(GRID, "注：甲。", "支出决算表", GRID))
    assert [line.text for line in first.below] == ["注：甲。", "支出决算表"]
    assert [line.text for line in second.above] == ["支出决算表"]
    assert not first.is_behind_text and second.is_behind_text


HEADER = table(["科目", "名称", "合计"], page=1)
BODY = table(["208", "社会保障", "1.00"], page=2)


def rejoined(*blocks):
    return [len(section.table.rows) for section in with_headers_rejoined(sections(document(*blocks)))]


def test_a_header_alone_at_the_end_of_a_page_is_joined_to_its_table():
    assert rejoined(("收入决算表", 1), HEADER, ("12", 1), BODY) == [2]


@pytest.mark.parametrize(
    "blocks",
    [
        (HEADER, ("支出决算表", 2), BODY),  # a title of its own
        (HEADER, ("如下所述。", 2), BODY),
        (HEADER, table(["208", "社会保障", "1.00"], page=3)),
        (HEADER, table(["208", "1.00"], page=2)),
    ],
)
def test_a_header_is_not_joined_to_another_table(blocks):
    assert rejoined(*blocks) == [1, 1]


@pytest.mark.parametrize(
    "printed",
    ["【支出决算表】", "（支出决算表）", "三、支出决算", "2024年度支出决算", "【支出决算】", "（2024年度支出决算表）"],
)
def test_a_title_in_brackets_or_without_its_last_word(printed):
    assert title_of(printed, KNOWN) == ("GK03", "支出决算表")


@pytest.mark.parametrize(
    "printed",
    [
        "（单位：万元）",
        "支出",
        "（支出决算情况说明）",
        "基本支出决算",
        "示范市粮食局2024年度部门决算",
        "政府采购支出决算",
    ],
)
def test_other_lines_in_brackets_or_without_a_table_are_no_titles(printed):
    assert title_of(printed, KNOWN) is None


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("一般公共预算支出表（按功能分类）", "YS05"),
        ("一般公共预算支出表（按经济分类）", "YS14"),
        ("一般公共预算支出表（预算表5）", "YS05"),
        ("预算05表 一般公共预算支出表", "YS05"),
        ("部门公开表8 基本支出总表", "YS15"),
        ("2026年预算单位一般公共预算支出功能分类预算表", "YS05"),
        ("2026年度示范市粮食局财政拨款支出预算表", "YS16"),
        ("部门综合预算一般公共预算基本支出明细表（按支出功能分类科目）", "YS19"),
    ],
)
def test_titles_of_budgets_are_told_apart(line, code):
    assert title_of(line, BUDGET.titles)[0] == code


@pytest.mark.parametrize("line", ["一般公共预算支出表说明", "债务支出总表", "预算绩效支出总表"])
def test_other_lines_of_budgets_are_no_titles(line):
    assert title_of(line, BUDGET.titles) is None

"""Income on the left, expenditure on the right: GK01 and GK04."""

import pytest

from ingest.document import GridKind, RawTable
from ingest.pipeline import extract
from ingest.tables.shapes.readrows import ReadTable
from ingest.tables.shapes.sides import find_layout, read_rows
from tests.assessment import in_wan
from tests.ingest.made_documents import (
    SOUND_TABLE,
    amounts_in_blocks,
    amounts_of,
    doubts_of,
    merged_row,
    merged_table,
    numbers,
    read_disclosure,
    row,
    table,
    table_of,
)
from tests.kinds import ACCOUNTS, BUDGET
from tests.variants.look import Look
from tests.variants.office import with_budget_columns
from tests.variants.variant import SUFFIXES, WRITERS
from warehouse.records.reading import Presence, Status, TableStatus

MEASURES = ("initial_budget", "adjusted_budget", "final")
GK01 = "收入支出决算总表\n单位：万元\n"
PLAIN = """收入\t\t支出\t
项目\t决算数\t项目\t决算数
一、一般公共预算财政拨款收入\t8.00\t一、一般公共服务支出\t6.00
二、事业收入\t2.00\t二、外交支出\t0.00
\t\t三、教育支出\t3.00
本年收入合计\t10.00\t本年支出合计\t9.00
年初结转和结余\t1.00\t年末结转和结余\t2.00
总计\t11.00\t总计\t11.00
"""
NUMBERED = """收入\t\t\t支出\t\t
项目\t行次\t决算数\t项目\t行次\t决算数
栏次\t\t1\t栏次\t\t2
一、一般公共预算财政拨款收入\t1\t8.00\t一、一般公共服务支出\t32\t6.00
二、事业收入\t2\t2.00\t二、外交支出\t33\t0.00
\t3\t\t三、教育支出\t34\t3.00
本年收入合计\t27\t10.00\t本年支出合计\t58\t9.00
年初结转和结余\t28\t1.00\t年末结转和结余\t59\t2.00
总计\t31\t11.00\t总计\t62\t11.00
"""
EXPECTED = {
    "income:一般公共预算财政拨款收入": ["8.00"],
    "income:事业收入": ["2.00"],
    "income:本年收入合计": ["10.00"],
    "income:年初结转和结余": ["1.00"],
    "income:总计": ["11.00"],
    "expenditure:一般公共服务支出": ["6.00"],
    "expenditure:外交支出": ["0.00"],
    "expenditure:教育支出": ["3.00"],
    "expenditure:本年支出合计": ["9.00"],
    "expenditure:年末结转和结余": ["2.00"],
    "expenditure:总计": ["11.00"],
}
LAYOUTS = {
    "without 行次": PLAIN,
    "with 行次": NUMBERED,
    "行次 without a heading": NUMBERED.replace("行次", ""),
    "金额 for 决算数": PLAIN.replace("决算数", "金额"),
    "收入 and 支出 as headings of the items": "收入\t决算数\t支出\t决算数\n" + PLAIN.split("\n", 2)[2],
    "items without numbering": PLAIN.replace("一、", "").replace("二、", "").replace("三、", ""),
    "blanks in items": PLAIN.replace("本年收入合计", "本 年 收 入 合 计").replace("总计", "总　计"),
    "合计 for 总计": PLAIN.replace("总计", "合计"),
    "the header again on another page": PLAIN.replace(
        "\t\t三、", "\n12\n\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n\t\t三、"
    ),
    "no header on the next page": PLAIN.replace("\t\t三、", "\n12\n\n\t\t三、"),
    "figures of last year": "\n".join(
        "\t".join([*line.split("\t")[:1], heading, *line.split("\t")[1:]])
        for line, heading in zip(PLAIN.splitlines(), ["", "上年决算数", *["5.00"] * 6], strict=True)
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_of_the_total_of_income_and_expenditure(layout, tmp_path):
    extraction = read_disclosure(tmp_path, GK01 + LAYOUTS[layout])
    assert numbers(amounts_of(extraction, "GK01")) == EXPECTED
    said = ["column_left_out"] if layout == "figures of last year" else []
    assert doubts_of(extraction, "GK01") == said


def test_a_blank_is_not_read_as_zero(tmp_path):
    extraction = read_disclosure(tmp_path, GK01 + PLAIN.replace("二、外交支出\t0.00", "二、外交支出\t"))
    amount = amounts_of(extraction, "GK01")["expenditure:外交支出", "final"]
    assert (amount.presence, amount.value) == (Presence.BLANK, None)


def test_a_displaced_expenditure_half_is_moved_back(tmp_path):
    moved = PLAIN.replace("二、事业收入\t2.00\t二、外交支出", "二、事业收入\t2.00\t\t二、外交支出")
    assert numbers(amounts_of(read_disclosure(tmp_path, GK01 + moved), "GK01")) == EXPECTED


def test_a_figure_without_item_is_a_doubt(tmp_path):
    extraction = read_disclosure(tmp_path, GK01 + PLAIN.replace("\t\t三、教育支出\t3.00", "\t7.00\t三、教育支出\t3.00"))
    assert numbers(amounts_of(extraction, "GK01")) == EXPECTED
    assert doubts_of(extraction, "GK01") == ["row_without_key"]


def test_a_table_with_an_unknown_header_is_refused(tmp_path):
    unknown = PLAIN.replace("决算数", "某数")
    extraction = read_disclosure(tmp_path, SOUND_TABLE + GK01 + unknown)
    assert table_of(extraction, "GK01").status is TableStatus.UNRECOGNISED
    assert doubts_of(extraction, "GK01") == ["table_not_understood"]


GK04 = "财政拨款收入支出决算总表\n单位：万元\n"
BUDGETS = """收入\t\t支出\t\t\t\t
项目\t金额\t项目\t合计\t一般公共预算财政拨款\t政府性基金预算财政拨款\t国有资本经营预算财政拨款
一、一般公共预算财政拨款\t8.00\t一、一般公共服务支出\t6.00\t6.00\t0.00\t0.00
二、政府性基金预算财政拨款\t2.00\t二、城乡社区支出\t3.00\t1.00\t2.00\t0.00
三、国有资本经营预算财政拨款\t0.00\t\t\t\t\t
本年收入合计\t10.00\t本年支出合计\t9.00\t7.00\t2.00\t0.00
年初财政拨款结转和结余\t1.00\t年末财政拨款结转和结余\t2.00\t2.00\t0.00\t0.00
一、一般公共预算财政拨款\t1.00\t\t\t\t\t
二、政府性基金预算财政拨款\t0.00\t\t\t\t\t
三、国有资本经营预算财政拨款\t0.00\t\t\t\t\t
总计\t11.00\t总计\t11.00\t9.00\t2.00\t0.00
"""


@pytest.fixture
def gk04(tmp_path):
    return lambda text: read_disclosure(tmp_path, GK04 + text)


def test_four_columns_of_expenditure(gk04):
    rows = numbers(amounts_of(gk04(BUDGETS), "GK04"))
    assert rows["expenditure:城乡社区支出"] == ["3.00", "1.00", "2.00", "0.00"]
    assert rows["expenditure:总计"] == ["11.00", "9.00", "2.00", "0.00"]


def test_names_that_occur_twice_have_different_row_keys(gk04):
    rows = numbers(amounts_of(gk04(BUDGETS), "GK04"))
    assert rows["income:一般公共预算财政拨款"] == ["8.00"]
    assert rows["income:年初财政拨款结转和结余/一般公共预算财政拨款"] == ["1.00"]
    assert rows["income:政府性基金预算财政拨款"] == ["2.00"]
    assert rows["income:年初财政拨款结转和结余/国有资本经营预算财政拨款"] == ["0.00"]


def test_names_that_occur_twice_have_different_row_keys_after_a_page_break(gk04):
    torn = BUDGETS.replace("一、一般公共预算财政拨款\t1.00", "\n12\n\n一、一般公共预算财政拨款\t1.00")
    assert numbers(amounts_of(gk04(torn), "GK04")) == numbers(amounts_of(gk04(BUDGETS), "GK04"))


@pytest.mark.parametrize(
    ("head", "rest"), [("年末财政拨款结转", "和结余"), ("年末财政拨", "款结转和结余"), ("本年支", "出合计")]
)
def test_a_name_that_a_page_break_cuts_is_one_row(head, rest):
    """年末财政拨款结转 alone is also a declared wording; the rest of the name is not."""
    header, *lines = (line.split("\t") for line in BUDGETS.splitlines()[1:])
    spec, first = ACCOUNTS.table("GK04"), table(header, *lines[:1], page=1)
    second = RawTable((row("", "", head, "9.00", "7.00", "2.00", "0.00", page=1),), GridKind.CONVERTED)
    third = RawTable((row("", "", rest, "", "", "", "", page=2),), GridKind.CONVERTED)
    into, layout = ReadTable(), find_layout(spec, first)
    for part, has_header in ((first, True), (second, False), (third, False)):
        read_rows(spec, layout, part, has_header, into)
    assert into.rows[-1].key == f"expenditure:{head}{rest}"
    assert into.rows[-1].cells[0].printed == "9.00"


@pytest.mark.parametrize(
    ("printed", "torn"),
    [("一般公共预算财政拨款\t政", "一般公共预算财政\t政"), ("国有资本经营预算财政拨款\n", "国有资本经营预算\n")],
)
def test_a_truncated_heading_is_recognised_by_its_beginning(printed, torn, gk04):
    assert numbers(amounts_of(gk04(BUDGETS.replace(printed, torn, 1)), "GK04")) == numbers(
        amounts_of(gk04(BUDGETS), "GK04")
    )


def test_merged_headings_with_line_numbers():
    table = merged_table(
        merged_row("收入<3", "支出<6"),
        merged_row("项目", "行次", "金额", "项目", "行次", "决算数<4"),
        merged_row(
            "^",
            "^",
            "^",
            "^",
            "^",
            "合计",
            "一般公共\n预算财政拨款",
            "政府性基金预算财政拨款",
            "国有资本经营预算财政拨款",
        ),
        merged_row("一、一般公共预算财政拨款", "1", "8.00", "一、一般公共服务支出", "32", "8.00", "8.00", "", ""),
        merged_row("总计", "2", "8.00", "总计", "33", "8.00", "8.00", "", ""),
    )
    rows = numbers(amounts_in_blocks(("财政拨款收入支出决算总表", 1), table)["GK04"])
    assert rows["income:一般公共预算财政拨款"] == ["8.00"]
    assert rows["expenditure:一般公共服务支出"] == ["8.00", "8.00", None, None]


def test_a_damaged_figure_is_proved_by_its_row(gk04):
    extraction = gk04(BUDGETS.replace("城乡社区支出\t3.00", "城乡社区支出\t3.00l"))
    amount = amounts_of(extraction, "GK04")["expenditure:城乡社区支出", "total"]
    assert (amount.status, amount.value) == (Status.REPAIRED, 30_000)


WITH_BUDGETS = """收入\t\t\t\t支出\t\t\t
项目\t年初预算数\t全年预算数\t决算数\t项目\t年初预算数\t全年预算数\t决算数
一、一般公共预算财政拨款收入\t7.00\t9.00\t8.00\t一、一般公共服务支出\t5.00\t7.00\t6.00
二、事业收入\t2.00\t2.00\t2.00\t二、外交支出\t—\t\t0.00
\t\t\t\t三、教育支出\t4.00\t4.00\t3.00
本年收入合计\t9.00\t11.00\t10.00\t本年支出合计\t9.00\t11.00\t9.00
年初结转和结余\t1.00\t1.00\t1.00\t年末结转和结余\t1.00\t1.00\t2.00
总计\t10.00\t12.00\t11.00\t总计\t10.00\t12.00\t11.00
"""
BUDGET_RULES = {"I1", "I2", "I3", "I4", "I5"}


def checked(extraction, rules) -> dict[str, set[str]]:
    """Outcomes by rule and measure."""
    return {
        measure: {
            check.outcome.value for check in extraction.checks if check.rule_id in rules and measure in check.cells[0]
        }
        for measure in ("initial_budget", "adjusted_budget", "final")
    }


def test_budgets_beside_the_final_amount_are_measures_of_their_own(tmp_path):
    extraction = read_disclosure(tmp_path, GK01 + WITH_BUDGETS)
    amounts = amounts_of(extraction, "GK01")
    of_one = {measure: amounts["income:一般公共预算财政拨款收入", measure].printed for measure in MEASURES}
    assert of_one == {"initial_budget": "7.00", "adjusted_budget": "9.00", "final": "8.00"}
    not_printed = [amounts["expenditure:外交支出", measure].presence for measure in MEASURES]
    assert not_printed == [Presence.DASH, Presence.BLANK, Presence.NUMBER]
    assert doubts_of(extraction, "GK01") == []
    assert checked(extraction, BUDGET_RULES) == {
        "initial_budget": {"exact"}, "adjusted_budget": {"exact"}, "final": set(),
    }  # fmt: skip


def test_a_sum_of_budgets_that_does_not_come_out_says_nothing_about_final_amounts(tmp_path):
    extraction = read_disclosure(
        tmp_path, GK01 + WITH_BUDGETS.replace("二、事业收入\t2.00\t2.00", "二、事业收入\t2.00\t3.00")
    )
    assert checked(extraction, {"I1"})["adjusted_budget"] == {"broken"}
    assert checked(extraction, {"I1"})["initial_budget"] == {"exact"}
    assert checked(extraction, {"A1"})["final"] == {"exact"}


def test_a_budget_that_does_not_say_which_is_neither_of_both(tmp_path):
    text = PLAIN.replace("项目\t决算数", "项目\t预算数\t决算数")
    rows = [line.split("\t") for line in text.splitlines()]
    wide = [[a, "5.00", b, c, "6.00", d] for a, b, c, d in rows[2:]]
    text = "\n".join("\t".join(row) for row in (["收入", "", "", "支出", "", ""], rows[1], *wide))
    amounts = amounts_of(read_disclosure(tmp_path, GK01 + text), "GK01")
    assert {measure for _, measure in amounts} == {"budget", "final"}
    assert amounts["expenditure:总计", "budget"].printed == "6.00"
    assert amounts["expenditure:总计", "final"].printed == "11.00"


def test_a_table_of_budgets_alone_is_none_of_the_accounts(tmp_path):
    alone = PLAIN.replace("决算数", "年初预算数")
    extraction = read_disclosure(tmp_path, SOUND_TABLE + GK01 + alone)
    assert table_of(extraction, "GK01").status is TableStatus.UNRECOGNISED
    assert amounts_of(extraction, "GK01") == {}


@pytest.mark.parametrize("name", ["pdf", "text", "xlsx", "docx", "html"])
def test_every_format_of_the_reporting_software_gives_its_budgets(name, tmp_path):
    look = Look(pages=(("GK01",),), form=with_budget_columns)
    path = tmp_path / f"made.{SUFFIXES.get(name, name)}"
    path.write_bytes(WRITERS[name](look))
    extraction = extract(path)
    read = {key: in_wan(amount) for key, amount in amounts_of(extraction, "GK01").items()}
    truth = {key[1:]: value for key, value in look.truth().items()}
    assert len({measure for _, measure in truth}) == len(MEASURES)
    assert read == truth
    assert doubts_of(extraction, "GK01") == ["column_left_out"]  # the third list, 按支出性质和经济分类


def test_budgets_of_each_fund_beside_what_was_spent(tmp_path):
    parts = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    stages = ["年初预算数", "全年预算数", "决算数"]
    head = [f"{stage}<4" for stage in stages]
    spent = ["7.00", "5.00", "2.00", "", "8.00", "5.00", "3.00", "", "6.00", "4.00", "2.00", ""]
    made = merged_table(
        merged_row("收入<5", "支出<14"),
        merged_row("项目", "行次", *stages, "项目", "行次", *head),
        merged_row(*["^"] * 7, *parts, *parts, *parts),
        merged_row("一、一般公共预算财政拨款", "1", "5.00", "5.00", "4.00", "一、教育支出", "32", *spent),
        merged_row("二、政府性基金预算财政拨款", "2", "2.00", "3.00", "2.00", "", "33", *[""] * 12),
        merged_row("本年收入合计", "3", "7.00", "8.00", "6.00", "本年支出合计", "34", *spent),
    )
    amounts = amounts_in_blocks(("财政拨款收入支出决算总表", 1), made)["GK04"]
    of_row = {measure: one.printed for (row, measure), one in amounts.items() if row == "expenditure:教育支出"}
    assert [of_row[one] for one in ("initial_budget", "adjusted_budget", "total")] == ["7.00", "8.00", "6.00"]
    of_fund = [
        of_row[one] for one in ("initial_budget_government_fund", "adjusted_budget_government_fund", "government_fund")
    ]
    assert of_fund == ["2.00", "3.00", "2.00"]
    assert len(of_row) == 12
    assert [amounts["income:本年收入合计", one].printed for one in (*MEASURES[:2], "amount")] == [
        "7.00",
        "8.00",
        "6.00",
    ]


def test_a_blank_column_below_the_heading_of_a_group_is_no_measure():
    """Beside each column of a grid with double lines stands one that holds nothing."""
    rows = (
        "收入<2|支出<6",
        "项目|预算数|项目|合计|基本支出<3|项目支出",
        "^|^|^|^|人员经费||公用经费|^",
        "财政拨款|9.00|教育支出|9.00|4.00||1.00|4.00",
        "收入总计|9.00|支出总计|9.00|4.00||1.00|4.00",
    )
    grid = merged_table(*(merged_row(*text.split("|")) for text in rows))
    (amounts,) = amounts_in_blocks("收支总表", "单位：万元", grid, kind=BUDGET).values()
    spent = {measure: one.printed for (key, measure), one in amounts.items() if key == "expenditure:教育支出"}
    assert spent == {"total": "9.00", "personnel": "4.00", "public": "1.00", "project": "4.00"}

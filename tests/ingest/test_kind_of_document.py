"""Final accounts are recognised by the places that print 决算, budgets by those that print 预算; accounts of
governments are refused."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import errors
from ingest.about.cover import read_cover
from ingest.about.document_kind import kind_of
from ingest.readers import read as read_document
from tests.ingest.made_documents import doubts_of, read_disclosure, text_document
from tests.ingest.truth import SAMPLE_FILES
from tests.kinds import ACCOUNTS, BUDGET, KINDS
from warehouse.kinds.characters import squeeze
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.records.reading import Scope

BESIDE_CORPUS = Path(os.environ.get("JUESUAN_CORPUS", "no_corpus")).parent
BUDGETS = sorted((BESIDE_CORPUS / "corpus_budgets").glob("*/*.pdf"))
SIDES = (
    "项目\t{0}\t项目\t{0}\n一、财政拨款收入\t10.00\t一、一般公共服务支出\t10.00\n"
    "本年收入合计\t10.00\t本年支出合计\t10.00\n"
)
KEYED = (
    "科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t10.00\t6.00\t4.00\n"
    "201\t一般公共服务支出\t10.00\t6.00\t4.00\n"
)


def accounts_of(*titles: str, money: str = "金额", above: str = "") -> str:
    """A document with tables of these titles: the first has two sides, the others have codes."""
    shapes = [SIDES.format(money), *[KEYED] * (len(titles) - 1)]
    return above + "".join(f"\n{title}\n单位：万元\n{rows}" for title, rows in zip(titles, shapes, strict=True))


BUDGET_TITLES = [
    ["收支预算总表", "支出预算总表", "一般公共预算支出预算表"],
    ["部门收支总体情况表", "部门支出总体情况表", "一般公共预算支出情况表"],
    ["收支总表", "支出总表", "一般公共预算支出表"],
    ["部门收支总表", "部门支出总表", "一般公共预算支出表"],
    ["2026年预算单位财务收支预算总表", "2026年预算单位支出预算总表", "2026年预算单位一般公共预算支出功能分类预算表"],
    ["市级部门收支预算总表", "市级部门支出预算总表", "一般公共预算支出预算表（功能科目）"],
]
BUDGET_FRONTS = [
    "海州市粮食局2026年部门预算\n目录\n",
    "海州市粮食局\n2026年部门预算公开说明\n根据《预算法》和部门决算公开的要求，现予公开。\n目录\n",
    "2026年海州市粮食局部门预\n算\n目录\n",
    "海州市2026年市级单位预算\n预算单位：海州市粮食局\n目录\n",
    "第一部分 部门概况\n第二部分 2026年部门预算表\n第三部分 2026年部门预算情况说明\n",
    "目录\n一、收支预算情况说明\n二、部门预算公开报表\n",
    "海州市粮食局\n目录\n第三部分 部门预算支出具体情况\n七、指导各单位编制部门决算草案。\n",
]


@pytest.mark.parametrize("titles", BUDGET_TITLES, ids=lambda titles: titles[0])
@pytest.mark.parametrize("front", BUDGET_FRONTS, ids=range(len(BUDGET_FRONTS)))
def test_a_budget_is_recognised_by_its_cover_and_headings(front, titles):
    assert kind_of(text_document(front + accounts_of(*titles)), KINDS).kind is BUDGET


@pytest.mark.parametrize(
    "money", ["预算数", "2026年预算数", "本年预算数", "2026年预算", "预算数（万元）"], ids=range(5)
)  # fmt: skip
def test_a_budget_is_recognised_by_its_columns(money):
    text = "海州市粮食局\n目录\n" + accounts_of("收支总表", "支出总表", money=money)
    assert kind_of(text_document(text), KINDS).kind is BUDGET


def test_columns_of_last_years_accounts_and_this_years_budget_are_a_budget():
    rows = "项目\t2025年决算数\t2026年预算数\n一、财政拨款收入\t10.00\t10.00\n"
    text = "海州市粮食局\n目录\n收支总表\n" + rows + accounts_of("支出总表")
    assert kind_of(text_document(text), KINDS).kind is BUDGET


def test_a_document_that_names_no_kind_is_refused(tmp_path):
    neutral = accounts_of("收支总表", "支出总表", above="单位：海州市粮食局\n2026年度\n")
    with pytest.raises(errors.NothingSaysAccounts, match="says 预算、决算"):
        read_disclosure(tmp_path, neutral, cover="海州市粮食局\n目录\n")


@pytest.mark.parametrize(
    "above",
    [
        "海州市粮食局2024年度决算公开\n",
        "第二部分 2024年度部门决算表\n",
        "二、收入支出决算总体情况说明\n",
        "2024年度支出决算10.00万元，全部为财政拨款支出。\n",
    ],
)
def test_neutral_titles_below_a_line_that_names_final_accounts_are_final_accounts(tmp_path, above):
    read = read_disclosure(tmp_path, accounts_of("收支总表", "支出总表", above=above), cover="海州市粮食局\n")
    assert {"GK01", "GK03"} <= {amount.table_code for amount in read.amounts}


def test_budget_figures_in_final_accounts_are_no_evidence_of_a_budget(tmp_path):
    text = accounts_of(
        "收入支出决算总表",
        "支出决算表",
        above="一、预算绩效情况说明\n二、年初预算数与决算数对比情况\n三、一般公共预算财政拨款支出情况\n"
        "四、预算执行情况\n五、政府性基金预算收支情况\n",
    )
    form = "项目名称\t年初预算数\t全年预算数\t预算执行率\n粮食风险\t1.00\t1.00\t100%\n"
    read = read_disclosure(tmp_path, text + "\n项目支出绩效自评表\n" + form, cover="海州市粮食局\n2024年度\n")
    assert read.profile.kind == FINAL_ACCOUNTS
    assert "kind_differs" not in doubts_of(read)


def test_in_a_document_of_two_kinds_the_majority_decides_with_a_doubt(tmp_path):
    text = accounts_of("收入支出决算总表", "支出决算表", "一般公共预算财政拨款支出决算表", money="决算数")
    mixed = text + "\n第三部分 2025年部门预算表\n"
    read = read_disclosure(tmp_path, mixed, cover="海州市粮食局2024年度预决算公开\n目录\n")
    assert "kind_differs" in doubts_of(read)
    assert read.profile.fiscal_year == 2024


def test_the_tables_of_a_budget_behind_final_accounts_are_not_read_as_accounts(tmp_path):
    accounts = accounts_of("收入支出决算总表", "支出决算表", money="决算数")
    neutral = accounts_of("收支总表", "支出总表", "国有资本经营预算财政拨款支出表", "一般公共预算支出表").replace(
        "10.00", "77.00"
    )
    text = (
        "第二部分 2024年度部门决算表\n" + accounts + "\n第三部分 2025年部门预算表\n" + neutral + "\n第四部分 名词解释\n"
    )
    read = read_disclosure(tmp_path, text, cover="海州市粮食局2024年度部门决算和2025年部门预算公开\n目录\n")
    assert {amount.table_code for amount in read.amounts} == {"GK01", "GK03"}
    assert {amount.value for amount in read.amounts if amount.value} == {
        Decimal(100_000),
        Decimal(60_000),
        Decimal(40_000),
    }
    assert doubts_of(read).count("table_of_budget") == 4
    assert read.profile.fiscal_year == 2024
    assert read.counts.amounts_unaccounted == 0


def test_a_table_with_the_title_of_a_budget_is_not_read_as_accounts(tmp_path):
    text = accounts_of("收入支出决算总表", "支出决算表", money="决算数") + "\n2025年部门预算公开\n"
    text += accounts_of("收支预算总表", "一般公共预算支出预算表")
    read = read_disclosure(tmp_path, text, cover="海州市粮食局2024年度部门决算\n目录\n")
    assert {amount.table_code for amount in read.amounts} == {"GK01", "GK03"}


def test_a_misprinted_cover_is_outweighed_by_all_the_tables(tmp_path):
    accounts = accounts_of("收入支出决算总表", "支出决算表", "一般公共预算财政拨款支出决算表")
    read = read_disclosure(tmp_path, accounts, cover="海州市粮食局2024年度部门预算\n目录\n")
    assert (read.profile.kind, "kind_differs" in doubts_of(read)) == (FINAL_ACCOUNTS, True)
    read = read_disclosure(tmp_path, accounts_of(*BUDGET_TITLES[0]), cover="海州市粮食局2024年度部门决算\n目录\n")
    assert (read.profile.kind, "kind_differs" in doubts_of(read)) == (BUDGET.name, True)


def test_a_line_that_names_accounts_above_a_budget_does_not_make_it_accounts(tmp_path):
    """A web page prints the path to the document above it."""
    cover = (
        "首页|海州市粮食局2024年度部门决算\n海州市粮食局\n第二部分 2026年部门预算表\n第三部分 2026年部门预算情况说明\n"
    )
    read = read_disclosure(tmp_path, accounts_of("收支总表", "支出总表", money="2026年预算"), cover=cover)
    assert read.profile.kind == BUDGET.name


def test_the_cover_decides_where_the_tables_do_not_all_say_otherwise(tmp_path):
    mixed = accounts_of("收支预算总表", "支出决算表", "一般公共预算支出预算表")
    assert read_disclosure(tmp_path, mixed, cover="海州市粮食局2024年度部门决算\n目录\n").profile.fiscal_year == 2024
    assert read_disclosure(tmp_path, mixed, cover="海州市粮食局2024年度部门预算\n目录\n").profile.kind == BUDGET.name


TAX = "税收收入\t1.00\n增值税\t1.00\n契税\t1.00\n转移性收入\t1.00\n"
GOVERNMENTS = [
    "海州县2024年财政总决算\n目录\n\n一般公共预算收支决算总表\n项目\t决算数\n" + TAX,
    "海州县2024年政府决算（草案）\n\n一般公共预算收入决算表\n项目\t决算数\n税收收入\t1.00\n",
    "2024年海州县财政决算\n目录\n\n一般公共预算收入决算表\n项目\t决算数\n" + TAX,
    "关于海州县2024年财政决算（草案）的报告\n",
    "海州县2024年决算\n\n一般公共预算收入决算表\n项目\t决算数\n" + TAX + "\n政府性基金收入决算表\n项目\t决算数\n",
    "一般公共预算支出决算表\n科目编码\t科目名称\t决算数\n201\t一般公共服务支出\t1.00\n"
    "\n收入决算表\n项目\t决算数\n" + TAX,
]


@pytest.mark.parametrize("text", GOVERNMENTS, ids=range(len(GOVERNMENTS)))
def test_the_accounts_of_a_government_are_refused_as_such(tmp_path, text):
    with pytest.raises(errors.GovernmentAccounts, match="a whole government"):
        read_disclosure(tmp_path, text, cover="")


def test_forms_of_a_department_below_such_a_title_are_read(tmp_path):
    forms = accounts_of("收入支出决算总表", "支出决算表", "财政拨款收入支出决算总表")
    read = read_disclosure(tmp_path, forms, cover="海州市财政局2024年度财政决算报告\n根据《预算法》公开如下\n")
    assert (read.profile.department, read.profile.fiscal_year) == ("海州市财政局", 2024)


def test_a_row_of_a_government_in_a_table_of_a_department_does_not_make_it_a_governments(tmp_path):
    row = "收入决算表\n科目编码\t科目名称\t本年收入合计\n201\t罚没收入\t1.00\n"
    text = row + accounts_of("收支决算总表", "支出决算表")
    assert not kind_of(text_document("海州市粮食局2024年度部门决算\n" + text), KINDS).government


TITLES = [
    "沁水县粮食局2024年度决算公开|根据《中华人民共和国预算法》有关规定，现将我单位2024年度决算公开如下：",
    "沁水县粮食局|2024年决算|根据《预算法》和财政部门要求公开如下",
    "沁水县粮食局2024年度决算公开说明|一、单位基本情况|根据预算管理要求，单位编制了2024年预算和决算。",
    "沁水县粮食局2024年度财政决算报告|根据《预算法》，现将决算情况公开如下",
    "沁水县粮食局2024年度决算|依据《预算法实施条例》和县财政局部门|预算管理办法",
    "沁水县粮食局2024年决算根据《预算法》和《预算法实施条例》的规定，现予公开。",
    "沁水县粮食局2024年度部门决算公开，按照预算管理要求|部门预算一并公开如下",
    "沁水县粮食局2024年度决算情况|预算单位：沁水县粮食局",
    "沁水县粮食局2024年部门决算|按照预算单位信息公开要求|现予公开",
    "2024年度沁水县粮食局部门决算信息公开",
    "沁水县粮食局2024年度部门预算执行情况和决算",
    "沁水县粮食局2024年度部门预算执行情况和部门决算公开",
    "沁水县粮食局二〇二四年度部门决算",
    "沁水县粮食局二○二四年部门决算公开情况说明",
    "沁水县粮食局关于2024年度部门决算的说明",
    "沁水县粮食局关于公开2024年度部门决算的公告",
    "关于批复沁水县粮食局2024年度部门决算的通知",
    "沁水县粮食局2024年度部门决算和“三公”经费决算公开",
    "2024年度部门决算公开文本|（沁水县粮食局）",
    "沁水县粮食局2024年县级部门决算",
    "沁水县粮食局部门决算|（2024年度）",
    "沁水县粮食局|部门决算公开报告|2024年",
    "2024年度|沁水县粮食局|部门决|算",
    "沁水县粮食局2024年度收入支出决算公开",
    "沁水县粮食局2024年度（部门）决算",
    "沁水县粮食局2024部门决算",
    "发布日期：2025-09-01，来源：县财政局|沁水县粮食局2024年度部门决算",
    "中共沁水县委党校，行政学院|沁水县粮食局2024年度部门决算",
    "索引号：000-1|沁水县粮食局2024年度部门决算|来源：县粮食局",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_ends_where_the_sentence_begins(title):
    read = read_cover([squeeze(line) for line in title.split("|")], KINDS)
    assert (read.body, read.year, read.kind) == ("沁水县粮食局", 2024, ACCOUNTS)


@pytest.mark.parametrize(
    "title",
    ["沁水县粮食局2024年度预决算公开", "沁水县粮食局2024年度部门决算及2025年部门预算公开"],
)
def test_a_title_that_names_both_kinds_decides_nothing(title):
    read = read_cover([squeeze(title)], KINDS)
    assert (read.body, read.year, read.kind) == ("沁水县粮食局", 2024, None)


@pytest.mark.parametrize("body", ["沁水县财政预算编审中心", "沁水县预算绩效评价中心"])
def test_a_body_may_have_the_budget_in_its_name(body):
    for title in (f"{body}2024年度单位决算", f"2024年度{body}单位决算"):
        read = read_cover([title], KINDS)
        assert (read.body, read.kind, read.scope) == (body, ACCOUNTS, Scope.UNIT)


@pytest.mark.parametrize(
    "title",
    [
        "沁水县粮食局2025年部门预算",
        "沁水县粮食局2025年预算编制说明",
        "2025年沁水县粮食局部门预算及“三公”经费预算公开",
        "2025年度沁水县粮食局单位预算（草案）",
    ],
)
def test_the_title_of_a_budget(title):
    read = read_cover([squeeze(title)], KINDS)
    assert (read.body, read.year, read.kind) == ("沁水县粮食局", 2025, BUDGET)


def test_year_and_kind_are_read_from_a_title_without_a_body():
    read = read_cover(["2024年度部门决算公开", "单位名称:沁水县粮食局"], KINDS)
    assert (read.body, read.year, read.kind) == (None, 2024, ACCOUNTS)


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_every_sample_is_recognised_as_final_accounts_without_its_cover(path):
    document = read_document(path)
    blocks = tuple(block for block in document.blocks if block.page != 1 or document.pages is None)
    found = kind_of(type(document)(document.format, blocks, document.pages), KINDS)
    assert (found.kind, found.government, found.doubts) == (ACCOUNTS, None, ())


@pytest.mark.skipif(not BUDGETS, reason="no corpus of budgets beside JUESUAN_CORPUS")
@pytest.mark.parametrize("path", BUDGETS, ids=lambda path: path.stem)
def test_a_budget_of_the_corpus_is_recognised(path):
    assert kind_of(read_document(path), KINDS).kind is BUDGET


@pytest.mark.skipif(not BUDGETS, reason="no corpus of budgets beside JUESUAN_CORPUS")
@pytest.mark.parametrize("path", BUDGETS, ids=lambda path: path.stem)
def test_a_budget_of_the_corpus_is_recognised_without_its_cover(path):
    document = read_document(path)
    blocks = tuple(block for block in document.blocks if block.page not in (1, 2))
    assert kind_of(type(document)(document.format, blocks, document.pages), KINDS).kind is BUDGET


@pytest.mark.parametrize(
    "text",
    [
        "海州县2026年政府预算（草案）\n目录\n\n一般公共预算收入预算表\n项目\t预算数\n" + TAX,
        "关于海州县2026年财政预算（草案）的报告\n\n一般公共预算收入预算表\n项目\t预算数\n税收收入\t1.00\n",
    ],
    ids=range(2),
)
def test_the_budget_of_a_government_is_refused_as_such(tmp_path, text):
    with pytest.raises(errors.GovernmentAccounts, match="the budget of a whole government"):
        read_disclosure(tmp_path, text, cover="")


def test_the_draft_of_a_departments_budget_is_read(tmp_path):
    titles = BUDGET_TITLES[0]
    read = read_disclosure(tmp_path, accounts_of(*titles), cover="海州市粮食局2026年部门预算（草案）\n目录\n")
    assert read.profile.kind == BUDGET.name

"""How the views mark numbers that are not sound: of tables read in part, in a guessed unit, in a broken identity."""

from dataclasses import replace
from decimal import Decimal

import pytest
from psycopg.rows import dict_row

from tests.warehouse.factory import cell, extraction, found, row, small_accounts
from tests.warehouse.factory_statements import said
from tests.warehouse.peers import peer, peers
from warehouse.comparison import queries
from warehouse.comparison.choices import question
from warehouse.load.document import load
from warehouse.records.reading import CheckOutcome, CheckResult, Counts, Status, TableFound, TableStatus

# View → condition of one of its rows, and a cell of a standard table or of the narrative that is in this row.
ROWS = {
    "balance": (None, "GK04/expenditure:本年支出合计/total"),
    "income_by_source": ("215", "GK02/215/other"),
    "expenditure_by_function": ("215", "GK05/215/basic"),
    "basic_expenditure_by_economic_class": ("301", "GK06/301/final"),
    "government_fund": ("229", "GK07/229/income"),
    "state_capital": ("223", "GK08/223/total"),
    "three_public": (None, "GK09/all/final_reception"),
    "budget_execution": ("2150501", "stated/budget_vs_final/行政运行/initial_budget"),
}
KEYS = {"basic_expenditure_by_economic_class": "economic_code"}
UNREAD = ("其他社会保障缴费 12.00",)


def accounts():
    return (*small_accounts(), *row("GK05", "2150501", total="45.00"), *row("GK08", "223", total="3.00"))


def loaded(connection, **changes) -> None:
    amounts = changes.pop("amounts", accounts())
    base = extraction(amounts=amounts, tables=found(amounts), doubts=(), checks=())
    load(connection, replace(base, **changes))


def read(connection, query: str, *values) -> list[dict]:
    return connection.cursor(row_factory=dict_row).execute(query, values).fetchall()


def soundness_of(connection, view: str) -> tuple[bool, str | None]:
    key, _ = ROWS[view]
    column = KEYS.get(view, "functional_code")
    where = f"where {column} = '{key}'" if key else ""
    ((is_sound, why_not),) = connection.execute(f"select is_sound, why_not from mart.{view} {where}").fetchall()
    return is_sound, why_not


def check(rule_id: str, outcome: CheckOutcome, *cells: str) -> CheckResult:
    return CheckResult(rule_id, "左 = 右", outcome, "左右相差 1.00 万元", cells=cells)


def tables(**statuses: TableStatus | TableFound) -> tuple[TableFound, ...]:
    """The tables of `accounts`, some with the status in `statuses`."""
    return tuple(
        table
        if (said := statuses.get(table.table_code)) is None
        else said
        if isinstance(said, TableFound)
        else replace(table, status=said)
        for table in found(accounts())
    )


@pytest.mark.takes(3)
@pytest.mark.parametrize("view", ROWS)
def test_a_row_of_sound_numbers_is_sound(connection, view):
    loaded(connection)
    assert soundness_of(connection, view) == (True, None)


@pytest.mark.takes(6)
@pytest.mark.parametrize("view", ROWS)
@pytest.mark.parametrize("outcome", [CheckOutcome.BROKEN, CheckOutcome.UNDETERMINED])
def test_a_row_in_an_identity_that_does_not_hold_is_not_sound(connection, view, outcome):
    words = {"broken": "不符", "undetermined": "无法判定"}[outcome]
    loaded(connection, checks=(check("B1", outcome, ROWS[view][1], "GK01/income:总计/final"),))
    assert soundness_of(connection, view) == (False, f"所涉勾稽关系{words}（B1）：左右相差 1.00 万元")


@pytest.mark.takes(5)
@pytest.mark.parametrize("view", [view for view in ROWS if view != "budget_execution"])
@pytest.mark.parametrize("rule_id", ["N1", "P4", "H3"])
def test_a_warning_or_a_wrong_sentence_does_not_make_the_number_of_the_table_unsound(connection, view, rule_id):
    loaded(connection, checks=(check(rule_id, CheckOutcome.BROKEN, ROWS[view][1]),))
    assert soundness_of(connection, view) == (True, None)


@pytest.mark.takes(3)
@pytest.mark.parametrize("view", ROWS)
def test_a_broken_identity_of_another_row_does_not_matter(connection, view):
    tables = ("GK02/208/total", "GK03/21505/total", "GK06/302/final", "GK07/TOTAL/total")
    cells = (*tables, "stated/budget_vs_final/a/final")
    loaded(connection, checks=(check("B4", CheckOutcome.BROKEN, *cells),))
    assert soundness_of(connection, view) == (True, None)


@pytest.mark.takes(3)
@pytest.mark.parametrize("view", [view for view in ROWS if view != "budget_execution"])
def test_a_row_with_a_doubtful_number_is_not_sound(connection, view):
    table, row_key, measure = ROWS[view][1].split("/")
    amounts = tuple(
        replace(amount, status=Status.DOUBTFUL, repair_reason="小数点不清")
        if (amount.table_code, amount.row_key, amount.measure) == (table, row_key, measure)
        else amount
        for amount in accounts()
    )
    loaded(connection, amounts=amounts)
    assert soundness_of(connection, view) == (False, "数字存疑：小数点不清")


@pytest.mark.takes(3)
@pytest.mark.parametrize("view", ROWS)
def test_a_row_of_a_table_read_in_part_is_not_sound(connection, view):
    table = "GK05" if view == "budget_execution" else ROWS[view][1].split("/")[0]
    loaded(connection, tables=tables(**{table: TableStatus.PARTIAL}))
    assert soundness_of(connection, view) == (False, f"公开{table[2:]}表未能全部读出")


@pytest.mark.takes(3)
@pytest.mark.parametrize("view", ROWS)
def test_a_number_of_a_guessed_unit_is_in_no_summary(connection, view):
    table = "GK05" if view == "budget_execution" else ROWS[view][1].split("/")[0]
    guessed = TableFound(table, TableStatus.PRESENT, is_unit_certain=False)
    loaded(connection, tables=tables(**{table: guessed}))
    assert soundness_of(connection, view) == (False, f"公开{table[2:]}表金额单位未能确定")
    query = "select count(amount_wan) as wan, count(*) > 0 as is_there from mart.amount where table_code = %s"
    assert read(connection, query, table) == [{"wan": 0, "is_there": True}]


def test_with_a_guessed_unit_there_is_the_printed_text_and_no_amount(connection):
    guessed = TableFound("GK03", TableStatus.PRESENT, is_unit_certain=False)
    loaded(connection, tables=tables(GK03=guessed))
    query = "select * from mart.amount where table_code = %s and row_key = '2150501' and measure = %s"
    (total,), (blank,), (other,) = (
        read(connection, query, *cell) for cell in (("GK03", "total"), ("GK03", "project"), ("GK05", "total"))
    )
    columns = ("amount_wan", "amount_yuan", "printed", "status", "repair_reason")
    assert [total[name] for name in columns] == [None, None, "45.00", "doubtful", "金额单位未能确定"]
    assert [blank[name] for name in columns] == [None, None, "", "as_printed", None]
    assert [other[name] for name in columns[:4]] == [45, 450000, "45.00", "as_printed"]
    (value,) = read(connection, "select amount_wan, why_not, cause from mart.metric_value where metric = 'expenditure'")
    assert value == {"amount_wan": None, "why_not": "金额单位未能确定", "cause": "reading"}
    assert read(connection, "select sum(total_wan) as wan from mart.expenditure_by_function") == [{"wan": None}]


def test_a_count_needs_no_unit_of_money(connection):
    loaded(connection, tables=tables(GK10=TableFound("GK10", TableStatus.PRESENT, is_unit_certain=False)))
    query = "select amount_wan, status from mart.amount where table_code = 'GK10'"
    assert read(connection, query) == [{"amount_wan": 3, "status": "as_printed"}]


def test_coverage_has_the_missing_parts_of_a_table(connection):
    partial = TableFound("GK06", TableStatus.PARTIAL, unread_rows=UNREAD, unread_columns=("其中:教育收费",))
    torn = TableFound("GK02", TableStatus.PRESENT, is_whole=False)
    loaded(connection, tables=tables(GK06=partial, GK02=torn, GK07=TableStatus.UNRECOGNISED))
    query = "select table_code, status, is_whole, unread_rows, missing from mart.coverage"
    shown = {row.pop("table_code"): row for row in read(connection, query)}
    assert shown["GK06"] == {
        "status": "partial",
        "is_whole": False,
        "unread_rows": [*UNREAD],
        "missing": "公开06表未能全部读出：未读出的行 其他社会保障缴费 12.00；未读出的列 其中:教育收费",
    }
    assert (shown["GK02"]["status"], shown["GK02"]["missing"]) == ("partial", "公开02表未能全部读出")
    assert (shown["GK07"]["status"], shown["GK07"]["missing"]) == ("unrecognised", "公开07表未能读出")
    assert (shown["GK03"]["status"], shown["GK03"]["is_whole"], shown["GK03"]["missing"]) == ("present", True, None)


@pytest.mark.parametrize(
    ("unaccounted", "why_not", "cause", "missing"),
    [
        (0, "未公开06表", "publishing", None),
        (5, "未见公开06表，文件中有金额不知属于何表", "reading", "未见公开06表，文件中有金额不知属于何表"),
    ],
)
def test_a_table_is_reported_as_not_published_only_if_that_is_known(connection, unaccounted, why_not, cause, missing):
    amounts = tuple(amount for amount in accounts() if amount.table_code != "GK06")
    counts = Counts(amounts_printed=60, amounts_loaded=60 - unaccounted, amounts_unaccounted=unaccounted)
    loaded(connection, amounts=amounts, tables=found(amounts), counts=counts)
    (value,) = read(connection, "select why_not, cause from mart.metric_value where metric = 'personnel'")
    assert value == {"why_not": why_not, "cause": cause}
    query = "select status, missing from mart.coverage where table_code = 'GK06'"
    assert read(connection, query) == [{"status": "absent", "missing": missing}]


def test_a_table_that_was_declared_after_the_reading_is_not_said_to_be_unpublished(connection):
    loaded(connection, tables=tuple(table for table in tables() if table.table_code != "GK06"))
    query = "select status, is_whole, is_unit_certain, file_no, missing from mart.coverage where table_code = 'GK06'"
    (shown,) = read(connection, query)
    assert list(shown.values()) == ["absent", False, True, None, "未见公开06表，此次解析不认识此表"]
    others = "select count(*) filter (where missing is null) as whole, count(*) as tables from mart.coverage"
    assert read(connection, others) == [{"whole": 9, "tables": 10}]


def test_a_reading_without_counted_numbers_has_null(connection):
    """As for readings of versions that did not count them: the number of unaccounted amounts is unknown."""
    amounts = tuple(amount for amount in accounts() if amount.table_code != "GK06")
    loaded(connection, amounts=amounts, tables=found(amounts))
    connection.execute("alter table warehouse.parse disable trigger user")
    connection.execute("update warehouse.parse set amounts_unaccounted = null")
    query = "select missing from mart.coverage where table_code = 'GK06'"
    assert read(connection, query) == [{"missing": "未见公开06表，此次解析未清点印出的金额"}]


def without(code: str, number: int, **changes):
    """A body whose GK06 has no row of `code`."""
    whole = peer(number)
    amounts = tuple(amount for amount in whole.amounts if (amount.table_code, amount.row_key) != ("GK06", code))
    statuses = tuple(replace(table, **changes) if table.table_code == "GK06" else table for table in whole.tables)
    return replace(whole, amounts=amounts, tables=statuses)


@pytest.mark.takes(1)
@pytest.mark.parametrize("status", [TableStatus.PARTIAL, TableStatus.PRESENT])
def test_a_body_whose_table_was_not_read_is_listed_as_left_out(connection, status):
    """A table that was read completely has no such row: the body is not listed as left out because of reading."""
    for body in peers()[:5]:
        load(connection, body)
    load(connection, without("30101", 5, status=status))
    ranked = read(connection, "select peers, left_out from mart.city_comparison where metric = 'economic:30101'")
    assert {tuple(row.values()) for row in ranked} == {(5, 1 if status == TableStatus.PARTIAL else 0)}
    query = "select county, why_not, cause, has_row from mart.left_out where metric = 'economic:30101'"
    missing = {"county": "巳县", "why_not": "公开06表未能全部读出", "cause": "reading", "has_row": False}
    assert read(connection, query) == ([missing] if status == TableStatus.PARTIAL else [])
    compared = queries.compare(connection, question(connection, "工业和信息化", 2024, ["economic:30101"]))
    (ranking,) = compared.rankings()
    told = len(ranking.ranked), len(ranking.left_out), len(ranking.unread), len(ranking.without)
    assert told == ((5, 0, 1, 0) if status == TableStatus.PARTIAL else (5, 0, 0, 1))
    assert ranking.of_another_scope == 0


def test_a_table_read_in_part_that_shows_the_row_counts_its_body_once(connection):
    for body in peers()[:5]:
        load(connection, body)
    load(connection, without("30201", 5, status=TableStatus.PARTIAL))
    columns = "select distinct metric, peers, left_out"
    query = f"{columns} from mart.city_comparison where metric like 'economic:30_01' order by 1"
    assert [tuple(row.values()) for row in read(connection, query)] == [
        ("economic:30101", 6, 0),
        ("economic:30201", 5, 1),
    ]


def test_a_sum_by_place_counts_the_bodies_whose_class_was_not_read(connection):
    """Two bodies of one place; the table of the second has no such class, and was perhaps read in part."""
    first, second = peer(0), peer(1)
    second = replace(second, profile=replace(second.profile, division_code="990101", county="子县"))
    rest = tuple(amount for amount in second.amounts if (amount.table_code, amount.row_key) != ("GK03", "215"))
    torn = tuple(
        replace(table, status=TableStatus.PARTIAL) if table.table_code == "GK03" else table for table in second.tables
    )
    load(connection, first)
    load(connection, replace(second, amounts=rest))
    query = "select amount_wan, documents, left_out from mart.class_expenditure where class_code = '215'"
    assert [tuple(row.values()) for row in read(connection, query)] == [(820, 1, 0)]
    load(connection, replace(second, amounts=rest, tables=torn, parser_version="2"))
    assert [tuple(row.values()) for row in read(connection, query)] == [(820, 1, 1)]


def test_a_broken_sum_makes_its_items_and_its_total_unsound(connection):
    stated = (
        said("budget_vs_final", "TOTAL", "initial_budget", "70.00"),
        said("budget_vs_final", "行政运行", "initial_budget", "45.00", functional_code="2150501"),
        said("budget_vs_final", "行政运行", "final", "45.00", functional_code="2150501"),
    )
    cells = ("stated/budget_vs_final/TOTAL/initial_budget", "stated/budget_vs_final/行政运行/initial_budget")
    loaded(connection, stated=stated, checks=(check("N5", CheckOutcome.BROKEN, *cells),))
    rows = read(connection, "select subject, completion_pct, is_sound from mart.budget_execution order by 1")
    assert [tuple(row.values()) for row in rows] == [
        ("TOTAL", Decimal("100.00"), False),
        ("行政运行", Decimal("100.00"), False),
    ]


def test_an_item_of_gk07_only_is_not_of_the_general_budget(connection):
    stated = (
        said("budget_vs_final", "其他支出", "initial_budget", "20.00", functional_code="229"),
        said("budget_vs_final", "资源勘探工业信息等支出", "initial_budget", "50.00", functional_code="215"),
    )
    loaded(connection, stated=stated)
    rows = read(connection, "select functional_code, budget, final_wan from mart.budget_execution order by 1")
    assert [tuple(row.values()) for row in rows] == [("215", "general_public", 55), ("229", "fund", 15)]


def test_figures_of_the_fund_section_are_shown_once(connection):
    stated = tuple(
        said(kind, "其他支出", "initial_budget", wan, functional_code="229")
        for kind, wan in (("budget_vs_final", "20.00"), ("fund_budget_vs_final", "30.00"))
    )
    loaded(connection, stated=stated)
    rows = read(connection, "select budget, initial_budget_wan from mart.budget_execution")
    assert [tuple(row.values()) for row in rows] == [("fund", 30)]


def test_a_doubtful_sentence_or_final_figure_is_not_sound(connection):
    doubtful = {"status": Status.DOUBTFUL, "repair_reason": "原文残缺"}
    stated = (said("budget_vs_final", "行政运行", "final", "45.00", functional_code="2150501", **doubtful),)
    loaded(connection, stated=stated)
    assert soundness_of(connection, "budget_execution") == (False, "数字存疑：原文残缺")


def test_no_share_of_a_doubtful_total(connection):
    doubtful = cell("GK03", "TOTAL", "total", "90.00", status=Status.DOUBTFUL, repair_reason="小数点不清")
    amounts = (doubtful, *(a for a in accounts() if (a.table_code, a.row_key, a.measure) != ("GK03", "TOTAL", "total")))
    loaded(connection, amounts=amounts)
    shares = "select count(share_of_total_pct) as shares from mart.expenditure_by_function"
    assert read(connection, shares) == [{"shares": 0}]

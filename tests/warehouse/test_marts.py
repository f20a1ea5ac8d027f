"""The public views: they have comments, no duplicate rows, and the right values for the small accounts."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.kinds import KINDS
from tests.mart_columns import OF_NO_DOCUMENT
from tests.warehouse.factory import cell, extraction, profile
from warehouse.base.database import connect
from warehouse.base.sql_files import audit_queries, project_views
from warehouse.load.document import load
from warehouse.records.reading import Counts

SHARED = [
    "document_id",
    "source_name",
    "province",
    "city",
    "county",
    "division_code",
    "jurisdiction_level",
    "department",
    "department_kind",
    "scope",
    "fiscal_year",
]
DOCUMENT_VIEWS = [
    view.name
    for view in project_views()
    if view.full_name == "mart.metric_value" or (view.schema == "mart" and view.kind == "view")
    if view.name not in OF_NO_DOCUMENT
]
WITH_SOUNDNESS = [
    "balance",
    "income_by_source",
    "expenditure_by_function",
    "basic_expenditure_by_economic_class",
    "government_fund",
    "state_capital",
    "three_public",
    "budget_execution",
]
COMMENTS = """
select format('%s.%s', relation.oid::regclass, attname) from pg_class as relation
left join pg_attribute on attrelid = relation.oid and attnum > 0 and not attisdropped
where relnamespace::regnamespace::text in ('mart', 'intermediate', 'staging', 'warehouse')
    and relkind in ('r', 'v') and relname <> 'alembic_version'
    and (coalesce(obj_description(relation.oid, 'pg_class'), '') !~ '[一-龥]'
        or attnum is not null and coalesce(col_description(relation.oid, attnum), '') !~ '[一-龥]')
"""


@pytest.fixture
def small(module_database: str) -> Iterator[psycopg.Cursor]:
    """A cursor with rows as dictionaries on a warehouse with the small accounts; tests only read."""
    with connect(module_database) as connection:
        load(connection, extraction())
        yield connection.cursor(row_factory=dict_row)


def pick(row: dict, *columns: str) -> tuple:
    return tuple(row[column] for column in columns)


def rows(cursor: psycopg.Cursor, view: str, key: str) -> dict[str, dict]:
    return {row[key]: row for row in cursor.execute(f"select * from mart.{view}")}


def wan(*amounts: str | None) -> tuple:
    return tuple(None if amount is None else Decimal(amount) for amount in amounts)


def test_every_table_view_and_column_has_a_chinese_comment(small):
    assert small.execute(COMMENTS).fetchall() == []


@pytest.mark.parametrize("view", DOCUMENT_VIEWS)
def test_the_shared_columns_come_first(small, view):
    columns = [column.name for column in small.execute(f"select * from mart.{view}").description]
    assert columns[: len(SHARED)] == SHARED


@pytest.mark.parametrize("name", audit_queries())
def test_audit_queries_return_no_row(small, name):
    assert small.execute(audit_queries()[name]).fetchall() == []


def test_disclosure(small):
    (row,) = rows(small, "disclosure", "document_id").values()
    assert pick(row, "department", "city", "division_code", "fiscal_year", "scope", "kind") == (
        "甲市工业和信息化局",
        "南阳市",
        "411300",
        2024,
        "department",
        "final_accounts",
    )
    assert row["tables_found"] == ["GK01", "GK02", "GK03", "GK04", "GK05", "GK06", "GK07", "GK08", "GK09", "GK10"]
    assert pick(row, "version", "is_current", "doubts") == (1, True, 1)
    checks = ("checks_exact", "checks_rounding", "checks_broken", "checks_undetermined")
    assert pick(row, *checks) == (2, 1, 1, 1)


def test_disclosure_counts_loaded_doubtful_and_unaccounted_numbers(connection):
    counts = Counts(
        amounts_printed=64,
        amounts_loaded=58,
        amounts_doubtful=4,
        amounts_unaccounted=2,
        form_numbers=30,
        narrative_numbers=25,
    )
    load(connection, extraction(counts=counts))
    columns = ", ".join(asdict(counts))
    row = connection.cursor(row_factory=dict_row).execute(f"select {columns} from mart.disclosure").fetchone()
    assert row == asdict(counts)


def test_amounts_in_wan_and_yuan(small):
    row = small.execute(
        "select * from mart.amount where table_code = 'GK03' and row_key = '2150501' and measure = 'basic'"
    ).fetchone()
    assert pick(row, "amount_wan", "amount_yuan", "functional_code", "level", "is_leaf") == (
        45,
        450000,
        "2150501",
        "item",
        True,
    )
    assert pick(row, "printed", "printed_unit", "status", "page") == ("45.00", "万元", "as_printed", 1)


def test_an_amount_printed_in_yuan_keeps_its_fen(connection):
    load(
        connection,
        extraction(amounts=(cell("GK03", "TOTAL", "total", "0.123456", printed_unit="元", printed="1234.56"),)),
    )
    assert connection.execute("select amount_wan, amount_yuan from mart.amount").fetchone() == wan(
        "0.123456", "1234.56"
    )


def test_a_count_is_a_quantity_and_no_amount_of_money(small):
    row = small.execute("select * from mart.amount where table_code = 'GK10'").fetchone()
    assert pick(row, "quantity", "value_unit", "amount_yuan", "printed_unit") == (3, "辆", None, "辆")
    money = small.execute("select count(*) from mart.amount where value_unit = '元' and quantity is not null")
    assert money.fetchone() == {"count": 0}


def test_a_leaf_has_no_subject_below_it_in_its_own_table(small):
    query = "select table_code, row_key from mart.amount where is_leaf and measure in ('total', 'final') order by 1, 2"
    assert [pick(row, "table_code", "row_key") for row in small.execute(query)] == [
        ("GK02", "21505"),
        ("GK03", "208"),
        ("GK03", "2150501"),
        ("GK03", "2150502"),
        ("GK05", "215"),
        ("GK06", "30101"),
        ("GK06", "302"),
        ("GK07", "229"),
    ]


def test_doubt(small):
    (row,) = small.execute("select * from mart.doubt").fetchall()
    assert pick(row, "what", "table_code", "row_key", "measure", "page") == (
        "number_unreadable",
        "GK03",
        "208",
        "project",
        3,
    )


def test_coverage_names_every_standard_table(small):
    statuses = {code: row["status"] for code, row in rows(small, "coverage", "table_code").items()}
    assert len(statuses) == 10 and statuses.pop("GK08") == "empty_with_statement"
    assert set(statuses.values()) == {"present"}


def test_balance_finds_a_total_under_each_of_its_wordings(small):
    (row,) = rows(small, "balance", "document_id").values()
    assert pick(row, "income_wan", "expenditure_wan", "opening_balance_wan", "closing_balance_wan") == wan(
        "100", "90", "0", "10"
    )
    assert pick(row, "fiscal_income_wan", "fiscal_expenditure_wan", "fiscal_expenditure_government_fund_wan") == wan(
        "95", "85", "15"
    )
    assert pick(row, "non_fiscal_surplus_used_wan", "fiscal_expenditure_state_capital_wan") == (None, None)


def test_income_by_source(small):
    found = rows(small, "income_by_source", "functional_code")
    assert sorted(found) == ["215", "21505"]
    assert pick(found["215"], "total_wan", "fiscal_appropriation_wan", "other_wan", "operating_wan") == wan(
        "70", "65", "5", None
    )


def test_expenditure_by_function_puts_two_tables_side_by_side(small):
    found = rows(small, "expenditure_by_function", "functional_code")
    assert sorted(found) == ["208", "215", "21505", "2150501", "2150502"]
    assert pick(found["215"], "total_wan", "basic_wan", "project_wan", "general_public_budget_total_wan") == wan(
        "60", "45", "15", "55"
    )
    assert pick(found["208"], "share_of_total_pct", "project_wan", "general_public_budget_total_wan") == wan(
        "16.67", None, None
    )
    assert pick(found["2150502"], "class_code", "class_name", "category_code", "category_name") == (
        "215",
        "资源勘探工业信息等支出",
        "21505",
        "工业和信息产业",
    )


def test_basic_expenditure_by_economic_class(small):
    found = rows(small, "basic_expenditure_by_economic_class", "economic_code")
    assert pick(found["301"], "final_wan", "share_of_basic_pct", "expenditure_group") == (
        Decimal(50),
        Decimal("83.33"),
        "personnel",
    )
    assert pick(found["302"], "final_wan", "share_of_basic_pct", "expenditure_group") == (
        Decimal(10),
        Decimal("16.67"),
        "public",
    )


def test_government_fund(small):
    (row,) = rows(small, "government_fund", "functional_code").values()
    assert pick(row, "functional_code", "income_wan", "total_wan", "basic_wan", "closing_balance_wan") == (
        "229",
        *wan("15", "15", None, "0"),
    )


def test_state_capital(connection):
    load(connection, extraction(amounts=(cell("GK08", "223", "total", "7.00"), cell("GK08", "223", "project", "7.00"))))
    query = "select functional_code, total_wan, basic_wan, project_wan from mart.state_capital"
    assert connection.execute(query).fetchall() == [("223", *wan("7", None, "7"))]


def test_three_public(small):
    (row,) = rows(small, "three_public", "document_id").values()
    assert pick(row, "budget_total_wan", "final_total_wan", "completion_pct") == wan("2", "0.5", "25")
    assert pick(row, "budget_overseas_wan", "final_reception_wan") == wan(None, "0.5")
    assert pick(row, "domestic_reception_batches", "domestic_reception_persons", "vehicles_owned") == (3, 21, 0)
    assert row["overseas_groups"] is None


def test_no_percentage_on_a_zero_base(connection):
    amounts = (cell("GK09", "all", "budget_total", "0.00"), cell("GK09", "all", "final_total", "0.50"))
    load(connection, extraction(amounts=amounts))
    assert connection.execute("select completion_pct from mart.three_public").fetchall() == [(None,)]


def test_budgets_stay_out_of_the_comparison_views(connection):
    load(connection, extraction(profile=profile(kind="budget")))
    assert connection.execute("select count(*) from mart.disclosure").fetchone() == (1,)
    assert connection.execute("select count(*) from mart.expenditure_by_function").fetchone() == (0,)


def test_a_document_of_unknown_place_and_year_is_shown_with_nulls(connection):
    unknown = profile(
        fiscal_year=None, province=None, city=None, division_code=None, jurisdiction_level=None, scope=None
    )
    load(connection, extraction(profile=unknown))
    assert connection.execute("select fiscal_year, city, scope from mart.disclosure").fetchall() == [(None, None, None)]


def test_dimensions(small):
    (department,) = rows(small, "department", "department_id").values()
    assert pick(department, "department", "jurisdiction", "names_printed") == (
        "甲市工业和信息化局",
        "南阳市",
        ["甲市工业和信息化局"],
    )
    assert list(rows(small, "fiscal_year", "fiscal_year")) == [2024]
    assert rows(small, "standard_table", "table_code").keys() == {table.code for kind in KINDS for table in kind.tables}


@pytest.mark.parametrize(
    "view",
    [
        "disclosure",
        "amount",
        "expenditure_by_function",
        "basic_expenditure_by_economic_class",
        "three_public",
        "stated_figure",
        "performance_project",
        "performance_indicator",
        "check_result",
    ],
)
def test_a_query_on_one_document_reads_one_document(small, view):
    """With twenty million amounts a plan that scans the table would take seconds."""
    small.execute("set enable_seqscan = off")
    plan = "\n".join(
        line["QUERY PLAN"] for line in small.execute(f"explain select * from mart.{view} where document_id = 1")
    )
    for table in ("amount", "stated_figure", "performance_indicator", "check_result"):
        assert f"Seq Scan on {table}" not in plan
    assert "CTE Scan" not in plan


@pytest.mark.parametrize("view", ["amount", "coverage", "stated_figure"])
def test_selecting_the_shared_columns_does_not_count_checks(small, view):
    plan = small.execute(f"explain (format json) select * from mart.{view}").fetchone()
    assert "check_result" not in str(plan)


@pytest.mark.parametrize("view", WITH_SOUNDNESS)
def test_a_query_without_is_sound_does_not_compute_it(small, view):
    columns = [column.name for column in small.execute(f"select * from mart.{view}").description]
    asked = ", ".join(name for name in columns if name not in ("is_sound", "why_not"))
    plan = small.execute(f"explain (format json) select {asked} from mart.{view}").fetchone()
    assert "check_result" not in str(plan)

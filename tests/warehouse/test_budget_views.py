"""The views of budgets: income, function, economic class, three public expenses, projects, procurement, targets."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.warehouse.budgets import budget, budget_row
from tests.warehouse.factory import cell, extraction, found, source
from tests.warehouse.factory_statements import small_form
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.records.reading import Amount

PROJECT = "产业扶持资金"
OTHER_TABLES = (
    *budget_row("YS02", "unit:甲市企业服务中心", total="20.00"),
    *budget_row("YS03", "unit:甲市企业服务中心/2150501", total="7.00", basic="7.00"),
    *budget_row("YS07", "all", budget_total="2.00", budget_reception="2.00", prior_budget_total="2.50"),
    *budget_row("YS10", "TOTAL", total="20.00", general_public_budget="12.00"),
    *budget_row("YS10", f"unit:甲市企业服务中心/project:{PROJECT}", total="12.00", general_public_budget="12.00"),
    *budget_row("YS10", "project:重名项目", total="4.00"),
    *budget_row("YS10", "unit:甲市企业服务中心/project:重名项目", total="4.00"),
    *budget_row("YS11", "A/货物", total="5.00"),
    *budget_row("YS15", "301", total="9.00"),
    *budget_row("YS15", "301/501", total="7.00"),
    *budget_row("YS15", "301/505", total="2.00"),
    *budget_row("YS15", "30101/50101", total="7.00"),
    *budget_row("YS15", "302/502", total="3.00"),
    *budget_row("YS15", "30299/50501", total="1.00"),
    *budget_row("YS15", "unit:甲中心/302", total="3.00"),
    *budget_row("YS15", "unit:甲中心/30201", total="3.00"),
    *budget_row("YS15", "unit:乙中心/302", total="4.00"),
)

BY_UNIT = (
    *budget_row("YS03", "unit:甲中心", total="9.00", basic="5.00"),
    *budget_row("YS03", "unit:甲中心/215", total="9.00", basic="5.00"),
    *budget_row("YS05", "unit:甲中心", total="4.00", basic="1.00"),
    *budget_row("YS05", "unit:乙中心", total="5.00", basic="4.00"),
    *budget_row("YS07", "TOTAL", budget_reception="2.00"),
    *budget_row("YS16", "TOTAL", total="9.00"),
)

WITH_SUBTOTAL = budget_row("YS07", "all", budget_total="5.00", budget_three_public="2.00", budget_meeting="3.00")
WITH_MEETINGS = budget_row("YS07", "all", budget_total="4.00", budget_reception="1.50", budget_meeting="2.50")

# (row, code, amount) of the table of projects, and (name, code, executed) of the self-evaluations of the year.
PLANNED = (
    ("project:水库加固", "A0001", "10.00"),
    ("unit:甲中心/project:运维", "B0001", "5.00"),
    ("unit:乙中心/project:运维", "B0002", "6.00"),
    ("project:巡查", None, "7.00"),
    ("project:普查", None, "8.00"),
    ("project:宣传", "C0001", "2.00"),
    ("project:宣传培训", "C0001", "3.00"),
    ("project:防汛", "D0001", "4.00"),
    ("project:采样", None, "1.00"),
    ("project:采样项目", None, "1.50"),
)
EVALUATED = (
    ("水库除险加固", "A0001", "9.00"),
    ("运维", "B0002", "4.00"),
    ("运维", None, "3.00"),
    ("巡查项目", "E0001", "6.00"),
    ("普查", None, "5.00"),
    ("普查项目", None, "2.50"),
    ("宣传（2021）", None, "1.00"),
    ("宣 传", None, "1.80"),
    ("防汛", "D0002", "3.50"),
    ("采样", None, "0.80"),
)


def rows_with_codes() -> tuple[Amount, ...]:
    return tuple(
        replace(amount, project_code=code)
        for row_key, code, wan in PLANNED
        for amount in budget_row("YS10", row_key, total=wan)
    )


@pytest.fixture(scope="module")
def loaded(module_database: str) -> Iterator[psycopg.Connection]:
    """A budget with a target form, and accounts whose self-evaluation prints the project with blanks in its name."""
    target = small_form(adjusted_budget=None, executed=None, execution_rate_pct=None, total_score=None, management=())
    evaluated = small_form(project="产业 扶持资金")
    amounts = (cell("GK05", "TOTAL", "total", "70.00"),)
    accounts = extraction(
        "accounts", amounts=amounts, tables=found(amounts), stated=(), checks=(), units=(), projects=(evaluated,)
    )
    with connect(module_database) as connection:
        load(connection, budget(amounts=(*budget().amounts, *OTHER_TABLES), projects=(target,)))
        load(connection, accounts)
        load(connection, budget("2023", (*budget().amounts, *WITH_SUBTOTAL), profile={"fiscal_year": 2023}))
        load(connection, budget("2022", profile={"fiscal_year": 2022}, amounts=BY_UNIT))
        load(connection, budget("2021", (*rows_with_codes(), *WITH_MEETINGS), profile={"fiscal_year": 2021}))
        forms = [small_form(project=name, project_code=code, executed=Decimal(wan)) for name, code, wan in EVALUATED]
        of_2021 = replace(accounts, profile=replace(accounts.profile, fiscal_year=2021), projects=tuple(forms))
        load(connection, replace(of_2021, source=source("accounts of 2021", "accounts of 2021.pdf")))
        connection.commit()
        yield connection


def rows(connection, view: str, key: str = "row_key") -> dict:
    cursor = connection.cursor(row_factory=dict_row)
    return {row[key]: row for row in cursor.execute(f"select * from mart.{view} where fiscal_year = 2024")}


@pytest.mark.parametrize(
    ("view", "row_key", "values"),
    [
        ("budget_income_by_source", "TOTAL", {"total_wan": "100", "general_public_budget_wan": "80", "level": None}),
        ("budget_income_by_source", "unit:甲市企业服务中心", {"total_wan": "20", "unit": "甲市企业服务中心"}),
        ("budget_by_function", "2150501", {"total_wan": "62", "general_public_budget_personnel_wan": "52"}),
        ("budget_by_function", "21505", {"total_wan": None, "general_public_budget_project_wan": "18"}),
        ("budget_by_function", "unit:甲市企业服务中心/2150501", {"total_wan": "7", "functional_code": "2150501"}),
        ("budget_basic_by_economic_class", "301", {"total_wan": "52", "share_of_basic_pct": "83.87", "is_leaf": False}),
        ("budget_basic_by_economic_class", "30101", {"personnel_wan": "52", "public_wan": None, "is_leaf": True}),
        ("budget_three_public", "all", {"budget_reception_wan": "2", "prior_budget_total_wan": "2.5"}),
        ("budget_project", "TOTAL", {"total_wan": "20", "project": None, "executed_wan": None}),
        ("procurement", "A/货物", {"total_wan": "5", "quantity": None}),
    ],
)
def test_a_row_of_a_table(loaded, view, row_key, values):
    row = rows(loaded, view)[row_key]
    found_values = {column: row[column] for column in values}
    assert found_values == {
        column: Decimal(one) if isinstance(one, str) and one[0].isdigit() and column != "functional_code" else one
        for column, one in values.items()
    }
    assert (row["is_sound"], row["document_kind"]) == (True, "budget")


@pytest.mark.parametrize(
    ("row_key", "is_leaf"),
    [
        ("301", False),
        ("301/501", False),
        ("301/505", True),
        ("30101/50101", True),
        ("302/502", True),
        ("unit:甲中心/302", False),
        ("unit:甲中心/30201", True),
        ("unit:乙中心/302", True),
    ],
)
def test_a_row_is_no_leaf_where_each_code_of_another_is_below_its_own(loaded, row_key, is_leaf):
    for view, measure in (("mart.amount", "and measure = 'total'"), ("intermediate.budget_row", "")):
        query = f"select is_leaf from {view} where table_code = 'YS15' and row_key = %s {measure}"
        assert loaded.execute(query, [row_key]).fetchall() == [(is_leaf,)]


def test_each_table_of_functions_has_its_own_leaves(database):
    """The table of all money ends with classes, that of the general public budget goes on."""
    amounts = (
        *budget_row("YS03", "215", total="10.00"),
        *budget_row("YS05", "215", total="8.00"),
        *budget_row("YS05", "2150501", total="8.00"),
    )
    query = """
        select sum(total_wan) filter (where is_leaf),
            sum(general_public_budget_total_wan) filter (where is_general_public_budget_leaf)
        from mart.budget_by_function
    """
    with connect(database) as connection:
        load(connection, budget(amounts=amounts))
        assert connection.execute(query).fetchone() == (10, 8)


def test_a_project_is_followed_into_the_accounts(loaded):
    row = rows(loaded, "budget_project", "project")[PROJECT]
    assert (row["total_wan"], row["target_wan"], row["stated_initial_wan"]) == (12, 12, 12)
    assert (row["executed_wan"], row["execution_pct_of_budget"]) == (Decimal("9.5"), Decimal("79.17"))
    assert (row["total_score"], row["why_no_outcome"]) == (Decimal("99.5"), None)
    against = rows(loaded, "budget_against_account", "key")[PROJECT]
    assert (against["basis"], against["budget_document_wan"], against["adjusted_wan"]) == ("project", 12, 10)
    assert (against["execution_pct_of_adjusted"], against["is_sound"]) == (95, True)


def test_projects_of_one_name_are_not_followed(loaded):
    query = "select distinct why_no_outcome, executed_wan from mart.budget_project where project = '重名项目'"
    assert loaded.execute(query).fetchall() == [("预算有几个项目同名", None)]
    query = "select budget_document_wan, is_sound from mart.budget_against_account where label = '重名项目'"
    assert loaded.execute(query).fetchall() == [(None, False)]


@pytest.mark.parametrize(
    ("row_key", "executed", "why"),
    [
        ("project:水库加固", "9", None),  # its code, under another name
        ("unit:乙中心/project:运维", "4", None),
        ("unit:甲中心/project:运维", None, "同名项目不止一个编码，决算没有此编码的自评表"),
        ("project:巡查", "6", None),  # 巡查项目, the only one that is meant
        ("project:普查", "5", None),  # not 普查项目, which is beside it
        ("project:宣传", "1.8", None),  # by its name: two projects of the budget print the same code
        ("project:宣传培训", None, "决算没有同名项目的自评表"),
        ("project:防汛", None, "同名项目不止一个编码，决算没有此编码的自评表"),
        ("project:采样", "0.8", None),
        ("project:采样项目", None, "决算没有同名项目的自评表"),
    ],
)
def test_a_project_is_followed_by_its_code_else_by_its_name(loaded, row_key, executed, why):
    query = "select executed_wan, why_no_outcome from mart.budget_project where fiscal_year = 2021 and row_key = %s"
    assert loaded.execute(query, [row_key]).fetchall() == [(executed and Decimal(executed), why)]


def test_a_form_without_a_code_is_not_taken_for_one_of_two_projects_of_its_name(loaded):
    query = """
        select key, budget_document_wan, final_wan, why_not from mart.budget_against_account
        where fiscal_year = 2021 and label = '运维' order by key
    """
    assert loaded.execute(query).fetchall() == [
        ("运维", None, 3, "同名项目有几个编码，此处未印"),
        ("运维 B0001", 5, None, None),
        ("运维 B0002", 6, 4, None),
    ]


def test_a_target_has_what_came_of_it(loaded):
    row = rows(loaded, "performance_target", "level3")["扶持企业数"]
    assert (row["target"], row["actual"], row["score"]) == ("≥10家", "12家", 15)
    query = "select document_kind, stage, count(*) from mart.performance_project where fiscal_year = 2024 group by 1, 2"
    assert {*loaded.execute(query)} == {("budget", "target", 1), ("final_accounts", "result", 1)}


def test_the_years_of_budgets_are_compared(loaded):
    query = "select prior_amount_wan, change_wan, is_comparable from mart.year_over_year where metric = %s"
    row = loaded.execute(f"{query} and fiscal_year = 2024", ["budget_expenditure"]).fetchone()
    assert row == (100, 0, True)
    kinds = "select distinct document_kind from mart.city_comparison where metric like 'budget%'"
    assert loaded.execute(kinds).fetchall() == [("budget",)]


def test_a_metric_is_the_row_of_the_only_unit_or_of_all_units_but_never_that_of_one_among_others(loaded):
    found_values = loaded.execute(
        "select metric, row_key, amount_wan::float8 from mart.metric_value"
        ' where fiscal_year = 2022 and metric = any(%s) order by metric collate "C"',
        [["budget_expenditure", "budget_basic", "budget_basic_expenditure", "budget_three_public_reception"]],
    ).fetchall()
    assert found_values == [
        ("budget_basic", "unit:甲中心", 5.0),
        ("budget_basic_expenditure", None, None),
        ("budget_expenditure", "unit:甲中心", 9.0),
        ("budget_three_public_reception", "TOTAL", 2.0),
    ]


def test_the_three_public_expenses_are_their_subtotal_or_a_total_of_nothing_else(loaded):
    query = (
        "select fiscal_year, amount_wan::float8, measure, why_not from mart.metric_value where metric = %s order by 1"
    )
    assert loaded.execute(query, ["budget_three_public"]).fetchall() == [
        (2021, None, "budget_three_public", "表中合计含会议费、培训费，“三公”经费小计未印"),
        (2022, None, "budget_three_public", "预算07表没有此行"),
        (2023, 2.0, "budget_three_public", None),
        (2024, 2.0, "budget_total", None),
    ]

"""mart.budget_execution: the budget that the narrative states, with the final figure of the table."""

from decimal import Decimal

import pytest
from psycopg.rows import dict_row

from tests.warehouse.factory import cell
from tests.warehouse.factory_statements import said
from tests.warehouse.peers import peer
from warehouse.load.document import load
from warehouse.records.places import Place
from warehouse.records.reading import Status

CELLS = (
    cell("GK05", "TOTAL", "total", "500.00"),
    cell("GK05", "2150501", "total", "45.00", place=Place(9)),
    cell("GK07", "TOTAL", "total", "15.00"),
    cell("GK08", "TOTAL", "total", "3.00"),
)


def told(subject: str, code: str | None = None, kind: str = "budget_vs_final", **measures: str):
    units = {"completion_pct": "%"}
    for measure, value in measures.items():
        if measure == "reason":
            yield said(kind, subject, measure, None, None, text=value, functional_code=code)
        else:
            yield said(kind, subject, measure, value, units.get(measure, "万元"), functional_code=code)


def executed(connection, *stated) -> dict[str, dict]:
    load(connection, peer(0, amounts=CELLS, stated=tuple(stated)))
    cursor = connection.cursor(row_factory=dict_row)
    return {row["subject"]: row for row in cursor.execute("select * from mart.budget_execution")}


def pick(row: dict, *columns: str) -> tuple:
    return tuple(row[column] for column in columns)


def test_an_item_with_its_reason_and_both_percentages(connection):
    stated = told(
        "行政运行", "2150501", initial_budget="40.00", final="45.00", completion_pct="112.50", reason="人员增加"
    )
    row = executed(connection, *stated)["行政运行"]
    assert pick(row, "functional_code", "level", "initial_budget_wan", "final_wan") == ("2150501", "item", 40, 45)
    assert pick(row, "completion_pct", "stated_completion_pct", "reason") == (
        Decimal("112.50"),
        Decimal("112.50"),
        "人员增加",
    )
    assert pick(row, "page", "final_page", "is_certain") == (8, 9, True)


@pytest.mark.parametrize(
    ("subject", "kind", "final"),
    [
        ("TOTAL", "budget_vs_final", 500),
        ("government_fund", "fund_budget_vs_final", 15),
        ("state_capital", "fund_budget_vs_final", 3),
    ],
)
def test_a_total_is_that_of_its_own_table(connection, subject, kind, final):
    row = executed(connection, *told(subject, kind=kind, initial_budget="10.00"))[subject]
    assert pick(row, "final_wan", "completion_pct") == (final, final * 10)


def test_statements_about_funds_are_compared_with_gk07(connection):
    """A code may be printed in GK05 and in GK07, and a subject in the sentences about both."""
    cells = (
        *(cell(table, "212", "total", wan) for table, wan in (("GK05", "7.00"), ("GK07", "40.00"))),
        cell("GK08", "223", "total", "3.00"),
    )
    both = [
        *told("城乡社区支出", "212", initial_budget="10.00"),
        *told("城乡社区支出", "212", "fund_budget_vs_final", initial_budget="50.00"),
        *told("国有资本经营预算支出", "223", "fund_budget_vs_final", initial_budget="6.00"),
    ]
    load(connection, peer(0, amounts=cells, stated=tuple(both)))
    query = "select budget, functional_code, final_wan, completion_pct from mart.budget_execution order by 1, 2"
    assert connection.execute(query).fetchall() == [
        ("fund", "212", 40, 80), ("fund", "223", 3, 50), ("general_public", "212", 7, 70)
    ]  # fmt: skip


def test_no_percentage_of_a_doubtful_amount(connection):
    unsure = cell("GK05", "2150501", "total", "4500.00", status=Status.DOUBTFUL, repair_reason="小数点不清")
    stated = told("行政运行", "2150501", initial_budget="40.00", final="45.00")
    load(connection, peer(0, amounts=(unsure,), stated=tuple(stated)))
    query = "select final_wan, completion_pct, is_certain from mart.budget_execution"
    assert connection.execute(query).fetchall() == [(4500, Decimal("112.50"), False)]


def test_a_subject_without_code_keeps_its_stated_figures(connection):
    row = executed(connection, *told("产业发展", initial_budget="4.00", final="3.00"))["产业发展"]
    assert pick(row, "functional_code", "final_wan", "stated_final_wan", "completion_pct") == (None, None, 3, 75)


def test_no_percentage_of_a_budget_of_zero(connection):
    row = executed(connection, *told("行政运行", "2150501", initial_budget="0.00", completion_pct="0.00"))["行政运行"]
    assert pick(row, "completion_pct", "stated_completion_pct") == (None, 0)


def test_the_adjusted_budget_is_used_if_no_initial_budget_is_printed(connection):
    row = executed(connection, *told("行政运行", "2150501", adjusted_budget="50.00"))["行政运行"]
    assert pick(row, "initial_budget_wan", "adjusted_budget_wan", "completion_pct") == (None, 50, 90)

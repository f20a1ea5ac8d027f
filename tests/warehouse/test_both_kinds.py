"""Budgets beside final accounts: no view of accounts shows a figure of a budget, and each view says the kind."""

from tests.warehouse.budgets import budget
from tests.warehouse.factory import extraction
from warehouse.load.document import load

OF_ACCOUNTS = (
    "balance",
    "income_by_source",
    "expenditure_by_function",
    "basic_expenditure_by_economic_class",
    "government_fund",
    "state_capital",
    "three_public",
    "budget_execution",
    "performance_comparison",
    "class_expenditure",
)


def rows_of(connection, view: str) -> list[tuple]:
    return connection.execute(f"select * from mart.{view} order by 1, 2, 3, 4").fetchall()


def test_a_budget_changes_nothing_in_the_views_of_accounts(connection):
    load(connection, extraction())
    before = {view: rows_of(connection, view) for view in OF_ACCOUNTS}
    load(connection, budget())
    assert {view: rows_of(connection, view) for view in OF_ACCOUNTS} == before
    compared = "select distinct document_kind from mart.city_comparison where metric = %s"
    assert connection.execute(compared, ["functional:215"]).fetchall() == [("final_accounts",)]


def test_amounts_say_their_kind(connection):
    load(connection, extraction())
    load(connection, budget())
    kinds = "select distinct document_kind, left(table_code, 2) from mart.amount order by 1"
    assert connection.execute(kinds).fetchall() == [("budget", "YS"), ("final_accounts", "GK")]


def test_a_body_with_accounts_and_without_a_budget_is_seen(connection):
    query = "select document_kind, has_budget, has_final_accounts from mart.slot_coverage order by 1"
    load(connection, extraction())
    assert connection.execute(query).fetchall() == [("final_accounts", False, True)]
    load(connection, budget(profile={"fiscal_year": 2023}))
    assert connection.execute(query).fetchall() == [("budget", True, False), ("final_accounts", False, True)]
    load(connection, budget("another"))
    assert connection.execute(query).fetchall() == [
        ("budget", True, False),
        ("budget", True, True),
        ("final_accounts", True, True),
    ]

"""mart.budget_against_account: what was planned, what the accounts state of it, what was spent."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import psycopg
import pytest
from openpyxl import load_workbook
from psycopg.rows import dict_row

from tests.warehouse.budgets import budget, budget_row
from tests.warehouse.factory import cell, extraction, found, profile
from tests.warehouse.factory_statements import said, small_checks
from warehouse.base.database import connect
from warehouse.kinds.kind import load_kind
from warehouse.load.document import load
from warehouse.records.reading import CheckOutcome, CheckResult, Scope, Status
from warehouse.workbook.document import find, read
from warehouse.workbook.write import workbook

UNIT = "甲市企业服务中心"


def stated(subject: str, code: str | None, **measures: str) -> list:
    return [said("budget_vs_final", subject, measure, wan, functional_code=code) for measure, wan in measures.items()]


def accounts(content: str = "accounts", amounts=None, says=(), **changes):
    amounts = amounts or (
        cell("GK05", "TOTAL", "total", "76.00"),
        cell("GK05", "215", "total", "76.00"),
        cell("GK05", "2150501", "total", "60.00"),
        cell("GK05", "2150502", "total", "16.00"),
        cell("GK06", "301", "final", "51.00"),
        cell("GK09", "all", "budget_total", "2.00"),
        cell("GK09", "all", "final_total", "1.00"),
    )
    return extraction(
        content, amounts=amounts, tables=found(amounts), stated=tuple(says), doubts=(), checks=(), projects=(),
        units=(), profile=profile(**changes.pop("profile", {})), **changes,
    )  # fmt: skip


WITH_ADJUSTED = (
    cell("GK01", "expenditure:本年支出合计", "final", "90.00"),
    cell("GK01", "expenditure:本年支出合计", "initial_budget", "99.00"),
    cell("GK01", "expenditure:本年支出合计", "adjusted_budget", "120.00"),
    cell("GK03", "TOTAL", "total", "90.00"),
)


@pytest.fixture(scope="module")
def loaded(module_database: str) -> Iterator[psycopg.Connection]:
    """2024: a department with both and a unit with a budget of its own. 2023: accounts without a budget. 2025: a budget
    whose accounts are not there yet, and whose item is doubtful."""
    says = [
        *stated("TOTAL", None, initial_budget="80.00"),
        *stated("行政运行", "2150501", initial_budget="62.00", adjusted_budget="64.00"),
        *stated("一般行政管理事务", "2150502", initial_budget="17.00"),
    ]
    says.append(said("operating_cost", "all", "initial_budget", "9.00"))
    says.append(said("operating_cost", "all", "final", "8.00"))
    three = budget_row(
        "YS07", "all", budget_total="4.00", budget_overseas="0.00", budget_vehicle_total="0.00",
        budget_reception="1.50", budget_meeting="1.00", budget_training="1.50",
    )  # fmt: skip
    with connect(module_database) as connection:
        cost = said("operating_cost", "all", "budget", "10.00")
        load(connection, budget(amounts=(*budget().amounts, *three), stated=(cost,)))
        load(connection, accounts(says=says, amounts=(*accounts().amounts, *WITH_ADJUSTED)))
        load(connection, accounts("last", profile={"fiscal_year": 2023}))
        doubted = cell("YS05", "2150501", "total", "62.00", status=Status.DOUBTFUL, repair_reason="数字不清")
        load(connection, budget("next", (doubted,), profile={"fiscal_year": 2025}))
        office = {"department": "甲市工业和信息化局（本级）", "scope": Scope.UNIT}
        load(connection, budget("office", budget_row("YS05", "2150501", total="5.00"), profile=office))
        of_office = cell("GK05", "2150501", "total", "4.00")
        load(connection, accounts("own", (of_office,), profile={"scope": Scope.UNIT}))
        own = {"department": UNIT, "department_kind": None, "scope": Scope.UNIT}
        load(connection, budget("unit", budget_row("YS05", "2150501", total="7.00"), profile=own))
        connection.commit()
        yield connection


def rows(connection, **wanted) -> dict[tuple, dict]:
    cursor = connection.cursor(row_factory=dict_row)
    query = "select * from mart.budget_against_account where department = %s and fiscal_year = %s"
    query += " and scope is not distinct from coalesce(%s, scope)"
    found_rows = cursor.execute(
        query, [wanted.get("department", "甲市工业和信息化局"), wanted.get("year", 2024), wanted.get("scope")]
    )
    return {(row["basis"], row["key"]): row for row in found_rows}


COLUMNS = ("budget_document_wan", "stated_initial_wan", "adjusted_wan", "final_wan", "execution_pct_of_budget",
           "execution_pct_of_adjusted", "budget_minus_stated_wan", "outcome", "is_sound")  # fmt: skip


@pytest.mark.parametrize(
    ("place", "values"),
    [
        (("function", "2150501"), ("62", "62", "64", "60", "96.77", "93.75", "0", "exact", True)),
        # The planted difference: the accounts state 17.00, the budget printed 18.00.
        (("function", "2150502"), ("18", "17", None, "16", "88.89", None, "1", "broken", True)),
        (("class", "215"), ("80", None, None, "76", "95.00", None, None, "not_applicable", True)),
        (("total", "general_public_expenditure"), ("80", "80", None, "76", "95.00", None, "0", "exact", True)),
        (("economic", "301"), ("52", None, None, "51", "98.08", None, None, "not_applicable", True)),
        # The adjusted budget that the accounts print beside the final amount.
        (("total", "expenditure"), ("100", None, "120", "90", "90.00", "75.00", None, "not_applicable", True)),
        (("total", "operating_cost"), ("10", "9", None, "8", "80.00", None, "1", "broken", True)),
        # The total of the table holds meetings and training, so it is not that of the accounts.
        (("three_public", "total"), (None, "2", None, "1", None, None, None, "not_applicable", False)),
    ],
)
def test_a_figure_of_both_documents(loaded, place, values):
    row = rows(loaded, scope="department")[place]
    found_values = [row[column] for column in COLUMNS]
    assert found_values == [Decimal(one) if isinstance(one, str) and one[0].isdigit() else one for one in values]


def test_the_difference_is_a_check_of_the_accounts(loaded):
    query = """
        select row_key, outcome, left_wan, right_wan, difference_wan from mart.check_result
        where rule_id = 'YG1' and document_kind = 'final_accounts' order by row_key
    """
    assert loaded.execute(query).fetchall() == [
        ("2150501", "exact", 62, 62, 0),
        ("2150502", "broken", 17, 18, -1),
        ("general_public_expenditure", "exact", 80, 80, 0),
        ("operating_cost", "broken", 9, 10, -1),
    ]


def test_what_is_missing_is_said(loaded):
    assert {row["why_not"] for row in rows(loaded, year=2023).values()} == {"同一口径的预算未入库"}
    assert {row["why_not"] for row in rows(loaded, year=2025).values()} == {"同一口径的决算未入库"}
    assert rows(loaded, year=2025)["function", "2150501"]["document_kind"] == "budget"


def test_the_budget_of_a_unit_is_not_that_of_its_department(loaded):
    assert rows(loaded, scope="department")["function", "2150501"]["budget_document_wan"] == 62
    office = rows(loaded, scope="unit")["function", "2150501"]
    assert (office["budget_document_wan"], office["final_wan"], office["is_sound"]) == (5, 4, True)
    assert rows(loaded, department=UNIT)["function", "2150501"]["final_wan"] is None


def checked(table: str, row_key: str, outcome: CheckOutcome) -> CheckResult:
    return replace(small_checks()[0], table_code=table, row_key=row_key, outcome=outcome, cells=())


def test_an_item_that_the_budget_may_have_but_does_not_print_is_not_sound(database):
    """Of one class items are withheld, the economic table is printed by unit only; 2080505 was not planned."""
    amounts = (
        *budget_row("YS05", "TOTAL", total="30.00"),
        *budget_row("YS05", "215", total="20.00"),
        *budget_row("YS05", "2150501", total="15.00"),
        *budget_row("YS06", "unit:甲中心/30101", total="5.00"),
    )
    spent = [cell("GK05", code, "total", "9.00") for code in ("2150501", "2150502", "2080505")]
    spent.append(cell("GK06", "30101", "final", "4.00"))
    with connect(database) as connection:
        load(connection, budget("withheld", amounts, checks=(checked("YS05", "215", CheckOutcome.WITHHELD),)))
        load(connection, accounts(amounts=tuple(spent)))
        connection.commit()
        found_rows = rows(connection)
    values = {
        key: (row["budget_document_wan"], row["why_not"]) for (_, key), row in found_rows.items() if key.isdigit()
    }
    assert values["2150501"] == (15, None)
    assert values["2150502"] == (None, "预算：预算未印出 215 的全部下级")
    assert values["2080505"] == (None, None)
    assert values["30101"] == (None, "预算：预算此表的行不是单一的科目代码，不能对照")


def test_the_numbers_that_the_check_names_are_in_the_documents(loaded):
    places = """
        select concat_ws('/', table_code, row_key, measure) from mart.amount where document_id = %(document)s
        union all
        select concat_ws('/', 'stated', kind, subject, measure) from mart.stated_figure where document_id = %(document)s
    """
    checks = loaded.execute(
        "select document_id, last_document_id, cells[1], cells[2] from mart.check_result where rule_id = 'YG1'"
    ).fetchall()
    there = {
        document: {place for (place,) in loaded.execute(places, {"document": document})}
        for document in {number for check in checks for number in check[:2]}
    }
    named = [(accounts, stated) for accounts, _, stated, _ in checks]
    named += [(budgeted, planned.removeprefix("budget:")) for _, budgeted, _, planned in checks if planned]
    assert named and [(document, place) for document, place in named if place not in there[document]] == []


def test_no_row_appears_twice(loaded):
    query = "select count(*), count(distinct (document_id, basis, key)) from mart.budget_against_account"
    every, distinct = loaded.execute(query).fetchone()
    assert every == distinct > 0


@pytest.mark.parametrize("number", ["1", "2"])  # the budget and the accounts of the department
def test_the_workbook_of_each_document_has_a_sheet_of_both(loaded, number):
    document = find(loaded, number)
    book = load_workbook(BytesIO(workbook(read(loaded, document), load_kind(document.kind))))
    sheet = list(book["预算与决算"].iter_rows(values_only=True))
    items = next(row for row in sheet if row[1] == "2150502")
    assert items[3:8] == (18, 17, None, 16, 88.89) and (items[11], items[12]) == ("不符", "是")
    printed = " ".join(str(text) for sheet in book for row in sheet.iter_rows(values_only=True) for text in row if text)
    known = f"{document.source_name} SHA juesuan {document.sha256} all"  # what these tests call a row
    assert set(re.findall("[A-Za-z_]{2,}", printed)) - set(re.findall("[A-Za-z_]{2,}", known)) == set()


def test_the_workbook_of_accounts_without_a_budget_has_no_such_sheet(loaded):
    document = find(loaded, "3")
    assert read(loaded, document).plans == ()

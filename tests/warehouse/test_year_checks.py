"""Checks between two years: the stated change agrees with last year's document. They are computed when both documents
are loaded, in either order."""

from decimal import Decimal

import pytest
from psycopg.rows import dict_row

from tests.warehouse.factory import cell, extraction, profile
from tests.warehouse.factory_statements import changed
from tests.warehouse.test_loader import violations
from tests.warehouse.test_marts import pick
from warehouse.load.document import load
from warehouse.records.reading import Presence, Status, TableFound, TableStatus

OPENING = "income:年初结转和结余"
CLOSING = "expenditure:年末结转和结余"


def year(fiscal_year: int, amounts=(), stated=(), content: str = "", **changes):
    """Accounts of one year with only these cells and statements."""
    return extraction(
        content or str(fiscal_year),
        profile=profile(fiscal_year=fiscal_year, **changes.pop("profile", {})),
        amounts=tuple(amounts),
        stated=tuple(stated),
        projects=(),
        checks=(),
        **changes,
    )


def checks(connection) -> list[dict]:
    cursor = connection.cursor(row_factory=dict_row)
    return cursor.execute("select * from mart.check_result order by fiscal_year, rule_id, row_key").fetchall()


def only_check(connection, this_year, last_year) -> dict:
    load(connection, this_year)
    load(connection, last_year)
    (row,) = checks(connection)
    return row


@pytest.mark.takes(1)
@pytest.mark.parametrize("first", [2023, 2024])
def test_checks_are_made_when_the_second_of_two_years_is_loaded(connection, first):
    years = {
        2023: year(2023, [cell("GK05", "TOTAL", "total", "75.00")]),
        2024: year(2024, stated=changed("general_public_expenditure", "70.00", "-5.00")),
    }
    load(connection, years.pop(first))
    assert checks(connection) == []
    load(connection, *years.values())
    (row,) = checks(connection)
    assert pick(row, "fiscal_year", "rule_id", "table_code", "row_key", "measure", "outcome") == (
        2024,
        "Y1",
        "GK05",
        "general_public_expenditure",
        "change",
        "exact",
    )
    assert pick(row, "left_wan", "right_wan", "difference_wan", "envelope_wan") == (75, 75, 0, Decimal("0.015"))
    assert row["cells"] == [
        "stated/year_over_year/general_public_expenditure/current",
        "stated/year_over_year/general_public_expenditure/change",
        "2023:GK05/TOTAL/total",
    ]
    assert violations(connection) == {}


@pytest.mark.takes(3)
@pytest.mark.parametrize(
    ("subject", "address"),
    [
        ("total_income_and_expenditure", ("GK01", "income:总计", "final")),
        ("fiscal_appropriation_total", ("GK04", "income:总计", "amount")),
        ("general_public_expenditure", ("GK05", "TOTAL", "total")),
        ("basic_expenditure", ("GK05", "TOTAL", "basic")),
        ("personnel", ("GK06", "PERSONNEL_TOTAL", "final")),
        ("public_funds", ("GK06", "PUBLIC_TOTAL", "final")),
        ("government_fund", ("GK07", "TOTAL", "total")),
        ("three_public", ("GK09", "all", "final_total")),
        ("three_public_reception", ("GK09", "all", "final_reception")),
    ],
)
def test_each_total_is_compared_with_its_cell(connection, subject, address):
    row = only_check(
        connection,
        year(2024, stated=changed(subject, "7.00", "2.00")),
        year(2023, [cell(*address, "5.01")]),
    )
    assert pick(row, "rule_id", "table_code", "outcome", "difference_wan") == (
        "Y1",
        address[0],
        "rounding",
        Decimal("-0.01"),
    )


def test_a_total_without_a_table_is_compared_with_last_years_narrative(connection):
    row = only_check(
        connection,
        year(2024, stated=changed("operating_cost", "12.00", "2.00")),
        year(2023, stated=changed("operating_cost", "10.00", "1.00")),
    )
    assert pick(row, "rule_id", "table_code", "outcome") == ("Y1", None, "exact")
    assert "情况说明" in row["explanation"]


def test_a_figure_holds_if_either_narrative_or_table_says_the_same(connection):
    row = only_check(
        connection,
        year(2024, stated=changed("personnel", "12.00", "2.00")),
        year(2023, [cell("GK06", "PERSONNEL_TOTAL", "final", "9.00")], changed("personnel", "10.00", "0.00")),
    )
    assert pick(row, "outcome", "right_wan") == ("exact", 10)


@pytest.mark.parametrize("functional_code", ["205", None], ids=["resolved by the reader", "named alike in GK05"])
def test_a_class_is_compared_with_its_row(connection, functional_code):
    stated = changed("教育支出", None, "5.00", functional_code=functional_code)
    row = only_check(
        connection,
        year(2024, [cell("GK05", "205", "total", "30.00", row_label="教育支出")], stated),
        year(2023, [cell("GK05", "205", "total", "25.00", row_label="教育")]),
    )
    assert pick(row, "rule_id", "table_code", "row_key", "outcome") == ("Y2", "GK05", "教育支出", "exact")
    assert row["cells"][0] == "GK05/205/total"


def test_a_class_last_year_did_not_have_is_not_applicable(connection):
    row = only_check(
        connection,
        year(2024, [cell("GK05", "205", "total", "30.00", row_label="教育支出")], changed("教育支出", None, "30.00")),
        year(2023, [cell("GK05", "208", "total", "25.00")]),
    )
    assert pick(row, "rule_id", "outcome") == ("Y2", "not_applicable")


def test_a_broken_check_shows_the_printed_texts(connection):
    row = only_check(
        connection,
        year(2024, stated=changed("three_public", "10.00", "2.00")),
        year(2023, [cell("GK09", "all", "final_total", "9.00")]),
    )
    assert pick(row, "outcome", "also_fits") == ("broken", None)
    assert row["explanation"] == (
        "本年 10.00 万元，所述增减额 2.00 万元，推算上年为 8.00 万元；2023 年度文件（GK09）印 9.00 万元，相差 1.00 万元"
    )


@pytest.mark.parametrize(
    ("current", "change", "last_current", "last_change", "reason"),
    [
        ("10.00", "2.00", "9.00", "2.00", "照抄上年文字"),
        ("10.00", "1.00", "11.00", "0.50", "方向词有误"),
        ("10.00", "2.00", "10.00", "0.50", "本年数与上年印出之数相同"),
    ],
    ids=["stale change", "wrong direction", "stale current"],
)
def test_a_broken_check_names_a_likely_cause(connection, current, change, last_current, last_change, reason):
    row = only_check(
        connection,
        year(2024, stated=changed("operating_cost", current, change)),
        year(2023, stated=changed("operating_cost", last_current, last_change)),
    )
    assert row["outcome"] == "broken" and reason in row["also_fits"] and reason in row["explanation"]


def test_a_blank_cell_counts_as_nothing_spent(connection):
    row = only_check(
        connection,
        year(2024, stated=changed("three_public", "2.00", "2.00")),
        year(2023, [cell("GK09", "all", "final_total", "")]),
    )
    assert pick(row, "outcome", "right_wan") == ("exact", 0)


def test_a_doubtful_number_is_never_called_broken(connection):
    doubtful = {"status": Status.DOUBTFUL, "repair_reason": "无法辨认"}
    row = only_check(
        connection,
        year(2024, stated=changed("three_public", "2.00", "1.00")),
        year(2023, [cell("GK09", "all", "final_total", "9.00", value=None, presence=Presence.NUMBER, **doubtful)]),
    )
    assert row["outcome"] == "undetermined"


def test_a_doubtful_statement_of_this_year_is_undetermined(connection):
    stated = changed("three_public", "2.00", "1.00", status=Status.DOUBTFUL, repair_reason="无法辨认")
    row = only_check(connection, year(2024, stated=stated), year(2023, [cell("GK09", "all", "final_total", "9.00")]))
    assert row["outcome"] == "undetermined"


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("status", "is_whole", "outcome"),
    [
        (TableStatus.ABSENT, True, "not_applicable"),
        (TableStatus.UNRECOGNISED, True, "undetermined"),
        (TableStatus.PRESENT, False, "undetermined"),
        (TableStatus.PARTIAL, True, "undetermined"),
    ],
)
def test_a_figure_last_year_does_not_print_depends_on_its_table(connection, status, is_whole, outcome):
    row = only_check(
        connection,
        year(2024, stated=changed("three_public", "2.00", "1.00")),
        year(2023, tables=(TableFound("GK09", status, is_whole=is_whole),)),
    )
    assert row["outcome"] == outcome


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("closing", "outcome"), [("10.00", "exact"), ("10.01", "rounding"), ("10.02", "broken"), ("", "broken")]
)
def test_a_closing_balance_is_compared_with_the_next_opening_balance(connection, closing, outcome):
    row = only_check(
        connection,
        year(2024, [cell("GK01", OPENING, "final", "10.00")]),
        year(2023, [cell("GK01", CLOSING, "final", closing)]),
    )
    assert pick(row, "rule_id", "table_code", "row_key", "outcome") == ("Y3", "GK01", OPENING, outcome)
    assert ("审计调整" in row["explanation"]) == (outcome == "broken")


def test_last_years_number_in_a_guessed_unit_breaks_no_check(connection):
    guessed = (TableFound("GK09", TableStatus.PRESENT, is_unit_certain=False),)
    load(connection, year(2024, stated=changed("three_public", "2.00", "1.00")))
    load(connection, year(2023, [cell("GK09", "all", "final_total", "90000.00")], tables=guessed))
    (row,) = checks(connection)
    assert pick(row, "rule_id", "outcome", "right_wan") == ("Y1", "undetermined", None)


@pytest.mark.parametrize("status", [TableStatus.PARTIAL, TableStatus.BLANK])
def test_a_blank_of_a_table_that_was_not_read_whole_is_not_zero(connection, status):
    """If last year's table was read in part, neither next year's opening balance nor its change is reported as
    broken."""
    blank = [cell("GK01", CLOSING, "final", ""), cell("GK09", "all", "final_total", "")]
    tables = (TableFound("GK01", status), TableFound("GK09", status))
    load(connection, year(2024, [cell("GK01", OPENING, "final", "10.00")], changed("three_public", "2.00", "1.00")))
    load(connection, year(2023, blank, tables=tables))
    assert {row["rule_id"]: row["outcome"] for row in checks(connection)} == {
        "Y1": "undetermined", "Y3": "undetermined",
    }  # fmt: skip


@pytest.mark.takes(1)
@pytest.mark.parametrize("other", [{"scope": "unit"}, {"department": "乙市工业和信息化局"}, {"kind": "budget"}])
def test_only_years_of_the_same_body_kind_and_scope_are_compared(connection, other):
    load(connection, year(2024, stated=changed("three_public", "2.00", "1.00")))
    load(connection, year(2023, [cell("GK09", "all", "final_total", "1.00")], profile=other))
    assert checks(connection) == []


def test_years_that_are_not_consecutive_are_not_compared(connection):
    load(connection, year(2024, stated=changed("three_public", "2.00", "1.00")))
    load(connection, year(2022, [cell("GK09", "all", "final_total", "1.00")]))
    assert checks(connection) == []


def test_only_current_versions_are_compared(connection):
    load(connection, year(2023, [cell("GK09", "all", "final_total", "9.00")]))
    old = load(connection, year(2024, stated=changed("three_public", "2.00", "1.00")))
    corrected = load(connection, year(2023, [cell("GK09", "all", "final_total", "1.00")], content="corrected"))
    new = load(connection, year(2024, stated=changed("three_public", "3.00", "2.00"), content="corrected too"))
    assert old.document_id != new.document_id
    (row,) = checks(connection)
    assert pick(row, "document_id", "last_document_id", "outcome") == (new.document_id, corrected.document_id, "exact")


def test_the_disclosure_counts_them(connection):
    last_year = [cell("GK09", "all", "final_total", "1.00"), cell("GK01", CLOSING, "final", "5.00")]
    load(connection, year(2023, last_year))
    load(connection, year(2024, [cell("GK01", OPENING, "final", "4.00")], changed("three_public", "2.00", "1.00")))
    rows = connection.execute("select fiscal_year, checks_exact, checks_broken from mart.disclosure order by 1")
    assert rows.fetchall() == [(2023, 0, 0), (2024, 1, 1)]

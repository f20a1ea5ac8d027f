"""What was not read is held against nobody; what was read whole still is."""

from dataclasses import replace

import pytest

from tests.ingest.test_checks_records import all_amounts, all_stated, all_tables, amount, checks_of, result_at, table
from warehouse.records import CheckOutcome, TableStatus

EXACT, BROKEN, UNDETERMINED = CheckOutcome.EXACT, CheckOutcome.BROKEN, CheckOutcome.UNDETERMINED


def tables_with(code: str, **changes):
    return all_tables() | {code: replace(table(code, changes.pop("status", TableStatus.PRESENT)), **changes)}


def without(*keys: tuple[str, str]):
    return {key: cell for key, cell in all_amounts().items() if key[:2] not in keys}


def changed(key, text: str):
    return all_amounts() | {key: amount(*key, text)}


UNREAD_COLUMN = {"is_whole": False, "unread_columns": ("事业收入/金额",)}
UNREAD_ROW = {"is_whole": False, "unread_rows": ("其他支出 90.00",)}


@pytest.mark.parametrize(("table_changes", "outcome"), [(UNREAD_COLUMN, UNDETERMINED), (UNREAD_ROW, BROKEN)])
def test_a_row_sum_is_open_where_a_column_was_not_read(table_changes, outcome):
    cells = changed(("GK02", "208", "institutional"), "7.00")
    found = result_at(checks_of(cells, tables=tables_with("GK02", **table_changes)), "B1", "208")
    assert found.outcome is outcome
    assert ("事业收入/金额”一栏未能读出" in found.explanation) == (outcome is UNDETERMINED)


@pytest.mark.parametrize(("table_changes", "outcome"), [(UNREAD_COLUMN, BROKEN), (UNREAD_ROW, UNDETERMINED)])
def test_a_sum_over_rows_is_open_where_a_row_was_not_read(table_changes, outcome):
    cells = changed(("GK03", "20805", "total"), "299.00")
    found = result_at(checks_of(cells, tables=tables_with("GK03", **table_changes)), "B4", "208", "total")
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("label", "outcome"), [("年初结转及结余", EXACT), ("上年结转结余", EXACT), ("其他转入", UNDETERMINED)]
)
def test_a_balance_of_another_wording(label, outcome):
    cells = without(("GK01", "income:年初结转和结余"), ("GK01", "income:总计"))
    for row, text in ((f"income:{label}", "50.00"), ("income:总计", "1160.00")):
        cells["GK01", row, "final"] = amount("GK01", row, "final", text)
    assert result_at(checks_of(cells), "A3", "income:总计").outcome is outcome


def test_a_known_balance_that_does_not_add_up_is_broken():
    assert (
        result_at(checks_of(changed(("GK01", "income:年初结转和结余", "final"), "49.00")), "A3", "income:总计").outcome
        is BROKEN
    )


@pytest.mark.parametrize(("code", "outcome"), [("GK01", UNDETERMINED), ("GK10", BROKEN)])
def test_a_total_of_the_narrative_is_not_held_against_another_table(code, outcome):
    """N1: without GK01 the 合计 of GK02 is no 收、支总计; it may only agree."""
    key = ("year_over_year", "total_income_and_expenditure", "current")
    cells = {at: cell for at, cell in all_amounts().items() if at[0] != code}
    figures = all_stated()
    figures[key] = replace(figures[key], value=figures[key].value + 1)
    tables = all_tables() | {code: table(code, TableStatus.ABSENT)}
    found = result_at(checks_of(cells, figures, tables=tables), "N1", "year_over_year/total_income_and_expenditure")
    assert found.outcome is outcome


@pytest.mark.parametrize(("changes", "outcome"), [({}, BROKEN), (UNREAD_ROW, UNDETERMINED)])
def test_an_item_without_class_is_open_where_a_row_was_not_read(changes, outcome):
    """C5."""
    cells = changed(("GK01", "expenditure:教育支出", "final"), "6.00")
    found = result_at(checks_of(cells, tables=tables_with("GK03", **changes)), "C5", "expenditure:教育支出")
    assert found.outcome is outcome


def test_an_item_without_class_is_open_where_the_classes_do_not_reach_the_total():
    """C5: a row was lost without a trace."""
    cells = changed(("GK01", "expenditure:教育支出", "final"), "6.00")
    cells = {key: cell for key, cell in cells.items() if not (key[0] == "GK03" and key[1].startswith("229"))}
    assert result_at(checks_of(cells), "C5", "expenditure:教育支出").outcome is UNDETERMINED


@pytest.mark.parametrize(
    ("status", "outcome"), [(TableStatus.BLANK, UNDETERMINED), (TableStatus.EMPTY_WITH_STATEMENT, BROKEN)]
)
def test_a_form_without_figures_is_no_zero(status, outcome):
    cells = {key: cell for key, cell in all_amounts().items() if key[0] != "GK08"}
    assert result_at(checks_of(cells, tables=tables_with("GK08", status=status)), "E5", "TOTAL").outcome is outcome


@pytest.mark.parametrize(("lost", "outcome"), [("final_reception", UNDETERMINED), (None, BROKEN)])
def test_three_public_without_a_column(lost, outcome):
    cells = changed(("GK09", "all", "final_total"), "39.00")
    cells = {key: cell for key, cell in cells.items() if key[2] != lost}
    assert result_at(checks_of(cells), "H1", "all", "final_total").outcome is outcome


def test_a_class_without_its_row_leaves_the_group_open():
    cells = without(("GK06", "303"))
    assert result_at(checks_of(cells), "G2", "PERSONNEL_TOTAL").outcome is UNDETERMINED

"""Rules of the families A to J: each holds in a whole disclosure, and is broken when a single cell is changed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ingest.test_checks_records import (
    all_amounts,
    all_stated,
    all_tables,
    amount,
    checks_of,
    outcomes,
    result_at,
    stated,
    table,
)
from warehouse.records.reading import CheckOutcome, Presence, Status, TableStatus

EXACT, ROUNDING, BROKEN = CheckOutcome.EXACT, CheckOutcome.ROUNDING, CheckOutcome.BROKEN
NOT_APPLICABLE, UNDETERMINED = CheckOutcome.NOT_APPLICABLE, CheckOutcome.UNDETERMINED
DETAIL = "income:年初财政拨款结转和结余/政府性基金预算财政拨款"

CHANGED = [  # rule, cell, its changed text, row and measure of the result that is broken
    ("A1", ("GK01", "income:其他收入", "final"), "6.00", "income:本年收入合计", "final"),
    ("A2", ("GK01", "expenditure:其他支出", "final"), "91.00", "expenditure:本年支出合计", "final"),
    ("A3", ("GK01", "income:年初结转和结余", "final"), "51.00", "income:总计", "final"),
    ("A4", ("GK01", "expenditure:年末结转与结余", "final"), "53.00", "expenditure:总计", "final"),
    ("A5", ("GK01", "expenditure:总计", "final"), "1161.00", "income:总计", "final"),
    ("B1", ("GK02", "2220101", "operating"), "41.00", "2220101", "total"),
    ("B2", ("GK02", "2220101", "operating"), "41.00", "22201", "operating"),
    ("B3", ("GK03", "222", "project"), "441.00", "222", "total"),
    ("B4", ("GK03", "222", "project"), "441.00", "TOTAL", "project"),
    ("B5", ("GK05", "2220101", "basic"), "191.00", "2220101", "total"),
    ("B6", ("GK05", "22201", "basic"), "191.00", "222", "basic"),
    ("B7", ("GK07", "2290402", "project"), "91.00", "2290402", "total"),
    ("B8", ("GK07", "2290402", "closing_balance"), "16.00", "2290402", "closing_balance"),
    ("B9", ("GK07", "2290402", "income"), "101.00", "22904", "income"),
    ("B10", ("GK08", "2230105", "project"), "11.00", "2230105", "total"),
    ("C1", ("GK02", "TOTAL", "total"), "1106.00", "TOTAL", "total"),
    ("C2", ("GK03", "TOTAL", "total"), "1101.00", "TOTAL", "total"),
    ("C3", ("GK02", "TOTAL", "institutional"), "31.00", "TOTAL", "institutional"),
    ("C4", ("GK01", "expenditure:粮油物资储备支出", "final"), "701.00", "222", "total"),
    ("C5", ("GK01", "expenditure:教育支出", "final"), "1.00", "expenditure:教育支出", "final"),
    ("C6", ("GK01", "expenditure:结余分配", "final"), "9.00", "TOTAL", "total"),
    ("D1", ("GK04", "income:本年收入合计", "amount"), "1011.00", "income:本年收入合计", "amount"),
    ("D2", ("GK04", DETAIL, "amount"), "6.00", "income:年初财政拨款结转和结余", "amount"),
    ("D3", ("GK04", "income:总计", "amount"), "1026.00", "income:总计", "amount"),
    ("D4", ("GK04", "expenditure:总计", "government_fund"), "106.00", "expenditure:总计", "government_fund"),
    ("D5", ("GK04", "expenditure:其他支出", "total"), "91.00", "expenditure:其他支出", "total"),
    ("D6", ("GK04", "expenditure:其他支出", "total"), "91.00", "expenditure:本年支出合计", "total"),
    ("D7", ("GK04", "expenditure:总计", "total"), "1026.00", "income:总计", "amount"),
    ("D8", ("GK04", "income:政府性基金预算财政拨款", "amount"), "101.00", "income:政府性基金预算财政拨款", "amount"),
    ("D9", ("GK04", DETAIL, "amount"), "6.00", "expenditure:总计", "government_fund"),
    ("D10", ("GK02", "TOTAL", "fiscal_appropriation"), "1011.00", "income:本年收入合计", "amount"),
    ("E1", ("GK05", "222", "total"), "601.00", "222", "total"),
    ("E2", ("GK05", "TOTAL", "total"), "881.00", "TOTAL", "total"),
    ("E3", ("GK07", "TOTAL", "total"), "91.00", "TOTAL", "total"),
    ("E4", ("GK07", "229", "total"), "91.00", "229", "total"),
    ("E5", ("GK08", "223", "total"), "11.00", "223", "total"),
    ("E6", ("GK07", "TOTAL", "income"), "101.00", "TOTAL", "income"),
    ("F1", ("GK05", "2080501", "total"), "301.00", "2080501", "total"),
    ("F3", ("GK03", "TOTAL", "total"), "1101.00", "TOTAL", "total"),
    ("G1", ("GK06", "30201", "final"), "81.00", "302", "final"),
    ("G2", ("GK06", "PERSONNEL_TOTAL", "final"), "351.00", "PERSONNEL_TOTAL", "final"),
    ("G3", ("GK06", "310", "final"), "21.00", "PUBLIC_TOTAL", "final"),
    ("G4", ("GK06", "PUBLIC_TOTAL", "final"), "121.00", "TOTAL", "basic"),
    ("H1", ("GK09", "all", "final_reception"), "8.00", "all", "final_total"),
    ("H2", ("GK09", "all", "budget_vehicle_purchase"), "16.00", "all", "budget_vehicle_total"),
    ("H3", ("GK09", "all", "final_reception"), "8.02", "all", "final_reception"),
    ("H4", ("GK06", "30217", "final"), "7.02", "30217", "final"),
    ("J1", ("GK10", "服务", "value"), "11.00", "合计", "value"),
    ("J2", ("GK10", "其他用车", "value"), "3", "车辆数合计(辆)", "value"),
    ("J3", ("GK10", "行政单位", "value"), "121.00", "行政单位", "value"),
]
RULES = sorted({case[0] for case in CHANGED})


def printed(key, text: str, unit: str = "万元"):
    was = all_amounts()[key]
    unit = was.printed_unit if was.value_unit != "元" else unit
    return amount(*key, text, was.row_label, unit)


@pytest.fixture(scope="module")
def holding():
    return checks_of()


def test_nothing_is_broken_where_everything_holds(holding):
    assert [result.explanation for result in holding if result.outcome in (BROKEN, UNDETERMINED)] == []


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_holds(holding, rule):
    assert outcomes(holding, rule) == {EXACT}


@pytest.mark.parametrize(("rule", "key", "text", "row", "measure"), CHANGED, ids=[case[0] for case in CHANGED])
def test_the_rule_breaks_on_one_changed_cell(rule, key, text, row, measure):
    results = checks_of(all_amounts() | {key: printed(key, text)})
    found = result_at(results, rule, row, measure)
    assert found.outcome is BROKEN
    assert found.difference == found.left - found.right
    assert abs(found.difference) > found.envelope


def test_no_two_results_have_the_same_key(holding):
    places = [(one.rule_id, one.table_code, one.row_key, one.measure) for one in holding]
    assert len(places) == len(set(places))


def test_a_result_has_both_sides_and_their_cells():
    key = ("GK01", "expenditure:社会保障和就业支出", "final")
    found = result_at(checks_of(all_amounts() | {key: printed(key, "300.01")}), "C4", "208")
    assert found.outcome is ROUNDING
    assert (found.left, found.right, found.envelope) == (Decimal("300"), Decimal("300.01"), Decimal("0.01"))
    assert found.cells == ("GK03/208/total", "GK01/expenditure:社会保障和就业支出/final")
    assert found.explanation == (
        "公开03表“社会保障和就业支出”本年支出合计 300.00 与公开01表“社会保障和就业支出”决算数 300.01 "
        "相差 0.01 万元，在四舍五入范围内"
    )


@pytest.mark.parametrize(("text", "outcome"), [("120.01", ROUNDING), ("119.99", ROUNDING), ("120.02", BROKEN)])
def test_the_envelope_grows_by_half_a_unit_for_each_number(text, outcome):
    """公用经费合计 is compared with 302 and 310: three printed numbers, an envelope of 0.015."""
    key = ("GK06", "PUBLIC_TOTAL", "final")
    found = result_at(checks_of(all_amounts() | {key: printed(key, text)}), "G3", "PUBLIC_TOTAL")
    assert (found.outcome, found.envelope) == (outcome, Decimal("0.015"))


def test_exactly_at_the_envelope_is_rounding():
    """Four printed numbers: a difference of 0.02 is rounding, 0.03 is not."""
    key = ("GK09", "all", "final_total")
    at, beyond = (
        result_at(checks_of(all_amounts() | {key: printed(key, text)}), "H1", "all", "final_total")
        for text in ("38.02", "38.03")
    )
    assert (at.outcome, at.envelope, beyond.outcome) == (ROUNDING, Decimal("0.02"), BROKEN)


def in_yuan(code: str, cents: str):
    """The table of `code` printed in 元; every amount that is not blank ends in `cents`."""
    cells = all_amounts()
    for key, was in cells.items():
        if key[0] == code:
            text = f"{was.value:.2f}".replace(".00", cents) if was.value else was.printed
            cells[key] = replace(was, printed_unit="元", printed=text)
    return cells


def test_the_half_unit_of_a_table_in_yuan_is_that_of_yuan():
    cells = in_yuan("GK02", ".00")
    key = ("GK02", "TOTAL", "total")
    cells[key] = amount(*key, "11050030.50", "合计", "元")
    found = result_at(checks_of(cells), "C1", "TOTAL")
    assert (found.outcome, found.envelope) == (ROUNDING, Decimal("0.0050005"))


def test_a_table_in_yuan_that_ends_in_hundreds_was_rounded_before():
    found = result_at(checks_of(in_yuan("GK02", ".00")), "C1", "TOTAL")
    assert (found.outcome, found.envelope) == (EXACT, Decimal("0.01"))


def test_a_dropped_zero_does_not_widen_the_envelope():
    key = ("GK05", "TOTAL", "total")
    found = result_at(checks_of(all_amounts() | {key: printed(key, "880")}), "E2", "TOTAL")
    assert (found.outcome, found.envelope) == (EXACT, Decimal("0.01"))


def test_a_table_that_was_not_read_whole_is_undetermined():
    tables = all_tables() | {"GK05": table("GK05", is_whole=False)}
    key = ("GK05", "222", "total")
    results = checks_of(all_amounts() | {key: printed(key, "999.00")}, tables=tables)
    assert {outcome for rule in ("B5", "B6", "E1", "E2", "F1") for outcome in outcomes(results, rule)} <= {
        UNDETERMINED,
        EXACT,
    }
    found = result_at(results, "E1", "222")
    assert found.outcome is UNDETERMINED
    assert "公开05表未能完整读出" in found.explanation


def test_an_unrecognised_table_is_undetermined():
    tables = all_tables() | {"GK08": table("GK08", TableStatus.UNRECOGNISED, is_whole=False)}
    cells = {key: cell for key, cell in all_amounts().items() if key[0] != "GK08"}
    assert result_at(checks_of(cells, tables=tables), "E5", "TOTAL").outcome is UNDETERMINED


@pytest.mark.parametrize("status", [Status.DOUBTFUL, Status.AS_PRINTED])
def test_a_doubtful_or_damaged_cell_is_undetermined(status):
    key = ("GK03", "222", "project")
    damaged = replace(all_amounts()[key], value=None, status=status, printed="4|0.0")
    found = result_at(checks_of(all_amounts() | {key: damaged}), "B3", "222", "total")
    assert found.outcome is UNDETERMINED
    assert "4|0.0" in found.explanation


def test_blank_and_dash_count_as_nothing():
    key = ("GK02", "TOTAL", "subordinate_remittance")
    dash = replace(all_amounts()[key], presence=Presence.DASH, printed="——")
    assert result_at(checks_of(all_amounts() | {key: dash}), "B1", "TOTAL").outcome is EXACT


def test_an_absent_table_gives_one_result():
    cells = {key: cell for key, cell in all_amounts().items() if key[0] != "GK10"}
    results = checks_of(cells, tables=all_tables() | {"GK10": table("GK10", TableStatus.ABSENT)})
    for rule in ("J1", "J2", "J3"):
        (found,) = [result for result in results if result.rule_id == rule]
        assert found.outcome is NOT_APPLICABLE
        assert "公开10表" in found.explanation


def test_an_empty_table_counts_as_zero():
    """公开08表 is stated to be empty, but 公开04表 prints 10.00 of it."""
    cells = {key: cell for key, cell in all_amounts().items() if key[0] != "GK08"}
    tables = all_tables() | {"GK08": table("GK08", TableStatus.EMPTY_WITH_STATEMENT)}
    assert result_at(checks_of(cells, tables=tables), "E5", "TOTAL").outcome is BROKEN


def test_a_form_without_the_third_budget():
    """A form of Guangdong without 公开08表 and without column and income item of state capital."""
    gone = ("state_capital", "国有资本经营")
    cells = {
        key: cell
        for key, cell in all_amounts().items()
        if key[0] != "GK08" and gone[0] not in key[2] and not (key[0] == "GK04" and gone[1] in key[1])
    }
    results = checks_of(cells, tables=all_tables() | {"GK08": table("GK08", TableStatus.ABSENT)})
    assert outcomes(results, "E5") == {NOT_APPLICABLE}
    assert {result.measure for result in results if result.rule_id == "D9"} == {
        "general_public_budget",
        "government_fund",
    }


def test_a_name_that_differs_slightly_is_the_same_class():
    cells = all_amounts()
    for key in [key for key in cells if key[0] in ("GK01", "GK04") and "粮油物资储备" in key[1]]:
        row = key[1].replace("粮油物资储备支出", "粮油物资储备等支出")
        cells[key[0], row, key[2]] = replace(cells.pop(key), row_key=row)
    key = ("GK01", "expenditure:本年支出合计", "final")
    cells[key] = cells.pop(key)  # moves the total below its items
    assert result_at(checks_of(cells), "C4", "222").outcome is EXACT


def test_a_class_without_a_matching_item_is_not_compared():
    cells = all_amounts()
    for key in [key for key in cells if key[0] == "GK03" and key[1] == "208"]:
        cells[key[0], "298", key[2]] = replace(cells.pop(key), row_key="298", row_label="战略储备安排")
    results = checks_of(cells)
    assert [result for result in results if result.rule_id == "C4" and result.row_key == "298"] == []
    assert outcomes(results, "C5") == {NOT_APPLICABLE}


def test_the_limit_is_an_equality_if_all_money_is_fiscal():
    rows = {
        ("GK02", "TOTAL"): {"total": "50.00", "fiscal_appropriation": "50.00"},
        ("GK03", "TOTAL"): {"total": "50.00"},
        ("GK05", "TOTAL"): {"total": "50.00"},
        ("GK03", "208"): {"total": "30.00"},
        ("GK05", "208"): {"total": "29.00"},
        ("GK01", "income:年初结转和结余"): {"final": "0.00"},
        ("GK04", "income:年初财政拨款结转和结余"): {"amount": "0.00"},
    }
    cells = {(*at, m): amount(*at, m, text) for at, measures in rows.items() for m, text in measures.items()}
    assert result_at(checks_of(cells, {}, {}), "F1", "208").outcome is BROKEN
    own = amount("GK02", "TOTAL", "total", "51.00")
    assert result_at(checks_of(cells | {("GK02", "TOTAL", "total"): own}, {}, {}), "F1", "208").outcome is EXACT


def test_over_budget_is_a_warning():
    key = ("GK09", "all", "final_reception")
    found = result_at(checks_of(all_amounts() | {key: printed(key, "9.00")}), "H3", "all", "final_reception")
    assert "提示" in found.explanation


def test_without_a_printed_budget_there_is_no_overspending():
    cells = all_amounts()
    for key in [key for key in cells if key[2].startswith("budget_")]:
        cells[key] = amount(*key, "", "“三公”经费")
    assert outcomes(checks_of(cells), "H3") == {NOT_APPLICABLE}


def test_a_level_of_codes_that_is_not_printed_is_skipped():
    cells = {key: cell for key, cell in all_amounts().items() if key[:2] != ("GK05", "22201")}
    assert result_at(checks_of(cells), "B6", "222", "total").outcome is EXACT


def test_the_narrative_proves_the_statistics_table():
    figures = all_stated() | {("operating_cost", "all", "final"): stated("operating_cost", "all", "final", "102.00")}
    found = result_at(checks_of(figures=figures), "J3", "行政单位")
    assert found.outcome is BROKEN


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("8800.00", "多印一位|重复"),
        ("88.00", "小数点错一位"),
        ("8800000.00", "以元为万元"),
        ("808.00", "颠倒|相同"),
        ("1100.00", "相同"),
    ],
)
def test_a_broken_check_names_a_likely_cause(text, hint):
    key = ("GK05", "TOTAL", "total")
    found = result_at(checks_of(all_amounts() | {key: printed(key, text)}), "E2", "TOTAL")
    assert found.outcome is BROKEN
    assert any(word in (found.also_fits or "") for word in hint.split("|"))


def test_checks_do_not_change_the_records():
    before = tuple(all_amounts().values())
    checks_of({(a.table_code, a.row_key, a.measure): a for a in before})
    assert before == tuple(all_amounts().values())

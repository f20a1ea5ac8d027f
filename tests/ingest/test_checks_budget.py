"""Identities of budgets: each holds in a whole budget, and is broken when a single cell is changed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ingest.budget_records import changed, checks_of_budget, without_rows
from tests.ingest.test_checks_records import outcomes, result_at
from warehouse.records.reading import CheckOutcome, PerformanceProject

EXACT, ROUNDING, BROKEN = CheckOutcome.EXACT, CheckOutcome.ROUNDING, CheckOutcome.BROKEN
UNDETERMINED = CheckOutcome.UNDETERMINED

CHANGED = [  # rule, changed cell, its text, row and measure of the result that is broken
    ("YA1", "YS01/expenditure:支出总计/budget", "1061.00", "expenditure:支出总计", "budget"),
    ("YA1", "YS04/income:收入总计/amount", "1011.00", "expenditure:支出总计", "total"),
    ("YA2", "YS01/expenditure:其他支出/budget", "101.00", "expenditure:本年支出合计", "budget"),
    ("YA2", "YS01/income:政府性基金预算拨款收入/budget", "101.00", "income:财政拨款收入", "budget"),
    ("YA2", "YS04/expenditure:其他支出/government_fund", "101.00", "expenditure:本年支出合计", "government_fund"),
    ("YA2", "YS01/expenditure:公共安全支出/公安/budget", "749.00", "expenditure:公共安全支出", "budget"),
    ("YA3", "YS01/expenditure:年终结转结余/budget", "11.00", "expenditure:支出总计", "budget"),
    ("YA3", "YS04/income:上年结转/amount", "11.00", "income:收入总计", "amount"),
    ("YA4", "YS04/expenditure:社会保障和就业支出/total", "201.00", "expenditure:社会保障和就业支出", "total"),
    ("YB1", "YS02/2040250/institutional", "51.00", "2040250", "total"),
    ("YB2", "YS03/2040220/project", "201.00", "2040220", "total"),
    ("YB2", "YS03/2040250/operating", "31.00", "2040250", "total"),
    ("YB3", "YS05/2040220/project", "201.00", "2040220", "total"),
    ("YB3", "YS05/2040201/personnel", "301.00", "2040201", "basic"),
    ("YB4", "YS06/30101/personnel", "301.00", "30101", "total"),
    ("YB4", "YS17/30101/personnel", "301.00", "30101", "total"),
    ("YB4", "YS19/2040201/public", "101.00", "2040201", "total"),
    ("YB5", "YS08/22904/project", "101.00", "22904", "total"),
    ("YB6", "YS10/project:专项债券项目/government_fund", "101.00", "project:专项债券项目", "total"),
    ("YB6", "YS11/货物/general_public_budget", "46.00", "货物", "total"),
    ("YB6", "YS14/30201/project", "301.00", "30201", "total"),
    ("YB6", "YS15/301/institutional", "21.00", "301", "total"),
    ("YB6", "YS16/204/project", "301.00", "204", "total"),
    ("YB7", "YS02/2040250/institutional", "51.00", "20402", "institutional"),
    ("YB7", "YS03/204/basic", "421.00", "TOTAL", "basic"),
    ("YB7", "YS05/2040220/total", "201.00", "20402", "total"),
    ("YB7", "YS08/2290402/total", "101.00", "22904", "total"),
    ("YB7", "YS10/project:执法装备/车载设备/total", "201.00", "project:执法装备", "total"),
    ("YB7", "YS11/货物/计算机/total", "46.00", "货物", "total"),
    ("YB8", "YS06/30217/total", "6.00", "302", "total"),
    ("YB8", "YS14/301/total", "481.00", "TOTAL", "total"),
    ("YB8", "YS15/302/total", "101.00", "TOTAL", "total"),
    ("YB9", "YS07/all/change_reception", "1.00", "all", "change_reception"),
    ("YC2", "YS03/TOTAL/total", "1051.00", "TOTAL", "total"),
    ("YC3", "YS05/TOTAL/total", "901.00", "TOTAL", "total"),
    ("YC4", "YS06/TOTAL/total", "601.00", "TOTAL", "total"),
    ("YC4", "YS05/TOTAL/public", "101.00", "TOTAL", "public"),
    ("YC5", "YS14/TOTAL/project", "301.00", "TOTAL", "project"),
    ("YC6", "YS17/TOTAL/total", "601.00", "TOTAL", "total"),
    ("YC6", "YS19/TOTAL/personnel", "501.00", "TOTAL", "personnel"),
    ("YC6", "YS15/TOTAL/total", "621.00", "TOTAL", "total"),
    ("YC7", "YS10/TOTAL/total", "401.00", "TOTAL", "total"),
    ("YC8", "YS11/TOTAL/total", "1060.00", "TOTAL", "total"),
    ("YC9", "YS04/income:政府性基金预算拨款/amount", "101.00", "income:政府性基金预算拨款", "amount"),
    ("YC11", "YS01/expenditure:社会保障和就业支出/budget", "201.00", "208", "total"),
    ("YC11", "YS04/expenditure:公共安全支出/general_public_budget", "701.00", "204", "total"),
    ("YH1", "YS07/all/budget_reception", "9.00", "all", "budget_total"),
    ("YH2", "YS07/all/prior_budget_vehicle_purchase", "5.00", "all", "prior_budget_vehicle_total"),
    ("YH3", "YS07/all/budget_overseas", "3.00", "30212", "total"),
]  # fmt: skip


@pytest.fixture(scope="module")
def holding():
    return checks_of_budget()


def test_nothing_is_broken_where_everything_holds(holding):
    assert [one.explanation for one in holding if one.outcome in (ROUNDING, BROKEN, UNDETERMINED)] == []


@pytest.mark.parametrize("rule", sorted({case[0] for case in CHANGED}))
def test_the_rule_holds(holding, rule):
    assert outcomes(holding, rule) == {EXACT}


@pytest.mark.parametrize(("rule", "cell", "text", "row", "measure"), CHANGED, ids=[f"{c[0]} {c[1]}" for c in CHANGED])
def test_the_rule_breaks_on_one_changed_cell(rule, cell, text, row, measure):
    found = [
        one
        for one in checks_of_budget(changed(**{cell: text}))
        if (one.rule_id, one.row_key, one.measure) == (rule, row, measure)
    ]
    assert BROKEN in {one.outcome for one in found}
    assert all(one.difference == one.left - one.right for one in found)


def broken(amounts, rule: str) -> list[str | None]:
    return [one.row_key for one in checks_of_budget(amounts) if one.rule_id == rule and one.outcome is BROKEN]


def test_the_total_of_income_is_that_of_the_year_where_no_column_has_what_is_carried_over():
    assert broken(changed(**{"YS02/TOTAL/total": "1060.00"}), "YC1") == []  # the total with what is carried over
    assert broken(changed(**{"YS02/TOTAL/total": "1049.00"}), "YC1") == ["TOTAL"]


def test_a_cent_is_rounding():
    found = result_at(checks_of_budget(changed(**{"YS05/2040220/project": "200.01"})), "YB3", "2040220", "total")
    assert found.outcome is ROUNDING


def of_which(**texts: str):
    """支出总表 with 经营支出, and the same amount contained in 基本支出."""
    return changed(**{"YS03/2040250/basic": "50.00", "YS03/20402/basic": "450.00", "YS03/204/basic": "450.00",
                      "YS03/TOTAL/basic": "650.00", "YS15/TOTAL/total": "650.00", **texts})  # fmt: skip


def test_a_column_that_the_others_contain_is_no_addend():
    assert broken(of_which(), "YB2") == []
    assert broken(of_which(**{"YS03/2040220/project": "201.00"}), "YB2") == ["2040220"]


MEETINGS = {
    f"YS07/all/{stage}_{item}": text
    for stage in ("budget", "change")
    for item, text in (("meeting", "4.00"), ("training", "3.00"))
}


@pytest.mark.parametrize(("total", "is_broken"), [("30.00", False), ("37.00", False), ("36.00", True)])
def test_the_total_holds_meetings_and_training_or_not(total, is_broken):
    cells = MEETINGS | {"YS07/all/budget_total": total, "YS07/all/change_total": str(float(total) - 28)}
    assert broken(changed(**cells), "YH1") == (["all", "all"] if is_broken else [])


def without_kinds_of_basic(personnel: str):
    """一般公共预算支出表 without 人员经费 and 公用经费, which 收支总表 has."""
    whole = "YS01/expenditure:支出总计"
    cells = {f"{whole}/total": "900.00", f"{whole}/personnel": personnel, f"{whole}/public": "100.00"}
    kinds = ("personnel", "public")
    return {key: one for key, one in changed(**cells).items() if not (key[0] == "YS05" and key[2] in kinds)}


def test_without_kinds_of_basic_expenditure_those_of_all_expenditure_count_where_all_is_of_that_budget():
    assert broken(without_kinds_of_basic("500.00"), "YC4") == []
    assert broken(without_kinds_of_basic("501.00"), "YC4") == ["TOTAL"]


def only(table: str, rows: dict[str, str]):
    """A table with one column."""
    cells = {f"{table}/{row}/total": text for row, text in rows.items()}
    return {key: one for key, one in changed(**cells).items() if "/".join(key) in cells}


TWO_CODES = {
    "TOTAL": "500.00",
    "301/501": "480.00",
    "30101/50101": "300.00",
    "30112/50102": "180.00",
    "302/502": "20.00",
}


def test_codes_of_two_classifications_add_up_to_both():
    assert broken(only("YS06", TWO_CODES), "YB8") == []
    assert broken(only("YS06", TWO_CODES | {"30101/50101": "301.00"}), "YB8") == ["301/501"]


UNITS = {
    "TOTAL": "60.00",
    "unit:甲局": "40.00",
    "unit:甲局/204": "40.00",
    "unit:甲局/20402": "40.00",
    "unit:乙站": "20.00",
}


def test_units_add_up_to_the_table_and_what_they_print_to_the_unit():
    assert broken(only("YS03", UNITS), "YB7") == []
    assert broken(only("YS03", UNITS | {"unit:甲局/204": "41.00"}), "YB7") == ["unit:甲局", "unit:甲局/204"]


LEVELS = {
    "TOTAL": "400.00",
    "project:通用项目": "365.00",
    "project:培训": "15.00",
    "project:购买服务": "350.00",
    "project:审计服务": "350.00",
    "project:专用项目": "35.00",
}


def test_levels_that_only_the_figures_tell():
    assert broken(only("YS10", LEVELS), "YB7") == []
    assert broken(only("YS10", LEVELS | {"project:培训": "16.00"}), "YB7") == ["TOTAL"]


def test_a_list_without_sums_of_its_own_ends_in_those_of_the_expenditure():
    cells = {"YS01/use:基本支出/budget": "620.00", "YS01/use:项目支出/budget": "430.00"}
    assert broken(changed(**cells), "YA2") == []
    assert broken(changed(**cells | {"YS01/use:项目支出/budget": "431.00"}), "YA2") == ["use:本年支出合计"]


def test_a_row_over_all_others_is_told_by_its_figure():
    amounts = changed(**{"YS01/income:部门预算/budget": "1050.00"})
    first = {key: one for key, one in amounts.items() if key[1] == "income:部门预算"}
    assert broken(first | amounts, "YA2") == []


def test_an_unknown_source_of_income_may_be_part_of_another():
    amounts = changed(**{"YS01/income:专项收入/budget": "7.00"})
    last = amounts.pop(("YS01", "income:专项收入", "budget"))
    before = dict(list(amounts.items())[:4]) | {("YS01", "income:专项收入", "budget"): last}
    found = result_at(checks_of_budget(before | amounts), "YA2", "income:本年收入合计", "budget")
    assert found.outcome is UNDETERMINED
    assert "专项收入" in found.explanation


def test_what_a_table_that_was_not_read_whole_lacks_breaks_nothing():
    amounts = without_rows(("YS03", "2040220"))
    results = checks_of_budget(amounts, partial=["YS03"])
    assert {one.outcome for one in results if one.table_code == "YS03"} >= {UNDETERMINED}
    assert BROKEN not in {one.outcome for one in results}


def targets(kind: str, name: str, amount: str) -> list[PerformanceProject]:
    return [PerformanceProject(name, kind, initial_budget=Decimal(amount))]


CARRIED_OVER = {"YS10/project:专项债券项目（结转）/total": "5.00", "YS10/TOTAL/total": "405.00"}


@pytest.mark.parametrize(
    ("kind", "name", "amount", "rule", "outcome"),
    [
        ("project", "专项债券项目", "100.00", "YC10", EXACT),
        ("project", "专项债券项目", "105.00", "YC10", EXACT),  # with what is carried over
        ("project", "专项债券项目", "101.00", "YC10", BROKEN),
        ("project", "车载设备", "200.00", "YC10", EXACT),
        ("department", "示范市公安局", "1060.00", "YC12", EXACT),
        ("department", "示范市公安局", "1050.00", "YC12", EXACT),
        ("department", "示范市公安局", "1051.00", "YC12", BROKEN),
    ],
)
def test_a_form_of_targets_names_the_amount_of_its_project_or_of_the_whole(kind, name, amount, rule, outcome):
    results = checks_of_budget(changed(**CARRIED_OVER), projects=targets(kind, name, amount))
    assert result_at(results, rule, name, "initial_budget").outcome is outcome


def test_a_form_of_targets_may_mean_one_print_of_a_row_that_is_printed_again():
    amounts = changed(**{"YS10/TOTAL/total": "406.00", "YS10/project:专项债券项目/total": "106.00"})
    key = ("YS10", "project:专项债券项目", "total")
    amounts[key] = replace(amounts[key], printed="100.00 + 6.00")
    for text, outcome in (("100.00", EXACT), ("106.00", EXACT), ("101.00", BROKEN)):
        results = checks_of_budget(amounts, projects=targets("project", "专项债券项目", text))
        assert result_at(results, "YC10", "专项债券项目").outcome is outcome


def test_a_unit_over_the_others_is_told_by_its_figure():
    units = {"TOTAL": "60.00", "unit:甲局": "60.00", "unit:甲局（本级）": "40.00", "unit:乙站": "20.00"}
    assert broken(only("YS02", units), "YB7") == []
    assert broken(only("YS02", units | {"unit:乙站": "21.00"}), "YB7") == ["TOTAL"]


def test_a_column_that_is_not_there_leaves_a_sum_of_kinds_open():
    amounts = {key: one for key, one in changed(**{"YS05/TOTAL/total": "901.00"}).items() if key[2] != "project"}
    results = [one for one in checks_of_budget(amounts) if (one.rule_id, one.measure) == ("YB3", "total")]
    assert {one.outcome for one in results} == {EXACT, UNDETERMINED}


def test_a_table_without_what_is_carried_over_has_less_of_a_class():
    fewer = {f"YS05/{row}/{column}": "190.00" for row in ("208", "20805", "2080505") for column in ("total", "basic")}
    assert broken(changed(**fewer, **{"YS05/TOTAL/total": "890.00"}), "YC11") == []
    assert broken(changed(**{"YS05/208/total": "201.00"}), "YC11") == ["208"]


def test_a_balance_may_have_parts_that_are_not_called_after_it():
    cells = {"YS04/income:上年结转/一般公共预算拨款/amount": "4.00"}
    results = checks_of_budget(changed(**cells))
    assert result_at(results, "YA2", "income:上年结转", "amount").outcome is UNDETERMINED
    whole = {"YS04/income:上年结转/一般公共预算拨款/amount": "10.00"}
    assert result_at(checks_of_budget(changed(**whole)), "YA2", "income:上年结转", "amount").outcome is EXACT

"""Rules of the family N: figures of the narrative are compared with the tables and with each other."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ingest.test_checks_records import (
    ITEM_208,
    ITEM_222,
    all_stated,
    all_tables,
    amount,
    checks_of,
    outcomes,
    result_at,
    stated,
    table,
)
from warehouse.records.reading import CheckOutcome, Status

EXACT, ROUNDING, BROKEN = CheckOutcome.EXACT, CheckOutcome.ROUNDING, CheckOutcome.BROKEN
NOT_APPLICABLE, UNDETERMINED = CheckOutcome.NOT_APPLICABLE, CheckOutcome.UNDETERMINED
HEADLINE = "year_over_year/general_public_expenditure"

CHANGED = [  # rule, figure, its changed value, row and measure of the result that is broken
    ("N1", ("income_composition", "total", "amount"), "1106.00", "income_composition/total", "amount"),
    ("N1", ("expenditure_composition", "basic", "amount"), "501.00", "expenditure_composition/basic", "amount"),
    ("N1", ("year_over_year", "personnel", "current"), "351.00", "year_over_year/personnel", "current"),
    ("N1", ("structure", "社会保障和就业", "amount"), "281.00", "structure/社会保障和就业", "amount"),
    ("N1", ("budget_vs_final", ITEM_208, "final"), "281.00", f"budget_vs_final/{ITEM_208}", "final"),
    ("N1", ("three_public_amount", "overseas", "final"), "6.00", "three_public_amount/overseas", "final"),
    ("N1", ("fund_budget_vs_final", "government_fund", "final"), "91.00", "fund_budget_vs_final/government_fund", None),
    ("N2", ("budget_vs_final", ITEM_208, "completion_pct"), "93.43", f"budget_vs_final/{ITEM_208}", "completion_pct"),
    ("N2", ("project_score", "2024年粮库维修", "execution_rate_pct"), "91.00", "project_score/2024年粮库维修", None),
    ("N3", ("structure", "社会保障和就业", "share_pct"), "31.92", "structure/社会保障和就业", "share_pct"),
    ("N3", ("procurement", "all", "micro_share_pct"), "51.00", "procurement/all", "micro_share_pct"),
    ("N4", ("year_over_year", "general_public_expenditure", "change_pct"), "-2.32", HEADLINE, "change_pct"),
    ("N4", ("year_over_year", "粮油物资储备支出", "change_pct"), "16.67", "year_over_year/粮油物资储备支出", None),
    ("N5", ("budget_vs_final", "TOTAL", "initial_budget"), "900.00", "budget_vs_final/TOTAL", "initial_budget"),
    ("N6", ("year_over_year", "general_public_expenditure", "change_pct"), "2.22", HEADLINE, "change"),
    ("N8", ("procurement", "all", "goods"), "31.00", "procurement/all", "total"),
    ("N8", ("year_over_year", "public_funds", "current"), "121.00", "year_over_year/basic_expenditure", "current"),
    ("N9", ("procurement", "all", "sme_contracts"), "61.00", "procurement/all", "sme_contracts"),
]  # fmt: skip


@pytest.fixture(scope="module")
def holding():
    return checks_of()


@pytest.mark.parametrize("rule", [f"N{n}" for n in range(1, 10)])
def test_the_rule_holds(holding, rule):
    found = outcomes(holding, rule)
    assert EXACT in found and BROKEN not in found


@pytest.mark.parametrize(("rule", "key", "text", "row", "measure"), CHANGED, ids=[f"{c[0]}-{c[3]}" for c in CHANGED])
def test_the_rule_breaks_on_one_changed_figure(rule, key, text, row, measure):
    figures = all_stated()
    changed = replace(figures[key], value=Decimal(text))
    found = result_at(checks_of(figures=figures | {key: changed}), rule, row, measure)
    assert found.outcome is BROKEN


def test_a_figure_may_restate_one_of_several_totals():
    key = ("year_over_year", "fiscal_appropriation_total", "current")
    figures = all_stated()
    for text, outcome in (("1010.00", EXACT), ("980.00", EXACT), ("1000.00", BROKEN)):
        results = checks_of(figures=figures | {key: replace(figures[key], value=Decimal(text))})
        assert result_at(results, "N1", "year_over_year/fiscal_appropriation_total").outcome is outcome


@pytest.mark.parametrize(("share", "outcome"), [("31.82", EXACT), ("31.81", BROKEN), ("31.8", EXACT), ("32", EXACT)])
def test_the_envelope_of_a_share_depends_on_its_decimals(share, outcome):
    key = ("structure", "社会保障和就业", "share_pct")
    figures = all_stated()
    results = checks_of(figures=figures | {key: replace(figures[key], value=Decimal(share))})
    assert result_at(results, "N3", "structure/社会保障和就业").outcome is outcome


def small(initial: str, final: str, percent: str):
    kind = "fund_budget_vs_final"
    texts = {"initial_budget": (initial, "万元"), "final": (final, "万元"), "completion_pct": (percent, "%")}
    return {(kind, "state_capital", m): stated(kind, "state_capital", m, *text) for m, text in texts.items()}


@pytest.mark.parametrize(("percent", "outcome"), [("50.00", EXACT), ("53.00", ROUNDING), ("56.00", BROKEN)])
def test_the_rounding_of_small_inputs_moves_a_percentage(percent, outcome):
    """0.05 of 0.10: each is rounded to 0.005, which may change the ratio by 7.5 %."""
    found = result_at(checks_of({}, small("0.20", "0.10", percent), {}), "N2", "fund_budget_vs_final/state_capital")
    assert found.outcome is outcome


def test_a_truncated_percentage_is_named():
    figures = all_stated()
    key = ("expenditure_composition", "basic", "share_pct")
    results = checks_of(figures=figures | {key: replace(figures[key], value=Decimal("45.4"))})
    assert result_at(results, "N3", "expenditure_composition/basic").outcome is BROKEN
    assert "截尾" in result_at(results, "N3", "expenditure_composition/basic").also_fits


def test_a_percentage_on_a_zero_base():
    """A completion of 0 % for 180.00 of a budget of 0 is reported; for 0 of 0 it is not."""
    spent = checks_of({}, small("0.00", "180.00", "0"), {})
    assert result_at(spent, "N7", "fund_budget_vs_final/state_capital").outcome is BROKEN
    assert outcomes(spent, "N2") == {NOT_APPLICABLE}
    assert outcomes(checks_of({}, small("0.00", "0.00", "0"), {}), "N7") == {EXACT}


def test_growth_from_nothing_has_no_percentage():
    texts = {"current": ("5.00", "万元"), "change": ("5.00", "万元"), "change_pct": ("100", "%")}
    figures = {
        ("year_over_year", "three_public", m): stated("year_over_year", "three_public", m, *t) for m, t in texts.items()
    }
    assert result_at(checks_of({}, figures, {}), "N7", "year_over_year/three_public").outcome is BROKEN


def test_a_list_with_a_gap_is_undetermined():
    """The item of class 222 is missing in the list, and GK05 has an amount for it."""
    figures = {key: figure for key, figure in all_stated().items() if key[1] != ITEM_222}
    figures["budget_vs_final", "x", "final"] = stated("budget_vs_final", "另一科目", "final", "1.00")
    figures["budget_vs_final", "x", "initial_budget"] = stated("budget_vs_final", "另一科目", "initial_budget", "1.00")
    found = result_at(checks_of(figures=figures), "N5", "budget_vs_final/TOTAL", "initial_budget")
    assert found.outcome is UNDETERMINED
    assert "未列全" in found.explanation


def test_a_difference_is_undetermined_if_a_part_is_not_stated():
    figures = {key: figure for key, figure in all_stated().items() if key != ("procurement", "all", "works")}
    assert result_at(checks_of(figures=figures), "N8", "procurement/all").outcome is UNDETERMINED


def test_the_direction_in_a_reason_agrees_with_the_figures():
    said = stated("budget_vs_final", ITEM_208, "reason", "0", printed="决算数大于年初预算数的主要原因是补发")
    reason = replace(said, value=None, unit=None, text="补发")
    found = result_at(checks_of(figures=all_stated() | {("r", "r", "r"): reason}), "N6", f"budget_vs_final/{ITEM_208}")
    assert found.outcome is BROKEN


def test_a_doubtful_figure_is_undetermined():
    key = ("structure", "社会保障和就业", "amount")
    figures = all_stated()
    doubtful = replace(figures[key], value=Decimal("2800.00"), status=Status.DOUBTFUL, printed="2,80.00")
    results = checks_of(figures=figures | {key: doubtful})
    assert result_at(results, "N1", "structure/社会保障和就业").outcome is UNDETERMINED
    assert result_at(results, "N3", "structure/社会保障和就业").outcome is UNDETERMINED


def test_without_a_narrative_each_rule_has_one_result():
    results = checks_of(figures={})
    for rule in [f"N{n}" for n in range(1, 10)]:
        (found,) = [result for result in results if result.rule_id == rule]
        assert found.outcome is NOT_APPLICABLE


def test_figures_that_restate_an_unreadable_table_are_not_broken():
    tables = all_tables() | {"GK06": table("GK06", is_whole=False)}
    figures = all_stated()
    key = ("year_over_year", "personnel", "current")
    results = checks_of(figures=figures | {key: replace(figures[key], value=Decimal(1))}, tables=tables)
    assert result_at(results, "N1", "year_over_year/personnel").outcome is UNDETERMINED


def test_last_years_number_is_named_as_the_cause():
    """880.00 after a decrease of 20.00 means 900.00 last year, which is printed as this year's figure."""
    figures = all_stated()
    key = ("budget_vs_final", "TOTAL", "final")
    results = checks_of(figures=figures | {key: replace(figures[key], value=Decimal("900.00"))})
    assert "上年数" in result_at(results, "N1", "budget_vs_final/TOTAL").also_fits


def test_a_name_without_a_code_is_not_compared():
    figures = {("structure", "没有的类", "amount"): stated("structure", "没有的类", "amount", "5.00")}
    cells = {("GK05", "208", "total"): amount("GK05", "208", "total", "280.00")}
    assert outcomes(checks_of(cells, figures, {}), "N1") == {NOT_APPLICABLE}

"""Rules of the family P: self-evaluation forms."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ingest.test_checks_records import (
    all_projects,
    all_stated,
    checks_of,
    indicator,
    outcomes,
    project,
    result_at,
    stated,
)
from warehouse.records.reading import CheckOutcome, PerformanceFund, PerformanceManagement

EXACT, ROUNDING, BROKEN = CheckOutcome.EXACT, CheckOutcome.ROUNDING, CheckOutcome.BROKEN
NOT_APPLICABLE, UNDETERMINED = CheckOutcome.NOT_APPLICABLE, CheckOutcome.UNDETERMINED
D = Decimal

CHANGED = [  # rule, changes of the project form, row of the result that is broken
    ("P1", {"management": (PerformanceManagement("安排科学性", D(15), D(15)),)}, "粮库维修"),
    ("P2", {"total_score": D("98.00")}, "粮库维修"),
    ("P3", {"management": (PerformanceManagement("安排科学性", D(20), D(21)),)}, "粮库维修"),
    ("P4", {"execution_rate_pct": D("91.00")}, "粮库维修"),
    ("P5", {"execution_score": D("9.50")}, "粮库维修"),
    ("P6", {"funds": (PerformanceFund("财政拨款", D(99), D(100), D(90)),)}, "粮库维修"),
    ("P7", {"executed": D("600.00")}, None),
    ("P8", {"indicators": (indicator(1, "≥3座", "2座", "40", "40"),)}, "粮库维修"),
    ("P9", {"executed": D(80), "adjusted_budget": D(99), "initial_budget": D(99)}, "performance_summary/all"),
    ("P11", {"executed": D(0), "execution_rate_pct": D(0), "execution_score": D(0), "total_score": D(90)}, "粮库维修"),
    ("P12", {"total_score": D("98.50")}, "project_score/2024年粮库维修"),
    ("P13", {"executed": D("80.00")}, "project_score/2024年粮库维修"),
]  # fmt: skip


def with_project(**changes):
    return all_projects() | {"粮库维修": project(**changes)}


@pytest.fixture(scope="module")
def holding():
    return checks_of()


@pytest.mark.parametrize("rule", [f"P{n}" for n in (1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13)])
def test_the_rule_holds(holding, rule):
    assert outcomes(holding, rule) == {EXACT}


@pytest.mark.parametrize(("rule", "changes", "row"), CHANGED, ids=[case[0] for case in CHANGED])
def test_the_rule_breaks_on_one_changed_figure(rule, changes, row):
    results = checks_of(projects=with_project(**changes))
    assert [one.row_key for one in results if one.rule_id == rule and one.outcome is BROKEN][:1] == [row]


def test_an_unexecuted_project_with_a_low_score_is_no_error():
    idle = with_project(executed=D(0), execution_rate_pct=D(0), execution_score=D(0), total_score=D(30))
    assert outcomes(checks_of(projects=idle), "P11") == {EXACT}


def test_henan_departments_get_full_points_from_ninety_per_cent_on(holding):
    assert result_at(holding, "P5", "海州市粮食局").outcome in (EXACT, ROUNDING)
    one = all_projects()["海州市粮食局"]
    for score, outcome in (("4.50", {EXACT, ROUNDING}), ("6.00", {BROKEN})):
        results = checks_of(projects=all_projects() | {one.project: replace(one, execution_score=D(score))})
        assert result_at(results, "P5", one.project).outcome in outcome


def test_an_execution_score_that_is_not_printed_is_computed():
    for total, outcome in (("99.00", EXACT), ("90.00", EXACT), ("95.00", BROKEN)):
        results = checks_of(projects=with_project(execution_score=None, total_score=D(total)))
        assert result_at(results, "P2", "粮库维修").outcome is outcome


def test_weights_without_the_execution_weight_make_ninety():
    for weight, outcome in (("20", EXACT), ("30", EXACT), ("25", BROKEN)):
        management = (PerformanceManagement("安排科学性", D(weight), D(weight)),)
        results = checks_of(projects=with_project(execution_weight=None, management=management))
        assert result_at(results, "P1", "粮库维修").outcome is outcome


def test_whole_points_are_exact_and_cents_may_be_rounded():
    lines = (indicator(1, "≥3座", "3座", "33.33", "33.33"), indicator(2, "≥3座", "3座", "36.66", "36.66"))
    results = checks_of(projects=with_project(indicators=lines))
    assert result_at(results, "P1", "粮库维修").outcome is ROUNDING


def test_a_form_that_was_not_read_whole_is_undetermined():
    results = checks_of(projects=with_project(total_score=D(1), execution_score=D(1), is_whole=False))
    assert {result_at(results, rule, "粮库维修").outcome for rule in ("P1", "P2", "P4", "P5")} == {UNDETERMINED}


def test_a_score_that_was_not_read_is_undetermined():
    lines = (indicator(1, "≥3座", "3座", "40", "40"), replace(indicator(2, "≤100%", "90%", "30", "30"), score=None))
    assert result_at(checks_of(projects=with_project(indicators=lines)), "P2", "粮库维修").outcome is UNDETERMINED


@pytest.mark.parametrize(
    ("target", "actual", "outcome"),
    [
        ("≥3座", "2座", BROKEN),
        ("≤3座", "4座", BROKEN),
        ("=3座", "2座", BROKEN),
        ("=3座", "4座", EXACT),
        ("≥3座", "3户", EXACT),
    ],
)
def test_an_unmet_target_with_full_points(target, actual, outcome):
    lines = (indicator(1, target, actual, "40", "40"), indicator(2, "≤100%", "90%", "30", "30"))
    found = [one.outcome for one in checks_of(projects=with_project(indicators=lines)) if one.rule_id == "P8"]
    assert (BROKEN in found) is (outcome is BROKEN)


def test_a_control_rate_above_the_limit_that_the_table_kept():
    one = all_projects()["海州市粮食局"]
    lines = (replace(one.indicators[0], actual="413%", actual_value=D(413)), one.indicators[1])
    results = checks_of(projects=all_projects() | {one.project: replace(one, indicators=lines)})
    found = result_at(results, "P10", one.project)
    assert (found.outcome, found.left, found.right) == (BROKEN, D(413), D("86.36"))


def test_fewer_forms_than_projects_prove_nothing():
    figures = all_stated()
    key = ("performance_summary", "all", "projects_self_evaluated")
    results = checks_of(figures=figures | {key: replace(figures[key], value=D(7))})
    assert outcomes(results, "P9") == {NOT_APPLICABLE}


def test_a_sentence_is_compared_with_the_projects_that_it_names():
    """用于甲及乙: the expenditure of their forms must add up to that in the sentence."""
    key = ("budget_vs_final", "粮油物资储备支出", "final")
    for spent, outcome in (("145.00", EXACT), ("245.00", BROKEN)):
        figure = stated(*key, spent, printed=f"粮油物资储备支出决算{spent}万元,用于粮库维修及储备粮轮换。")
        results = checks_of(figures=all_stated() | {key: figure})
        assert result_at(results, "P14", "budget_vs_final/粮油物资储备支出").outcome is outcome
    assert "储备粮轮换" in result_at(results, "P14", "budget_vs_final/粮油物资储备支出").explanation


def test_two_forms_of_one_title_keep_their_own_results():
    twice = all_projects() | {"again": project(total_score=D(50))}
    results = checks_of(projects=twice)
    assert result_at(results, "P2", "粮库维修").outcome is EXACT
    assert result_at(results, "P2", "粮库维修（2）").outcome is BROKEN


def test_without_forms_each_rule_has_one_result():
    results = checks_of(projects={})
    for rule in [f"P{n}" for n in range(1, 15)]:
        (found,) = [result for result in results if result.rule_id == rule]
        assert found.outcome is NOT_APPLICABLE

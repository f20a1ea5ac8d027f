"""mart.performance_comparison: self-evaluation scores, their difference to the execution rate, indicators that can be
judged."""

from decimal import Decimal

import pytest
from psycopg.rows import dict_row

from ingest.forms.values.met import judged
from tests.warehouse.factory_statements import checked, small_form
from tests.warehouse.peers import peer
from warehouse.load.document import load
from warehouse.records.reading import CheckOutcome, Indicator


def form(name: str, budget: str | None, executed: str | None, score: str | None, rate: str | None = None, **changes):
    numbers = {"adjusted_budget": budget, "executed": executed, "total_score": score, "execution_rate_pct": rate}
    decimals = {key: None if value is None else Decimal(value) for key, value in numbers.items()}
    return small_form(project=name, **decimals, **changes)


def indicator(
    seq: int, operator: str | None, wanted: str | None, reached: str | None, weight="10", score="10", **printed
):
    numbers = [None if value is None else Decimal(value) for value in (wanted, reached, weight, score)]
    printed = {"actual": reached} | printed
    return judged(Indicator(
        seq, "产出指标", "数量指标", f"指标{seq}", target_operator=operator, target_value=numbers[0],
        actual_value=numbers[1], weight=numbers[2], score=numbers[3], **printed,
    ))  # fmt: skip


def compared(connection, *forms, checks=()) -> dict | None:
    load(connection, peer(0, projects=forms, checks=checks))
    return connection.cursor(row_factory=dict_row).execute("select * from mart.performance_comparison").fetchone()


def pick(row: dict, *columns: str) -> tuple:
    return tuple(row[column] for column in columns)


def test_a_body_without_forms_has_no_row(connection):
    assert compared(connection) is None


def test_money_and_scores_of_the_projects_without_the_departments_own_form(connection):
    row = compared(
        connection,
        form("甲", "10.00", "9.00", "96", "90.00"),
        form("乙", "30.00", "30.00", "90", "100.00"),
        form("丙", "5.00", "0.00", "80", "0.00"),
        form("丁", None, "1.00", "70"),
        form("全局", "1000.00", "1000.00", "99", "100.00", kind="department"),
    )
    assert pick(row, "forms", "projects", "department_forms", "department_score") == (5, 4, 1, 99)
    assert pick(row, "adjusted_budget_wan", "executed_wan", "cost_per_project_wan") == (45, 40, 10)
    assert row["execution_rate_pct"] == Decimal("86.67")  # 39 of 45, without 丁, which prints no budget
    assert pick(row, "scored_projects", "average_score", "lowest_score") == (4, 84, 70)
    assert pick(row, "projects_at_least_90", "share_at_least_90_pct") == (2, 50)
    assert pick(row, "projects_not_executed", "zero_execution_high_score") == (1, 1)
    assert row["score_minus_execution_rate"] == Decimal("25.33")  # mean of 6, -10 and 80, without 丁: it has no rate
    assert pick(row, "is_comparable", "why_not") == (True, None)


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("one", "not_executed", "praised"),
    [
        (form("甲", "5.00", "0.00", "80", "0.00"), 1, 1),
        (form("甲", "5.00", "0.00", "79.9", "0.00"), 1, 0),
        (form("甲", "5.00", "0.00", "80"), 1, 1),  # no rate is printed: it is computed from the money
        (form("甲", "0.00", "0.00", "80"), 0, 0),  # the budget is 0
        (form("甲", "5.00", "5.00", "80", "0.00"), 1, 1),  # the printed rate is used; a check reports the contradiction
    ],
)
def test_a_project_that_was_not_executed(connection, one, not_executed, praised):
    assert pick(compared(connection, one), "projects_not_executed", "zero_execution_high_score") == (
        not_executed, praised
    )  # fmt: skip


def test_indicators_that_can_be_judged_and_those_that_cannot(connection):
    row = compared(
        connection,
        form("甲", "1.00", "1.00", "100", indicators=(
            indicator(1, ">=", "10", "12"),
            indicator(2, ">=", "10", "9", score="9"),
            indicator(3, "<=", "10", "11"),  # unmet, and full score
            indicator(4, "=", "10", "10"),
            indicator(5, ">=", "10", None),  # the actual value was not printed as a number
            indicator(6, None, None, None, target="较上年提高", actual="提高"),
            indicator(7, "<=", "10", "11", weight="0", score="0"),
            indicator(8, None, None, None, target="2024年12月底", actual="12月"),
            indicator(9, None, None, None),
            indicator(10, "<=", "45", "420000", target_unit="万元", target="≤45万元", actual="420000元"),
            indicator(11, None, "20", "30"),  # without operator a quantity counts as "at least"
            indicator(12, None, "20", "19"),  # unmet, and full score
        )),
    )  # fmt: skip
    assert pick(row, "indicators", "quantified", "qualitative", "not_taken_apart") == (12, 9, 1, 2)
    assert row["qualitative_share_pct"] == Decimal("8.33")
    assert pick(row, "indicators_met", "indicators_unmet", "indicators_unmet_full_score") == (3, 4, 2)


@pytest.mark.parametrize(("is_whole", "full_score"), [(True, 1), (False, 0)])
def test_full_points_are_not_counted_in_a_form_that_was_read_in_part(connection, is_whole, full_score):
    """As in rule P8."""
    unmet = (indicator(1, "<=", "10", "11"),)
    row = compared(connection, form("甲", "1.00", "1.00", "100", indicators=unmet, is_whole=is_whole))
    assert pick(row, "indicators_unmet", "indicators_unmet_full_score") == (1, full_score)


def test_forms_that_do_not_add_up_are_counted_once_each(connection):
    broken = [
        checked(rule, CheckOutcome.BROKEN, name, table_code=None)
        for rule, name in (("P1", "甲"), ("P2", "甲"), ("P6", "乙"), ("P8", "丙"), ("P11", "丁"))
    ]
    row = compared(connection, form("甲", "1.00", "1.00", "100"), checks=tuple(broken))
    assert pick(row, "forms_not_adding_up", "is_comparable") == (2, True)


@pytest.mark.parametrize(
    ("changes", "checks", "why_not"),
    [
        ({"is_whole": False}, (), "1 张自评表未能全部读出"),
        ({}, (checked("P2", CheckOutcome.UNDETERMINED, "甲", table_code=None),), "自评表内有勾稽关系无法判定"),
    ],
)
def test_forms_that_were_read_in_part_are_not_comparable(connection, changes, checks, why_not):
    row = compared(connection, form("甲", "1.00", "1.00", "100", **changes), checks=checks)
    assert pick(row, "is_comparable", "why_not") == (False, why_not)

"""Narrative, two forms of the same name, and check results for the small accounts of `factory`."""

from dataclasses import replace
from decimal import Decimal

from warehouse.records.places import Place
from warehouse.records.reading import (
    CheckOutcome,
    CheckResult,
    Indicator,
    PerformanceFund,
    PerformanceManagement,
    PerformanceProject,
    StatedFigure,
)


def said(
    kind: str, subject: str, measure: str, value: str | None, unit: str | None = "万元", **changes
) -> StatedFigure:
    """One stated figure; `value` is None for a figure that is a text."""
    figure = StatedFigure(
        kind=kind,
        subject=subject,
        measure=measure,
        value=None if value is None else Decimal(value),
        unit=unit,
        printed=f"{value}{unit}",
        place=Place(8),
    )
    return replace(figure, **changes)


def changed(subject: str, current: str | None, change: str, **changes) -> tuple[StatedFigure, ...]:
    """A total or class with its change from last year; without `current` only the change is stated."""
    both = (("current", current), ("change", change))
    return tuple(
        said("year_over_year", subject, measure, value, **changes) for measure, value in both if value is not None
    )


def small_stated() -> tuple[StatedFigure, ...]:
    return (
        *changed("general_public_expenditure", "70.00", "-5.00"),
        said("budget_vs_final", "行政运行", "initial_budget", "40.00", functional_code="2150501"),
        said("budget_vs_final", "行政运行", "final", "450000", "元", functional_code="2150501"),
        said("budget_vs_final", "行政运行", "reason", None, None, text="人员增加", functional_code="2150501"),
        said("three_public_detail", "all", "domestic_reception_batches", "3", "批次"),
        said("three_public_detail", "all", "domestic_reception_persons", "21", "人次"),
        said("three_public_detail", "all", "vehicles_owned", "0", "辆"),
    )


def small_form(**changes) -> PerformanceProject:
    """A project that spent 9.50 of 10.00 and scored 99.50."""
    form = PerformanceProject(
        project="产业扶持资金",
        kind="project",
        competent_department="甲市工业和信息化局",
        initial_budget=Decimal("12.00"),
        adjusted_budget=Decimal("10.00"),
        executed=Decimal("9.50"),
        execution_rate_pct=Decimal("95.00"),
        execution_weight=Decimal(10),
        execution_score=Decimal("9.5"),
        total_score=Decimal("99.5"),
        grade="优",
        functional_code="2150502",
        place=Place(20),
        funds=(
            PerformanceFund("财政拨款", Decimal("12.00"), Decimal("10.00"), Decimal("9.50")),
            PerformanceFund("单位资金"),
        ),
        management=(PerformanceManagement("安排科学性", Decimal(4), Decimal(4)),),
        indicators=(
            Indicator(1, "产出指标", "数量指标", "扶持企业数", "≥10家", "12家", Decimal(15), Decimal(15),
                      target_operator=">=", target_value=Decimal(10), target_unit="家", actual_value=Decimal(12)),
            Indicator(2, "满意度指标", None, "企业满意度", "满意", "满意", Decimal(10), Decimal(10)),
        ),
    )  # fmt: skip
    return replace(form, **changes)


def small_forms() -> tuple[PerformanceProject, ...]:
    """Two forms that print the same name."""
    return small_form(), small_form(executed=Decimal("0.00"), total_score=None, grade=None, place=Place(21))


def checked(rule_id: str, outcome: CheckOutcome, row_key: str = "TOTAL", **changes) -> CheckResult:
    check = CheckResult(
        rule_id=rule_id,
        rule="款之和 = 类",
        outcome=outcome,
        explanation="相等",
        table_code="GK03",
        row_key=row_key,
        measure="total",
        left=Decimal("90.00"),
        right=Decimal("90.00"),
        difference=Decimal("0.00"),
        envelope=Decimal("0.015"),
        cells=("GK03/TOTAL/total", "GK03/215/total"),
        place=Place(3),
    )
    return replace(check, **changes)


def small_checks() -> tuple[CheckResult, ...]:
    return (
        checked("B4", CheckOutcome.EXACT),
        checked("B4", CheckOutcome.EXACT, "215"),
        checked("B3", CheckOutcome.ROUNDING),
        checked("E6", CheckOutcome.NOT_APPLICABLE, table_code=None, row_key=None, measure=None),
        checked("P4", CheckOutcome.BROKEN, "产业扶持资金", table_code=None, left=Decimal("96.00"),
                right=Decimal("95.00"), difference=Decimal("1.00"), unit="%", also_fits="邻项"),
        checked("C1", CheckOutcome.UNDETERMINED),
    )  # fmt: skip

"""Makes a complete disclosure with invented figures in which every identity holds; tests of rules change single
cells."""

from dataclasses import replace
from decimal import Decimal

from ingest.checks import run_checks
from ingest.forms.values.met import judged
from ingest.forms.values.quantities import quantity
from tests.kinds import ACCOUNTS
from warehouse.records.places import Place
from warehouse.records.reading import (
    Amount,
    CheckOutcome,
    CheckResult,
    Indicator,
    PerformanceFund,
    PerformanceManagement,
    PerformanceProject,
    Presence,
    StatedFigure,
    Status,
    TableFound,
    TableStatus,
)

TEN_THOUSAND = Decimal(10_000)
FUNCTIONS = {
    "208": "社会保障和就业支出", "20805": "行政事业单位养老支出", "2080501": "行政单位离退休",
    "222": "粮油物资储备支出", "22201": "粮油物资事务", "2220101": "行政运行",
    "223": "国有资本经营预算支出", "22301": "解决历史遗留问题及改革成本支出",
    "2230105": "国有企业退休人员社会化管理补助支出",
    "229": "其他支出", "22904": "其他政府性基金及对应专项债务收入安排的支出",
    "2290402": "其他地方自行试点项目收益专项债券收入安排的支出",
    "TOTAL": "合计",
}  # fmt: skip
CHAINS = {
    "208": ("20805", "2080501"),
    "222": ("22201", "2220101"),
    "223": ("22301", "2230105"),
    "229": ("22904", "2290402"),
}

SIDES = {
    "income:一般公共预算财政拨款收入": "900.00", "income:政府性基金预算财政拨款收入": "100.00",
    "income:国有资本经营预算财政拨款收入": "10.00", "income:上级补助收入": "20.00", "income:事业收入": "30.00",
    "income:经营收入": "40.00", "income:附属单位上缴收入": "", "income:其他收入": "5.00",
    "income:本年收入合计": "1105.00", "income:使用非财政拨款结余(含专用结余)": "5.00", "income:年初结转和结余": "50.00",
    "income:总计": "1160.00",
    "expenditure:教育支出": "", "expenditure:社会保障和就业支出": "300.00", "expenditure:粮油物资储备支出": "700.00",
    "expenditure:国有资本经营预算支出": "10.00", "expenditure:其他支出": "90.00", "expenditure:本年支出合计": "1100.00",
    "expenditure:结余分配": "8.00", "expenditure:年末结转与结余": "52.00", "expenditure:总计": "1160.00",
}  # fmt: skip
FISCAL_INCOME = {
    "income:一般公共预算财政拨款": "900.00", "income:政府性基金预算财政拨款": "100.00",
    "income:国有资本经营预算财政拨款": "10.00", "income:本年收入合计": "1010.00",
    "income:年初财政拨款结转和结余": "15.00", "income:年初财政拨款结转和结余/一般公共预算财政拨款": "10.00",
    "income:年初财政拨款结转和结余/政府性基金预算财政拨款": "5.00",
    "income:年初财政拨款结转和结余/国有资本经营预算财政拨款": "0.00", "income:总计": "1025.00",
}  # fmt: skip
FISCAL_EXPENDITURE = {
    "expenditure:教育支出": ("", "", "", ""),
    "expenditure:社会保障和就业支出": ("280.00", "280.00", "", ""),
    "expenditure:粮油物资储备支出": ("600.00", "600.00", "", ""),
    "expenditure:国有资本经营预算支出": ("10.00", "", "", "10.00"),
    "expenditure:其他支出": ("90.00", "", "90.00", ""),
    "expenditure:本年支出合计": ("980.00", "880.00", "90.00", "10.00"),
    "expenditure:年末财政拨款结转和结余": ("45.00", "30.00", "15.00", "0.00"),
    "expenditure:总计": ("1025.00", "910.00", "105.00", "10.00"),
}
BUDGETS = ("total", "general_public_budget", "government_fund", "state_capital")
SOURCES = (
    "total",
    "fiscal_appropriation",
    "superior_subsidy",
    "institutional",
    "operating",
    "subordinate_remittance",
    "other",
)
KINDS = ("total", "basic", "project", "remitted_to_superior", "operating", "subsidy_to_subordinates")
BY_SOURCE = {
    "TOTAL": ("1105.00", "1010.00", "20.00", "30.00", "40.00", "", "5.00"),
    "208": ("300.00", "290.00", "", "10.00", "", "", ""),
    "222": ("695.00", "610.00", "20.00", "20.00", "40.00", "", "5.00"),
    "223": ("10.00", "10.00", "", "", "", "", ""),
    "229": ("100.00", "100.00", "", "", "", "", ""),
}
BY_KIND = {
    "TOTAL": ("1100.00", "500.00", "540.00", "10.00", "40.00", "10.00"),
    "208": ("300.00", "300.00", "", "", "", ""),
    "222": ("700.00", "200.00", "440.00", "10.00", "40.00", "10.00"),
    "223": ("10.00", "", "10.00", "", "", ""),
    "229": ("90.00", "", "90.00", "", "", ""),
}
GENERAL = {
    "TOTAL": ("880.00", "470.00", "410.00"),
    "208": ("280.00", "280.00", ""),
    "222": ("600.00", "190.00", "410.00"),
}
FUND_MEASURES = ("opening_balance", "income", "total", "basic", "project", "closing_balance")
FUND = {row: ("5.00", "100.00", "90.00", "", "90.00", "15.00") for row in ("TOTAL", "229")}
CAPITAL = {row: ("10.00", "", "10.00") for row in ("TOTAL", "223")}
ECONOMIC = {
    "301": "300.00", "30101": "200.00", "30113": "100.00", "302": "100.00", "30201": "80.00", "30212": "5.00",
    "30217": "5.00", "30231": "10.00", "303": "50.00", "30302": "50.00", "310": "20.00", "31002": "8.00",
    "31013": "12.00", "PERSONNEL_TOTAL": "350.00", "PUBLIC_TOTAL": "120.00",
}  # fmt: skip
THREE_PUBLIC = {
    "budget_total": "44.00", "budget_overseas": "6.00", "budget_vehicle_total": "30.00",
    "budget_vehicle_purchase": "15.00", "budget_vehicle_operation": "15.00", "budget_reception": "8.00",
    "final_total": "38.00", "final_overseas": "5.00", "final_vehicle_total": "26.00",
    "final_vehicle_purchase": "12.00", "final_vehicle_operation": "14.00", "final_reception": "7.00",
}  # fmt: skip
STATISTICS = {
    "合计": "60.00", "货物": "30.00", "工程": "20.00", "服务": "10.00", "行政单位": "120.00",
    "车辆数合计(辆)": "3", "应急保障用车": "1", "其他用车": "2",
}  # fmt: skip

Key = tuple[str, str, str]


def amount(table: str, row: str, measure: str, printed: str, label: str | None = None, unit: str = "万元") -> Amount:
    """One cell as a reader gives it: the value in yuan, with its printed text."""
    presence = Presence.DASH if printed == "——" else Presence.NUMBER if printed else Presence.BLANK
    factor = {"元": Decimal(1), "万元": TEN_THOUSAND}.get(unit, Decimal(1))
    value = Decimal(printed.replace(",", "")) * factor if presence is Presence.NUMBER else None
    named = label if label is not None else FUNCTIONS.get(row, row.partition(":")[2] or row)
    money = "元" if unit in ("元", "万元") else unit
    return Amount(
        table, row, named, measure, value, money, presence, Status.AS_PRINTED, printed, unit, 1, 1, place=Place(1)
    )


def table(code: str, status: TableStatus = TableStatus.PRESENT, is_whole: bool = True) -> TableFound:
    return TableFound(code, status, printed_unit="万元", is_whole=is_whole)


def stated(kind: str, subject: str, measure: str, value: str, unit: str = "万元", **more) -> StatedFigure:
    return StatedFigure(kind, subject, measure, Decimal(value), unit, more.pop("printed", value), **more)


def all_tables() -> dict[str, TableFound]:
    return {spec.code: table(spec.code) for spec in ACCOUNTS.tables}


def all_amounts() -> dict[Key, Amount]:
    cells = [amount("GK01", row, "final", text) for row, text in SIDES.items()]
    cells += [amount("GK04", row, "amount", text) for row, text in FISCAL_INCOME.items()]
    for row, texts in FISCAL_EXPENDITURE.items():
        cells += [amount("GK04", row, measure, text) for measure, text in zip(BUDGETS, texts, strict=True)]
    for code, measures, rows in (
        ("GK02", SOURCES, BY_SOURCE),
        ("GK03", KINDS, BY_KIND),
        ("GK05", KINDS[:3], GENERAL),
        ("GK07", FUND_MEASURES, FUND),
        ("GK08", KINDS[:3], CAPITAL),
    ):
        for row, texts in rows.items():
            for key in (row, *CHAINS.get(row, ())):
                cells += [amount(code, key, measure, text) for measure, text in zip(measures, texts, strict=True)]
    cells += [amount("GK06", row, "final", text) for row, text in ECONOMIC.items()]
    cells += [amount("GK09", "all", measure, text, "“三公”经费") for measure, text in THREE_PUBLIC.items()]
    cells += [
        amount("GK10", row, "value", text, unit="辆" if "车" in row else "万元") for row, text in STATISTICS.items()
    ]
    return {(cell.table_code, cell.row_key, cell.measure): cell for cell in cells}


ITEM_208, ITEM_222 = "社会保障和就业支出/行政事业单位养老支出/行政单位离退休", "粮油物资储备支出/粮油物资事务/行政运行"


def all_stated() -> dict[Key, StatedFigure]:
    figures = [
        stated("income_composition", "total", "amount", "1105.00"),
        stated("income_composition", "fiscal_appropriation", "amount", "1010.00"),
        stated("income_composition", "fiscal_appropriation", "share_pct", "91.40", "%"),
        stated("expenditure_composition", "total", "amount", "1100.00"),
        stated("expenditure_composition", "basic", "amount", "500.00"),
        stated("expenditure_composition", "basic", "share_pct", "45.45", "%"),
        stated("year_over_year", "total_income_and_expenditure", "current", "1160.00"),
        stated("year_over_year", "fiscal_appropriation_total", "current", "1025.00"),
        stated("year_over_year", "general_public_expenditure", "current", "880.00"),
        stated("year_over_year", "general_public_expenditure", "share_pct", "80.00", "%"),
        stated("year_over_year", "general_public_expenditure", "change", "-20.00", printed="与上年相比减少20.00万元"),
        stated(
            "year_over_year",
            "general_public_expenditure",
            "change_pct",
            "-2.22",
            "%",
            printed="与上年相比减少20.00万元,变动2.22%",
        ),
        stated("year_over_year", "basic_expenditure", "current", "470.00"),
        stated("year_over_year", "personnel", "current", "350.00"),
        stated("year_over_year", "public_funds", "current", "120.00"),
        stated("year_over_year", "粮油物资储备支出", "change", "100.00", printed="与上年相比增加100.00万元"),
        stated(
            "year_over_year",
            "粮油物资储备支出",
            "change_pct",
            "20.00",
            "%",
            printed="与上年相比增加100.00万元,变动20.00%",
        ),
        stated("year_over_year", "three_public", "current", "38.00"),
        stated("structure", "社会保障和就业", "amount", "280.00"),
        stated("structure", "社会保障和就业", "share_pct", "31.82", "%"),
        stated("structure", "粮油物资储备支出", "amount", "600.00"),
        stated("structure", "粮油物资储备支出", "share_pct", "68.18", "%"),
        stated("budget_vs_final", "TOTAL", "initial_budget", "800.00"),
        stated("budget_vs_final", "TOTAL", "final", "880.00"),
        stated("budget_vs_final", "TOTAL", "completion_pct", "110.00", "%"),
        stated("budget_vs_final", ITEM_208, "initial_budget", "300.00"),
        stated("budget_vs_final", ITEM_208, "final", "280.00"),
        stated("budget_vs_final", ITEM_208, "completion_pct", "93.33", "%"),
        stated("budget_vs_final", ITEM_222, "initial_budget", "500.00"),
        stated("budget_vs_final", ITEM_222, "final", "600.00"),
        stated("budget_vs_final", ITEM_222, "completion_pct", "120.00", "%"),
        stated("fund_budget_vs_final", "government_fund", "final", "90.00"),
        stated("three_public_amount", "total", "final", "38.00"),
        stated("three_public_amount", "vehicle_total", "final", "26.00"),
        stated("three_public_amount", "overseas", "final", "5.00"),
        stated("three_public_amount", "reception", "final", "7.00"),
        stated("three_public_amount", "reception", "share_pct", "18.42", "%"),
        stated("operating_cost", "all", "final", "120.00"),
        stated("procurement", "all", "total", "60.00"),
        stated("procurement", "all", "goods", "30.00"),
        stated("procurement", "all", "works", "20.00"),
        stated("procurement", "all", "services", "10.00"),
        stated("procurement", "all", "sme_contracts", "40.00"),
        stated("procurement", "all", "sme_share_pct", "66.67", "%"),
        stated("procurement", "all", "micro_contracts", "20.00"),
        stated("procurement", "all", "micro_share_pct", "50.00", "%"),
        stated("state_assets", "all", "vehicles_total", "3", "辆"),
        stated("performance_summary", "all", "projects_self_evaluated", "2", "个"),
        stated("performance_summary", "all", "grade_excellent", "1", "个"),
        stated("performance_summary", "all", "grade_good", "1", "个"),
        stated("performance_summary", "all", "amount", "145.00"),
        stated("performance_summary", "all", "department_score", "95", "分"),
        stated("project_score", "2024年粮库维修", "score", "99.00", "分"),
        stated("project_score", "2024年粮库维修", "executed", "90.00"),
        stated("project_score", "2024年粮库维修", "budget", "100.00"),
        stated("project_score", "2024年粮库维修", "execution_rate_pct", "90.00", "%"),
    ]
    return {(figure.kind, figure.subject, figure.measure): figure for figure in figures}


def indicator(seq: int, target: str, actual: str, weight: str, score: str, **more) -> Indicator:
    aim = quantity(target)
    return judged(Indicator(
        seq, more.pop("level1", "产出指标"), more.pop("level2", "数量指标"), more.pop("level3", f"指标{seq}"),
        target, actual, Decimal(weight), Decimal(score), target_operator=aim.operator, target_value=aim.value,
        target_unit=aim.unit, actual_value=quantity(actual).value, **more,
    ))  # fmt: skip


def project(name: str = "粮库维修", **changes) -> PerformanceProject:
    """A budget of 100.00, 90.00 spent; points: 10 × 90 % for execution, 20 for management, 70 for indicators."""
    made = PerformanceProject(
        name,
        "project",
        initial_budget=Decimal("100.00"),
        adjusted_budget=Decimal("100.00"),
        executed=Decimal("90.00"),
        execution_rate_pct=Decimal("90.00"),
        execution_weight=Decimal(10),
        execution_score=Decimal("9.00"),
        total_score=Decimal("99.00"),
        funds=(
            PerformanceFund("财政拨款", Decimal(100), Decimal(100), Decimal(90)),
            PerformanceFund("单位资金", Decimal(0), Decimal(0), Decimal(0)),
        ),
        management=(PerformanceManagement("安排科学性", Decimal(20), Decimal(20)),),
        indicators=(indicator(1, "≥3座", "3座", "40", "40"), indicator(2, "≤100%", "90%", "30", "30")),
    )
    return replace(made, **changes)


def all_projects() -> dict[str, PerformanceProject]:
    department = PerformanceProject(
        "海州市粮食局",
        "department",
        initial_budget=Decimal("1000.00"),
        adjusted_budget=Decimal("1000.00"),
        executed=Decimal("450.00"),
        execution_rate_pct=Decimal("45.00"),
        execution_weight=Decimal(10),
        execution_score=Decimal("5.00"),  # 45 ÷ 9
        total_score=Decimal(95),
        indicators=(
            indicator(1, "≤100%", "86.36%", "45", "45", level3="“三公经费”控制率"),
            indicator(2, "≥5户", "5户", "45", "45"),
        ),
    )
    second = project(
        "储备粮轮换",
        adjusted_budget=Decimal("55.00"),
        executed=Decimal("55.00"),
        execution_rate_pct=Decimal("100.00"),
        execution_score=Decimal("10.00"),
        total_score=Decimal("100.00"),
        funds=(),
    )
    return {one.project: one for one in (department, project(), second)}


def checks_of(amounts=None, figures=None, projects=None, tables=None) -> tuple[CheckResult, ...]:
    return run_checks(
        ACCOUNTS,
        tuple((all_tables() if tables is None else tables).values()),
        tuple((all_amounts() if amounts is None else amounts).values()),
        tuple((all_stated() if figures is None else figures).values()),
        tuple((all_projects() if projects is None else projects).values()),
    )


def outcomes(results, rule: str) -> set[CheckOutcome]:
    return {result.outcome for result in results if result.rule_id == rule}


def result_at(results, rule: str, row: str | None, measure: str | None = None, table: str | None = None) -> CheckResult:
    (found,) = [
        result
        for result in results
        if result.rule_id == rule
        and result.row_key == row
        and measure in (None, result.measure)
        and table in (None, result.table_code)
    ]
    return found

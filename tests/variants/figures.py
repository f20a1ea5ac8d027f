"""The figures of the synthetic department, random with a fixed seed; every identity holds exactly."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

SEED = 10
ZERO = Decimal("0.00")
NAMES = {
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "212": "城乡社区支出",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120899": "其他国有土地使用权出让收入安排的支出",
    "213": "农林水支出",
    "21303": "水利",
    "2130301": "行政运行",
    "2130306": "水利工程运行与维护",
    "2130399": "其他水利支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}
PERSONNEL = {
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30103": "奖金",
    "30108": "机关事业单位基本养老保险缴费",
    "30110": "职工基本医疗保险缴费",
    "30113": "住房公积金",
    "303": "对个人和家庭的补助",
    "30302": "退休费",
}
PUBLIC = {
    "302": "商品和服务支出",
    "30201": "办公费",
    "30202": "印刷费",
    "30211": "差旅费",
    "30217": "公务接待费",
    "30231": "公务用车运行维护费",
    "30239": "其他交通费用",
    "310": "资本性支出",
    "31002": "办公设备购置",
}
BASIC = ("2080501", "2080505", "2101101", "2130301", "2210201")
FUND = "2120899"
MIXED = "2130306"  # the only 项 that is also paid from money that is not fiscal
PROJECTS = (MIXED, "2130399")
Row = dict[str, Decimal]  # measure → 万元


@dataclass(frozen=True, slots=True)
class Figures:
    """Code or TOTAL → amounts, with all parent codes: income by source, expenditure by kind, for all money and for each
    budget."""

    income: dict[str, Row]
    expenditure: dict[str, Row]
    general: dict[str, Row]
    fund: dict[str, Row]
    economic: dict[str, Decimal]
    balances: Row  # opening and closing of general, fund and other money; surplus used, surplus distributed
    three_public: Row


@cache
def figures() -> Figures:
    draw = Random(SEED)

    def wan(low: int, high: int) -> Decimal:
        return Decimal(draw.randint(low * 100, high * 100)) / 100

    balances = {
        "general": wan(5, 20),
        "fund": wan(1, 9),
        "own": wan(5, 20),
        "used": wan(1, 5),
        "distributed": wan(1, 4),
    }
    general = {code: {"basic": wan(40, 400), "project": ZERO} for code in BASIC}
    general |= {code: {"basic": ZERO, "project": wan(100, 1500)} for code in PROJECTS}
    fund = {FUND: {"basic": ZERO, "project": wan(50, 300), "opening_balance": balances["fund"]}}
    own = {"project": wan(60, 90), "institutional": wan(50, 80), "other": wan(5, 15)}
    return _consistent(draw, balances, general, fund, own)


def _consistent(draw: Random, balances: Row, general: dict[str, Row], fund: dict[str, Row], own: Row) -> Figures:
    more, less = Decimal(draw.randint(100, 900)) / 100, Decimal(draw.randint(10, 90)) / 100
    for row in (*general.values(), *fund.values()):
        row["total"] = row["basic"] + row["project"]
    fund[FUND] |= {"income": fund[FUND]["total"] - less, "closing_balance": fund[FUND]["opening_balance"] - less}
    income = {code: {"fiscal_appropriation": row["total"]} for code, row in general.items()}
    income[MIXED] = {
        "fiscal_appropriation": general[MIXED]["total"] + more,
        "institutional": own["institutional"],
        "other": own["other"],
    }
    income[FUND] = {"fiscal_appropriation": fund[FUND]["income"]}
    expenditure = {code: {m: row[m] for m in ("basic", "project")} for code, row in (general | fund).items()}
    expenditure[MIXED] = {"basic": ZERO, "project": general[MIXED]["project"] + own["project"]}
    for row in (*income.values(), *expenditure.values()):
        row["total"] = sum(row.values(), ZERO)
    balances |= {
        "general_closing": balances["general"] + more,
        "fund_closing": fund[FUND]["closing_balance"],
        "own_closing": balances["own"]
        + balances["used"]
        + own["institutional"]
        + own["other"]
        - own["project"]
        - balances["distributed"],
    }
    economic = _economic(draw, general)
    return Figures(
        _with_parents(income),
        _with_parents(expenditure),
        _with_parents(general),
        _with_parents(fund),
        economic,
        balances,
        _three_public(economic),
    )


def _with_parents(leaves: dict[str, Row]) -> dict[str, Row]:
    """TOTAL, then 类, 款 and 项 in the order of their codes."""
    sums: dict[str, Row] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for code, row in leaves.items():
        for key in ("TOTAL", code[:3], code[:5], code):
            for measure, value in row.items():
                sums[key][measure] += value
    return {key: dict(sums[key]) for key in sorted(sums, key=lambda key: (key != "TOTAL", key))}


def _economic(draw: Random, general: dict[str, Row]) -> dict[str, Decimal]:
    """款 of random amounts; 30101 is the remainder of the basic expenditure."""
    codes = [code for code in (*PERSONNEL, *PUBLIC) if len(code) == 5 and code != "30101"]
    values = {code: Decimal(draw.randint(100, 3000)) / 100 for code in codes}
    values["30101"] = sum((row["basic"] for row in general.values()), ZERO) - sum(values.values())
    assert values["30101"] > 0
    for parent in ("301", "303", "302", "310"):
        values[parent] = sum((value for code, value in values.items() if code[:3] == parent and len(code) == 5), ZERO)
    values["PERSONNEL_TOTAL"] = values["301"] + values["303"]
    values["PUBLIC_TOTAL"] = values["302"] + values["310"]
    return values


def _three_public(economic: dict[str, Decimal]) -> Row:
    row = {
        "budget_vehicle_operation": economic["30231"] + 4,
        "budget_reception": economic["30217"] + 3,
        "final_vehicle_operation": economic["30231"] + 1,
        "final_reception": economic["30217"],
    }
    for stage in ("budget", "final"):
        row |= {f"{stage}_overseas": ZERO, f"{stage}_vehicle_purchase": ZERO}
        row[f"{stage}_vehicle_total"] = row[f"{stage}_vehicle_operation"]
        row[f"{stage}_total"] = row[f"{stage}_vehicle_total"] + row[f"{stage}_reception"]
    return row

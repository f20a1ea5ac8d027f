"""Generated documents of 500 amounts each, year after year. The same seed gives the same documents.

`extractions` gives them as records, as reading a file does. `fill_warehouse` writes the same documents as lines of
COPY, where creating the records would take most of the time.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from benchmarks.generated_bodies import Body, bodies
from benchmarks.generated_forms import VARIANTS, ZERO, Cell, Form, form
from warehouse.records.places import Place
from warehouse.records.reading import (
    Amount,
    CheckOutcome,
    CheckResult,
    Doubt,
    Extraction,
    Presence,
    Source,
    StatedFigure,
    Status,
    TableFound,
    TableStatus,
)

SEED = 20
YEARS = tuple(range(2015, 2025))
PARSER = "benchmark"
TITLES = {
    "GK01": "收入支出决算总表",
    "GK02": "收入决算表",
    "GK03": "支出决算表",
    "GK04": "财政拨款收入支出决算总表",
    "GK05": "一般公共预算财政拨款支出决算表",
    "GK06": "一般公共预算财政拨款基本支出决算明细表",
    "GK07": "政府性基金预算财政拨款收入支出决算表",
    "GK08": "国有资本经营预算财政拨款支出决算表",
    "GK09": "财政拨款“三公”经费支出决算表",
}


@dataclass(frozen=True, slots=True)
class Made:
    """One document. `numbers` are in 0.01 万元, in the order that `generated_forms.Form` defines."""

    body: Body
    year: int
    form: Form
    numbers: list[int]
    prior_total: int | None  # total expenditure of last year's document, in 0.01 万元

    @property
    def name(self) -> str:
        return f"{self.body.number:05}_{self.year}.pdf"

    @property
    def sha256(self) -> str:
        return sha256(self.name.encode()).hexdigest()

    @property
    def total(self) -> int:
        return self.numbers[self.form.spent()]

    @property
    def has_doubt(self) -> bool:
        return (self.body.number + self.year) % 3 == 0


def documents(count: int, seed: int = SEED) -> Iterator[Made]:
    """`count` documents: ten years of as many departments as are needed, all documents of a year before the next."""
    chosen = list(bodies(seed)[: math.ceil(count / len(YEARS))])
    totals: dict[int, int] = {}
    made = 0
    for year in YEARS:
        random.Random(seed + year).shuffle(chosen)
        for body in chosen[: count - made]:
            document = document_of(body, year, totals.get(body.number))
            totals[body.number] = document.total
            made += 1
            yield document


def document_of(body: Body, year: int, prior_total: int | None = None) -> Made:
    printed = form(body.kind, body.number % VARIANTS, year)
    return Made(body, year, printed, figures(printed, body, year), prior_total)


def figures(printed: Form, body: Body, year: int) -> list[int]:
    """Every number of the form in 0.01 万元: money grows by 5 % a year, a closing balance is the next opening one."""
    chance = random.Random(body.number * 10_000 + year)
    scale = math.exp(random.Random(body.number).gauss(11.5, 1.0)) * 1.05 ** (year - YEARS[0])
    opening, closing = _carried(body, year - 1), _carried(body, year)
    income = [1000 + int(scale * item.share * (0.9 + 0.2 * chance.random())) for item in printed.items]
    spent = list(income)
    main = max(range(len(spent)), key=lambda n: (printed.items[n].is_project, not printed.items[n].is_fund, spent[n]))
    opening = min(opening, spent[main])
    closing = min(closing, spent[main])
    spent[main] += opening - closing
    basic = sum(amount for amount, item in zip(spent, printed.items, strict=True) if not item.is_project)
    economic = [int(basic * share * (0.8 + 0.2 * chance.random())) for _, share in printed.economics]
    economic[0] = basic - sum(economic[1:])
    budget = [int(chance.random() * high) for high in (0, 0, 800, 400)]
    final = [int(amount * chance.random()) for amount in budget]
    numbers = [ZERO, opening, closing, *income, *spent, *economic, *budget, *final]
    numbers.extend([sum(map(numbers.__getitem__, parts)) for parts in printed.sums])
    return numbers


def _carried(body: Body, year: int) -> int:
    """The closing balance of a year; two thirds of the bodies have none."""
    return body.number * year % 5000 if body.number % 3 == 0 else 0


def extractions(count: int, seed: int = SEED) -> Iterator[Extraction]:
    return map(extraction, documents(count, seed))


def extraction(made: Made, with_amounts: bool = True) -> Extraction:
    amounts = tuple(_amount(cell, made.numbers) for cell in made.form.cells) if with_amounts else ()
    return Extraction(
        source=Source(made.name, made.sha256, "pdf", 400_000, 30, f"https://example.org/{made.name}"),
        profile=made.body.profile(made.year),
        parser_version=PARSER,
        tables=tables(),
        amounts=amounts,
        doubts=doubts(made),
        stated=stated(made),
        checks=checks(made),
    )


def wan(number: int) -> Decimal:
    return Decimal(number).scaleb(-2)


def printed_wan(number: int) -> str:
    return f"{number // 100:,}.{number % 100:02}"


def _amount(cell: Cell, numbers: list[int]) -> Amount:
    number = None if cell.number is None else numbers[cell.number]
    return Amount(
        table_code=cell.table_code,
        row_key=cell.row_key,
        row_label=cell.label,
        measure=cell.measure,
        value=None if number is None else wan(number) * 10_000,
        value_unit="元",
        presence=Presence.BLANK if number is None else Presence.NUMBER,
        status=Status.AS_PRINTED,
        printed="" if number is None else printed_wan(number),
        printed_unit="万元",
        row_no=cell.row_no,
        column_no=cell.column_no,
        place=Place(cell.page),
        functional_code=cell.row_key if cell.row_key.isdigit() and cell.table_code != "GK06" else None,
        economic_code=cell.row_key if cell.row_key.isdigit() and cell.table_code == "GK06" else None,
    )


def tables() -> tuple[TableFound, ...]:
    found = [
        TableFound(
            code, TableStatus.PRESENT, title, 3 + 2 * n, 4 + 2 * n, "万元", evidence=(f"标题“{title}”", "表上所印:万元")
        )
        for n, (code, title) in enumerate(TITLES.items(), start=1)
    ]
    return (*found, TableFound("GK10", TableStatus.ABSENT))


def stated(made: Made) -> tuple[StatedFigure, ...]:
    """The sentence about total income and expenditure, with the change where last year's document exists too."""
    printed = f"收、支总计均为{printed_wan(made.total)}万元"
    common = {"kind": "year_over_year", "subject": "total_income_and_expenditure", "half_unit": Decimal("0.005")}
    figures = [("current", wan(made.total), "万元")]
    if made.prior_total:
        change = made.total - made.prior_total
        figures += [
            ("change", wan(change), "万元"),
            ("change_pct", round(Decimal(change * 100) / made.prior_total, 2), "%"),
        ]
    return tuple(
        StatedFigure(measure=measure, value=value, unit=unit, printed=printed, place=Place(21), **common)
        for measure, value, unit in figures
    )


def checks(made: Made) -> tuple[CheckResult, ...]:
    """The results of five rules, all exact: the generated accounts add up."""
    return tuple(_exact(rule_id, rule, cells, wan(made.total)) for rule_id, rule, cells in RULES)


RULES = (
    ("A2", "支出各项之和 = 本年支出合计", ("GK01/expenditure:本年支出合计/final", "GK01/expenditure:教育支出/final")),
    ("B3", "各类支出之和 = 本年支出合计", ("GK03/TOTAL/total", "GK03/TOTAL/basic", "GK03/TOTAL/project")),
    ("B4", "下级科目支出之和 = 上级科目", ("GK03/TOTAL/total", "GK03/208/total", "GK03/210/total", "GK03/221/total")),
    ("C2", "支出决算表合计 = 本年支出合计", ("GK03/TOTAL/total", "GK01/expenditure:本年支出合计/final")),
    ("D5", "各项支出之和 = 本年支出合计", ("GK04/expenditure:本年支出合计/total",)),
)


def _exact(rule_id: str, rule: str, cells: tuple[str, ...], amount: Decimal) -> CheckResult:
    table_code, row_key, measure = cells[0].split("/")
    return CheckResult(
        rule_id=rule_id,
        rule=rule,
        outcome=CheckOutcome.EXACT,
        explanation=f"{amount} 与 {amount} 一致",
        table_code=table_code,
        row_key=row_key,
        measure=measure,
        left=amount,
        right=amount,
        difference=Decimal("0.00"),
        envelope=Decimal("0.015"),
        cells=cells,
        place=Place(9),
    )


def doubts(made: Made) -> tuple[Doubt, ...]:
    if not made.has_doubt:
        return ()
    return (Doubt("date_impossible", "所印公开日期不存在", table_code="GK01", place=Place(1)),)

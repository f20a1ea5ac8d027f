"""Generated documents of 500 amounts each, year after year. The same seed gives the same documents.

A share of them may be budgets: those of bodies whose accounts of the same years are there too.

`extractions` gives them as records, as reading a file does. `fill_warehouse` writes the same documents as lines of
COPY, where creating the records would take most of the time.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import islice

from benchmarks.generated_bodies import Body, bodies
from benchmarks.generated_budgets import BUDGET, write_budget
from benchmarks.generated_forms import VARIANTS, ZERO, Cell, Form, form, write_accounts
from warehouse.kinds.kind import load_kind
from warehouse.kinds.names import FINAL_ACCOUNTS
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
WRITE = {FINAL_ACCOUNTS: write_accounts, BUDGET: write_budget}
PRINTED = {FINAL_ACCOUNTS: [f"GK0{n}" for n in range(1, 10)], BUDGET: [f"YS{n:02}" for n in range(1, 11)]}


@dataclass(frozen=True, slots=True)
class Made:
    """One document. `numbers` are in 0.01 万元, in the order that `generated_forms.Form` defines."""

    body: Body
    year: int
    form: Form
    numbers: list[int]
    prior_total: int | None  # total expenditure of last year's document of the kind, in 0.01 万元
    kind: str = FINAL_ACCOUNTS

    @property
    def name(self) -> str:
        of_kind = "" if self.kind == FINAL_ACCOUNTS else f"_{self.kind}"
        return f"{self.body.number:05}_{self.year}{of_kind}.pdf"

    @property
    def sha256(self) -> str:
        return sha256(self.name.encode()).hexdigest()

    @property
    def total(self) -> int:
        return self.numbers[self.form.spent()]

    @property
    def has_doubt(self) -> bool:
        return (self.body.number + self.year) % 3 == 0


def documents(count: int, seed: int = SEED, budgets: float = 0) -> Iterator[Made]:
    """`count` documents: ten years of as many departments as are needed, all documents of a year before the next.

    The share `budgets`, at most one half, are budgets: of the first departments, each before the accounts of its year.
    """
    accounts = count * (1 - budgets)
    chosen = list(bodies(seed)[: math.ceil(accounts / len(YEARS))])
    plan = {body.number for body in chosen[: round(len(chosen) * budgets / (1 - budgets))]}
    totals: dict[tuple[int, str], int] = {}
    for year in YEARS:
        random.Random(seed + year).shuffle(chosen)
        of_year = ((body, kind) for body in chosen for kind in _kinds(body, plan))
        for body, kind in islice(of_year, count):
            document = document_of(body, year, totals.get((body.number, kind)), kind)
            totals[body.number, kind] = document.total
            count -= 1
            yield document


def _kinds(body: Body, plan: set[int]) -> tuple[str, ...]:
    return (BUDGET, FINAL_ACCOUNTS) if body.number in plan else (FINAL_ACCOUNTS,)


def document_of(body: Body, year: int, prior_total: int | None = None, kind: str = FINAL_ACCOUNTS) -> Made:
    printed = form(body.kind, body.number % VARIANTS, year, WRITE[kind])
    return Made(body, year, printed, figures(printed, body, year, kind), prior_total, kind)


def figures(printed: Form, body: Body, year: int, kind: str = FINAL_ACCOUNTS) -> list[int]:
    """Every number of the form in 0.01 万元: money grows by 5 % a year, a closing balance is the next opening one. What
    is planned and what is spent differ by up to a fifth."""
    chance = random.Random(body.number * 10_000 + year + (5_000 if kind == BUDGET else 0))
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
        profile=made.body.profile(made.year, made.kind),
        parser_version=PARSER,
        tables=tables(made.kind),
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
        functional_code=cell.row_key if cell.row_key.isdigit() and not cell.is_economic else None,
        economic_code=cell.row_key if cell.row_key.isdigit() and cell.is_economic else None,
    )


def tables(kind: str = FINAL_ACCOUNTS) -> tuple[TableFound, ...]:
    return tuple(_table(table.code, table.name, table.code in PRINTED[kind]) for table in load_kind(kind).tables)


def _table(code: str, title: str, is_printed: bool) -> TableFound:
    if not is_printed:
        return TableFound(code, TableStatus.ABSENT)
    first = 2 * int(code[2:]) + 3
    evidence = (f"标题“{title}”", "表上所印:万元")
    return TableFound(code, TableStatus.PRESENT, title, first, first + 1, "万元", evidence=evidence)


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
    """The results of five rules, all exact: the generated tables add up."""
    return tuple(_exact(rule_id, rule, cells, wan(made.total)) for rule_id, rule, cells in RULES[made.kind])


RULES = {
    FINAL_ACCOUNTS: (
        (
            "A2",
            "支出各项之和 = 本年支出合计",
            ("GK01/expenditure:本年支出合计/final", "GK01/expenditure:教育支出/final"),
        ),
        ("B3", "各类支出之和 = 本年支出合计", ("GK03/TOTAL/total", "GK03/TOTAL/basic", "GK03/TOTAL/project")),
        (
            "B4",
            "下级科目支出之和 = 上级科目",
            ("GK03/TOTAL/total", "GK03/208/total", "GK03/210/total", "GK03/221/total"),
        ),
        ("C2", "支出决算表合计 = 本年支出合计", ("GK03/TOTAL/total", "GK01/expenditure:本年支出合计/final")),
        ("D5", "各项支出之和 = 本年支出合计", ("GK04/expenditure:本年支出合计/total",)),
    ),
    BUDGET: (
        (
            "YA1",
            "支出各项之和 = 本年支出合计",
            ("YS01/expenditure:本年支出合计/budget", "YS01/expenditure:教育支出/budget"),
        ),
        ("YB1", "下级科目之和 = 上级科目", ("YS03/TOTAL/total", "YS03/208/total", "YS03/210/total", "YS03/221/total")),
        ("YC2", "支出总表合计 = 本年支出合计", ("YS03/TOTAL/total", "YS01/expenditure:本年支出合计/budget")),
        (
            "YC3",
            "一般公共预算支出表合计 = 财政拨款收支总表",
            ("YS05/TOTAL/total", "YS04/expenditure:本年支出合计/total"),
        ),
        ("YC4", "一般公共预算基本支出表 = 基本支出", ("YS06/TOTAL/total", "YS05/TOTAL/basic")),
    ),
}


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
    return (Doubt("date_impossible", "所印公开日期不存在", table_code=PRINTED[made.kind][0], place=Place(1)),)

"""The rows and cells of the standard tables of one kind of body in one year: 500 cells in all.

The nine tables of final accounts stand here, those of budgets in generated_budgets.

Codes, and how often each is printed, come from the reference lists (warehouse/kinds/reference), which count them in
real documents. A form holds no amounts. Its cells hold indexes into a list of numbers, some of which are sums of
others: one form serves every body of its kind, and the tables add up.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from benchmarks.generated_bodies import MAIN_CATEGORY
from warehouse.kinds.reference_lists import economic_subjects, functional_subjects, periods

CELLS = 500
VARIANTS = 12  # different forms for one kind of body
ZERO = 0  # index of the number that is always 0
OPENING, CLOSING, FIRST_ITEM = 1, 2, 3
EVERYBODY = ("2080505", "2101101", "2210201")
OFTEN = ("2080506", "2080501", "2101103", "2080502")
FUNDS = ("2296003", "2296002", "2120804", "2120899")
THREE_PUBLIC = ("overseas", "vehicle_purchase", "vehicle_operation", "reception")
INCOME = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
NOT_IN_THE_FORM = ("209", "227", "230", "233")  # classes in the list for which GK01 and GK04 have no row
CLASSES = {
    subject.code: subject.name
    for subject in functional_subjects()
    if subject.level == "class" and subject.code not in NOT_IN_THE_FORM
}
ECONOMIC = ("GK06", "YS06")  # the tables with economic codes
MEASURES = {
    "GK02": [
        "total",
        "fiscal_appropriation",
        "superior_subsidy",
        "institutional",
        "operating",
        "subordinate_remittance",
        "other",
    ],
    "GK03": ["total", "basic", "project", "remitted_to_superior", "operating", "subsidy_to_subordinates"],
    "GK05": ["total", "basic", "project"],
    "GK07": ["opening_balance", "income", "total", "basic", "project", "closing_balance"],
    "GK08": ["total", "basic", "project"],
}


@dataclass(frozen=True, slots=True)
class Item:
    """A functional 项 and its share of the body's money."""

    code: str
    share: float
    is_project: bool
    is_fund: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`number` is an index into the numbers of the form, None for a blank. Rows, columns and pages count from 1."""

    table_code: str
    row_key: str
    label: str
    measure: str
    number: int | None
    page: int
    row_no: int
    column_no: int

    @property
    def is_economic(self) -> bool:
        return self.table_code in ECONOMIC


@dataclass(slots=True)
class Form:
    """The layout. The numbers of a document are in this order: 0, opening balance, closing balance, the income of each
    item, the expenditure of each item, the economic codes that are not 0, the eight figures of GK09, and the `sums`,
    each given by the indexes of its parts."""

    year: int
    prints_zeros: bool
    items: tuple[Item, ...]
    economics: tuple[tuple[str, float], ...] = ()  # code, share of basic expenditure; the first gets the remainder
    cells: list[Cell] = field(default_factory=list)
    sums: list[tuple[int, ...]] = field(default_factory=list)

    @property
    def leaves(self) -> int:
        return FIRST_ITEM + 2 * len(self.items) + len(self.economics) + 2 * len(THREE_PUBLIC)

    @property
    def size(self) -> int:
        return self.leaves + len(self.sums)

    @property
    def first_economic(self) -> int:
        return FIRST_ITEM + 2 * len(self.items)

    def income(self, prefix: str = "", fund: bool | None = None) -> int | None:
        return self.number(n for n, item in self._below(prefix) if fund in (None, item.is_fund))

    def spent(self, prefix: str = "", project: bool | None = None, fund: bool | None = None) -> int | None:
        chosen = (
            (n, i) for n, i in self._below(prefix) if project in (None, i.is_project) and fund in (None, i.is_fund)
        )
        return self.number(n + len(self.items) for n, _ in chosen)

    def economic(self, *prefixes: str) -> int | None:
        """The basic expenditure on the codes below these."""
        known = enumerate(self.economics, self.first_economic)
        return self.number(n for n, (code, _) in known if code.startswith(prefixes))

    def _below(self, prefix: str) -> Iterator[tuple[int, Item]]:
        return ((n, item) for n, item in enumerate(self.items, FIRST_ITEM) if item.code.startswith(prefix))

    def number(self, leaves: Iterable[int]) -> int | None:
        """The index of the sum of these numbers; None if there are none."""
        parts = tuple(leaves)
        if len(parts) < 2:
            return parts[0] if parts else None
        if parts not in self.sums:
            self.sums.append(parts)
        return self.leaves + self.sums.index(parts)

    def put(self, table: str, key: str, label: str, **numbers: int | None) -> None:
        row = 1 + (self.cells[-1].row_no if self.cells and self.cells[-1].table_code == table else 0)
        page = 3 + 2 * int(table[2:]) + row // 30
        for column, (measure, number) in enumerate(numbers.items(), start=3):
            shown = ZERO if number is None and self.prints_zeros else number
            self.cells.append(Cell(table, key, label, measure, shown, page, row, column))


Write = Callable[[Form, list[str]], None]  # writes the cells of a form; the codes are those of its economic table


def write_accounts(made: Form, economic_codes: list[str]) -> None:
    functional = names("functional", made.year)
    _write_summary(made)
    for code in codes(made.items):
        name, key = functional.get(code, "合计"), code or "TOTAL"
        own = {"total": made.income(code), "fiscal_appropriation": made.income(code)}
        made.put("GK02", key, name, **{measure: own.get(measure) for measure in MEASURES["GK02"]})
    for code in codes(made.items):
        name, key = functional.get(code, "合计"), code or "TOTAL"
        own = {"total": made.spent(code), "basic": made.spent(code, False), "project": made.spent(code, True)}
        made.put("GK03", key, name, **{measure: own.get(measure) for measure in MEASURES["GK03"]})
    _write_fiscal_summary(made)
    for code in codes(item for item in made.items if not item.is_fund):
        name, key = functional.get(code, "合计"), code or "TOTAL"
        spent = [made.spent(code, project, False) for project in (None, False, True)]
        made.put("GK05", key, name, **dict(zip(MEASURES["GK05"], spent, strict=True)))
    _write_economic(made, economic_codes, names("economic", made.year))
    for code in codes(item for item in made.items if item.is_fund):
        own = {"income": made.income(code, True), "total": made.spent(code, None, True)}
        own["project"] = own["total"]
        name, key = functional.get(code, "合计"), code or "TOTAL"
        made.put("GK07", key, name, **{measure: own.get(measure) for measure in MEASURES["GK07"]})
    made.put("GK08", "TOTAL", "合计", **dict.fromkeys(MEASURES["GK08"]))
    _write_three_public(made)


@cache
def form(kind: str, variant: int, year: int, write: Write) -> Form:
    """A form with exactly 500 cells. It depends on the arguments only; cached, so that it is one object."""
    chance = random.Random(f"{kind} {variant}")
    made = Form(year, chance.random() < 2 / 3, _items(chance, kind))
    printed, made.economics = _economics(chance, CELLS - _cells_without_codes(made.items, write))
    write(made, printed)
    assert len(made.cells) == CELLS, (kind, variant, len(made.cells))
    return made


@cache
def _cells_without_codes(items: tuple[Item, ...], write: Write) -> int:
    """The number of cells besides those of the economic codes: the same in every year."""
    made = Form(0, True, items)
    write(made, [])
    return len(made.cells)


def _items(chance: random.Random, kind: str) -> tuple[Item, ...]:
    """The items that every body has, some that many have, and those of the kind, weighted by how often documents print
    them."""
    category = MAIN_CATEGORY[kind]
    own = {s.code: s.documents + 0.5 for s in functional_subjects() if s.parent_code == category}
    administration = category + "01"
    funds = chance.sample(FUNDS, 1) if chance.random() < 0.15 else []
    few = 1 if funds else chance.choice((2, 3, 3))  # with more, GK06 would get too few of the 500 cells
    others = _sample(chance, {code: weight for code, weight in own.items() if code != administration}, few)
    shared = [*EVERYBODY, *([] if funds else chance.sample(OFTEN, chance.choice((0, 1, 1))))]
    items = [Item(code, chance.uniform(0.02, 0.06), False) for code in shared if code not in own]
    items += [Item(administration, chance.uniform(0.3, 0.5), False)]
    items += [Item(code, chance.uniform(0.02, 0.4), True) for code in others]
    items += [Item(code, chance.uniform(0.01, 0.1), True, True) for code in funds]
    return tuple(sorted(items, key=lambda item: item.code))


def codes(items: Iterable[Item]) -> list[str]:
    """Every 类, 款 and 项 of the items, and "" for the total."""
    return sorted({""} | {item.code[:digits] for item in items for digits in (3, 5, 7)})


def _economics(chance: random.Random, rows: int) -> tuple[list[str], tuple[tuple[str, float], ...]]:
    """The codes of as many rows, and the share of each code that is not 0."""
    jitter = {s.code: s.documents * chance.uniform(0.7, 1.3) for s in economic_subjects() if s.level == "category"}
    printed: set[str] = {"30101", "301"}
    for code in sorted(jitter, key=jitter.__getitem__, reverse=True):
        if len(printed | {code, code[:3]}) <= rows:
            printed |= {code, code[:3]}
    share = {"301": 0.7, "302": 0.15, "303": 0.1, "310": 0.02}
    used = [code for code in sorted(printed) if len(code) == 5 and jitter[code] >= 100 and code[:3] in share]
    weight = {top: sum(jitter[code] for code in used if code[:3] == top) for top in share}
    return sorted(printed), tuple((code, share[code[:3]] * jitter[code] / weight[code[:3]]) for code in used)


def _sample(chance: random.Random, weights: dict[str, float], wanted: int) -> list[str]:
    """A weighted random choice without replacement."""
    order = sorted(weights, key=lambda code: chance.random() ** (1 / weights[code]), reverse=True)
    return order[:wanted]


def _write_summary(made: Form) -> None:
    general, fund = made.income(fund=False), made.income(fund=True)
    total_in = made.number((OPENING, *range(FIRST_ITEM, FIRST_ITEM + len(made.items))))
    incomes = {
        "一般公共预算财政拨款收入": general,
        "政府性基金预算财政拨款收入": fund,
        "国有资本经营预算财政拨款收入": None,
    }
    incomes |= dict.fromkeys(INCOME) | {"本年收入合计": made.income(), "使用非财政拨款结余和专用结余": None}
    for name, number in (incomes | {"年初结转和结余": OPENING, "总计": total_in}).items():
        made.put("GK01", f"income:{name}", name, final=number)
    spent = {name: made.spent(code) for code, name in CLASSES.items()}
    spent |= {"本年支出合计": made.spent(), "结余分配": None, "年末结转与结余": CLOSING, "总计": total_in}
    for name, number in spent.items():
        made.put("GK01", f"expenditure:{name}", name, final=number)


def _write_fiscal_summary(made: Form) -> None:
    funds = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    total_in = made.number((OPENING, *range(FIRST_ITEM, FIRST_ITEM + len(made.items))))
    rows = dict(zip(funds, (made.income(fund=False), made.income(fund=True), None), strict=True))
    rows |= {"本年收入合计": made.income(), "年初财政拨款结转和结余": OPENING}
    rows |= dict(zip((f"年初财政拨款结转和结余/{fund}" for fund in funds), (OPENING, None, None), strict=True))
    for name, number in (rows | {"总计": total_in}).items():
        made.put("GK04", f"income:{name}", name.rpartition("/")[2], amount=number)
    general_total = made.number((OPENING, *(n for n, item in made._below("") if not item.is_fund)))
    rows = {name: [made.spent(code, None, fund) for fund in (None, False, True)] for code, name in CLASSES.items()}
    rows["本年支出合计"] = [made.spent("", None, fund) for fund in (None, False, True)]
    rows |= {
        "年末财政拨款结转和结余": [CLOSING, CLOSING, None],
        "总计": [total_in, general_total, made.income("", True)],
    }
    for name, (total, general, fund) in rows.items():
        cells = {"total": total, "general_public_budget": general, "government_fund": fund, "state_capital": None}
        made.put("GK04", f"expenditure:{name}", name, **cells)


def _write_economic(made: Form, codes: list[str], names: dict[str, str]) -> None:
    for code in codes:
        made.put("GK06", code, names[code], final=made.economic(code))
    made.put("GK06", "PERSONNEL_TOTAL", "人员经费合计", final=made.economic("301", "303"))
    made.put("GK06", "PUBLIC_TOTAL", "公用经费合计", final=made.economic("302", "310"))


def _write_three_public(made: Form) -> None:
    first = made.first_economic + len(made.economics)
    cells = {}
    for stage, start in (("budget", first), ("final", first + len(THREE_PUBLIC))):
        overseas, purchase, operation, reception = range(start, start + len(THREE_PUBLIC))
        cells |= {
            f"{stage}_total": made.number((overseas, purchase, operation, reception)),
            f"{stage}_overseas": overseas,
            f"{stage}_vehicle_total": made.number((purchase, operation)),
            f"{stage}_vehicle_purchase": purchase,
            f"{stage}_vehicle_operation": operation,
            f"{stage}_reception": reception,
        }
    made.put("GK09", "all", "三公经费", **cells)


@cache
def names(classification: str, year: int) -> dict[str, str]:
    """Code → its name in that year."""
    subjects = functional_subjects() if classification == "functional" else economic_subjects()
    valid = (
        period
        for period in periods(subjects)
        if (period.valid_from_year or 0) <= year <= (period.valid_to_year or 9999)
    )
    return {period.subject.code: period.subject.name for period in valid}

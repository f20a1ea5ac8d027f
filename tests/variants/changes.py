"""Changes of tables that several modules of variants use."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.assessment import Key
from tests.variants.forms import Cell, Form, Money, Row, forms

REFUND = "2130304"  # the row that gets a negative amount
PERSONNEL_CELL: Key = ("GK06", "30103", "final")
PUBLIC_CELL: Key = ("GK06", "30202", "final")
SUBSIDY: Key = ("GK03", "2130301", "subsidy_to_subordinates")  # its value is 0
RECEPTION: Key = ("GK09", "all", "budget_overseas")  # its value is 0


def value_of(key: Key) -> Decimal:
    return next(money.value for form in forms() for money in form.money() if money.key == key)


def refunded(form: Form) -> Form:
    """Adds a project of the general budget with -5.00 and raises another one by 5.00: the sums do not change."""
    return _with_refund(form) if form.code in ("GK03", "GK05") else form


def own_refunded(form: Form) -> Form:
    """The same with money that is not fiscal, which GK05 does not contain."""
    return _with_refund(form) if form.code == "GK03" else form


def _with_refund(form: Form) -> Form:
    body: list[Row] = []
    for row in form.body:
        more = Decimal(5) if row[0] == "2130306" else Decimal(0)
        body.append(tuple(_raised(cell, more) for cell in row))
        if row[0] == "2130301":
            body.append((REFUND, "水利行业业务管理", *map(_of_refund, row[2:])))
    return replace(form, body=tuple(body))


def _raised(cell: Cell, more: Decimal) -> Cell:
    raises = isinstance(cell, Money) and cell.key[2] in ("total", "project")
    return Money(cell.key, cell.value + more) if raises else cell


def _of_refund(cell: Money) -> Money:
    table, _, measure = cell.key
    return Money((table, REFUND, measure), Decimal(-5 if measure in ("total", "project") else 0))


def in_tables(*codes: str) -> Callable[[Callable[[Form], Form]], Callable[[Form], Form]]:
    """A decorator: the change applies to these tables only."""
    return lambda change: lambda form: change(form) if form.code in codes else form


def each_word(change: Callable[[str], str], where: Callable[[int, Row], bool] = lambda column, row: True):
    """A change that applies `change` to the texts in the body of a table, those for which `where` is true."""

    def changed(form: Form) -> Form:
        body = tuple(
            tuple(
                change(c) if isinstance(c, str) and c and c[0] != "\0" and where(n, row) else c
                for n, c in enumerate(row)
            )
            for row in form.body
        )
        return replace(form, body=body)

    return changed


def cells_of(*codes: str) -> dict[Key, Decimal]:
    return {money.key: money.value for form in forms() if form.code in codes for money in form.money()}

"""Makes bodies of one kind, level, year and scope, which are ranked together. All amounts of a body are computed from
its total expenditure."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from psycopg import Connection

from tests.warehouse.factory import extraction, profile, row, totals_stated
from warehouse.load.document import load
from warehouse.publish.refresh import refresh_stale
from warehouse.records.reading import Extraction, Level

NAMES = "子丑寅卯辰巳午未申酉戌亥甲乙"  # fourteen counties, 990101 … 990114
# 万元; two amounts are equal, one is ten times as great as the next.
EXPENDITURE = ("820.00", "640.50", "910.25", "455.00", "455.00", "1200.00", "733.33", "98.76", "15000.00", "1500.40",
               "610.10", "502.00", "875.00", "689.99")  # fmt: skip


def peers(fiscal_year: int = 2024) -> list[Extraction]:
    """One extraction per county, ready to be loaded."""
    return [peer(number, fiscal_year) for number in range(len(NAMES))]


def peer(number: int, fiscal_year: int = 2024, expenditure: str | None = None, content: str = "", **changes):
    """The body `number` (from 0). Basic expenditure is 60 % of the whole, personnel 80 % of that."""
    name = f"{NAMES[number]}县"
    own = profile(
        department=f"{name}工业和信息化局",
        city="子午市",
        county=name,
        division_code=str(990101 + number),
        jurisdiction_level=Level.COUNTY,
        fiscal_year=fiscal_year,
        **changes.pop("profile", {}),
    )
    total = Decimal(expenditure or EXPENDITURE[number])
    made = extraction(
        content or f"peer {number} of {fiscal_year}",
        profile=own,
        amounts=(amounts := changes.pop("amounts", None) or accounts(total, number)),
        doubts=(),
        stated=changes.pop("stated", totals_stated(amounts) if content else ()),
        projects=changes.pop("projects", ()),
        checks=changes.pop("checks", ()),
        **changes,
    )
    return replace(made, source=replace(made.source, name=f"{name}_{fiscal_year}.pdf"))


def load_all(connection: Connection, extractions: Iterable[Extraction]) -> None:
    """Loads them and makes them public at once, which takes a third of the time."""
    for one in extractions:
        load(connection, one, refresh=False)
    refresh_stale(connection)
    connection.commit()


def accounts(total: Decimal, number: int) -> tuple:
    """Accounts in which all money is of the general public budget, and 三公 is a hundredth of it."""
    cent = Decimal("0.01")
    basic = (total * 6 / 10).quantize(cent)
    personnel = (basic * 8 / 10).quantize(cent)
    spent = {
        "total": f"{total}",
        "basic": f"{basic}",
        "project": f"{total - basic}",
    }
    item = {"2150501": ("basic", basic), "2150502": ("project", total - basic)}
    functional = [
        cells
        for table in ("GK03", "GK05")
        for key in ("TOTAL", "215", "21505")
        for cells in row(table, key, **spent)
    ] + [
        cells
        for table in ("GK03", "GK05")
        for key, (measure, amount) in item.items()
        for cells in row(table, key, **{"total": f"{amount}", measure: f"{amount}"})
    ]  # fmt: skip
    three = (total / 100).quantize(cent)
    return (
        *row("GK01", "income:本年收入合计", final=f"{total}"),
        *row("GK01", "income:总计", final=f"{total}"),
        *functional,
        *row("GK06", "301", final=f"{personnel}"),
        *row("GK06", "30101", final=f"{personnel}"),
        *row("GK06", "PERSONNEL_TOTAL", final=f"{personnel}"),
        *row("GK06", "302", final=f"{basic - personnel}"),
        *row("GK06", "30201", final=f"{basic - personnel}"),
        *row("GK06", "PUBLIC_TOTAL", final=f"{basic - personnel}"),
        *row("GK09", "all", budget_total=f"{three + number}", final_total=f"{three}", final_reception=f"{three}"),
    )

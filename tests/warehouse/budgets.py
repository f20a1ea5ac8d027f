"""Makes budgets for tests of the views: the "small budget" of the body whose accounts `factory` makes."""

from dataclasses import replace

from tests.kinds import BUDGET
from tests.warehouse.factory import extraction, profile, row, source
from tests.warehouse.peers import peer
from warehouse.records.reading import Amount, Extraction, TableFound, TableStatus

TABLES = tuple(table.code for table in BUDGET.tables)
ECONOMIC = ("YS06", "YS14", "YS15", "YS17", "YS18")


def budget_row(table: str, row_key: str, **measures: str) -> tuple[Amount, ...]:
    """The last part of the key is the code, if it is one."""
    code = row_key.rpartition("/")[2]
    codes = {"functional_code": None, "economic_code": None}
    if code.isdigit():
        codes["economic_code" if table in ECONOMIC else "functional_code"] = code
    return tuple(replace(amount, **codes) for amount in row(table, row_key, **measures))


def small_budget() -> tuple[Amount, ...]:
    """Expenditure 100.00: basic 62.00 (of it personnel 52.00), projects 38.00, of the general public budget 80.00."""
    return (
        *budget_row("YS02", "TOTAL", total="100.00", fiscal_appropriation="95.00", general_public_budget="80.00"),
        *budget_row("YS02", "215", total="100.00", fiscal_appropriation="95.00", general_public_budget="80.00"),
        *budget_row("YS03", "TOTAL", total="100.00", basic="62.00", project="38.00"),
        *budget_row("YS03", "215", total="100.00", basic="62.00", project="38.00"),
        *budget_row("YS03", "2150501", total="62.00", basic="62.00", project=""),
        *budget_row("YS03", "2150502", total="38.00", basic="", project="38.00"),
        *budget_row("YS05", "TOTAL", total="80.00", basic="62.00", personnel="52.00", public="10.00", project="18.00"),
        *budget_row("YS05", "215", total="80.00", basic="62.00", personnel="52.00", public="10.00", project="18.00"),
        *budget_row("YS05", "21505", total="80.00", basic="62.00", personnel="52.00", public="10.00", project="18.00"),
        *budget_row("YS05", "2150501", total="62.00", basic="62.00", personnel="52.00", public="10.00", project=""),
        *budget_row("YS05", "2150502", total="18.00", basic="", personnel="", public="", project="18.00"),
        *budget_row("YS06", "TOTAL", total="62.00", personnel="52.00", public="10.00"),
        *budget_row("YS06", "301", total="52.00", personnel="52.00", public=""),
        *budget_row("YS06", "30101", total="52.00", personnel="52.00", public=""),
        *budget_row("YS06", "302", total="10.00", personnel="", public="10.00"),
        *budget_row("YS06", "30201", total="10.00", personnel="", public="10.00"),
    )


def budget(content: str = "a budget", amounts: tuple[Amount, ...] | None = None, **changes) -> Extraction:
    """A budget of 2024; `changes` replace fields of the extraction, `profile` holds changes of its profile."""
    amounts = small_budget() if amounts is None else amounts
    present = {amount.table_code for amount in amounts}
    base = extraction(
        content,
        amounts=amounts,
        profile=profile(kind="budget", **changes.pop("profile", {})),
        tables=tuple(
            TableFound(code, TableStatus.PRESENT if code in present else TableStatus.ABSENT) for code in TABLES
        ),
        stated=(),
        projects=(),
        checks=(),
        doubts=(),
        units=(),
        facts=(),
    )
    return replace(base, source=source(content, f"{content}.pdf"), **changes)


def planned(number: int, percent: int) -> Extraction:
    """The budget of the body `number` of `peers` for 2024: `percent` % of what its accounts spent, for all of it."""
    spent = peer(number)
    amounts = tuple(
        replace(amount, table_code=amount.table_code.replace("GK", "YS"), value=amount.value * percent / 100)
        for amount in spent.amounts
        if amount.table_code in ("GK03", "GK05")
    )
    name = f"{spent.profile.county}_2024_budget"
    made = budget(name, amounts)
    return replace(made, profile=replace(spent.profile, kind="budget"))

"""Databases for the tests of BI tools, which read them as juesuan_reader."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.reader_role import as_reader
from tests.warehouse.budgets import budget, budget_row
from tests.warehouse.factory import extraction, profile, row
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.records.reading import Amount, CheckOutcome, Extraction

BODIES = [  # (city, division code): five prefectures of one province; a median needs at least five bodies
    ("南阳市", "411300"),
    ("平顶山市", "410400"),
    ("洛阳市", "410300"),
    ("开封市", "410200"),
    ("安阳市", "410500"),
]
HELD = {CheckOutcome.EXACT, CheckOutcome.ROUNDING, CheckOutcome.NOT_APPLICABLE}


def scaled(amounts: tuple[Amount, ...], factor: int) -> tuple[Amount, ...]:
    """The accounts with every amount multiplied by `factor`, so that all identities still hold."""
    return tuple(
        replace(amount, value=amount.value * factor, printed=str(Decimal(amount.printed) * factor))
        if amount.value is not None and amount.printed_unit == "万元"
        else amount
        for amount in amounts
    )


def body(number: int, year: int) -> Extraction:
    """The small accounts multiplied by `number + 1` for one of `BODIES`; 10 % more in 2024; all identities hold."""
    city, division = BODIES[number]
    about = profile(department=f"{city}工业和信息化局", city=city, division_code=division, fiscal_year=year)
    small = extraction(f"{city} {year}", profile=about)
    whole = (*row("GK01", "income:总计", final="100.00"), *row("GK01", "expenditure:总计", final="100.00"))
    grown = scaled(small.amounts + whole, (number + 1) * (11 if year > 2023 else 10))
    held = tuple(check for check in small.checks if check.outcome in HELD)
    return replace(small, amounts=grown, checks=held)


def planned() -> Extraction:
    """The budget of the first of `BODIES` for 2024. Its accounts state another initial budget of 行政运行."""
    city, division = BODIES[0]
    amounts = (
        *budget_row("YS03", "TOTAL", total="1000.00"),
        *budget_row("YS05", "2150501", total="500.00"),
        *budget_row(
            "YS07", "all", budget_three_public="3.00", budget_reception="1.00", budget_vehicle_operation="2.00"
        ),
    )
    place = {"department": f"{city}工业和信息化局", "city": city, "division_code": division}
    return budget(f"{city} budget", amounts, profile=place)


@pytest.fixture(scope="module")
def loaded_database(module_database: str) -> str:
    """The URL of a database with two years of five bodies, and a sixth whose accounts do not add up."""
    sixth = profile(department="鹤壁市工业和信息化局", city="鹤壁市", division_code="410600")
    with connect(module_database) as connection:
        load(connection, extraction("鹤壁市 2024", profile=sixth))
        for number in range(len(BODIES)):
            for year in (2023, 2024):
                load(connection, body(number, year))
        load(connection, planned())
    return module_database


@pytest.fixture(scope="module")
def reader_url(loaded_database: str) -> str:
    """The URL of the same database as juesuan_reader."""
    return as_reader(loaded_database)

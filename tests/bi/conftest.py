"""Databases that BI tools and their tests read as juesuan_reader."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.reader import as_reader
from tests.warehouse.factory import extraction, profile
from warehouse.database import connect
from warehouse.loader import load
from warehouse.records import Amount, Extraction

BODIES = [  # (city, division code): five prefectures of one province, so that a median is allowed
    ("南阳市", "411300"),
    ("平顶山市", "410400"),
    ("洛阳市", "410300"),
    ("开封市", "410200"),
    ("安阳市", "410500"),
]


def scaled(amounts: tuple[Amount, ...], factor: int) -> tuple[Amount, ...]:
    """The same accounts `factor` times as large: every identity that held still holds."""
    return tuple(
        replace(amount, value=amount.value * factor, printed=str(Decimal(amount.printed) * factor))
        if amount.value is not None and amount.printed_unit == "万元"
        else amount
        for amount in amounts
    )


def body(number: int, year: int) -> Extraction:
    """The small accounts of one of `BODIES`, `number + 1` times as large and 10 % up each year after 2023."""
    city, division = BODIES[number]
    about = profile(department=f"{city}工业和信息化局", city=city, division_code=division, fiscal_year=year)
    small = extraction(f"{city} {year}", profile=about)
    grown = scaled(small.amounts, (number + 1) * (11 if year > 2023 else 10))
    return replace(small, amounts=grown)


@pytest.fixture(scope="module")
def loaded_database(module_database: str) -> str:
    """The URL of a database with two years of five bodies."""
    with connect(module_database) as connection:
        for number in range(len(BODIES)):
            for year in (2023, 2024):
                load(connection, body(number, year))
    return module_database


@pytest.fixture(scope="module")
def reader_url(loaded_database: str) -> str:
    """The same database as juesuan_reader sees it."""
    return as_reader(loaded_database)

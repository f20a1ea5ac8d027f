"""A warehouse with three samples and a document whose texts a spreadsheet would run as formulas."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from ingest.nightly.batch import ingest
from tests.conftest import new_database
from tests.ingest.truth import SAMPLES
from tests.warehouse.factory import cell, extraction, row, source
from warehouse.base.database import connect, snapshot
from warehouse.export import Manifest, export
from warehouse.load.document import load
from warehouse.records.reading import Amount, Extraction, Status

NAMES = ("shifan_caizheng_2024.txt", "yangcheng_gongxin_2024.pdf", "putuo_guihua_2024.pdf")
HOSTILE = "=HYPERLINK(1).pdf"
FORMULA = '=1+1,"quoted"'
LONGEST = "9999999999.123456"  # 万元: 16 digits, more than a double can hold


def hostile() -> Extraction:
    """Accounts with labels that are formulas, a negative amount, a number too long for a double, a doubtful amount."""
    return replace(extraction("hostile", amounts=hostile_amounts()), source=source("hostile", HOSTILE))


def hostile_amounts() -> tuple[Amount, ...]:
    doubtful = {
        "status": Status.DOUBTFUL,
        "repair_reason": "数字无法辨认",
        "row_no": 2,
        "column_no": 3,
        "row_label": FORMULA,
    }
    return (
        *row("GK03", "TOTAL", total="-5.00"),
        cell("GK03", "208", "total", "1", row_no=2, row_label=FORMULA, value=Decimal(LONGEST) * 10000),
        cell("GK03", "208", "project", "1", printed="7,8.9", value=None, **doubtful),
        cell("GK03", "20805", "total", "——", row_no=3, row_label="＝2+2"),
        cell("GK03", "2080505", "total", "", row_no=4, row_label="@行\n\t二"),
        cell("GK10", "其他用车", "value", "3", value=Decimal(3), value_unit="辆", printed_unit="辆"),
    )


@pytest.fixture(scope="package")
def warehouse(server_url: str, template: str) -> Iterator[str]:
    """The URL of a database that all tests of this folder use; they only read it."""
    with new_database(server_url, template) as url:
        with connect(url) as connection:
            outcomes = list(ingest(connection, [SAMPLES / name for name in NAMES]))
            assert [outcome.error for outcome in outcomes] == [None] * len(NAMES)
            load(connection, hostile())
        yield url


@pytest.fixture
def reading(warehouse: str) -> Iterator[psycopg.Connection]:
    with connect(warehouse) as connection:
        connection.read_only = True
        yield connection


def export_of(url: str, folder: Path, **options) -> Manifest:
    with snapshot(url) as connection:
        return export(connection, folder, **options)

"""The documents the benchmarks make up: 500 amounts that add up, the same every time, however they are loaded."""

from collections import defaultdict
from decimal import Decimal
from itertools import islice

import pytest

from benchmarks.generate import SEED, YEARS, documents, extraction, extractions
from benchmarks.prepared import fill
from tests.conftest import new_database
from tests.warehouse.test_bulk import contents
from tests.warehouse.test_loader import violations
from warehouse.bulk import rebuild
from warehouse.database import connect

COUNT = 40  # four departments, ten years


@pytest.fixture(scope="module")
def made():
    return list(extractions(COUNT))


def test_every_document_has_500_amounts_and_each_cell_once(made):
    assert [len({(a.table_code, a.row_key, a.measure) for a in each.amounts}) for each in made] == [500] * COUNT


def test_the_same_seed_makes_the_same_documents_and_another_others(made):
    assert list(extractions(COUNT)) == made
    assert list(islice(extractions(COUNT, SEED + 1), 5)) != made[:5]


def test_years_follow_one_another(made):
    assert [each.profile.fiscal_year for each in made] == [year for year in YEARS for _ in range(4)]


def test_tables_add_up(made):
    for each in made:
        cells = {(a.table_code, a.row_key, a.measure): a.value or Decimal(0) for a in each.amounts}
        assert adds_up(cells)
        assert cells["GK01", "expenditure:总计", "final"] == cells["GK01", "income:总计", "final"]
        assert cells["GK03", "TOTAL", "total"] == cells["GK01", "expenditure:本年支出合计", "final"]
        economic = cells["GK06", "PERSONNEL_TOTAL", "final"] + cells["GK06", "PUBLIC_TOTAL", "final"]
        assert economic == cells["GK05", "TOTAL", "basic"]


def adds_up(cells: dict) -> bool:
    """Σ 项 = 款, Σ 款 = 类, Σ 类 = 合计, in every column."""
    below = defaultdict(Decimal)
    for (table, key, measure), value in cells.items():
        if key.isdigit() and table != "GK06":
            below[table, key[:-2] if len(key) > 3 else "TOTAL", measure] += value
    return all(cells[cell] == total for cell, total in below.items())


def test_ready_made_lines_become_what_objects_become(server_url, template, connection):
    with new_database(server_url, template) as url, connect(url) as other:
        fill(connection, COUNT)
        rebuild(other, map(extraction, documents(COUNT)))
        assert contents(connection) == contents(other)
        assert violations(connection) == {}

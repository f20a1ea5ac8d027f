"""The documents that the benchmarks generate: 500 amounts that add up; both ways of loading give the same rows."""

from collections import defaultdict
from decimal import Decimal
from itertools import islice

import pytest

from benchmarks.analyst_queries import FROM_AMOUNT, PAGES, QUERIES
from benchmarks.fill_warehouse import fill
from benchmarks.generated_budgets import BUDGET
from benchmarks.generated_documents import SEED, YEARS, documents, extraction, extractions
from benchmarks.generated_forms import ECONOMIC
from tests.conftest import new_database
from tests.warehouse.test_bulk import contents
from tests.warehouse.test_loader import violations
from warehouse.base.database import connect
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.load.bulk import rebuild

COUNT = 40  # four departments, ten years


@pytest.fixture(scope="module")
def made():
    return list(extractions(COUNT))


def test_every_document_has_500_amounts_and_each_cell_once(made):
    assert [len({(a.table_code, a.row_key, a.measure) for a in each.amounts}) for each in made] == [500] * COUNT


def test_the_same_seed_makes_the_same_documents_and_another_others(made):
    assert list(extractions(COUNT)) == made
    assert list(islice(extractions(COUNT, SEED + 1), 5)) != made[:5]


def test_all_documents_of_a_year_come_before_the_next_year(made):
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
    """Σ 项 = 款, Σ 款 = 类, Σ 类 = 合计, in every column of the tables with functional codes."""
    below = defaultdict(Decimal)
    for (table, key, measure), value in cells.items():
        if key.isdigit() and table not in ECONOMIC:
            below[table, key[:-2] if len(key) > 3 else "TOTAL", measure] += value
    return all(cells[cell] == total for cell, total in below.items())


def test_half_of_the_documents_may_be_budgets_that_add_up():
    made = list(islice(documents(COUNT, budgets=0.5), 8))
    read = [extraction(each) for each in made]
    assert [each.profile.kind for each in read] == [BUDGET, FINAL_ACCOUNTS] * 2 + [BUDGET, FINAL_ACCOUNTS] * 2
    assert [each.body.number for each in made[::2]] == [each.body.number for each in made[1::2]]
    for each in read[::2]:
        cells = {(a.table_code, a.row_key, a.measure): a.value or Decimal(0) for a in each.amounts}
        assert len(cells) == 500
        assert adds_up(cells)
        assert cells["YS06", "TOTAL", "total"] == cells["YS05", "TOTAL", "basic"]


@pytest.mark.long
def test_lines_of_copy_give_the_same_rows_as_records(server_url, template, connection):
    with new_database(server_url, template) as url, connect(url) as other:
        fill(connection, COUNT, budgets=0.5)
        rebuild(other, map(extraction, documents(COUNT, budgets=0.5)))
        assert contents(connection) == contents(other)
        assert violations(connection) == {}


def test_the_queries_of_the_benchmark_run(connection):
    """The same question asked of two tables of mart gives the same rows; the queries for pages run."""
    fill(connection, COUNT)
    values = {"department_id": 1}
    asked = {query.name: query.postgres.format(**values) for query in QUERIES}
    answers = {name: sorted(connection.execute(sql).fetchall()) for name, sql in asked.items()}
    for name, sql in FROM_AMOUNT.items():
        assert sorted(connection.execute(sql.format(**values)).fetchall()) == answers[name] != []
    assert len(answers["q3"]) == len({city for _, city, _ in answers["q3"]}) == 4
    assert {year for _, _, year, _, _ in answers["q4"]} == set(YEARS)
    for sql in PAGES.values():
        connection.execute(sql)

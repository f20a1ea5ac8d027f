"""The public views answer even if a document with the largest possible numbers is loaded."""

import pytest

from tests.warehouse.factory import cell
from tests.warehouse.factory_statements import changed, said, small_form
from tests.warehouse.peers import peer
from warehouse.base.database import connect
from warehouse.base.sql_files import project_views
from warehouse.load.document import load

LARGEST = "999999999999999999"  # the greatest number that ingest.values.amounts accepts
SMALLEST = "0.000001"
MARTS = [view.name for view in project_views() if view.schema == "mart"]


@pytest.fixture(scope="module")
def absurd(module_database):
    cells = (cell("GK03", "TOTAL", "total", SMALLEST), cell("GK03", "TOTAL", "basic", "9999999999.99"))
    last = (cell("GK03", "TOTAL", "basic", SMALLEST),)
    stated = (
        *changed("personnel", LARGEST, f"-{SMALLEST}"),
        *changed("general_public_expenditure", SMALLEST, f"-{LARGEST}"),
        said("operating_cost", "all", "final", LARGEST),
        said("budget_vs_final", "行政运行", "initial_budget", SMALLEST, functional_code="2150501"),
        said("budget_vs_final", "行政运行", "final", LARGEST, "亿元", functional_code="2150501"),
    )
    form = small_form(adjusted_budget=cells[0].value, executed=10**18 - 1, total_score=10**18 - 1)
    with connect(module_database) as connection:
        for number in range(6):
            load(connection, peer(number, amounts=cells, stated=stated, projects=(form, form)))
            load(connection, peer(number, 2023, amounts=last))
        yield connection


@pytest.mark.parametrize("view", MARTS)
def test_every_view_answers_with_the_largest_numbers(absurd, view):
    absurd.execute(f"select * from mart.{view}")

"""The office of a department is called 某某局(本级) or 某某局; other remarks in brackets tell bodies apart."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from tests.warehouse.budgets import budget, budget_row
from tests.warehouse.factory import cell, extraction, found, profile
from warehouse.base.database import connect
from warehouse.base.sql_files import audit_queries
from warehouse.load.document import load
from warehouse.records.reading import Extraction, Profile, Scope


def of(department: str, scope: Scope = Scope.UNIT) -> Profile:
    return profile(department=department, scope=scope)


def spent(department: str, wan: str, scope: Scope = Scope.UNIT) -> Extraction:
    amounts = (cell("GK05", "TOTAL", "total", wan),)
    return extraction(f"spent {department}", amounts=amounts, tables=found(amounts), profile=of(department, scope))


def planned(department: str, wan: str) -> Extraction:
    amounts = budget_row("YS05", "TOTAL", total=wan)
    return budget(f"planned {department}", amounts, profile={"department": department, "scope": Scope.UNIT})


@pytest.fixture(scope="module")
def loaded(module_database: str) -> Iterator[psycopg.Connection]:
    with connect(module_database) as connection:
        for document in (
            spent("甲市水利局", "50.00"), planned("甲市水利局(本级)", "60.00"),
            spent("甲市人民医院", "50.00"), planned("甲市人民医院(南院)", "9.00"),
            spent("甲市一中(东校区)", "50.00"), planned("甲市一中(西校区)", "9.00"),
            spent("甲市档案局", "50.00"), spent("甲市档案局(本级)", "40.00"), planned("甲市档案局", "45.00"),
            spent("甲市林业局", "500.00", Scope.DEPARTMENT), planned("甲市林业局(本级)", "60.00"),
        ):  # fmt: skip
            load(connection, document)
        connection.commit()
        yield connection


@pytest.mark.takes(4)
@pytest.mark.parametrize(
    ("department", "pair"),
    [
        ("甲市水利局", (60, 50, None)),
        ("甲市人民医院", (None, 50, "同一口径的预算未入库")),
        ("甲市人民医院(南院)", (9, None, "同一口径的决算未入库")),
        ("甲市一中(东校区)", (None, 50, "同一口径的预算未入库")),
        ("甲市一中(西校区)", (9, None, "同一口径的决算未入库")),
        # The budget is that of the accounts with the same name, and of these alone.
        ("甲市档案局", (45, 50, None)),
        ("甲市档案局(本级)", (None, 40, "同一口径的预算未入库")),
        # What the whole department spent is not what its office planned.
        ("甲市林业局", (None, 500, "同一口径的预算未入库")),
        ("甲市林业局(本级)", (60, None, "同一口径的决算未入库")),
    ],
)
def test_the_budget_of_an_office_is_that_of_its_accounts(loaded, department, pair):
    query = """
        select budget_document_wan, final_wan, why_not from mart.budget_against_account
        where department = %s and key = 'general_public_expenditure'
    """
    assert loaded.execute(query, [department]).fetchall() == [pair]


@pytest.mark.parametrize(
    ("department", "has"),
    [("甲市水利局", (True, True)), ("甲市水利局(本级)", (True, True)), ("甲市人民医院", (False, True)),
     ("甲市林业局", (False, True)), ("甲市林业局(本级)", (True, False))],
)  # fmt: skip
def test_coverage_says_whether_an_office_has_both(loaded, department, has):
    query = "select has_budget, has_final_accounts from mart.slot_coverage where department = %s"
    assert loaded.execute(query, [department]).fetchall() == [has]


def test_the_rank_of_accounts_follows_a_budget_of_an_office_of_another_kind(database):
    peers = [("甲市水利局", "水利", "50.00"), ("乙市水利局", "水利", "80.00")]
    with connect(database) as connection:
        for department, kind, wan in peers:
            made = spent(department, wan)
            load(connection, replace(made, profile=replace(made.profile, department_kind=kind)))
        for department, wan in (("甲市水利局(本级)", "60.00"), ("乙市水利局(本级)", "81.00")):
            made = planned(department, wan)
            load(connection, replace(made, profile=replace(made.profile, department_kind="水务")))
        metric = "general_public_expenditure"
        stored = "select department, rank, peers from mart.execution_ranking where metric = %s order by rank"
        assert connection.execute(stored, [metric]).fetchall() == [("乙市水利局", 1, 2), ("甲市水利局", 2, 2)]
        assert connection.execute(audit_queries()["090_star_equals_its_views"]).fetchall() == []

"""The tables of mart have the rows of the views that they are written from, after any sequence of loads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.warehouse.factory import cell, extraction, profile
from tests.warehouse.peers import peer, peers
from tests.warehouse.test_loader import violations
from warehouse.base.database import connect
from warehouse.base.mart_tables import dimensions
from warehouse.base.sql_files import project_views
from warehouse.load.document import load
from warehouse.load.reference import load_reference
from warehouse.publish import refresh
from warehouse.schema.upgrade import upgrade

VALUES = "select department, metric, amount_wan from mart.metric_value order by 1, 2"


def values(connection) -> list[tuple]:
    return connection.execute(VALUES).fetchall()


def test_a_correction_replaces_the_corrected_document(connection):
    load(connection, peer(0))
    load(connection, peer(0, expenditure="500.00", content="corrected"))
    found = connection.execute("select amount_wan from mart.metric_value where metric = 'expenditure'").fetchall()
    assert found == [(500,)]
    assert violations(connection) == {}


@pytest.mark.long
def test_a_file_that_moves_to_another_body_leaves_nothing_behind(connection):
    load(connection, peer(0))
    load(connection, replace(peer(1, content="peer 0 of 2024"), parser_version="2"))
    assert {department for department, *_ in values(connection)} == {"丑县工业和信息化局"}
    assert violations(connection) == {}


@pytest.mark.long
def test_a_new_kind_of_a_body_is_shown_in_all_its_years(connection):
    load(connection, peer(0, 2023))
    load(connection, peer(0, 2024, profile={"department_kind": "科学技术"}))
    assert connection.execute("select distinct department_kind from mart.metric_value").fetchall() == [("科学技术",)]
    assert violations(connection) == {}


def test_an_older_file_does_not_change_the_kind_of_a_body(connection):
    load(connection, peer(0, 2024))
    load(connection, peer(0, 2015, profile={"department_kind": "商务"}))
    assert connection.execute("select distinct department_kind from mart.metric_value").fetchall() == [
        ("工业和信息化",)
    ]


def test_a_body_without_files_is_removed(connection):
    load(connection, peer(0))
    load(connection, replace(peer(1, content="peer 0 of 2024"), parser_version="2"))
    assert connection.execute("select department from mart.department").fetchall() == [("丑县工业和信息化局",)]


def test_a_transaction_with_an_older_snapshot_sees_the_former_rows(database, connection):
    load(connection, peer(0))
    connection.commit()
    with connect(database) as reader:
        reader.execute("set transaction isolation level repeatable read")
        before = values(reader)
        refresh.rebuild(connection)
        connection.commit()
        assert values(reader) == before != []


def test_a_code_that_is_not_in_the_list_becomes_subject_and_metric(connection):
    load(connection, peer(0, amounts=(cell("GK03", "2159998", "total", "5.00", row_label="新设科目"),)))
    named = connection.execute(
        "select metric_name from mart.metric where row_key = '2159998' and kind = 'final_accounts'"
    )
    assert named.fetchall() == [("支出：2159998 新设科目",), ("一般公共预算：2159998 新设科目",)]
    assert violations(connection) == {}


def test_loading_the_lists_again_changes_no_row(connection):
    load(connection, extraction())
    connection.commit()
    before = connection.execute("select min(xmin::text), max(xmin::text) from mart.metric_value").fetchone()
    load_reference(connection)
    assert connection.execute("select min(xmin::text), max(xmin::text) from mart.metric_value").fetchone() == before


@pytest.mark.long
def test_an_upgrade_writes_the_tables_again(database, connection):
    load(connection, extraction())
    connection.commit()
    before = values(connection)
    connection.commit()
    upgrade(database)
    assert values(connection) == before != []
    assert violations(connection) == {}


@pytest.mark.long
def test_bodies_loaded_concurrently_are_each_there_once(database):
    def load_one(one) -> None:
        with connect(database) as own:
            load(own, one)

    both_years = [*peers()[:6], *peers(2023)[:6], extraction(profile=profile())]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(load_one, both_years))
    with connect(database) as connection:
        at_once = values(connection)
        refresh.rebuild(connection)
        assert values(connection) == at_once
        assert violations(connection) == {}


def test_every_table_has_a_primary_key_and_metric_value_leads_to_the_dimensions(connection):
    tables = {view.name for view in project_views() if view.kind == "table"}
    keyed = connection.execute(
        "select conrelid::regclass::text from pg_constraint where contype = 'p' and connamespace = 'mart'::regnamespace"
    )
    assert {f"mart.{name}" for name in tables} == {name for (name,) in keyed}
    reached = connection.execute(
        "select distinct confrelid::regclass::text from pg_constraint"
        " where contype = 'f' and connamespace = 'mart'::regnamespace"
    )
    reference = {"subject_name", "denominator"}  # no dimensions; views contain their values
    assert {name for (name,) in reached} == {
        f"mart.{name}" for name in {"published_document", *dimensions()} - reference
    }

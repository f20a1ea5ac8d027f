"""A bulk load gives the same rows, keys and indexes as loading the documents one after another."""

from dataclasses import replace

import pytest

from tests.conftest import new_database
from tests.warehouse.factory import cell, extraction, of_two_files, profile
from tests.warehouse.peers import peer
from tests.warehouse.test_loader import violations
from warehouse.base.database import connect
from warehouse.base.errors import WarehouseNotEmpty
from warehouse.load.bulk import rebuild
from warehouse.load.document import Outcome, load

KEYS = """
select conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated from pg_constraint
where connamespace in ('warehouse'::regnamespace, 'mart'::regnamespace)
union all
select indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid from pg_index
join pg_class on pg_class.oid = indrelid
where relnamespace in ('warehouse'::regnamespace, 'mart'::regnamespace)
union all
select attrelid::regclass::text, attname, attnotnull::text, true from pg_attribute
join pg_class on pg_class.oid = attrelid
where relnamespace in ('warehouse'::regnamespace, 'mart'::regnamespace) and relkind = 'r' and attnum > 0
"""
TABLES = """
select table_schema || '.' || table_name from information_schema.tables
where table_schema in ('warehouse', 'mart') and table_name <> 'alembic_version' order by 1
"""
MOMENTS = "{first_seen_at,last_seen_at,parsed_at,published_at,loaded_at,moment}"


def contents(connection) -> dict[str, list]:
    """Every row of every table and view, without the times of loading."""
    tables = [name for (name,) in connection.execute(TABLES)]
    return {
        name: sorted(
            row for (row,) in connection.execute(f"select (to_jsonb(t) - '{MOMENTS}'::text[])::text from {name} as t")
        )
        for name in tables
    }


def two_years() -> list:
    """Two bodies in two years, one with another kind; a correction, a file of unknown body, a code that is not in the
    list; a disclosure of two files."""
    corrected = peer(0, expenditure="500.00", content="corrected")
    renamed = peer(1, 2024, profile={"department_kind": "科学技术"})
    unplaced = extraction("unplaced", profile=profile(department=None, fiscal_year=None))
    strange = extraction("strange", amounts=(cell("GK03", "2159998", "total", "5.00", row_label="新设科目"),))
    parts = of_two_files(profile=profile(fiscal_year=2022))
    return [
        peer(0, 2023), peer(0), corrected, peer(1, 2023), renamed, unplaced, strange, extraction(), parts, extraction(),
    ]  # fmt: skip


@pytest.fixture
def one_by_one(server_url, template):
    with new_database(server_url, template) as url, connect(url) as opened:
        yield opened


def test_a_bulk_load_gives_the_same_rows_as_single_loads(connection, one_by_one):
    outcomes = [load(one_by_one, each).outcome for each in two_years()]
    done = rebuild(connection, two_years())
    assert (done.documents, done.repeated) == (9, outcomes.count(Outcome.UNCHANGED)) == (9, 1)
    assert done.refused == []
    assert contents(connection) == contents(one_by_one)
    assert violations(connection) == {}


def test_keys_and_indexes_are_as_before(connection):
    before = sorted(connection.execute(KEYS).fetchall())
    rebuild(connection, two_years())
    assert sorted(connection.execute(KEYS).fetchall()) == before


@pytest.mark.long
def test_single_loads_work_after_a_bulk_load(connection, one_by_one):
    late = replace(peer(1, 2024, expenditure="77.00"), parser_version="2")
    for each in (*two_years(), late):
        load(one_by_one, each)
    rebuild(connection, two_years())
    assert load(connection, late).outcome is Outcome.REPARSED
    assert contents(connection) == contents(one_by_one)


@pytest.mark.long
def test_a_document_the_database_refuses_is_left_out_and_named(connection, one_by_one):
    bad = [
        peer(2, amounts=(cell("GK03", "215", "total", "9" * 15),)),
        peer(3, amounts=(cell("GK03", "215", "total", "1.00"), cell("GK03", "215", "total", "2.00"))),
        peer(4, amounts=(cell("GK03", "215", "invented", "1.00"),)),
        replace(peer(0), parser_version="2"),
    ]
    load(one_by_one, peer(0))
    load(one_by_one, peer(1))
    done = rebuild(connection, [peer(0), *bad, peer(1)])
    assert [source.name for source, _ in done.refused] == [each.source.name for each in bad]
    assert [reason for _, reason in done.refused] == [
        'new row for relation "amount" violates check constraint "amount_value_range_check"',
        "The reader delivered two rows with the same key: 卯县_2024.pdf: amounts, ('GK03', '215', 'total')",
        "The reader delivered an amount whose table and measure the warehouse does not declare: GK03 invented, row 215",
        "A bulk load takes one reading of a file; this one was read by two versions of the parser:"
        " 子县_2024.pdf: 1 and 2",
    ]
    assert documents(connection) == documents(one_by_one)
    assert violations(connection) == {}


def documents(connection) -> list[tuple]:
    return connection.execute("select department, metric, amount_wan from mart.metric_value order by 1, 2").fetchall()


def test_a_bulk_load_into_a_warehouse_with_documents_is_refused(connection):
    load(connection, peer(0))
    before = contents(connection)
    with pytest.raises(WarehouseNotEmpty):
        rebuild(connection, [peer(1)])
    assert contents(connection) == before


def test_an_interrupted_bulk_load_leaves_nothing(connection):
    before = contents(connection), sorted(connection.execute(KEYS).fetchall())
    connection.commit()

    def reading():
        yield peer(0)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(connection, reading())
    assert (contents(connection), sorted(connection.execute(KEYS).fetchall())) == before


def test_nothing_to_load_is_no_error(connection):
    assert rebuild(connection, []).documents == 0

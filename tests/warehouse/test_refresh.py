"""Documents that are loaded without a refresh become public together, in one transaction of the refresh."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from tests.warehouse.factory import cell, extraction, profile
from tests.warehouse.peers import peer, peers
from tests.warehouse.test_loader import violations
from warehouse.base.database import connect
from warehouse.base.sql_files import project_views
from warehouse.load.document import Outcome, load
from warehouse.load.gate import Gate
from warehouse.publish import refresh

TABLES = [view.full_name for view in project_views() if view.kind == "table"]
ABOUT_DOCUMENTS = [
    view.full_name
    for view in project_views()
    if view.schema == "mart" and view.name not in ("coverage", "slot_coverage")
]


def contents(connection) -> dict[str, list[tuple]]:
    return {name: sorted(connection.execute(f"select * from {name}").fetchall(), key=str) for name in TABLES}


def counts(connection) -> dict[str, int]:
    return {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in ABOUT_DOCUMENTS}


def test_loads_are_public_after_the_refresh_and_not_before(database, connection):
    connection.commit()
    with connect(database) as reader:
        before = counts(reader)
        for one in (*peers()[:6], *peers(2023)[:6]):
            load(connection, one, refresh=False)
        assert counts(reader) == before
        assert refresh.refresh_stale(connection) == 12
        reader.rollback()
        assert reader.execute("select count(*) from mart.disclosure").fetchone() == (12,)
    assert violations(connection) == {}


@pytest.mark.long
def test_one_refresh_for_all_gives_the_same_rows_as_one_for_each(database, connection):
    documents = [
        *peers()[:4],
        *peers(2023)[:4],
        peer(0, expenditure="500.00", content="corrected"),
        peer(5, profile={"department_kind": "科学技术"}),
        replace(peer(6, content="peer 2 of 2024"), parser_version="2"),  # a newer reading assigns it to another body
    ]
    for one in documents:
        load(connection, one, refresh=False)
    refresh.refresh_stale(connection)
    together = contents(connection)
    refresh.rebuild(connection)
    assert contents(connection) == together
    assert violations(connection) == {}


def test_a_second_refresh_finds_nothing_to_do(connection):
    load(connection, extraction(), refresh=False)
    assert [refresh.refresh_stale(connection) for _ in range(2)] == [1, 0]


def test_loading_last_years_file_gives_prior_amounts_to_this_year(connection):
    load(connection, peer(0, 2024))
    load(connection, peer(0, 2023))
    found = connection.execute(
        "select prior_source, prior_document_id is not null from mart.year_over_year"
        " where fiscal_year = 2024 and metric = 'expenditure'"
    )
    assert found.fetchall() == [("published", True)]
    assert violations(connection) == {}


@pytest.mark.long
def test_a_file_that_moves_to_another_slot_no_longer_gives_prior_amounts(connection):
    load(connection, peer(0, 2024))
    load(connection, peer(0, 2023))
    load(connection, replace(peer(1, 2023, content="peer 0 of 2023"), parser_version="2"))
    found = connection.execute(
        "select prior_document_id from mart.year_over_year where fiscal_year = 2024 and metric = 'expenditure'"
    )
    assert found.fetchall() == [(None,)]
    assert violations(connection) == {}


@pytest.mark.long
def test_a_rename_by_two_waiting_loads_reaches_all_their_years(connection):
    load(connection, peer(0, 2022))
    load(connection, peer(0, 2023, profile={"department_kind": "科学技术"}), refresh=False)
    load(connection, peer(0, 2024, profile={"department_kind": "商务"}), refresh=False)
    refresh.refresh_stale(connection)
    assert connection.execute("select distinct department_kind from mart.disclosure").fetchall() == [("商务",)]
    assert violations(connection) == {}


@pytest.mark.long
def test_the_gate_compares_with_readings_that_wait_for_the_refresh(connection):
    amounts = [cell("GK03", "TOTAL", "total", "90.00"), cell("GK03", "208", "total", "90.00")]
    load(connection, extraction("first", amounts=tuple(amounts)), refresh=False)
    held = load(connection, extraction("first", "2", amounts=tuple(amounts[:1])), Gate(0.05), refresh=False)
    assert held.outcome is Outcome.HELD
    refresh.refresh_stale(connection)
    assert connection.execute("select count(*) from mart.amount").fetchone() == (2,)
    assert violations(connection) == {}


@pytest.mark.long
def test_concurrent_loads_and_refreshes_give_the_same_rows(database):
    def load_one(one) -> None:
        with connect(database, autocommit=True) as own:
            load(own, one, refresh=False)
            refresh.refresh_stale(own)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(load_one, [*peers()[:6], *peers(2023)[:6]]))
    with connect(database) as connection:
        at_once = contents(connection)
        refresh.rebuild(connection)
        assert contents(connection) == at_once
        assert violations(connection) == {}


@pytest.mark.parametrize("years", [(2023, 2024), (2024, 2023)])
def test_expenditure_by_class_adds_sound_amounts_only(connection, years):
    for fiscal_year in years:
        for body in range(3):
            load(connection, peer(body, fiscal_year))
    stored = connection.execute(
        "select fiscal_year, division_code, class_code, amount_wan, documents, left_out from mart.class_expenditure"
    ).fetchall()
    added = connection.execute(
        "select fiscal_year, division_code, coalesce(functional_code, 'TOTAL'),"
        " sum(amount_wan) filter (where is_sound), count(*) filter (where is_sound),"
        " count(*) filter (where not is_sound)"
        " from mart.metric_value where metric = 'expenditure' or metric ~ '^functional:[0-9]{3}$'"
        " group by 1, 2, 3"
    ).fetchall()
    assert sorted(stored, key=str) == sorted(added, key=str) != []


def test_a_load_with_refresh_is_public_at_once(connection):
    load(connection, extraction(profile=profile(published_on=date(2025, 8, 1))))
    assert connection.execute("select count(*) from mart.disclosure").fetchone() == (1,)


def test_the_time_of_publication_is_that_of_the_refresh(connection):
    load(connection, extraction(), refresh=False)
    connection.execute("update warehouse.publication set published_at = now() - interval '3 days'")
    refresh.refresh_stale(connection)
    yesterday = "select count(*) from mart.disclosure_as_of((now() at time zone 'Asia/Shanghai')::date - 1)"
    assert connection.execute(yesterday).fetchone() == (0,)


REFUSING = """
create function pg_temp.refuse() returns trigger language plpgsql as $$
begin
    if new.department = '丑县工业和信息化局' then
        raise exception 'too large' using errcode = 'numeric_value_out_of_range';
    end if;
    return new;
end $$;
create trigger refusing before insert on mart.metric_value for each row execute function pg_temp.refuse()
"""


def test_a_load_that_cannot_be_compared_does_not_stop_the_refresh_of_others(connection):
    connection.execute(REFUSING)
    for one in peers()[:3]:
        load(connection, one, refresh=False)
    assert refresh.refresh_stale(connection) == 2
    shown = connection.execute("select department from mart.disclosure order by 1").fetchall()
    assert shown == [("子县工业和信息化局",), ("寅县工业和信息化局",)]
    assert "090_star_equals_its_views" in violations(connection)  # a nightly run reports it
    connection.execute("drop trigger refusing on mart.metric_value")
    assert refresh.refresh_stale(connection) == 1
    assert violations(connection) == {}


@pytest.mark.long
def test_a_body_without_files_remains_until_the_refresh(connection):
    load(connection, peer(0))
    load(connection, replace(peer(1, content="peer 0 of 2024"), parser_version="2"), refresh=False)
    load(connection, peer(2))
    shown = "select department from mart.disclosure order by 1"
    assert connection.execute(shown).fetchall() == [("子县工业和信息化局",), ("寅县工业和信息化局",)]
    refresh.refresh_stale(connection)
    assert connection.execute(shown).fetchall() == [("丑县工业和信息化局",), ("寅县工业和信息化局",)]
    assert violations(connection) == {}

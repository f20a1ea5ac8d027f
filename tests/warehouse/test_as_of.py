"""For every public view about documents there is a function that returns its rows at the end of a day."""

import psycopg
import pytest

from tests.mart_columns import OF_NO_DOCUMENT
from tests.warehouse.factory import cell, extraction, profile
from warehouse.base.database import connect
from warehouse.base.mart_tables import facts
from warehouse.base.sql_files import project_views
from warehouse.load.document import load

TODAY = "(now() at time zone 'Asia/Shanghai')::date"


def dated(connection) -> list[str]:
    """The public views that have an as-of function."""
    query = "select proname::text from pg_proc where pronamespace = 'mart'::regnamespace order by proname"
    return [name.removesuffix("_as_of") for (name,) in connection.execute(query)]


@pytest.fixture
def history(connection):
    """A document that was published eight days ago, read by a newer parser five days ago, corrected two days ago."""
    for days, one in (
        (8, extraction("first", amounts=(cell("GK03", "TOTAL", "total", "90.00"),))),
        (5, extraction("first", "2", amounts=(cell("GK03", "TOTAL", "total", "91.00"),))),
        (2, extraction("second", "2", amounts=(cell("GK03", "TOTAL", "total", "95.00"),))),
    ):
        load(connection, one)
        connection.execute(
            "update warehouse.publication set published_at = now() - make_interval(days => %s)"
            " where publication_id = (select max(publication_id) from warehouse.publication)",
            [days],
        )
    return connection


@pytest.mark.long
def test_every_view_about_documents_has_an_as_of_function_with_its_rows_of_today(connection):
    load(connection, extraction())
    load(connection, extraction("2023", profile=profile(fiscal_year=2023)))
    views = {view.name for view in project_views() if view.schema == "mart" and view.kind == "view"}
    views -= OF_NO_DOCUMENT
    assert set(dated(connection)) == views | {name for name, table in facts().items() if "document_id" in table.key}
    for name in dated(connection):
        view = set(map(str, connection.execute(f"select * from mart.{name}")))
        assert set(map(str, connection.execute(f"select * from mart.{name}_as_of({TODAY})"))) == view
        assert set(map(str, connection.execute(f"select * from as_of.{name}"))) == view  # of the day that was set last
        assert connection.execute(f"select * from mart.{name}_as_of('2001-01-01')").fetchall() == []


def test_the_day_itself_is_asked_for_where_rows_depend_on_it(connection):
    reading_the_view = "select proname::text from pg_proc where prosrc like '%select * from mart.%'"
    of_the_day = {*dated(connection)} - {
        name.removesuffix("_as_of") for (name,) in connection.execute(reading_the_view)
    }
    assert of_the_day == {"slot_coverage", "coverage"}


@pytest.mark.takes(3)
@pytest.mark.parametrize(("days_ago", "amount"), [(9, None), (8, 90), (6, 90), (5, 91), (3, 91), (2, 95), (0, 95)])
def test_each_day_shows_what_was_published_last(history, days_ago, amount):
    query = f"select amount_wan from mart.metric_value_as_of({TODAY} - %s) where metric = 'expenditure'"
    assert history.execute(query, [days_ago]).fetchall() == ([(amount,)] if amount else [])
    amounts = f"select amount_wan from mart.amount_as_of({TODAY} - %s) where is_current"
    assert history.execute(amounts, [days_ago]).fetchall() == ([(amount,)] if amount else [])


def test_two_days_can_be_compared_in_one_query(history):
    query = f"""
        select old.amount_wan, new.amount_wan
        from mart.city_comparison_as_of({TODAY} - 3) as old
        join mart.city_comparison_as_of({TODAY}) as new using (department_id, fiscal_year, metric)
        where metric = 'expenditure'
    """
    assert history.execute(query).fetchall() == [(91, 95)]
    assert history.execute("select amount_wan from mart.metric_value where metric = 'expenditure'").fetchall() == [
        (95,)
    ]


def test_an_older_version_is_current_on_its_day(history):
    query = f"select version, is_current from mart.disclosure_as_of({TODAY} - %s) order by version"
    assert history.execute(query, [3]).fetchall() == [(1, True)]
    assert history.execute(query, [0]).fetchall() == [(1, False), (2, True)]


def test_a_file_that_moved_to_another_slot_is_in_the_slot_of_the_day(connection):
    load(connection, extraction())
    connection.execute("update warehouse.publication set published_at = now() - interval '3 days'")
    load(connection, extraction(parser_version="2", profile=profile(fiscal_year=2023)))
    query = f"select fiscal_year, is_current from mart.disclosure_as_of({TODAY} - %s)"
    assert connection.execute(query, [1]).fetchall() == [(2024, True)]
    assert connection.execute(query, [0]).fetchall() == [(2023, True)]


@pytest.mark.takes(3)
@pytest.mark.parametrize("style", ["SQL, DMY", "German", "Postgres, MDY"])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Asia/Kolkata"])
def test_a_day_ends_at_midnight_in_china_wherever_the_session_is(connection, style, zone):
    load(connection, extraction())
    connection.execute("update warehouse.publication set published_at = '2026-10-08 00:30+08'")
    connection.execute(f"set local datestyle = '{style}'; set local timezone = '{zone}'")
    query = "select count(*) from mart.disclosure_as_of(make_date(2026, 10, %s))"
    assert [connection.execute(query, [day]).fetchone()[0] for day in (7, 8)] == [0, 1]


def test_a_null_day_gives_no_row(history):
    assert history.execute("select * from mart.disclosure_as_of(null)").fetchall() == []


def test_the_reader_asks_for_a_day_and_sees_no_other_schema(database, history):
    history.commit()
    with connect(database) as reader:
        reader.execute("set session authorization juesuan_reader")
        reader.execute("set default_transaction_read_only = on")
        reader.commit()
        assert len(reader.execute(f"select * from mart.disclosure_as_of({TODAY})").fetchall()) == 2
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("select * from as_of.disclosure")

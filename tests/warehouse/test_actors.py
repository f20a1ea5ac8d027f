"""Errors that PostgreSQL raises: who must act, and the message."""

import re
import time
from pathlib import Path

import psycopg
import pytest

from tests.reader_role import as_reader
from warehouse.base.actors import CONNECTION_LOST, Actor, in_words, who_must_act
from warehouse.base.database import connect

ROOT = Path(__file__).parents[2]
LONG = "repeat(md5(random()::text), 1000)"
REFUSED = {
    "select 1e999999999::numeric(20, 6)": Actor.PUBLISHER,
    r"select E'\x00'": Actor.PUBLISHER,
    "insert into warehouse.measure select * from warehouse.measure": Actor.PUBLISHER,
    f"create temp table t (a text primary key); insert into t select string_agg({LONG}, '') from generate_series(1, 99)"
    : Actor.PUBLISHER,
    "selekt": Actor.PROJECT,
    "select no_such_function()": Actor.PROJECT,
    "select from no_such_schema.amount": Actor.MACHINE,
    "select from mart.no_such_view": Actor.MACHINE,
    "select no_such_column from mart.amount": Actor.MACHINE,
    "set local statement_timeout = 1; select pg_sleep(1)": Actor.MACHINE,
    "select pg_terminate_backend(pg_backend_pid())": Actor.MACHINE,
    "set transaction read only; delete from warehouse.amount": Actor.MACHINE,
}  # fmt: skip


def error_of(url: str, statement: str) -> psycopg.Error:
    with pytest.raises(psycopg.Error) as raised, connect(url) as connection:
        connection.execute(statement)
    return raised.value


@pytest.mark.parametrize("statement", REFUSED)
def test_each_error_has_the_right_actor(module_database, statement):
    assert who_must_act(error_of(module_database, statement)) is REFUSED[statement]


def test_the_operator_must_act_on_a_missing_right(module_database):
    error = error_of(as_reader(module_database), "select * from warehouse.amount")
    assert who_must_act(error) is Actor.MACHINE
    assert in_words(error).startswith("this user of the database may not do that: permission denied")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("select from mart.no_such_view", "the database has no warehouse yet: run `juesuan db upgrade`"),
        ("select from no_such_schema.amount", "the database has no warehouse yet: run `juesuan db upgrade`"),
        ("select nothing from mart.amount", "the tables are of another version: run `juesuan db upgrade` (column"),
        ("set local statement_timeout = 1; select pg_sleep(1)", "the database cannot do that now: canceling"),
        ("select pg_terminate_backend(pg_backend_pid())", "the database does not answer: terminating"),
    ],
)
def test_the_message_for_the_operator(module_database, statement, words):
    assert in_words(error_of(module_database, statement)).startswith(words)


def test_an_unreachable_database_and_an_ended_idle_session_are_lost_connections(module_database):
    with pytest.raises(CONNECTION_LOST) as away:
        psycopg.connect("postgresql://nobody@127.0.0.1:1/nothing", connect_timeout=5)
    assert in_words(away.value).startswith("the database does not answer: ")
    idle = connect(module_database, options="-c idle_in_transaction_session_timeout=50")
    idle.execute("select 1")
    time.sleep(0.5)
    with pytest.raises(CONNECTION_LOST):
        idle.execute("select 1")
    assert not isinstance(error_of(module_database, "selekt"), CONNECTION_LOST)


def test_only_one_module_distinguishes_the_errors_of_psycopg():
    kinds = re.compile(r"psycopg\.(OperationalError|InternalError|InterfaceError|DataError|IntegrityError)")
    files = [path for package in ("warehouse", "ingest") for path in (ROOT / package).rglob("*.py")]
    telling = {path.name for path in files if kinds.search(path.read_text("utf-8"))}
    assert telling == {"actors.py"}

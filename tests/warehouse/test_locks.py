"""Every lock is in one list, is taken in its order, and is a table or a row that only the owner may lock."""

import re
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from tests.warehouse.factory import cell, extraction
from warehouse.base import locks
from warehouse.base.database import connect
from warehouse.base.errors import LocksMissing
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.load.document import load
from warehouse.publish import refresh
from warehouse.records.sources import SeenFile, SourceEntry, SourceType, Visit
from warehouse.schema.upgrade import upgrade
from warehouse.work import decisions, jobs, newest_files, sources

ROOT = Path(__file__).parents[2]
SOURCES = {
    path: path.read_text("utf-8")
    for folder in ("warehouse", "ingest", "sql", "migrations")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".sql")
}


def test_only_one_module_takes_locks():
    tables = r"\"warehouse\.(night_lock|sync_lock|alembic_version)\""
    taking = re.compile(rf"pg_(try_)?advisory_\w+\(|from warehouse\.lock\b|{tables}")
    assert [path.name for path, text in SOURCES.items() if taking.search(text)] == ["locks.py"]


def test_the_list_has_exactly_the_locks_that_are_taken():
    named = {name for text in SOURCES.values() for name in re.findall(r"\blocks\.([A-Z]+)\b", text)}
    assert {getattr(locks, name) for name in named} == set(locks.ORDER)


def test_a_lock_is_held_until_the_transaction_ends(database):
    with connect(database) as one, connect(database, options="-c lock_timeout=100") as other:
        locks.take(one, locks.SLOT, "b", "a")
        locks.take(other, locks.SLOT, "c")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            locks.take(other, locks.SLOT, "a")
        other.rollback()
        one.rollback()
        locks.take(other, locks.SLOT, "a")


def test_a_lock_of_a_session_is_held_until_it_is_released(database):
    with connect(database) as connection, locks.session(connection) as other:
        with locks.session(connection) as one:
            assert locks.take_for_session(one, locks.SYNC) and not locks.take_for_session(other, locks.SYNC)
            held = locks.holder(connection, locks.SYNC)
            assert (held.pid, 0 <= held.seconds < 60) == (one.info.backend_pid, True)
            assert locks.holder(connection, locks.NIGHT) is None
        assert locks.holder(connection, locks.SYNC) is None
        assert locks.take_for_session(other, locks.SYNC)


def test_a_lock_of_a_session_outlasts_the_timeouts_of_the_server_and_hinders_no_vacuum(database):
    with connect(database, autocommit=True, options="-c idle_in_transaction_session_timeout=100") as one:
        assert locks.take_for_session(one, locks.NIGHT)
        time.sleep(0.3)
        one.execute("select 1")
        seen = "select backend_xid, backend_xmin from pg_stat_activity where pid = %s"
        with connect(database) as other:
            assert other.execute(seen, [one.info.backend_pid]).fetchall() == [(None, None)]


def test_several_things_of_one_row_are_one_lock(database):
    first = "a"
    same = next(text for text in map(str, range(100_000)) if locks.row_number(text) == locks.row_number(first))
    with connect(database) as one, connect(database, options="-c lock_timeout=100") as other:
        locks.take(one, locks.FILE, first, same)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            locks.take(other, locks.FILE, same)


def test_a_lock_without_its_row_is_refused(connection):
    connection.execute("delete from warehouse.lock where name = 'queue'")
    with pytest.raises(LocksMissing, match="lacks rows; run `juesuan db upgrade`: queue"):
        locks.take(connection, locks.QUEUE)


@pytest.fixture
def taken(monkeypatch):
    """The locks that each transaction takes, in order; the locks are really taken."""
    record, take = defaultdict(list), locks.take

    def noted(connection, lock, *about):
        transaction = connection.execute("select pg_backend_pid(), pg_current_xact_id()::text").fetchone()
        record[transaction].append(lock)
        take(connection, lock, *about)

    monkeypatch.setattr(locks, "take", noted)
    return record


@pytest.mark.long
def test_every_operation_takes_its_locks_in_order(database, taken):
    upgrade(database)
    with connect(database, autocommit=True) as connection:
        load(connection, extraction())
        load(connection, extraction("corrected"))
        load(connection, extraction("corrected", "2"), refresh=False)
        refresh.refresh_stale(connection)
        load(connection, extraction("worse", amounts=(cell("GK03", "TOTAL", "total", "1.00"),)))
        decisions.publish(connection, connection.execute("select parse_id from warehouse.held_parse").fetchone()[0])
        newest_files.restore(connection)
        jobs.enqueue(connection, [jobs.File("0" * 64, "a.pdf")], "1")
        jobs.repair_queue(connection, "1", 30)
        with sources.only_sync(connection) as is_alone:
            assert is_alone
            address = "http://example.org/a.pdf"
            entry = SourceEntry("one", SourceType.URL, address, (), None, FINAL_ACCOUNTS, None, None, None)
            run_id, numbers = sources.begin(connection, "m.toml", [entry])
            file = SeenFile("0" * 64, 1, "a.pdf", "application/pdf", None, None)
            sources.record_seen(connection, Visit(run_id, numbers["one"], address, ()), file)
    orders = list(taken.values())
    assert {lock for order in orders for lock in order} == set(locks.ORDER) - {locks.NIGHT, locks.SYNC}
    places = [list(map(locks.ORDER.index, order)) for order in orders]
    assert [order for order in places if any(one > next_one for one, next_one in pairwise(order))] == []

"""Locks: what only one process at a time may do in a database. No other module takes one.

They are tables of schema warehouse and rows of warehouse.lock, not advisory locks: whoever may connect can take every
advisory lock, and only a superuser can change that. Of these, nobody can lock what he has no rights on. See
docs/decisions/locks.md.

ORDER prevents deadlocks: a process that holds a lock may take only the same lock or later ones. Several rows of one
lock are taken in one statement, sorted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

import psycopg
from psycopg import Connection

from warehouse.base.database import one_row
from warehouse.base.errors import LocksMissing

ROWS = 1024  # rows of a lock on many things; two things with the same row wait for each other


@dataclass(frozen=True, slots=True)
class Lock:
    """`guards`: what the lock protects. `table`: locked as a whole; without it, rows of warehouse.lock are."""

    name: str
    guards: str
    table: str | None = None


NIGHT = Lock("night", "a nightly run, from its first to its last step; held by a session", "warehouse.night_lock")
SYNC = Lock(
    "sync", "a sync: two at once would send requests too fast to one server; held by a session", "warehouse.sync_lock"
)
UPGRADE = Lock("upgrade", "schema and views", "warehouse.alembic_version")  # exists before the first revision has run
QUEUE = Lock("queue", "the jobs of the queue as a whole")
ADDRESS = Lock("address", "which file is current at an address")
FILE = Lock("file", "a file, by its sha256: two loads of the same bytes")
SLOT = Lock("slot", "a slot, by its key: the versions of one body and year")
REFRESH = Lock("refresh", "the tables of schema mart: several loads may rewrite rows of one peer group")
ORDER = (NIGHT, SYNC, UPGRADE, QUEUE, ADDRESS, FILE, SLOT, REFRESH)

# The mode excludes itself and writers, not readers; unlike ACCESS EXCLUSIVE it needs no transaction id, so a session
# that holds it for hours does not keep VACUUM from removing dead rows.
_TABLE = "lock table {} in share row exclusive mode"
_ROWS = "select number from warehouse.lock where name = %s and number = any(%s) order by number for update"
# A session of another user shows no times to whoever has not the role pg_read_all_stats: then the last run that began.
_HOLDER = """
select holder.pid, holder.since, extract(epoch from clock_timestamp() - holder.since)
from (
    select
        pg_locks.pid,
        coalesce(
            activity.xact_start, (select max(started_at) from warehouse.run where ended_at is null)
        ) as since
    from pg_locks
    left join pg_stat_activity as activity using (pid)
    where pg_locks.relation = to_regclass(%s) and pg_locks.mode = 'ShareRowExclusiveLock' and pg_locks.granted
        and pg_locks.database = (select oid from pg_database where datname = current_database())
) as holder
"""
_WITHOUT_TIMEOUTS = """
select set_config(name, '0', false) from pg_settings
where name in ('idle_in_transaction_session_timeout', 'idle_session_timeout', 'transaction_timeout')
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """The session that holds a lock: its process id in the database, since when, and for how long."""

    pid: int
    since: datetime | None
    seconds: float


def take(connection: Connection, lock: Lock, *about: str) -> None:
    """Waits for the lock on each thing in `about`, and holds it until the transaction ends. Raises LocksMissing."""
    if lock.table:
        connection.execute(_TABLE.format(lock.table))
        return
    numbers = sorted({row_number(one) for one in about} or {0})
    if connection.execute(_ROWS, [lock.name, numbers]).rowcount != len(numbers):
        raise LocksMissing(lock.name)


def take_all(connection: Connection, lock: Lock) -> None:
    """Waits for the lock on every thing there is. Raises LocksMissing."""
    if connection.execute(_ROWS, [lock.name, list(range(ROWS))]).rowcount != ROWS:
        raise LocksMissing(lock.name)


def row_number(thing: str) -> int:
    """The same in every process of this version."""
    return crc32(thing.encode()) % ROWS


@contextmanager
def session(connection: Connection) -> Iterator[Connection]:
    """Another session of the same user on the same database, for a lock of a session."""
    info = connection.info
    with psycopg.connect(info.dsn, password=info.password, autocommit=True) as another:
        yield another


def take_for_session(connection: Connection, lock: Lock) -> bool:
    """Takes the lock without waiting; False where another session holds it.

    It is held by a transaction that stays open until the session ends. So the connection must be in autocommit mode,
    and serve nothing else.
    """
    assert lock.table, lock.name
    connection.execute(_WITHOUT_TIMEOUTS)
    connection.execute("begin")
    try:
        connection.execute(f"{_TABLE.format(lock.table)} nowait")
    except psycopg.errors.LockNotAvailable:
        connection.execute("rollback")
        return False
    return True


def holder(connection: Connection, lock: Lock) -> Holder | None:
    """None where nobody holds the lock."""
    found = connection.execute(_HOLDER, [lock.table])
    if found.rowcount == 0:
        return None
    pid, since, seconds = one_row(found)
    return Holder(pid, since, float(seconds or 0))

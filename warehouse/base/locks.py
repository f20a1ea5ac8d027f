"""Advisory locks: what only one process at a time may do in a database. No other module takes one.

ORDER prevents deadlocks: a process that holds a lock may take only the same lock or later ones. Several keys of one
lock are taken in one statement, sorted.
"""

from dataclasses import dataclass

from psycopg import Connection

from warehouse.base.database import one_value


@dataclass(frozen=True, slots=True)
class Lock:
    """`key`: text whose hash is the number of the lock; `{}` is the thing locked. `guards`: what the lock protects."""

    key: str
    guards: str


NIGHT = Lock("juesuan nightly", "a nightly run, from its first to its last step; held by a session")
SYNC = Lock("juesuan sync", "a sync: two at once would send requests too fast to one server; held by a session")
UPGRADE = Lock("juesuan upgrade", "schema and views")
QUEUE = Lock("juesuan queue", "the jobs of the queue as a whole")
ADDRESS = Lock("address {}", "which file is current at an address")
FILE = Lock("{}", "a file, by its sha256: two loads of the same bytes")
SLOT = Lock("{}", "a slot, by its key: the versions of one body and year")
REFRESH = Lock("juesuan refresh", "the tables of schema mart: several loads may rewrite rows of one peer group")
ORDER = (NIGHT, SYNC, UPGRADE, QUEUE, ADDRESS, FILE, SLOT, REFRESH)


def take(connection: Connection, lock: Lock, *about: str) -> None:
    """Waits for the lock on each thing in `about`, and holds it until the transaction ends."""
    connection.execute(
        "select pg_advisory_xact_lock(lock) from"
        " (select distinct hashtextextended(key, 0) as lock from unnest(%s::text[]) as key order by lock) as locks",
        [[lock.key.format(one) for one in about or ("",)]],
    )


def take_for_session(connection: Connection, lock: Lock) -> bool:
    """Takes the lock until `release` or the session's end, without waiting; False where another session holds it."""
    return one_value(connection.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [lock.key]))


def release(connection: Connection, lock: Lock) -> None:
    connection.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [lock.key])

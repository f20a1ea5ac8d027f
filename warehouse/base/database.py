"""Connections to the warehouse. Its URL may be spelt as libpq or as SQLAlchemy spells it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.rows import TupleRow
from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from warehouse.base.errors import BadDatabaseUrl


def connect(url: str, **options: Any) -> psycopg.Connection:
    """A psycopg connection; `url` may name a SQLAlchemy driver."""
    return psycopg.connect(libpq_url(url), **options)


@contextmanager
def snapshot(url: str) -> Iterator[psycopg.Connection]:
    """A read-only connection whose queries all see the same state of the database; its times are in UTC."""
    with connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.execute("set local time zone 'UTC'")
        connection.execute("set local cursor_tuple_fraction = 1")  # plan for reading all rows, not the first few
        yield connection


def engine(url: str) -> Engine:
    return create_engine(_parsed(url).set(drivername="postgresql+psycopg"))


def libpq_url(url: str) -> str:
    return _parsed(url).set(drivername="postgresql").render_as_string(hide_password=False)


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    shown = _parsed(url)._replace(password=None)  # `set` leaves a password where it is given none
    return shown.difference_update_query(["password", "sslpassword"]).render_as_string()


def _parsed(url: str) -> URL:
    """Raises BadDatabaseUrl, which does not name the URL: it may hold a password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise BadDatabaseUrl from None
    # An @ in the host is one of the password that was not written %40.
    if parsed.get_backend_name() not in ("postgresql", "postgres") or "@" in (parsed.host or ""):
        raise BadDatabaseUrl
    return parsed


def run_script(connection: Connection, script: str) -> None:
    """Runs several statements in the connection's transaction. `%` and `:` are not parameters."""
    driver(connection).execute(script)


def driver(connection: Connection) -> psycopg.Connection:
    """The psycopg connection that a SQLAlchemy connection uses, in the same transaction."""
    below = connection.connection.driver_connection
    assert isinstance(below, psycopg.Connection)
    return below


def one_row(cursor: psycopg.Cursor) -> TupleRow:
    """The first row of a query that always has one."""
    row = cursor.fetchone()
    assert row is not None, "a query that always has a row had none"
    return row


def one_value(cursor: psycopg.Cursor) -> Any:
    """The first column of the first row of a query that always has one."""
    return one_row(cursor)[0]

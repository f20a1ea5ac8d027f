"""Connections to the warehouse. Its URL may be spelt as libpq or as SQLAlchemy spells it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import TupleRow

from warehouse.base.errors import BadDatabaseUrl

if TYPE_CHECKING:  # SQLAlchemy takes a third of the time that a command takes to start; only an upgrade needs it
    from sqlalchemy import Connection, Engine

READER = "juesuan_reader"  # the role of BI tools and of `juesuan serve`; warehouse.base.roles gives it its rights
_SCHEME = re.compile(r"postgres(ql)?(\+\w+)?://")


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


def engine(url: str) -> "Engine":
    from sqlalchemy import create_engine, make_url

    return create_engine(make_url(libpq_url(url)).set(drivername="postgresql+psycopg"))


def libpq_url(url: str) -> str:
    """The URL without the driver that SQLAlchemy's spelling may name.

    Raises BadDatabaseUrl, which does not name the URL: it may hold a password.
    """
    url_parts(url)
    return _SCHEME.sub("postgresql://", url, count=1)


def url_parts(url: str) -> dict[str, Any]:
    """What the URL says, by libpq's names: host, port, dbname, user, password and its parameters.

    Raises BadDatabaseUrl.
    """
    if not _SCHEME.match(url):
        raise BadDatabaseUrl
    try:
        parts = conninfo_to_dict(_SCHEME.sub("postgresql://", url, count=1))
    except psycopg.ProgrammingError:
        raise BadDatabaseUrl from None
    # An @ in the host is one of the password that was not written %40.
    if "@" in str(parts.get("host", "")) or not str(parts.get("port", 0)).isdecimal():
        raise BadDatabaseUrl
    return parts


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    from sqlalchemy import make_url

    shown = make_url(libpq_url(url))._replace(password=None)  # `set` leaves a password where it is given none
    return shown.difference_update_query(["password", "sslpassword"]).render_as_string()


def run_script(connection: "Connection", script: str) -> None:
    """Runs several statements in the connection's transaction. `%` and `:` are not parameters."""
    driver(connection).execute(script)


def driver(connection: "Connection") -> psycopg.Connection:
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

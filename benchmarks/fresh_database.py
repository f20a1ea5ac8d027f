"""A new database for each run, on the server of JUESUAN_DATABASE_URL, otherwise on the embedded one."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

from warehouse import server
from warehouse.base.database import connect
from warehouse.load.reference import load_reference
from warehouse.schema import upgrade


@contextmanager
def fresh_database() -> Iterator[str]:
    """The URL of an upgraded warehouse with its reference lists and no document; dropped afterwards."""
    base = server.start()
    name = f"bench_{uuid4().hex[:8]}"
    with connect(base, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))
    try:
        url = make_url(base).set(database=name).render_as_string(hide_password=False)
        upgrade.upgrade(url)
        with connect(url) as connection:
            load_reference(connection)
        yield url
    finally:
        with connect(base, autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("drop database {} with (force)").format(psycopg.sql.Identifier(name)))


def server_version() -> str:
    with connect(server.start(), autocommit=True) as connection:
        return f"PostgreSQL {connection.info.server_version // 10000}.{connection.info.server_version % 10000}"

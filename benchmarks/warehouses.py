"""Warehouses for benchmarks: an own server below one folder, and databases that are dropped afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql
from sqlalchemy import make_url

from warehouse import server
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.load.reference import load_reference
from warehouse.schema.upgrade import upgrade


@dataclass(frozen=True, slots=True)
class Warehouse:
    """The URLs of a database: as owner, and as the role that may read schema mart only."""

    url: str
    reader: str


@contextmanager
def own_server(folder: Path) -> Iterator[Settings]:
    settings = Settings(home=folder / "home", database_url=None)
    server.start(settings)
    try:
        yield settings
    finally:
        server.stop(settings)


@contextmanager
def new_warehouse(settings: Settings, name: str) -> Iterator[Warehouse]:
    """A warehouse with its reference lists and no document."""
    base, database = server.start(settings), sql.Identifier(name)
    with connect(base, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(database))
        connection.execute(sql.SQL("create database {}").format(database))
    made = Warehouse(*(_of(url, name) for url in (base, server.reader_url(settings))))
    upgrade(made.url, server.reader_password(settings))
    with connect(made.url) as connection:
        load_reference(connection)
    try:
        yield made
    finally:
        with connect(base, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database {} with (force)").format(database))


def _of(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)

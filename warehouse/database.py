"""Connections to the warehouse. One URL, two spellings: libpq's and SQLAlchemy's."""

import psycopg
from sqlalchemy import Connection, Engine, create_engine, make_url


def connect(url: str, **options) -> psycopg.Connection:
    """A psycopg connection; `url` may name a SQLAlchemy driver."""
    return psycopg.connect(libpq_url(url), **options)


def engine(url: str) -> Engine:
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"))


def libpq_url(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def run_script(connection: Connection, script: str) -> None:
    """Runs several statements in the connection's transaction; `%` and `:` mean themselves."""
    connection.connection.driver_connection.execute(script)

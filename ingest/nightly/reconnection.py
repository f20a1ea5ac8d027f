"""Steps of a nightly run that are repeated when the connection to the database is lost."""

import time
from collections.abc import Callable
from typing import TypeVar

import psycopg

from ingest.nightly.publish import never_idle
from warehouse import server
from warehouse.base.actors import CONNECTION_LOST
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.base.errors import ServerDidNotStart

PAUSE_SECONDS = 1.0
Result = TypeVar("Result")


def with_reconnection(settings: Settings, do: Callable[[str], Result]) -> Result:
    """The result of `do` for the URL of the database. Repeats it when the connection is lost."""
    deadline = time.monotonic() + settings.database_wait_seconds
    while True:
        try:
            return do(server.start(settings))
        except (ServerDidNotStart, *CONNECTION_LOST):
            if time.monotonic() > deadline:
                raise
        time.sleep(PAUSE_SECONDS)


def with_connection(settings: Settings, do: Callable[[psycopg.Connection], Result]) -> Result:
    """The result of `do` for a connection to the database. Repeats it when the connection is lost."""

    def connected(url: str) -> Result:
        with connect(url, autocommit=True, options=never_idle(settings)) as connection:
            return do(connection)

    return with_reconnection(settings, connected)

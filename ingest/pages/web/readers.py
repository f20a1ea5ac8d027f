"""The connections of the application, as juesuan_reader: read-only, and fewer than the role may have.

Each query is a transaction of its own.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from warehouse.base.database import libpq_url

# Of the 30 that the role may have, because BI tools need the others. More than processors can serve would only wait.
CONNECTIONS = min(8, 2 * (os.cpu_count() or 1))
WAIT_SECONDS = 5.0  # for a connection, or for the server
# A query is planned once for each connection, for any values: to plan that of mart.check_result takes longer than to
# run it a hundred times.
PREPARED = {"prepare_threshold": 0}
OPTIONS = (
    "-c default_transaction_read_only=on -c statement_timeout=10s -c timezone=Asia/Shanghai"
    " -c plan_cache_mode=force_generic_plan"
)
FOR_ONE_QUERY = """
select set_config('statement_timeout', %s, true), set_config('plan_cache_mode', 'force_custom_plan', true)
"""

Row = Mapping[str, Any]


class Readers:
    """Queries of the application; threads share the connections."""

    def __init__(self, url: str, connections: int = CONNECTIONS) -> None:
        self._pool = ConnectionPool(
            libpq_url(url),
            min_size=1,
            max_size=connections,
            timeout=WAIT_SECONDS,
            kwargs={"autocommit": True, "options": OPTIONS, "application_name": "juesuan serve", **PREPARED},
            check=_check,
            open=False,
        )

    def open(self) -> None:
        self._pool.open()

    def close(self) -> None:
        self._pool.close()

    def rows(self, query: str, **values: Any) -> Sequence[Row]:
        """Raises psycopg.Error; PoolTimeout where no connection is free or the server is not there."""
        with self._pool.connection() as connection:
            return _rows(connection, query, values)

    def several(self, *queries: str, **values: Any) -> list[Sequence[Row]]:
        """The rows of each of the queries, which take of the values what they name, sent together. Raises as `rows`."""
        with self._pool.connection() as connection, connection.pipeline():
            cursors = [connection.cursor(row_factory=dict_row).execute(query, values) for query in queries]
            return [cursor.fetchall() for cursor in cursors]

    def rows_within(self, seconds: float, query: str, **values: Any) -> Sequence[Row]:
        """As `rows`, planned for these values; raises QueryCanceled where the query takes longer."""
        with self._pool.connection() as connection, connection.transaction():
            connection.execute(FOR_ONE_QUERY, [f"{seconds * 1000:.0f}ms"])
            return _rows(connection, query, values)


def _check(connection: Connection[Any]) -> None:
    """Raises psycopg.Error where the server has closed the connection."""
    connection.execute("", prepare=False)


def _rows(connection: Connection[Any], query: str, values: Row) -> Sequence[Row]:
    return connection.cursor(row_factory=dict_row).execute(query, values).fetchall()

"""Readers of one state of the database: it stays the same while a site is written, whatever is published meanwhile."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from psycopg import Connection, Error, IsolationLevel
from psycopg.rows import dict_row

from ingest.pages.web.readers import Readers, Row

KEPT = 256  # answers: a page asks the same in each language, and numbers of a document ask the same of it
# A query of one place, asked of many: its rows come place by place, in its order.
OF_PLACES = """
select asked.place as asked_place, found.*
from unnest(%(places)s::text[]) as asked (place)
cross join lateral ({query}) as found
"""


class Snapshot(Readers):
    """One connection in one transaction; it is used by one thread."""

    def __init__(self, url: str) -> None:
        super().__init__(url, connections=1)
        self._connection: Connection[Any] | None = None
        self._known: dict[str, Sequence[Row]] = {}
        self._document, self._places = 0, frozenset[str]()
        self._of_places: dict[str, dict[str, list[Row]]] = {}

    def open(self) -> None:
        """Raises PoolTimeout where the server is not there."""
        super().open()
        self._connection = self._pool.getconn()
        self._connection.autocommit = False
        self._connection.isolation_level = IsolationLevel.REPEATABLE_READ
        self._connection.execute("set local idle_in_transaction_session_timeout = 0")  # pictures are made meanwhile

    def close(self) -> None:
        if self._connection is not None:
            with suppress(Error):  # the server may have ended it
                self._connection.rollback()
            self._pool.putconn(self._connection)
        super().close()

    def prefetch(self, document: int, places: Sequence[str]) -> None:
        """Queries of one of these places of the document are from now on answered for all of them together."""
        self._document, self._places = document, frozenset(places)
        self._of_places = {}

    def several(self, *queries: str, **values: Any) -> list[Sequence[Row]]:
        named = ({name: values[name] for name in values if f"%({name})s" in query} for query in queries)
        return [self.rows(query, **of_query) for query, of_query in zip(queries, named, strict=True)]

    def rows(self, query: str, **values: Any) -> Sequence[Row]:
        if set(values) == {"document", "place"} and self._is_prefetched(**values):
            return self._of_all_places(query)[values["place"]]
        asked = repr((query, sorted(values.items())))
        if asked not in self._known:
            self._known[asked] = self._fetched(query, values)
            while len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
        return self._known[asked]

    def _is_prefetched(self, document: int, place: str) -> bool:
        return document == self._document and place in self._places

    def _of_all_places(self, query: str) -> dict[str, list[Row]]:
        if query not in self._of_places:
            found: dict[str, list[Row]] = defaultdict(list)
            values = {"document": self._document, "places": sorted(self._places)}
            for row in self._fetched(OF_PLACES.format(query=query.replace("%(place)s", "asked.place")), values):
                found[row["asked_place"]].append({name: row[name] for name in row if name != "asked_place"})
            self._of_places[query] = found
        return self._of_places[query]

    def _fetched(self, query: str, values: Row) -> Sequence[Row]:
        assert self._connection is not None, "it is not open"
        return self._connection.cursor(row_factory=dict_row).execute(query, values).fetchall()

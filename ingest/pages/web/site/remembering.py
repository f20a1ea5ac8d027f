"""Readers that answer a query again without the database: a page asks the same in each language, and numbers of a
document ask the same of it."""

from collections.abc import Sequence
from threading import Lock
from typing import Any

from ingest.pages.web.readers import Readers, Row

KEPT = 256  # answers


class Remembering(Readers):
    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._known: dict[str, Sequence[Row]] = {}
        self._guard = Lock()

    def several(self, *queries: str, **values: Any) -> list[Sequence[Row]]:
        return [self.rows(query, **values) for query in queries]

    def rows(self, query: str, **values: Any) -> Sequence[Row]:
        asked = repr((query, sorted(values.items())))
        with self._guard:
            found = self._known.get(asked)
        if found is None:
            found = super().rows(query, **values)
            with self._guard:
                self._known[asked] = found
                while len(self._known) > KEPT:
                    del self._known[next(iter(self._known))]
        return found

"""What the application answers, asked without a server: each of its routes is a function of a request."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from ingest.errors import IngestError
from ingest.pages.web import answers
from ingest.pages.web.application import application
from ingest.pages.web.evidence import QUERIES, printed_of
from ingest.pages.web.originals import NotAtHand, Originals
from ingest.pages.web.picture_files import page_of
from ingest.pages.web.site.snapshot import Snapshot
from ingest.readers.crops import Band

HOST = ("site.invalid", 80)  # of requests; no page shows it, and a feed has the address that is given


class Number(NamedTuple):
    """What the address of evidence names; numbers of a document and `kind` are asked for by the same queries."""

    document: int
    kind: str
    place: str


class Pages:
    """The application, with what many numbers need made at once."""

    def __init__(self, readers: Snapshot, originals: Originals, address: str | None) -> None:
        self._readers, self._originals = readers, originals
        self._served = application(readers, originals, address, is_site=True)

    def answer(self, address: str) -> Response:
        """Raises HTTPException where there is nothing, psycopg.Error, and NotAtHand or an IngestError of a picture."""
        if picture := page_of(address):
            sha256, number = picture
            return answers.picture(self._originals.picture(sha256, Band(number)))
        scope = _scope(self._served, address)
        for route in self._served.routes:
            match, found = route.matches(scope)
            if match is Match.FULL and isinstance(route, Route):
                answered: Response = route.endpoint(Request({**scope, **found}))
                return answered
        raise HTTPException(404)

    def prefetch(self, document: int, places: Sequence[str]) -> None:
        """What the pages of these numbers ask and show; where the print cannot be shown, its page says why."""
        self._readers.prefetch(document, places)
        bands: dict[str, set[Band]] = defaultdict(set)
        for place in places:
            found = printed_of(self._readers, document, place)
            if found and found.file and found.row_band and self._originals.holds(found.file["sha256"]):
                bands[found.file["sha256"]].add(found.row_band)
        for sha256, of_file in bands.items():
            with suppress(IngestError, NotAtHand):
                self._make(sha256, of_file)

    def _make(self, sha256: str, bands: Iterable[Band]) -> None:
        lines = [band for band in bands if not band.page]
        if lines:
            self._originals.excerpts(sha256, lines)
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as drawing:
            list(drawing.map(partial(self._originals.page, sha256), {band.page for band in bands if band.page}))


def number_of(address: str) -> Number | None:
    """None where the address is another page's."""
    first, document, place = (*unquote(urlsplit(address).path)[1:].split("/", 2), "", "")[:3]
    if first != "evidence":
        return None
    kind = place.partition("/")[0]
    return Number(int(document), kind if kind in QUERIES else "", place)


def _scope(served: Starlette, address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": HOST,
        "path": unquote(parts.path),
        "query_string": parts.query.encode(),
        "headers": [],
        "app": served,
    }

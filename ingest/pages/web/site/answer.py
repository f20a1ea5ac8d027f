"""What the application answers, asked without a server: each of its routes is a function of a request."""

from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from ingest.pages.web.evidence import QUERIES

HOST = ("site.invalid", 80)  # is in no page: feeds have the address that is given


class Number(NamedTuple):
    """What the address of evidence names; numbers of a document and `kind` are asked for by the same queries."""

    document: int
    kind: str
    place: str


def answer(served: Starlette, address: str) -> Response:
    """Raises HTTPException where there is nothing, and psycopg.Error."""
    scope = _scope(served, address)
    for route in served.routes:
        match, found = route.matches(scope)
        if match is Match.FULL and isinstance(route, Route):
            answered: Response = route.endpoint(Request({**scope, **found}))
            return answered
    raise HTTPException(404)


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

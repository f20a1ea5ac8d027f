"""The routes: what each address answers. All answers are to GET and HEAD and change nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from psycopg_pool import PoolTimeout
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingest.errors import IngestError
from ingest.pages.web import answers, browse, listings, queries
from ingest.pages.web.citation import citation
from ingest.pages.web.document import document_of
from ingest.pages.web.evidence import Evidence, Printed, evidence_of, printed_of
from ingest.pages.web.excerpt import excerpt_rows
from ingest.pages.web.guard import Guard
from ingest.pages.web.originals import NotAtHand, Originals
from ingest.pages.web.picture_files import FramedPage, middle_of
from ingest.pages.web.readers import Readers
from ingest.pages.web.words import Words, words_of
from ingest.readers.crops import Band
from warehouse.base.actors import CONNECTION_LOST

log = structlog.get_logger()

PICTURES = ("row", "page")
SERVICE_UNAVAILABLE, NOT_FOUND = 503, 404


def application(readers: Readers, originals: Originals, address: str | None = None, is_site: bool = False) -> Starlette:
    """`readers` are opened when the application starts, and closed when it ends.

    `address` is where it is reached, for the feed; without it that of each request. `is_site`: the pages are made for a
    site of files, which has no search; what its pictures show is drawn by its pages.
    """

    @asynccontextmanager
    async def open_while_serving(_: Starlette) -> AsyncIterator[None]:
        readers.open()
        yield
        readers.close()

    shown = partial(_evidence, readers, originals)
    served = Starlette(
        routes=[
            Route("/evidence/{document:int}/{place:path}", shown, methods=["GET"]),
            Route("/documents/{document:int}", partial(_document, readers), methods=["GET"]),
            Route("/", partial(_newest, readers), methods=["GET"]),
            *browse.routes(readers),
            *(Route(f"/static/{name}", partial(_static, name), methods=["GET"]) for name in answers.STATIC),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={HTTPException: _refused, **dict.fromkeys((PoolTimeout, *CONNECTION_LOST), _unavailable)},
        lifespan=open_while_serving,
    )
    served.router.redirect_slashes = False  # it would send to whatever host a request names
    served.state.address, served.state.is_site = address, is_site
    return served


def _evidence(readers: Readers, originals: Originals, request: Request) -> Response:
    """The page of a number; with `format` json or csv its data, with `picture` row or page the print."""
    named = request.path_params["document"], request.path_params["place"]
    if asked := request.query_params.get("picture"):
        return _picture(printed_of(readers, *named), originals, asked)
    found = evidence_of(readers, *named)
    if found is None:
        raise HTTPException(NOT_FOUND)
    words = words_of(request)
    if asked := request.query_params.get("format"):
        return answers.data(asked, _data(found, words))
    shown = {"evidence": found, "cited": citation(found, words), **_print(request, found, originals, words)}
    return answers.page("evidence.html", words, request, **shown)


def _document(readers: Readers, request: Request) -> Response:
    """The page of a document, or with `format` its data."""
    found = document_of(readers, request.path_params["document"])
    if found is None:
        raise HTTPException(NOT_FOUND)
    if asked := request.query_params.get("format"):
        lists = {
            "headlines": found.headlines,
            "amounts": found.amounts,
            "broken": found.broken,
            "doubts": found.doubts,
        }
        return answers.data(asked, answers.Data(found.about, lists))
    return answers.page("document.html", words_of(request), request, document=found)


def _newest(readers: Readers, request: Request) -> Response:
    documents, places = readers.rows(queries.NEWEST), readers.rows(listings.PLACES_BELOW, place=None)
    if asked := request.query_params.get("format"):
        return answers.data(asked, answers.Data({}, {"documents": documents, "places": places}))
    return answers.page("newest.html", words_of(request), request, documents=documents, places=places)


def _picture(found: Printed | None, originals: Originals, which: str) -> Response:
    if found is None or found.file is None:
        raise HTTPException(NOT_FOUND)
    band = {"row": found.row_band, "page": found.page_band}.get(which)
    return _cut(originals, found.file["sha256"], band)


def _cut(originals: Originals, sha256: str, band: Band | None) -> Response:
    if band is None or band.page is None:
        raise HTTPException(NOT_FOUND)
    try:
        return answers.picture(originals.picture(sha256, band))
    except NotAtHand as error:
        raise HTTPException(NOT_FOUND) from error
    except IngestError as error:
        log.warning("serve.no_picture", sha256=sha256, reason=str(error).splitlines()[0])
        raise HTTPException(NOT_FOUND) from error


def _print(request: Request, found: Evidence, originals: Originals, words: Words) -> dict[str, Any]:
    """How the print is shown: by pictures, by an excerpt, or why it is not."""
    band = found.row_band
    shown: dict[str, Any] = {"pictures": None, "at": None, "framed": None, "excerpt": [], "notice": ""}
    if band is None or found.file is None:
        return shown | {"notice": words("no_place")}
    if not originals.holds(found.file["sha256"]):
        return shown | {"notice": words("not_at_hand")}
    try:
        if not band.page:
            crop = originals.excerpt(found.file["sha256"], band)
        elif request.app.state.is_site:
            page = originals.page(found.file["sha256"], band.page)
            return shown | {"framed": FramedPage.of(found.file["sha256"], page, band)}
        else:
            pictures = {which: answers.with_asked(request, picture=which) for which in PICTURES}
            return shown | {"pictures": pictures, "at": middle_of(band)}
    except NotAtHand:
        return shown | {"notice": words("not_at_hand")}
    except IngestError as error:
        return shown | {"notice": words("not_shown", why=error)}
    return shown | {"excerpt": excerpt_rows(crop.excerpt, found.number["printed"], found.number["column_no"])}


def _data(found: Evidence, words: Words) -> answers.Data:
    one = {"place": found.place, **found.document, **found.number, "citation": citation(found, words)}
    files = [found.file] if found.file else []
    lists = {"file": files, "checks": found.checks, "doubts": found.doubts, "versions": found.versions}
    return answers.Data(one, lists)


def _static(name: str, request: Request) -> Response:
    return answers.static(name)


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
    answer = answers.page("refused.html", words_of(request), request, status, title="not_found", why="not_found_why")
    answer.headers.update(getattr(error, "headers", None) or {})  # which methods are allowed
    return answer


def _unavailable(request: Request, error: Exception) -> Response:
    words = words_of(request)
    return answers.page("refused.html", words, request, SERVICE_UNAVAILABLE, title="unavailable", why="unavailable_why")

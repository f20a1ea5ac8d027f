"""The routes of what leads to numbers: bodies, places, rankings, the search and the feed."""

from functools import partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingest.pages.web import answers, feed
from ingest.pages.web.body import body_of
from ingest.pages.web.lists import Listed, bodies_of, documents_of
from ingest.pages.web.place import place_of
from ingest.pages.web.ranking import GROUP, ranking_of
from ingest.pages.web.readers import Readers
from ingest.pages.web.search import LONGEST, SHORTEST, found_anything, searched, snippet
from ingest.pages.web.words import words_of

NOT_FOUND = 404
ASKED = {"kind": "department_kind", "level": "jurisdiction_level", "scope": "scope"}  # of a ranking


def routes(readers: Readers) -> list[Route]:
    shown = {
        "/documents": _documents,
        "/bodies": _bodies,
        "/bodies/{body:int}": _body,
        "/places/{place}": _place,
        "/compare/{metric}/{year:int}": _ranking,
        "/search": _search,
        "/feed.atom": _feed,
    }
    return [Route(path, partial(answer, readers), methods=["GET"]) for path, answer in shown.items()]


def _documents(readers: Readers, request: Request) -> Response:
    return _list(request, "documents", documents_of(readers, *_asked(request, "page")))


def _bodies(readers: Readers, request: Request) -> Response:
    return _list(request, "bodies", bodies_of(readers, *_asked(request, "page")))


def _list(request: Request, name: str, found: Listed | None) -> Response:
    if found is None:
        raise HTTPException(NOT_FOUND)
    return _sent(request, f"{name}.html", answers.Data(found.about, {name: found.rows}), listed=found)


def _body(readers: Readers, request: Request) -> Response:
    found = body_of(readers, request.path_params["body"])
    if found is None:
        raise HTTPException(NOT_FOUND)
    peers = [value for table in found.tables if table.beside for value in table.beside.values]
    lists = {"documents": found.documents, "values": found.values, "history": found.history, "peers": peers}
    return _sent(request, "body.html", answers.Data(found.about, lists), body=found)


def _place(readers: Readers, request: Request) -> Response:
    code = _without_nul(request.path_params["place"])
    found = place_of(readers, code, *_asked(request, "year", "sort", "page"))
    if found is None:
        raise HTTPException(NOT_FOUND)
    lists = {"values": found.values, "coverage": found.coverage, "below": found.below}
    return _sent(request, "place.html", answers.Data({**found.about, "year": found.year}, lists), place=found)


def _ranking(readers: Readers, request: Request) -> Response:
    metric, year = _without_nul(request.path_params["metric"]), request.path_params["year"]
    asked = {column: request.query_params[name] for name, column in ASKED.items() if name in request.query_params}
    found = ranking_of(readers, metric, year, asked, *_asked(request, "page"))
    if found is None:
        raise HTTPException(NOT_FOUND)
    one = {**found.metric, **{name: found.group[name] for name in ("fiscal_year", *GROUP)}}
    beside = found.beside.values if found.beside else []
    lists = {"ranking": found.rows, "left_out": found.left_out, "groups": found.groups, "beside": beside}
    content = answers.Data(one, lists)
    return _sent(request, "ranking.html", content, ranking=found)


def _search(readers: Readers, request: Request) -> Response:
    (asked,) = (text.strip() for text in _asked(request, "q"))
    parts = searched(readers, asked)
    content = answers.Data({"q": asked}, {part.name: part.hits for part in parts})
    view = {"asked": asked, "parts": parts, "snippet": snippet, "shortest": SHORTEST, "longest": LONGEST}
    return _sent(request, "search.html", content, **view, found=found_anything(parts))


def _feed(readers: Readers, request: Request) -> Response:
    news, base = feed.entries(readers), request.app.state.address or str(request.base_url).rstrip("/")
    view = {"news": news, "base": base, "id": feed.feed_id(base), "updated": feed.updated(news)}
    return answers.atom(words_of(request), **view)


def _sent(request: Request, template: str, content: answers.Data, **view: Any) -> Response:
    """The page, or with `format` its data."""
    if asked := request.query_params.get("format"):
        return answers.data(asked, content)
    return answers.page(template, words_of(request), request, **view)


def _asked(request: Request, *names: str) -> list[str]:
    return [_without_nul(request.query_params.get(name, "")) for name in names]


def _without_nul(text: str) -> str:
    """PostgreSQL takes none; the text is then not found."""
    return text.replace("\0", "\ufffd")

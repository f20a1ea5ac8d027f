"""Middleware of all routes: it refuses requests that are too long or have a body, adds the headers that say what a page
may do, and answers 304 where the browser has the answer already."""

from hashlib import blake2b
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_ADDRESS = 2000  # bytes of path and query
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOUND, NOT_MODIFIED, TOO_LONG, WITH_A_BODY = 200, 304, 414, 413


class Guard:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        started: list[Message] = []

        async def with_headers(message: Message) -> None:
            """Keeps the headers until the body is there, which every answer sends in one message."""
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
                started.append(message)
                return
            for start in started:
                await send(_tagged(start, message, scope))
            started.clear()
            await send(message)

        refused = _refused(scope)
        await (PlainTextResponse("", refused) if refused else self._app)(scope, receive, with_headers)


def _tagged(start: Message, body: Message, scope: Scope) -> Message:
    """The headers with a digest of the body; the body is taken out where the digest is one that the browser has."""
    if start["status"] != FOUND or body.get("more_body"):
        return start
    headers, tag = MutableHeaders(scope=start), f'"{blake2b(body["body"], digest_size=16).hexdigest()}"'
    headers["ETag"] = tag
    known = Headers(scope=scope).get("if-none-match", "")
    if tag in (one.strip().removeprefix("W/") for one in known.split(",")):
        del headers["content-length"], headers["content-type"]
        start["status"], body["body"] = NOT_MODIFIED, b""
    return start


def _refused(scope: Scope) -> int | None:
    """The status of a refusal: nothing is asked for with a body."""
    headers: dict[bytes, Any] = dict(scope["headers"])
    if headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers:
        return WITH_A_BODY
    sent = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
    return TOO_LONG if sent > LONGEST_ADDRESS else None

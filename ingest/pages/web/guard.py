"""Before and behind every answer: requests that are too long are refused, and browsers are told what a page may do."""

from typing import Any

from starlette.datastructures import MutableHeaders
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
TOO_LONG, WITH_A_BODY = 414, 413


class Guard:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refused = _refused(scope)
        await (PlainTextResponse("", refused) if refused else self._app)(scope, receive, with_headers)


def _refused(scope: Scope) -> int | None:
    """The status of a refusal: nothing is asked for with a body."""
    headers: dict[bytes, Any] = dict(scope["headers"])
    if headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers:
        return WITH_A_BODY
    sent = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
    return TOO_LONG if sent > LONGEST_ADDRESS else None

"""A web site on loopback for tests of fetching, with real HTTP over sockets and the faults of real servers.

with serving() as site:
    site.put("/a.pdf", pdf("one"), etag='"1"')
    site.first("/a.pdf", status=503, headers={"Retry-After": "1"})   # the next request only
    site.act("/slow.pdf", drip(pdf("two"), seconds=5))
"""

import hashlib
import socket
import struct
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from urllib.parse import urlsplit

Handler = BaseHTTPRequestHandler
Action = Callable[[Handler], None]


@dataclass(frozen=True, slots=True)
class Request:
    """A request, and when it came (monotonic seconds)."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Site:
    """`requests` are all requests except those for robots.txt, in the order in which they came."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    robots_read: int = 0
    _standing: dict[str, Action] = field(default_factory=dict)
    _first: dict[str, deque[Action]] = field(default_factory=lambda: defaultdict(deque))

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, content: bytes, *, etag: str | None = None, modified: float | None = None, **more) -> None:
        """Serves a file; with an ETag or a time (epoch seconds) also conditionally."""
        self._standing[path] = _file(content, etag, modified and formatdate(modified, usegmt=True), **more)

    def publish(self, path: str, content: bytes, **more) -> None:
        """Serves a file with an ETag that is computed from its content."""
        self.put(path, content, etag=etag_of(content), **more)

    def page(self, path: str, *links: str, html: str = "", **more) -> None:
        """Serves a page with an <a> for each link."""
        anchors = "".join(f'<li><a href="{link}">document</a></li>' for link in links)
        page = f"<html><body><ul>{anchors}</ul>{html}</body></html>".encode()
        self.put(path, page, content_type="text/html; charset=utf-8", **more)

    def answer(self, path: str, status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self._standing[path] = _answer(status, content, headers or {})

    def first(self, path: str, status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> None:
        """Answers only the next request in this way; several calls apply to successive requests."""
        self._first[path].append(_answer(status, content, headers or {}))

    def act(self, path: str, action: Action, *, once: bool = False) -> None:
        if once:
            self._first[path].append(action)
        else:
            self._standing[path] = action

    def remove(self, path: str) -> None:
        self._standing.pop(path, None)

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def serve(self, handler: Handler) -> None:
        path = urlsplit(handler.path).path if handler.path not in self._standing else handler.path
        if path == "/robots.txt":
            self.robots_read += 1
        else:
            self.requests.append(Request(handler.path, dict(handler.headers), time.monotonic()))
        action = self._first[path].popleft() if self._first[path] else self._standing.get(path)
        (action or _answer(404, b"nothing here", {}))(handler)


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Visitor(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            with suppress(BrokenPipeError, ConnectionResetError):  # the client closed the connection
                site.serve(self)

        def log_message(self, *_) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Visitor)
    server.daemon_threads = True
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def pdf(text: str, size: int = 0) -> bytes:
    """Bytes that begin and end as a PDF does; these tests do not read it."""
    return b"%PDF-1.7\n" + text.encode().ljust(size, b" ") + b"\n%%EOF\n"


def etag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def drip(content: bytes, seconds: float, pieces: int = 20, **headers: str) -> Action:
    """Sends the content slowly, in pieces."""

    def action(handler: Handler) -> None:
        _begin(handler, len(content), headers)
        step = max(1, len(content) // pieces)
        for start in range(0, len(content), step):
            handler.wfile.write(content[start : start + step])
            time.sleep(seconds / pieces)

    return action


def stall(content: bytes, seconds: float) -> Action:
    """Sends half of the content and then nothing for `seconds`."""

    def action(handler: Handler) -> None:
        _begin(handler, len(content))
        handler.wfile.write(content[: len(content) // 2])
        time.sleep(seconds)

    return action


def break_off(content: bytes, promised: int) -> Action:
    """Sends fewer bytes than its Content-Length."""

    def action(handler: Handler) -> None:
        _begin(handler, promised)
        handler.wfile.write(content)

    return action


def reset(handler: Handler) -> None:
    """Resets the connection, as a server that crashes does."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    raise ConnectionResetError


def endless(handler: Handler) -> None:
    """Sends data without Content-Length and without end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/pdf")
    handler.end_headers()
    handler.wfile.write(b"%PDF-1.7\n")
    while True:
        handler.wfile.write(b"x" * 65536)


def _begin(handler: Handler, length: int, headers: Mapping[str, str] = MappingProxyType({})) -> None:
    handler.send_response(200)
    for name, value in {"Content-Type": "application/pdf", "Content-Length": str(length), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()


def _answer(status: int, content: bytes, headers: dict[str, str]) -> Action:
    def action(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return action


def _file(
    content: bytes, etag: str | None, modified: str | None, content_type: str = "application/pdf", **more
) -> Action:
    headers = {name: value for name, value in (("ETag", etag), ("Last-Modified", modified)) if value}
    given = {"Content-Type": content_type, **headers, **more.get("headers", {})}

    def action(handler: Handler) -> None:
        asked = handler.headers
        same = asked["If-None-Match"] == etag if asked["If-None-Match"] else asked["If-Modified-Since"] == modified
        if same and (asked["If-None-Match"] or asked["If-Modified-Since"]):
            _answer(304, b"", headers)(handler)
        else:
            _answer(200, content, given)(handler)

    return action

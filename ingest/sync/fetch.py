"""Fetches one address: robots.txt, pauses between requests to a host, request, redirects, retries, archive."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from importlib.metadata import version
from typing import TypeVar

import httpx
import stamina

from ingest.sync import robots
from ingest.sync.addresses import Network, NotPublic
from ingest.sync.archive import Archive
from ingest.sync.content import BrokenOff, Unusable, format_sent, unpacked
from ingest.sync.headers import document_name, retry_after, validator
from ingest.sync.links import LARGEST_PAGE
from ingest.sync.manifest import Manifest
from ingest.sync.politeness import Politeness, Stopped, TooLongAWait
from ingest.sync.results import (
    Attempt,
    Failed,
    Fetched,
    Forgotten,
    Gone,
    Got,
    NotModified,
    Page,
    Passing,
    Refused,
    Validators,
)
from ingest.sync.transport import CheckedTransport, Clock
from ingest.sync.unexpected import reason_of
from ingest.sync.urls import NotAnAddress, host_of, normal, origin_of
from warehouse.base.messages import _
from warehouse.records.sources import ThrownAway

Taken = TypeVar("Taken")
Take = Callable[[httpx.Response, str], Taken]
Obey = Callable[[str], None]
Headers = dict[str, str]
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410)
PASSING = (408, 425, 429, 500, 502, 503, 504)
LONGEST_WAIT = 60.0  # seconds, the longest pause of the exponential back-off


class Fetcher:
    """Shared by the threads of a sync."""

    def __init__(self, manifest: Manifest, archive: Archive, allowed: Sequence[Network], stop: threading.Event):
        self._manifest, self._limits = manifest, manifest.limits
        self._archive, self._allowed, self._stop = archive, allowed, stop
        self._politeness = Politeness(manifest, stop)
        self._rules: dict[str, robots.Robots | Refused] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._in_a_row: Counter[str] = Counter()  # host → consecutive addresses that failed
        contact = f"; {manifest.contact}" if manifest.contact else ""
        self._agent = f"{robots.TOKEN}/{version('juesuan')} (department final accounts{contact})"
        stamina.instrumentation.set_on_retry_hooks([])  # stamina would log each retry; here every attempt becomes a row

    def document(
        self,
        address: str,
        held: Validators | None,
        name: str = "",
        forgotten: Container[str] = (),
        with_pages: bool = False,
    ) -> tuple[Fetched, list[Attempt]]:
        """Fetches a document into the archive; with `held`, validators of the version known, only a changed one.

        Content whose SHA-256 is in `forgotten` is thrown away; a web page is refused, unless it is asked for too.
        """
        headers: Headers = {}
        if held and held.etag:
            headers["If-None-Match"] = held.etag
        if held and held.last_modified:
            headers["If-Modified-Since"] = held.last_modified
        kept = partial(self._kept, address=address, name=name, forgotten=forgotten, with_pages=with_pages)
        return self._outcome(address, kept, headers)

    def page(self, address: str) -> tuple[Page | NotModified | Gone | Failed, list[Attempt]]:
        """A listing page, whole and in memory."""

        def read(response: httpx.Response, final: str) -> Page:
            content = b"".join(self._body(response, min(self._limits.max_bytes, LARGEST_PAGE)))
            return Page(content, final, response.headers.get("content-type", ""))

        return self._outcome(address, read, {})

    def _outcome(
        self, address: str, take: Take[Taken], headers: Headers
    ) -> tuple[Taken | NotModified | Gone | Failed, list[Attempt]]:
        attempts: list[Attempt] = []
        host = host_of(address)
        if self._in_a_row[host] >= self._limits.failures_in_a_row:
            reason = _("left for another night: {in_a_row} addresses of {host} failed one after another").format(
                in_a_row=self._in_a_row[host], host=host
            )
            return Failed(reason), [Attempt(reason=reason)]
        try:
            result = self._tried(address, take, headers, attempts, self._obey)
        except Refused as refused:
            self._in_a_row[host] = self._in_a_row[host] + 1 if isinstance(refused, Passing) else 0
            return Gone(str(refused)) if refused.status in GONE else Failed(str(refused)), attempts
        except Exception as error:
            return Failed(reason_of(error)), attempts or [Attempt(reason=reason_of(error))]
        self._in_a_row[host] = 0
        return result, attempts

    def _tried(
        self, address: str, take: Take[Taken], headers: Headers, attempts: list[Attempt], obey: Obey
    ) -> Taken | NotModified:
        """The result of `take` on the response, with retries. Raises Refused when they are used up or of no use."""
        pause = self._limits.backoff_seconds
        trials = stamina.retry_context(
            _is_worth_another,
            attempts=self._limits.attempts,
            timeout=None,
            wait_initial=pause,
            wait_jitter=pause,
            wait_max=LONGEST_WAIT,
        )
        for trial in trials:
            with trial, _noted(attempts) as attempt:
                return self._followed(address, take, headers, attempt, obey)
        raise AssertionError("the last attempt raises")

    def _followed(
        self, address: str, take: Take[Taken], headers: Headers, attempt: Attempt, obey: Obey
    ) -> Taken | NotModified:
        for _hop in range(self._limits.redirects + 1):
            obey(address)
            with self._exchange(address, headers, attempt) as response:
                target = response.headers.get("location") if response.status_code in REDIRECTS else None
                if target is None:
                    return self._judged(response, address, take, headers)
            try:
                address = normal(target, address)
            except NotAnAddress as error:
                raise Refused(_("leads to an address that {error}").format(error=error)) from None
        raise Refused(_("leads on more than {redirects} times").format(redirects=self._limits.redirects))

    @contextmanager
    def _exchange(self, address: str, headers: Headers, attempt: Attempt) -> Iterator[httpx.Response]:
        """One request when the host may be asked again. Network errors become Refused or Passing."""
        try:
            with self._politeness.turn(host_of(address)):
                clock, began = Clock(self._limits), time.monotonic()
                try:
                    with self._sent(address, headers, clock, attempt) as response:
                        yield response
                finally:
                    attempt.seconds += time.monotonic() - began
        except TooLongAWait as error:
            raise Refused(str(error)) from None

    @contextmanager
    def _sent(self, address: str, headers: Headers, clock: Clock, attempt: Attempt) -> Iterator[httpx.Response]:
        ours = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "identity", **headers}
        try:  # no httpx.Client: it parses redirects itself and keeps cookies
            request = httpx.Request("GET", address, headers=ours)
            with (
                CheckedTransport(self._allowed, clock, self._limits) as transport,
                closing(transport.handle_request(request)) as response,
            ):
                attempt.status = response.status_code
                try:
                    yield response
                finally:
                    attempt.bytes += response.num_bytes_downloaded
        except NotPublic as error:
            raise Refused(str(error)) from None
        except httpx.TimeoutException:
            raise Passing(clock.why()) from None
        except (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL) as error:
            raise Refused(str(error)) from None
        except httpx.TransportError as error:
            raise _broken(error) from None

    def _judged(
        self, response: httpx.Response, address: str, take: Take[Taken], headers: Headers
    ) -> Taken | NotModified:
        status = response.status_code
        said = f"{status} {response.reason_phrase}".strip()[:80]
        if status == 200:
            return _usable(lambda: take(response, address))
        if status == 304 and headers:
            return NotModified()
        if status not in PASSING:
            raise Refused(said, status)
        passing = Passing(said, status)
        if (seconds := retry_after(response)) is not None:
            passing.waits = True
            try:
                self._politeness.postpone(host_of(address), seconds)
            except TooLongAWait as error:
                raise Refused(f"{said}: {error}", status) from None
        raise passing

    def _kept(
        self,
        response: httpx.Response,
        final: str,
        address: str,
        name: str,
        forgotten: Container[str],
        with_pages: bool,
    ) -> Got | Forgotten:
        said = response.headers.get("content-type", "")
        with self._archive.receive() as incoming:
            for piece in self._body(response, self._limits.max_bytes):
                incoming.write(piece)
            sent = format_sent(incoming.ends(), said, with_pages)
            marks = Validators(validator(response, "etag"), validator(response, "last-modified"))
            if incoming.sha256 in forgotten:
                return Forgotten(ThrownAway(incoming.sha256, marks.etag, marks.last_modified))
            archived = incoming.keep()
        named = document_name(response, address, name, sent)
        return Got(archived, named, sent.media_types[0], marks, final, said)

    def _body(self, response: httpx.Response, most: int) -> Iterator[bytes]:
        """The decompressed content in pieces. Raises Unusable above `most` bytes, compressed or decompressed."""
        too_large = Unusable(_("is larger than {most:,} bytes").format(most=most))
        if int(response.headers.get("content-length", 0)) > most:
            raise too_large
        size = 0
        for piece in unpacked(response.iter_raw(), response.headers.get("content-encoding", "")):
            size += len(piece)
            if max(size, response.num_bytes_downloaded) > most:
                raise too_large
            if self._stop.is_set():
                raise Stopped
            yield piece

    def _obey(self, address: str) -> None:
        """Raises Refused where the host's robots.txt forbids the address, or cannot be read."""
        origin = origin_of(address)
        with self._locks.setdefault(origin, threading.Lock()):
            if origin not in self._rules:
                self._rules[origin] = self._robots(origin)
        rules = self._rules[origin]
        if isinstance(rules, Refused):
            raise Refused(_("robots.txt cannot be read: {rules}").format(rules=rules))
        if not rules.allows(httpx.URL(address).raw_path.decode("ascii")):
            raise Refused(_("robots.txt forbids it"))

    def _robots(self, origin: str) -> robots.Robots | Refused:
        """The rules of a host. A missing robots.txt (4xx) allows everything, a server error nothing (RFC 9309)."""

        def read(response: httpx.Response, _: str) -> robots.Robots:
            content = b""
            for piece in self._body(response, self._limits.max_bytes):
                content += piece
                if len(content) >= robots.LARGEST:
                    break
            return robots.parse(content)

        try:
            rules = self._tried(f"{origin}robots.txt", read, {}, [], lambda address: None)
        except Refused as refused:
            unavailable = refused.status is not None and 400 <= refused.status < 500 and refused.status != 429
            return robots.ALLOW_ALL if unavailable else refused
        except Exception as error:  # kept, so that no other address of the host asks for it again
            return Refused(reason_of(error))
        assert not isinstance(rules, NotModified)  # 304 answers a conditional request, and this one is unconditional
        if rules.delay:
            self._politeness.crawl_delay(host_of(origin), rules.delay)
        return rules


@contextmanager
def _noted(attempts: list[Attempt]) -> Iterator[Attempt]:
    attempt = Attempt()
    attempts.append(attempt)
    try:
        yield attempt
    except Refused as refused:
        attempt.reason = str(refused)
        raise
    except Exception as error:
        attempt.reason = reason_of(error)
        raise


def _is_worth_another(error: Exception) -> bool | float:
    """Whether stamina tries again: True after its back-off, 0.0 at once, where `Politeness.turn` waits instead."""
    return isinstance(error, Passing) and (0.0 if error.waits else True)


def _usable(take: Callable[[], Taken]) -> Taken:
    try:
        return take()
    except Unusable as error:
        raise Refused(str(error)) from None
    except BrokenOff as error:
        raise Passing(str(error)) from None


def _broken(error: httpx.TransportError) -> Refused:
    """A network error: Refused for a bad certificate, which a retry does not help; Passing for any other."""
    said = str(error).strip()[:200] or type(error).__name__
    if isinstance(error, httpx.ConnectError):
        return (
            Refused(_("cannot be trusted: {said}").format(said=said))
            if "CERTIFICATE" in said
            else Passing(_("cannot connect: {said}").format(said=said))
        )
    return Passing(_("the connection broke off: {said}").format(said=said))

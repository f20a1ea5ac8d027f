"""Limits the load on publishers' servers: a pause between requests, few in parallel, and the pauses a host asks for."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ingest.sync.manifest import Manifest
from warehouse.base.messages import _


class Stopped(Exception):
    """The sync is ending; no further request may begin."""


class TooLongAWait(Exception):
    """A host asks for a longer pause than the manifest allows. Its documents are left for the next sync."""


@dataclass(slots=True)
class _Host:
    connections: threading.Semaphore
    next_at: float = 0.0  # on the monotonic clock
    lock: threading.Lock = field(default_factory=threading.Lock)


class Politeness:
    """The waiting rules of one sync, shared by its threads."""

    def __init__(self, manifest: Manifest, stop: threading.Event):
        self._manifest, self._stop = manifest, stop
        self._hosts: dict[str, _Host] = {}
        self._delays: dict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Waits until a request to `host` may begin, and counts it as running inside the context.

        A redirect is a new turn, so a thread never waits for a turn while it holds one.
        """
        entry = self._entry(host)
        with entry.connections:
            self._pause(self._reserve(host, entry))
            yield

    def crawl_delay(self, host: str, seconds: float) -> None:
        """Sets the interval of `host` to the Crawl-delay of its robots.txt, if that is longer."""
        self._delays[host] = seconds

    def postpone(self, host: str, seconds: float) -> None:
        """Delays all requests to `host`, as its Retry-After asks. Raises TooLongAWait."""
        self._refuse_long(seconds)
        entry = self._entry(host)
        with entry.lock:
            entry.next_at = max(entry.next_at, time.monotonic() + seconds)

    def _entry(self, host: str) -> _Host:
        with self._lock:
            if host not in self._hosts:
                self._hosts[host] = _Host(threading.Semaphore(self._manifest.manners(host).connections))
            return self._hosts[host]

    def _reserve(self, host: str, entry: _Host) -> float:
        """Reserves the next free time slot and returns the seconds until it begins."""
        with entry.lock:
            now = time.monotonic()
            at = max(now, entry.next_at)
            self._refuse_long(at - now)
            entry.next_at = at + max(self._manifest.manners(host).interval_seconds, self._delays[host])
            return at - now

    def _refuse_long(self, seconds: float) -> None:
        longest = self._manifest.limits.longest_wait_seconds
        if seconds > longest:
            raise TooLongAWait(
                _("the host asks for a pause of {seconds:.0f} s, more than the {longest:g} s granted").format(
                    seconds=seconds, longest=longest
                )
            )

    def _pause(self, seconds: float) -> None:
        if self._stop.wait(seconds) if seconds > 0 else self._stop.is_set():
            raise Stopped

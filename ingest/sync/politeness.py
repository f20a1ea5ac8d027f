"""Nobody's server is hurried: a pause between two requests to a host, few at once, and pauses it asks for."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ingest.sync.manifest import Manifest


class Stopped(Exception):
    """The sync ends; no further request is begun."""


class TooLongAWait(Exception):
    """A host asks for a longer pause than the manifest grants; it is asked again another night."""


@dataclass(slots=True)
class _Host:
    places: threading.Semaphore
    next_at: float = 0.0  # on the monotonic clock
    lock: threading.Lock = field(default_factory=threading.Lock)


class Politeness:
    """One for a whole sync; its turns are taken by many threads."""

    def __init__(self, manifest: Manifest, stop: threading.Event):
        self._manifest, self._stop = manifest, stop
        self._hosts: dict[str, _Host] = {}
        self._delays: dict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Waits until `host` may be asked once more. One turn is one request, redirects are others:
        a thread that holds a turn never waits for another's."""
        entry = self._entry(host)
        with entry.places:
            self._pause(self._book(host, entry))
            yield

    def crawl_delay(self, host: str, seconds: float) -> None:
        """What its robots.txt asks for, if that is more than our own interval."""
        self._delays[host] = seconds

    def postpone(self, host: str, seconds: float) -> None:
        """Nobody asks `host` before that: Retry-After. Raises TooLongAWait."""
        self._refuse_long(seconds)
        entry = self._entry(host)
        with entry.lock:
            entry.next_at = max(entry.next_at, time.monotonic() + seconds)

    def _entry(self, host: str) -> _Host:
        with self._lock:
            if host not in self._hosts:
                self._hosts[host] = _Host(threading.Semaphore(self._manifest.manners(host).connections))
            return self._hosts[host]

    def _book(self, host: str, entry: _Host) -> float:
        """Takes the next free moment and says how many seconds it is away."""
        with entry.lock:
            now = time.monotonic()
            at = max(now, entry.next_at)
            self._refuse_long(at - now)
            entry.next_at = at + max(self._manifest.manners(host).interval_seconds, self._delays[host])
            return at - now

    def _refuse_long(self, seconds: float) -> None:
        longest = self._manifest.limits.longest_wait_seconds
        if seconds > longest:
            raise TooLongAWait(f"the host asks for a pause of {seconds:.0f} s, more than the {longest:g} s granted")

    def _pause(self, seconds: float) -> None:
        if self._stop.wait(seconds) if seconds > 0 else self._stop.is_set():
            raise Stopped

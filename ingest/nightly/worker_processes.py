"""Several worker processes on this machine: started, watched, started again when one dies."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

MODULE = "ingest.nightly"
NO_DATABASE = 75  # EX_TEMPFAIL, exit status of a worker: the database did not come back in time
POLL_SECONDS = 1.0
RESTARTS = 50  # deaths of one worker's processes before its place stays empty
WATCH_SECONDS = 0.2


class Place:
    """The place of one worker: at most one process at a time."""

    def __init__(self, until_empty: bool):
        self.command = [sys.executable, "-m", MODULE, *(["--until-empty"] if until_empty else [])]
        self.deaths = 0
        self.start()

    def start(self) -> None:
        self.process, self.restart_at = subprocess.Popen(self.command), 0.0

    def is_over(self) -> bool:
        """Whether the work of this place ended; a process that died is followed by another one."""
        status = self.process.poll()
        if status is None:
            return False
        if status in (0, NO_DATABASE) or self.deaths >= RESTARTS:
            return True
        self._follow()
        return False

    def _follow(self) -> None:
        if not self.restart_at:
            self.deaths, self.restart_at = self.deaths + 1, time.monotonic() + POLL_SECONDS
        elif time.monotonic() >= self.restart_at:
            self.start()


def work(jobs: int, until_empty: bool, watch: Callable[[], None] = lambda: None) -> bool:
    """Runs `jobs` workers until all have ended; a signal ends them after the file at hand. `watch` is called often.

    Returns False where a worker did not come to its end: the database did not come back, or it died too often.
    """
    places = [Place(until_empty) for _ in range(jobs)]
    stopping = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)
        for place in places:
            if place.process.poll() is None:
                place.process.terminate()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        while not all(_has_ended(place, bool(stopping)) for place in places):
            watch()
            time.sleep(WATCH_SECONDS)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return all(place.process.returncode == 0 for place in places)


def _has_ended(place: Place, is_stopping: bool) -> bool:
    return place.process.poll() is not None if is_stopping else place.is_over()

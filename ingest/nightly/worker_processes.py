"""Starts several worker processes on this machine, watches them and restarts those that die."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

MODULE = "ingest.nightly"
NO_DATABASE = 75  # EX_TEMPFAIL, exit status of a worker: the database did not come back in time
POLL_SECONDS = 1.0
RESTARTS = 50  # restarts of one worker before it is given up
WATCH_SECONDS = 0.2


class WorkerProcess:
    """One worker: a process, and the one that replaces it when it dies."""

    def __init__(self, until_empty: bool, converted: Path | None = None):
        self.command = [sys.executable, "-m", MODULE, *(["--until-empty"] if until_empty else [])]
        self.command += ["--converted", str(converted)] if converted else []
        self.deaths = 0
        self.start()

    def start(self) -> None:
        self.process, self.restart_at = subprocess.Popen(self.command), 0.0

    def is_over(self) -> bool:
        """Whether the worker has ended. Restarts it if its process died."""
        status = self.process.poll()
        if status is None:
            return False
        if status in (0, NO_DATABASE) or self.deaths >= RESTARTS:
            return True
        self._restart()
        return False

    def _restart(self) -> None:
        if not self.restart_at:
            self.deaths, self.restart_at = self.deaths + 1, time.monotonic() + POLL_SECONDS
        elif time.monotonic() >= self.restart_at:
            self.start()


def work(jobs: int, until_empty: bool, watch: Callable[[], None] = lambda: None, converted: Path | None = None) -> bool:
    """Runs `jobs` workers until all have ended. A signal ends each after its current file. `watch` is called often.

    `converted` is the folder of what LibreOffice made for them.
    Returns False if a worker gave up, because the database did not come back or because it died too often.
    """
    workers = [WorkerProcess(until_empty, converted) for _ in range(jobs)]
    stopping = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)
        for worker in workers:
            if worker.process.poll() is None:
                worker.process.terminate()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        while not all(_has_ended(worker, bool(stopping)) for worker in workers):
            watch()
            time.sleep(WATCH_SECONDS)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return all(worker.process.returncode == 0 for worker in workers)


def _has_ended(worker: WorkerProcess, is_stopping: bool) -> bool:
    return worker.process.poll() is not None if is_stopping else worker.is_over()

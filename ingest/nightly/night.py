"""One nightly run: fetch, queue, read until the queue is empty, verify, report.

Every step can be repeated, so that the run continues after a lost connection to the database.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

import psycopg

from ingest.nightly import worker_processes
from ingest.nightly.publish import make_public, never_idle
from ingest.version import parser_version
from warehouse import server
from warehouse.base import locks
from warehouse.base.actors import CONNECTION_LOST
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.base.errors import AnotherNight, ServerDidNotStart
from warehouse.base.mart_tables import facts
from warehouse.work import jobs, newest_files, runs
from warehouse.work.runs import Problem

OK, SOME_FAILED, ANOTHER_NIGHT, NOT_IN_ORDER, MACHINE_FAILED = 0, 1, 3, 4, 5
ANALYZED = (
    "warehouse.amount",
    "warehouse.parse",
    "warehouse.stated_figure",
    "warehouse.check_result",
    *(f"mart.{name}" for name in facts()),
)
PAUSE_SECONDS = 1.0
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Notice:
    """An event worth reporting that is no error. `what`: changed, vanished, returned, current again, listing, parts;
    `subject`: the address or file.
    """

    what: str
    subject: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The result of a sync: documents by outcome, answers by HTTP status, files to read, notices, and failures."""

    counts: dict[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    files: tuple[jobs.File, ...] = ()
    notices: tuple[Notice, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Night:
    """The report of a run. `measures` are those of this run, `before` those of the run before; amounts in 万元."""

    run_id: int
    manifest: str
    seconds: float
    exit_status: int
    fetched: Fetched
    read: dict[str, int]
    measures: dict[str, Decimal]
    before: dict[str, Decimal]
    problems: tuple[Problem, ...]


class NightLock:
    """Holds the advisory lock of the nightly run in a session of its own. Raises AnotherNight if it is taken."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.connection: psycopg.Connection | None = None

    def __enter__(self) -> "NightLock":
        self.hold()
        return self

    def __exit__(self, *_: object) -> None:
        if self.connection is not None:
            self.connection.close()

    def hold(self) -> None:
        """Takes the lock; takes it again if the connection was lost."""
        if self.connection is not None and _answers(self.connection):
            return
        self.connection = with_reconnection(self.settings, lambda url: connect(url, autocommit=True))
        if not locks.take_for_session(self.connection, locks.NIGHT):
            self.connection.close()
            raise AnotherNight


def night(
    settings: Settings,
    manifest: str,
    fetch: Callable[[str], Fetched],
    worker_count: int | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Night:
    """Does one nightly run and stores its report. `fetch` gets the URL of the database. Raises AnotherNight."""
    began = time.monotonic()
    with NightLock(settings) as lock:
        run_id = _with(settings, lambda connection: runs.start(connection, manifest))
        fetched = with_reconnection(settings, fetch)
        lock.hold()
        _with(settings, lambda connection: _queue(connection, fetched, run_id))
        left = _with(settings, lambda connection: jobs.open_jobs(connection, parser_version()))
        all_ended = not left or worker_processes.work(
            worker_count or os.cpu_count() or 1, until_empty=True, watch=watch
        )
        lock.hold()
        restored = _with(settings, newest_files.restore)
        with_reconnection(settings, lambda url: make_public(url, settings))
        _with(settings, _analyze)
        fetched = replace(fetched, notices=(*fetched.notices, *map(_current_again, restored)))
        return _with(settings, lambda connection: _report(connection, run_id, manifest, fetched, all_ended, began))


def with_reconnection(settings: Settings, do: Callable[[str], Result]) -> Result:
    """The result of `do` for the URL of the database. Repeats it when the connection is lost."""
    deadline = time.monotonic() + settings.database_wait_seconds
    while True:
        try:
            return do(server.start(settings))
        except (ServerDidNotStart, *CONNECTION_LOST):
            if time.monotonic() > deadline:
                raise
        time.sleep(PAUSE_SECONDS)


def _with(settings: Settings, do: Callable[[psycopg.Connection], Result]) -> Result:
    def connected(url: str) -> Result:
        with connect(url, autocommit=True, options=never_idle(settings)) as connection:
            return do(connection)

    return with_reconnection(settings, connected)


def _answers(connection: psycopg.Connection) -> bool:
    try:
        connection.execute("select 1")
    except CONNECTION_LOST:
        return False
    return True


def _queue(connection: psycopg.Connection, fetched: Fetched, run_id: int) -> None:
    """Queues the new files, those that wait from earlier nights, and those read by another version of the parser."""
    version = parser_version()
    jobs.enqueue(connection, fetched.files, version, run_id)
    jobs.enqueue(connection, jobs.to_reread(connection, version), version, run_id)


def _current_again(restored: newest_files.Restored) -> Notice:
    return Notice("current again", restored.address)


def _analyze(connection: psycopg.Connection) -> None:
    """Updates the planner's statistics."""
    connection.execute(f"analyze {', '.join(ANALYZED)}")


def _report(
    connection: psycopg.Connection, run_id: int, manifest: str, fetched: Fetched, all_ended: bool, began: float
) -> Night:
    problems = (*fetched.problems, *runs.not_loaded(connection, run_id), *runs.violations(connection))
    if waiting := jobs.open_jobs(connection, parser_version()):
        problems = (*problems, Problem("machine", "queue", f"{waiting} files were left for another night"))
    if not all_ended:
        problems = (*problems, Problem("machine", "workers", "did not come to their end: see their log"))
    read, measures = runs.readings(connection, run_id), runs.state(connection)
    status, before = exit_status(problems), runs.previous_measures(connection, run_id)
    counts = _measures(fetched=fetched.counts, answer=fetched.answers, read=read)
    runs.end(connection, run_id, status, counts | measures, problems)
    seconds = time.monotonic() - began
    return Night(run_id, manifest, seconds, status, fetched, read, measures, before, problems)


def _measures(**counts: dict[str, int]) -> dict[str, Decimal]:
    """`fetched: new`, `answer: 304`, `read: loaded` …"""
    return {f"{what}: {name}": Decimal(number) for what, named in counts.items() for name, number in named.items()}


def exit_status(problems: tuple[Problem, ...]) -> int:
    """The exit status of the most severe problem; 0 without any."""
    kinds = {problem.kind for problem in problems}
    if "audit" in kinds:
        return NOT_IN_ORDER
    if kinds & {"machine", "postponed"}:
        return MACHINE_FAILED
    return SOME_FAILED if kinds else OK

"""One nightly run: fetch, queue, read until the queue is empty, verify, report.

Every step can be repeated, so that the run continues after a lost connection to the database.
"""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import psycopg

from ingest.isolation import each_made_ahead
from ingest.nightly import worker_processes
from ingest.nightly.attempt import archived
from ingest.nightly.exit_statuses import MACHINE_FAILED, NOT_IN_ORDER, OK, SOME_FAILED
from ingest.nightly.night_lock import NightLock
from ingest.nightly.publish import make_public
from ingest.nightly.read_files import limits_of, reading_version
from ingest.nightly.reconnection import with_connection, with_reconnection
from ingest.readers.office_program.conversions import conversions
from warehouse.base.config import Settings
from warehouse.base.mart_tables import facts
from warehouse.base.messages import N_, _
from warehouse.schema.this_version import require_this_version
from warehouse.work import jobs, newest_files, runs, verification
from warehouse.work.runs import Held, NotPublic, Problem
from warehouse.work.verification import Verified

ANALYZED = (
    "warehouse.amount",
    "warehouse.parse",
    "warehouse.stated_figure",
    "warehouse.check_result",
    *(f"mart.{name}" for name in facts()),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """An event worth reporting that is no error. `what`: changed, vanished, returned, current again, listing, parts,
    place; `subject`: the address or file.
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
    """The report of a run. `measures` are those of this run, `before` those of the run before; `held` are readings that
    it held, `held_before` counts those of earlier runs; `not_public` is what its manifest expects and is not there."""

    run_id: int
    manifest: str
    seconds: float
    exit_status: int
    fetched: Fetched
    read: dict[str, int]
    measures: dict[str, Decimal]
    before: dict[str, Decimal]
    problems: tuple[Problem, ...]
    held: tuple[Held, ...] = ()
    held_before: int = 0
    not_public: tuple[NotPublic, ...] = ()
    verified: Verified | None = None


def night(
    settings: Settings,
    manifest: str,
    fetch: Callable[[str], Fetched],
    worker_count: int | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Night:
    """Does one nightly run and stores its report. `fetch` gets the URL of the database. Raises AnotherNight, and
    NightTooLong, which is stored; NoWarehouse and NotThisVersion before anything begins."""
    began = time.monotonic()
    with_connection(settings, require_this_version)
    with NightLock(settings, manifest) as lock:
        run_id = with_connection(settings, lambda connection: runs.start(connection, manifest))
        fetched = with_reconnection(settings, fetch)
        lock.hold()
        queued = with_connection(settings, lambda connection: _queue(connection, fetched, run_id))
        left = with_connection(settings, lambda connection: jobs.open_jobs(connection, reading_version()))
        all_ended = not left or _work(settings, queued, worker_count or os.cpu_count() or 1, watch)
        lock.hold()
        restored = with_connection(settings, newest_files.restore)
        with_reconnection(settings, lambda url: make_public(url, settings))
        with_connection(settings, _analyze)
        fetched = replace(fetched, notices=(*fetched.notices, *map(_current_again, restored)))
        verified = with_connection(
            settings, lambda connection: verification.verify(connection, settings.verify_all_days)
        )
        return with_connection(
            settings, lambda connection: _report(connection, run_id, manifest, fetched, verified, all_ended, began)
        )


def _queue(connection: psycopg.Connection, fetched: Fetched, run_id: int) -> list[jobs.File]:
    """Queues the new files, those that wait from earlier nights, and those read by another version of the parser.

    Returns them all.
    """
    version = reading_version()
    jobs.enqueue(connection, fetched.files, version, run_id)
    others = jobs.to_reread(connection, version)
    jobs.enqueue(connection, others, version, run_id)
    return [*fetched.files, *others]


def _work(settings: Settings, queued: Iterable[jobs.File], workers: int, watch: Callable[[], None]) -> bool:
    """Runs the workers; what LibreOffice has to make for them it makes before, in few starts."""
    with tempfile.TemporaryDirectory(prefix="juesuan-converted-") as folder:
        conversions.share(Path(folder))
        paths = (archived(settings.archive_folder, file.sha256) for file in queued)
        for _ in each_made_ahead(paths, limits_of(settings)):
            watch()
        conversions.share(None)
        return worker_processes.work(workers, until_empty=True, watch=watch, converted=Path(folder))


def _current_again(restored: newest_files.Restored) -> Notice:
    return Notice(N_("current again"), restored.address)


def _analyze(connection: psycopg.Connection) -> None:
    """Updates the planner's statistics."""
    connection.execute(f"analyze {', '.join(ANALYZED)}")


def _report(
    connection: psycopg.Connection,
    run_id: int,
    manifest: str,
    fetched: Fetched,
    verified: Verified,
    all_ended: bool,
    began: float,
) -> Night:
    problems = (*fetched.problems, *runs.not_loaded(connection, run_id), *runs.violations(verified.violations))
    if waiting := jobs.open_jobs(connection, reading_version()):
        problems = (
            *problems,
            Problem("machine", "queue", _("{waiting} files were left for another night").format(waiting=waiting)),
        )
    if not all_ended:
        problems = (*problems, Problem("machine", "workers", _("did not come to their end: see their log")))
    read, measures = runs.readings(connection, run_id), runs.state(connection)
    status, before = exit_status(problems), runs.previous_measures(connection, run_id)
    held, not_public = tuple(runs.held(connection, run_id)), tuple(runs.not_public(connection, manifest))
    held_before = runs.count_held(connection) - len(held)
    counts = _measures(
        fetched=fetched.counts,
        answer=fetched.answers,
        read=read,
        held={"tonight": len(held), "before": held_before},
        expected=Counter(one.status for one in not_public),
    )
    runs.end(connection, run_id, status, counts | measures | verified.measures, problems)
    seconds = time.monotonic() - began
    return Night(
        run_id,
        manifest,
        seconds,
        status,
        fetched,
        read,
        measures,
        before,
        problems,
        held,
        held_before,
        not_public,
        verified,
    )


def _measures(**counts: dict[str, int]) -> dict[str, Decimal]:
    """`fetched: new`, `answer: 304`, `read: loaded`, `held: tonight`, `expected: late` …"""
    return {f"{what}: {name}": Decimal(number) for what, named in counts.items() for name, number in named.items()}


def exit_status(problems: tuple[Problem, ...]) -> int:
    """The exit status of the most severe problem; 0 without any."""
    kinds = {problem.kind for problem in problems}
    if "audit" in kinds:
        return NOT_IN_ORDER
    if kinds & {"machine", "postponed"}:
        return MACHINE_FAILED
    return SOME_FAILED if kinds else OK

"""Ingests many files: each is read in a process of its own, then loaded in a transaction of its own. A bad file does
not stop the others."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psycopg

from ingest.errors import ForgottenFile, HeldBack, IngestError, LoadRefused
from ingest.isolation import Limits, extract_isolated, stop_reading
from ingest.readers.parts import Part
from warehouse.base.actors import Actor, who_must_act
from warehouse.base.config import Settings
from warehouse.base.errors import MachineError, WarehouseError
from warehouse.load.bulk import Rebuilt, rebuild
from warehouse.load.document import Loaded, load
from warehouse.load.tombstones import Forgotten, forbidding, tombstones
from warehouse.publish import refresh
from warehouse.records.reading import Extraction

MOST_JOBS = 64
IN_THIS_PROCESS = 0  # value of `jobs` for a debugger; the limits do not apply then

Read = Extraction | IngestError


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one file: `loaded`, or `error`, one line that says why not."""

    path: Path
    extraction: Extraction | None = None
    loaded: Loaded | None = None
    error: IngestError | None = None


def ingest(
    connection: psycopg.Connection,
    paths: Iterable[Path],
    done: Callable[[Path], None] = lambda path: None,
    jobs: int = 1,
    limits: Limits | None = None,
    attachments: Sequence[Part] = (),
) -> Iterator[Outcome]:
    """Read `jobs` files at a time and load them one after another, in their order; `done` is called after each.

    `attachments` are the other files of one disclosure, of which `paths` names the main file alone. All of them become
    public at the end, also if the caller stops iterating. Database errors whose actor is the machine are raised;
    documents loaded before become public with the next ingest or `juesuan db refresh`.
    """
    try:
        for path, read in read_each(paths, jobs, limits, attachments):
            yield Outcome(path, error=read) if isinstance(read, IngestError) else _loaded(connection, path, read)
            done(path)
    except (GeneratorExit, KeyboardInterrupt):
        refresh.refresh_stale(connection)
        raise
    refresh.refresh_stale(connection)


def ingest_in_bulk(
    connection: psycopg.Connection,
    paths: Iterable[Path],
    done: Callable[[Path], None] = lambda path: None,
    jobs: int = 1,
    limits: Limits | None = None,
    attachments: Sequence[Part] = (),
) -> tuple[Rebuilt, list[IngestError]]:
    """Fill an empty warehouse in one transaction. Returns what was loaded, and why the rest was not.

    `attachments` as in `ingest`. Raises WarehouseNotEmpty and database errors; nothing is loaded then.
    """
    failed: list[IngestError] = []
    forgotten = tombstones(connection)

    def readable() -> Iterator[Extraction]:
        for path, read in read_each(paths, jobs, limits, attachments):
            if isinstance(read, IngestError):
                failed.append(read)
            elif forbids := forbidding(forgotten, read.source):
                failed.append(ForgottenFile(path.name, cause=forbids))
            else:
                yield read
            done(path)

    rebuilt = rebuild(connection, readable())
    refused = (LoadRefused(source.name, cause=cause) for source, cause in rebuilt.refused)
    held_back = (HeldBack(source.name, cause=cause) for source, cause in rebuilt.held_back)
    return rebuilt, [*failed, *refused, *held_back]


def default_jobs() -> int:
    """The number of cores available to this process, at most 4, because with more the loading is the bottleneck."""
    return min(4, len(os.sched_getaffinity(0)))


def limits_of(settings: Settings) -> Limits:
    return Limits(
        settings.max_memory_mb, settings.max_seconds, settings.max_pages, must_confine=settings.require_confinement
    )


def _loaded(connection: psycopg.Connection, path: Path, extraction: Extraction) -> Outcome:
    try:
        return Outcome(path, extraction, load(connection, extraction, refresh=False))
    except Forgotten as error:
        return Outcome(path, error=ForgottenFile(path.name, cause=error.tombstone))
    except psycopg.DatabaseError as error:
        if connection.closed or who_must_act(error) is Actor.MACHINE:  # the batch cannot continue
            raise
        return Outcome(path, error=LoadRefused(path.name, cause=str(error).strip().splitlines()[0]))
    except MachineError:
        raise
    except WarehouseError as error:  # a fault of the project that this document shows
        return Outcome(path, error=LoadRefused(path.name, cause=error))


def read_each(
    paths: Iterable[Path], jobs: int, limits: Limits | None = None, attachments: Sequence[Part] = ()
) -> Iterator[tuple[Path, Read]]:
    """Each file with what was read of it or why not, in their order; `jobs` of them are read at a time."""
    if jobs == IN_THIS_PROCESS:
        from ingest.pipeline import extract  # otherwise only the reading processes need it

        return ((path, _attempt(extract, path, attachments=attachments)) for path in paths)
    return _ahead(paths, limits or limits_of(Settings()), jobs, attachments)


def _ahead(
    paths: Iterable[Path], limits: Limits, jobs: int, attachments: Sequence[Part]
) -> Iterator[tuple[Path, Read]]:
    """Reads the next files while one is loaded. At most 2 × jobs are in memory."""
    waiting = iter(paths)
    begun: deque[tuple[Path, Future[Read]]] = deque()
    pool = ThreadPoolExecutor(jobs)
    try:
        while True:
            for path in islice(waiting, 2 * jobs - 1 - len(begun)):
                reading = pool.submit(_attempt, extract_isolated, path, limits=limits, attachments=attachments)
                begun.append((path, reading))
            if not begun:
                return
            path, future = begun.popleft()
            yield path, future.result()
    finally:
        if begun:  # the caller stopped early: readings in progress are no longer needed
            stop_reading()
        pool.shutdown(cancel_futures=True)


def _attempt(read: Callable[..., Extraction], path: Path, **settings: object) -> Read:
    try:
        return read(path, **settings)
    except IngestError as error:
        return error

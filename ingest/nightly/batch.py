"""Ingests many files: each is read in a process of its own, then loaded in a transaction of its own. A bad file does
not stop the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from ingest.errors import ForgottenFile, HeldBack, IngestError, LoadRefused
from ingest.isolation import Limits
from ingest.nightly.read_files import FileRead, read_each
from ingest.readers.parts import Part
from warehouse.base.actors import Actor, who_must_act
from warehouse.base.errors import MachineError, WarehouseError
from warehouse.load.bulk import Rebuilt, rebuild
from warehouse.load.document import Loaded, load
from warehouse.load.tombstones import Forgotten, forbidding, tombstones
from warehouse.publish import refresh
from warehouse.records.reading import Extraction

MOST_JOBS = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one file, or one disclosure of an archive: `loaded`, or `error`, one line that says why not."""

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
        for given, files in read_each(paths, jobs, limits, attachments):
            for one in files:
                yield _outcome(connection, one)
            done(given)
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

    def to_load(one: FileRead) -> Extraction | None:
        if isinstance(one.read, IngestError):
            failed.append(one.read)
        elif forbids := forbidding(forgotten, one.read.source):
            failed.append(ForgottenFile(one.path.name, cause=forbids))
        else:
            return one.read
        return None

    def readable() -> Iterator[Extraction]:
        for given, files in read_each(paths, jobs, limits, attachments):
            yield from filter(None, map(to_load, files))
            done(given)

    rebuilt = rebuild(connection, readable())
    refused = (LoadRefused(source.name, cause=cause) for source, cause in rebuilt.refused)
    held_back = (HeldBack(source.name, cause=cause) for source, cause in rebuilt.held_back)
    return rebuilt, [*failed, *refused, *held_back]


def _outcome(connection: psycopg.Connection, one: FileRead) -> Outcome:
    if isinstance(one.read, IngestError):
        return Outcome(one.path, error=one.read)
    return _loaded(connection, one.path, one.read)


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

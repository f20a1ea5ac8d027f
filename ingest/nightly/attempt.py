"""One attempt at one file of the archive: read it, load it, write down what came of it.

Three things can end an attempt. A fault of the document is a conclusion: it is written once and not tried
again. A fault of the machine does not count and is tried again later. Whatever else happens, a crash
of the reading process or of this one, counts, and the third time the file is put into quarantine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import psycopg

from ingest import errors
from ingest.isolation import extract_isolated
from ingest.nightly.batch import limits_of
from ingest.version import parser_version
from warehouse.base.actors import Actor, who_must_act
from warehouse.base.config import Settings
from warehouse.base.database import connect, one_value
from warehouse.base.errors import MachineError, Superseded, WarehouseError
from warehouse.load.document import Outcome, load
from warehouse.load.gate import Gate
from warehouse.records.reading import Extraction
from warehouse.work import newest_files, readings
from warehouse.work.readings import Attempt, Why

# The reader's end rather than its word about the document; the next attempt may fare better.
BROKEN_OFF = (errors.BeyondLimits, errors.ReaderCrashed, errors.FileChanged, errors.ReaderFailed)
ENDED = (errors.IngestError, WarehouseError, psycopg.Error, OSError)


class TryAgain(Exception):
    """The attempt came to no conclusion; the queue hands the file out again."""

    def __init__(self, retry_at: datetime):
        self.retry_at = retry_at
        super().__init__(f"again at {retry_at:%H:%M:%S}")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the machine that ended an attempt."""

    attempt: Attempt
    why: Why


@dataclass(slots=True)
class Desk:
    """Where a worker works. `unrecorded` are faults that could not be written down: the database was gone."""

    url: str
    settings: Settings
    unrecorded: list[Fault]

    @contextmanager
    def session(self, name: str = "juesuan worker") -> Iterator[psycopg.Connection]:
        """A connection whose locks do not stop other workers for long; `name` is its application_name."""
        stalled = round(self.settings.stalled_seconds * 1000)
        limits = {
            "idle_in_transaction_session_timeout": stalled,
            "lock_timeout": 2 * stalled,
            "statement_timeout": 4 * stalled,
        }
        options = " ".join(f"-c {name}={milliseconds}" for name, milliseconds in limits.items())
        with connect(
            self.url, autocommit=True, connect_timeout=10, options=options, application_name=name
        ) as connection:
            yield connection


def ingest_archived(desk: Desk, sha256: str) -> None:
    """Reads the file and loads it, unless there is a conclusion about it already.

    Raises TryAgain, Superseded, and the database's error where the database is gone.
    """
    with desk.session() as connection:
        attempt = readings.begin(connection, sha256, parser_version())
    if attempt is None:
        return
    try:
        _read_and_load(desk, attempt)
    except Superseded:
        raise
    except BROKEN_OFF as error:
        _break_off(desk, attempt, error)
    except ENDED as error:
        if _is_of_the_machine(error):
            _put_off(desk, Fault(attempt, said(error, attempt)))
        else:
            _give_up(desk, attempt, error)


def _is_of_the_machine(error: Exception) -> bool:
    if isinstance(error, psycopg.Error):
        return who_must_act(error) is Actor.MACHINE
    return isinstance(error, (errors.MachineError, MachineError, OSError))


def record(desk: Desk) -> None:
    """Writes down the faults of the time the database was gone."""
    with desk.session() as connection:
        for fault in desk.unrecorded:
            readings.note_fault(connection, fault.attempt, fault.why)
    desk.unrecorded.clear()


def said(error: Exception, attempt: Attempt) -> Why:
    """The first line of the error, without the name of the file, which the reading has already."""
    text = str(error).strip() or type(error).__name__
    archived_as = attempt.sha256[2:]
    line = text.splitlines()[0].removeprefix(f"{archived_as}: ").replace(archived_as, attempt.name)
    return Why(line, type(error).__name__)


def archived(archive: Path, sha256: str) -> Path:
    """Where `ingest.sync.archive` keeps a file; said again here, so that no worker loads what fetching needs."""
    return archive / sha256[:2] / sha256[2:]


def _read_and_load(desk: Desk, attempt: Attempt) -> None:
    extraction = _read(desk, attempt)
    with desk.session(attempt.session_name) as connection, connection.transaction():
        loaded = load(connection, extraction, Gate(desk.settings.gate_drop_share), refresh=False)
        if loaded.outcome in (Outcome.NEW_VERSION, Outcome.REPARSED):
            newest_files.restore(connection, [loaded.slot_id])
        status = "held" if loaded.outcome is Outcome.HELD else "loaded"
        readings.conclude(connection, attempt, status, loaded.outcome.value, Why(loaded.reason))


def _read(desk: Desk, attempt: Attempt) -> Extraction:
    path, limits = archived(desk.settings.archive_folder, attempt.sha256), limits_of(desk.settings)
    address = attempt.address if (attempt.address or "").startswith(("http:", "https:")) else None
    extraction = extract_isolated(path, limits, address)  # a path of some machine is no source for the public
    if extraction.source.sha256 != attempt.sha256:
        raise errors.NotTheFile(attempt.name)
    return replace(extraction, source=replace(extraction.source, name=attempt.name))


def _give_up(desk: Desk, attempt: Attempt, error: Exception) -> None:
    if isinstance(error, psycopg.Error):
        error = errors.LoadRefused(attempt.sha256[2:], cause=str(error).strip().splitlines()[0])
    with desk.session() as connection:
        readings.conclude(connection, attempt, "failed", why=said(error, attempt))


def _break_off(desk: Desk, attempt: Attempt, error: Exception) -> None:
    """Raises TryAgain, unless it was the last attempt."""
    with desk.session() as connection:
        status = readings.break_off(connection, attempt, said(error, attempt))
        if status is None:
            raise Superseded(attempt.sha256)
        if status == "waiting":
            raise TryAgain(_later(connection, desk.settings.retry_seconds))


def _put_off(desk: Desk, fault: Fault) -> None:
    """Raises TryAgain, later each time, until the file has to wait for another night."""
    desk.unrecorded.append(fault)
    with desk.session() as connection:
        noted = readings.note_fault(connection, fault.attempt, fault.why)
        desk.unrecorded.remove(fault)
        if noted is None:
            raise Superseded(fault.attempt.sha256)
        status, faults = noted
        if status == "waiting":
            raise TryAgain(_later(connection, desk.settings.retry_seconds * 2 ** (faults - 1)))


def _later(connection: psycopg.Connection, seconds: float) -> datetime:
    """By the clock of the database, which is the one the queue goes by."""
    return one_value(connection.execute("select now() + %s * interval '1 second'", [seconds]))

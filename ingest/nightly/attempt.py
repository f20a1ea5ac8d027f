"""One attempt at one file of the archive: read it, load it, record the result.

An attempt can fail in three ways. A fault of the document is final: it is recorded and not tried again. A fault of the
machine is not counted and is tried again later. Any other failure, such as a crash of the reading process or of the
worker, is counted, and the third one puts the file into quarantine.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

import psycopg
import structlog

from ingest import errors
from ingest.isolation import Pages, PicturesWait, extract_isolated, unconfined
from ingest.nightly.read_files import kept_pages, limits_of, reading_version, recognise_packed
from ingest.readers import is_archive
from ingest.readers.parts import Part, web_address
from warehouse.base.actors import Actor, who_must_act
from warehouse.base.config import Settings
from warehouse.base.database import connect, one_value
from warehouse.base.errors import MachineError, Superseded, WarehouseError
from warehouse.base.messages import _
from warehouse.base.store import store_of
from warehouse.load.document import Outcome, load
from warehouse.load.gate import Gate
from warehouse.load.tombstones import tombstones
from warehouse.records.reading import Extraction, parts_list
from warehouse.work import jobs, newest_files, readings
from warehouse.work.readings import Attempt, Reason

# Errors that end the reading process instead of saying something about the document; another attempt may succeed.
BROKEN_OFF = (errors.BeyondLimits, errors.ReaderCrashed, errors.FileChanged, errors.ReaderFailed)
ENDED = (errors.IngestError, WarehouseError, psycopg.Error, OSError)
log = structlog.get_logger()


class TryAgain(Exception):
    """The attempt ended without a result; `queue`, or the same, hands the file out again at `retry_at`."""

    def __init__(self, retry_at: datetime, queue: str | None = None):
        self.retry_at, self.queue = retry_at, queue
        super().__init__(_("again at {retry_at:%H:%M:%S}").format(retry_at=retry_at))


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the machine that ended an attempt."""

    attempt: Attempt
    why: Reason


@dataclass(slots=True)
class WorkerContext:
    """Database, settings and state of one worker. `unrecorded` are faults that wait until the database is back."""

    url: str
    settings: Settings
    unrecorded: list[Fault]

    @contextmanager
    def session(self, name: str = "juesuan worker") -> Iterator[psycopg.Connection]:
        """A connection with timeouts, so that its locks do not block other workers. `name` is its application_name."""
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


def ingest_archived(context: WorkerContext, sha256: str) -> None:
    """Reads the file and loads it, unless a result is recorded for it already.

    Raises TryAgain, Superseded, and psycopg's error where the connection is lost.
    """
    with context.session() as connection:
        attempt = readings.begin(connection, sha256, reading_version())
    if attempt is None:
        return
    try:
        _try(context, attempt)
    except Superseded:
        if not _is_forgotten(context, sha256):
            raise


def _try(context: WorkerContext, attempt: Attempt) -> None:
    try:
        _read_and_load(context, attempt)
    except Superseded:
        raise
    except PicturesWait as waiting:
        _let_wait(context, attempt, waiting.pictures)
    except BROKEN_OFF as error:
        _break_off(context, attempt, error)
    except ENDED as error:
        if _is_of_the_machine(error):
            _put_off(context, Fault(attempt, said(error, attempt)))
        else:
            _give_up(context, attempt, error)


def _is_of_the_machine(error: Exception) -> bool:
    if isinstance(error, psycopg.Error):
        return who_must_act(error) is Actor.MACHINE
    return isinstance(error, (errors.MachineError, MachineError, OSError))


def _is_forgotten(context: WorkerContext, sha256: str) -> bool:
    """Whether the file was forgotten while it was read: then there is no reading whose result could be written."""
    with context.session() as connection:
        return sha256 in tombstones(connection)


def record(context: WorkerContext) -> None:
    """Records the faults that happened while the database was not reachable."""
    with context.session() as connection:
        for fault in context.unrecorded:
            readings.note_fault(connection, fault.attempt, fault.why)
    context.unrecorded.clear()


def said(error: Exception, attempt: Attempt) -> Reason:
    """The first line of the error. A file's name in the archive is replaced by its original name, at the beginning
    removed where only one file is read."""
    text = str(error).strip() or type(error).__name__
    line = text.splitlines()[0].removeprefix(f"{attempt.sha256[2:]}: ")
    names = {attempt.sha256: attempt.name} | {part.sha256: part.file_name for part in attempt.parts}
    for sha256, name in names.items():
        line = line.replace(sha256[2:], name)
    return Reason(line, type(error).__name__)


def archived(archive: Path, sha256: str) -> Path:
    """The path of a file in the archive, as in `ingest.sync.archive`, which would import an HTTP client here."""
    return archive / sha256[:2] / sha256[2:]


@contextmanager
def at_hand(settings: Settings, sha256s: Iterable[str]) -> Iterator[Path]:
    """A folder that has these files as the archive has them, while they are needed.

    Those that are not on this machine are brought from the store into a folder that is removed afterwards.
    """
    store = store_of(settings)
    if store is None:
        yield settings.archive_folder
        return
    with tempfile.TemporaryDirectory(prefix="juesuan-brought-") as folder:
        for sha256 in sha256s:
            here, there = archived(settings.archive_folder, sha256), archived(Path(folder), sha256)
            if here.is_file():
                there.parent.mkdir(parents=True, exist_ok=True)
                there.symlink_to(here)
            elif not there.exists():
                store.bring(sha256, there)
        yield Path(folder)


def _read_and_load(context: WorkerContext, attempt: Attempt) -> None:
    extraction = _read(context, attempt)
    with context.session(attempt.session_name) as connection, connection.transaction():
        loaded = load(connection, extraction, Gate(context.settings.gate_drop_share), refresh=False)
        if loaded.outcome in (Outcome.NEW_VERSION, Outcome.REPARSED):
            newest_files.restore(connection, [loaded.slot_id])
        status = "held" if loaded.outcome is Outcome.HELD else "loaded"
        readings.conclude(connection, attempt, status, loaded.outcome.value, Reason(loaded.reason))


def _read(context: WorkerContext, attempt: Attempt) -> Extraction:
    wanted = {attempt.sha256, *(part.sha256 for part in attempt.parts)}
    with at_hand(context.settings, wanted) as archive:
        main, *attachments = files_of(archive, attempt)
        pages = Pages(kept_pages(context.settings), partial(_reached, context, attempt))
        if is_archive(main.path) and (recognised := recognise_packed(main, limits_of(context.settings), pages)):
            raise errors.ScansRecognised(main.name, pages=recognised)
        extraction = extract_isolated(main.path, limits_of(context.settings), main.url, attachments, pages)
    _warn_of(unconfined())
    if extraction.source.identity != attempt.sha256:
        raise errors.NotTheFile(attempt.name)
    return replace(extraction, source=replace(extraction.source, name=main.name))


def files_of(archive: Path, attempt: Attempt) -> list[Part]:
    """The file to read, or the files of which it is the list. Raises NotTheFile where the archive holds another list.

    Only a list that a sync recorded is taken for one: a publisher could publish a text that looks like it.
    """
    if not attempt.parts:
        return [Part(archived(archive, attempt.sha256), attempt.name, web_address(attempt.address))]
    if len(attempt.parts) > 1 and archived(archive, attempt.sha256).read_bytes() != parts_list(attempt.parts):
        raise errors.NotTheFile(attempt.name)
    files = ((archived(archive, part.sha256), part) for part in attempt.parts)
    return [Part(path, part.file_name, web_address(part.address)) for path, part in files]


def _reached(context: WorkerContext, attempt: Attempt, done: int, of: int) -> None:
    """Notes how many pages are recognised. Raises PicturesWait where the file has to wait before the next one."""
    if attempt.pictures is None:
        raise PicturesWait(of)
    with context.session() as connection:
        readings.note_pages(connection, attempt, done, of)
        others_wait = jobs.is_due(connection, jobs.queue_name(attempt.parser_version))
    log.info("scan.pages", file=attempt.name, recognised=done, of=of)
    if others_wait and done < of:
        raise PicturesWait(of)


def _let_wait(context: WorkerContext, attempt: Attempt, pictures: int) -> None:
    """Raises TryAgain, or Superseded."""
    with context.session() as connection:
        readings.wait_for_pictures(connection, attempt, pictures)
        raise TryAgain(_later(connection, 0), jobs.scans_name(attempt.parser_version))


@cache  # logged once per worker
def _warn_of(respects: tuple[str, ...]) -> None:
    if respects:
        log.warning("reader.not_confined", respects=respects)


def _give_up(context: WorkerContext, attempt: Attempt, error: Exception) -> None:
    if isinstance(error, psycopg.Error):
        error = errors.LoadRefused(attempt.sha256[2:], cause=str(error).strip().splitlines()[0])
    with context.session() as connection:
        readings.conclude(connection, attempt, "failed", why=said(error, attempt))


def _break_off(context: WorkerContext, attempt: Attempt, error: Exception) -> None:
    """Records a counted failure. Raises TryAgain unless it was the last attempt."""
    with context.session() as connection:
        status = readings.break_off(connection, attempt, said(error, attempt))
        if status is None:
            raise Superseded(attempt.sha256)
        if status == "waiting":
            raise TryAgain(_later(connection, context.settings.retry_seconds))


def _put_off(context: WorkerContext, fault: Fault) -> None:
    """Records a fault of the machine. Raises TryAgain with a growing delay, or leaves the file for the next night."""
    context.unrecorded.append(fault)
    with context.session() as connection:
        noted = readings.note_fault(connection, fault.attempt, fault.why)
        context.unrecorded.remove(fault)
        if noted is None:
            raise Superseded(fault.attempt.sha256)
        status, faults = noted
        if status == "waiting":
            raise TryAgain(_later(connection, context.settings.retry_seconds * 2 ** (faults - 1)))


def _later(connection: psycopg.Connection, seconds: float) -> datetime:
    """A time by the clock of the database, which the queue uses."""
    return one_value(connection.execute("select now() + %s * interval '1 second'", [seconds]))

"""The table warehouse.reading: the result of reading each file, one per file and parser version.

It is the record of what was read; the queue only decides which worker reads next. Attempts at a file are numbered, and
only the newest attempt may write the result. So a worker that was suspended while another took the file over writes
nothing.
"""

from dataclasses import dataclass, replace

from psycopg import Connection

from warehouse.base.database import one_value
from warehouse.base.errors import Superseded, UnknownReading
from warehouse.base.messages import _
from warehouse.records.reading import WITH_PICTURES
from warehouse.records.sources import SourcePart
from warehouse.work import sources

ATTEMPTS = 3  # after that many attempts without a result (the worker crashed) a file is put into quarantine
WITHOUT_PAGE = "(reading.attempts - coalesce(reading.got_on, 0))"  # attempts since one recognised another page
FAULTS = 5  # after that many faults of the machine in one nightly run a file is postponed to the next

BEGIN = """
update warehouse.reading set status = 'reading', attempts = attempts + 1, started_at = clock_timestamp()
where sha256 = %(sha256)s and parser_version = %(parser_version)s and status in ('waiting', 'reading')
returning sha256, parser_version, attempts, source_name, address, pictures
"""
# A file that became a part of a disclosure of several after it was queued is read as a part only.
DROP_PART = """
delete from warehouse.reading
where sha256 = %(sha256)s and parser_version = %(parser_version)s and status in ('waiting', 'reading') and (
    select bool_and(file.counts_as = 'part') from warehouse.source_file as file where file.sha256 = reading.sha256
)
"""
# Sessions of earlier attempts are ended: one suspended inside a COPY is not ended by any timeout, and holds locks that
# the new attempt needs.
END_EARLIER = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and starts_with(application_name, %s)
"""
THIS_ATTEMPT = """
where sha256 = %(sha256)s and parser_version = %(parser_version)s and status = 'reading' and attempts = %(number)s
"""
CONCLUDE = f"""
update warehouse.reading set status = %(status)s, outcome = %(outcome)s, reason = %(reason)s, error = %(error)s,
    ended_at = clock_timestamp()
{THIS_ATTEMPT} returning true
"""
BREAK_OFF = f"""
update warehouse.reading set reason = %(reason)s, error = %(error)s,
    status = case when {WITHOUT_PAGE} < {ATTEMPTS} then 'waiting' else 'quarantined' end,
    ended_at = case when {WITHOUT_PAGE} < {ATTEMPTS} then null else clock_timestamp() end
{THIS_ATTEMPT} returning status
"""
FAULT = f"""
update warehouse.reading set reason = %(reason)s, error = %(error)s, attempts = attempts - 1, faults = faults + 1,
    status = case when faults + 1 < {FAULTS} then 'waiting' else 'postponed' end,
    ended_at = case when faults + 1 < {FAULTS} then null else clock_timestamp() end
{THIS_ATTEMPT} returning status, faults
"""
WAIT_FOR_PICTURES = f"""
update warehouse.reading set status = 'waiting', attempts = attempts - 1, pictures = greatest(%(pictures)s, pictures),
    recognised = coalesce(recognised, 0)
{THIS_ATTEMPT} returning true
"""
NOTE_PAGES = f"""
update warehouse.reading set pictures = greatest(%(pictures)s, pictures),
    got_on = case when %(recognised)s > coalesce(recognised, 0) then attempts else got_on end,
    recognised = greatest(%(recognised)s, recognised)
{THIS_ATTEMPT} returning true
"""
HAS_FAILED = """
select exists (
    select from warehouse.reading
    where sha256 = %s and parser_version like %s and status in ('failed', 'quarantined')
)
"""
RELEASE = """
update warehouse.reading set status = 'postponed', attempts = 0, faults = 0, got_on = null, ended_at = clock_timestamp()
where starts_with(sha256, %s) and status = 'quarantined' returning sha256, source_name, address
"""
FIND = "select distinct sha256 from warehouse.reading where starts_with(sha256, %s)"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at reading one file; `number` counts from 1. `parts` are the files that a list of parts names."""

    sha256: str
    parser_version: str
    number: int
    name: str
    address: str | None = None
    pictures: int | None = None  # pages to recognise; None as long as no picture was met
    parts: tuple[SourcePart, ...] = ()

    @property
    def key(self) -> dict[str, str | int]:
        return {"sha256": self.sha256, "parser_version": self.parser_version, "number": self.number}

    @property
    def session_name(self) -> str:
        """The application_name of its database sessions; PostgreSQL allows 63 bytes."""
        return f"{_session_prefix(self.sha256)}{self.number}"


def begin(connection: Connection, sha256: str, parser_version: str) -> Attempt | None:
    """Begins a new attempt and ends the sessions of earlier ones.

    None where the file has a result already, was forgotten, or is not to be read by itself. In one transaction: an
    attempt whose connection is lost before it reads is not counted.
    """
    asked = {"sha256": sha256, "parser_version": parser_version}
    with connection.transaction():
        connection.execute(DROP_PART, asked)
        row = connection.execute(BEGIN, asked).fetchone()
        if row is None:
            return None
        connection.execute(END_EARLIER, [_session_prefix(sha256)])
        return replace(Attempt(*row), parts=tuple(sources.parts_of(connection, sha256)))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an attempt failed or its reading is held: a sentence, and the name of the error class."""

    reason: str | None = None
    error: str | None = None

    @property
    def values(self) -> dict[str, str | None]:
        return {"reason": self.reason, "error": self.error}


NO_REASON = Reason()


def conclude(
    connection: Connection, attempt: Attempt, status: str, outcome: str | None = None, why: Reason = NO_REASON
) -> None:
    """Writes the result: loaded, held or failed. Raises Superseded where a later attempt has begun."""
    values = {"status": status, "outcome": outcome} | why.values
    if connection.execute(CONCLUDE, attempt.key | values).fetchone() is None:
        raise Superseded(attempt.sha256)


def break_off(connection: Connection, attempt: Attempt, why: Reason) -> str | None:
    """Records an attempt without a result: the file waits again, or is quarantined after ATTEMPTS attempts.

    Returns the new status; None where a later attempt has begun.
    """
    row = connection.execute(BREAK_OFF, attempt.key | why.values).fetchone()
    return row[0] if row else None


def note_fault(connection: Connection, attempt: Attempt, why: Reason) -> tuple[str, int] | None:
    """Records a fault of the machine; the attempt is not counted. Returns (waiting or postponed, faults so far)."""
    return connection.execute(FAULT, attempt.key | why.values).fetchone()


def wait_for_pictures(connection: Connection, attempt: Attempt, pictures: int) -> None:
    """Records that so many pages are to be recognised, later: the attempt is not counted. Raises Superseded."""
    if connection.execute(WAIT_FOR_PICTURES, attempt.key | {"pictures": pictures}).fetchone() is None:
        raise Superseded(attempt.sha256)


def note_pages(connection: Connection, attempt: Attempt, recognised: int, pictures: int) -> None:
    """Records how many pages are recognised; those of an earlier attempt count. Raises Superseded."""
    values = attempt.key | {"recognised": recognised, "pictures": pictures}
    if connection.execute(NOTE_PAGES, values).fetchone() is None:
        raise Superseded(attempt.sha256)


def has_failed(connection: Connection, sha256: str) -> bool:
    """Whether pictures could be recognised when the file was read, and nothing of it was loaded."""
    return bool(one_value(connection.execute(HAS_FAILED, [sha256, f"%{WITH_PICTURES}"])))


def release(connection: Connection, sha256: str) -> list[tuple[str, str, str | None]]:
    """Takes files out of quarantine: (sha256, name, address) of each. `sha256` may be the beginning of the hash.

    Raises UnknownReading where no file in quarantine has it.
    """
    released = connection.execute(RELEASE, [sha256]).fetchall()
    if not released:
        known = connection.execute(FIND, [sha256]).fetchone()
        raise UnknownReading(_("{sha256} is not in quarantine").format(sha256=sha256) if known else sha256)
    return released


def _session_prefix(sha256: str) -> str:
    return f"juesuan {sha256[:40]} "

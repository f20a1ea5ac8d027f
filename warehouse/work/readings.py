"""What became of each file that was to be read: one conclusion per file and version of the parser.

The queue only says who works next; this table says what is so. An attempt is numbered, and only the
newest attempt may write its conclusion: a worker that slept while another took over writes nothing.
"""

from dataclasses import dataclass

from psycopg import Connection

from warehouse.base.errors import Superseded, UnknownReading

ATTEMPTS = 3  # after as many attempts that ended without a conclusion a file is put into quarantine
FAULTS = 5  # after as many faults of the machine in one night a file waits for the next

BEGIN = """
update warehouse.reading set status = 'reading', attempts = attempts + 1, started_at = clock_timestamp()
where sha256 = %(sha256)s and parser_version = %(parser_version)s and status in ('waiting', 'reading')
returning sha256, parser_version, attempts, source_name, address
"""
# A session that sleeps inside a COPY heeds no timeout, and its locks stop whoever takes over.
END_EARLIER = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and starts_with(application_name, %s)
"""
OURS = """
where sha256 = %(sha256)s and parser_version = %(parser_version)s and status = 'reading' and attempts = %(number)s
"""
CONCLUDE = f"""
update warehouse.reading set status = %(status)s, outcome = %(outcome)s, reason = %(reason)s, error = %(error)s,
    ended_at = clock_timestamp()
{OURS} returning true
"""
BROKEN_OFF = f"""
update warehouse.reading set reason = %(reason)s, error = %(error)s,
    status = case when attempts < {ATTEMPTS} then 'waiting' else 'quarantined' end,
    ended_at = case when attempts < {ATTEMPTS} then null else clock_timestamp() end
{OURS} returning status
"""
FAULT = f"""
update warehouse.reading set reason = %(reason)s, error = %(error)s, attempts = attempts - 1, faults = faults + 1,
    status = case when faults + 1 < {FAULTS} then 'waiting' else 'postponed' end,
    ended_at = case when faults + 1 < {FAULTS} then null else clock_timestamp() end
{OURS} returning status, faults
"""
RELEASE = """
update warehouse.reading set status = 'postponed', attempts = 0, faults = 0, ended_at = clock_timestamp()
where starts_with(sha256, %s) and status = 'quarantined' returning sha256, source_name, address
"""
FIND = "select distinct sha256 from warehouse.reading where starts_with(sha256, %s)"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at reading one file; `number` counts from 1."""

    sha256: str
    parser_version: str
    number: int
    name: str
    address: str | None = None

    @property
    def key(self) -> dict[str, str | int]:
        return {"sha256": self.sha256, "parser_version": self.parser_version, "number": self.number}

    @property
    def session_name(self) -> str:
        """What its sessions call themselves, within PostgreSQL's 63 bytes."""
        return f"{_session_prefix(self.sha256)}{self.number}"


def begin(connection: Connection, sha256: str, parser_version: str) -> Attempt | None:
    """A new attempt, which supersedes every earlier one and ends its sessions; None where all is concluded."""
    row = connection.execute(BEGIN, {"sha256": sha256, "parser_version": parser_version}).fetchone()
    if row is None:
        return None
    connection.execute(END_EARLIER, [_session_prefix(sha256)])
    return Attempt(*row)


@dataclass(frozen=True, slots=True)
class Why:
    """Why an attempt came to nothing: in words, and the name of the error."""

    reason: str | None = None
    error: str | None = None

    @property
    def values(self) -> dict[str, str | None]:
        return {"reason": self.reason, "error": self.error}


NOTHING_WRONG = Why()


def conclude(
    connection: Connection, attempt: Attempt, status: str, outcome: str | None = None, why: Why = NOTHING_WRONG
) -> None:
    """Writes the conclusion: loaded, held or failed. Raises Superseded where another attempt has begun."""
    values = {"status": status, "outcome": outcome} | why.values
    if connection.execute(CONCLUDE, attempt.key | values).fetchone() is None:
        raise Superseded(attempt.sha256)


def break_off(connection: Connection, attempt: Attempt, why: Why) -> str | None:
    """The attempt ended without a conclusion: waiting again, or quarantined after the last one.

    Returns the new status, None where another attempt has begun.
    """
    row = connection.execute(BROKEN_OFF, attempt.key | why.values).fetchone()
    return row[0] if row else None


def note_fault(connection: Connection, attempt: Attempt, why: Why) -> tuple[str, int] | None:
    """The machine was at fault, the attempt does not count: (waiting or postponed, faults so far)."""
    return connection.execute(FAULT, attempt.key | why.values).fetchone()


def release(connection: Connection, sha256: str) -> list[tuple[str, str, str | None]]:
    """Takes files out of quarantine, to be queued again: (sha256, name, address). A prefix of the hash will do.

    Raises UnknownReading where no file in quarantine begins so.
    """
    released = connection.execute(RELEASE, [sha256]).fetchall()
    if not released:
        known = connection.execute(FIND, [sha256]).fetchone()
        raise UnknownReading(f"{sha256} is not in quarantine" if known else sha256)
    return released


def _session_prefix(sha256: str) -> str:
    return f"juesuan {sha256[:40]} "

"""Publishes or rejects the readings that the gate holds, as a person decided."""

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.base import locks
from warehouse.base.database import one_row
from warehouse.base.errors import NotHeld
from warehouse.load import identity, versions
from warehouse.load.origin import in_force, origins
from warehouse.publish import refresh
from warehouse.records.reading import Profile
from warehouse.work import newest_files

LISTED = """
select held.parse_id, version.version_id as document_id, version.source_name, version.sha256, parse.department,
    parse.fiscal_year, held.held_at, held.reason,
    exists (
        select from warehouse.withdrawal
        where withdrawal.version_id = version.version_id and withdrawal.undone_at is null
    ) as is_withdrawn
from warehouse.held_parse as held
join warehouse.parse using (parse_id)
join warehouse.document_version as version using (version_id)
where held.decision is null
order by held.held_at, held.parse_id
"""
FILE = """
select version.version_id, version.sha256, parse.parser_version
from warehouse.held_parse
join warehouse.parse using (parse_id)
join warehouse.document_version as version using (version_id)
where parse_id = %s and decision is null
"""
PROFILE = f"select {versions.PROFILE_COLUMNS} from warehouse.parse where parse_id = %s"
DECIDE = """
update warehouse.held_parse set decision = %s, decided_at = clock_timestamp()
where parse_id = %s and decision is null returning true
"""
CONCLUDE = """
update warehouse.reading set status = %s, outcome = %s, ended_at = clock_timestamp()
where sha256 = %s and parser_version = %s and status = 'held'
"""


@dataclass(frozen=True, slots=True)
class HeldReading:
    """A held reading. `document_id` is the file version, as in the public views.

    Publishing a reading of a withdrawn version decides what is shown when the withdrawal is undone.
    """

    parse_id: int
    document_id: int
    source_name: str
    sha256: str
    department: str | None
    fiscal_year: int | None
    held_at: datetime
    reason: str
    is_withdrawn: bool


def held_readings(connection: Connection) -> list[HeldReading]:
    """All held readings without a decision, oldest first."""
    with connection.cursor(row_factory=class_row(HeldReading)) as cursor:
        return cursor.execute(LISTED).fetchall()


def publish(connection: Connection, parse_id: int) -> None:
    """Makes the reading public. Raises NotHeld."""
    with connection.transaction():
        document_id, sha256, parser_version = _begin(connection, parse_id, "published")
        known = versions.stored_file(connection, sha256)
        profile = _placed_profile(connection, parse_id, sha256)
        slot_id = versions.find_or_add_locked_slot(connection, profile, sha256, known)
        versions.move_version(connection, known, slot_id)
        versions.publish(connection, document_id, parse_id)
        refresh.mark_stale(connection, refresh.Touched(parse_id, (slot_id, known.slot_id)))
        newest_files.restore(connection, [slot_id])
        refresh.refresh_stale(connection)
        connection.execute(CONCLUDE, ["loaded", "published", sha256, parser_version])


def reject(connection: Connection, parse_id: int) -> None:
    """Leaves the reading stored and unpublished. Raises NotHeld."""
    with connection.transaction():
        _, sha256, parser_version = _begin(connection, parse_id, "rejected")
        connection.execute(CONCLUDE, ["failed", "rejected", sha256, parser_version])


def _begin(connection: Connection, parse_id: int, decision: str) -> tuple[int, str, str]:
    """Locks the file and stores the decision. Returns version id, sha256 and parser version."""
    row = connection.execute(FILE, [parse_id]).fetchone()
    if row is None:
        raise NotHeld(str(parse_id))
    locks.take(connection, locks.FILE, row[1])
    if connection.execute(DECIDE, [decision, parse_id]).fetchone() is None:
        raise NotHeld(str(parse_id))
    return row


def _placed_profile(connection: Connection, parse_id: int, sha256: str) -> Profile:
    """The profile of the reading. Where it has no place, with the one that the sources name now."""
    profile = Profile(*one_row(connection.execute(PROFILE, [parse_id])))
    return identity.located(connection, profile, in_force(origins(connection, [sha256]).get(sha256, ())))

"""Withdraws file versions from the public views, and undoes it.

A withdrawn version stays stored, and so do its readings. A newer reading of the same file is stored beside them and not
shown. The newest version of the slot that is not withdrawn is the current one.
"""

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.base import locks
from warehouse.base.errors import AlreadyWithdrawn, NotWithdrawn
from warehouse.load import versions
from warehouse.load.versions import StoredFile
from warehouse.publish import refresh
from warehouse.work import newest_files
from warehouse.work.stored_documents import StoredDocument

WITHDRAWN = """
select version.version_id as document_id, version.source_name, version.sha256, department.name as department,
    slot.fiscal_year, withdrawal.withdrawn_at, withdrawal.reason
from warehouse.withdrawal
join warehouse.document_version as version using (version_id)
join warehouse.document as slot using (document_id)
left join warehouse.department using (department_id)
where withdrawal.undone_at is null
order by withdrawal.withdrawn_at, version.version_id
"""
WITHDRAW = """
insert into warehouse.withdrawal (version_id, reason, withdrawn_at) values (%s, %s, clock_timestamp())
on conflict (version_id) where undone_at is null do nothing returning true
"""
# The clock of the server may have been set back.
UNDO = """
update warehouse.withdrawal set undone_at = greatest(clock_timestamp(), withdrawn_at)
where version_id = %s and undone_at is null returning true
"""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawn version. `document_id` is the file version, as in the public views before."""

    document_id: int
    source_name: str
    sha256: str
    department: str | None
    fiscal_year: int | None
    withdrawn_at: datetime
    reason: str


def withdrawn(connection: Connection) -> list[Withdrawn]:
    """What is withdrawn now, the oldest withdrawal first."""
    with connection.cursor(row_factory=class_row(Withdrawn)) as cursor:
        return cursor.execute(WITHDRAWN).fetchall()


def withdraw(connection: Connection, document: StoredDocument, why: str) -> None:
    """Takes the version out of the public views. Raises AlreadyWithdrawn."""
    with connection.transaction():
        known = _locked(connection, document)
        if connection.execute(WITHDRAW, [known.document_id, why]).fetchone() is None:
            raise AlreadyWithdrawn(str(document))
        _refresh(connection, known)


def undo(connection: Connection, document: StoredDocument) -> bool:
    """Makes the version public again, as the current one where it is the newest. Raises NotWithdrawn.

    False where no reading of it was ever published: it is then held or rejected as before.
    """
    with connection.transaction():
        known = _locked(connection, document)
        if connection.execute(UNDO, [known.document_id]).fetchone() is None:
            raise NotWithdrawn(str(document))
        newest_files.restore(connection, [known.slot_id])
        _refresh(connection, known)
        refresh.refresh_stale(connection)
        return known.public_parse_id is not None


def _locked(connection: Connection, document: StoredDocument) -> StoredFile:
    """Locks the file and its slot, so that no load works on them, and the public tables.

    Loads that wait for the next refresh become public first, as the last ones before the change.
    """
    locks.take(connection, locks.FILE, document.sha256)
    known = versions.stored_file(connection, document.sha256)
    locks.take(connection, locks.SLOT, known.slot_key)
    locks.take(connection, locks.REFRESH)
    refresh.refresh_stale(connection)
    return known


def _refresh(connection: Connection, known: StoredFile) -> None:
    if known.public_parse_id is not None:  # else no reading of it was ever public
        refresh.refresh(connection, refresh.Touched(known.public_parse_id, (known.slot_id,)))

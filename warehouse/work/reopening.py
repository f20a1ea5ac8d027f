"""Lets held files be read again that another source brought after they were held.

Who may publish for a body depends on where a file was found. A file that was held because of its source, and that the
publisher of the body brings later, byte for byte, is decided anew: what is stored of it is deleted, so that it is
queued and read like a new file. What a person decided, and what was public once, stays.
"""

from psycopg import Connection

from warehouse.base import locks
from warehouse.load import versions
from warehouse.publish import refresh
from warehouse.work.forgetting import delete_stored

BROUGHT_LATER = """
select distinct version.sha256
from warehouse.held_parse as held
join warehouse.parse using (parse_id)
join warehouse.document_version as version using (version_id)
join warehouse.source_file as file using (sha256)
where held.decision is null and file.counts_as <> 'part' and file.first_seen_at > held.held_at
    and not exists (
        select from warehouse.source_file as earlier
        where earlier.sha256 = file.sha256 and earlier.source_id = file.source_id
            and earlier.first_seen_at <= held.held_at
    )
    and not exists (select from warehouse.publication where publication.version_id = version.version_id)
    and not exists (
        select from warehouse.withdrawal
        where withdrawal.version_id = version.version_id and withdrawal.undone_at is null
    )
    and not exists (
        select from warehouse.held_parse as decided
        join warehouse.parse as other using (parse_id)
        where other.version_id = version.version_id and decided.decision is not null
    )
order by version.sha256
"""
DELETE_READING = "delete from warehouse.reading where sha256 = %s and status = 'held'"


def reopen(connection: Connection) -> int:
    """Deletes what is stored of these files, in one transaction. Returns how many are to be read again."""
    with connection.transaction():
        if connection.execute(BROUGHT_LATER).fetchone() is None:
            return 0
        # In this order, as where a document is forgotten.
        locks.take(connection, locks.QUEUE)
        locks.take_all(connection, locks.FILE)
        found = [sha256 for (sha256,) in connection.execute(BROUGHT_LATER)]
        for sha256 in found:
            _delete(connection, sha256)
        return len(found)


def _delete(connection: Connection, sha256: str) -> None:
    known = versions.stored_file(connection, sha256)
    locks.take(connection, locks.SLOT, known.slot_key)
    locks.take(connection, locks.REFRESH)
    refresh.refresh_stale(connection)
    delete_stored(connection, known)
    connection.execute(DELETE_READING, [sha256])

"""Makes the file that was found last at an address the newest version of its slot.

Versions of a slot are numbered as files are loaded, and the highest number is the current version. That is wrong when a
publisher puts an earlier file back, or when an earlier file is loaded late, after quarantine, after a decision or by a
newer parser version. Then the file found last at the address gets the next version number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import Connection

from warehouse.base import locks
from warehouse.load import versions
from warehouse.publish import refresh

# Slots whose newest version (`top`) is no longer found at any address, while another file of the slot (`latest`) was
# found after it at the same address. `top` must not be current anywhere, so two files never replace each other in turn.
# Parts of a disclosure of several files are left out: what is read and loaded is the whole. Versions that are withdrawn
# are left out too: none of them becomes current, and the newest of the others counts.
FOUND_LATER = """
with found_file as (
    select * from warehouse.source_file where counts_as <> 'part'
),

shown as (
    select * from warehouse.document_version as version
    where published_parse_id is not null and not exists (
        select from warehouse.withdrawal
        where withdrawal.version_id = version.version_id and withdrawal.undone_at is null
    )
)

select distinct on (top.document_id) top.document_id, later.version_id, later.published_parse_id, later.source_name,
    later.sha256, latest.address
from shown as top
join found_file as past on past.sha256 = top.sha256 and not past.is_current
join found_file as latest on latest.address = past.address and latest.sha256 <> past.sha256
join shown as later on later.sha256 = latest.sha256 and later.document_id = top.document_id
where (%(slots)s::integer[] is null or top.document_id = any(%(slots)s))
    and not exists (
        select from shown as newer where newer.document_id = top.document_id and newer.version_no > top.version_no
    )
    and not exists (select from found_file as still where still.sha256 = top.sha256 and still.is_current)
    and (latest.is_current or latest.last_seen_at > (
        select max(seen.last_seen_at) from found_file as seen where seen.sha256 = top.sha256
    ))
order by top.document_id, latest.is_current desc, latest.last_seen_at desc, latest.source_file_id desc
"""
NEXT_NUMBER = """
update warehouse.document_version set version_no =
    (select max(version_no) + 1 from warehouse.document_version where document_id = %(slot)s)
where version_id = %(version)s
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """A file that became the newest version of its slot. `document_id`: the file version, as in the public views."""

    slot_id: int
    document_id: int
    parse_id: int
    source_name: str
    sha256: str
    address: str


def restore(connection: Connection, slot_ids: Sequence[int] | None = None) -> list[Restored]:
    """Corrects the version numbers of these slots, or of all. Returns the files that became the newest.

    They become public with the next `refresh_stale`. One transaction per slot, or a savepoint in the caller's.
    """
    later = [Restored(*row) for row in connection.execute(FOUND_LATER, {"slots": _listed(slot_ids)}).fetchall()]
    return [one for one in later if _restored(connection, one)]


def _restored(connection: Connection, one: Restored) -> bool:
    with connection.transaction():
        known = versions.stored_file(connection, one.sha256)
        locks.take(connection, locks.SLOT, known.slot_key)
        row = connection.execute(FOUND_LATER, {"slots": [one.slot_id]}).fetchone()  # again, under the lock
        if row is None or Restored(*row) != one:
            return False
        connection.execute(NEXT_NUMBER, {"slot": one.slot_id, "version": one.document_id})
        versions.note_publication(connection, one.document_id, one.parse_id)
        refresh.mark_stale(connection, refresh.Touched(one.parse_id, (one.slot_id,)))
        return True


def _listed(slot_ids: Sequence[int] | None) -> list[int] | None:
    return None if slot_ids is None else list(slot_ids)

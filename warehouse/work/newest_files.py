"""Which file of a slot is the newest: the one that stood last at its address, not the one that was loaded last.

A publisher may go back to a file that was loaded long ago, and a file that waited (in quarantine, for a person, for
a newer parser) may be loaded after the one that took its place. Either way the file that stood there last
takes the next version number, and the public views show it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import Connection

from warehouse.base import locks
from warehouse.load import versions
from warehouse.publish import refresh

# The newest version by number stands at no address any more, and another one was seen after it where it stood.
# A file that is not current anywhere is never seen again: no two files can take turns.
LATER = """
select distinct on (top.document_id) top.document_id, later.version_id, later.published_parse_id, later.source_name,
    later.sha256, standing.address
from warehouse.document_version as top
join warehouse.source_file as past on past.sha256 = top.sha256 and not past.is_current
join warehouse.source_file as standing on standing.address = past.address and standing.sha256 <> past.sha256
join warehouse.document_version as later
    on later.sha256 = standing.sha256 and later.document_id = top.document_id and later.published_parse_id is not null
where (%(slots)s::integer[] is null or top.document_id = any(%(slots)s))
    and top.published_parse_id is not null
    and not exists (
        select from warehouse.document_version as newer
        where newer.document_id = top.document_id and newer.version_no > top.version_no
            and newer.published_parse_id is not null
    )
    and not exists (select from warehouse.source_file as still where still.sha256 = top.sha256 and still.is_current)
    and (standing.is_current or standing.last_seen_at > (
        select max(seen.last_seen_at) from warehouse.source_file as seen where seen.sha256 = top.sha256
    ))
order by top.document_id, standing.is_current desc, standing.last_seen_at desc, standing.source_file_id desc
"""
NEXT_NUMBER = """
update warehouse.document_version set version_no =
    (select max(version_no) + 1 from warehouse.document_version where document_id = %(slot)s)
where version_id = %(version)s
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """A file that is its slot's newest again; `document_id` is the file version, as in the public views."""

    slot_id: int
    document_id: int
    parse_id: int
    source_name: str
    sha256: str
    address: str


def restore(connection: Connection, slot_ids: Sequence[int] | None = None) -> list[Restored]:
    """Makes current what stood last at its address, in these slots or in all; returns what was not.

    They become public with the next `refresh_stale`. One transaction per slot; inside a caller's it takes part in
    that.
    """
    later = [Restored(*row) for row in connection.execute(LATER, {"slots": _listed(slot_ids)}).fetchall()]
    return [one for one in later if _restored(connection, one)]


def _restored(connection: Connection, one: Restored) -> bool:
    with connection.transaction():
        known = versions.stored_file(connection, one.sha256)
        locks.take(connection, locks.SLOT, known.slot_key)
        row = connection.execute(LATER, {"slots": [one.slot_id]}).fetchone()  # again, under the lock
        if row is None or Restored(*row) != one:
            return False
        connection.execute(NEXT_NUMBER, {"slot": one.slot_id, "version": one.document_id})
        versions.note_publication(connection, one.document_id, one.parse_id)
        refresh.mark_stale(connection, refresh.Touched(one.parse_id, (one.slot_id,)))
        return True


def _listed(slot_ids: Sequence[int] | None) -> list[int] | None:
    return None if slot_ids is None else list(slot_ids)

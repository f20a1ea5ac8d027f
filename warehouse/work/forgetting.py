"""Forgets a document: its rows, readings and publications go, and a tombstone stays.

`forget` is the step in the database, one transaction. The files of the archive are removed after it, by `remove_files`,
which takes the tombstones as its list; so a crash between the two leaves a list of what is left to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.base import locks
from warehouse.base.errors import AmbiguousDocument, NotForgotten, UnknownDocument
from warehouse.base.messages import _
from warehouse.load import rows, versions
from warehouse.load.tombstones import tombstones
from warehouse.publish import refresh
from warehouse.work import jobs, unused_dimensions
from warehouse.work.stored_documents import DIGEST, StoredDocument, find, look_up

# Fetched or queued files that were never loaded. A file that is only a part of disclosures of several stands for these.
NEVER_LOADED = """
with known as (
    select sha256 from warehouse.reading
    union
    select sha256 from warehouse.source_file where counts_as <> 'part'
    union
    select part.whole_sha256 from warehouse.source_part as part
    where starts_with(part.sha256, %(asked)s) and not exists (
        select from warehouse.source_file as file where file.sha256 = part.sha256 and file.counts_as <> 'part'
    )
)

select distinct known.sha256
from known
left join warehouse.source_part as part on part.whole_sha256 = known.sha256
where starts_with(known.sha256, %(asked)s) or starts_with(part.sha256, %(asked)s)
order by known.sha256
"""
FILES = """
select file.sha256
from warehouse.document_file as file join warehouse.document_version as version using (version_id)
where version.sha256 = %(sha256)s
union
select sha256 from warehouse.source_part where whole_sha256 = %(sha256)s
union
select packed.sha256 from warehouse.source_file as packed  -- the ZIP archive that its files came in
join warehouse.source_part as part on starts_with(part.address, packed.address || '#/')
where part.whole_sha256 = %(sha256)s
union
select %(sha256)s
"""
# Of these files, those that another disclosure consists of, loaded or to be loaded.
NEEDED = """
select file.sha256 from warehouse.document_file as file join warehouse.document_version as version using (version_id)
where file.sha256 = any(%(files)s) and version.sha256 <> %(sha256)s
union
select part.sha256 from warehouse.source_part as part
where part.sha256 = any(%(files)s) and part.whole_sha256 <> %(sha256)s
    and not exists (select from warehouse.forgotten where forgotten.sha256 = part.whole_sha256)
union
select file.sha256 from warehouse.source_file as file
where file.sha256 = any(%(files)s) and file.sha256 <> %(sha256)s and file.counts_as <> 'part' and file.is_current
union
select packed.sha256 from warehouse.source_file as packed
join warehouse.source_part as part on starts_with(part.address, packed.address || '#/')
where packed.sha256 = any(%(files)s) and part.whole_sha256 <> %(sha256)s
    and not exists (select from warehouse.forgotten where forgotten.sha256 = part.whole_sha256)
"""
NOTE = """
insert into warehouse.forgotten as known (sha256, document_sha256, is_file_kept, reason, forgotten_at)
select sha256, %(sha256)s, sha256 = any(%(needed)s), %(why)s, clock_timestamp() from unnest(%(gone)s::text[]) as sha256
on conflict (sha256) do update set is_file_kept = known.is_file_kept and excluded.is_file_kept
"""
SEEN = "sha256 = any(%(gone)s) and not (counts_as = 'part' and sha256 = any(%(needed)s))"
NOTE_ADDRESSES = f"""
insert into warehouse.forgotten_address as known (address, sha256, is_current, etag, last_modified, checked_at)
select address, sha256, is_current and vanished_at is null, etag, last_modified, clock_timestamp()
from warehouse.source_file
where {SEEN}
on conflict (address, sha256) do update set is_current = excluded.is_current, etag = excluded.etag,
    last_modified = excluded.last_modified, checked_at = excluded.checked_at
"""
NOTE_OTHER_ADDRESSES = """
insert into warehouse.forgotten_address (address, sha256, is_current, checked_at)
select distinct file.source_url, file.sha256, false, clock_timestamp()
from warehouse.document_file as file join warehouse.document_version as version using (version_id)
where version.sha256 = %(sha256)s and file.sha256 = any(%(gone)s) and file.source_url is not null
on conflict do nothing
"""
DELETE_FETCHED = (
    f"delete from warehouse.source_file where {SEEN}",
    "delete from warehouse.source_part where whole_sha256 = %(sha256)s",
    # Reports of nights quote what a document says.
    """
    update warehouse.run_problem set reason = 'forgotten'
    from warehouse.reading
    where reading.sha256 = any(%(gone)s) and run_problem.run_id = reading.run_id
        and run_problem.kind in ('failed', 'quarantined', 'held', 'postponed')
        and run_problem.subject = coalesce(reading.address, reading.source_name)
    """,
    "delete from warehouse.reading where sha256 = any(%(gone)s)",
)
PARSES = "parse_id in (select parse_id from warehouse.parse where version_id = %(version)s)"
DELETE_STORED = (
    "update warehouse.document_version set published_parse_id = null where version_id = %(version)s",
    f"delete from warehouse.held_parse where {PARSES}",
    f"update warehouse.held_parse set prior_parse_id = null where prior_{PARSES}",
    f"delete from warehouse.stale_slot where {PARSES}",
    "delete from warehouse.publication where version_id = %(version)s",
    *(f"delete from warehouse.{copied.table} where {PARSES}" for copied in reversed(rows.TABLES)),
    "delete from warehouse.parse where version_id = %(version)s",
    "delete from warehouse.document_file where version_id = %(version)s",
    "delete from warehouse.withdrawal where version_id = %(version)s",
    "delete from warehouse.document_version where version_id = %(version)s",
    """
    delete from warehouse.document where document_id = %(slot)s
        and not exists (select from warehouse.document_version where document_id = %(slot)s)
    """,
)
# The triggers that keep readings unchanged let a deletion pass while this is on.
ALLOW = "select set_config('juesuan.forgetting', %s, true)"


LIFT = "delete from warehouse.forgotten where document_sha256 = %s returning sha256"
LISTED = """
select gone.document_sha256 as sha256, min(gone.forgotten_at) as forgotten_at, min(gone.reason) as reason,
    array(
        select distinct at.address from warehouse.forgotten_address as at
        join warehouse.forgotten as one using (sha256)
        where one.document_sha256 = gone.document_sha256 order by at.address
    ) as addresses
from warehouse.forgotten as gone
where %(asked)s::text is null or gone.document_sha256 in (
    select document_sha256 from warehouse.forgotten where starts_with(sha256, %(asked)s)
)
group by gone.document_sha256
order by 2, 1
"""


@dataclass(frozen=True, slots=True)
class ForgottenDocument:
    """What is left of a forgotten document: its sha256, when and why, and where it was found."""

    sha256: str
    forgotten_at: datetime
    reason: str
    addresses: list[str]


class Archive(Protocol):
    """The folder of fetched files, each under its sha256."""

    def holds(self, sha256: str) -> bool: ...

    def remove(self, sha256: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ToForget:
    """A document. `sha256` identifies it; `stored` is None where it was fetched or queued and never loaded."""

    sha256: str
    stored: StoredDocument | None

    def __str__(self) -> str:
        return str(self.stored or self.sha256)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a document with the list of them, by sha256.

    `gone` get a tombstone; of them `needed` stay in the archive, because another disclosure consists of them.
    """

    gone: tuple[str, ...]
    needed: tuple[str, ...]


def to_forget(connection: Connection, asked: str) -> ToForget:
    """The document that is meant by a number, or by 8 digits or more of a sha256: its own or that of one of its files.

    Raises UnknownDocument and AmbiguousDocument.
    """
    digest = asked.strip().lower()
    if not look_up(connection, asked) and DIGEST.fullmatch(digest):
        found = [sha256 for (sha256,) in connection.execute(NEVER_LOADED, {"asked": digest})]
        if len(found) > 1:
            raise AmbiguousDocument(_("“{asked}” may be\n  ").format(asked=asked) + "\n  ".join(found))
        if found:
            return ToForget(found[0], None)
        raise UnknownDocument(f"“{asked}”")
    document = find(connection, asked)
    return ToForget(document.sha256, document)


def forget(connection: Connection, document: ToForget, why: str) -> Files:
    """Removes the document from the database and commits. To repeat it changes nothing."""
    with connection.transaction():
        # In this order; with the lock on every file no load runs, so that no row of a dimension is about to be used.
        locks.take(connection, locks.QUEUE)
        locks.take_all(connection, locks.FILE)
        known = versions.find_file(connection, document.sha256)
        if known:
            locks.take(connection, locks.SLOT, known.slot_key)
        locks.take(connection, locks.REFRESH)
        refresh.refresh_stale(connection)  # loads that wait become public before the change
        files = _files(connection, document.sha256)
        _leave_tombstones(connection, document.sha256, files, why)
        if known:
            delete_stored(connection, known)
        return files


def remove_files(connection: Connection, archive: Archive) -> int:
    """Removes what the archive still holds of forgotten files; returns how many. To repeat it does no harm.

    The connection must not be in a transaction. Raises what the archive raises.
    """
    gone = [one.sha256 for one in tombstones(connection).values() if not one.is_file_kept]
    return sum(_is_removed(connection, archive, sha256) for sha256 in gone if archive.holds(sha256))


def _is_removed(connection: Connection, archive: Archive, sha256: str) -> bool:
    """Under the lock on the file, so that it is not loaded from the archive or fetched anew meanwhile."""
    with connection.transaction():
        locks.take(connection, locks.FILE, sha256)
        tombstone = tombstones(connection).get(sha256)
        if tombstone is None or tombstone.is_file_kept:  # lifted meanwhile
            return False
        archive.remove(sha256)
        return True


def forgotten(connection: Connection, asked: str | None = None) -> list[ForgottenDocument]:
    """All forgotten documents, the oldest first, or those that a sha256 or its beginning means."""
    with connection.cursor(row_factory=class_row(ForgottenDocument)) as cursor:
        return cursor.execute(LISTED, {"asked": asked}).fetchall()


def lift(connection: Connection, asked: str) -> ForgottenDocument:
    """Removes the tombstones of a document, so that it may be fetched and loaded again, and commits.

    Raises NotForgotten, AmbiguousDocument.
    """
    digest = asked.strip().lower()
    with connection.transaction():
        found = forgotten(connection, digest) if DIGEST.fullmatch(digest) else []
        if not found:
            raise NotForgotten(f"“{asked}”")
        if len(found) > 1:
            raise AmbiguousDocument(
                _("“{asked}” may be\n  ").format(asked=asked) + "\n  ".join(one.sha256 for one in found)
            )
        connection.execute(LIFT, [found[0].sha256])
        return found[0]


def _files(connection: Connection, sha256: str) -> Files:
    files = sorted(found for (found,) in connection.execute(FILES, {"sha256": sha256}))
    values = {"files": files, "sha256": sha256}
    needed = {found for (found,) in connection.execute(NEEDED, values)}
    gone = [one for one in files if one not in needed or one == sha256]
    return Files(tuple(gone), tuple(sorted(needed)))


def _leave_tombstones(connection: Connection, sha256: str, files: Files, why: str) -> None:
    values = {"sha256": sha256, "gone": list(files.gone), "needed": list(files.needed), "why": why}
    for statement in (NOTE, NOTE_ADDRESSES, NOTE_OTHER_ADDRESSES, *DELETE_FETCHED):
        connection.execute(statement, values)
    jobs.drop(connection, files.gone)


def delete_stored(connection: Connection, known: versions.StoredFile) -> None:
    """Deletes a file version with its readings. The caller holds the locks as `forget` does."""
    values = {"version": known.document_id, "slot": known.slot_id}
    used = unused_dimensions.used_by(connection, known.document_id)
    connection.execute(ALLOW, ["on"])
    for statement in DELETE_STORED:
        connection.execute(statement, values)
    connection.execute(ALLOW, ["off"])
    changed = unused_dimensions.clean(connection, used)
    refresh.refresh_removed(connection, _slots(known.slot_id, changed))


def _slots(slot_id: int, changed: Sequence[int]) -> list[int]:
    return sorted({slot_id, *changed})

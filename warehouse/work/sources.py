"""Stores what a sync finds: sources, the files of each address, and every attempt to fetch.

The outcome for an address (new, changed, …) is decided here, under a lock on the address, so that two syncs at once
cannot both report the same file as new. Each function is one transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, replace
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from warehouse.base import locks
from warehouse.base.database import one_value
from warehouse.records.reading import FileRole
from warehouse.records.sources import (
    CountsAs,
    FetchOutcome,
    ForgottenFile,
    KnownFile,
    Purpose,
    SeenFile,
    SourceEntry,
    SourcePart,
    ThrownAway,
    Visit,
)

LONGEST_REASON = 500
_SELECT_FILES = """
    select file.address, source.name, file.sha256, file.file_name, file.etag, file.last_modified,
        file.verified_at, file.vanished_at, file.counts_as
    from warehouse.source_file as file
    join warehouse.source using (source_id)
    where file.is_current and
"""
_UPSERT_SOURCE = """
    insert into warehouse.source as known (manifest, name, type, address, departments, fiscal_year, kind, scope,
        division_code, due_on, first_listed_at, last_listed_at)
    values (%(manifest)s, %(name)s, %(type)s, %(address)s, %(departments)s, %(fiscal_year)s, %(kind)s, %(scope)s,
        %(division_code)s, %(due_on)s, %(now)s, %(now)s)
    on conflict (manifest, name) do update set
        type = excluded.type, address = excluded.address, departments = excluded.departments,
        fiscal_year = excluded.fiscal_year, kind = excluded.kind, scope = excluded.scope,
        division_code = excluded.division_code, due_on = excluded.due_on,
        last_listed_at = excluded.last_listed_at, retired_at = null
    returning source_id
"""
_UPSERT_FILE = """
    insert into warehouse.source_file as known (source_id, address, sha256, file_name, media_type, size_bytes, etag,
        last_modified, counts_as, is_current, first_seen_at, last_seen_at, verified_at)
    values (%(source_id)s, %(address)s, %(sha256)s, %(file_name)s, %(media_type)s, %(size)s, %(etag)s,
        %(last_modified)s, %(counts_as)s, true, %(now)s, %(now)s, %(now)s)
    on conflict (address, sha256) do update set
        source_id = excluded.source_id, counts_as = excluded.counts_as, file_name = excluded.file_name,
        etag = excluded.etag,
        last_modified = excluded.last_modified, is_current = true, vanished_at = null,
        last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at), verified_at = excluded.verified_at
"""
_INSERT_ATTEMPT = """
    insert into warehouse.fetch_attempt (run_id, source_id, address, purpose, attempt_no, started_at, seconds,
        http_status, received_bytes, outcome, reason, sha256)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_TO_READ = """
    select file.address, source.name, file.sha256, file.file_name, file.etag, file.last_modified,
        file.verified_at, file.vanished_at, file.counts_as
    from warehouse.source_file as file
    join warehouse.source using (source_id)
    where file.counts_as <> 'part'
        and not exists (select from warehouse.document_version as loaded where loaded.sha256 = file.sha256)
        and not exists (select from warehouse.forgotten where forgotten.sha256 = file.sha256)
    order by file.first_seen_at, file.source_file_id
"""
_FORGOTTEN_AT = """
    select address, sha256, etag, last_modified, checked_at from warehouse.forgotten_address
    where address = any(%s) and is_current
"""
_IS_FORGOTTEN = "select from warehouse.forgotten where sha256 = %s and (not is_file_kept or %s)"
_OTHER_FILE = "update warehouse.forgotten_address set is_current = false where address = %s and is_current"
_STILL_FORGOTTEN = """
    update warehouse.forgotten_address set checked_at = clock_timestamp() where address = %s and is_current
"""
_UPSERT_FORGOTTEN = """
    insert into warehouse.forgotten_address as known (address, sha256, is_current, etag, last_modified, checked_at)
    select %(address)s, %(sha256)s, true, %(etag)s, %(last_modified)s, clock_timestamp()
    where exists (select from warehouse.forgotten where sha256 = %(sha256)s)
    on conflict (address, sha256) do update set
        is_current = true, etag = excluded.etag, last_modified = excluded.last_modified,
        checked_at = excluded.checked_at
"""
_UPSERT_PART = """
    insert into warehouse.source_part (whole_sha256, part_no, sha256, file_name, address)
    values (%s, %s, %s, %s, %s)
    on conflict (whole_sha256, part_no) do update set file_name = excluded.file_name, address = excluded.address
"""
_SELECT_PARTS = """
    select sha256, file_name, address from warehouse.source_part where whole_sha256 = %s order by part_no
"""

_SPLIT = f"""
    {_SELECT_FILES} file.counts_as = 'whole' and exists (
        select from warehouse.source_part as part
        where part.whole_sha256 = file.sha256 and part.address = any(%s)
    )
    order by file.source_file_id
"""
_COUNT_RESPONSES = """
    select http_status::text, count(*) from warehouse.fetch_attempt
    where run_id = %s and http_status is not null group by 1 order by 1
"""


@contextmanager
def only_sync(connection: Connection) -> Iterator[bool]:
    """Yields True and holds the lock for syncs in a session of its own, or yields False where another sync holds it."""
    with locks.session(connection) as session:
        yield locks.take_for_session(session, locks.SYNC)


def begin(connection: Connection, manifest: str, entries: Iterable[SourceEntry]) -> tuple[int, dict[str, int]]:
    """Stores a run and its sources, and retires sources no longer listed. Returns the run id and source ids by name."""
    now = datetime.now(UTC)
    with connection.transaction():
        numbers = {entry.name: _listed(connection, manifest, entry, now) for entry in entries}
        connection.execute(
            "update warehouse.source set retired_at = %s"
            " where manifest = %s and retired_at is null and not source_id = any(%s)",
            [now, manifest, list(numbers.values())],
        )
        added = connection.execute(
            "insert into warehouse.sync_run (manifest, started_at) values (%s, %s) returning run_id", [manifest, now]
        )
        return one_value(added), numbers


def finish(connection: Connection, run_id: int) -> None:
    with connection.transaction():
        connection.execute("update warehouse.sync_run set finished_at = %s where run_id = %s", [_now(), run_id])


def http_responses(connection: Connection, run_id: int) -> dict[str, int]:
    """Counts of HTTP responses by status: one per attempt with a response, including listing pages."""
    with connection.transaction():
        return dict(connection.execute(_COUNT_RESPONSES, [run_id]).fetchall())


def known_of(connection: Connection, manifest: str) -> list[KnownFile]:
    """The current files and disclosures of the sources of a manifest, including those that vanished."""
    of_manifest = f"{_SELECT_FILES} source.manifest = %s order by file.source_file_id"
    with connection.transaction():
        rows = connection.execute(of_manifest, [manifest]).fetchall()
    return [_known(row) for row in rows]


def known_at(connection: Connection, addresses: Iterable[str]) -> dict[str, KnownFile]:
    """The current files of addresses, of whatever source."""
    with connection.transaction():
        rows = connection.execute(f"{_SELECT_FILES} file.address = any(%s)", [list(addresses)]).fetchall()
    return {row[0]: _known(row) for row in rows}


def wholes_within(connection: Connection, mark: str) -> list[KnownFile]:
    """The current disclosures whose address has this mark: those that came in an archive."""
    of_archives = f"{_SELECT_FILES} file.counts_as = 'whole' and position(%s in file.address) > 0"
    with connection.transaction():
        return [_known(row) for row in connection.execute(of_archives, [mark]).fetchall()]


def forgotten_at(connection: Connection, addresses: Iterable[str]) -> dict[str, ForgottenFile]:
    """The addresses whose current file was forgotten."""
    with connection.transaction():
        rows = connection.execute(_FORGOTTEN_AT, [list(addresses)]).fetchall()
    return {row[0]: ForgottenFile(*row) for row in rows}


def not_loaded(connection: Connection) -> list[KnownFile]:
    """Every archived file that is not loaded, oldest first. Includes files of earlier runs that were aborted.

    Of a disclosure of several files it is the list of its parts, and no part.
    """
    with connection.transaction():
        return [_known(row) for row in connection.execute(_TO_READ)]


def parts_of(connection: Connection, sha256: str) -> list[SourcePart]:
    """The files of the disclosure of several that has this SHA-256. Empty for any other file."""
    with connection.transaction():
        rows = connection.execute(_SELECT_PARTS, [sha256]).fetchall()
    roles = (FileRole.ATTACHMENT if number else FileRole.MAIN for number in range(len(rows)))
    return [SourcePart(role, *row) for role, row in zip(roles, rows, strict=True)]


def record_seen(connection: Connection, visit: Visit, seen: SeenFile, parts: Sequence[SourcePart] = ()) -> FetchOutcome:
    """Stores a file that was fetched completely. Outcome: new, changed, unchanged or returned; forgotten where it was
    forgotten while it was fetched, and then it is not stored.

    `parts` are the files of a disclosure of several, in their order; `seen` is then the list of them.
    """
    with connection.transaction():
        current = _current(connection, visit)
        locks.take(connection, locks.FILE, seen.sha256)
        if _is_forgotten(connection, visit, seen.sha256):
            return _store_forgotten(connection, visit, ThrownAway(seen.sha256, seen.etag, seen.last_modified))
        connection.execute(_OTHER_FILE, [visit.address])
        if current is None:
            outcome = FetchOutcome.NEW
        elif current.sha256 != seen.sha256:
            outcome = FetchOutcome.CHANGED
            _supersede(connection, visit.address)
        else:
            outcome = FetchOutcome.RETURNED if current.vanished_at else FetchOutcome.UNCHANGED
        values = {name: getattr(seen, name) for name in SeenFile.__slots__}
        place = {"source_id": visit.source_id, "address": visit.address, "counts_as": visit.counts_as}
        connection.execute(_UPSERT_FILE, {**values, **place, "now": _now()})
        for number, part in enumerate(parts, start=1):
            connection.execute(_UPSERT_PART, [seen.sha256, number, part.sha256, part.file_name, part.address])
        _note(connection, visit, Purpose.DOCUMENT, outcome, sha256=seen.sha256)
    return outcome


def split_up(connection: Connection, addresses: Iterable[str]) -> list[KnownFile]:
    """The disclosures of several files of which a file lies at one of these addresses, as a document of its own now.

    They are no longer what is current at the address of the disclosure.
    """
    with connection.transaction():
        found = [_known(row) for row in connection.execute(_SPLIT, [list(addresses)]).fetchall()]
        for known in found:
            locks.take(connection, locks.ADDRESS, known.address)
            _supersede(connection, known.address)
    return found


def record_unmodified(connection: Connection, visit: Visit) -> FetchOutcome:
    """Stores that the server answered “not modified”. Outcome: unchanged or returned."""
    with connection.transaction():
        current = _current(connection, visit)
        outcome = FetchOutcome.RETURNED if current and current.vanished_at else FetchOutcome.UNCHANGED
        connection.execute(
            "update warehouse.source_file set last_seen_at = greatest(last_seen_at, %s), vanished_at = null,"
            " source_id = %s, counts_as = %s where address = %s and is_current",
            [_now(), visit.source_id, visit.counts_as, visit.address],
        )
        _note(connection, visit, Purpose.DOCUMENT, outcome)
    return outcome


def record_forgotten(connection: Connection, visit: Visit, came: ThrownAway | None) -> FetchOutcome:
    """Stores that a forgotten file is at the address: the one that `came`, or None where it is still the one known."""
    with connection.transaction():
        locks.take(connection, locks.ADDRESS, visit.address)
        if came is not None:
            return _store_forgotten(connection, visit, came)
        if visit.tries:  # else the address was not requested
            connection.execute(_STILL_FORGOTTEN, [visit.address])
        _note(connection, visit, Purpose.DOCUMENT, FetchOutcome.FORGOTTEN)
    return FetchOutcome.FORGOTTEN


def record_gone(connection: Connection, visit: Visit, reason: str) -> FetchOutcome:
    """Stores that nothing is at the address. Outcome: vanished if a file was there before, else absent."""
    with connection.transaction():
        current = _current(connection, visit)
        outcome = FetchOutcome.VANISHED if current and not current.vanished_at else FetchOutcome.ABSENT
        connection.execute(
            "update warehouse.source_file set vanished_at = %s"
            " where address = %s and is_current and vanished_at is null",
            [_now(), visit.address],
        )
        connection.execute(_OTHER_FILE, [visit.address])
        _note(connection, visit, Purpose.DOCUMENT, outcome, reason)
    return outcome


def record_failed(connection: Connection, visit: Visit, reason: str, purpose: Purpose) -> FetchOutcome:
    """Stores a failed fetch. What is known of the address stays."""
    with connection.transaction():
        _note(connection, visit, purpose, FetchOutcome.FAILED, reason)
    return FetchOutcome.FAILED


def record_listing(connection: Connection, visit: Visit, sha256: str, reason: str | None) -> FetchOutcome:
    """Stores that a listing page was read. Outcome: new, changed or unchanged."""
    with connection.transaction():
        last = _last_listing(connection, visit.address)
        same = FetchOutcome.UNCHANGED if last == sha256 else FetchOutcome.CHANGED
        outcome = same if last else FetchOutcome.NEW
        _note(connection, visit, Purpose.LISTING, outcome, reason, sha256)
    return outcome


def last_listing(connection: Connection, address: str) -> str | None:
    """The SHA-256 of a listing page as it was last."""
    with connection.transaction():
        return _last_listing(connection, address)


def _last_listing(connection: Connection, address: str) -> str | None:
    found = connection.execute(
        "select sha256 from warehouse.fetch_attempt where address = %s and purpose = 'listing'"
        " and sha256 is not null order by fetch_id desc limit 1",
        [address],
    ).fetchone()
    return found[0] if found else None


def _listed(connection: Connection, manifest: str, entry: SourceEntry, now: datetime) -> int:
    values = {name: getattr(entry, name) for name in SourceEntry.__slots__}
    values["departments"] = list(entry.departments)
    return one_value(connection.execute(_UPSERT_SOURCE, {**values, "manifest": manifest, "now": now}))


def _current(connection: Connection, visit: Visit) -> KnownFile | None:
    """The current file of the address. Locks the address until the transaction ends."""
    locks.take(connection, locks.ADDRESS, visit.address)
    row = connection.execute(f"{_SELECT_FILES} file.address = %s", [visit.address]).fetchone()
    return _known(row) if row else None


def _known(row: Sequence[Any]) -> KnownFile:
    known = KnownFile(*row)
    return replace(known, counts_as=CountsAs(known.counts_as))


def _is_forgotten(connection: Connection, visit: Visit, sha256: str) -> bool:
    """Whether it may not be stored; a part may be of a disclosure that is not forgotten. The caller locks the file."""
    is_document = visit.counts_as is not CountsAs.PART
    return connection.execute(_IS_FORGOTTEN, [sha256, is_document]).fetchone() is not None


def _store_forgotten(connection: Connection, visit: Visit, came: ThrownAway) -> FetchOutcome:
    _supersede(connection, visit.address)
    connection.execute(_OTHER_FILE, [visit.address])
    connection.execute(_UPSERT_FORGOTTEN, {**asdict(came), "address": visit.address})
    _note(connection, visit, Purpose.DOCUMENT, FetchOutcome.FORGOTTEN, sha256=came.sha256)
    return FetchOutcome.FORGOTTEN


def _supersede(connection: Connection, address: str) -> None:
    connection.execute(
        "update warehouse.source_file set is_current = false, vanished_at = null where address = %s and is_current",
        [address],
    )


def _note(
    connection: Connection,
    visit: Visit,
    purpose: Purpose,
    outcome: FetchOutcome,
    reason: str | None = None,
    sha256: str | None = None,
) -> None:
    """One row per attempt. The outcome for the address is in the row of the last attempt."""
    for number, tried in enumerate(visit.tries, start=1):
        is_last = number == len(visit.tries)
        what = (
            (outcome, _storable(reason), sha256) if is_last else (FetchOutcome.RETRIED, _storable(tried.reason), None)
        )
        started_at, seconds, status, received, _ = astuple(tried)
        place = (visit.run_id, visit.source_id, visit.address, purpose, number)
        connection.execute(_INSERT_ATTEMPT, (*place, started_at, round(seconds, 3), status, received, *what))


def _storable(reason: str | None) -> str | None:
    """The text as PostgreSQL can store it: no NUL, no lone surrogates, at most LONGEST_REASON characters."""
    if reason is None:
        return None
    return reason.replace("\0", "�").encode("utf-8", "replace").decode()[:LONGEST_REASON]


def _now() -> datetime:
    return datetime.now(UTC)

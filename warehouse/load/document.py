"""Stores one extraction, in one transaction.

The same file read by the same parser version again changes nothing. Another file for the same slot becomes a new
document version; the same file read by another parser version becomes a new parse. Earlier versions and parses stay
stored. A version may consist of several files; if one of them differs, it is another version.
"""

from dataclasses import dataclass
from enum import StrEnum

from psycopg import Connection, Rollback

from warehouse.base import locks
from warehouse.load import authority, dimensions, gate, identity, rows, subjects, tombstones, versions
from warehouse.load.gate import Gate
from warehouse.load.identity import Claim
from warehouse.load.rows import Parsed
from warehouse.load.versions import StoredFile
from warehouse.publish import refresh
from warehouse.records.reading import Extraction

# The commit of this load does not wait for the disk, since a run makes one such commit per document. If the server
# crashes, the load may be lost, but then every later commit is lost too, also the note that this file was read: it is
# read again. The refresh that makes the load public waits for the disk, and all earlier commits are then on the disk.
WITHOUT_WAIT_FOR_DISK = "set local synchronous_commit = off"


class Outcome(StrEnum):
    NEW_DOCUMENT = "new_document"  # the first file of its slot
    NEW_VERSION = "new_version"  # a corrected file for a slot that had one
    REPARSED = "reparsed"  # a file known already, read by another version of the parser
    UNCHANGED = "unchanged"  # the same file by the same parser version: no row was written
    HELD = "held"  # stored, but not public: see warehouse.load.gate


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of a load. `document_id` is that of the public views: the file version.

    The counts are rows written: 0 where nothing changed, or where an earlier load of the same reading is held.
    `reason` says why it is held.
    """

    outcome: Outcome
    document_id: int
    slot_id: int
    version: int
    amounts: int = 0
    doubts: int = 0
    stated: int = 0
    projects: int = 0
    indicators: int = 0
    checks: int = 0
    reason: str | None = None


def load(connection: Connection, extraction: Extraction, guard: Gate | None = None, refresh: bool = True) -> Loaded:
    """Loads the extraction and commits. Inside a caller's transaction it is a savepoint, and the caller commits.

    Where the document names no place, that of its source is stored with it: see warehouse.load.identity. A reading of a
    year that has not ended, one of a publisher who may not publish for the body, one whose totals its own narrative
    does not state, and one markedly worse than the public one is held: see warehouse.load.gate.
    `guard` adds the rules for loads that no person watches. Without `refresh` the load becomes public with the next
    `refresh.refresh_stale`, which costs less for many documents. Raises Forgotten, UnknownMeasure, and psycopg's
    errors; the load is then rolled back.
    """
    with connection.transaction():
        if not refresh:
            connection.execute(WITHOUT_WAIT_FOR_DISK)
        locks.take(connection, locks.FILE, extraction.source.identity)
        tombstones.require_not_forgotten(connection, extraction.source)
        known = versions.find_file(connection, extraction.source.identity)
        if known and extraction.parser_version in known.parser_versions:
            reason = gate.held_for(connection, known, extraction.parser_version)
            outcome = Outcome.HELD if reason else Outcome.UNCHANGED
            return Loaded(outcome, known.document_id, known.slot_id, known.version, reason=reason)
        loaded, touched = _store_or_hold(connection, identity.claim(connection, extraction), known, guard)
        _make_public(connection, touched, refresh)
        return loaded


def _store_or_hold(
    connection: Connection, claim: Claim, known: StoredFile | None, guard: Gate | None
) -> tuple[Loaded, refresh.Touched]:
    """Finding the slot may add or change rows of the dimensions. They are rolled back where the reading is held.

    The locks on body and slot cover the decision, so that of two publishers at once the second sees what the first
    published.
    """
    extraction, why = claim.extraction, None
    with connection.transaction() as attempt:
        slot = versions.locked_slot(connection, extraction.profile, extraction.source.identity, known)
        prior = versions.prior(connection, slot, known)
        public = authority.public_body(connection, slot.department_id, dimensions.find_slot(connection, slot))
        why = gate.objection(connection, guard, claim, known, prior, public)
        if why:
            raise Rollback(attempt)
    if why is None:
        return _store(connection, extraction, known, dimensions.find_or_add_slot(connection, slot))
    versions.lock_slots(connection, slot, known, extraction.profile.department)
    return _hold(connection, extraction, known or (prior.slot_id if prior else None), why)


def _make_public(connection: Connection, touched: refresh.Touched, at_once: bool) -> None:
    if at_once:
        refresh.refresh(connection, touched)
    else:
        refresh.mark_stale(connection, touched)


def _store(
    connection: Connection, extraction: Extraction, known: StoredFile | None, slot_id: int
) -> tuple[Loaded, refresh.Touched]:
    if known is None:
        document_id, version = versions.add_version(connection, slot_id, extraction.source)
        outcome = Outcome.NEW_DOCUMENT if version == 1 else Outcome.NEW_VERSION
    else:
        document_id, version = known.document_id, versions.move_version(connection, known, slot_id)
        outcome = Outcome.REPARSED
    parse_id = versions.add_parse(connection, document_id, extraction)
    _copy(connection, parse_id, extraction)
    versions.publish(connection, document_id, parse_id)
    touched = refresh.Touched(parse_id, (slot_id, known.slot_id) if known else (slot_id,))
    return _stored(outcome, document_id, slot_id, version, extraction), touched


def _hold(
    connection: Connection, extraction: Extraction, where: StoredFile | int | None, why: gate.Objection
) -> tuple[Loaded, refresh.Touched]:
    """Stores the reading unpublished. `where`: the stored file, else the slot of the public reading, else None."""
    if isinstance(where, StoredFile):
        document_id, slot_id, version = where.document_id, where.slot_id, where.version
    else:
        slot_id = versions.add_own_slot(connection, extraction) if where is None else where
        document_id, version = versions.add_version(connection, slot_id, extraction.source)
    dimensions.add_jurisdiction(connection, extraction.profile)
    parse_id = versions.add_parse(connection, document_id, extraction)
    _copy(connection, parse_id, extraction)
    gate.hold(connection, parse_id, why)
    held = _stored(Outcome.HELD, document_id, slot_id, version, extraction, why.reason)
    return held, refresh.Touched(parse_id, (slot_id,))


def _copy(connection: Connection, parse_id: int, extraction: Extraction) -> None:
    functional, economic = subjects.subjects(connection, extraction)
    rows.copy(connection, [Parsed(parse_id, extraction, functional, economic)])


def _stored(
    outcome: Outcome, document_id: int, slot_id: int, version: int, extraction: Extraction, reason: str | None = None
) -> Loaded:
    return Loaded(
        outcome,
        document_id,
        slot_id,
        version,
        amounts=len(extraction.amounts),
        doubts=len(extraction.doubts),
        stated=len(extraction.stated),
        projects=len(extraction.projects),
        indicators=sum(len(project.indicators) for project in extraction.projects),
        checks=len(extraction.checks),
        reason=reason,
    )

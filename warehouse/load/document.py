"""Stores one extraction: one transaction per document, whole or not at all.

The same file read by the same parser changes nothing. Another file for the same slot is a new
version, another parser version a new parse; what was loaded before stays readable.
"""

from dataclasses import dataclass
from enum import StrEnum

from psycopg import Connection, Rollback

from warehouse.base import locks
from warehouse.load import dimensions, gate, rows, subjects, versions
from warehouse.load.gate import Gate
from warehouse.load.rows import Parsed
from warehouse.load.versions import Known
from warehouse.publish import refresh
from warehouse.records.reading import Extraction

# What a crash of the server takes with it is the whole load and all that came after, the word that it was done
# included; the commit of the refresh waits for the disk, and so for everything before it.
FLUSHED_LATER = "set local synchronous_commit = off"


class Outcome(StrEnum):
    NEW_DOCUMENT = "new_document"  # the first file of its slot
    NEW_VERSION = "new_version"  # a corrected file for a slot that had one
    REPARSED = "reparsed"  # a file known already, read by another version of the parser
    UNCHANGED = "unchanged"  # the same file by the same parser: no row was touched
    HELD = "held"  # stored, but not public: see warehouse.load.gate


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of an extraction. `document_id` is that of the public views: the file version.

    The counts are rows written: 0 where nothing changed, or where the reading is held since an earlier load.
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
    """Loads the extraction and commits; inside a caller's transaction it only takes part in it.

    A reading of a year that has no accounts yet, or one markedly worse than what is public, is held; with a `guard`
    also one that would spoil the public views otherwise. Without `refresh` it becomes public with the
    next `refresh.refresh_stale`, which is cheaper for many. Raises UnknownMeasure, and psycopg's errors; the warehouse
    is then as it was before.
    """
    with connection.transaction():
        if not refresh:
            connection.execute(FLUSHED_LATER)
        locks.take(connection, locks.FILE, extraction.source.sha256)
        known = versions.known(connection, extraction.source.sha256)
        if known and extraction.parser_version in known.parser_versions:
            reason = gate.held_for(connection, known, extraction.parser_version)
            outcome = Outcome.HELD if reason else Outcome.UNCHANGED
            return Loaded(outcome, known.document_id, known.slot_id, known.version, reason=reason)
        loaded, touched = _stored_or_held(connection, extraction, known, guard)
        _show(connection, touched, refresh)
        return loaded


def _stored_or_held(
    connection: Connection, extraction: Extraction, known: Known | None, guard: Gate | None
) -> tuple[Loaded, refresh.Touched]:
    """Finding its slot notes the names and kinds of its department: all that is undone where the reading is held."""
    why = None
    with connection.transaction() as attempt:
        slot = versions.slot(connection, extraction.profile, extraction.source.sha256, known)
        prior = versions.prior(connection, slot, known)
        why = gate.objection(connection, guard, extraction, known, prior)
        if why:
            raise Rollback(attempt)
    if why is None:
        return _store(connection, extraction, known, dimensions.find_or_add_slot(connection, slot))
    versions.lock_slots(connection, slot, known)
    return _hold(connection, extraction, known or (prior.slot_id if prior else None), why)


def _show(connection: Connection, touched: refresh.Touched, at_once: bool) -> None:
    if at_once:
        refresh.refresh(connection, touched)
    else:
        refresh.mark_stale(connection, touched)


def _store(
    connection: Connection, extraction: Extraction, known: Known | None, slot_id: int
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
    connection: Connection, extraction: Extraction, place: Known | int | None, why: gate.Objection
) -> tuple[Loaded, refresh.Touched]:
    """Stores the reading where it touches nothing that is public; `place` is the file, or the slot of a new one."""
    if isinstance(place, Known):
        document_id, slot_id, version = place.document_id, place.slot_id, place.version
    else:
        slot_id = versions.place_apart(connection, extraction) if place is None else place
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

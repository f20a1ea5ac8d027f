"""Stores one extraction: one transaction per document, whole or not at all.

The same file read by the same parser changes nothing. Another file for the same slot is a new
version, another parser version a new parse; what was loaded before stays readable.
"""

from dataclasses import dataclass
from enum import StrEnum

from psycopg import Connection
from psycopg.types.json import Jsonb

from warehouse import load_dimensions, load_figures, load_performance, load_statements, load_subjects, star
from warehouse.records import Extraction, Profile, Source

# Workers on machines whose clocks differ load into one database: its clock says when.
NOW = "clock_timestamp()"


class Outcome(StrEnum):
    NEW_DOCUMENT = "new_document"  # the first file of its slot
    NEW_VERSION = "new_version"  # a corrected file for a slot that had one
    REPARSED = "reparsed"  # a file known already, read by another version of the parser
    UNCHANGED = "unchanged"  # the same file by the same parser: no row was touched


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of an extraction. `document_id` is that of the public views: the file version.

    The counts are rows written: 0 where nothing changed.
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


@dataclass(frozen=True, slots=True)
class _Known:
    """A file version the warehouse already holds."""

    document_id: int
    slot_id: int
    version: int
    slot_key: str
    parser_versions: tuple[str, ...]


def load(connection: Connection, extraction: Extraction) -> Loaded:
    """Loads the extraction and commits; inside a caller's transaction it only takes part in it.

    Raises UnknownMeasure, and psycopg's errors; the warehouse is then as it was before.
    """
    with connection.transaction():
        _lock(connection, [extraction.source.sha256])
        known = _known(connection, extraction.source.sha256)
        if known and extraction.parser_version in known.parser_versions:
            return Loaded(Outcome.UNCHANGED, known.document_id, known.slot_id, known.version)
        return _store(connection, extraction, known)


def _store(connection: Connection, extraction: Extraction, known: _Known | None) -> Loaded:
    slot = load_dimensions.slot(connection, extraction)
    _lock(connection, [slot.key, known.slot_key] if known else [slot.key])
    slot_id = load_dimensions.find_or_add_slot(connection, slot)
    if known is None:
        document_id, version = _add_version(connection, slot_id, extraction.source)
        outcome = Outcome.NEW_DOCUMENT if version == 1 else Outcome.NEW_VERSION
    else:
        document_id, version = known.document_id, _move_version(connection, known, slot_id)
        outcome = Outcome.REPARSED
    parse_id = _add_parse(connection, document_id, extraction)
    _copy(connection, parse_id, extraction)
    _publish(connection, document_id, parse_id)
    _lock(connection, sorted(_departments(connection, slot_id, known)))
    star.refresh(connection, star.Touched(parse_id, (slot_id, known.slot_id) if known else (slot_id,)))
    return Loaded(outcome, document_id, slot_id, version, **_counts(extraction))


def _copy(connection: Connection, parse_id: int, extraction: Extraction) -> None:
    functional, economic = load_subjects.subjects(connection, extraction)
    load_figures.copy_tables(connection, parse_id, extraction.tables)
    load_figures.copy_amounts(connection, parse_id, extraction.amounts, functional, economic)
    load_figures.copy_doubts(connection, parse_id, extraction.doubts)
    load_statements.copy_stated(connection, parse_id, extraction.stated, functional)
    load_performance.copy_projects(connection, parse_id, extraction.projects, functional)
    load_statements.copy_checks(connection, parse_id, extraction.checks)


def _counts(extraction: Extraction) -> dict[str, int]:
    return {
        "amounts": len(extraction.amounts),
        "doubts": len(extraction.doubts),
        "stated": len(extraction.stated),
        "projects": len(extraction.projects),
        "indicators": sum(len(project.indicators) for project in extraction.projects),
        "checks": len(extraction.checks),
    }


def _departments(connection: Connection, slot_id: int, known: _Known | None) -> set[str]:
    """Keys of the departments whose rows a load rewrites: two loads of one department follow one another."""
    slots = [slot_id, known.slot_id] if known else [slot_id]
    rows = connection.execute("select department_id from warehouse.document where document_id = any(%s)", [slots])
    return {f"department {department_id}" for (department_id,) in rows}


def _lock(connection: Connection, keys: list[str]) -> None:
    """Waits for other loads of the same file or slot. Sorted, so that no two wait for each other."""
    connection.execute(
        "select pg_advisory_xact_lock(lock) from"
        " (select distinct hashtextextended(key, 0) as lock from unnest(%s::text[]) as key order by lock) as locks",
        [keys],
    )


def _known(connection: Connection, sha256: str) -> _Known | None:
    row = connection.execute(
        "select version.version_id, version.document_id, version.version_no,"
        " concat_ws('|', d.department_id, d.fiscal_year, d.kind, d.scope, d.unidentified_sha256),"
        " array(select parser_version from warehouse.parse where parse.version_id = version.version_id)"
        " from warehouse.document_version as version join warehouse.document as d using (document_id)"
        " where version.sha256 = %s",
        [sha256],
    ).fetchone()
    return _Known(*row[:4], tuple(row[4])) if row else None


def _add_version(connection: Connection, slot_id: int, source: Source) -> tuple[int, int]:
    return connection.execute(
        "insert into warehouse.document_version (document_id, version_no, sha256, source_name, source_url,"
        " format, size_bytes, pages, first_seen_at, last_seen_at)"
        " select %s, coalesce(max(version_no), 0) + 1, %s, %s, %s, %s, %s, %s, now, now"
        " from clock_timestamp() as now left join warehouse.document_version on document_id = %s"
        " group by now returning version_id, version_no",
        [slot_id, source.sha256, source.name, source.url, source.format, source.size, source.pages, slot_id],
    ).fetchone()


def _move_version(connection: Connection, known: _Known, slot_id: int) -> int:
    """Puts a file into the slot its new reading names; a slot nothing is left in goes."""
    if slot_id == known.slot_id:
        return known.version
    (version,) = connection.execute(
        "update warehouse.document_version set document_id = %(slot)s, version_no ="
        " (select coalesce(max(version_no), 0) + 1 from warehouse.document_version where document_id = %(slot)s)"
        " where version_id = %(version)s returning version_no",
        {"slot": slot_id, "version": known.document_id},
    ).fetchone()
    connection.execute(
        "delete from warehouse.document where document_id = %(slot)s and not exists"
        " (select from warehouse.document_version where document_id = %(slot)s)",
        {"slot": known.slot_id},
    )
    return version


def _add_parse(connection: Connection, document_id: int, extraction: Extraction) -> int:
    profile: Profile = extraction.profile
    values = {
        "version_id": document_id,
        "parser_version": extraction.parser_version,
        "department": profile.department,
        "department_kind": profile.department_kind,
        "fiscal_year": profile.fiscal_year,
        "kind": profile.kind,
        "scope": profile.scope,
        "province": profile.province,
        "city": profile.city,
        "county": profile.county,
        "division_code": profile.division_code,
        "jurisdiction_level": profile.jurisdiction_level,
        "published_on": profile.published_on,
        "published_printed": profile.published_printed,
        "evidence": Jsonb(profile.evidence),
    }
    columns, holders = ", ".join(values), ", ".join(f"%({name})s" for name in values)
    statement = f"insert into warehouse.parse (parsed_at, {columns}) values ({NOW}, {holders}) returning parse_id"
    return connection.execute(statement, values).fetchone()[0]


def _publish(connection: Connection, document_id: int, parse_id: int) -> None:
    """Makes the parse what the public views show, and keeps on record since when."""
    connection.execute(
        "update warehouse.document_version set published_parse_id = %s,"
        f" last_seen_at = greatest(last_seen_at, {NOW}) where version_id = %s",
        [parse_id, document_id],
    )
    connection.execute(
        "insert into warehouse.publication (version_id, parse_id, slot_id, department_id, version_no, published_at)"
        f" select version_id, %s, slot.document_id, slot.department_id, version_no, {NOW}"
        " from warehouse.document_version as version join warehouse.document as slot using (document_id)"
        " where version_id = %s",
        [parse_id, document_id],
    )

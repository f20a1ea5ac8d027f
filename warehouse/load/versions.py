"""The rows for slots, file versions, their readings (parses), and which reading is public since when."""

from dataclasses import asdict, dataclass
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from warehouse.base import locks
from warehouse.base.database import one_row, one_value
from warehouse.load import dimensions, files
from warehouse.load.dimensions import Slot
from warehouse.load.rows import copy_rows
from warehouse.records.reading import Extraction, Profile, Source

# Times are those of the database server: workers may run on machines whose clocks differ.
NOW = "clock_timestamp()"
# The columns of warehouse.parse in the order of the fields of Profile.
PROFILE_COLUMNS = """
parse.department, parse.department_kind, parse.fiscal_year, parse.kind, parse.scope, parse.province, parse.city,
    parse.county, parse.division_code, parse.jurisdiction_level, parse.published_on, parse.published_printed,
    parse.evidence
"""
OVERTAKEN = f"""
update warehouse.held_parse set decision = 'overtaken', decided_at = {NOW}
where decision is null and parse_id in (select parse_id from warehouse.parse where version_id = %s)
"""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file version that is stored already."""

    document_id: int
    slot_id: int
    version: int
    slot_key: str
    public_parse_id: int | None
    parser_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prior:
    """The public reading that a new reading would replace: of the same file, or of another file of its slot."""

    parse_id: int
    slot_id: int
    is_same_file: bool
    is_same_slot: bool


def find_file(connection: Connection, sha256: str) -> StoredFile | None:
    """The stored version with this identity: the sha256 of its file, or of the list of its files."""
    row = connection.execute(
        "select version.version_id, version.document_id, version.version_no,"
        " concat_ws('|', d.department_id, d.fiscal_year, d.kind, d.scope, d.unidentified_sha256),"
        " version.published_parse_id,"
        " array(select parser_version from warehouse.parse where parse.version_id = version.version_id)"
        " from warehouse.document_version as version join warehouse.document as d using (document_id)"
        " where version.sha256 = %s",
        [sha256],
    ).fetchone()
    if row is None:
        return None
    document_id, slot_id, version, slot_key, public_parse_id, parser_versions = row
    return StoredFile(document_id, slot_id, version, slot_key, public_parse_id, tuple(parser_versions))


def stored_file(connection: Connection, sha256: str) -> StoredFile:
    """Like `find_file`, for a file that must be stored."""
    found = find_file(connection, sha256)
    assert found is not None, sha256
    return found


def locked_slot(connection: Connection, profile: Profile, sha256: str, known: StoredFile | None) -> Slot:
    """The slot the file belongs to. Locks it, its body and the slot the file is in now; adds missing dimension rows."""
    wanted = dimensions.slot(connection, profile, sha256)
    lock_slots(connection, wanted, known, profile.department)
    return wanted


def lock_slots(connection: Connection, wanted: Slot, known: StoredFile | None, department: str | None) -> None:
    """Locks the slots, and the name of the body: who may publish for a body depends on all that is public of it."""
    body = [f"body|{department}"] if department else []
    locks.take(connection, locks.SLOT, wanted.key, *([known.slot_key] if known else []), *body)


def find_or_add_locked_slot(connection: Connection, profile: Profile, sha256: str, known: StoredFile | None) -> int:
    """The id of that slot, added where missing."""
    return dimensions.find_or_add_slot(connection, locked_slot(connection, profile, sha256, known))


def add_own_slot(connection: Connection, extraction: Extraction) -> int:
    """A slot without department and year for one held file. `decisions.publish` moves the file to its real slot."""
    profile = extraction.profile
    own = Slot(None, None, profile.kind, profile.scope, extraction.source.identity)
    return dimensions.find_or_add_slot(connection, own)


def prior(connection: Connection, wanted: Slot, known: StoredFile | None) -> Prior | None:
    """The public reading that a reading for this slot would replace; None where nothing is public there."""
    slot_id = dimensions.find_slot(connection, wanted)
    if known and known.public_parse_id:
        return Prior(known.public_parse_id, known.slot_id, True, slot_id == known.slot_id)
    if slot_id is None:
        return None
    # Not the public views: they show loads only after the next refresh.
    public = connection.execute(
        "select parse_id from intermediate.published_parse where slot_id = %s and is_current", [slot_id]
    )
    row = public.fetchone()
    return Prior(row[0], slot_id, False, True) if row else None


def add_version(connection: Connection, slot_id: int, source: Source) -> tuple[int, int]:
    """Stores a new version with its files. Returns its id and its number in the slot."""
    added = connection.execute(
        "insert into warehouse.document_version"
        f" (document_id, version_no, first_seen_at, last_seen_at, {files.SOURCE_COLUMNS})"
        " select %s, coalesce(max(version_no), 0) + 1, now, now, %s, %s, %s, %s, %s, %s"
        " from clock_timestamp() as now left join warehouse.document_version on document_id = %s"
        " group by now returning version_id, version_no",
        [slot_id, *files.source_values(source), slot_id],
    )
    version_id, version = one_row(added)
    copy_rows(connection, "document_file", files.FILE_COLUMNS, files.file_rows(version_id, source))
    return version_id, version


def move_version(connection: Connection, known: StoredFile, slot_id: int) -> int:
    """Moves a file to the slot that its new reading names, and deletes the old slot if no file is left in it."""
    if slot_id == known.slot_id:
        return known.version
    moved = connection.execute(
        "update warehouse.document_version set document_id = %(slot)s, version_no ="
        " (select coalesce(max(version_no), 0) + 1 from warehouse.document_version where document_id = %(slot)s)"
        " where version_id = %(version)s returning version_no",
        {"slot": slot_id, "version": known.document_id},
    )
    version: int = one_value(moved)
    connection.execute(
        "delete from warehouse.document where document_id = %(slot)s and not exists"
        " (select from warehouse.document_version where document_id = %(slot)s)",
        {"slot": known.slot_id},
    )
    return version


def add_parse(connection: Connection, document_id: int, extraction: Extraction) -> int:
    values = parse_values(document_id, extraction)
    columns, holders = ", ".join(values), ", ".join(f"%({name})s" for name in values)
    statement = f"insert into warehouse.parse (parsed_at, {columns}) values ({NOW}, {holders}) returning parse_id"
    return one_value(connection.execute(statement, values))


def parse_values(document_id: int, extraction: Extraction) -> dict[str, Any]:
    """The columns of warehouse.parse with their values, as far as the extraction holds them."""
    profile: Profile = extraction.profile
    return {
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
        **asdict(extraction.counts),
    }


def publish(connection: Connection, document_id: int, parse_id: int) -> None:
    """Makes the parse the published one of its file, and records the time."""
    with connection.pipeline():
        connection.execute(
            "update warehouse.document_version set published_parse_id = %s,"
            f" last_seen_at = greatest(last_seen_at, {NOW}) where version_id = %s",
            [parse_id, document_id],
        )
        connection.execute(OVERTAKEN, [document_id])
        note_publication(connection, document_id, parse_id)


def note_publication(connection: Connection, document_id: int, parse_id: int) -> None:
    """Records that the parse is public from now on, in which slot and under which version number."""
    connection.execute(
        "insert into warehouse.publication (version_id, parse_id, slot_id, department_id, version_no, published_at)"
        f" select version_id, %s, slot.document_id, slot.department_id, version_no, {NOW}"
        " from warehouse.document_version as version join warehouse.document as slot using (document_id)"
        " where version_id = %s",
        [parse_id, document_id],
    )

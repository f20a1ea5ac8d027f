"""Finds or adds the dimension rows a document refers to.

Rows are always added in the same order: jurisdiction, year, department. So concurrent loads do not deadlock."""

from dataclasses import asdict, astuple, dataclass

from psycopg import Connection

from warehouse.base.database import one_row, one_value
from warehouse.records.reading import Profile

KNOWN = """
select
    %(division_code)s::text is null
    or exists (select from warehouse.jurisdiction where division_code = %(division_code)s),
    %(year)s::smallint is null or exists (select from warehouse.fiscal_year where fiscal_year = %(year)s),
    department.department_id,
    department.department_id is not null and %(year)s::smallint is not null
    and (%(kind)s::text is null or department.kind is not distinct from %(kind)s)
    and exists (
        select from warehouse.department_alias as alias
        where alias.department_id = department.department_id and alias.name = %(name)s
            and %(year)s between alias.valid_from_year and alias.valid_to_year
    )
from (select) as one
left join warehouse.department
    on department.division_code is not distinct from %(division_code)s::text and department.name = %(name)s::text
"""


FIND_SLOT = """
select document_id from warehouse.document
where department_id = %(department_id)s and fiscal_year = %(fiscal_year)s and kind = %(kind)s
    and scope is not distinct from %(scope)s::text and unidentified_sha256 is null
"""
FIND_UNIDENTIFIED = """
select document_id from warehouse.document
where unidentified_sha256 = %(unidentified_sha256)s and kind = %(kind)s
    and (department_id, fiscal_year, scope)
        is not distinct from (%(department_id)s::int, %(fiscal_year)s::smallint, %(scope)s::text)
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """The natural key of a document. Where department or year is not known, the file's sha256 is the key."""

    department_id: int | None
    fiscal_year: int | None
    kind: str
    scope: str | None
    unidentified_sha256: str | None

    @property
    def key(self) -> str:
        parts = (self.department_id, self.fiscal_year, self.kind, self.scope, self.unidentified_sha256)
        return "|".join(str(part) for part in parts if part is not None)


def slot(connection: Connection, profile: Profile, sha256: str) -> Slot:
    """The slot a file with this profile belongs to. Adds jurisdiction, department and year where missing."""
    known = _known(connection, profile)
    if not known.has_jurisdiction:
        add_jurisdiction(connection, profile)
    if not known.has_year:
        _add_fiscal_year(connection, profile.fiscal_year)
    department_id = known.department_id
    if profile.department is not None and not known.is_noted:
        department_id = _department(connection, profile)
    is_identified = department_id is not None and profile.fiscal_year is not None
    unidentified = None if is_identified else sha256
    return Slot(department_id, profile.fiscal_year, profile.kind, profile.scope, unidentified)


@dataclass(frozen=True, slots=True)
class KnownDimensions:
    """Which dimension rows of a profile exist. `is_noted`: its department, with this name and kind in this year."""

    has_jurisdiction: bool
    has_year: bool
    department_id: int | None
    is_noted: bool


def _known(connection: Connection, profile: Profile) -> KnownDimensions:
    """One query for all of them, since for nearly every document they exist."""
    return KnownDimensions(*one_row(connection.execute(KNOWN, _named(profile))))


def _named(profile: Profile) -> dict[str, str | int | None]:
    return {
        "division_code": profile.division_code,
        "name": profile.department,
        "year": profile.fiscal_year,
        "kind": profile.department_kind,
    }


def find_or_add_slot(connection: Connection, wanted: Slot) -> int:
    """The caller holds the lock on the slot's key."""
    found = find_slot(connection, wanted)
    if found is not None:
        return found
    added = connection.execute(
        "insert into warehouse.document (department_id, fiscal_year, kind, scope, unidentified_sha256)"
        " values (%s, %s, %s, %s, %s) returning document_id",
        astuple(wanted),
    )
    return one_value(added)


def find_slot(connection: Connection, wanted: Slot) -> int | None:
    """By equality where nothing is null: `is not distinct from` uses no index, so PostgreSQL would scan the table."""
    is_identified = wanted.unidentified_sha256 is None
    found = connection.execute(FIND_SLOT if is_identified else FIND_UNIDENTIFIED, asdict(wanted)).fetchone()
    return found[0] if found else None


def add_jurisdiction(connection: Connection, profile: Profile) -> None:
    """Adds a division code that the reference list does not have, under the name that the document prints."""
    if profile.division_code is None:
        return
    name = profile.county or profile.city or profile.province or profile.division_code
    connection.execute(
        "insert into warehouse.jurisdiction (division_code, name, level)"
        " select %s::text, %s, %s where not exists"
        " (select from warehouse.jurisdiction where division_code = %s) on conflict do nothing",
        [profile.division_code, name, profile.jurisdiction_level or "county", profile.division_code],
    )


def _add_fiscal_year(connection: Connection, fiscal_year: int | None) -> None:
    if fiscal_year is not None:
        connection.execute("insert into warehouse.fiscal_year values (%s) on conflict do nothing", [fiscal_year])


def _department(connection: Connection, profile: Profile) -> int | None:
    """The body by its name, or by a former name that was valid in the document's year."""
    if profile.department is None:
        return None
    department_id = _find_department(connection, profile)
    if department_id is None:
        connection.execute(
            "insert into warehouse.department (name, kind, division_code) values (%s, %s, %s) on conflict do nothing",
            [profile.department, profile.department_kind, profile.division_code],
        )
        department_id = _find_department(connection, profile)
    assert department_id is not None
    _note_kind(connection, department_id, profile)
    _note_name(connection, department_id, profile)
    return department_id


def _find_department(connection: Connection, profile: Profile) -> int | None:
    found = connection.execute(
        "select department_id from warehouse.department"
        " where division_code is not distinct from %(division_code)s::text and (name = %(name)s or exists"
        "  (select from warehouse.department_alias as alias where alias.department_id = department.department_id"
        "   and alias.name = %(name)s and %(year)s::smallint between coalesce(valid_from_year, 0)"
        "   and coalesce(valid_to_year, 9999)))"
        " order by name <> %(name)s limit 1",
        {"division_code": profile.division_code, "name": profile.department, "year": profile.fiscal_year},
    ).fetchone()
    return found[0] if found else None


def _note_kind(connection: Connection, department_id: int, profile: Profile) -> None:
    """Sets the kind where it is unknown or no document of a later year is stored: the newest year decides."""
    connection.execute(
        "update warehouse.department set kind = %(kind)s"
        " where department_id = %(id)s and %(kind)s::text is not null and kind is distinct from %(kind)s"
        " and (kind is null or not exists (select from warehouse.document"
        "  where document.department_id = %(id)s and document.fiscal_year > coalesce(%(year)s::smallint, 0)))",
        {"id": department_id, "kind": profile.department_kind, "year": profile.fiscal_year},
    )


def _note_name(connection: Connection, department_id: int, profile: Profile) -> None:
    """Extends the years in which the name was seen. Writes and locks nothing where they include this year."""
    connection.execute(
        "insert into warehouse.department_alias as alias (department_id, name, valid_from_year, valid_to_year)"
        " select %(id)s, %(name)s, %(year)s, %(year)s where not exists"
        "  (select from warehouse.department_alias where department_id = %(id)s and name = %(name)s"
        "   and (%(year)s::smallint is null or %(year)s between valid_from_year and valid_to_year))"
        " on conflict (department_id, name) do update set"
        "  valid_from_year = least(alias.valid_from_year, excluded.valid_from_year),"
        "  valid_to_year = greatest(alias.valid_to_year, excluded.valid_to_year)",
        {"id": department_id, "name": profile.department, "year": profile.fiscal_year},
    )

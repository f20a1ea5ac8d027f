"""Loads the reference lists into the warehouse. Loading the same lists again changes nothing.

A code may have several names, one after another. The list knows only the years in which a name was printed; the
warehouse needs a name for every year, so a name is valid until the year in which the next one was first printed.
"""

from dataclasses import astuple, dataclass

from psycopg import Connection

from warehouse.base.database import one_value
from warehouse.base.errors import ReferenceConflict
from warehouse.kinds.reference_lists import Period, Subject, divisions, economic_subjects, functional_subjects, periods
from warehouse.load.subject_bridges import subject_bridges
from warehouse.publish import refresh


@dataclass(frozen=True, slots=True)
class ReferenceLoaded:
    """The number of entries of each list, new or not."""

    divisions: int
    functional_subjects: int
    economic_subjects: int
    subject_bridges: int


def load_reference(connection: Connection) -> ReferenceLoaded:
    """Adds and corrects rows in one transaction. Raises ReferenceConflict where a list no longer has an entry."""
    with connection.transaction():
        _load_divisions(connection)
        _load_subjects(connection, "functional", functional_subjects())
        _load_subjects(connection, "economic", economic_subjects())
        bridges = _load_bridges(connection)
        if bridges + refresh.merge_dimensions(connection):
            refresh.rebuild(connection)
    lists = (divisions(), functional_subjects(), economic_subjects(), subject_bridges())
    return ReferenceLoaded(*map(len, lists))


def _load_divisions(connection: Connection) -> None:
    rows = [(d.code, d.name, d.level, d.parent_code) for d in divisions()]  # parents stand first
    connection.cursor().executemany(
        "insert into warehouse.jurisdiction as known (division_code, name, level, parent_code)"
        " values (%s, %s, %s, %s) on conflict (division_code) do update"
        " set name = excluded.name, level = excluded.level, parent_code = excluded.parent_code"
        " where (known.name, known.level, known.parent_code)"
        " is distinct from (excluded.name, excluded.level, excluded.parent_code)",
        rows,
    )


def _load_bridges(connection: Connection) -> int:
    """Returns how many rows it wrote. A bridge that the list no longer has is deleted."""
    cursor = connection.cursor()
    cursor.executemany(
        "insert into warehouse.subject_bridge as known"
        " (classification, from_year, old_code, old_name, new_code, new_name, relation, source, note)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (classification, from_year, old_code, new_code) do update"
        " set old_name = excluded.old_name, new_name = excluded.new_name,"
        " relation = excluded.relation, source = excluded.source, note = excluded.note"
        " where (known.old_name, known.new_name, known.relation, known.source, known.note)"
        " is distinct from (excluded.old_name, excluded.new_name, excluded.relation, excluded.source, excluded.note)",
        [astuple(bridge) for bridge in subject_bridges()],
    )
    columns = [list(column) for column in zip(*(bridge.key for bridge in subject_bridges()), strict=True)]
    written = max(cursor.rowcount, 0)
    deleted = connection.execute(
        "delete from warehouse.subject_bridge where (classification, from_year, old_code, new_code)"
        " not in (select * from unnest(%s::text[], %s::smallint[], %s::text[], %s::text[]))",
        columns or [[], [], [], []],
    )
    return written + deleted.rowcount


def _load_subjects(connection: Connection, kind: str, subjects: tuple[Subject, ...]) -> None:
    connection.execute(f"lock table warehouse.{kind}_subject in share row exclusive mode")
    known = _known(connection, kind)
    with connection.pipeline():
        for period in periods(subjects):
            subject_id = _remove_known(known, period.subject)
            if subject_id is None:
                subject_id = _add(connection, kind, period)
            else:
                _correct(connection, kind, subject_id, period)
            _name(connection, kind, subject_id, period.subject)
    lost = [f"{code} {name}" for (code, name), (_, status) in known.items() if status != "as_published"]
    if lost:
        raise ReferenceConflict(", ".join(lost))


def _known(connection: Connection, kind: str) -> dict[tuple[str, str], tuple[int, str]]:
    rows = connection.execute(f"select code, name, {kind}_subject_id, status from warehouse.{kind}_subject")
    return {(code, name): (subject_id, status) for code, name, subject_id, status in rows}


def _remove_known(known: dict[tuple[str, str], tuple[int, str]], subject: Subject) -> int | None:
    """Removes from `known` and returns the row with this code and name, else the row a document added for this code."""
    same = known.pop((subject.code, subject.name), None)
    if same is None:
        published = [key for key, (_, status) in known.items() if key[0] == subject.code and status == "as_published"]
        same = known.pop(published[0]) if published else None
    return same[0] if same else None


def _add(connection: Connection, kind: str, period: Period) -> int:
    added = connection.execute(
        f"insert into warehouse.{kind}_subject (code, valid_from_year, valid_to_year, name, level, parent_code, status)"
        f" values (%s, %s, %s, %s, %s, %s, %s) returning {kind}_subject_id",
        _values(period),
    )
    return one_value(added)


def _correct(connection: Connection, kind: str, subject_id: int, period: Period) -> None:
    columns = "(code, valid_from_year, valid_to_year, name, level, parent_code, status)"
    holders = "(%s, %s::smallint, %s::smallint, %s, %s, %s::text, %s)"
    connection.execute(
        f"update warehouse.{kind}_subject set {columns} = {holders}"
        f" where {kind}_subject_id = %s and {columns} is distinct from {holders}",
        [*_values(period), subject_id, *_values(period)],
    )


def _name(connection: Connection, kind: str, subject_id: int, subject: Subject) -> None:
    connection.execute(
        f"insert into warehouse.{kind}_subject_name as known ({kind}_subject_id, name, source, first_year, last_year)"
        f" values (%s, %s, 'reference', %s, %s) on conflict ({kind}_subject_id, name, source) do update"
        " set first_year = excluded.first_year, last_year = excluded.last_year"
        " where (known.first_year, known.last_year) is distinct from (excluded.first_year, excluded.last_year)",
        [subject_id, subject.name, subject.first_year, subject.last_year],
    )


def _values(period: Period) -> list[str | int | None]:
    subject = period.subject
    return [
        subject.code,
        period.valid_from_year,
        period.valid_to_year,
        subject.name,
        subject.level,
        subject.parent_code,
        subject.status,
    ]

"""Refreshes the tables of schema mart: each holds exactly the rows of the intermediate view of its name.

They are tables because BI tools find joins by primary and foreign keys, which views do not have, and so that queries
need not repeat the joins of the normalized tables.

A load either refreshes the rows it changed in its own transaction, or adds its slots to warehouse.stale_slot; the next
`refresh_stale` then makes all such loads public in one transaction. Every public view about documents reads
mart.published_document, so a load is not visible before.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple

import psycopg
import structlog
from psycopg import Connection

from warehouse.base import locks
from warehouse.base.actors import Actor, who_must_act
from warehouse.base.database import one_value
from warehouse.base.mart_tables import facts, pairs_index
from warehouse.publish import dimensions

log = structlog.get_logger()

STALE = """
insert into warehouse.stale_slot (parse_id, slot_id, stored_at)
select %s::integer, slot_id, clock_timestamp() from unnest(%s::integer[]) as slot_id
on conflict do nothing
"""
IS_STALE = "select exists (select from warehouse.stale_slot)"
TAKE_STALE = "delete from warehouse.stale_slot returning slot_id, parse_id"
# The load recorded its own time as the time of publication; it becomes public only now.
PUBLIC_SINCE_NOW = """
update warehouse.publication set published_at = clock_timestamp()
where publication_id in
    (select max(publication_id) from warehouse.publication where parse_id = any(%s) group by parse_id)
"""
# All documents of a department show its name and kind, so when a load changes these, all of them are refreshed.
SLOTS_OF_CHANGED_DEPARTMENTS = """
select stored.slot_id
from warehouse.document as touched
join warehouse.department on department.department_id = touched.department_id
join mart.published_document as stored on stored.department_id = department.department_id
    and (stored.department, stored.department_kind) is distinct from
        (department.name, coalesce(department.kind, stored.department_kind))
where touched.document_id = any(%s)
"""
PUBLISHED_DOCUMENTS = """
select document_id, department_id, fiscal_year, is_current as is_compared,
    to_jsonb(published_document) as row
from mart.published_document where slot_id = any(%s)
"""
# The comparison of the year after uses this document's numbers as those of the prior year.
YEAR_AFTER = """
select document_id from mart.published_document
where department_id = %s and fiscal_year = %s + 1 and is_current
"""
# Documents of bodies that follow one of these, by what is said now, or by what was said when they were last compared.
OF_SUCCESSIONS = """
select published_document.document_id
from mart.published_document
join (
    select predecessor_id as one, successor_id as other from intermediate.succession
    union
    select successor_id, predecessor_id from intermediate.succession
) as related on related.one = any(%(bodies)s) and published_document.department_id in (related.one, related.other)
where published_document.is_current
union
select document_id
from mart.year_pair
join mart.published_document using (document_id)
where continued <> 'same' and (department_id = any(%(bodies)s) or related_department_ids && %(bodies)s::integer[])
"""
# What intermediate.plan_and_outcome compares with a document of these slots may be of another kind of department.
SLOTS_OF_SAME_BODY_AND_YEAR = """
select other.slot_id
from mart.published_document as touched
join mart.published_document as other using (department_id, fiscal_year)
where touched.slot_id = any(%(slots)s)
union
select other.slot_id
from mart.published_document as touched
join mart.published_document as other using (division_code, fiscal_year, scope)
where touched.slot_id = any(%(slots)s) and scope = 'unit'
    and other.body = touched.body
"""
INSERT = "insert into mart.{name} select * from intermediate.{name} where "
# For one document PostgreSQL reads only the rows of that document and of the year before; for several it reads all
# documents. So rows are inserted document by document, unless more than one document in MANY is concerned.
MANY = 10


class PublishedDocument(NamedTuple):
    """A published document before or after a refresh. `row`: its row of mart.published_document."""

    document_id: int
    department_id: int | None
    fiscal_year: int | None
    is_compared: bool
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Touched:
    """What one load changed: its slots, and its parse, whose subjects may be new."""

    parse_id: int
    slot_ids: tuple[int, ...]


def mark_stale(connection: Connection, touched: Touched) -> None:
    """Notes that the next `refresh_stale` must make the load public."""
    connection.execute(STALE, [touched.parse_id, list(touched.slot_ids)])


def refresh_stale(connection: Connection) -> int:
    """Makes everything public that was loaded since the last refresh, in one transaction. Returns the number of slots.

    A load whose rows the database refuses (a number too large for a column) stays in stale_slot; the others become
    public.
    """
    with connection.transaction():
        if not one_value(connection.execute(IS_STALE)):
            return 0
        locks.take(connection, locks.REFRESH)
        slots: dict[int, list[int]] = {}
        for slot_id, parse_id in connection.execute(TAKE_STALE):
            slots.setdefault(parse_id, []).append(slot_id)
        if slots and _refused(connection, slots):
            slots = {parse_id: ids for parse_id, ids in slots.items() if not _refused_alone(connection, parse_id, ids)}
    return len({slot_id for ids in slots.values() for slot_id in ids})


def _refused(connection: Connection, slots: dict[int, list[int]]) -> Exception | None:
    """Makes the slots of these parses public. Returns the error where the database refuses their data."""
    parse_ids, slot_ids = sorted(slots), sorted({slot_id for ids in slots.values() for slot_id in ids})
    try:
        with connection.transaction():
            _refresh(connection, parse_ids, slot_ids)
            connection.execute(PUBLIC_SINCE_NOW, [parse_ids])
    except psycopg.Error as error:
        if who_must_act(error) is not Actor.PUBLISHER:
            raise
        return error
    return None


def _refused_alone(connection: Connection, parse_id: int, slot_ids: list[int]) -> bool:
    error = _refused(connection, {parse_id: slot_ids})
    if error is None:
        return False
    log.warning("refresh.refused", parse_id=parse_id, reason=str(error).splitlines()[0])
    mark_stale(connection, Touched(parse_id, tuple(slot_ids)))
    return True


def refresh(connection: Connection, touched: Touched) -> None:
    """Rewrites the rows that a load changed. The caller commits."""
    locks.take(connection, locks.REFRESH)
    _refresh(connection, [touched.parse_id], list(touched.slot_ids))


def refresh_slots(connection: Connection, slot_ids: Sequence[int]) -> None:
    """Rewrites the rows of these slots, whose metrics depend on what else changed. The caller commits."""
    if slot_ids:
        locks.take(connection, locks.REFRESH)
        _refresh(connection, [], list(slot_ids))


def refresh_removed(connection: Connection, slot_ids: Sequence[int]) -> None:
    """Rewrites the rows of slots from which documents were deleted, and of all dimensions. The caller commits."""
    locks.take(connection, locks.REFRESH)
    dimensions.merge_all(connection)
    _refresh(connection, [], list(slot_ids))
    dimensions.delete_rows_no_view_has(connection)


def rebuild(connection: Connection, around: Callable[[str], AbstractContextManager[object]] = nullcontext) -> None:
    """Fills all tables again: after an upgrade, or when the reference lists changed.

    Rows are deleted, not truncated, so that transactions with an older snapshot still see them. Each fact is filled
    inside the context manager `around("mart.…")`. Later tables read earlier ones.
    """
    locks.take(connection, locks.REFRESH)
    connection.execute("delete from warehouse.stale_slot")
    for name in reversed(facts()):
        connection.execute(f"delete from mart.{name}")
    dimensions.merge_all(connection)
    dimensions.delete_rows_no_view_has(connection)
    for name in facts():
        with around(f"mart.{name}"), _without_pairs(connection, name):
            connection.execute(f"insert into mart.{name} select * from intermediate.{name}")
        connection.execute(f"analyze mart.{name}")  # later tables read it, and their plans need its statistics


@contextmanager
def _without_pairs(connection: Connection, name: str) -> Iterator[None]:
    """Where a table is filled anew, its index of pairs is built after the rows, not extended with each of them."""
    index = pairs_index(name, facts()[name])
    is_there = index and one_value(connection.execute("select to_regclass(%s) is not null", [index.name]))
    if index and is_there:
        connection.execute(f"drop index {index.name}")
    yield
    if index and is_there:
        connection.execute(index.creation)


def merge_dimensions(connection: Connection) -> int:
    """Adds and corrects the rows of all dimensions. Returns how many rows were written."""
    return dimensions.merge_all(connection)


def _refresh(connection: Connection, parse_ids: list[int], slot_ids: list[int]) -> None:
    dimensions.merge_touched(connection, parse_ids, slot_ids)
    slot_ids = sorted(
        {*slot_ids, *(slot_id for (slot_id,) in connection.execute(SLOTS_OF_CHANGED_DEPARTMENTS, [slot_ids]))}
    )
    before = _published_documents(connection, slot_ids)
    of_same_bodies = _of_same_bodies(connection, slot_ids)
    _delete_documents(connection, [document.document_id for document in before])
    for name in _rewritten("slot"):
        connection.execute(INSERT.format(name=name) + "slot_id = any(%s)", [slot_ids])
    after = _published_documents(connection, slot_ids)
    compared = _compared_again(connection, after, [*before, *after, *of_same_bodies])
    for name in _rewritten("two years"):
        _rewrite(connection, name, compared)
    of_same_bodies += _of_same_bodies(connection, slot_ids)
    for name, table in facts().items():
        _write_groups(connection, name, table.group, [*before, *after, *of_same_bodies])
    connection.execute(dimensions.DELETE_UNUSED_DEPARTMENTS)


def _rewritten(how: str) -> list[str]:
    return [name for name, table in facts().items() if table.rewritten == how]


def _published_documents(connection: Connection, slot_ids: list[int]) -> list[PublishedDocument]:
    return [PublishedDocument(*row) for row in connection.execute(PUBLISHED_DOCUMENTS, [slot_ids])]


def _of_same_bodies(connection: Connection, slot_ids: list[int]) -> list[PublishedDocument]:
    """The documents of the bodies and years of these slots, of all kinds and scopes."""
    found = connection.execute(SLOTS_OF_SAME_BODY_AND_YEAR, {"slots": slot_ids})
    return _published_documents(connection, [slot_id for (slot_id,) in found])


def _delete_documents(connection: Connection, document_ids: list[int]) -> None:
    for name, table in reversed(facts().items()):
        if "document_id" in table.key:
            connection.execute(f"delete from mart.{name} where document_id = any(%s)", [document_ids])


def _compared_again(
    connection: Connection, after: list[PublishedDocument], documents: list[PublishedDocument]
) -> list[int]:
    """The current documents that changed, those of the year after, and those of bodies that follow a changed one."""
    document_ids = {document.document_id for document in after if document.is_compared}
    for department_id, year in {
        (d.department_id, d.fiscal_year) for d in documents if d.department_id and d.fiscal_year
    }:
        document_ids |= {found for (found,) in connection.execute(YEAR_AFTER, [department_id, year])}
    bodies = sorted({document.department_id for document in documents if document.department_id})
    document_ids |= {found for (found,) in connection.execute(OF_SUCCESSIONS, {"bodies": bodies})}
    return sorted(document_ids)


def _rewrite(connection: Connection, name: str, document_ids: list[int]) -> None:
    connection.execute(f"delete from mart.{name} where document_id = any(%s)", [document_ids])
    shown = one_value(connection.execute("select count(*) from mart.published_document"))
    if MANY * len(document_ids) > shown:
        connection.execute(INSERT.format(name=name) + "document_id = any(%s)", [document_ids])
    else:
        for document_id in document_ids:
            connection.execute(INSERT.format(name=name) + "document_id = %s", [document_id])


def _write_groups(
    connection: Connection, name: str, columns: Sequence[str], documents: Iterable[PublishedDocument]
) -> None:
    """Rewrites the rows that have the same values in `columns` as a document; none where `columns` is empty."""
    for group in {tuple(document.row[column] for column in columns) for document in documents} - {()}:
        condition = " and ".join(
            f"{column} {'is null' if value is None else '= %s'}" for column, value in zip(columns, group, strict=True)
        )
        values = [value for value in group if value is not None]
        connection.execute(f"delete from mart.{name} where {condition}", values)
        connection.execute(INSERT.format(name=name) + condition, values)

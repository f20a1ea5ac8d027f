"""The tables of schema mart: what an intermediate view says, written down under keys.

BI tools find joins by primary and foreign keys, which no view has, and comparison reads the same
numbers again and again. Each table holds exactly what the intermediate view of its name says; a load
rewrites the rows of the departments it touched, in its own transaction.
"""

from dataclasses import dataclass

from psycopg import Connection

from warehouse.views import View, project_views

COLUMNS = """
select array_agg(attname::text order by attnum) from pg_attribute
where attrelid = %s::regclass and attnum > 0 and not attisdropped
"""
KEY = """
select array_agg(attname::text order by attnum) from pg_index
join pg_attribute on attrelid = indrelid and attnum = any(indkey)
where indrelid = %s::regclass and indisprimary
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """What one load changed: a department, its slots, and the parse whose subjects it may have added."""

    parse_id: int
    slot_ids: tuple[int, ...]


FUNCTIONAL_IDS = """
select functional_subject_id from warehouse.amount where parse_id = %(parse_id)s
union select functional_subject_id from warehouse.stated_figure where parse_id = %(parse_id)s
union select functional_subject_id from warehouse.performance_project where parse_id = %(parse_id)s
"""
ECONOMIC_IDS = "select economic_subject_id from warehouse.amount where parse_id = %(parse_id)s"
# Which rows of a dimension a load may have changed; a dimension that is not here changes with the reference lists only.
TOUCHED = {
    "jurisdiction": "division_code in (select division_code from warehouse.parse where parse_id = %(parse_id)s)",
    "department": "department_id in"
    " (select department_id from warehouse.document where document_id = any(%(slot_ids)s))",
    "fiscal_year": "fiscal_year in (select fiscal_year from warehouse.parse where parse_id = %(parse_id)s)",
    "functional_subject": f"functional_subject_id in ({FUNCTIONAL_IDS})",
    "economic_subject": f"economic_subject_id in ({ECONOMIC_IDS})",
    "metric": "row_key in"
    f" (select code from warehouse.functional_subject where functional_subject_id in ({FUNCTIONAL_IDS})"
    f"  union select code from warehouse.economic_subject where economic_subject_id in ({ECONOMIC_IDS}))",
}
FACTS = ("metric_value",)
GHOSTS = """
delete from mart.department as known where not exists
    (select from warehouse.document as slot where slot.department_id = known.department_id)
"""  # a body whose last file turned out to be another's
# A department another name or kind was found for shows it in all its rows.
CHANGED_SLOTS = """
select slot.document_id
from warehouse.document as touched
join warehouse.department on department.department_id = touched.department_id
join mart.department as shown on shown.department_id = department.department_id
    and (shown.department, shown.department_kind) is distinct from (department.name, department.kind)
join warehouse.document as slot on slot.department_id = department.department_id
where touched.document_id = any(%s)
"""


def refresh(connection: Connection, touched: Touched) -> None:
    """Rewrites what a load changed. The caller holds the locks on the slots; nothing is committed."""
    changed = connection.execute(CHANGED_SLOTS, [list(touched.slot_ids)]).fetchall()
    slot_ids = [*touched.slot_ids, *(slot_id for (slot_id,) in changed)]
    values = {"parse_id": touched.parse_id, "slot_ids": slot_ids}
    for name in _dimensions():
        if name in TOUCHED:
            _merge(connection, name, TOUCHED[name], values)
    for name in FACTS:
        connection.execute(f"delete from mart.{name} where slot_id = any(%(slot_ids)s)", values)
        connection.execute(
            f"insert into mart.{name} select * from intermediate.{name} where slot_id = any(%(slot_ids)s)", values
        )
    connection.execute(GHOSTS)


def merge_dimensions(connection: Connection) -> int:
    """Adds and corrects rows of every dimension; returns how many it wrote."""
    return sum(_merge(connection, name, "true", {}) for name in _dimensions())


def rebuild(connection: Connection) -> None:
    """Writes every table anew: after an upgrade, or when the reference lists changed.

    Deleted, not truncated: who reads an older snapshot meanwhile still sees what it held.
    """
    for name in FACTS:
        connection.execute(f"delete from mart.{name}")
    merge_dimensions(connection)
    for name in reversed(_dimensions()):
        _delete_ghosts(connection, name)
    for name in FACTS:
        connection.execute(f"insert into mart.{name} select * from intermediate.{name}")


def _delete_ghosts(connection: Connection, name: str) -> None:
    """Rows the view no longer has."""
    key = connection.execute(KEY, [f"mart.{name}"]).fetchone()[0]
    same = " and ".join(f"source.{column} = known.{column}" for column in key)
    connection.execute(
        f"delete from mart.{name} as known where not exists (select from intermediate.{name} as source where {same})"
    )


def _dimensions() -> list[str]:
    return [name for name in _names() if name not in FACTS]


def _names() -> list[str]:
    return [view.name for view in project_views() if _is_star(view)]


def _is_star(view: View) -> bool:
    return view.kind == "table"


def _merge(connection: Connection, name: str, condition: str, values: dict) -> int:
    """Adds and corrects the rows `condition` names; touches no row that is right, so that loads do not wait."""
    columns = connection.execute(COLUMNS, [f"mart.{name}"]).fetchone()[0]
    key = connection.execute(KEY, [f"mart.{name}"]).fetchone()[0]
    others = [column for column in columns if column not in key]
    change = "nothing"
    if others:
        known, new = (", ".join(f"{side}.{column}" for column in others) for side in ("known", "excluded"))
        change = f"update set ({', '.join(others)}) = row({new}) where row({known}) is distinct from row({new})"
    same = " and ".join(f"same.{column} = {name}.{column}" for column in key)
    written = connection.execute(
        f"insert into mart.{name} as known select * from intermediate.{name} where {condition} and not exists"
        f" (select from mart.{name} as same where {same} and row(same.*) is not distinct from row({name}.*))"
        f" order by {', '.join(key)} on conflict ({', '.join(key)}) do {change}",
        values,
    )
    return written.rowcount

"""The dimension tables of schema mart. Rows are added and corrected; a row that is already right is not written."""

from collections.abc import Sequence

from psycopg import Connection

from warehouse.base.database import one_value
from warehouse.base.mart_tables import dimensions

COLUMNS = """
select array_agg(attname::text order by attnum) from pg_attribute
where attrelid = %s::regclass and attnum > 0 and not attisdropped
"""
PARSES = "parse_id = any(%(parse_ids)s)"
DIVISIONS = f"select division_code from warehouse.parse where {PARSES}"
FUNCTIONAL_IDS = f"""
select functional_subject_id from warehouse.amount where {PARSES}
union select functional_subject_id from warehouse.stated_figure where {PARSES}
union select functional_subject_id from warehouse.performance_project where {PARSES}
"""
ECONOMIC_IDS = f"select economic_subject_id from warehouse.amount where {PARSES}"
CODES = f"""
select code from warehouse.functional_subject where functional_subject_id in ({FUNCTIONAL_IDS})
union select code from warehouse.economic_subject where economic_subject_id in ({ECONOMIC_IDS})
"""
# What a load may have added to or changed: the words of `follows` in sql/tables.toml → the keys of those rows.
KEYS = {
    "divisions": DIVISIONS,
    "departments": "select department_id from warehouse.document where document_id = any(%(slot_ids)s)",
    "fiscal_years": f"select fiscal_year from warehouse.parse where {PARSES}",
    "functional_subjects": FUNCTIONAL_IDS,
    "economic_subjects": ECONOMIC_IDS,
    "codes": CODES,
    "open_tables": "select table_code from warehouse.standard_table where open_measures <> '{}'",
}
DELETE_UNUSED_DEPARTMENTS = """
delete from mart.department as known
where not exists (select from warehouse.document as slot where slot.department_id = known.department_id)
    and not exists (select from mart.published_document as shown where shown.department_id = known.department_id)
"""  # a department has no document left when its last file was found to be another department's


def merge_touched(connection: Connection, parse_ids: list[int], slot_ids: list[int]) -> None:
    """Adds and corrects the rows that loads of these parses may have changed."""
    values = {"parse_ids": parse_ids, "slot_ids": slot_ids}
    for name, table in dimensions().items():
        for column, rows in table.follows.items():
            _merge(connection, name, table.key, f"{column} in ({KEYS[rows]})", values)


def merge_all(connection: Connection) -> int:
    """Adds and corrects the rows of all dimensions. Returns how many rows were written."""
    return sum(_merge(connection, name, table.key, "true", {}) for name, table in dimensions().items())


def delete_rows_no_view_has(connection: Connection) -> None:
    """Deletes the rows of all dimensions that their views no longer have."""
    for name, table in reversed(dimensions().items()):
        same = " and ".join(f"source.{column} = known.{column}" for column in table.key)
        connection.execute(
            f"delete from mart.{name} as known"
            f" where not exists (select from intermediate.{name} as source where {same})"
        )


def _merge(connection: Connection, name: str, key: Sequence[str], condition: str, values: dict[str, list[int]]) -> int:
    """Adds and corrects the rows that `condition` selects. Writes, and so locks, no row that is already right."""
    columns = one_value(connection.execute(COLUMNS, [f"mart.{name}"]))
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

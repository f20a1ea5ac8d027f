"""The tables of schema warehouse as a text: `python -m tests.schema_file` writes it from the catalog.

The tables are defined only by the sequence of revisions. The diff of tests/expected/schema.sql shows what a new
revision changes: columns with type, default and comment, constraints, indexes, triggers and functions.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from psycopg import Connection

from tests.conftest import new_database
from warehouse import server
from warehouse.base.database import connect
from warehouse.schema.upgrade import upgrade

FILE = Path(__file__).parent / "expected" / "schema.sql"
HEADER = "-- Schema warehouse as the revisions make it, from the catalog: python -m tests.schema_file\n"
TABLES = """
select oid, format('table %s -- %s', oid::regclass, obj_description(oid, 'pg_class')) from pg_class
where relnamespace = 'warehouse'::regnamespace and relkind in ('r', 'p') and relname <> 'alembic_version'
order by relname
"""
PARTS = """
select attrelid, concat_ws(' ', quote_ident(attname), format_type(atttypid, atttypmod),
        case when attcollation <> typcollation then 'collate ' || attcollation::regcollation end,
        case when attnotnull then 'not null' end,
        case attidentity when 'a' then 'generated always as identity' when 'd' then 'generated as identity' end,
        case when attgenerated = 's' then 'generated' end,
        'default ' || pg_get_expr(adbin, adrelid),
        '-- ' || coalesce(col_description(attrelid, attnum), '')),
    0, attnum::integer, attname
from pg_attribute
join pg_type on pg_type.oid = atttypid
left join pg_attrdef on adrelid = attrelid and adnum = attnum
where attrelid = any(%(tables)s) and attnum > 0 and not attisdropped
union all
select conrelid, format('constraint %%I %%s', conname, pg_get_constraintdef(oid)), 1, 0, conname from pg_constraint
where conrelid = any(%(tables)s) and contype <> 'n'
union all
select indrelid, pg_get_indexdef(indexrelid), 2, 0, relname from pg_index
join pg_class on pg_class.oid = indexrelid
where indrelid = any(%(tables)s) and not exists (select from pg_constraint where conindid = indexrelid)
union all
select tgrelid, pg_get_triggerdef(oid), 3, 0, tgname from pg_trigger
where tgrelid = any(%(tables)s) and not tgisinternal
order by 3, 4, 5
"""
FUNCTIONS = """
select pg_get_functiondef(oid) from pg_proc where pronamespace = 'warehouse'::regnamespace
order by oid::regprocedure::text
"""


def schema(connection: Connection) -> str:
    """A paragraph for each table and function, by name; columns in the order of the table."""
    return "\n\n".join([HEADER, *_tables(connection), *(made for (made,) in connection.execute(FUNCTIONS))]) + "\n"


def _tables(connection: Connection) -> Iterator[str]:
    tables = dict(connection.execute(TABLES).fetchall())
    found = connection.execute(PARTS, {"tables": list(tables)}).fetchall()
    parts = {
        table: [text for _, text, *_ in rows]
        for table, rows in groupby(sorted(found, key=lambda part: part[0]), key=lambda part: part[0])
    }
    for table, named in tables.items():
        yield "\n    ".join([named, *parts.get(table, [])])


def main() -> None:
    with new_database(server.start()) as url:
        upgrade(url)
        with connect(url) as connection:
            FILE.write_text(schema(connection), "utf-8")


if __name__ == "__main__":
    main()

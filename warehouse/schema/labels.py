"""The Chinese labels of codes in the public views: mart.label, and a column `<column>_label` for every column of codes.

A label is an expression over the code, not a join with mart.label: PostgreSQL leaves it out where a query does not ask
for it, and the plan of a view with many joins stays as it is. A key of a JSON constant is found in half the time of a
CASE, which compares the code with one label's after the other.
"""

import json

from psycopg import sql
from sqlalchemy import Connection, text

from warehouse.base.database import driver
from warehouse.base.sql_files import View
from warehouse.kinds.labels import labels, labels_of

PLACEHOLDER = "{labels}"  # in sql/marts/005_label.sql: the rows of mart.label
COLUMNS = """
select attname::text from pg_attribute
where attrelid = cast(:name as regclass) and attnum > 0 and atttypid in ('text'::regtype, 'varchar'::regtype)
    and not exists (
        select from pg_attribute as other
        where other.attrelid = pg_attribute.attrelid and other.attname = pg_attribute.attname || '_label'
    )
order by attnum
"""
WITH_LABELS = "create or replace view {name} as select shown.*, {labels} from ({query}) as shown"


def written_out(script: str) -> str:
    """The script of a file with the rows of mart.label in place of `{labels}`."""
    if PLACEHOLDER not in script:
        return script
    return script.replace(PLACEHOLDER, ", ".join(f"({', '.join(map(_quoted, row))})" for row in labels()))


def add_labels(connection: Connection, view: View) -> None:
    """Adds to a view of schema mart, at its end, the label of every column whose codes have labels, with a comment."""
    found = connection.scalars(text(COLUMNS), {"name": view.full_name}).all()
    coded = [column for column in found if labels_of(view.name, column)]
    if view.schema != "mart" or not coded:
        return
    name = sql.Identifier(view.schema, view.name)
    query = connection.scalar(text("select pg_get_viewdef(cast(:name as regclass))"), {"name": view.full_name})
    labelled = sql.SQL(", ").join(_label(view.name, column) for column in coded)
    parts = {"name": name, "labels": labelled, "query": sql.SQL(str(query).rstrip().rstrip(";"))}
    driver(connection).execute(sql.SQL(WITH_LABELS).format(**parts))
    for column in coded:
        labelled_column = sql.Identifier(view.schema, view.name, f"{column}_label")
        comment = sql.SQL("comment on column {} is {}").format(labelled_column, f"{column} 的中文名称")
        driver(connection).execute(comment)


def _label(view: str, column: str) -> sql.Composed:
    labels = json.dumps(dict(labels_of(view, column)), ensure_ascii=False)
    code = sql.Identifier("shown", column)  # also the label of what is no code, such as a printed name
    template = sql.SQL("coalesce({}::jsonb ->> {code}, {code}) as {}")
    return template.format(labels, sql.Identifier(f"{column}_label"), code=code)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

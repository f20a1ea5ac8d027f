"""The Chinese labels of codes in the public views: a column `<column>_label` for every column of codes.

A label is an expression over the code, not a join with mart.label: PostgreSQL leaves it out where a query does not ask
for it, and the plan of a view with many joins stays as it is. A key of a JSON constant is found in half the time of a
CASE, which compares the code with one label's after the other.
"""

import json
from collections.abc import Collection, Iterator

from psycopg import sql
from sqlalchemy import Connection, text

from warehouse.base.sql_files import View
from warehouse.kinds.labels import labels_of

WITH_LABELS = "create or replace view {name} as select shown.*, {labels} from ({query}) as shown"


def with_labels(connection: Connection, view: View, columns: Collection[str]) -> Iterator[sql.Composed]:
    """Statements that add to a view of schema mart, at its end, the label of every column whose codes have labels, with
    a comment. `columns`: those of type text."""
    coded = [one for one in columns if f"{one}_label" not in columns and labels_of(view.name, one)]
    if view.schema != "mart" or view.kind != "view" or not coded:
        return
    name = sql.Identifier(view.schema, view.name)
    query = connection.scalar(text("select pg_get_viewdef(cast(:name as regclass))"), {"name": view.full_name})
    labelled = sql.SQL(", ").join(_label(view.name, column) for column in coded)
    parts = {"name": name, "labels": labelled, "query": sql.SQL(str(query).rstrip().rstrip(";"))}
    yield sql.SQL(WITH_LABELS).format(**parts)
    for column in coded:
        labelled_column = sql.Identifier(view.schema, view.name, f"{column}_label")
        yield sql.SQL("comment on column {} is {}").format(labelled_column, f"{column} 的中文名称")


def _label(view: str, column: str) -> sql.Composed:
    labels = json.dumps(dict(labels_of(view, column)), ensure_ascii=False)
    code = sql.Identifier("shown", column)  # also the label of what is no code, such as a printed name
    template = sql.SQL("coalesce({}::jsonb ->> {code}, {code}) as {}")
    return template.format(labels, sql.Identifier(f"{column}_label"), code=code)

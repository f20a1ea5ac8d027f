"""Creates the views and mart tables of the files in sql/, and drops those of an earlier version."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql
from sqlalchemy import Connection, text

from warehouse.base.database import driver, run_script
from warehouse.base.errors import BrokenView, UpgradeBlocked
from warehouse.base.mart_tables import MartTable, creation, foreign_keys, mart_tables
from warehouse.base.sql_files import SQL, View, columns, project_views
from warehouse.schema import labels
from warehouse.schema.placeholders import written_out

REMEMBER = "insert into warehouse.project_view (schema_name, view_name, kind) values (:schema, :name, :kind)"
OF_KIND = "coalesce(to_jsonb(ours) ->> 'kind', 'view') = :kind"
# No row where the view was not created.
CREATED_COLUMNS = """
select attname::text, atttypid in ('text'::regtype, 'varchar'::regtype), col_description(attrelid, attnum) is not null
from pg_attribute where attrelid = to_regclass(:name) and attnum > 0
order by attnum
"""
COPY_COMMENTS = """
do $$
declare part record;
begin
    for part in
        select attnum, attname, col_description(attrelid, attnum) as meaning from pg_attribute
        where attrelid = 'intermediate.{name}'::regclass and attnum > 0
    loop
        execute format('comment on column mart.{name}.%I is %L', part.attname, part.meaning);
    end loop;
    execute format('comment on table mart.{name} is %L', obj_description('intermediate.{name}'::regclass, 'pg_class'));
end $$
"""


def drop_views(connection: Connection) -> None:
    """Drops the functions and views that the project created, without cascade. Functions first, since their result
    types are the views."""
    _drop_all(connection, "function", "(date)")
    _drop_all(connection, "view")


def drop_tables(connection: Connection) -> None:
    """Drops the tables of mart, which no view reads any more."""
    _drop_all(connection, "table")


def has_tables(connection: Connection, root: Path = SQL) -> bool:
    """Whether all tables of mart are there."""
    names = [f"mart.{name}" for name in mart_tables(root)]
    found = text("select bool_and(to_regclass(name) is not null) from unnest(cast(:names as text[])) as name")
    return bool(connection.scalar(found, {"names": names}))


def create_views(connection: Connection, root: Path = SQL, with_tables: bool = True) -> list[View]:
    """Creates every view of `root` and, if `with_tables`, the tables of mart. Records that the project created them."""
    views, declared = project_views(root), columns(root)
    tables = mart_tables(root)
    for view in views:
        if view.kind == "view":
            create_view(connection, view, declared.script(view.path), declared.comments)
        else:
            if with_tables:
                _create_table(connection, view, tables[view.name])
            run_script(connection, COPY_COMMENTS.format(name=view.name))
    remember(connection, [view for view in views if with_tables or view.kind == "view"])
    if with_tables:
        for name in tables:
            run_script(connection, foreign_keys(name, tables))
    return views


def remember(connection: Connection, created: Iterable[View]) -> None:
    """Records that the project created these objects, so that the next upgrade drops them."""
    rows = [{"schema": one.schema, "name": one.name, "kind": one.kind} for one in created]
    connection.execute(text(REMEMBER), rows)


def create_view(connection: Connection, view: View, script: str, comments: Mapping[str, str]) -> None:
    """Runs the script of a view, adds labels to its columns of codes, and `comments` where the script has none.

    What is added is one script: a warehouse has some 3,000 columns. Raises UpgradeBlocked or BrokenView.
    """
    _run_file(connection, view.path, script, view.full_name)
    columns = _created_columns(connection, view)
    added = [*labels.with_labels(connection, view, [one.name for one in columns if one.is_text])]
    for column in columns:
        if not column.is_commented and column.name in comments:
            named = sql.Identifier(view.schema, view.name, column.name)
            added.append(sql.SQL("comment on column {} is {}").format(named, comments[column.name]))
    if added:
        driver(connection).execute(sql.SQL(";").join(added))


class _Column(NamedTuple):
    name: str
    is_text: bool
    is_commented: bool


def _created_columns(connection: Connection, view: View) -> list[_Column]:
    """The columns of a view that a file must have created. Raises BrokenView where it did not."""
    found = [_Column(*row) for row in connection.execute(text(CREATED_COLUMNS), {"name": view.full_name})]
    if not found:
        raise BrokenView(f"{view.path.name} does not create {view.full_name}")
    return found


def _run_file(connection: Connection, path: Path, script: str, full_name: str) -> None:
    try:
        run_script(connection, written_out(script))
    except psycopg.errors.DuplicateTable as error:
        raise UpgradeBlocked(f"{full_name} exists and is not the project's") from error
    except psycopg.Error as error:
        raise BrokenView(f"{path.name}: {error}") from error


def _create_table(connection: Connection, view: View, table: MartTable) -> None:
    _run_file(connection, view.path, creation(view.name, table), view.full_name)


def _drop_all(connection: Connection, kind: str, arguments: str = "") -> None:
    """Drops all objects of this kind that the project created, and forgets them."""
    if connection.scalar(text("select to_regclass('warehouse.project_view')")) is None:
        return
    if names := _created(connection, kind):
        _drop(connection, kind, [f"{name}{arguments}" for name in names])
    connection.execute(text(f"delete from warehouse.project_view as ours where {OF_KIND}"), {"kind": kind})


def _drop(connection: Connection, kind: str, names: list[str]) -> None:
    try:
        run_script(connection, f"drop {kind} if exists {', '.join(names)}")
    except psycopg.errors.DependentObjectsStillExist as error:
        raise UpgradeBlocked(error.diag.message_detail or "") from error


def _created(connection: Connection, kind: str) -> list[str]:
    """Quoted names of objects of this kind. The column `kind` exists since revision 0003; before, all were views."""
    rows = connection.execute(
        text(f"select format('%I.%I', schema_name, view_name) from warehouse.project_view as ours where {OF_KIND}"),
        {"kind": kind},
    )
    return list(rows.scalars())

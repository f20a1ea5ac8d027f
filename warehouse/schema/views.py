"""Creates the views and mart tables of the files in sql/, and drops those of an earlier version."""

from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Connection, text

from warehouse.base.database import driver, run_script
from warehouse.base.errors import BrokenView, UpgradeBlocked
from warehouse.base.mart_tables import MartTable, creation, foreign_keys, mart_tables
from warehouse.base.sql_files import SQL, Columns, View, columns, project_views
from warehouse.schema import evidence_urls, joins, labels
from warehouse.schema.labels import add_labels

UNCOMMENTED = """
select attname from pg_attribute
where attrelid = cast(:name as regclass) and attnum > 0 and col_description(attrelid, attnum) is null
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
    """Drops what the project created, without cascade. Functions first, since their result types are the views."""
    if connection.scalar(text("select to_regclass('warehouse.project_view')")) is None:
        return
    for kind in ("function", "view", "table"):
        if names := _created(connection, kind):
            _drop(connection, kind, [f"{name}(date)" for name in names] if kind == "function" else names)
    connection.execute(text("delete from warehouse.project_view"))


def create_views(connection: Connection, root: Path = SQL) -> list[View]:
    """Creates every view and mart table of `root` and records that the project created it."""
    views, declared = project_views(root), columns(root)
    tables = mart_tables(root)
    for view in views:
        if view.kind == "table":
            _create_table(connection, view, tables[view.name])
        else:
            _create_view(connection, view, declared)
        remember(connection, view.schema, view.name, view.kind)
    for name in tables:
        run_script(connection, foreign_keys(name, tables))
    return views


def remember(connection: Connection, schema: str, name: str, kind: str) -> None:
    """Records that the project created an object, so that the next upgrade drops it."""
    connection.execute(
        text("insert into warehouse.project_view (schema_name, view_name, kind) values (:schema, :name, :kind)"),
        {"schema": schema, "name": name, "kind": kind},
    )


def run_file(connection: Connection, path: Path, script: str, full_name: str) -> None:
    """Runs the script of a file that must create `full_name`. Raises UpgradeBlocked or BrokenView."""
    try:
        run_script(connection, evidence_urls.written_out(joins.written_out(labels.written_out(script))))
    except psycopg.errors.DuplicateTable as error:
        raise UpgradeBlocked(f"{full_name} exists and is not the project's") from error
    except psycopg.Error as error:
        raise BrokenView(f"{path.name}: {error}") from error
    if connection.scalar(text("select to_regclass(:name)"), {"name": full_name}) is None:
        raise BrokenView(f"{path.name} does not create {full_name}")


def _create_view(connection: Connection, view: View, declared: Columns) -> None:
    run_file(connection, view.path, declared.script(view.path), view.full_name)
    add_labels(connection, view)
    _comment(connection, view, declared.comments)


def _create_table(connection: Connection, view: View, table: MartTable) -> None:
    run_file(connection, view.path, creation(view.name, table), view.full_name)
    run_script(connection, COPY_COMMENTS.format(name=view.name))


def _comment(connection: Connection, view: View, comments: Mapping[str, str]) -> None:
    """Comments on the columns that the file does not comment on, where columns.toml has a comment for the name."""
    for column in connection.scalars(text(UNCOMMENTED), {"name": view.full_name}).all():
        if column in comments:
            named = sql.Identifier(view.schema, view.name, column)
            driver(connection).execute(sql.SQL("comment on column {} is {}").format(named, comments[column]))


def _drop(connection: Connection, kind: str, names: list[str]) -> None:
    try:
        run_script(connection, f"drop {kind} if exists {', '.join(names)}")
    except psycopg.errors.DependentObjectsStillExist as error:
        raise UpgradeBlocked(error.diag.message_detail or "") from error


def _created(connection: Connection, kind: str) -> list[str]:
    """Quoted names of objects of this kind. The column `kind` exists since revision 0003; before, all were views."""
    rows = connection.execute(
        text(
            "select format('%I.%I', schema_name, view_name) from warehouse.project_view as ours"
            " where coalesce(to_jsonb(ours) ->> 'kind', 'view') = :kind"
        ),
        {"kind": kind},
    )
    return list(rows.scalars())

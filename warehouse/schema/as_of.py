"""The public views as they were on a day: mart.<view>_as_of(day).

The files of intermediate and mart are run a second time while the schemas as_of_intermediate and as_of bear these two
names. What is made then stands over sql/as_of/published_parse.sql and today.sql, which know what is public, and when.
The names go back, and what was made stays bound to what it was made of. A function sets the moment and reads its view
in as_of, so that the views themselves pay nothing for it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import Connection, text

from warehouse.base.database import run_script
from warehouse.base.errors import BrokenView, UpgradeBlocked
from warehouse.base.mart_tables import facts
from warehouse.base.sql_files import SQL, Columns, View, columns, project_views
from warehouse.schema.views import remember, run_file

TWINS = {"intermediate": "as_of_intermediate", "mart": "as_of"}
# What is a table in mart is a long query here: its rows are computed once for whoever reads them.
FACT = """
create view mart.{name} as
with once as materialized (select * from intermediate.{name})

select * from once
"""
# Dimensions are not dated.
DIMENSION = "create view mart.{name} as select * from mart_now.{name}"
# The day ends at midnight in China, which has one time zone.
FUNCTION = """
create function mart.{name}_as_of(day date) returns setof mart.{name}
language plpgsql strict security definer
set search_path = pg_catalog, pg_temp set datestyle = 'ISO' set timezone = 'UTC' as $$
begin
    perform set_config('juesuan.as_of', ((day + 1)::timestamp at time zone 'Asia/Shanghai')::text, true);
    return query select * from as_of.{name};
end $$;
comment on function mart.{name}_as_of(date) is
    '某日（北京时间）终了时的 mart.{name}（部门名称与类别、科目衔接、地区序列取今日所载）：{comment}';
"""


def create_as_of(connection: Connection, root: Path = SQL) -> None:
    """Creates the views of schema as_of and a function for every public view about documents."""
    declared, views = columns(root), project_views(root)
    with _twins_bear_the_names(connection):
        for view in views:
            if view.schema in TWINS:
                run_file(connection, view.path, _script(view, root, declared), view.full_name)
    for view in views:
        if view.schema in TWINS:
            remember(connection, TWINS[view.schema], view.name, "view")
        if view.schema == "mart" and _is_about_documents(connection, view):
            _create_function(connection, view)


@contextmanager
def _twins_bear_the_names(connection: Connection) -> Iterator[None]:
    for schema, twin in TWINS.items():
        _rename(connection, {schema: f"{schema}_now", twin: schema})
    yield
    for schema, twin in TWINS.items():
        _rename(connection, {schema: twin, f"{schema}_now": schema})


def _rename(connection: Connection, names: Mapping[str, str]) -> None:
    for old, new in names.items():
        connection.execute(text(f"alter schema {old} rename to {new}"))


def _script(view: View, root: Path, declared: Columns) -> str:
    """What makes the view in schema as_of: its own file, or what stands in the place of it."""
    if view.kind == "table":
        return (FACT if view.name in facts(root) else DIMENSION).format(name=view.name)
    own = root / "as_of" / f"{view.name}.sql"
    return declared.script(own if view.schema == "intermediate" and own.exists() else view.path)


def _is_about_documents(connection: Connection, view: View) -> bool:
    query = text(
        "select exists (select from pg_attribute where attrelid = cast(:name as regclass) and attname = 'document_id')"
    )
    return connection.scalar(query, {"name": view.full_name})


def _create_function(connection: Connection, view: View) -> None:
    comment = connection.scalar(
        text("select obj_description(cast(:name as regclass), 'pg_class')"), {"name": view.full_name}
    )
    if comment is None:
        raise BrokenView(f"{view.path.name} does not comment on {view.full_name}")
    try:
        run_script(connection, FUNCTION.format(name=view.name, comment=comment.replace("'", "''")))
    except psycopg.errors.DuplicateFunction as error:
        raise UpgradeBlocked(f"mart.{view.name}_as_of(date) exists and is not the project's") from error
    remember(connection, "mart", f"{view.name}_as_of", "function")

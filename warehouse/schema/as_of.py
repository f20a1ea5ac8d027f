"""The public views as they were on a day: mart.<view>_as_of(day).

Schema as_of holds the intermediate and public views a second time, made of the same files, over
as_of.published_parse and as_of.today instead of the views of intermediate with these names: those know what is
public, and when. A function sets the moment and reads its view there, so that the views themselves pay nothing for it.
"""

import re
from pathlib import Path

import psycopg
from sqlalchemy import Connection, text

from warehouse.base.database import run_script
from warehouse.base.errors import BrokenView, UpgradeBlocked
from warehouse.base.sql_files import SQL, View, columns, project_views
from warehouse.schema.views import remember, run_file

SCHEMA = "as_of"
BASES = ("today", "published_parse")
STAR = re.compile(r"^(\w+) as \(\n    select \* from mart\.metric_value$", re.MULTILINE)
IN_FORCE = re.compile(r"\b(intermediate|mart)\.(?=[a-z_])")
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
    declared = columns(root)
    for base in BASES:
        path = root / "as_of" / f"{base}.sql"
        _create(connection, path, base, declared.script(path))
    for view in project_views(root):
        if view.schema in ("intermediate", "mart") and view.kind == "view" and view.name not in BASES:
            _create(connection, view.path, view.name, _in_force(declared.script(view.path)))
    for view in project_views(root):
        if view.schema == "mart" and _is_about_documents(connection, view):
            _create_function(connection, view)


def _in_force(script: str) -> str:
    """The script over what was in force. What is a table in mart is a long query here: it is asked once."""
    return IN_FORCE.sub(f"{SCHEMA}.", STAR.sub(r"\1 as materialized (\n    select * from mart.metric_value", script))


def _create(connection: Connection, path: Path, name: str, script: str) -> None:
    run_file(connection, path, script, f"{SCHEMA}.{name}")
    remember(connection, SCHEMA, name, "view")


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

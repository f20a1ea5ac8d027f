"""The public views as they were on a day: mart.<view>_as_of(day).

Schema as_of holds a second copy of every view of mart, and as_of_intermediate one of every intermediate view. They are
created by running the same files again while the schemas are renamed: intermediate to intermediate_now, mart to
mart_now, as_of_intermediate to intermediate, as_of to mart. Then the names are changed back. A view refers to other
views by their object id, so the copies still read each other afterwards.

Three views are not copied but have files of their own in sql/as_of/: published_parse, withdrawn and today. They read
the setting juesuan.as_of, a moment, and all other copies read them. The function mart.<view>_as_of sets it and reads
the copy. The views of mart themselves do not read the setting, so they are not slower.

Where nothing became public or was withdrawn since the day, and all that was loaded is public, a copy has the rows of
its view in mart, and the function reads that: it is stored, and the copy would be computed. Not where the rows depend
on the day itself, as what is late.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
from sqlalchemy import Connection, text

from warehouse.base.database import run_script
from warehouse.base.errors import BrokenView, UpgradeBlocked
from warehouse.base.mart_tables import facts
from warehouse.base.sql_files import SQL, Columns, View, columns, project_views
from warehouse.schema.views import create_view, remember

COPIES = {"intermediate": "as_of_intermediate", "mart": "as_of"}
# A fact is a table in mart, but a view here. `materialized`: PostgreSQL computes its rows once, not once per row of a
# query that joins it.
FACT = """
create view mart.{name} as
with once as materialized (select * from intermediate.{name})

select * from once
"""
# Dimensions have no history: the copy shows the rows of today.
DIMENSION = "create view mart.{name} as select * from mart_now.{name}"
ABOUT_DOCUMENTS = """
select relname::text, obj_description(pg_class.oid, 'pg_class')
from pg_class
join pg_attribute on attrelid = pg_class.oid and attname = 'document_id'
where relnamespace = 'mart'::regnamespace and relkind in ('r', 'v')
"""
# The views whose rows depend on the day itself.
OF_THE_DAY = """
with recursive reads (view) as (
    select 'as_of_intermediate.today'::regclass::oid
    union
    select pg_rewrite.ev_class
    from reads
    join pg_depend on refobjid = view and refclassid = 'pg_class'::regclass and classid = 'pg_rewrite'::regclass
    join pg_rewrite on pg_rewrite.oid = objid
)

select relname::text from reads join pg_class on pg_class.oid = view where relnamespace = 'as_of'::regnamespace
"""
# The day ends at midnight, Beijing time.
FUNCTION = """
create function mart.{name}_as_of(day date) returns setof mart.{name}
language plpgsql strict security definer
set search_path = pg_catalog, pg_temp set datestyle = 'ISO' set timezone = 'UTC' as $$
declare
    ended constant timestamptz not null = (day + 1)::timestamp at time zone 'Asia/Shanghai';
begin
    perform set_config('juesuan.as_of', ended::text, true);
    {unchanged}return query select * from as_of.{name};
end $$;
comment on function mart.{name}_as_of(date) is
    '某日（北京时间）终了时的 mart.{name}（部门名称与类别、科目衔接、机构承继表、地区序列取今日所载）：{comment}';
"""

UNCHANGED = """if not exists (select from warehouse.publication where published_at >= ended)
        and not exists (select from warehouse.withdrawal where withdrawn_at >= ended or undone_at >= ended)
        and not exists (select from warehouse.stale_slot)
    then
        return query select * from mart.{name};
        return;
    end if;
    """


def create_as_of(connection: Connection, root: Path = SQL) -> None:
    """Creates the views of as_of and as_of_intermediate, and a function for every public view with a document_id."""
    declared, views = columns(root), project_views(root)
    with _copies_have_the_names(connection):
        for view in views:
            if view.schema in COPIES:
                create_view(connection, view, _script(view, root, declared), {})
    copies = [replace(view, schema=COPIES[view.schema], kind="view") for view in views if view.schema in COPIES]
    remember(connection, [*copies, *_create_functions(connection, views)])


@contextmanager
def _copies_have_the_names(connection: Connection) -> Iterator[None]:
    for schema, copy in COPIES.items():
        _rename(connection, {schema: f"{schema}_now", copy: schema})
    yield
    for schema, copy in COPIES.items():
        _rename(connection, {schema: copy, f"{schema}_now": schema})


def _rename(connection: Connection, names: Mapping[str, str]) -> None:
    for old, new in names.items():
        connection.execute(text(f"alter schema {old} rename to {new}"))


def _script(view: View, root: Path, declared: Columns) -> str:
    """SQL that creates the copy of a view: its file, the file of sql/as_of/ with its name, or FACT or DIMENSION.

    Without the comments, which a file has at its end: nobody reads the copies but the functions.
    """
    if view.kind == "table":
        return (FACT if view.name in facts(root) else DIMENSION).format(name=view.name)
    own = root / "as_of" / f"{view.name}.sql"
    script = declared.script(own if view.schema == "intermediate" and own.exists() else view.path)
    return script.partition("\ncomment on ")[0]


def _create_functions(connection: Connection, views: list[View]) -> Iterator[View]:
    """Creates the function of every view of mart that has a document_id."""
    comments = {name: comment for name, comment in connection.execute(text(ABOUT_DOCUMENTS))}
    of_the_day = set(connection.scalars(text(OF_THE_DAY)))
    for view in views:
        if view.schema == "mart" and view.name in comments:
            unchanged = "" if view.name in of_the_day else UNCHANGED.format(name=view.name)
            _create_function(connection, view, unchanged, comments[view.name])
            yield View("mart", f"{view.name}_as_of", view.path, "function")


def _create_function(connection: Connection, view: View, unchanged: str, comment: str | None) -> None:
    if comment is None:
        raise BrokenView(f"{view.path.name} does not comment on {view.full_name}")
    try:
        script = FUNCTION.format(name=view.name, unchanged=unchanged, comment=comment.replace("'", "''"))
        run_script(connection, script)
    except psycopg.errors.DuplicateFunction as error:
        raise UpgradeBlocked(f"mart.{view.name}_as_of(date) exists and is not the project's") from error

"""The project's views: files in sql/ are the only copy, the database holds what they say.

sql/staging/010_amount.sql makes the view staging.amount, sql/marts/020_amount.sql the view
mart.amount. Staging comes first, the marts come last; within a folder the number orders the files.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import Connection, text

from warehouse.database import run_script
from warehouse.errors import BrokenView, UnorderedViews, UpgradeBlocked

SQL = Path(__file__).resolve().parent.parent / "sql"
SCHEMAS = {"staging": "staging", "intermediate": "intermediate", "marts": "mart"}  # folder → schema


@dataclass(frozen=True, slots=True)
class View:
    schema: str
    name: str
    path: Path

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"


def project_views(root: Path = SQL) -> list[View]:
    """Every view of the project in the order of creation."""
    return [_view(schema, path) for folder, schema in SCHEMAS.items() for path in sorted((root / folder).glob("*.sql"))]


def audit_queries(root: Path = SQL) -> dict[str, str]:
    """Queries that return no row while the warehouse is in order: name → SQL."""
    return {path.stem: path.read_text("utf-8") for path in sorted((root / "audit").glob("*.sql"))}


def drop_views(connection: Connection) -> None:
    """Drops what the project created, in one statement and without cascade."""
    if connection.scalar(text("select to_regclass('warehouse.project_view')")) is None:
        return
    names = _created(connection)
    if not names:
        return
    try:
        run_script(connection, f"drop view if exists {', '.join(names)}")
    except psycopg.errors.DependentObjectsStillExist as error:
        raise UpgradeBlocked(error.diag.message_detail or "") from error
    connection.execute(text("delete from warehouse.project_view"))


def create_views(connection: Connection, root: Path = SQL) -> list[View]:
    """Creates every view of `root` and remembers that it is ours."""
    views = project_views(root)
    for view in views:
        _create(connection, view)
        connection.execute(
            text("insert into warehouse.project_view (schema_name, view_name) values (:schema, :name)"),
            {"schema": view.schema, "name": view.name},
        )
    return views


def _create(connection: Connection, view: View) -> None:
    try:
        run_script(connection, view.path.read_text("utf-8"))
    except psycopg.errors.DuplicateTable as error:
        raise UpgradeBlocked(f"{view.full_name} exists and is not the project's") from error
    except psycopg.Error as error:
        raise BrokenView(f"{view.path.name}: {error}") from error
    if connection.scalar(text("select to_regclass(:name)"), {"name": view.full_name}) is None:
        raise BrokenView(f"{view.path.name} does not create {view.full_name}")


def _created(connection: Connection) -> list[str]:
    rows = connection.execute(text("select format('%I.%I', schema_name, view_name) from warehouse.project_view"))
    return list(rows.scalars())


def _view(schema: str, path: Path) -> View:
    named = re.fullmatch(r"\d{3}_([a-z_]+)", path.stem)
    if named is None:
        raise UnorderedViews(str(path))
    return View(schema, named.group(1), path)

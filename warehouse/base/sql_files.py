"""The SQL files of the project: the views they create, in the order of creation, and the audit queries.

sql/staging/010_amount.sql creates the view staging.amount, sql/marts/020_amount.sql the view mart.amount. The folders
are run in the order of FOLDERS, the files of a folder in the order of their numbers. Where sql/tables.toml declares a
table with the name of an intermediate view, that table is created in schema mart right after the view, and files with
higher numbers read the table.

sql/columns.toml holds what several files use: lists of columns, written `document.{shared}` in a file, and comments of
columns. `python -m warehouse.base.sql_files FILE` prints a file with its lists written out.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from warehouse.base import mart_tables
from warehouse.base.errors import BadSqlDeclaration, IncompleteInstallation, UnorderedViews
from warehouse.base.project_files import ROOT

SQL = ROOT / "sql"
COLUMNS, TABLES = "columns.toml", mart_tables.FILE
FOLDERS = {"staging": "staging", "intermediate": "intermediate", "marts": "mart"}  # folder → schema
KEY = re.compile(r"^-- Key: (.+)\.$", re.MULTILINE)
BY = re.compile(r"^-- By: (\w+)\.$", re.MULTILINE)
LIST = re.compile(r"\b(\w+)\.\{([a-z_]+)\}")

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Chinese = Annotated[str, StringConstraints(pattern=r"[一-龥]")]


@dataclass(frozen=True, slots=True)
class View:
    """A view, or the table that holds the rows of a view. `kind` is view or table."""

    schema: str
    name: str
    path: Path
    kind: str = "view"

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def key(self) -> tuple[str, ...]:
        """The key columns of a public view, as its file declares them: `-- Key: document_id, form_no.`"""
        named = KEY.search(self.path.read_text("utf-8")) if self.path.suffix == ".sql" else None
        return tuple(named.group(1).split(", ")) if named else ()


class Columns(BaseModel):
    """`lists`: name → columns in order. `comments`: column → its comment in views whose file has none for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lists: dict[Name, Annotated[tuple[Name, ...], Field(min_length=1)]]
    comments: dict[Name, Chinese]

    def script(self, path: Path) -> str:
        """The text of the file with its lists written out: `document.{shared}` as document.document_id, and so on."""

        def written_out(found: re.Match[str]) -> str:
            table, name = found.groups()
            if name not in self.lists:
                raise BadSqlDeclaration(f"{path.name}: {found.group()}, but there is no list {name}")
            return ", ".join(f"{table}.{column}" for column in self.lists[name])

        return LIST.sub(written_out, path.read_text("utf-8"))


def columns(root: Path = SQL) -> Columns:
    """Reads sql/columns.toml. Raises BadSqlDeclaration, naming key and rule."""
    try:
        return Columns.model_validate(tomllib.loads((root / COLUMNS).read_text("utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadSqlDeclaration(f"{COLUMNS}: {error}") from error


def project_views(root: Path = SQL) -> list[View]:
    """Every view and mart table, in the order of creation. Raises IncompleteInstallation where there is none."""
    views = list(_in_order(root))
    if not views:
        raise IncompleteInstallation(f"no view in {root}")
    tables = {view.name for view in views if view.kind == "table"}
    if lost := sorted(set(mart_tables.mart_tables(root)) - tables):
        raise BadSqlDeclaration(f"{TABLES}: no view intermediate.{lost[0]}")
    return views


def audit_queries(
    root: Path = SQL, ids: Mapping[str, Iterable[int]] = {}, rows: Mapping[str, Sequence[str]] = {}
) -> dict[str, str]:
    """Name → a query that returns a row for every inconsistency in the warehouse. Raises IncompleteInstallation.

    The queries of sql/audit/ and two made of declarations: every public view has one row per key, every table of mart
    has the rows of its view. With `ids` (column → values) a query that says by which column it may be asked (`-- By:
    parse_id.`) is asked for these, and a view with a document_id for these documents. `rows`: table → conditions that
    choose the rows to compare.
    """
    queries = {path.stem: _asked_by(path.read_text("utf-8"), ids) for path in sorted((root / "audit").glob("*.sql"))}
    if not queries:
        raise IncompleteInstallation(f"no audit query in {root}")
    return queries | {
        "010_grain_of_marts": "\nunion all\n".join(_repeated(view, ids) for view in project_views(root) if view.key),
        "090_star_equals_its_views": mart_tables.differences(mart_tables.mart_tables(root), rows),
    }


def among(column: str, ids: Iterable[int]) -> str:
    """A condition: the column has one of these values."""
    return f"{column} = any('{{{','.join(map(str, ids))}}}'::integer[])"


def _asked_by(query: str, ids: Mapping[str, Iterable[int]]) -> str:
    named = BY.search(query)
    if named is None or named.group(1) not in ids:
        return query
    column = named.group(1)
    return f"select * from (\n{query.rstrip().rstrip(';')}\n) as found where {among(column, ids[column])}"


def _repeated(view: View, ids: Mapping[str, Iterable[int]]) -> str:
    """SQL that returns the keys of the view that more than one row has."""
    key = f"array[{', '.join(f'{column}::text' for column in view.key)}]::text"
    asked = [f" where {among(column, ids[column])}" for column in ("document_id",) if column in {*ids} & {*view.key}]
    return (
        f"select '{view.name}' as view, {key} as key, count(*) as times"
        f" from {view.full_name}{''.join(asked)} group by {', '.join(view.key)} having count(*) > 1"
    )


def _in_order(root: Path) -> Iterator[View]:
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.sql")):
            view = _view(path)
            yield view
            if view.schema == "intermediate" and view.name in mart_tables.mart_tables(root):
                yield View("mart", view.name, root / TABLES, "table")


def _view(path: Path) -> View:
    named = re.fullmatch(r"\d{3}_([a-z_]+)", path.stem)
    if named is None:
        raise UnorderedViews(str(path))
    return View(FOLDERS[path.parent.name], named.group(1), path)


if __name__ == "__main__":
    print(columns().script(Path(sys.argv[1])), end="")

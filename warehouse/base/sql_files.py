"""The SQL files of the project: the views they make, in the order in which they are made, and the audit queries.

sql/staging/010_amount.sql makes the view staging.amount, sql/marts/020_amount.sql the view
mart.amount, sql/star/300_metric_value.sql a table of mart that holds what intermediate.metric_value
says (see `warehouse.publish`). Folders follow one another as in LAYERS; the number orders the files of one layer.

sql/columns.toml holds what files have in common: lists of columns, which a file writes as `document.{shared}`, and
comments of columns. `python -m warehouse.base.sql_files FILE` prints a file with its lists written out.
"""

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from warehouse.base.errors import BadColumns, IncompleteInstallation, UnorderedViews
from warehouse.base.project_files import ROOT

SQL = ROOT / "sql"
COLUMNS = "columns.toml"
FOLDERS = {  # folder → schema, and what its files create
    "staging": ("staging", "view"),
    "intermediate": ("intermediate", "view"),
    "star": ("mart", "table"),
    "marts": ("mart", "view"),
}
# A table holds what an intermediate view says, and later ones read the table.
LAYERS = (("staging",), ("intermediate", "star"), ("marts",))
LIST = re.compile(r"\b(\w+)\.\{([a-z_]+)\}")

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Chinese = Annotated[str, StringConstraints(pattern=r"[一-龥]")]


@dataclass(frozen=True, slots=True)
class View:
    """A view, or a table a view is written into. `kind` is view or table."""

    schema: str
    name: str
    path: Path
    kind: str = "view"

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"


class Columns(BaseModel):
    """`lists`: name → columns in order. `comments`: column → its comment wherever a file does not say another."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lists: dict[Name, Annotated[tuple[Name, ...], Field(min_length=1)]]
    comments: dict[Name, Chinese]

    def script(self, path: Path) -> str:
        """The file as the database is given it: `document.{shared}` is document.document_id, document.source_name, …"""

        def written_out(found: re.Match[str]) -> str:
            table, name = found.groups()
            if name not in self.lists:
                raise BadColumns(f"{path.name}: {found.group()}, but there is no list {name}")
            return ", ".join(f"{table}.{column}" for column in self.lists[name])

        return LIST.sub(written_out, path.read_text("utf-8"))


def columns(root: Path = SQL) -> Columns:
    """sql/columns.toml; raises BadColumns with the key and the rule it breaks."""
    try:
        return Columns.model_validate(tomllib.loads((root / COLUMNS).read_text("utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadColumns(f"{COLUMNS}: {error}") from error


def project_views(root: Path = SQL) -> list[View]:
    """Every view of the project in the order of creation. Raises IncompleteInstallation where there is none."""
    views = [_view(path) for layer in LAYERS for path in _numbered(root, layer)]
    if not views:
        raise IncompleteInstallation(f"no view in {root}")
    return views


def audit_queries(root: Path = SQL) -> dict[str, str]:
    """Queries that return no row while the warehouse is in order: name → SQL. Raises IncompleteInstallation."""
    queries = {path.stem: path.read_text("utf-8") for path in sorted((root / "audit").glob("*.sql"))}
    if not queries:
        raise IncompleteInstallation(f"no audit query in {root}")
    return queries


def _numbered(root: Path, layer: tuple[str, ...]) -> list[Path]:
    return sorted((path for folder in layer for path in (root / folder).glob("*.sql")), key=lambda path: path.name)


def _view(path: Path) -> View:
    named = re.fullmatch(r"\d{3}_([a-z_]+)", path.stem)
    if named is None:
        raise UnorderedViews(str(path))
    schema, kind = FOLDERS[path.parent.name]
    return View(schema, named.group(1), path, kind)


if __name__ == "__main__":
    print(columns().script(Path(sys.argv[1])), end="")

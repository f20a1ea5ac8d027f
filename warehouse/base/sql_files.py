"""The SQL files of the project: the views they make, in the order in which they are made, and the audit queries.

sql/staging/010_amount.sql makes the view staging.amount, sql/marts/020_amount.sql the view
mart.amount, sql/star/300_metric_value.sql a table of mart that holds what intermediate.metric_value
says (see `warehouse.publish`). Folders follow one another as in LAYERS; the number orders the files of one layer.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from warehouse.base.errors import IncompleteInstallation, UnorderedViews
from warehouse.base.project_files import ROOT

SQL = ROOT / "sql"
FOLDERS = {  # folder → schema, and what its files create
    "staging": ("staging", "view"),
    "intermediate": ("intermediate", "view"),
    "star": ("mart", "table"),
    "marts": ("mart", "view"),
}
# A table holds what an intermediate view says, and later ones read the table.
LAYERS = (("staging",), ("intermediate", "star"), ("marts",))


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

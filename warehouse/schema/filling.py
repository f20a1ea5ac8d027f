"""What fills the tables of schema mart: a digest of SQL, declarations and code, for upgrades that change none of them.

Such an upgrade keeps the tables: at 20 million amounts it takes half an hour to fill them.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from psycopg import Connection

from warehouse.base.database import one_value
from warehouse.base.mart_tables import creation, foreign_keys, mart_tables
from warehouse.base.sql_files import SQL, columns, project_views
from warehouse.publish import refresh
from warehouse.schema.placeholders import written_out

FILLS = Path(refresh.__file__).parent
NAMES = re.compile(r"\b(?:staging|intermediate|mart)\.[a-z_]+\b")
# The rows of declarations, without the ids and columns that documents bring: tables with open measures get these then.
DECLARED = {
    "document_kind": "true",
    "standard_table": "true",
    "measure": "table_code in (select table_code from warehouse.standard_table where open_measures = '{}')",
    "item": "true",
    "table_side": "true",
    "metric_family": "true",
    "metric": "true",
    "metric_stated": "true",
    "check_rule": "true",
}
ROWS = "select md5(string_agg(one::text, E'\\n' order by one::text collate \"C\")) from warehouse.{} as one where {}"


def digest(connection: Connection, root: Path = SQL) -> str:
    """16 hexadecimal digits, once the declarations are in the database."""
    scripts = _scripts(root)
    parts = [scripts[name] for name in sorted(_reached(scripts, [f"mart.{name}" for name in mart_tables(root)]))]
    parts += [str(one_value(connection.execute(ROWS.format(name, which)))) for name, which in DECLARED.items()]
    parts += [file.read_text("utf-8") for file in sorted(FILLS.glob("*.py"))]
    return sha256("\0".join(parts).encode()).hexdigest()[:16]


def _scripts(root: Path) -> dict[str, str]:
    """The SQL that creates each view and each table of mart, without comments on it."""
    views, shared, tables = project_views(root), columns(root), mart_tables(root)
    return {
        view.full_name: f"{creation(view.name, tables[view.name])};{foreign_keys(view.name, tables)}"
        if view.kind == "table"
        else written_out(shared.script(view.path)).partition("\ncomment on ")[0]
        for view in views
    }


def _reached(scripts: dict[str, str], names: Iterable[str]) -> set[str]:
    """`names` and what their scripts read, directly or through others."""
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in scripts and name not in reached:
            reached.add(name)
            waiting += NAMES.findall(scripts[name])
    return reached

"""The number of a file in sql/ is greater than those of all views and tables that it reads.

PostgreSQL refuses a view whose sources do not exist yet; its message names the source, not the number. It does not
check the order in which the tables of mart are filled: a table filled before its sources would lack rows, without an
error.
"""

import re
from pathlib import Path
from shutil import copytree

from warehouse.base.mart_tables import dimensions, facts
from warehouse.base.sql_files import SQL, Columns, View, columns, project_views

COMMENTS_AND_TEXTS = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
NAMES = re.compile(r"\b(?:staging|intermediate|mart)\.[a-z_]+\b")
# The dependencies in PostgreSQL's catalog: the rule of a view depends on the relations that the view reads.
CATALOG = """
select distinct format('%s.%s', of.nspname, one.relname), format('%s.%s', by.nspname, other.relname)
from pg_depend
join pg_rewrite as rule on rule.oid = objid
join pg_class as one on one.oid = ev_class
join pg_namespace as of on of.oid = one.relnamespace
join pg_class as other on other.oid = refobjid
join pg_namespace as by on by.oid = other.relnamespace
where classid = 'pg_rewrite'::regclass and refclassid = 'pg_class'::regclass and refobjid <> ev_class
    and of.nspname in ('staging', 'intermediate', 'mart') and by.nspname in ('staging', 'intermediate', 'mart')
"""


def needs(root: Path = SQL) -> dict[str, set[str]]:
    """View → relations that its file reads, table → its view; in the order of creation."""
    views = project_views(root)
    names = {view.full_name for view in views}
    return {view.full_name: _read_by(view, columns(root)) & names - {view.full_name} for view in views}


def _read_by(view: View, shared: Columns) -> set[str]:
    if view.kind == "table":
        return {f"intermediate.{view.name}"}
    return set(NAMES.findall(COMMENTS_AND_TEXTS.sub("", shared.script(view.path))))


def contradictions(root: Path = SQL) -> list[str]:
    """A text for each file with a lower number than a file that it reads."""
    graph = needs(root)
    files = {view.full_name: view.path.name for view in project_views(root)}
    places = {name: place for place, name in enumerate(graph)}
    late = [(name, needed) for name in graph for needed in graph[name] if places[needed] > places[name]]
    return [f"{files[name]} reads {needed}, which {files[needed]} makes" for name, needed in late]


def read_from(name: str, graph: dict[str, set[str]], tables: set[str]) -> set[str]:
    """The tables of mart that a view reads, directly or through other views."""
    direct = graph[name] & tables
    return direct.union(*(read_from(view, graph, tables) for view in graph[name] - tables))


def test_every_file_has_a_higher_number_than_the_files_it_reads():
    assert contradictions() == []


def test_a_number_that_is_too_low_is_named_with_the_files_that_it_reads(tmp_path):
    root = Path(copytree(SQL, tmp_path / "sql"))
    (root / "marts" / "020_amount.sql").rename(root / "marts" / "020_sum.sql")
    (root / "marts" / "001_amount.sql").write_text("create view mart.amount as select * from mart.sum;", "utf-8")
    assert contradictions(root) == ["001_amount.sql reads mart.sum, which 020_sum.sql makes"]


def test_every_file_has_a_number_of_its_own_in_its_layer():
    numbers = [(view.schema, view.path.name[:3]) for view in project_views() if view.kind == "view"]
    assert len(numbers) == len(set(numbers))


def test_the_dependencies_are_those_of_the_catalog(connection):
    graph = needs()
    noted = [(name, needed) for name, needed in connection.execute(CATALOG) if name in graph and needed in graph]
    assert len(noted) > 150
    assert [(name, needed) for name, needed in noted if needed not in graph[name]] == []


def test_a_table_is_filled_after_the_tables_its_rows_come_from():
    graph = needs()
    tables = {view.full_name for view in project_views() if view.kind == "table"}
    order = [f"mart.{name}" for name in (*dimensions(), *facts())]
    sources = {name: read_from(name.replace("mart.", "intermediate."), graph, tables) for name in order}
    early = [(name, source) for name in order for source in sources[name] if order.index(source) >= order.index(name)]
    assert set(order) == tables and early == []
    assert sources["mart.peer_position"] >= {"mart.metric_value"}


def test_staging_reads_tables_of_warehouse_only():
    assert {name: read for name, read in needs().items() if name.startswith("staging.") and read} == {}

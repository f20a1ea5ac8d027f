"""The numbers of the files in sql/ agree with what the files need: a file comes after every view and table it reads.

PostgreSQL refuses a view whose sources are not there yet, and names the source, not the number. What it does not see
is the order in which the tables of the star are filled: one filled too early would hold too little, without any error.
"""

import re
from pathlib import Path
from shutil import copytree

from warehouse.base.sql_files import SQL, columns, project_views
from warehouse.publish.dimensions import FACTS

COMMENTS_AND_TEXTS = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
NAMES = re.compile(r"\b(?:staging|intermediate|mart)\.[a-z_]+\b")
# What PostgreSQL itself notes: a view's rule needs what it reads, a table what its foreign keys point to.
CATALOG = """
with needing as (
    select ev_class as relation, refobjid as needed from pg_depend join pg_rewrite as rule on rule.oid = objid
    where classid = 'pg_rewrite'::regclass and refclassid = 'pg_class'::regclass and refobjid <> ev_class
    union select conrelid, confrelid from pg_constraint where contype = 'f' and conrelid <> confrelid
)
select distinct format('%s.%s', of.nspname, one.relname), format('%s.%s', by.nspname, other.relname)
from needing
join pg_class as one on one.oid = relation
join pg_namespace as of on of.oid = one.relnamespace
join pg_class as other on other.oid = needed
join pg_namespace as by on by.oid = other.relnamespace
where of.nspname in ('staging', 'intermediate', 'mart') and by.nspname in ('staging', 'intermediate', 'mart')
"""


def needs(root: Path = SQL) -> dict[str, set[str]]:
    """View or table → what its file reads or points to, in the order of creation."""
    shared, views = columns(root), project_views(root)
    names = {view.full_name for view in views}
    texts = {view.full_name: COMMENTS_AND_TEXTS.sub("", shared.script(view.path)) for view in views}
    return {name: (set(NAMES.findall(text)) & names) - {name} for name, text in texts.items()}


def contradictions(root: Path = SQL) -> list[str]:
    """Files whose number comes before that of what they need."""
    graph = needs(root)
    files = {view.full_name: view.path.name for view in project_views(root)}
    places = {name: place for place, name in enumerate(graph)}
    late = [(name, needed) for name in graph for needed in graph[name] if places[needed] > places[name]]
    return [f"{files[name]} reads {needed}, which {files[needed]} makes" for name, needed in late]


def read_from(name: str, graph: dict[str, set[str]], tables: set[str]) -> set[str]:
    """Tables of the star a view reads, itself or through other views."""
    direct = graph[name] & tables
    return direct.union(*(read_from(view, graph, tables) for view in graph[name] - tables))


def test_no_number_contradicts_what_a_file_needs():
    assert contradictions() == []


def test_a_number_that_comes_too_early_is_named_with_what_it_needs(tmp_path):
    root = Path(copytree(SQL, tmp_path / "sql"))
    (root / "marts" / "020_amount.sql").rename(root / "marts" / "020_sum.sql")
    (root / "marts" / "001_amount.sql").write_text("create view mart.amount as select * from mart.sum;", "utf-8")
    assert contradictions(root) == ["001_amount.sql reads mart.sum, which 020_sum.sql makes"]


def test_every_file_has_a_number_of_its_own_in_its_layer():
    numbers = [(view.schema, view.kind, view.path.name[:3]) for view in project_views()]
    assert len(numbers) == len(set(numbers))


def test_what_files_need_is_what_the_database_notes(connection):
    graph = needs()
    noted = [(name, needed) for name, needed in connection.execute(CATALOG) if name in graph and needed in graph]
    assert len(noted) > 150
    assert [(name, needed) for name, needed in noted if needed not in graph[name]] == []


def test_a_table_is_filled_after_the_tables_its_rows_come_from():
    graph = needs()
    tables = {view.full_name for view in project_views() if view.kind == "table"}
    dimensions = [view.name for view in project_views() if view.kind == "table" and view.name not in FACTS]
    order = [f"mart.{name}" for name in (*dimensions, *FACTS)]
    sources = {name: read_from(name.replace("mart.", "intermediate."), graph, tables) for name in order}
    early = [(name, source) for name in order for source in sources[name] if order.index(source) >= order.index(name)]
    assert early == []
    assert sources["mart.peer_position"] >= {"mart.metric_value"}


def test_staging_reads_tables_of_warehouse_only():
    assert {name: read for name, read in needs().items() if name.startswith("staging.") and read} == {}

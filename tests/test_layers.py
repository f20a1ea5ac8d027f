"""Imports point downwards only: a stage knows what lies below it and nothing of what uses it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Each module or package of ingest may import those of the lines above its own, and its own parts.
LAYERS = [
    "version errors characters collector document codes places profile_patterns table_marks crowded_cells cell_words",
    "amounts spec headings sections cover kinds readers",
    "parse profile",
    "figures_in_lines recognise repair_codes checks narrative forms",
    "units linked kind_of_document bodies",
    "budget_part",
    "settle",
    "statements partial unit_witnesses",
    "ledger",
    "pipeline",
    "isolation show report report_compare compare_tables",
    "batch",
    "report_lines commands_export commands_compare sync",
    "commands_sync",
    "work",
    "cli",
]
DEPTH = {name: depth for depth, line in enumerate(LAYERS) for name in line.split()}
KNOW_THE_DATABASE = {"batch", "report_lines", "commands_export", "commands_compare"}
KNOW_THE_DATABASE |= {"sync", "commands_sync", "cli", "work"}
# What those without a database may know of below.
WITHOUT_A_DATABASE = {"warehouse", "warehouse.records", "warehouse.reference_lists"}
WITHOUT_A_DATABASE |= {"warehouse.comparison.rows", "warehouse.comparison.shown"}
DRIVERS = {"psycopg", "sqlalchemy", "alembic"}


def imported(file: Path) -> Iterator[str]:
    """Every dotted name a file imports, inside functions too."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: relative import"
            yield from (_module(node.module, alias.name) for alias in node.names)


def _module(module: str, name: str) -> str:
    """`from warehouse import server` imports a module, `from warehouse.records import Doubt` a name of one."""
    path = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if path.with_suffix(".py").exists() or path.is_dir() else module


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def part(file: Path) -> str:
    """amounts of ingest/amounts.py, readers of ingest/readers/pdf.py."""
    return file.relative_to(ROOT / "ingest").parts[0].removesuffix(".py")


INGEST = [file for file in files("ingest") if file.parent != ROOT / "ingest" or file.name != "__init__.py"]
each_file = pytest.mark.parametrize("file", INGEST, ids=lambda file: str(file.relative_to(ROOT)))


@pytest.mark.parametrize("package", ["warehouse", "migrations"])
def test_the_warehouse_knows_nothing_of_reading(package):
    knowing = [file for file in files(package) if any(name.split(".")[0] == "ingest" for name in imported(file))]
    assert knowing == []


@each_file
def test_a_stage_knows_what_lies_below_it(file):
    own = part(file)
    assert own in DEPTH, f"say in LAYERS where ingest/{own} lies"
    used = {name.split(".")[1] for name in imported(file) if name.startswith("ingest.")} - {own}
    assert {name for name in used if DEPTH[name] >= DEPTH[own]} == set()


@each_file
def test_only_the_command_line_and_the_worker_know_the_database(file):
    if part(file) not in KNOW_THE_DATABASE:
        names = set(imported(file))
        assert {name for name in names if name.split(".")[0] in DRIVERS} == set()
        assert {name for name in names if name.split(".")[0] == "warehouse"} <= WITHOUT_A_DATABASE


def test_of_fetching_only_the_run_knows_the_database():
    """Manifest, robots.txt, politeness, links, archive and requests are tried out without one."""
    knowing = DRIVERS | {"warehouse.sources", "warehouse.database", "warehouse.server"}
    using = [
        file.name for file in files("ingest/sync") if any(name.startswith(tuple(knowing)) for name in imported(file))
    ]
    assert using == ["run.py"]


def test_only_config_reads_the_environment():
    reading = [
        str(file.relative_to(ROOT))
        for file in [*INGEST, *files("warehouse"), *files("migrations")]
        if "os.environ" in file.read_text("utf-8") or "getenv" in file.read_text("utf-8")
    ]
    assert reading == ["warehouse/config.py"]

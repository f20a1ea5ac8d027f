"""Imports point downwards only: a module imports from the layers below its own, never from those above."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# From the lowest layer to the highest. A package may import what is in the lines above its own, and its own modules.
LAYERS = {
    "ingest": [
        "errors version",
        "values document",
        "readers",
        "tables",
        "narrative forms",
        "about",
        "checks",
        "prove",
        "pipeline",
        "isolation",
        "sync",
        "pages",
        "nightly",
        "cli",
    ],
    "warehouse": [
        "records base",
        "kinds server",
        "publish",
        "load",
        "work",
        "schema export",
        "comparison workbook frames",
        "interface",
    ],
}
DEPTH = {
    f"{package}.{name}": depth
    for package, lines in LAYERS.items()
    for depth, line in enumerate(lines)
    for name in line.split()
}
KNOW_THE_DATABASE = ("ingest.nightly", "ingest.cli", "ingest.sync", "ingest.pages.web")
# The modules of `warehouse` that packages without a database may import.
WITHOUT_A_DATABASE = (
    "warehouse.records",
    "warehouse.kinds",
    "warehouse.comparison.rows",
    "warehouse.comparison.stated",
    "warehouse.comparison.overview",
    "warehouse.comparison.number_text",
    "warehouse.base.messages",
    "warehouse.base.retold",
    "warehouse.base.visible",
)
DRIVERS = {"psycopg", "sqlalchemy", "alembic"}


@cache  # several tests ask it of all modules
def imported(file: Path) -> tuple[str, ...]:
    """Every dotted name a file imports, inside functions too."""
    return tuple(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: relative import"
            yield from (_module(node.module, alias.name) for alias in node.names)


def _module(module: str, name: str) -> str:
    """`from warehouse import server` imports a module, `from warehouse.records.reading import Doubt` a name of one."""
    path = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if path.with_suffix(".py").exists() or path.is_dir() else module


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def dotted(file: Path) -> str:
    """ingest.readers.pdf.read of ingest/readers/pdf/read.py."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def wing(name: str) -> str:
    """ingest.values of ingest.values.amounts."""
    return ".".join(name.split(".")[:2])


def of_project(file: Path) -> set[str]:
    """The dotted names of the project that a file imports; a package stands for its own module."""
    names = {name for name in imported(file) if name.split(".")[0] in LAYERS}
    return {f"{name}.__init__" if ROOT.joinpath(*name.split(".")).is_dir() else name for name in names}


MODULES = [file for package in LAYERS for file in files(package) if file.parent != ROOT / package]
MODULES += [file for package in LAYERS for file in (ROOT / package).glob("*.py") if file.name != "__init__.py"]
INGEST = [file for file in MODULES if file.is_relative_to(ROOT / "ingest")]
each_module = pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
each_file = pytest.mark.parametrize("file", INGEST, ids=lambda file: str(file.relative_to(ROOT)))


@pytest.mark.parametrize("package", ["warehouse", "migrations"])
def test_the_warehouse_does_not_import_ingest(package):
    knowing = [file for file in files(package) if any(name.split(".")[0] == "ingest" for name in imported(file))]
    assert knowing == []


@each_module
def test_a_package_imports_from_the_layers_below_it_only(file):
    own = wing(dotted(file))
    assert own in DEPTH, f"say in LAYERS where {own} lies"
    package = own.split(".")[0]
    used = {wing(name) for name in of_project(file) if name.split(".")[0] == package} - {own}
    assert {name for name in used if DEPTH[name] >= DEPTH[own]} == set()


def test_no_cycle_between_modules_nor_between_folders():
    """Checks every folder; a folder counts as importing what any module below it imports."""
    edges: dict[str, dict[str, set[str]]] = {}
    for file in (file for package in LAYERS for file in files(package)):
        for name in of_project(file):
            one, other = dotted(file).split("."), name.split(".")
            shared = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
            if shared is not None:
                folder = edges.setdefault(".".join(one[:shared]), {})
                folder.setdefault(one[shared], set()).add(other[shared])
    for folder, graph in edges.items():
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            pytest.fail(f"{folder or 'the project'}: {' → '.join(error.args[1])}")


@pytest.mark.parametrize(("folder", "most"), [("ingest", 18), ("warehouse", 14), ("ingest/forms", 14)])
def test_entries_directly_in_a_folder(folder, most):
    entries = [entry.name for entry in (ROOT / folder).iterdir() if entry.name != "__pycache__"]
    assert len(entries) <= most, sorted(entries)


@each_file
def test_only_the_command_line_the_worker_and_the_application_import_the_database(file):
    if not f"{dotted(file)}.".startswith(tuple(f"{package}." for package in KNOW_THE_DATABASE)):
        names = set(imported(file))
        assert {name for name in names if name.split(".")[0] in DRIVERS} == set()
        known = {name for name in names if name.split(".")[0] == "warehouse"}
        assert {name for name in known if not name.startswith(WITHOUT_A_DATABASE)} == set()


def test_within_sync_only_the_run_module_imports_the_database():
    """Manifest, robots.txt, politeness, links, archive and requests are tested without a database."""
    knowing = DRIVERS | {"warehouse.work.sources", "warehouse.base.database", "warehouse.server"}
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
    assert reading == ["warehouse/base/config.py"]

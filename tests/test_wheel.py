"""The wheel is complete: built from the sources and installed in another folder, it upgrades, ingests and is queried.

No network is used: setuptools and the libraries are those of the test environment, which the new environment uses
through a .pth file. Opening a file of the checkout raises an error there, so that nothing can be read from it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from importlib.metadata import packages_distributions
from pathlib import Path
from sysconfig import get_path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_layers import files, imported
from warehouse.base.database import connect
from warehouse.base.sql_files import project_views

ROOT = Path(__file__).parents[1]
FRONT = ("warehouse/interface/juesuan/", "juesuan/")  # where package juesuan lies, and is installed
TOPS = ("warehouse", "ingest", "juesuan")
SAMPLE = ROOT / "samples" / "shifan_gongxin_2023.txt"
LIBRARIES = get_path("purelib")
# Those of extras that the tests need not have are added by hand.
OF_MODULES = {"cv2": ["opencv-python-headless"], "rapidocr": ["rapidocr"], **packages_distributions()}
SOURCES = ["README.md", "LICENSE", "pyproject.toml", "alembic.ini", "migrations", "sql", "warehouse", "ingest"]
GUARD = """
import sys

def refuse(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and str(arguments[0]).startswith({root!r}):
        if not str(arguments[0]).startswith({libraries!r}):
            raise PermissionError(f"of the checkout: {{arguments[0]}}")

sys.addaudithook(refuse)
"""


def run(*command: str | Path, **options) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="juesuan-wheel-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def wheel(elsewhere: Path) -> Path:
    """The wheel, built from an sdist as for a package index; a file that is missing in either is noticed."""
    sources = elsewhere / "sources"
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        sources.mkdir(exist_ok=True)
        copy(ROOT / name, sources / name)
    for made in sources.rglob("*.mo"):  # the build makes them
        made.unlink()
    build = "from setuptools.build_meta import build_sdist; build_sdist('..')"
    run(sys.executable, "-c", build, cwd=sources)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-deps", "--no-build-isolation"]
    run(*pip, "--no-index", "--wheel-dir", elsewhere, *elsewhere.glob("*.tar.gz"))
    return next(elsewhere.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(elsewhere: Path, wheel: Path) -> Path:
    """The `bin` folder of an environment with the wheel and the libraries."""
    environment = elsewhere / "environment"
    venv.create(environment, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", environment / "bin" / "python"]
    run(*pip, "install", "--no-deps", "--no-index", wheel)
    packages = next((environment / "lib").glob("python*/site-packages"))
    (packages / "guard.py").write_text(GUARD.format(root=f"{ROOT}{os.sep}", libraries=LIBRARIES))
    (packages / "libraries.pth").write_text(f"{LIBRARIES}\nimport guard\n")
    return environment / "bin"


def declared(*extras: str) -> set[str]:
    """The distributions that pyproject.toml requires, with these extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for extra in extras for line in optional[extra])]
    return {canonicalize_name(Requirement(line).name) for line in lines}


@pytest.mark.parametrize(
    ("parts", "extras"),
    [
        (["warehouse/export", "warehouse/workbook"], ["export"]),
        (["ingest"], ["ingest", "export", "web", "ocr"]),
        (["migrations", "warehouse"], ["store"]),  # an analyst's machine; the store is loaded where one is set
    ],
)
def test_every_imported_library_is_a_declared_dependency(parts, extras):
    known = declared(*extras) | {"setuptools", "babel", "pydantic-core"}  # two of the build, and a part of pydantic
    elsewhere = [] if "export" in extras else [ROOT / "warehouse" / part for part in ("export", "workbook")]
    modules = [file for part in parts for file in files(part) if not set(elsewhere) & set(file.parents)]
    libraries = {name.split(".")[0] for file in modules for name in imported(file)}
    libraries -= {"warehouse", "ingest", *sys.stdlib_module_names}
    asked = {library: set(map(canonicalize_name, OF_MODULES[library])) & known for library in libraries}
    assert len(asked) >= 2 and [library for library, found in asked.items() if not found] == []


@pytest.mark.long
def test_the_wheel_contains_every_file_of_the_sources(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {"ingest": "", "warehouse": "", "sql": "warehouse/", "migrations": "warehouse/", "alembic.ini": "warehouse/"}
    listing = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *tops, cwd=ROOT)
    tracked = [name for name in listing.split("\0") if name and (ROOT / name).exists()]
    assert len(tracked) > 300
    placed = [tops[name.split("/")[0]] + name for name in tracked]
    assert [name for name in placed if name.replace(*FRONT) not in names] == []
    assert not any(name.startswith(FRONT[0]) for name in names)


def test_the_build_step_imports_nothing_of_the_project():
    """Where a build begins, the project is not installed."""
    own = {name for name in imported(ROOT / "warehouse" / "schema" / "packaging.py") if name.startswith(TOPS)}
    assert own == set()


@pytest.mark.long
def test_opening_a_file_of_the_checkout_raises_an_error(programs, elsewhere):
    command = [programs / "python", "-c", f"open({str(SAMPLE)!r})"]
    assert "of the checkout" in subprocess.run(command, capture_output=True, text=True, cwd=elsewhere).stderr


def test_the_wheel_upgrades_ingests_and_answers_without_the_checkout(programs, elsewhere, empty_database):
    shutil.copy(SAMPLE, elsewhere)
    environment = {**os.environ, "JUESUAN_DATABASE_URL": empty_database}
    environment.pop("PYTHONPATH", None)

    def juesuan(*arguments: str) -> str:
        return run(programs / "juesuan", *arguments, cwd=elsewhere, env=environment)

    assert f", {len(project_views())} views" in juesuan("db", "upgrade")
    assert "启动、停止和升级数据库" in run(
        programs / "juesuan", "--help", cwd=elsewhere, env=environment | {"JUESUAN_LANG": "zh"}
    )
    juesuan("reference", "load")
    assert "示范市工业和信息化局" in juesuan("ingest", SAMPLE.name)
    with connect(empty_database) as connection:
        query = "select department, fiscal_year, amount_wan from mart.amount"
        total = " where table_code = 'GK03' and row_key = 'TOTAL' and measure = 'total'"
        assert connection.execute(query + total).fetchall() == [("示范市工业和信息化局", 2023, Decimal("1442.52"))]
    asked = "import juesuan; print(len(juesuan.open().balance(year=2023)))"
    assert run(programs / "python", "-c", asked, cwd=elsewhere, env=environment) == "1\n"


def test_the_data_dictionary_command_is_refused_in_an_installed_wheel(programs, elsewhere):
    command = [programs / "python", "-m", "warehouse.schema.dictionary"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=elsewhere)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "checkout" in done.stderr

"""The snippets of docs/connect.md run unchanged, as juesuan_reader on a real database."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from tests.reader_role import as_reader
from tests.warehouse.factory import extraction, profile
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.server import client_files

GUIDE = Path(__file__).parents[1] / "docs" / "connect.md"
SNIPPETS = re.findall(r"^```(sh|python|r)\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
RUN_BY = {"sh": ["sh", "-c"], "python": [sys.executable, "-c"], "r": ["Rscript", "-e"]}
BODY = "甲市工业和信息化局"


@pytest.fixture(scope="module")
def reader_url(module_database: str) -> str:
    with connect(module_database) as connection:
        load(connection, extraction())
        load(connection, extraction("last year", profile=profile(fiscal_year=2023)))
    return as_reader(module_database)


def snippets(language: str, word: str = "") -> list[str]:
    return [text for known, text in SNIPPETS if known == language and word in text]


def run(language: str, snippet: str, reader_url: str, **environment: str) -> str:
    surroundings = os.environ | {"JUESUAN_READER_URL": reader_url, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"} | environment
    done = subprocess.run([*RUN_BY[language], snippet], env=surroundings, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode("utf-8")


def test_the_guide_has_the_snippets_that_these_tests_run():
    assert [language for language, _ in SNIPPETS] == ["sh", "python", "python", "python", "python", "r", "python"]


def test_psql(reader_url, tmp_path):
    if not shutil.which("psql"):
        pytest.skip("needs psql: apt-get install postgresql-client")
    (snippet,) = snippets("sh")
    client_files.write(tmp_path, {"juesuan_reader": reader_url})
    assert run("sh", snippet, "", PGSERVICEFILE=str(tmp_path / client_files.SERVICES)).splitlines() == [
        "department,fiscal_year,expenditure_wan",
        f"{BODY},2024,90.000000",
    ]


def test_pandas_keeps_money_exact(reader_url):
    (snippet,) = snippets("python", "coerce_float")
    heading, row, kind = run("python", snippet, reader_url).splitlines()
    assert heading.split() == ["department", "fiscal_year", "expenditure_wan"]
    assert row.split() == [BODY, "2024", "90.000000"]
    assert kind == "Decimal"


def test_pandas_reads_the_descriptions(reader_url):
    (snippet,) = snippets("python", "col_description")
    printed = run("python", snippet, reader_url)
    assert "document_id" in printed and "文件版本编号" in printed


def test_package_juesuan_ranks_and_shows_the_evidence(reader_url):
    (snippet,) = snippets("python", "warehouse.evidence")
    printed = run("python", snippet, reader_url)
    assert BODY in printed and "由大到小的名次" in printed and re.search(r"^ *cell +GK03 +TOTAL +total", printed, re.M)


def test_package_juesuan_adds_up_exactly(reader_url):
    (snippet,) = snippets("python", "warehouse.query")
    printed = run("python", snippet, reader_url)
    assert f"{BODY}    180.000000" in printed and "income_wan: 本年收入合计" in printed and "0       2" in printed


def test_r(reader_url):
    (snippet,) = snippets("r")
    known = shutil.which("Rscript") and subprocess.run(["Rscript", "-e", "library(RPostgreSQL)"], capture_output=True)
    if not known or known.returncode:
        pytest.skip("needs R with RPostgreSQL: apt-get install r-base-core r-cran-rpostgresql")
    assert run("r", snippet, reader_url).split() == [
        "department", "fiscal_year", "expenditure_wan", "1", BODY, "2024", "90",
    ]  # fmt: skip


def test_duckdb(reader_url, tmp_path):
    (snippet,) = snippets("python", "duckdb")
    for module in ("duckdb", "duckdb_extensions", "duckdb_extension_postgres_scanner"):
        if not find_spec(module):
            pytest.skip(f"needs {module}: pip install duckdb duckdb-extensions duckdb-extension-postgres-scanner")
    printed = run("python", snippet, reader_url, HOME=str(tmp_path))  # where DuckDB puts its extensions
    assert BODY in printed and "decimal(20,6)" in printed and "90.000000" in printed


def test_the_rights_of_the_reader_are_those_in_the_guide(reader_url):
    with psycopg.connect(reader_url) as connection:
        assert connection.execute("show statement_timeout").fetchone() == ("1min",)
        assert connection.execute("show transaction_read_only").fetchone() == ("on",)
    text = GUIDE.read_text("utf-8")
    assert "60 s" in text and "default_transaction_read_only = on" in text


def test_a_session_may_raise_its_statement_timeout(reader_url):
    with psycopg.connect(reader_url) as connection:
        connection.execute("set statement_timeout = '10min'")
        assert connection.execute("show statement_timeout").fetchone()[0] == "10min"


@pytest.mark.parametrize("name", ["connect.md", "metabase.md"])
def test_every_file_that_a_guide_names_exists(name):
    guide = GUIDE.with_name(name)
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", guide.read_text("utf-8"))
    links += [f"../{path}" for path in re.findall(r"`((?:tests|docs)/[\w/.]+)`", guide.read_text("utf-8"))]
    assert links and [link for link in links if not (guide.parent / link).exists()] == []

"""The catalog as a BI tool reads it through JDBC: all objects have comments, all dimensions are reached by keys."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql
from sqlalchemy import make_url

from warehouse.base.database import connect
from warehouse.base.sql_files import project_views

PROGRAM = Path(__file__).with_name("MetadataSync.java")
pytestmark = pytest.mark.long  # a JVM and a warehouse of samples
DRIVER = Path("/usr/share/java/postgresql.jar")
CHINESE = re.compile("[一-龥]")
DIMENSIONS = {
    "department",
    "fiscal_year",
    "jurisdiction",
    "functional_subject",
    "economic_subject",
    "standard_table",
    "measure",
    "metric",
}
# Dimensions that a fact may reach through another dimension.
THROUGH_METRIC = {"standard_table", "measure"}
MONEY = re.compile(r"_(wan|yuan)$")

Table = dict[str, Any]


@pytest.fixture(scope="module")
def catalog(reader_url: str, loaded_database: str) -> dict[str, Any]:
    """The output of MetadataSync.java for a loaded database, as juesuan_reader."""
    if not (shutil.which("java") and shutil.which("javac") and DRIVER.exists()):
        pytest.skip(f"needs a JDK and {DRIVER}: apt-get install default-jdk-headless libpostgresql-jdbc-java")
    url = make_url(reader_url)
    with connect(loaded_database) as connection:  # the driver refuses the quick secret of test servers
        connection.execute(sql.SQL("alter role juesuan_reader password {}").format(url.password))
    jdbc = f"jdbc:postgresql://{url.host}:{url.port}/{url.database}"
    command = ["java", "-cp", str(DRIVER), str(PROGRAM), jdbc, url.username]
    done = subprocess.run(command, capture_output=True, env=os.environ | {"PGPASSWORD": url.password}, timeout=300)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return json.loads(done.stdout.decode("utf-8"))


@pytest.fixture(scope="module")
def marts(catalog) -> dict[str, Table]:
    return {table["name"]: table for table in catalog["tables"] if table["schema"] == "mart"}


def reached(tables: dict[str, Table], name: str) -> set[str]:
    """The tables of schema mart to which the foreign keys of `name` refer."""
    return {key["to_table"] for key in tables[name]["imported_keys"] if key["to_schema"] == "mart"}


def test_the_catalog_is_read_as_juesuan_reader(catalog):
    assert catalog["user"] == "juesuan_reader"
    assert catalog["driver"].startswith("PostgreSQL JDBC Driver")


def test_every_mart_of_the_project_is_found(marts):
    assert {view.name for view in project_views() if view.schema == "mart"} - marts.keys() == set()
    assert [name for name, table in marts.items() if not table["readable"]] == []


def test_nothing_outside_schema_mart_can_be_read(catalog):
    others = [table for table in catalog["tables"] if table["schema"] != "mart"]
    assert {table["schema"] for table in others} >= {"warehouse", "staging", "intermediate"}
    assert [f"{table['schema']}.{table['name']}" for table in others if table["readable"]] == []


def test_every_mart_has_a_comment(marts):
    assert [name for name, table in marts.items() if not CHINESE.search(table["remarks"] or "")] == []


def test_every_column_has_a_comment(marts):
    plain = [
        f"{name}.{column['name']}"
        for name, table in marts.items()
        for column in table["columns"]
        if not CHINESE.search(column["remarks"] or "")
    ]
    assert plain == []
    assert all(table["columns"] for table in marts.values())


def test_money_has_a_scale(marts):
    money = {
        f"{name}.{column['name']}": (column["type"], column["precision"], column["scale"])
        for name, table in marts.items()
        for column in table["columns"]
        if MONEY.search(column["name"])
    }
    assert len(money) > 30
    # JDBC reports no scale for a numeric without one, and a BI tool then shows 12.3400000000000000.
    assert {name: shape for name, shape in money.items() if shape[0] != "numeric" or not shape[2]} == {}


def test_every_dimension_has_a_primary_key(marts):
    assert DIMENSIONS - marts.keys() == set()
    assert [name for name in sorted(DIMENSIONS) if not marts[name]["primary_key"]] == []


def test_every_dimension_is_reached_from_a_fact(marts):
    facts = [name for name in marts if name not in DIMENSIONS and marts[name]["imported_keys"]]
    direct = set().union(*(reached(marts, fact) for fact in facts))
    through = reached(marts, "metric") if "metric" in direct else set()
    assert "metric_value" in facts
    assert DIMENSIONS - direct - (through & THROUGH_METRIC) == set()


def test_every_foreign_key_refers_to_a_primary_key(marts):
    keys = [(name, key) for name, table in marts.items() for key in table["imported_keys"]]
    stray = [
        (name, key["key"])
        for name, key in keys
        if key["to_schema"] != "mart"
        or key["to_column"] not in {part["column"] for part in marts[key["to_table"]]["primary_key"]}
    ]
    assert keys and stray == []


def test_the_foreign_keys_are_the_joins_that_the_declaration_lists(marts, loaded_database):
    """The joins that a tool finds by itself; mart.relationship has those of views besides."""
    with connect(loaded_database) as connection:
        rows = connection.execute(
            "select object, refers_to, columns from mart.relationship where is_foreign_key"
        ).fetchall()
    found: dict[tuple[str, str, str], set[str]] = {}
    for name, table in marts.items():
        for key in table["imported_keys"]:
            if key["column"] == key["to_column"]:  # a division's parent has another name
                found.setdefault((name, key["to_table"], key["key"]), set()).add(key["column"])
    listed = {(name, target, frozenset(columns)) for (name, target, _), columns in found.items()}
    assert listed == {(name, target, frozenset(columns)) for name, target, columns in rows}

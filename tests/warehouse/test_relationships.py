"""The joins that a BI tool finds: keys and foreign keys in the catalog, and mart.relationship for what has none."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Inspector, inspect

from warehouse.base.database import connect, engine
from warehouse.base.mart_tables import mart_tables
from warehouse.schema.joins import joins

Reference = tuple[str, tuple[str, ...], str]


@pytest.fixture(scope="module")
def declared(template: str) -> dict[Reference, bool]:
    """What refers to what by which columns → whether it is a foreign key."""
    with connect(template) as connection:
        rows = connection.execute("select object, columns, refers_to, is_foreign_key from mart.relationship").fetchall()
    return {(name, tuple(columns), target): is_key for name, columns, target, is_key in rows}


@pytest.fixture(scope="module")
def inspector(template: str) -> Iterator[Inspector]:
    database = engine(template)
    with database.connect() as connection:
        yield inspect(connection)
    database.dispose()  # nobody can clone a template that is in use


def test_the_inspector_finds_the_keys_of_every_table(inspector):
    for name, table in mart_tables().items():
        assert tuple(inspector.get_pk_constraint(name, "mart")["constrained_columns"]) == table.key
    assert inspector.get_pk_constraint("peer_position", "mart")["constrained_columns"] == ["document_id", "metric"]
    assert {
        tuple(found["column_names"]) for found in inspector.get_unique_constraints("published_document", "mart")
    } == {("parse_id",)}


def test_the_inspector_and_the_view_list_the_same_foreign_keys(inspector, declared):
    found = {
        (name, tuple(key["constrained_columns"]), key["referred_table"])
        for name in mart_tables()
        for key in inspector.get_foreign_keys(name, "mart")
        if key["constrained_columns"] == key["referred_columns"]  # a division's parent has another name
    }
    assert found == {reference for reference, is_key in declared.items() if is_key}


def test_what_has_no_foreign_key_is_joined_by_the_declaration(declared):
    for reference in [
        ("peer_position", ("document_id", "metric"), "metric_value"),
        ("yearly_change", ("document_id", "metric"), "metric_value"),
        ("city_comparison", ("department_id",), "department"),
        ("amount", ("table_code", "measure"), "measure"),
        ("amount", ("document_id",), "published_document"),
    ]:
        assert declared[reference] is False
    assert ("metric_value", ("document_id", "metric"), "metric_value") not in declared


def test_every_declared_target_is_identified_by_its_columns(declared):
    keys = {name: set(table.key) for name, table in mart_tables().items()} | {
        "document_file": {"document_id", "file_no"}
    }
    assert [reference for reference in declared if set(reference[1]) != keys[reference[2]]] == []


def test_every_object_with_the_declared_columns_refers_to_their_target(declared, inspector):
    shown = {
        name: {column["name"] for column in inspector.get_columns(name, "mart")}
        for name in [*inspector.get_table_names("mart"), *inspector.get_view_names("mart")]
    }
    expected = {
        (name, tuple(identified), target)
        for target, identified in joins().items()
        for name, columns in shown.items()
        if name != target and set(identified) <= columns
    }
    assert expected and declared.keys() == expected

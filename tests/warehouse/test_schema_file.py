"""The revisions give the tables of tests/expected/schema.sql; a downgrade and upgrade gives the same tables again."""

import re
from collections.abc import Iterable

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from tests.schema_file import FILE, schema
from warehouse.base.database import connect
from warehouse.load.subject_bridges import RELATIONS
from warehouse.records.reading import CheckOutcome, FileRole, Level, Presence, Scope, Status, TableStatus
from warehouse.records.sources import FetchOutcome, Purpose, SourceType
from warehouse.records.successions import Relation
from warehouse.schema import upgrade as upgrading
from warehouse.schema.upgrade import downgrade

# Values that the program writes → the column that must accept them.
WORDS = [
    (Level, "jurisdiction.level"),
    (Level, "parse.jurisdiction_level"),
    (Scope, "document.scope"),
    (Scope, "parse.scope"),
    (Scope, "source.scope"),
    (TableStatus, "parse_table.status"),
    (Presence, "amount.presence"),
    (Status, "amount.status"),
    (Status, "stated_figure.status"),
    (Status, "performance_indicator.status"),
    (CheckOutcome, "check_result.outcome"),
    (SourceType, "source.type"),
    (Purpose, "fetch_attempt.purpose"),
    (FetchOutcome, "fetch_attempt.outcome"),
    (RELATIONS, "subject_bridge.relation"),
    (FileRole, "document_file.role"),
    (Relation, "body_succession.relation"),
    (Relation, "stated_succession.relation"),
]


def lines(url: str) -> list[str]:
    """The lines sorted, because a column that a downgrade adds again becomes the last one."""
    with connect(url) as connection:
        return sorted(schema(connection).splitlines())


def tables_only(url: str, revision: str) -> None:
    """Upgrades the tables to this revision, without views."""
    with upgrading._transaction(url) as connection:
        upgrading._create_schemas(connection)
        command.upgrade(upgrading._alembic(connection), revision)


def revisions(url: str) -> list[str]:
    """All revisions, from the first to the newest."""
    with upgrading._transaction(url) as connection:
        script = ScriptDirectory.from_config(upgrading._alembic(connection))
    return [each.revision for each in script.walk_revisions()][::-1]


def test_the_schema_file_is_current(connection):
    assert FILE.read_text("utf-8") == schema(connection), "python -m tests.schema_file writes it anew"


@pytest.mark.long
def test_each_downgrade_takes_back_what_its_upgrade_did(empty_database):
    seen = {}
    for revision in revisions(empty_database):
        tables_only(empty_database, revision)
        seen[revision] = lines(empty_database)
    assert seen[revision] == sorted(FILE.read_text("utf-8").splitlines())
    for revision in [*seen][-2::-1]:
        downgrade(empty_database, revision)
        assert lines(empty_database) == seen[revision], revision
    tables_only(empty_database, "head")
    assert lines(empty_database) == [*seen.values()][-1]


@pytest.mark.parametrize(
    "change",
    [
        "alter table warehouse.amount add column another integer",
        "alter table warehouse.stale_slot alter column slot_id type bigint",
        "alter table warehouse.amount alter column printed drop not null",
        "alter table warehouse.amount alter column printed set default ''",
        "alter table warehouse.amount drop constraint amount_page_check",
        "alter table warehouse.parse drop constraint parse_kind_fkey",
        "drop index warehouse.amount_economic_subject_idx",
        "drop trigger amount_is_immutable on warehouse.amount",
        "comment on column warehouse.amount.page is '页'",
        "comment on table warehouse.amount is '金额'",
        "create table warehouse.another ()",
        "create function warehouse.another() returns integer language sql as 'select 1'",
    ],
)
def test_every_kind_of_change_changes_the_file(connection, change):
    before = schema(connection)
    connection.execute(change)
    assert schema(connection) != before


@pytest.mark.parametrize(("words", "column"), WORDS)
def test_the_columns_accept_the_values_that_the_program_writes(connection, words: Iterable[str], column: str):
    definition = "select pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and conname = %s"
    table, name = column.split(".")
    (check,) = connection.execute(definition, [f"warehouse.{table}", f"{table}_{name}_check"]).fetchone()
    assert set(re.findall(r"'([^']*)'", check)) == set(map(str, words))

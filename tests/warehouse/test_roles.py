"""juesuan_reader may SELECT in schema mart and nowhere else."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url

from tests.warehouse.factory import extraction
from warehouse.base.database import connect
from warehouse.base.errors import UpgradeNotAllowed
from warehouse.base.sql_files import project_views
from warehouse.load.document import load
from warehouse.schema.upgrade import upgrade

MARTS = [view.full_name for view in project_views() if view.schema == "mart"]


@pytest.fixture
def reader(module_database) -> Iterator[psycopg.Connection]:
    """The owner's connection with the rights of the reader; its transaction is rolled back."""
    with connect(module_database) as connection:
        load(connection, extraction())
        connection.execute("set local session authorization juesuan_reader")
        yield connection
        connection.rollback()


@pytest.mark.parametrize("view", MARTS)
def test_the_reader_can_read_every_mart(reader, view):
    reader.execute(f"select * from {view}")


@pytest.mark.parametrize(
    "statement",
    [
        "select * from warehouse.amount",
        "select * from staging.amount",
        "select * from warehouse.alembic_version",
        "insert into warehouse.fiscal_year values (2001)",
        "create table public.mine (id int)",
        "create table mart.mine (id int)",
        "create view mart.mine as select 1 as one",
        "create schema mine",
        "select rolpassword from pg_authid",
        "select pg_read_file('/etc/passwd')",
        "copy mart.amount to program 'cat'",
    ],
)
def test_the_reader_cannot_read_other_schemas(reader, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute(statement)


def test_the_reader_cannot_change_rows_of_a_mart(reader):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute("delete from mart.fiscal_year")
    reader.rollback()
    with pytest.raises(psycopg.Error, match="cannot delete from view"):
        reader.execute("delete from mart.amount")


def test_the_reader_is_read_only_and_has_a_statement_timeout(reader):
    query = (
        "select setconfig from pg_db_role_setting join pg_roles on pg_roles.oid = setrole"
        " where rolname = 'juesuan_reader'"
    )
    assert set(reader.execute(query).fetchone()[0]) >= {"default_transaction_read_only=on", "statement_timeout=60s"}


def test_an_owner_who_may_not_create_roles_gets_a_message_with_the_statements(server_url, empty_database, monkeypatch):
    monkeypatch.setattr("warehouse.base.roles.READER", "juesuan_reader_missing")
    name = make_url(empty_database).database
    with connect(server_url, autocommit=True) as admin:
        admin.execute("drop role if exists juesuan_modest")
        admin.execute("create role juesuan_modest login password 'modest'")
        admin.execute(f"grant create on database {name} to juesuan_modest")
    modest = make_url(empty_database).set(username="juesuan_modest", password="modest")
    notices = upgrade(modest.render_as_string(hide_password=False)).notices
    assert len(notices) == 1 and "create role juesuan_reader_missing" in notices[0]
    with connect(empty_database, autocommit=True) as admin:
        admin.execute("drop owned by juesuan_modest cascade")
        admin.execute("drop role juesuan_modest")


def test_a_user_without_rights_on_the_database_gets_a_message(server_url, empty_database):
    with connect(server_url, autocommit=True) as admin:
        admin.execute("drop role if exists juesuan_nobody")
        admin.execute("create role juesuan_nobody login password 'nobody'")
    nobody = make_url(empty_database).set(username="juesuan_nobody", password="nobody")
    with pytest.raises(UpgradeNotAllowed, match="permission denied for database"):
        upgrade(nobody.render_as_string(hide_password=False))
    with connect(server_url, autocommit=True) as admin:
        admin.execute("drop role juesuan_nobody")

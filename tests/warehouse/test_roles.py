"""juesuan_reader may SELECT in schema mart and nowhere else."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url

from tests.reader_role import as_reader
from tests.warehouse.factory import extraction
from warehouse.base.database import connect
from warehouse.base.errors import UpgradeNotAllowed
from warehouse.base.sql_files import project_views
from warehouse.load.document import Outcome, load
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
    settings = {"default_transaction_read_only=on", "statement_timeout=60s", "search_path=mart", "temp_file_limit=2GB"}
    assert set(reader.execute(query).fetchone()[0]) >= settings


def test_an_owner_who_may_not_create_roles_gets_a_message_with_the_statements(server_url, empty_database, monkeypatch):
    monkeypatch.setattr("warehouse.base.roles.READER", "juesuan_reader_missing")
    name = make_url(empty_database).database
    with connect(server_url, autocommit=True) as admin:
        admin.execute("drop role if exists juesuan_modest")
        admin.execute("create role juesuan_modest login password 'modest'")
        admin.execute(f"grant create on database {name} to juesuan_modest")
    modest = make_url(empty_database).set(username="juesuan_modest", password="modest")
    functions, temporary, role = upgrade(modest.render_as_string(hide_password=False)).notices
    assert "a superuser runs in this database: revoke execute on function" in functions
    assert f"the owner of the database runs: revoke temporary on database {name} from public" in temporary
    assert "create role juesuan_reader_missing" in role
    with connect(empty_database, autocommit=True) as admin:
        admin.execute("drop owned by juesuan_modest cascade")
        admin.execute("drop role juesuan_modest")


@pytest.mark.long
def test_an_owner_who_is_no_superuser_does_what_he_may_and_is_told_the_rest(server_url, template, empty_database):
    """As on a server of others: he owns the database, and an administrator has made the role."""
    name = make_url(empty_database).database
    with connect(server_url, autocommit=True) as admin:
        admin.execute("create role juesuan_owner login password 'owner'")
        admin.execute(f"alter database {name} owner to juesuan_owner")
        admin.execute("alter role juesuan_reader set statement_timeout = 0")
    owner = (
        make_url(empty_database).set(username="juesuan_owner", password="owner").render_as_string(hide_password=False)
    )
    functions, settings = upgrade(owner).notices
    assert "a superuser runs in this database: revoke execute on function lo_creat(integer)" in functions
    assert settings == """an administrator runs: alter role "juesuan_reader" set "statement_timeout" = '60s'"""
    with connect(as_reader(empty_database), autocommit=True) as reader:
        reader.execute("set default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("create temp table mine ()")
        reader.execute("select pg_advisory_lock(hashtextextended('juesuan refresh', 0))")
        with connect(owner) as connection:
            assert load(connection, extraction()).outcome is Outcome.NEW_DOCUMENT
    assert upgrade(empty_database, "reader").repaired == ("juesuan_reader: statement_timeout was set to 60s (was 0)",)
    with connect(server_url, autocommit=True) as admin:
        admin.execute(f"alter database {name} owner to current_user")
    with connect(empty_database, autocommit=True) as admin:
        admin.execute("drop owned by juesuan_owner cascade")
        admin.execute("drop role juesuan_owner")


@pytest.mark.long
def test_a_user_without_rights_on_the_database_gets_a_message(server_url, empty_database):
    with connect(server_url, autocommit=True) as admin:
        admin.execute("drop role if exists juesuan_nobody")
        admin.execute("create role juesuan_nobody login password 'nobody'")
    nobody = make_url(empty_database).set(username="juesuan_nobody", password="nobody")
    said = "user juesuan_nobody may not create schemas in database .*: grant create on database .* to juesuan_nobody$"
    with pytest.raises(UpgradeNotAllowed, match=said):
        upgrade(nobody.render_as_string(hide_password=False))
    upgrade(empty_database)
    with pytest.raises(
        UpgradeNotAllowed, match=r"user juesuan_nobody does not own the warehouse, .* does: upgrade as "
    ):
        upgrade(nobody.render_as_string(hide_password=False))
    with connect(server_url, autocommit=True) as admin:
        admin.execute("drop role juesuan_nobody")

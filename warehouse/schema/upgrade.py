"""Brings a database to the newest schema: tables by revisions, views from sql/, in one transaction.

The project's views are dropped (without cascade), what an early version created otherwise is repaired, the revisions
run, and all views are created again. The tables of mart are created and filled again where the SQL or the declarations
that fill them differ from those that filled them last, or rows of the warehouse were changed. After an error everything
is rolled back.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from warehouse.base import locks, public_rights, roles
from warehouse.base.database import driver, engine
from warehouse.base.errors import (
    IncompleteInstallation,
    ServerTooOld,
    UpgradeNotAllowed,
    UpgradeWaitsForReaders,
    WarehouseTooNew,
)
from warehouse.base.messages import _
from warehouse.base.project_files import ROOT
from warehouse.base.rights import Rights
from warehouse.base.sql_files import SQL, View
from warehouse.kinds.kind import DocumentKind, load_kinds
from warehouse.publish import refresh
from warehouse.schema import declarations, made_from, views
from warehouse.schema.as_of import create_as_of
from warehouse.schema.filling import digest
from warehouse.schema.queue_schema import provide_queue
from warehouse.schema.repairs import repair
from warehouse.schema.this_version import newest_revision
from warehouse.work import holdings

LOCK_SECONDS = 30
SCHEMA_COMMENTS = {
    "warehouse": "决算仓库的规范化表，仅供程序使用",
    "staging": "逐表改名与转换类型的视图，仅供程序使用",
    "intermediate": "公开视图共用的中间步骤，仅供程序使用",
    "as_of": "同一公开视图在过去某日的样子，仅供 mart 中的 …_as_of 函数使用",
    "as_of_intermediate": "intermediate 各视图在过去某日的样子，仅供 as_of 使用",
    "mart": "公开视图：分析人员与 BI 工具使用的稳定接口",
}

# As alembic would create it.
VERSION_TABLE = """
create table if not exists warehouse.alembic_version (
    version_num varchar(32) not null, constraint alembic_version_pkc primary key (version_num)
)
"""
# Who owns schema warehouse (null where there is none), whether this user has his rights, and may create schemas.
RIGHTS = """
select quote_ident(pg_get_userbyid(nspowner)), pg_has_role(nspowner, 'usage'),
    has_database_privilege(current_database(), 'create'), quote_ident(current_user), quote_ident(current_database())
from (values ('warehouse')) as wanted (name)
left join pg_namespace on nspname = wanted.name
"""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """`repaired`: what was changed of earlier revisions, and of the rights of PUBLIC and of juesuan_reader, a sentence
    each. `notices` say what an administrator of the server must still do."""

    revision: str
    views: int
    repaired: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def upgrade(
    url: str,
    reader_password: str | None = None,
    sql_root: Path = SQL,
    kinds: Sequence[DocumentKind] | None = None,
    refill: bool = False,
) -> Upgraded:
    """Upgrades the database at `url`. It may be repeated and run twice at the same time. `kinds`: the kinds of document
    to declare, by default those of warehouse/kinds. `refill`: the tables of mart are filled again though nothing that
    fills them changed. Raises the Upgrade… errors, BrokenView, ServerTooOld."""
    with _transaction(url) as connection:
        before = holdings.revision(driver(connection))
        views.drop_views(connection)
        repaired = tuple(repair(connection))
        command.upgrade(_alembic(connection), "head")
        is_assigned = declarations.fill(driver(connection), load_kinds() if kinds is None else kinds)
        provide_queue(connection)
        are_rows_changed = refill or bool(repaired) or is_assigned or before != _revision(connection)
        created = _create_views(connection, sql_root, are_rows_changed)
        rights = _provide_rights(connection, reader_password, [v.full_name for v in created if v.schema == "mart"])
        return Upgraded(_revision(connection), len(created), (*repaired, *rights.repaired), tuple(rights.notices))


def downgrade(url: str, revision: str = "base") -> None:
    """Drops the project's views and downgrades the tables to `revision`; tables and columns added later are lost."""
    with _transaction(url) as connection:
        views.drop_views(connection)
        views.drop_tables(connection)
        command.downgrade(_alembic(connection), revision)


def _create_views(connection: Connection, sql_root: Path, are_rows_changed: bool) -> list[View]:
    """Creates the views. Creates and fills the tables of mart, unless they have the rows that would fill them."""
    filling = digest(driver(connection), sql_root)
    is_same = made_from.filled_by(driver(connection)) == filling and views.has_tables(connection, sql_root)
    is_filled = is_same and not are_rows_changed
    if not is_filled:
        views.drop_tables(connection)
    created = views.create_views(connection, sql_root, with_tables=not is_filled)
    create_as_of(connection, sql_root)
    if is_filled:
        refresh.refresh_stale(driver(connection))
    else:
        refresh.rebuild(driver(connection))
    made_from.note(connection, filling)
    return created


def _provide_rights(connection: Connection, reader_password: str | None, public: list[str]) -> Rights:
    """Sets the rights of PUBLIC and of the reader; `public` are the views of schema mart."""
    public_rights.close_schemas(connection)
    closed = public_rights.close_database(connection)
    provided = roles.provide_reader(connection, reader_password)
    roles.grant_to_reader(connection, public)
    return closed + provided


@contextmanager
def _transaction(url: str) -> Iterator[Connection]:
    """A transaction under the upgrade lock. Errors of the server that a user can act on are raised as ours."""
    database = engine(url)
    try:
        with database.begin() as connection:
            _check_version(connection)
            _check_rights(connection)
            _provide_version_table(connection)
            locks.take(driver(connection), locks.UPGRADE)
            _check_revision(connection)
            connection.execute(text(f"set local lock_timeout = '{LOCK_SECONDS}s'"))
            yield connection
    except (psycopg.Error, DBAPIError) as error:
        raise _in_words(getattr(error, "orig", error)) from error
    finally:
        database.dispose()


def _in_words(error: Exception) -> Exception:
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return UpgradeWaitsForReaders(f"waited {LOCK_SECONDS} s")
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return UpgradeNotAllowed(str(error).strip().splitlines()[0])
    return error


def _check_version(connection: Connection) -> None:
    version = connection.dialect.server_version_info or ()
    if tuple(map(int, version)) < (15,):
        raise ServerTooOld(".".join(map(str, version)))


def _check_rights(connection: Connection) -> None:
    """Raises UpgradeNotAllowed, naming the right that is missing and who gives it."""
    owner, is_owner, may_create, user, database = connection.execute(text(RIGHTS)).one()
    if owner is not None and not is_owner:
        raise UpgradeNotAllowed(
            _("user {user} does not own the warehouse, {owner} does: upgrade as {owner}").format(user=user, owner=owner)
        )
    if not may_create:
        grant = f"grant create on database {database} to {user}"
        raise UpgradeNotAllowed(
            _(
                "user {user} may not create schemas in database {database}; its owner or a superuser runs: {grant}"
            ).format(user=user, database=database, grant=grant)
        )


def _check_revision(connection: Connection) -> None:
    """Raises WarehouseTooNew where the revision of the tables is later than every revision of this version."""
    found, newest = holdings.revision(driver(connection)), newest_revision()
    if found is not None and found > newest:
        raise WarehouseTooNew(
            _("the tables are of revision {found}, this version knows {newest}").format(found=found, newest=newest)
        )


def _provide_version_table(connection: Connection) -> None:
    """Creates the schemas and alembic's table of the version, which the lock of the upgrade locks.

    Of two first upgrades at once the second waits here for the end of the first: in PostgreSQL's index of the names of
    schemas. It fails where the first has committed, and finds everything there when it looks again.
    """
    try:
        with connection.begin_nested():
            _create_schemas(connection)
            connection.execute(text(VERSION_TABLE))
    except IntegrityError:
        _provide_version_table(connection)


def _create_schemas(connection: Connection) -> None:
    for schema, comment in SCHEMA_COMMENTS.items():
        connection.execute(text(f"create schema if not exists {schema}"))
        connection.execute(text(f"comment on schema {schema} is '{comment}'"))


def _alembic(connection: Connection) -> Config:
    config = _config()
    config.attributes["connection"] = connection
    return config


def _config() -> Config:
    """Raises IncompleteInstallation."""
    file = ROOT / "alembic.ini"
    if not file.is_file():  # alembic does not fail without the file; all its settings would be unset
        raise IncompleteInstallation(f"no {file}")
    config = Config(file)
    if not ScriptDirectory.from_config(config).get_heads():
        raise IncompleteInstallation(_("no revision in {value}").format(value=ROOT / "migrations"))
    return config


def _revision(connection: Connection) -> str:
    return connection.scalar(text("select version_num from warehouse.alembic_version"))

"""The database role for BI tools: it may SELECT from schema mart and do nothing else."""

import psycopg
from psycopg import sql
from sqlalchemy import Connection, text

from warehouse.base.database import driver

READER = "juesuan_reader"
# JIT compilation of the wide comparison views takes seconds, the queries themselves milliseconds.
SETTINGS = {"default_transaction_read_only": "on", "statement_timeout": "60s", "jit": "off"}


def close_schemas(connection: Connection) -> None:
    """Revokes all rights of PUBLIC in the project's schemas, and the right to create objects in schema public."""
    for schema in ("warehouse", "staging", "intermediate", "as_of_intermediate", "as_of", "mart"):
        connection.execute(text(f"revoke all on schema {schema} from public"))
    connection.execute(text("revoke create on schema public from public"))


def provide_reader(connection: Connection, password: str | None) -> list[str]:
    """Creates the role or adds missing settings. Returns what an administrator must still do, as sentences."""
    if not _exists(connection):
        if not _may_create_roles(connection):
            return [
                f"role {READER} is missing and this user may not create roles; an administrator runs:"
                f" create role {READER} login password '…'; then upgrade again"
            ]
        _create(connection, password)
    notices = _complete(connection)
    if password is None and _may_create_roles(connection) and not _has_password(connection):
        notices.append(f"role {READER} has no password yet: alter role {READER} password '…'")
    return notices


def grant_to_reader(connection: Connection, views: list[str]) -> None:
    """Grants usage of schema mart and SELECT on the views, if the role exists."""
    if not _exists(connection):
        return
    connection.execute(text(f"grant usage on schema mart to {READER}"))
    if views:
        connection.execute(text(f"grant select on {', '.join(views)} to {READER}"))


def _exists(connection: Connection) -> bool:
    return bool(connection.scalar(text("select true from pg_roles where rolname = :role"), {"role": READER}))


def _may_create_roles(connection: Connection) -> bool:
    return connection.scalar(text("select rolsuper or rolcreaterole from pg_roles where rolname = current_user"))


def _has_password(connection: Connection) -> bool:
    """True where this user is no superuser, since only a superuser can see it."""
    if not connection.scalar(text("select rolsuper from pg_roles where rolname = current_user")):
        return True
    return connection.scalar(
        text("select rolpassword is not null from pg_authid where rolname = :role"), {"role": READER}
    )


def _create(connection: Connection, password: str | None) -> None:
    create = sql.SQL("create role {} login password {}").format(sql.Identifier(READER), sql.Literal(password))
    try:
        with connection.begin_nested():
            driver(connection).execute(create)
    except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        pass  # the upgrade of another database of the same server has created it at the same time


def _complete(connection: Connection) -> list[str]:
    """Sets missing settings only: the role belongs to all databases of the server. Returns what could not be done."""
    missing = {name: value for name, value in SETTINGS.items() if f"{name}={value}" not in _settings(connection)}
    if not missing:
        return []
    statements = [f"alter role {READER} set {name} = '{value}'" for name, value in missing.items()]
    try:
        with connection.begin_nested():
            driver(connection).execute("; ".join(statements))
    except psycopg.errors.InsufficientPrivilege:
        return [f"an administrator runs: {'; '.join(statements)}"]
    return []


def _settings(connection: Connection) -> list[str]:
    found = connection.scalar(
        text(
            "select setconfig from pg_db_role_setting join pg_roles on pg_roles.oid = setrole"
            " where rolname = :role and setdatabase = 0"
        ),
        {"role": READER},
    )
    return found or []

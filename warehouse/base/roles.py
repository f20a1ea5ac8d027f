"""The database role for BI tools: it may SELECT from schema mart and do nothing else.

PostgreSQL lets every role change its own password and the settings of its own sessions. What a reader changed so is
changed back by the next upgrade, which says it.
"""

import psycopg
from psycopg import sql
from sqlalchemy import Connection, text

from warehouse.base.database import READER, driver
from warehouse.base.messages import _
from warehouse.base.rights import Change, Rights, apply, is_superuser
from warehouse.base.scram import is_password_of

ROLE = sql.Identifier(READER)
# Settings of its sessions. JIT compilation of the wide comparison views takes seconds, the queries themselves
# milliseconds. An idle transaction keeps upgrades waiting and VACUUM from removing dead rows.
SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "10min",
    "jit": "off",
    "search_path": "mart",
}
# Only a superuser may set these, and the reader cannot change them; another value is an administrator's and stays.
LIMITS = {"temp_file_limit": "2GB"}
CONNECTIONS = 30  # of some 97 that a server takes; -1 (no limit) is changed to this, an administrator's number stays

# Settings of the role in all databases, and those of this database alone, which come before them.
ROLE_SETTINGS = """
select setdatabase <> 0, split_part(line, '=', 1), substr(line, strpos(line, '=') + 1), coalesce(context, 'user')
from pg_db_role_setting
join pg_roles on pg_roles.oid = setrole
cross join unnest(setconfig) as line
left join pg_settings on pg_settings.name = split_part(line, '=', 1)
where rolname = :role
    and setdatabase in (0, (select oid from pg_database where datname = current_database()))
order by line
"""
# Each removal takes a lock until the upgrade ends, and the table of locks has room for some thousands.
LARGE_OBJECTS = """
select count(lo_unlink(oid)) from (
    select large.oid from pg_largeobject_metadata as large
    join pg_roles on pg_roles.oid = lomowner where rolname = :role limit 1000
) as a_thousand
"""


def provide_reader(connection: Connection, password: str | None) -> Rights:
    """Creates the role, or gives it the settings, limits and password it should have."""
    if not _exists(connection):
        if not _may_create_roles(connection):
            how = f"create role {READER} login password '…'"
            why = _("role {reader} is missing and this user may not create roles").format(reader=READER)
            return Rights(
                notices=[_("{why}; an administrator runs: {how}; then upgrade again").format(why=why, how=how)]
            )
        _create(connection, password)
        return Rights(notices=_complete(connection, password).notices)
    return _complete(connection, password)


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
    return bool(connection.scalar(text("select rolsuper or rolcreaterole from pg_roles where rolname = current_user")))


def _create(connection: Connection, password: str | None) -> None:
    create = sql.SQL("create role {} login password {}").format(ROLE, _verifier_of(connection, password))
    try:
        with connection.begin_nested():
            driver(connection).execute(create)
    except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        pass  # the upgrade of another database of the same server has created it at the same time


def _complete(connection: Connection, password: str | None) -> Rights:
    """The role belongs to all databases of the server, so only what is not as it should be is changed."""
    verifier = _verifier(connection)
    changes = [*_settings(connection), *_limits(connection), *_password(connection, password, verifier)]
    rights = apply(connection, changes) + _without_large_objects(connection)
    if password is None and verifier == "":
        rights.notices.append(
            _("role {reader} has no password yet: alter role {reader} password '…'").format(reader=READER)
        )
    return rights


def _verifier(connection: Connection) -> str | None:
    """What is stored of the password: empty where there is none; None where this user may not see it."""
    if not is_superuser(connection):
        return None
    query = text("select coalesce(rolpassword, '') from pg_authid where rolname = :role")
    return str(connection.scalar(query, {"role": READER}))


def _settings(connection: Connection) -> list[Change]:
    """Sets what differs from SETTINGS, and takes away what the role may have set for itself beyond them."""
    of_server, of_database = _found_settings(connection)
    changes = [
        _set(name, value, of_server.get(name)) for name, value in SETTINGS.items() if of_server.get(name) != value
    ]
    changes += [_reset(name, value) for name, value in of_server.items() if name not in SETTINGS]
    changes += [_reset(name, value, _database(connection)) for name, value in of_database.items()]
    return changes


def _found_settings(connection: Connection) -> tuple[dict[str, str], dict[str, str]]:
    """Name → value for all databases, and for this one. Without those that only a superuser may set."""
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for is_of_database, name, value, context in connection.execute(text(ROLE_SETTINGS), {"role": READER}):
        if not context.startswith("superuser"):
            found[is_of_database][name] = value
    return found


def _database(connection: Connection) -> str:
    name = connection.scalar(text("select current_database()"))
    assert isinstance(name, str)
    return name


def _set(name: str, value: str, before: str | None) -> Change:
    statement = sql.SQL("alter role {} set {} = {}").format(ROLE, sql.Identifier(name), sql.Literal(value))
    was = _("was not set") if before is None else _("was {before}").format(before=before)
    return Change(
        statement,
        _("{reader}: {name} was set to {value} ({was})").format(reader=READER, name=name, value=value, was=was),
    )


def _reset(name: str, before: str, database: str | None = None) -> Change:
    where = sql.SQL(" in database {}").format(sql.Identifier(database)) if database else sql.SQL("")
    statement = sql.SQL("alter role {}{} reset {}").format(ROLE, where, sql.Identifier(name))
    return Change(
        statement,
        _("{reader}: its own setting {name} = {before} was taken away").format(reader=READER, name=name, before=before),
    )


def _limits(connection: Connection) -> list[Change]:
    """What has no limit yet gets one."""
    changes = []
    if connection.scalar(text("select rolconnlimit from pg_roles where rolname = :role"), {"role": READER}) == -1:
        changes.append(Change(sql.SQL("alter role {} connection limit {}").format(ROLE, sql.Literal(CONNECTIONS))))
    limited = [row[1] for row in connection.execute(text(ROLE_SETTINGS), {"role": READER})]
    return changes + [_limit(name, value) for name, value in LIMITS.items() if name not in limited]


def _limit(name: str, value: str) -> Change:
    return Change(sql.SQL("alter role {} set {} = {}").format(ROLE, sql.Identifier(name), sql.Literal(value)))


def _password(connection: Connection, password: str | None, verifier: str | None) -> list[Change]:
    """Nothing where no password is known, as on a server of the user. `verifier` is None where this user cannot see it:
    then the password is set in any case."""
    if password is None or (verifier is not None and is_password_of(password, verifier)):
        return []
    statement = sql.SQL("alter role {} password {}").format(ROLE, _verifier_of(connection, password))
    said = _("{reader}: its password was set to that of `juesuan db url --reader`").format(reader=READER)
    return [Change(statement, said, shown=f"alter role {READER} password '…'")]


def _verifier_of(connection: Connection, password: str | None) -> sql.Literal:
    """What is stored of a password, made here: a statement stands in pg_stat_activity, and in the log if it fails."""
    if password is None:
        return sql.Literal(None)
    encrypted = driver(connection).pgconn.encrypt_password(password.encode(), READER.encode(), b"scram-sha-256")
    return sql.Literal(encrypted.decode())


def _without_large_objects(connection: Connection) -> Rights:
    """Removes what the role wrote before it could no longer."""
    if not is_superuser(connection):
        return Rights()
    removed = connection.scalar(text(LARGE_OBJECTS), {"role": READER})
    more = _("; there may be more: `vacuumlo` removes them all") if removed == 1000 else ""
    return Rights(
        [
            _("{reader}: {removed} large objects of it were removed{more}").format(
                reader=READER, removed=removed, more=more
            )
        ]
        if removed
        else []
    )

"""Who must act when the database refuses something: the publisher of the file, the project, or who runs the machine.

psycopg's error classes say what happened, not who must act, and some are subclasses of others. This module decides for
each class. A module that continues after an error calls `who_must_act` or catches CONNECTION_LOST.
"""

import re
from enum import StrEnum

import psycopg
from psycopg import errors

from warehouse.base.messages import N_, _


class Actor(StrEnum):
    PUBLISHER = "publisher"  # the file holds what the database cannot store; other files can be loaded
    PROJECT = "project"  # an SQL statement or a declaration of the project is wrong
    MACHINE = "machine"  # no connection, disk full, tables of another version, or no privilege


# Lost or refused connections, and sessions that the server ended while idle in transaction. A later try may succeed.
CONNECTION_LOST = (psycopg.OperationalError, errors.IdleInTransactionSessionTimeout)

# The first matching class decides, so a subclass stands before its parent.
_ACTORS: tuple[tuple[type[psycopg.Error], Actor], ...] = (
    (errors.ProgramLimitExceeded, Actor.PUBLISHER),  # a text too long for an index; a subclass of OperationalError
    (psycopg.DataError, Actor.PUBLISHER),
    (psycopg.IntegrityError, Actor.PUBLISHER),
    (errors.InvalidSchemaName, Actor.MACHINE),  # this and the next two: `juesuan db upgrade` was not run
    (errors.UndefinedTable, Actor.MACHINE),
    (errors.UndefinedColumn, Actor.MACHINE),
    (errors.InsufficientPrivilege, Actor.MACHINE),
    (psycopg.OperationalError, Actor.MACHINE),
    (psycopg.InternalError, Actor.MACHINE),
    (psycopg.InterfaceError, Actor.MACHINE),
    (psycopg.Error, Actor.PROJECT),
)

# What a server says to a connection that it refuses, in English and in Chinese: libpq gives words, no SQLSTATE.
REFUSED = (
    (r'password authentication failed|no password supplied|认证失败|role ".*" does not exist',
     N_("the database refuses this user or password")),
    (r'database ".*" does not exist|数据库 ?".*" ?不存在', N_("the server has no such database")),
    (r"no pg_hba\.conf entry|pg_hba\.conf", N_("the server lets this user not in from here")),
)  # fmt: skip


def who_must_act(error: psycopg.Error) -> Actor:
    return next(actor for kind, actor in _ACTORS if isinstance(error, kind))


def in_words(error: psycopg.Error) -> str:
    """An error of the machine as one line for whoever runs it."""
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    match error:
        case errors.UndefinedTable() | errors.InvalidSchemaName():
            return _("the database has no warehouse yet: run `juesuan db upgrade`")
        case errors.UndefinedColumn():
            return _("the tables are of another version: run `juesuan db upgrade` ({said})").format(said=said)
        case errors.InsufficientPrivilege():
            return _("this user of the database may not do that: {said}").format(said=said)
    for pattern, refusal in REFUSED:
        if error.sqlstate is None and re.search(pattern, said):
            return f"{_(refusal)}: {said}"
    if (error.sqlstate or "08").startswith(("08", "57P")):  # connection lost, server starting or stopping
        return _("the database does not answer: {said}").format(said=said)
    return _("the database cannot do that now: {said}").format(said=said)

"""Who must act when the database refuses something: the publisher of the file, the project, or who runs the machine.

psycopg's errors say what happened, and some kinds are children of others. Here each is told once; every module that has
to go on after an error asks `who_must_act`, or catches GONE.
"""

from enum import StrEnum

import psycopg
from psycopg import errors


class Actor(StrEnum):
    PUBLISHER = "publisher"  # the file says what the database cannot keep; other files can be loaded all the same
    PROJECT = "project"  # a statement or a declaration of ours is wrong
    MACHINE = "machine"  # the server is away or full, has another version's tables, or gives this user no right


# The database is away, or ended the session of a process that was idle in a transaction: a later try may succeed.
GONE = (psycopg.OperationalError, errors.IdleInTransactionSessionTimeout)

# The first class that an error belongs to decides.
_ACTORS: tuple[tuple[type[psycopg.Error], Actor], ...] = (
    (errors.ProgramLimitExceeded, Actor.PUBLISHER),  # a text too long for an index; a child of OperationalError
    (psycopg.DataError, Actor.PUBLISHER),
    (psycopg.IntegrityError, Actor.PUBLISHER),
    (errors.InvalidSchemaName, Actor.MACHINE),  # these three: no upgrade was made
    (errors.UndefinedTable, Actor.MACHINE),
    (errors.UndefinedColumn, Actor.MACHINE),
    (errors.InsufficientPrivilege, Actor.MACHINE),
    (psycopg.OperationalError, Actor.MACHINE),
    (psycopg.InternalError, Actor.MACHINE),
    (psycopg.InterfaceError, Actor.MACHINE),
    (psycopg.Error, Actor.PROJECT),
)


def who_must_act(error: psycopg.Error) -> Actor:
    return next(actor for kind, actor in _ACTORS if isinstance(error, kind))


def in_words(error: psycopg.Error) -> str:
    """What whoever runs the machine reads of an error that is for him, in one line."""
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    match error:
        case errors.UndefinedTable() | errors.InvalidSchemaName():
            return "the database has no warehouse yet: run `juesuan db upgrade`"
        case errors.UndefinedColumn():
            return f"the tables are of another version: run `juesuan db upgrade` ({said})"
        case errors.InsufficientPrivilege():
            return f"this user of the database may not do that: {said}"
    is_away = (error.sqlstate or "08").startswith(("08", "57P"))  # connection lost, server starting or stopping
    return f"the database {'does not answer' if is_away else 'cannot do that now'}: {said}"

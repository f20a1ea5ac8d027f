"""Changes of rights and of roles in an upgrade: what was done, and what only an administrator can do."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import psycopg
from psycopg import sql
from sqlalchemy import Connection, text

from warehouse.base.database import driver
from warehouse.base.messages import _


@dataclass(frozen=True, slots=True)
class Rights:
    """`repaired`: sentences about what was not as it should be and is now; `notices`: what an administrator must do."""

    repaired: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def __add__(self, other: "Rights") -> "Rights":
        return Rights(self.repaired + other.repaired, self.notices + other.notices)


@dataclass(frozen=True, slots=True)
class Change:
    """A statement, and the sentence about it for `Rights.repaired`; None where nothing needs to be said. `shown` stands
    in a notice in place of a statement with a password."""

    statement: sql.SQL | sql.Composed
    said: str | None = None
    shown: str | None = None


def apply(connection: Connection, changes: Iterable[Change]) -> Rights:
    """Makes each change, where this user may; the others become one notice with their statements."""
    repaired, refused = [], []
    for change in changes:
        try:
            with connection.begin_nested():
                driver(connection).execute(change.statement)
        except psycopg.errors.InsufficientPrivilege:
            refused.append(change.shown or change.statement.as_string(driver(connection)))
        else:
            repaired += [change.said] if change.said else []
    return Rights(repaired, [for_an_administrator(refused)] if refused else [])


def for_an_administrator(statements: Iterable[str]) -> str:
    return _("an administrator runs: {listed}").format(listed="; ".join(statements))


def is_superuser(connection: Connection) -> bool:
    return bool(connection.scalar(text("select rolsuper from pg_roles where rolname = current_user")))

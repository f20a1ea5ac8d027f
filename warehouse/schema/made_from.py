"""From which files of the project a database was made, and what filled the tables of mart: digests of them, kept as
the comment on alembic's table.

Views and declarations are code: they change without a new revision of the tables, and an upgrade is needed then too.
"""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from warehouse.base.database import driver, one_value
from warehouse.base.sql_files import SQL
from warehouse.kinds.names import FOLDER as KINDS

if TYPE_CHECKING:  # every command asks for the version; only an upgrade has SQLAlchemy's connection
    from sqlalchemy import Connection

_HERE = Path(__file__).parent
FOLDERS = (SQL, KINDS, _HERE, _HERE.parent / "base")  # the last two hold what an upgrade runs
SUFFIXES = (".sql", ".toml", ".csv", ".py")
FILLED = ", tables of mart filled by "
NOTED = "select obj_description('warehouse.alembic_version'::regclass, 'pg_class')"


def note(connection: "Connection", filling: str) -> None:
    """At the end of an upgrade. `filling`: the digest of what fills the tables of mart."""
    driver(connection).execute(f"comment on table warehouse.alembic_version is '{_files()}{FILLED}{filling}'")


def filled_by(connection: psycopg.Connection) -> str | None:
    """The digest of what filled the tables of mart. None where nothing is noted: before the first upgrade that did."""
    return (one_value(connection.execute(NOTED)) or "").partition(FILLED)[2] or None


def is_this_version(connection: psycopg.Connection) -> bool:
    """Whether views and declarations are those of the files that are installed here."""
    return (one_value(connection.execute(NOTED)) or "").partition(FILLED)[0] == _files()


def _files() -> str:
    digest = sha256()
    for folder in FOLDERS:
        for file in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
            digest.update(f"{file.relative_to(folder)}\0".encode() + sha256(file.read_bytes()).digest())
    return f"made from files with the digest {digest.hexdigest()[:16]}"

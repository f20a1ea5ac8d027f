"""Creates and migrates schema `procrastinate`: the tables and functions of the job queue library.

Code that calls them sets search_path to that schema. The comment of the schema holds the version of the library that
created it, so that a newer version knows which of its migrations to apply.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from packaging.version import Version
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

from warehouse.base.database import run_script
from warehouse.base.errors import OtherQueue
from warehouse.work.jobs import INTERNALS

SCHEMA = "procrastinate"
COMMENT = "任务队列（procrastinate {version}），仅供程序使用"
NOTIFYING = """
select quote_ident(tgname) from pg_trigger join pg_proc on pg_proc.oid = tgfoid
where tgrelid = 'procrastinate.procrastinate_jobs'::regclass and tgenabled <> 'D' and prosrc ilike '%pg_notify%'
"""


def provide_queue(connection: Connection) -> None:
    """Creates the schema, or migrates it to the installed version. The caller commits. Raises OtherQueue."""
    installed = Version(version(SCHEMA))
    present = _present(connection)
    if present is None:
        connection.execute(text(f"create schema {SCHEMA}"))
        _run(connection, SchemaManager.get_schema())
    else:
        for path in _steps(present, installed):
            _run(connection, path.read_text("utf-8"))
    _check_internals(connection, installed)
    _silence(connection)
    connection.execute(text(f"comment on schema {SCHEMA} is '{COMMENT.format(version=installed)}'"))
    connection.execute(text(f"revoke all on schema {SCHEMA} from public"))


def drop_queue(connection: Connection) -> None:
    """Drops the schema with all jobs."""
    connection.execute(text(f"drop schema if exists {SCHEMA} cascade"))


def _present(connection: Connection) -> Version | None:
    """The version that created the schema in the database; None where there is none."""
    comment = connection.scalar(
        text("select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = :schema"),
        {"schema": SCHEMA},
    )
    if comment is None:
        return None
    before, after = COMMENT.split("{version}")
    return Version(comment.removeprefix(before).removesuffix(after))


def _steps(present: Version, installed: Version) -> list[Path]:
    """procrastinate's migrations after `present`. A file name begins with its version: 03.04.00_01_pre_…"""
    found = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    return [path for path in found if present < Version(path.name.split("_")[0]) <= installed]


def _check_internals(connection: Connection, installed: Version) -> None:
    """Refuses a version of the library that lacks the functions that `jobs` calls. Else the nightly run would fail."""
    missing = [name for name in INTERNALS if not _exists(connection, name)]
    if missing:
        raise OtherQueue(f"procrastinate {installed} has no {' and no '.join(missing)}")


def _exists(connection: Connection, function: str) -> bool:
    with _path_to_queue(connection):
        return connection.scalar(text("select to_regprocedure(:name) is not null"), {"name": function})


def _run(connection: Connection, script: str) -> None:
    with _path_to_queue(connection):
        run_script(connection, script)


def _silence(connection: Connection) -> None:
    """Disables the triggers that notify. The workers poll and do not listen; and every user of the database can fill
    the queue of notifications, which all databases of the server share: then a transaction that notifies fails."""
    for trigger in connection.scalars(text(NOTIFYING)).all():
        connection.execute(text(f"alter table {SCHEMA}.procrastinate_jobs disable trigger {trigger}"))


@contextmanager
def _path_to_queue(connection: Connection) -> Iterator[None]:
    """Sets search_path to that schema, since the SQL of procrastinate names its tables without a schema."""
    before = connection.scalar(text("select current_setting('search_path')"))
    connection.execute(text(f"set local search_path = {SCHEMA}"))
    yield
    connection.execute(text("select set_config('search_path', :path, true)"), {"path": before})

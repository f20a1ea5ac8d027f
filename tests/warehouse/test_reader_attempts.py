"""What juesuan_reader can reach, tried on servers of these tests; and a night while it holds all it could get."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psycopg
import pytest
from sqlalchemy import make_url

from tests.faults.bodies import body
from tests.long import rest_long
from tests.scratch import folder_of_server
from tests.warehouse.factory import extraction
from tests.warehouse.reader_attempts import ATTEMPTS, Attempt, Outcome
from tests.warehouse.test_server import BINARIES
from tests.work.nights import asked, environment, manifest
from warehouse import server
from warehouse.base.config import Settings
from warehouse.base.database import READER, connect, engine
from warehouse.base.roles import CONNECTIONS, SETTINGS, provide_reader
from warehouse.base.sql_files import project_views
from warehouse.load.document import Outcome as Loaded
from warehouse.load.document import load
from warehouse.load.reference import load_reference
from warehouse.schema.upgrade import Upgraded, upgrade

MARTS = [view.full_name for view in project_views() if view.schema == "mart"]
REPAIRED = [attempt for attempt in ATTEMPTS if attempt.outcome is Outcome.REPAIRED]
OTHERS = [attempt for attempt in ATTEMPTS if attempt.outcome is not Outcome.REPAIRED]
FORMER_LOCKS = [f"juesuan {name}" for name in ("nightly", "sync", "upgrade", "queue", "refresh")]
ROLE = "select rolconnlimit, rolsuper, rolcreaterole from pg_roles where rolname = 'juesuan_reader'"
COUNTS = """
select (select count(*) from mart.metric_value), (select count(*) from pg_largeobject_metadata),
    (select count(*) from pg_class where relowner = 'juesuan_reader'::regrole),
    (select relacl::text from pg_class where oid = 'mart.metric_value'::regclass)
"""


@dataclass(frozen=True, slots=True)
class Own:
    """A server whose role juesuan_reader the tests may spoil."""

    settings: Settings
    url: str

    @property
    def reader(self) -> str:
        url = server.reader_url(self.settings)
        assert url is not None
        return url

    def upgrade(self) -> Upgraded:
        return upgrade(self.url, server.reader_password(self.settings))

    def repair(self) -> tuple[str, ...]:
        """The part of an upgrade that is about the role; what it says."""
        database = engine(self.url)
        with database.begin() as connection:
            repaired = provide_reader(connection, server.reader_password(self.settings)).repaired
        database.dispose()
        return tuple(repaired)


@pytest.fixture(scope="module", params=rest_long(BINARIES, BINARIES[-1:].__contains__))
def own(request) -> Iterator[Own]:
    with folder_of_server() as home:
        settings = Settings(home=home, postgres=request.param, database_url=None, archive=home / "archive")
        made = Own(settings, server.start(settings))
        server.close_other_databases(settings)
        assert made.upgrade().repaired == ()
        with connect(made.url) as connection:
            load_reference(connection)
            load(connection, extraction())
        yield made
        server.stop(settings)


@contextmanager
def without_limits(url: str) -> Iterator[psycopg.Connection]:
    """A session of the reader that has lifted what every session may lift."""
    with connect(url, autocommit=True) as session:
        session.execute("set statement_timeout = 0")
        session.execute("set default_transaction_read_only = off")
        yield session


def test_the_list_is_long_and_says_every_thing_once():
    statements = [attempt.statement for attempt in ATTEMPTS]
    assert len(statements) == len(set(statements)) >= 60
    assert {attempt.group for attempt in ATTEMPTS} >= {"locks", "roles", "settings", "objects", "files", "functions"}


@pytest.mark.takes(12)
@pytest.mark.parametrize("attempt", OTHERS, ids=lambda attempt: attempt.statement[:60])
def test_an_attempt(own, attempt: Attempt):
    before = asked(own.url, COUNTS) + asked(own.url, ROLE)
    with connect(own.url), without_limits(own.reader) as session:
        if attempt.outcome is Outcome.REFUSED:
            with pytest.raises(attempt.error):
                session.execute(attempt.statement)
        else:
            session.execute(attempt.statement)
    assert asked(own.url, COUNTS) + asked(own.url, ROLE) == before


@pytest.mark.takes(2)
@pytest.mark.parametrize("attempt", REPAIRED, ids=lambda attempt: attempt.statement[:60])
def test_an_upgrade_repairs_the_role_and_says_so(own, attempt: Attempt):
    with without_limits(own.reader) as session:
        session.execute(attempt.statement)
    assert f"{READER}: {attempt.said}" in own.repair()
    with connect(own.reader, autocommit=True) as session:
        shown = {name: session.execute(f"show {name}").fetchone()[0] for name in SETTINGS}
    assert shown == SETTINGS | {"statement_timeout": "1min"}
    assert own.repair() == ()


def test_an_upgrade_brings_back_what_a_reader_changed_and_what_the_database_lost(own):
    """As after a restore from a dump, which has no rights of PUBLIC."""
    with without_limits(own.reader) as session:
        session.execute("alter role juesuan_reader set statement_timeout = 0")
    with connect(own.url, autocommit=True) as connection:
        connection.execute("grant temporary on database juesuan to public")
        connection.execute("grant execute on function pg_advisory_lock(bigint), lo_create(oid) to public")
    done = own.upgrade()
    assert (done.repaired, done.notices) == ((f"{READER}: statement_timeout was set to 60s (was 0)",), ())
    for statement in ("create temp table mine ()", "select pg_advisory_lock(1)", "select lo_create(0)"):
        with without_limits(own.reader) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(statement)


def test_views_are_found_without_naming_their_schema(own):
    with connect(own.reader) as session:
        assert session.execute("select count(*) from disclosure").fetchone() == (1,)


def test_temporary_files_are_limited(own):
    with connect(own.reader) as session:
        assert session.execute("show temp_file_limit").fetchone() == ("2GB",)


def test_the_other_databases_are_closed(own):
    for database in ("postgres", "template1"):
        url = make_url(own.reader).set(database=database).render_as_string(hide_password=False)
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            connect(url)


def test_large_objects_of_the_reader_are_removed(own):
    with connect(own.url, autocommit=True) as connection:
        connection.execute("grant execute on function lo_from_bytea(oid, bytea) to juesuan_reader")
        with without_limits(own.reader) as session:
            session.execute("select lo_from_bytea(0, 'x') from generate_series(1, 3)")
        connection.execute("revoke execute on function lo_from_bytea(oid, bytea) from juesuan_reader")
    assert own.repair() == (f"{READER}: 3 large objects of it were removed",)
    assert asked(own.url, "select count(*) from pg_largeobject_metadata") == [(0,)]


def test_limits_of_an_administrator_stay(own):
    with connect(own.url, autocommit=True) as connection:
        connection.execute("alter role juesuan_reader connection limit 7")
        connection.execute("alter role juesuan_reader set temp_file_limit = '1MB'")
        assert own.repair() == ()
        assert connection.execute(ROLE).fetchone()[0] == 7
        with (
            connect(own.reader) as session,
            pytest.raises(psycopg.errors.ConfigurationLimitExceeded, match="temp_file_limit"),
        ):
            session.execute("select g from generate_series(1, 10000000) as g order by g desc")
        connection.execute(f"alter role juesuan_reader connection limit {CONNECTIONS}")
        connection.execute("alter role juesuan_reader set temp_file_limit = '2GB'")


def test_nothing_of_the_queue_notifies(own):
    """A reader can fill the queue of notifications, and whoever notifies then fails."""
    notifying = "select tgenabled from pg_trigger join pg_proc on pg_proc.oid = tgfoid where prosrc ~* 'pg_notify'"
    assert set(asked(own.url, notifying)) == {("D",)}


@contextmanager
def holding_all_it_can_get(own: Own) -> Iterator[None]:
    """Every connection it may have, each with a transaction that has read every view, one with the locks of before."""
    with ExitStack() as stack:
        owner = stack.enter_context(connect(own.url, autocommit=True))
        owner.execute(
            "grant execute on function pg_advisory_lock(bigint) to juesuan_reader"
        )  # as on a server of others
        first = stack.enter_context(without_limits(own.reader))
        first.execute(
            "select pg_advisory_lock(hashtextextended(key, 0)) from unnest(%s::text[]) as key", [FORMER_LOCKS]
        )
        for attempt in OTHERS:
            if attempt.outcome is not Outcome.REFUSED:
                first.execute(attempt.statement)
        sessions = [first, *(stack.enter_context(without_limits(own.reader)) for _ in range(CONNECTIONS - 1))]
        with pytest.raises(psycopg.OperationalError, match="too many connections"):
            connect(own.reader)
        for session in sessions:
            session.execute("begin")
        for view in MARTS:
            sessions[1].execute(f"select from {view} limit 1")
        for session in sessions[2:]:
            session.execute("select from mart.metric_value, mart.amount limit 1")
        yield
        owner.execute("revoke execute on function pg_advisory_lock(bigint) from juesuan_reader")


@pytest.mark.long
def test_a_load_and_a_night_run_while_it_holds_all_it_could_get(own, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_bytes(body(0))
    command = [sys.executable, "-m", "ingest.cli", "nightly", str(manifest(tmp_path / "in")), "--jobs", "1"]
    surroundings = environment(own.url, own.settings.archive_folder)
    with holding_all_it_can_get(own):
        with connect(own.url) as connection:
            assert load(connection, extraction("while they are held")).outcome is Loaded.NEW_VERSION
        night = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)
    assert night.returncode == 0, night.stdout + night.stderr
    assert "1 loaded (1 new_document)" in night.stdout
    assert asked(own.url, "select count(*) from mart.disclosure where is_current") == [(2,)]

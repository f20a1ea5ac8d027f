"""The commands `juesuan sync`, `work`, `withdraw`, `forget` and `ingest` on one document, fetched over HTTP."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.isolation import extract_isolated
from ingest.nightly.attempt import WorkerContext, _read_and_load, ingest_archived
from ingest.sync import Archive
from ingest.version import parser_version
from tests.ingest.truth import SAMPLES
from tests.ingest.web_site import Site, serving
from tests.warehouse.public_rows import Rows, differing, public_rows
from tests.warehouse.test_loader import violations
from tests.work.nights import asked, environment, put, queue
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.base.mart_tables import dimensions
from warehouse.work import readings
from warehouse.work.forgetting import forget, to_forget

DOCUMENT, OTHER = SAMPLES / "pingdingshan_gongxin_2023.txt", SAMPLES / "shifan_gongxin_2023.txt"
MANIFEST = "[politeness]\ninterval_seconds = 0\n[[source]]\nurl = '{}'\n[[source]]\nurl = '{}'\n"
KILLED = """
import os, signal
from ingest.cli.main import main
from ingest.sync import Archive

Archive.remove = lambda self, sha256: os.kill(os.getpid(), signal.SIGKILL)
main()
"""
Run = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.publish("/a.txt", DOCUMENT.read_bytes())
        running.publish("/b.txt", OTHER.read_bytes())
        yield running


@pytest.fixture
def surroundings(database: str, tmp_path: Path) -> dict[str, str]:
    return environment(database, tmp_path / "archive", JUESUAN_ALLOW_NETWORKS="127.0.0.0/8")


@pytest.fixture
def juesuan(surroundings: dict[str, str]) -> Run:
    def run(*arguments: object, program: tuple[str, ...] = ("-m", "ingest.cli")) -> subprocess.CompletedProcess:
        command = [sys.executable, *program, *map(str, arguments)]
        return subprocess.run(
            command, env=surroundings, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
        )

    return run


@pytest.fixture
def manifest(site: Site, tmp_path: Path) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(MANIFEST.format(site.url("/a.txt"), site.url("/b.txt")), "utf-8")
    return path


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def shown(url: str) -> Rows:
    with connect(url) as connection:
        assert violations(connection) == {}
        return public_rows(connection)


def names(url: str) -> set[str]:
    return {name for (name,) in asked(url, "select source_name from mart.disclosure")}


@pytest.mark.long
def test_what_a_sync_fetched_is_public_after_work(juesuan, database, manifest):
    done = juesuan("sync", manifest)
    assert done.stdout.splitlines()[-1] == "2 waiting to be read: juesuan work --until-empty"
    assert juesuan("work", "--jobs", 1, "--until-empty").returncode == 0
    assert names(database) == {"a.txt", "b.txt"}
    again = juesuan("sync", manifest)
    assert again.stdout.splitlines() == ["0 new, 0 changed, 0 returned, 2 unchanged, 0 vanished, 0 absent, 0 failed"]


@pytest.mark.long
def test_a_document_is_withdrawn_and_forgotten_and_fetched_again_after_a_lift(
    juesuan, database, manifest, site, tmp_path
):
    site.remove("/a.txt")
    assert juesuan("nightly", manifest, "--jobs", 1).returncode == 0
    without = shown(database)
    site.publish("/a.txt", DOCUMENT.read_bytes())
    assert juesuan("nightly", manifest, "--jobs", 1).returncode == 0
    complete, known = shown(database), digest(DOCUMENT)

    assert juesuan("withdraw").stdout == "nothing is withdrawn\n"
    assert juesuan("withdraw", known[:8]).returncode == 2  # no reason
    done = juesuan("withdraw", known[:8], "--why", "金额\x1b[2J有误")
    assert (done.returncode, done.stdout.endswith("withdrawn\n")) == (0, True)
    listed = juesuan("withdraw").stdout
    assert "a.txt" in listed and "金额�[2J有误" in listed and known[:12] in listed
    assert differing(without, shown(database)).keys() <= {"withdrawn", *dimensions()}
    assert "read:    nothing" in juesuan("nightly", manifest, "--jobs", 1).stdout
    assert names(database) == {"b.txt"}
    assert "is withdrawn" in juesuan("ingest", "--jobs", 1, DOCUMENT).stderr
    assert juesuan("withdraw", known, "--undo").returncode == 0
    assert differing(complete, shown(database)) == {}

    archive = Archive(tmp_path / "archive")
    assert "confirm it with --yes" in juesuan("forget", known[:8], "--why", "x").stderr
    assert archive.holds(known)
    done = juesuan("forget", known[:8], "--why", "身份证号", "--yes")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 files removed from the archive")
    assert not archive.holds(known) and archive.holds(digest(OTHER))
    assert differing(without, shown(database)) == {}
    listed = juesuan("forget").stdout
    assert known[:12] in listed and "身份证号" in listed and site.url("/a.txt") in listed

    site.requests.clear()
    night = juesuan("nightly", manifest, "--jobs", 1)
    assert (night.returncode, "fetched: 1 unchanged, 1 forgotten\n" in night.stdout) == (0, True)
    assert [request.path for request in site.requests] == ["/b.txt"]
    refused = juesuan("ingest", "--jobs", 1, DOCUMENT)
    assert refused.returncode == 1 and f"juesuan forget --lift {known[:12]}" in refused.stderr
    assert "身份证号" in refused.stderr and "was forgotten on 20" in refused.stderr
    assert not archive.holds(known) and differing(without, shown(database)) == {}

    assert juesuan("forget", known[:8], "--lift").returncode == 0
    assert juesuan("nightly", manifest, "--jobs", 1).returncode == 0
    assert names(database) == {"a.txt", "b.txt"}


@pytest.mark.long
def test_a_crash_between_database_and_archive_is_completed_by_the_same_command_or_the_next_sync(
    juesuan, database, manifest, tmp_path
):
    juesuan("sync", manifest)
    archive = Archive(tmp_path / "archive")
    for path in (DOCUMENT, OTHER):
        arguments = ("forget", digest(path), "--why", "x", "--yes")
        assert juesuan(*arguments, program=("-c", KILLED)).returncode == -signal.SIGKILL
        assert archive.holds(digest(path))
        assert asked(database, "select count(*) from warehouse.source_file where sha256 = %s", [digest(path)]) == [(0,)]
        if path is DOCUMENT:
            assert juesuan(*arguments).returncode == 0
        else:
            juesuan("sync", manifest)
        assert not archive.holds(digest(path))
    assert juesuan("work", "--jobs", 1, "--until-empty").returncode == 0
    assert names(database) == set()


@pytest.mark.long
def test_at_a_terminal_it_asks(surroundings, database, juesuan, manifest):
    juesuan("sync", manifest)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ingest.cli", "forget", digest(DOCUMENT)[:8], "--why", "x"]
    for answer, status in ((b"n\n", 1), (b"y\n", 0)):
        with subprocess.Popen(command, env=surroundings, stdin=theirs, stdout=subprocess.PIPE) as process:
            os.write(ours, answer)
            said, _ = process.communicate(timeout=60)
        assert (process.returncode, b"and its files? [y/N]" in said) == (status, True)
    os.close(ours)
    os.close(theirs)
    assert asked(database, "select count(*) from warehouse.forgotten") == [(1,)]


def test_a_worker_does_not_load_what_was_forgotten_while_it_read(database, tmp_path):
    file = put(tmp_path, DOCUMENT.read_bytes(), "a.txt")
    queue(database, [file])
    context = WorkerContext(database, Settings(archive=tmp_path), [])
    with context.session() as connection:
        attempt = readings.begin(connection, file.sha256, parser_version())
    extract_isolated(tmp_path / file.sha256[:2] / file.sha256[2:])
    with connect(database) as connection:
        forget(connection, to_forget(connection, file.sha256), "x")
    with pytest.raises(Exception, match="was forgotten on"):
        _read_and_load(context, attempt)
    ingest_archived(context, file.sha256)  # its job is in the hands of the queue still
    assert queue(database, [file]) == 0
    assert asked(database, "select count(*) from warehouse.reading") == [(0,)]
    assert asked(database, "select count(*) from warehouse.document_version") == [(0,)]


def test_a_file_that_became_a_part_after_it_was_queued_is_not_read_by_itself(database, tmp_path):
    files = [put(tmp_path, path.read_bytes(), path.name) for path in (DOCUMENT, OTHER)]
    queue(database, files)
    seen = (
        "with one as (insert into warehouse.source (manifest, name, type, address, departments, kind, first_listed_at,"
        " last_listed_at) values ('m', 'n', 'parts', 'a', '{}', 'final_accounts', now(), now()) returning source_id)"
        " insert into warehouse.source_file (source_id, address, sha256, file_name, media_type, size_bytes, counts_as,"
        " is_current, first_seen_at, last_seen_at, verified_at)"
        " select source_id, 'file:///a', %s, 'a', 'text/plain', 1, 'part', true, now(), now(), now() from one"
        " returning source_file_id"
    )
    asked(database, seen, [files[0].sha256])
    context = WorkerContext(database, Settings(archive=tmp_path), [])
    for file in files:
        ingest_archived(context, file.sha256)
    assert asked(database, "select sha256, status from warehouse.reading") == [(files[1].sha256, "loaded")]

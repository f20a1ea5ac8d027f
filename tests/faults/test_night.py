"""A nightly run in which PostgreSQL and workers are killed, clocks are wrong and files cannot be read.

JUESUAN_FAULT_DOCUMENTS is the number of documents; the default is small.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.bodies import fill
from tests.scratch import folder_of_server
from tests.work.nights import QUICK, asked, manifest, put_all, until
from warehouse import server
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.load.reference import load_reference
from warehouse.schema.upgrade import upgrade

DOCUMENTS = int(os.environ.get("JUESUAN_FAULT_DOCUMENTS", "24"))
LOADED = "select count(*) from warehouse.reading where status = 'loaded'"


@dataclass(frozen=True, slots=True)
class Own:
    """A server that only this test uses and may kill, with an archive."""

    settings: Settings
    url: str

    @property
    def environment(self) -> dict[str, str]:
        home = {"JUESUAN_HOME": str(self.settings.home), "JUESUAN_DATABASE_URL": ""}
        return os.environ | QUICK | home | {"JUESUAN_DATABASE_WAIT_SECONDS": "60"}

    def start(self, *arguments: object, **more: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "ingest.cli", *map(str, arguments)]
        return subprocess.Popen(
            command, env=self.environment | more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def loaded(self) -> int:
        return asked(self.url, LOADED)[0][0]

    def kill_database(self) -> None:
        postmaster = (self.settings.home / "postgres" / "postmaster.pid").read_text().splitlines()[0]
        os.kill(int(postmaster), signal.SIGKILL)


@pytest.fixture
def own() -> Iterator[Own]:
    with folder_of_server() as home:
        settings = Settings(home=home, database_url=None, archive=home / "archive")
        url = server.start(settings)
        upgrade(url, reader_password="reader")
        with connect(url) as connection:
            load_reference(connection)
        yield Own(settings, url)
        server.stop(settings)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.long
def test_a_nightly_run_with_all_faults(own, tmp_path, same_as_clean, watched):
    """A nightly run with kill -9 of PostgreSQL and of a worker, a second run at the same time, and unreadable files."""
    good, broken = fill(tmp_path / "in", DOCUMENTS)
    listed = manifest(tmp_path / "in")
    files = put_all(tmp_path / "clean", good)
    with watched(own.url, tmp_path / "clean", files):
        night = own.start("nightly", listed, "--jobs", 2)
        until(lambda: own.loaded() >= 3, 60)
        second = own.start("nightly", listed)
        assert (second.wait(30), "Another `juesuan nightly` is running" in second.stdout.read()) == (3, True)
        os.kill(children(night.pid)[0], signal.SIGKILL)
        until(lambda: own.loaded() >= 8, 60)
        own.kill_database()
        printed, _ = night.communicate(timeout=60 + 2 * DOCUMENTS)
    assert night.returncode == 1, printed
    assert f"{len(good)} new_document" in printed
    print(printed)
    same_as_clean(own.url, tmp_path / "clean", files)
    assert {path.name for path in broken} - named(own.url) == set()


def named(url: str) -> set[str]:
    """The files for which the report gives a reason: those not fetched, and all with a content that was not read."""
    fetched = asked(
        url,
        "select file.file_name from warehouse.reading join warehouse.source_file as file using (sha256)"
        " where status = 'failed' and reason <> ''",
    )
    refused = asked(url, "select subject from warehouse.run_problem where kind = 'fetch' and reason <> ''")
    return {Path(name).name for (name,) in [*fetched, *refused]}

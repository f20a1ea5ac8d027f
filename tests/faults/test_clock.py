"""Clocks that are wrong, or that are changed while workers run."""

import shutil
import subprocess
import sys

import pytest

from tests.faults.test_killed import TEXTS
from tests.work.nights import asked, environment, finish, put_all, queue, workers
from warehouse.base.database import connect

YEAR = ("+400d", "-400d")


@pytest.mark.long
def test_workers_whose_clocks_are_years_apart(database, tmp_path, same_as_clean, watched):
    """Two workers whose clocks are years apart."""
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed (Debian: faketime)")
    files = put_all(tmp_path, TEXTS)
    queue(database, files)
    surroundings = environment(database, tmp_path, FAKETIME_DONT_FAKE_MONOTONIC="1")
    command = [sys.executable, "-m", "ingest.nightly", "--until-empty"]
    with watched(database, tmp_path, files):
        started = [subprocess.Popen(["faketime", "-f", shift, *command], env=surroundings) for shift in YEAR]
        assert finish(started) == [0, 0]
    same_as_clean(database, tmp_path, files)
    recent = "select count(*) from mart.disclosure where loaded_at between now() - interval '1 hour' and now()"
    assert asked(database, recent) == [(len(files),)]


@pytest.mark.long
def test_the_clock_of_the_server_is_set_back(database, tmp_path, same_as_clean, watched):
    """The clock of the server set back by two days.

    The heartbeat of a killed worker is then in the future, and the next attempt is planned two days too late.
    """
    files = put_all(tmp_path, TEXTS[:2])
    queue(database, files)
    with connect(database, autocommit=True) as connection, connection.transaction():
        connection.execute("set local search_path = procrastinate")
        connection.execute("insert into procrastinate_workers (last_heartbeat) values (now() + interval '2 days')")
        connection.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = (select max(id) from procrastinate_workers)"
            " where queueing_lock = %s", [files[0].sha256],
        )  # fmt: skip
        connection.execute(
            "update procrastinate_jobs set scheduled_at = now() + interval '2 days' where queueing_lock = %s",
            [files[1].sha256],
        )
    with watched(database, tmp_path, files), workers(database, tmp_path) as started:
        assert finish(started) == [0]
    same_as_clean(database, tmp_path, files)

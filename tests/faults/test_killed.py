"""Workers that are killed or paused during their work, and workers that get the same document."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Thread

import psutil
import psycopg
import pytest

from ingest.nightly.attempt import archived
from ingest.version import parser_version
from tests.faults.bodies import body
from tests.work.nights import GOOD, asked, environment, finish, put, put_all, queue, readings, until, workers
from warehouse.base.database import connect
from warehouse.work.jobs import File
from warehouse.work.readings import begin

TEXTS = [path for path in GOOD if path.suffix == ".txt"]
ONE = TEXTS[:1]
DOCUMENTS, KILLS = 16, 2  # of the test that kills at random: how many are read, and how often each process is killed
QUICKER = "0.2"  # seconds between the heartbeats of a worker in these tests
WAITS_TO_COPY = """
select 1 from pg_locks where relation = 'warehouse.amount'::regclass and not granted
"""
WAITS_TO_PUBLISH = """
select 1 from pg_locks where relation = 'mart.metric_value'::regclass and not granted
"""
WAITS_TO_SAY_IT_LIVES = """
select 1 from pg_locks where relation = 'procrastinate.procrastinate_workers'::regclass and not granted
"""
END_WAITING = """
select pg_terminate_backend(pid) from pg_locks where relation = 'warehouse.source_part'::regclass and not granted
"""
NOTHING = [(0, 0, 0)]
VISIBLE = """
select (select count(*) from mart.disclosure), (select count(*) from mart.amount),
    (select count(*) from mart.metric_value)
"""


class Stuck:
    """Replaces an archived file by a named pipe: a process that reads it waits until `let_go` writes to it."""

    def __init__(self, archive: Path, file: File):
        self.path = archived(archive, file.sha256)
        self.content = self.path.read_bytes()
        self.path.unlink()
        os.mkfifo(self.path)

    def replace(self) -> Path:
        """Puts the file back; a process that has opened the pipe still waits. The path is never missing or empty."""
        aside, whole = self.path.with_suffix(".pipe"), self.path.with_suffix(".whole")
        os.link(self.path, aside)
        whole.write_bytes(self.content)
        whole.replace(self.path)
        return aside

    def let_go(self, aside: Path) -> None:
        """Writes the content to the waiting process, if it still exists."""
        try:
            pipe = os.open(aside, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            return
        os.set_blocking(pipe, True)
        with os.fdopen(pipe, "wb") as opened:
            opened.write(self.content)


def kill(worker: subprocess.Popen) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def is_reading(url: str, attempts: int = 1) -> bool:
    return asked(url, "select 1 from warehouse.reading where status = 'reading' and attempts = %s", [attempts]) != []


@pytest.mark.long
def test_killed_while_reading(database, tmp_path, same_as_clean, watched):
    """kill -9 of a worker in the middle of reading: the processes below it end too."""
    files = put_all(tmp_path, TEXTS)
    with watched(database, tmp_path, files):
        stuck = Stuck(tmp_path, files[0])
        queue(database, files)
        with workers(database, tmp_path) as (doomed,):
            until(lambda: is_reading(database))
            until(lambda: below(doomed, 2) != [])
            orphans = below(doomed, 1) + below(doomed, 2)
            kill(doomed)
            assert psutil.wait_procs(orphans, timeout=10)[1] == []
        stuck.let_go(stuck.replace())
        with workers(database, tmp_path, 2) as started:
            assert finish(started) == [0, 0]
    assert readings(database)[files[0].name] == ("loaded", 2, None)
    same_as_clean(database, tmp_path, files)


@pytest.mark.long
@pytest.mark.parametrize("depth", [1, 2], ids=["the server of readers", "the reader"])
def test_reading_process_is_killed(database, tmp_path, same_as_clean, watched, depth):
    """kill -9 of a process below the worker in the middle of reading: the worker has the file read again."""
    files = put_all(tmp_path, TEXTS)
    with watched(database, tmp_path, files):
        stuck = Stuck(tmp_path, files[0])
        queue(database, files)
        with workers(database, tmp_path) as (worker,):
            until(lambda: is_reading(database))
            until(lambda: below(worker, 2) != [])
            stuck.replace()
            ended = below(worker, 2)
            for process in below(worker, depth):
                process.kill()
            assert psutil.wait_procs(ended, timeout=10)[1] == []
            assert finish([worker]) == [0]
    assert readings(database)[files[0].name] == ("loaded", 1, None)
    same_as_clean(database, tmp_path, files)


@pytest.mark.long
def test_readers_and_their_servers_are_killed_at_random_moments(database, tmp_path, same_as_clean, watched):
    """kill -9 of reading processes, of their server and of both, at random moments, as long as something is read."""
    files = [put(tmp_path, body(number), f"{number}.txt") for number in range(DOCUMENTS)]
    chance = random.Random(0)
    with watched(database, tmp_path, files):
        queue(database, files)
        with workers(database, tmp_path, 2) as started:
            killed = []
            for depths in [(2,), (1,), (1, 2)] * KILLS:
                killed.append(kill_below(started, depths, chance))
                hit = being_read(database)  # a file that is hit twice would be read in a second attempt, as is meant
                until(lambda hit=hit: not hit & being_read(database) or has_ended(started))
            assert finish(started, 120) == [0, 0]
    assert sum(killed) >= 2, "the files were read before two processes could be killed"
    assert {(status, attempts) for status, attempts, _ in readings(database).values()} == {("loaded", 1)}
    same_as_clean(database, tmp_path, files)


def kill_below(started: list[subprocess.Popen], depths: tuple[int, ...], chance: random.Random) -> bool:
    """Kills processes below a worker while it reads; its readers must end, also those that only lost their server.

    False where all workers have ended.
    """
    readers: list[psutil.Process] = []
    while not readers:
        until(lambda: any(below(one, 2) for one in started) or has_ended(started))
        if has_ended(started):
            return False
        worker = next((one for one in started if below(one, 2)), started[0])
        time.sleep(chance.uniform(0, 0.1))
        readers = below(worker, 2)
    for process in [process for depth in depths for process in below(worker, depth)]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    assert psutil.wait_procs(readers, timeout=10)[1] == []
    return True


def being_read(url: str) -> set[str]:
    return {name for name, (status, _, _) in readings(url).items() if status == "reading"}


def has_ended(started: list[subprocess.Popen]) -> bool:
    return all(one.poll() is not None for one in started)


def below(worker: subprocess.Popen, depth: int) -> list[psutil.Process]:
    """The processes that were started by the worker (depth 1), and by those (depth 2)."""
    found = [psutil.Process(worker.pid)] if worker.poll() is None else []
    for _ in range(depth):
        found = [child for one in found for child in children_of(one)]
    return found


def children_of(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children()
    except psutil.NoSuchProcess:
        return []


def test_killed_while_loading(database, tmp_path, same_as_clean, watched):
    """kill -9 of a worker in the middle of loading."""
    files = put_all(tmp_path, ONE)
    queue(database, files)
    with watched(database, tmp_path, files):
        with connect(database) as holder:
            holder.execute("lock table warehouse.amount in share mode")
            with workers(database, tmp_path) as (doomed,):
                until(lambda: asked(database, WAITS_TO_COPY))
                kill(doomed)
            assert asked(database, VISIBLE) == NOTHING
        with workers(database, tmp_path) as started:
            assert finish(started) == [0]
    assert readings(database)[files[0].name] == ("loaded", 2, None)
    same_as_clean(database, tmp_path, files)


def test_an_attempt_whose_connection_is_lost_before_it_reads_is_not_counted(database, tmp_path):
    files = put_all(tmp_path, ONE)
    queue(database, files)
    with connect(database) as holder, connect(database, autocommit=True) as doomed, ThreadPoolExecutor(1) as pool:
        holder.execute("lock table warehouse.source_part")
        begun = pool.submit(begin, doomed, files[0].sha256, parser_version())
        until(lambda: asked(database, END_WAITING))
        with pytest.raises(psycopg.OperationalError):
            begun.result()
    assert asked(database, "select status, attempts from warehouse.reading") == [("waiting", 0)]


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["killed with -9", "paused"])
def test_ended_while_making_public(database, tmp_path, same_as_clean, watched, how):
    """A worker that ends while it makes loaded documents public."""
    files = put_all(tmp_path, ONE)
    queue(database, files)
    with watched(database, tmp_path, files), connect(database) as holder:
        holder.execute("lock table mart.metric_value in share mode")
        with workers(database, tmp_path) as (doomed,):
            until(lambda: asked(database, WAITS_TO_PUBLISH))
            doomed.send_signal(how)
            assert asked(database, VISIBLE) == NOTHING
            holder.rollback()
            with workers(database, tmp_path) as started:
                assert finish(started) == [0]
            assert asked(database, VISIBLE) != NOTHING
            doomed.send_signal(signal.SIGCONT)
            assert finish([doomed]) == [-signal.SIGKILL if how == signal.SIGKILL else 0]
    assert readings(database)[files[0].name] == ("loaded", 1, None)
    same_as_clean(database, tmp_path, files)


@pytest.mark.long
def test_a_file_that_kills_its_worker_is_put_into_quarantine_and_can_be_released(
    database, tmp_path, same_as_clean, watched
):
    """Three workers killed with -9 over one file: quarantine, and release."""
    files = put_all(tmp_path, ONE)
    with watched(database, tmp_path, files):
        stuck = Stuck(tmp_path, files[0])
        queue(database, files)
        for attempt in (1, 2, 3):
            with workers(database, tmp_path, JUESUAN_HEARTBEAT_SECONDS=QUICKER) as (doomed,):
                until(lambda attempt=attempt: is_reading(database, attempt))
                kill(doomed)
        with workers(database, tmp_path, JUESUAN_HEARTBEAT_SECONDS=QUICKER) as started:
            assert finish(started) == [0]
        status, attempts, reason = readings(database)[files[0].name]
        assert (status, attempts) == ("quarantined", 3)
        assert reason == "the worker reading it ended without a word 3 times"
        assert queue(database, files) == 0
        stuck.let_go(stuck.replace())
        released = subprocess.run(
            [sys.executable, "-m", "ingest.cli", "queue", "release", files[0].sha256[:10]],
            env=environment(database, tmp_path), capture_output=True, text=True,
        )  # fmt: skip
        assert released.stdout == f"{files[0].sha256[:12]} {files[0].name}: queued\n", released.stderr
        with workers(database, tmp_path) as started:
            assert finish(started) == [0]
    same_as_clean(database, tmp_path, files)


@pytest.mark.long
def test_the_same_document_on_four_workers_at_once(database, tmp_path, same_as_clean, watched):
    """The same document on four workers at once.

    The four jobs have no locks of the queue. Only the locks of the warehouse prevent that they load it twice.
    """
    files = put_all(tmp_path, ONE)
    queue(database, files)
    with connect(database) as connection:
        connection.execute("set local search_path = procrastinate")
        connection.execute("update procrastinate_jobs set lock = null")
        for number in range(3):
            connection.execute(
                "insert into procrastinate_jobs (queue_name, task_name, args, queueing_lock)"
                " select queue_name, task_name, args, queueing_lock || %s from procrastinate_jobs limit 1",
                [number],
            )
    with watched(database, tmp_path, files):
        with connect(database) as holder, workers(database, tmp_path, 4) as started:
            holder.execute("lock table warehouse.amount in share mode")
            until(lambda: is_reading(database, 4))
            holder.rollback()
            assert set(finish(started)) <= {0, 3}
        with workers(database, tmp_path) as started:
            assert finish(started) == [0]
    same_as_clean(database, tmp_path, files)


@pytest.mark.long
@pytest.mark.parametrize("moment", ["reading", "loading", "in a heartbeat"])
def test_a_worker_that_was_paused_longer_than_its_heartbeat_does_not_load_twice(
    database, tmp_path, same_as_clean, watched, moment
):
    """A worker paused for longer than its heartbeat, and resumed."""
    files = put_all(tmp_path, ONE)
    with watched(database, tmp_path, files):
        stuck = Stuck(tmp_path, files[0]) if moment != "loading" else None
        queue(database, files)
        with connect(database, autocommit=True) as holder, workers(database, tmp_path) as (sleeper,):
            with holder.transaction():
                holder.execute("lock table warehouse.amount in share mode")
                until(lambda: is_reading(database) if stuck else asked(database, WAITS_TO_COPY))
                if moment == "in a heartbeat":
                    holder.execute("lock table procrastinate.procrastinate_workers in share mode")
                    until(lambda: asked(database, WAITS_TO_SAY_IT_LIVES))
                sleeper.send_signal(signal.SIGSTOP)
            aside = stuck.replace() if stuck else None
            with workers(database, tmp_path) as started:
                assert finish(started) == [0]
            assert readings(database)[files[0].name] == ("loaded", 2, None)
            sleeper.send_signal(signal.SIGCONT)
            if aside:
                Thread(target=stuck.let_go, args=[aside], daemon=True).start()
            assert finish([sleeper]) == [3]
    same_as_clean(database, tmp_path, files)

"""Helpers of the tests of nightly runs: an archive, a queue and worker processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from ingest.nightly.attempt import archived as archived_path
from ingest.version import parser_version
from tests.ingest.truth import SAMPLES
from warehouse.base.database import connect
from warehouse.work.jobs import File, enqueue

GOOD = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".pdf", ".txt"))
QUICK = {"JUESUAN_HEARTBEAT_SECONDS": "0.5", "JUESUAN_RETRY_SECONDS": "0.2", "JUESUAN_DATABASE_WAIT_SECONDS": "30"}
WORKER = (sys.executable, "-m", "ingest.nightly", "--until-empty")
READ = """
select version.sha256, measure.table_code, amount.row_key, measure.measure, amount.value, amount.status
from warehouse.amount
join warehouse.measure using (measure_id)
join warehouse.parse using (parse_id)
join warehouse.document_version as version using (version_id)
order by 1, 2, 3, 4
"""


def put(archive: Path, content: bytes, name: str) -> File:
    """Writes the content to the archive under its SHA-256."""
    digest = sha256(content).hexdigest()
    path = archived_path(archive, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return File(digest, name, f"file:///{name}")


def manifest(folder: Path) -> Path:
    """A manifest with the folder as its only source, written next to the folder."""
    path = folder.with_suffix(".toml")
    path.write_text(f"[[source]]\nfolder = '{folder}'\n", "utf-8")
    return path


def put_all(archive: Path, paths: Iterable[Path] = GOOD) -> list[File]:
    return [put(archive, path.read_bytes(), path.name) for path in paths]


def queue(url: str, files: Iterable[File]) -> int:
    with connect(url, autocommit=True) as connection:
        return enqueue(connection, files, parser_version())


def environment(url: str, archive: Path, **more: str) -> dict[str, str]:
    return os.environ | QUICK | {"JUESUAN_DATABASE_URL": url, "JUESUAN_ARCHIVE": str(archive)} | more


@contextmanager
def workers(url: str, archive: Path, number: int = 1, command: Sequence[str] = WORKER, **more: str):
    """Starts `number` worker processes, which end when the queue is empty; those left at the end are killed."""
    started = [subprocess.Popen(command, env=environment(url, archive, **more)) for _ in range(number)]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()


def finish(processes: Iterable[subprocess.Popen], seconds: float = 60) -> list[int]:
    deadline = time.monotonic() + seconds
    return [process.wait(max(0.1, deadline - time.monotonic())) for process in processes]


def until(condition: Callable[[], object], seconds: float = 60):
    """Waits until `condition` is true and returns its value; the test fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"the condition was not true within {seconds} s"
        time.sleep(0.02)
    return found


def asked(url: str, query: str, values: Iterable = ()) -> list[tuple]:
    with connect(url, autocommit=True) as connection:
        return connection.execute(query, list(values)).fetchall()


def readings(url: str) -> dict[str, tuple[str, int, str | None]]:
    rows = asked(url, "select source_name, status, attempts, reason from warehouse.reading")
    return {name: (status, attempts, reason) for name, status, attempts, reason in rows}

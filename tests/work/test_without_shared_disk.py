"""Workers on machines without a shared disk: each sees the database and an S3 service, and no folder of another."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

import pytest

from ingest.nightly.batch import ingest
from ingest.sync import archive_of
from tests.conftest import new_database
from tests.work.nights import GOOD, READ, WORKER, asked, finish, queue, until, workers
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.work.jobs import File

BUCKET = "archive"
NEEDED = ("s3fs", "moto", "flask", "flask_cors")
# Over what all machines of a test have in common an empty file system is mounted, in a mount namespace of the worker.
ALONE = 'mount -t tmpfs none "$HIDDEN" && mkdir -p "$JUESUAN_ARCHIVE" && exec "$@"'
APART = ("unshare", "--mount", "sh", "-c", ALONE, "sh", *WORKER)


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a folder in an S3 service of this machine."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        pytest.skip(f"needs {', '.join(missing)}: pip install s3fs 'moto[server]'")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("FSSPEC_S3_ENDPOINT_URL", address := f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    process = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)])
    try:
        until(lambda: _answers(address))
        _filesystem(address).mkdir(BUCKET)
        yield f"s3://{BUCKET}/files"
    finally:
        process.kill()
        process.wait()


def _filesystem(address: str):
    import fsspec
    from fsspec.config import conf, set_conf_env

    set_conf_env(conf)  # it was read when fsspec was imported
    return fsspec.filesystem("s3", endpoint_url=address)


def _answers(address: str) -> bool:
    try:
        urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True


@pytest.fixture(params=["file", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder stands for network storage, where there is no S3 service."""
    return request.getfixturevalue("s3") if request.param == "s3" else (tmp_path / "store").as_uri()


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="needs root and unshare")
def test_two_workers_without_a_shared_disk_load_what_one_process_loads(store, database, server_url, template, tmp_path):
    machine = Settings(home=tmp_path / "machine", archive=tmp_path / "machine" / "archive", archive_store=store)
    archive = archive_of(machine)
    files = []
    for path in GOOD:
        with archive.receive() as incoming:
            incoming.write(path.read_bytes())
            files.append(File(incoming.keep().sha256, path.name, f"file:///{path.name}"))
    assert queue(database, files) == len(GOOD)
    of_worker = {"JUESUAN_ARCHIVE_STORE": store, "HIDDEN": str(machine.home), "JUESUAN_HEARTBEAT_SECONDS": "10"}
    with workers(database, machine.home / "archive", 2, APART, **of_worker) as started:
        assert finish(started, 500) == [0, 0]
    said = asked(database, "select source_name, status, attempts, reason from warehouse.reading order by 1")
    assert {status for _, status, *_ in said} == {"loaded"}, said
    with new_database(server_url, template) as alone:
        with connect(alone) as connection:
            assert [outcome.error for outcome in ingest(connection, GOOD)] == [None] * len(GOOD)
        assert asked(database, READ) == asked(alone, READ)

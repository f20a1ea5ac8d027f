"""A name server that never answers: getaddrinfo waits for minutes, a sync gives up after its time limit."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.work.nights import environment

NAMESERVER = f"127.53.{os.getpid() // 250 % 250}.{os.getpid() % 250 + 1}"  # an address that only this process uses
MANIFEST = """
[limits]
attempts = 2
backoff_seconds = 0.01
connect_seconds = 0.4
[[source]]
url = "http://www.example.org/a.pdf"
"""


@pytest.fixture
def with_silent_resolver(tmp_path: Path) -> list[str]:
    """The words to put before a command, so that it uses a name server that never answers."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("only root can give a command another resolv.conf")
    conf = tmp_path / "resolv.conf"
    conf.write_text(f"nameserver {NAMESERVER}\noptions timeout:30 attempts:5\n")
    script = f'mount --bind {conf} /etc/resolv.conf && exec "$@"'
    command = ["unshare", "--mount", "sh", "-c", script, "sh"]
    if subprocess.run([*command, "true"], capture_output=True).returncode:
        pytest.skip("no mounts here")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind((NAMESERVER, 53))
        yield command


@pytest.mark.long
def test_a_name_server_that_never_answers_fails_the_address_and_not_the_sync(with_silent_resolver, database, tmp_path):
    manifest = tmp_path / "sources.toml"
    manifest.write_text(MANIFEST)
    done = subprocess.run(
        [*with_silent_resolver, sys.executable, "-m", "ingest.cli", "sync", str(manifest)],
        env=environment(database, tmp_path / "archive"), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "failed     http://www.example.org/a.pdf: robots.txt cannot be read: cannot connect: "
        "the resolver said nothing of www.example.org in 0.4 s"
    )
    assert done.stdout.endswith("1 failed\n")

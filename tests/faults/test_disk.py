"""A disk that is full."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.bodies import body
from tests.work.nights import asked, environment, manifest, put_all

ROOM, LEFT = 96 * 1024, 20 * 1024  # bytes: three documents would fit, the ballast leaves room for one


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "archive"
    folder.mkdir()
    size = ["-o", f"size={ROOM}"]
    if subprocess.run(["mount", "-t", "tmpfs", *size, "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.long
def test_a_full_disk_ends_only_the_fetching(database, tmp_path, small_disk, same_as_clean, watched):
    """A full disk for the archive: files that were fetched before are loaded, the next run fetches the rest."""
    paths = [tmp_path / "in" / f"{number}.txt" for number in range(3)]
    paths[0].parent.mkdir()
    for number, path in enumerate(paths):
        path.write_bytes(body(number))
    files = put_all(tmp_path / "clean", paths)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(ROOM - LEFT))
    with watched(database, tmp_path / "clean", files):
        status, printed = night(database, tmp_path)
        assert (status, "The archive has no room left" in printed) == (5, True), printed
        assert asked(database, "select sha256 from mart.disclosure") == [(files[0].sha256,)]
        assert "read:    1 loaded" in printed
        ballast.unlink()
        status, printed = night(database, tmp_path)
        assert (status, "fetched: 2 new, 1 unchanged" in printed) == (0, True), printed
    same_as_clean(database, tmp_path / "clean", files)


def night(database: str, folder: Path) -> tuple[int, str]:
    """The exit status and the output of a nightly run."""
    done = subprocess.run(
        [sys.executable, "-m", "ingest.cli", "nightly", str(manifest(folder / "in")), "--jobs", "1"],
        env=environment(database, folder / "archive"), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr

"""Nights, one after another: what each fetches, reads, publishes and says."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.faults.bodies import body
from tests.work.nights import archived_path, asked, environment, manifest

CURRENT = "select department, fiscal_year, version from mart.disclosure where is_current order by 1, 2"
MEASURE = (
    "select value from warehouse.run_measure where run_id = (select max(run_id) from warehouse.run) and measure = %s"
)


@pytest.fixture
def night(database: str, tmp_path: Path):
    """Runs a night over the folder `in` and returns (exit status, what it printed)."""
    listed = manifest(tmp_path / "in")

    def run(**more: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "ingest.cli", "nightly", str(listed), "--jobs", "1"]
        surroundings = environment(database, tmp_path / "archive", **more)
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout + done.stderr

    return run


def put(folder: Path, **contents: bytes) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        (folder / f"{name}.txt").write_bytes(content)


def measure(url: str, name: str) -> Decimal:
    return asked(url, MEASURE, [name])[0][0]


def test_three_nights(night, database, tmp_path):
    put(tmp_path / "in", one=body(0), two=body(1), bad=b"nothing of a disclosure")
    status, printed = night()
    assert status == 1
    assert "fetched: 3 new\n" in printed and "read:    1 failed, 2 new_document, 2 doubts" in printed
    assert "failed" in printed and "bad.txt" in printed
    assert asked(database, CURRENT) == [("示范市第0000局", 2019, 1), ("示范市第0000局", 2020, 1)]

    status, printed = night()
    assert status == 0
    assert "fetched: 3 unchanged\n" in printed and "read:    nothing" in printed
    assert measure(database, "amounts") == 2 * 712

    changed = body(0).replace(b"1,442.52", b"1,443.52")
    put(tmp_path / "in", one=changed, three=body(4))
    (tmp_path / "in" / "two.txt").unlink()
    status, printed = night()
    assert "fetched: 1 new, 1 changed, 1 unchanged, 1 vanished" in printed
    assert "read:    1 new_document, 1 new_version" in printed
    assert status == 0
    assert asked(database, CURRENT) == [
        ("示范市第0000局", 2019, 2),
        ("示范市第0000局", 2020, 1),  # what vanished from its address was published all the same
        ("示范市第0001局", 2019, 1),
    ]
    assert asked(database, "select exit_status from warehouse.run order by run_id") == [(1,), (0,), (0,)]
    problems = asked(database, "select kind, subject, reason from warehouse.run_problem")
    assert problems == [("failed", "bad.txt", "is no department final accounts: no standard table was found in it")]


def test_versions_of_one_address_that_are_read_in_one_night_keep_their_order(night, database, tmp_path):
    """Two nights could fetch and not read: the archive holds both files, the older one first."""
    for content in (body(0), body(0).replace(b"1,442.52", b"1,443.52")):
        put(tmp_path / "in", one=content)
        subprocess.run(
            [sys.executable, "-m", "ingest.cli", "sync", str(tmp_path / "in.toml")],
            env=environment(database, tmp_path / "archive"), check=True, capture_output=True,
        )  # fmt: skip
    assert night()[0] == 0
    (current,) = asked(database, "select sha256, version from mart.disclosure where is_current")
    assert current == (asked(database, "select sha256 from warehouse.source_file where is_current")[0][0], 2)


def test_a_night_holds_a_correction_that_loses_tables(night, database, tmp_path):
    put(tmp_path / "in", one=body(0))
    assert night()[0] == 0
    text = body(0)
    put(tmp_path / "in", one=text[: text.index("政府性基金预算".encode("gb18030"), len(text) // 2)])
    status, printed = night()
    assert status == 1
    assert "1 held" in printed and "amounts would go" in printed
    assert asked(database, "select version from mart.disclosure") == [(1,)]
    assert night()[0] == 0  # it was said once; `juesuan gate` goes on saying it


def test_a_full_disk_ends_the_fetching_and_nothing_else(night, database, tmp_path):
    """The next night brings what this one could not keep."""
    put(tmp_path / "in", one=body(0))
    archive = tmp_path / "archive"
    archive.mkdir()
    full = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(archive)], capture_output=True)
    if full.returncode:
        pytest.skip("only root can mount a small disk")
    try:
        (archive / "ballast").write_bytes(bytes(60 * 1024))
        status, printed = night()
        assert status == 5
        assert "The archive has no room left" in printed
        assert asked(database, "select count(*) from mart.disclosure") == [(0,)]
        (archive / "ballast").unlink()
        assert night()[0] == 0
        assert asked(database, CURRENT) == [("示范市第0000局", 2019, 1)]
    finally:
        subprocess.run(["umount", "-l", str(archive)], check=True)


def test_the_archive_is_laid_out_as_the_workers_think(tmp_path):
    from ingest.sync import Archive

    digest = "ab" * 32
    assert archived_path(tmp_path, digest) == Archive(tmp_path).path(digest)

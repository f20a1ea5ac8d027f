"""Nightly runs one after another: what each fetches, reads, publishes and prints."""

import re
import subprocess
import sys
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from tests.faults.bodies import body, corrected
from tests.ingest.web_site import serving
from tests.long import first_short
from tests.work.nights import archived_path, asked, environment, manifest
from warehouse.base import locks
from warehouse.base.database import connect

CURRENT = "select department, fiscal_year, version from mart.disclosure where is_current order by 1, 2"
MEASURE = (
    "select value from warehouse.run_measure where run_id = (select max(run_id) from warehouse.run) and measure = %s"
)


@pytest.fixture
def night(database: str, tmp_path: Path):
    """A function that makes a nightly run over the folder `in` and returns (exit status, output)."""
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


def test_three_runs(night, database, tmp_path):
    put(tmp_path / "in", one=body(0), two=body(1), bad=b"nothing of a disclosure")
    status, printed = night()
    assert status == 1
    assert (
        "fetched: 3 new\n" in printed and "read:    2 loaded (2 new_document), 1 failed; 2 doubts about them" in printed
    )
    assert "failed" in printed and "bad.txt" in printed
    assert asked(database, CURRENT) == [("示范市第0000局", 2019, 1), ("示范市第0000局", 2020, 1)]

    status, printed = night()
    assert status == 0
    assert "fetched: 3 unchanged\n" in printed and "read:    nothing" in printed
    assert "verified: the 0 of 2 stored documents that changed; all of them last on " in printed
    assert measure(database, "amounts") == 2 * 712

    changed = corrected(0)
    put(tmp_path / "in", one=changed, three=body(4))
    (tmp_path / "in" / "two.txt").unlink()
    status, printed = night()
    assert "fetched: 1 new, 1 changed, 1 unchanged, 1 vanished" in printed
    assert "read:    2 loaded (1 new_document, 1 new_version); 2 doubts about them" in printed
    assert status == 0
    assert asked(database, CURRENT) == [
        ("示范市第0000局", 2019, 2),
        ("示范市第0000局", 2020, 1),  # its file was removed from the address, the published document remains
        ("示范市第0001局", 2019, 1),
    ]
    assert asked(database, "select exit_status from warehouse.run order by run_id") == [(1,), (0,), (0,)]
    problems = asked(database, "select kind, subject, reason from warehouse.run_problem")
    reason = "is not taken for a department budget (部门预算) or final accounts: no standard table was found in it"
    assert problems == [("failed", (tmp_path / "in" / "bad.txt").as_uri(), reason)]


@pytest.mark.long
def test_versions_of_one_address_that_are_read_in_one_night_keep_their_order(night, database, tmp_path):
    """Two runs fetched without reading: the archive has both files, and the older one is read first."""
    for content in (body(0), corrected(0)):
        put(tmp_path / "in", one=content)
        subprocess.run(
            [sys.executable, "-m", "ingest.cli", "sync", str(tmp_path / "in.toml")],
            env=environment(database, tmp_path / "archive"), check=True, capture_output=True,
        )  # fmt: skip
    assert night()[0] == 0
    (current,) = asked(database, "select sha256, version from mart.disclosure where is_current")
    assert current == (asked(database, "select sha256 from warehouse.source_file where is_current")[0][0], 2)


@pytest.mark.long
def test_a_night_holds_a_correction_that_loses_tables(night, database, tmp_path):
    put(tmp_path / "in", one=body(0))
    assert night()[0] == 0
    text = body(0)
    put(tmp_path / "in", one=text[: text.index("政府性基金预算".encode("gb18030"), len(text) // 2)])
    status, printed = night()
    assert status == 1
    assert "1 held" in printed and "amounts would go" in printed
    assert asked(database, "select version from mart.disclosure") == [(1,)]
    assert night()[0] == 0  # reported in the first run only; `juesuan gate` still lists it


@pytest.mark.takes(1)
@pytest.mark.parametrize("command", first_short("nightly", "sync"))
@pytest.mark.parametrize(
    ("manifest_text", "surroundings", "said"),
    [
        (None, {}, "sources.toml: No such file or directory"),
        ("[[source]]\n", {}, "The manifest cannot be used; nothing was fetched: sources.toml line 1: needs one of"),
        ("[[source]]\nfolder = 'in'\n", {"JUESUAN_ALLOW_NETWORKS": "home"}, "JUESUAN_ALLOW_NETWORKS is no list of"),
        ("[[source]]\nfolder = 'in'\n", {"JUESUAN_MAX_PAGES": "many"}, "JUESUAN_MAX_PAGES=many: Input should be"),
    ],
)
def test_a_run_that_cannot_begin_exits_with_2(database, tmp_path, manifest_text, surroundings, said, command):
    path = tmp_path / "sources.toml"
    if manifest_text:
        path.write_text(manifest_text)
    done = subprocess.run(
        [sys.executable, "-m", "ingest.cli", command, str(path)],
        env=environment(database, tmp_path / "archive", **surroundings), capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert asked(database, "select count(*) from warehouse.run") == [(0,)]


@pytest.mark.takes(1)
@pytest.mark.parametrize(
    ("surroundings", "said"),
    [
        ({}, "juesuan: the database has no warehouse yet: run `juesuan db upgrade`\n"),
        (
            {"JUESUAN_DATABASE_URL": "", "JUESUAN_HOME": "/dev/null/home", "JUESUAN_POSTGRES": "/nowhere"},
            "juesuan: /dev/null/home: Not a directory\n",
        ),
    ],
)
def test_a_night_without_a_database_it_can_use_exits_with_5(empty_database, tmp_path, surroundings, said):
    done = subprocess.run(
        [sys.executable, "-m", "ingest.cli", "nightly", str(manifest(tmp_path))],
        env=environment(empty_database, tmp_path / "archive") | surroundings, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (5, said)


@pytest.mark.long
def test_a_malformed_address_ends_no_night(night, database, tmp_path):
    put(tmp_path / "in", one=body(0))
    with serving() as site:
        site.page("/list/", "http://xn--a.cn/", "moved.txt", "two.txt")
        site.answer("/list/moved.txt", 302, headers={"Location": "http://xn--zzz99999.cn/"})
        site.put("/list/two.txt", body(4), content_type="text/plain")
        with (tmp_path / "in.toml").open("a") as file:
            file.write(f"[[source]]\nlisting = '{site.url('/list/')}'\n[politeness]\ninterval_seconds = 0\n")
        status, printed = night(JUESUAN_ALLOW_NETWORKS="127.0.0.0/8")
    assert status == 1
    assert "fetched: 2 new, 1 failed\n" in printed and "/moved.txt: leads to an address that is no address" in printed
    assert asked(database, CURRENT) == [("示范市第0000局", 2019, 1), ("示范市第0001局", 2019, 1)]
    assert asked(database, "select exit_status, ended_at is not null from warehouse.run") == [(1, True)]
    assert asked(database, "select finished_at is not null from warehouse.sync_run") == [(True,)]


@pytest.mark.long
def test_another_night_is_no_success_for_ever(night, database, tmp_path):
    put(tmp_path / "in", one=body(0))
    assert night()[0] == 0
    with connect(database) as connection, locks.session(connection) as other:
        assert locks.take_for_session(other, locks.NIGHT)
        status, printed = night()
        assert status == 3
        assert re.search(
            rf"this one did nothing: since 20.*, .* the process id {other.info.backend_pid}$", printed, re.M
        )
        assert asked(database, "select count(*) from warehouse.run") == [(1,)]
        status, printed = night(JUESUAN_NIGHT_HOURS="0.0001")
        assert status == 6
        assert "for longer than JUESUAN_NIGHT_HOURS; this one did nothing" in printed
    problems = asked(
        database,
        "select exit_status, kind, subject, reason from warehouse.run_problem join warehouse.run using (run_id)",
    )
    assert [row[:3] for row in problems] == [(6, "machine", "night")]
    assert "for longer than JUESUAN_NIGHT_HOURS" in problems[0][3]
    status, printed = night()
    assert status == 0
    assert re.search(r"^ amounts +712 +712 +\+0", printed, re.M)  # compared with the last run that did something


def test_sync_and_workers_use_the_same_paths_in_the_archive(tmp_path):
    from ingest.sync import Archive

    digest = "ab" * 32
    assert archived_path(tmp_path, digest) == Archive(tmp_path).path(digest)


@pytest.mark.long
def test_a_former_file_that_is_published_again_becomes_current(night, database, tmp_path):
    first, second = body(0), corrected(0)
    for content in (first, second, first):
        put(tmp_path / "in", one=content)
        status, printed = night()
        assert status == 0
    address = (tmp_path / "in" / "one.txt").as_uri()
    assert "fetched: 1 changed\n" in printed and "read:    nothing" in printed
    assert f"  changed       {address}\n  current again {address}\n" in printed
    office = "select amount_wan from mart.amount where is_current and (table_code, row_key) = ('GK06', '30201')"
    assert asked(database, office) == [(Decimal("14.28"),)]
    versions = "select version, is_current from mart.disclosure order by document_id"
    assert asked(database, versions) == [(3, True), (2, False)]


@pytest.mark.long
def test_an_older_file_released_from_quarantine_does_not_become_current(night, database, tmp_path):
    """The newer file was loaded in between; the older one is never shown."""
    older, newer = body(0), corrected(0)
    put(tmp_path / "in", one=older)
    assert night(JUESUAN_MAX_SECONDS="0.001")[0] == 1
    assert asked(database, "select status, attempts from warehouse.reading") == [("quarantined", 3)]
    put(tmp_path / "in", one=newer)
    assert night()[0] == 0
    digest = sha256(older).hexdigest()
    for command in (["queue", "release", digest], ["work", "--jobs", "1", "--until-empty"]):
        done = subprocess.run(
            [sys.executable, "-m", "ingest.cli", *command],
            env=environment(database, tmp_path / "archive"), capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    shown = asked(database, "select sha256, is_current from mart.disclosure order by document_id")
    assert shown == [(sha256(newer).hexdigest(), True), (digest, False)]
    published = "select version_id, published_at from warehouse.publication order by publication_id"
    assert len(asked(database, published)) == 3  # the newer file, the older one, and the newer one again

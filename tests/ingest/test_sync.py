"""`juesuan sync` with a manifest, a web site on loopback, an archive and a database."""

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from ingest.pipeline import extract
from ingest.readers import labels
from ingest.sync import Archive, SyncReport, read_manifest
from ingest.sync import sync as run
from ingest.sync.errors import ArchiveFull, SyncRunning
from tests.ingest.truth import SAMPLES
from tests.ingest.web_site import Site, drip, pdf, reset, serving, stall
from warehouse.base.database import connect
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.load.document import load
from warehouse.records.sources import SeenFile, SourceEntry, SourceType, Try, Visit
from warehouse.work import sources

LOOPBACK = (ip_network("127.0.0.0/8"),)
QUICK = "[politeness]\ninterval_seconds = 0\n[limits]\nattempts = 2\nbackoff_seconds = 0.01\n{limits}\n"
FILES = """
    select address, left(sha256, 8), is_current, vanished_at is not null from warehouse.source_file
    order by source_file_id
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


class Night:
    """A manifest, an archive and a database; `go` is one sync."""

    def __init__(self, database: str, folder: Path):
        self.database, self.folder, self.archive = database, folder, Archive(folder / "archive")

    def manifest(self, *entries: str, limits: str = "") -> Path:
        path = self.folder / "sources.toml"
        path.write_text(QUICK.format(limits=limits) + "".join(f"[[source]]\n{entry}\n" for entry in entries), "utf-8")
        return path

    def go(self, *entries: str, limits: str = "", **options) -> SyncReport:
        manifest = read_manifest(self.manifest(*entries, limits=limits))
        with connect(self.database) as connection:
            return run(connection, manifest, self.archive, LOOPBACK, **options)

    def rows(self, query: str, *values) -> list[tuple]:
        with connect(self.database) as connection:
            return connection.execute(query, values).fetchall()

    def archived(self) -> set[bytes]:
        return {path.read_bytes() for path in self.archive.folder.rglob("*") if path.is_file()}


@pytest.fixture
def night(database: str, tmp_path: Path) -> Night:
    return Night(database, tmp_path)


def outcomes(report: SyncReport) -> dict[str, str]:
    """Last part of the address → outcome."""
    return {item.address.rsplit("/", 1)[-1]: str(item.outcome) for item in report.items}


def counts(report: SyncReport) -> dict[str, int]:
    return {str(outcome): count for outcome, count in report.counts.items() if count}


def url(site: Site, path: str) -> str:
    return f"url = '{site.url(path)}'"


def test_three_runs(site, night):
    site.publish("/a.pdf", pdf("a"))
    site.publish("/b.pdf", pdf("b"))
    entries = [url(site, "/a.pdf"), url(site, "/b.pdf"), url(site, "/c.pdf")]
    first = night.go(*entries)
    assert outcomes(first) == {"a.pdf": "new", "b.pdf": "new", "c.pdf": "absent"}
    assert [item.path.read_bytes() for item in first.to_read] == [pdf("a"), pdf("b")]

    second = night.go(*entries)
    assert outcomes(second) == {"a.pdf": "unchanged", "b.pdf": "unchanged", "c.pdf": "absent"}
    assert second.to_read == () and second.failed == ()

    site.publish("/a.pdf", pdf("a corrected"))
    site.remove("/b.pdf")
    site.publish("/c.pdf", pdf("c"))
    third = night.go(*entries)
    assert outcomes(third) == {"a.pdf": "changed", "b.pdf": "vanished", "c.pdf": "new"}
    assert {item.path.read_bytes() for item in third.to_read} == {pdf("a corrected"), pdf("c")}
    assert night.archived() == {pdf("a"), pdf("b"), pdf("a corrected"), pdf("c")}

    statuses = "select http_status, outcome from warehouse.fetch_attempt where run_id = %s and address like '%%/a.pdf'"
    assert [night.rows(statuses, report.run_id) for report in (first, second, third)] == [
        [(200, "new")],
        [(304, "unchanged")],
        [(200, "changed")],
    ]


def test_a_file_that_was_missing_is_found_again(site, night):
    site.publish("/a.pdf", pdf("a"))
    entry = url(site, "/a.pdf")
    night.go(entry)
    site.remove("/a.pdf")
    assert [outcomes(night.go(entry))["a.pdf"] for _ in range(2)] == ["vanished", "absent"]
    assert [row[2:] for row in night.rows(FILES)] == [(True, True)]
    site.publish("/a.pdf", pdf("a"))
    returned = night.go(entry)
    assert outcomes(returned) == {"a.pdf": "returned"} and returned.to_read == ()
    assert [row[2:] for row in night.rows(FILES)] == [(True, False)]
    site.answer("/a.pdf", 410)
    night.go(entry)
    site.publish("/a.pdf", pdf("another"))
    assert outcomes(night.go(entry)) == {"a.pdf": "changed"}
    assert [row[2:] for row in night.rows(FILES)] == [(False, False), (True, False)]


def test_a_file_that_goes_back_to_its_former_content(site, night):
    entry = url(site, "/a.pdf")
    for text in ("one", "two", "one"):
        site.publish("/a.pdf", pdf(text))
        last = night.go(entry)
    assert outcomes(last) == {"a.pdf": "changed"}
    assert [row[2] for row in night.rows(FILES)] == [True, False]


def test_a_file_replaced_without_a_new_etag(site, night):
    entry = url(site, "/a.pdf")
    site.put("/a.pdf", pdf("one"), etag='"same"')
    night.go(entry)
    site.put("/a.pdf", pdf("two"), etag='"same"')
    assert outcomes(night.go(entry)) == {"a.pdf": "unchanged"}  # the server answers 304
    assert outcomes(night.go(entry, full=True)) == {"a.pdf": "changed"}
    site.put("/a.pdf", pdf("three"), etag='"same"')
    assert outcomes(night.go(entry, limits="recheck_days = 0")) == {"a.pdf": "changed"}
    site.answer("/a.pdf", 200, pdf("four"), headers={"ETag": '"same"'})  # a server that ignores If-None-Match
    assert outcomes(night.go(entry)) == {"a.pdf": "changed"}


def test_a_file_lost_from_the_archive_is_fetched_again(site, night):
    site.publish("/a.pdf", pdf("a"))
    night.go(url(site, "/a.pdf"))
    shutil.rmtree(night.archive.folder)
    assert outcomes(night.go(url(site, "/a.pdf"))) == {"a.pdf": "unchanged"}
    assert night.archived() == {pdf("a")}


def test_a_failure_is_reported_and_affects_no_other_file(site, night):
    site.publish("/good.pdf", pdf("good"))
    site.publish("/busy.pdf", pdf("busy"))
    site.first("/busy.pdf", 503, headers={"Retry-After": "0"})
    site.put("/login.pdf", b"<html>log in</html>", content_type="text/html")
    site.act("/reset.pdf", reset)
    site.answer("/inside.pdf", 302, headers={"Location": "http://192.168.0.1/a.pdf"})
    names = ("good", "busy", "login", "reset", "inside")
    report = night.go(*(url(site, f"/{name}.pdf") for name in names))
    assert counts(report) == {"new": 2, "failed": 3}
    reasons = {item.address.rsplit("/", 1)[-1]: item.reason for item in report.failed}
    assert reasons["login.pdf"] == "is a web page, no document (sent as text/html)"
    assert reasons["inside.pdf"] == "robots.txt cannot be read: 192.168.0.1 is 192.168.0.1: no public address"
    assert reasons["reset.pdf"].startswith("the connection broke off: ")
    query = (
        "select attempt_no, http_status, outcome from warehouse.fetch_attempt where address like %s order by fetch_id"
    )
    assert night.rows(query, "%/busy.pdf") == [(1, 503, "retried"), (2, 200, "new")]
    assert night.rows(query, "%/reset.pdf") == [(1, None, "retried"), (2, None, "failed")]
    assert night.archived() == {pdf("good"), pdf("busy")}


def test_a_failure_does_not_change_the_recorded_files(site, night):
    site.publish("/a.pdf", pdf("a"))
    night.go(url(site, "/a.pdf"))
    before = night.rows("select * from warehouse.source_file")
    site.answer("/a.pdf", 500)
    (item,) = night.go(url(site, "/a.pdf")).failed
    assert (item.reason, item.path.read_bytes()) == ("500 Internal Server Error", pdf("a"))
    assert night.rows("select * from warehouse.source_file") == before


def test_a_listing_page(site, night):
    other = f"http://localhost:{site.port}/d.pdf"
    site.page("/list/", "a.pdf", "./a.pdf#2", "../b.pdf", other, "javascript:x('a.pdf')", "page.html")
    for path in ("/list/a.pdf", "/b.pdf", "/d.pdf"):
        site.publish(path, pdf(path))
    entry = f"name = 'city'\nlisting = '{site.url('/list/')}'"
    first = night.go(entry)
    page, *documents = first.items
    assert (page.purpose, page.outcome) == ("listing", "new")
    assert page.reason == "left out, on hosts the source does not name: localhost (1)"
    assert [(item.address, item.outcome) for item in documents] == [
        (site.url("/list/a.pdf"), "new"),
        (site.url("/b.pdf"), "new"),
    ]
    assert len(site.asked("/list/a.pdf")) == 1

    allowed = night.go(f"{entry}\nhosts = 'localhost'")
    assert counts(allowed) == {"new": 1, "unchanged": 2}
    assert [item.outcome for item in allowed.items if item.purpose == "listing"] == ["unchanged"]


def test_a_document_without_its_former_link_is_still_fetched(site, night):
    entry = f"listing = '{site.url('/')}'"
    site.page("/", "a.pdf", "b.pdf")
    site.publish("/a.pdf", pdf("a"))
    site.publish("/b.pdf", pdf("b"))
    night.go(entry)
    site.page("/", "b.pdf")
    assert outcomes(night.go(entry)) == {"": "changed", "a.pdf": "unchanged", "b.pdf": "unchanged"}
    site.answer("/", 500)
    site.remove("/a.pdf")
    last = night.go(entry)
    assert outcomes(last) == {"": "failed", "a.pdf": "vanished", "b.pdf": "unchanged"}


def test_an_address_named_twice_is_asked_for_once(site, night):
    site.page("/one/", "/a.pdf")
    site.page("/two/", "/a.pdf", "/b.pdf")
    site.publish("/a.pdf", pdf("a"))
    site.publish("/b.pdf", pdf("a"))  # the same content at another address
    entries = [url(site, "/a.pdf"), *(f"listing = '{site.url(path)}'" for path in ("/one/", "/two/"))]
    report = night.go(*entries)
    assert counts(report) == {"new": 2}
    assert len(report.to_read) == 1
    assert len(site.asked("/a.pdf")) == 1


def test_a_folder(site, night):
    folder = night.folder / "in"
    (folder / "2024").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(pdf("a"))
    (folder / "2024" / "决算 1%.txt").write_text("部门决算", "utf-8")
    (folder / "notes.pptx").write_bytes(b"PK")
    (folder / "~$a.pdf").write_bytes(b"x")
    entry = "folder = 'in'"
    first = night.go(entry)
    assert sorted((item.name, str(item.outcome), item.url) for item in first.items) == [
        ("a.pdf", "new", None),
        ("决算 1%.txt", "new", None),
    ]
    assert counts(night.go(entry)) == {"unchanged": 2}

    status = (folder / "a.pdf").stat()
    (folder / "a.pdf").write_bytes(pdf("b"))  # of the same size and modification time
    os.utime(folder / "a.pdf", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert outcomes(night.go(entry))["a.pdf"] == "changed"
    (folder / "a.pdf").unlink()
    assert outcomes(night.go(entry))["a.pdf"] == "vanished"
    (folder / "a.pdf").write_bytes(pdf("b"))
    assert outcomes(night.go(entry))["a.pdf"] == "returned"

    folder.rename(night.folder / "away")
    gone = night.go(entry)
    assert [item.reason for item in gone.failed] == [f"the folder {folder} is not there"]
    assert counts(gone) == {"failed": 1}
    assert [row for row in night.rows(FILES) if row[3]] == []


def test_a_glob_and_files_that_are_left_out(night):
    folder = night.folder / "in"
    folder.mkdir()
    (folder / "a.dat").write_bytes(pdf("a"))
    (folder / "b.dat").write_bytes(b"\x89PNG\0")
    (folder / "empty.dat").write_bytes(b"")
    (night.folder / "secret").write_text("not meant")
    (folder / "out.dat").symlink_to(night.folder / "secret")
    os.mkfifo(folder / "pipe.dat")
    (folder / os.fsdecode(b"\xbe\xf6.dat")).write_bytes(pdf("gbk name"))
    report = night.go("glob = 'in/*.dat'")
    assert counts(report) == {"new": 2, "failed": 4}
    assert {item.address.rsplit("/", 1)[-1]: item.reason for item in report.failed} == {
        "b.dat": f"is none of: {labels()}",
        "empty.dat": "is empty (0 bytes)",
        "out.dat": "leads out of its folder",
        "pipe.dat": "is no file",
    }
    assert {item.name for item in report.to_read} == {"a.dat", "��.dat"}


def test_a_malformed_address_fails_alone(site, night):
    bad = "http://xn--zzzzzzzzzzzzz99999.cn/"
    site.page(
        "/list/", bad, f"{bad}a.pdf", "good.pdf", "moved.pdf", html=f'<base href="{bad}"><a href="last.pdf">x</a>'
    )
    for path in ("/list/good.pdf", "/list/last.pdf"):
        site.publish(path, pdf(path))
    site.answer("/list/moved.pdf", 302, headers={"Location": bad})
    folder = night.folder / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf("a"))
    (folder / "turns.pdf").symlink_to(folder / "turns.pdf")
    report = night.go(f"listing = '{site.url('/list/')}'", "folder = 'in'")
    assert counts(report) == {"new": 3, "failed": 2}
    reasons = {item.address.rsplit("/", 1)[-1]: item.reason for item in report.failed}
    assert reasons["moved.pdf"].startswith("leads to an address that is no address: ")
    assert "RuntimeError" in reasons["turns.pdf"] and "Symlink loop" in reasons["turns.pdf"]
    assert night.rows("select finished_at is not null from warehouse.sync_run") == [(True,)]


def test_an_error_that_nobody_foresaw_is_the_failure_of_one_source(site, night, monkeypatch):
    """A fault of the project at one page, and one at the robots.txt of one host."""
    for path in ("/a.pdf", "/list/b.pdf"):
        site.publish(path, pdf(path))
    site.page("/list/", "b.pdf")
    site.page("/other/", "/a.pdf")
    entries = [f"listing = '{site.url(path)}'" for path in ("/list/", "/other/")]
    assert counts(night.go(*entries)) == {"new": 2}
    monkeypatch.setattr("ingest.sync.find.listing", lambda page, base, *_: {}[base.rsplit("/", 2)[-2]])
    report = night.go(*entries)
    assert [item.reason.split(" (")[0] for item in report.failed] == ["met an error that nobody foresaw: KeyError"] * 2
    assert {item.outcome for item in report.documents} == {"unchanged"}  # what is known of them is still looked at

    monkeypatch.setattr("ingest.sync.robots.parse", lambda content: 1 / 0)
    site.answer("/robots.txt", 200, b"User-agent: *")
    (folder := night.folder / "in").mkdir()
    (folder / "c.pdf").write_bytes(pdf("c"))
    report = night.go(url(site, "/a.pdf"), "folder = 'in'")
    assert counts(report) == {"new": 1, "failed": 1}
    assert "ZeroDivisionError" in report.failed[0].reason
    (attempts,) = night.rows("select count(*) from warehouse.fetch_attempt where run_id = %s", report.run_id)
    assert attempts == (2,)


def test_a_folder_that_cannot_be_listed_is_reported(night):
    folder = night.folder / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf("a"))
    numbers = [os.open(folder, os.O_RDONLY)]
    for _ in range(30):  # beyond the longest path of the system
        os.mkdir("d" * 200, dir_fd=numbers[-1])
        numbers.append(os.open("d" * 200, os.O_RDONLY, dir_fd=numbers[-1]))
    for number in numbers:
        os.close(number)
    report = night.go("folder = 'in'")
    assert counts(report) == {"new": 1, "failed": 1}
    assert report.failed[0].reason.startswith(f"the folder {folder / ('d' * 200)}")
    assert report.failed[0].reason.endswith("cannot be read: File name too long")


def test_two_syncs_at_once(site, night):
    for number in range(6):
        site.act(f"/{number}.pdf", drip(pdf(str(number)), 0.1, 2))
    manifest = read_manifest(night.manifest(*(url(site, f"/{number}.pdf") for number in range(6))))
    results = []

    def go():
        with connect(night.database) as connection:
            try:
                results.append(run(connection, manifest, night.archive, LOOPBACK))
            except SyncRunning as error:
                results.append(error)

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused, report = sorted(results, key=lambda result: isinstance(result, SyncReport))
    assert isinstance(refused, SyncRunning) and counts(report) == {"new": 6}
    assert len(night.rows(FILES)) == 6 == len(night.archived()) == len(site.requests)
    assert counts(night.go(*(url(site, f"/{number}.pdf") for number in range(6)))) == {"unchanged": 6}


def test_different_hosts_are_asked_concurrently(site, night):
    meeting = threading.Barrier(2, timeout=5)  # each request is answered only when both have come

    def together(handler) -> None:
        meeting.wait()
        drip(pdf(handler.path), 0)(handler)

    for path in ("/a.pdf", "/b.pdf"):
        site.act(path, together)
    report = night.go(url(site, "/a.pdf"), f"url = '{site.url('/b.pdf', host='localhost')}'")
    assert counts(report) == {"new": 2}


def test_one_host_is_asked_by_one_request_at_a_time_unless_more_are_allowed(site, night):
    now, most, lock = Counter(), Counter(), threading.Lock()

    def counted(handler) -> None:
        with lock:
            now["here"] += 1
            most["here"] = max(most["here"], now["here"])
        time.sleep(0.05)
        with lock:
            now["here"] -= 1
        drip(pdf(handler.path), 0)(handler)

    entries = [url(site, f"/{number}.pdf") for number in range(6)]
    for number in range(6):
        site.act(f"/{number}.pdf", counted)
    assert counts(night.go(*entries)) == {"new": 6} and most["here"] == 1
    manifest = night.manifest(*entries)
    manifest.write_text(
        manifest.read_text("utf-8") + "[host.'127.0.0.1']\ninterval_seconds = 0\nconnections = 3\n", "utf-8"
    )
    with connect(night.database) as connection:
        run(connection, read_manifest(manifest), night.archive, LOOPBACK, full=True)
    assert 1 < most["here"] <= 3


def test_a_full_archive_ends_the_sync_and_keeps_the_fetched_files(site, night, monkeypatch):
    site.publish("/a.pdf", pdf("a"))
    site.publish("/b.pdf", pdf("b", 200_000))
    entries = [url(site, "/a.pdf"), url(site, "/b.pdf")]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(ArchiveFull):
            night.go(*entries)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert night.archived() == {pdf("a")}
    assert [row[0] for row in night.rows(FILES)] == [site.url("/a.pdf")]
    assert night.rows("select finished_at from warehouse.sync_run") == [(None,)]
    assert outcomes(night.go(*entries)) == {"a.pdf": "unchanged", "b.pdf": "new"}


def test_a_lost_database_connection_ends_the_sync(site, night):
    for number in range(200):
        site.act(f"/{number}.pdf", drip(pdf(str(number)), 0.02, 2))
    manifest = read_manifest(night.manifest(*(url(site, f"/{number}.pdf") for number in range(200))))
    with connect(night.database) as connection, connect(night.database, autocommit=True) as other:

        def end_it(item) -> None:
            other.execute("select pg_terminate_backend(%s)", [connection.info.backend_pid])

        with pytest.raises(Exception, match=r"terminat|closed|lost") as raised:
            run(connection, manifest, night.archive, LOOPBACK, said=end_it)
    assert raised.type.__module__.startswith("psycopg")
    assert len(site.requests) < 20
    assert counts(night.go(*(url(site, f"/{number}.pdf") for number in range(3)))) == {"new": 2, "unchanged": 1}


@pytest.mark.long
def test_a_killed_sync_leaves_no_incomplete_file(site, night):
    site.publish("/a.pdf", pdf("a"))
    site.act("/b.pdf", stall(pdf("b", 50_000), 20), once=True)
    site.publish("/b.pdf", pdf("b", 50_000))
    entries = [url(site, "/a.pdf"), url(site, "/b.pdf")]
    environment = {
        **os.environ,
        "JUESUAN_DATABASE_URL": night.database,
        "JUESUAN_ARCHIVE": str(night.archive.folder),
        "JUESUAN_ALLOW_NETWORKS": "127.0.0.0/8",
    }
    command = [sys.executable, "-m", "ingest.cli", "sync", str(night.manifest(*entries))]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        unfinished = night.archive.folder / "unfinished"
        while not any(path.stat().st_size for path in unfinished.glob("*")) or len(night.rows(FILES)) < 1:
            assert process.poll() is None
            time.sleep(0.02)
        process.kill()
    assert [row[0] for row in night.rows(FILES)] == [site.url("/a.pdf")]
    assert len([path for path in night.archive.folder.glob("??/*")]) == 1
    assert outcomes(night.go(*entries)) == {"a.pdf": "unchanged", "b.pdf": "new"}


def test_two_records_of_one_file_at_once(night):
    entry = SourceEntry("a", SourceType.URL, "http://a/", (), None, FINAL_ACCOUNTS, None, None, None)
    seen = SeenFile("a" * 64, 1, "a.pdf", "application/pdf", None, None)
    tried = Try(datetime.now(UTC), 0.1, 200, 1, None)
    with connect(night.database) as connection:
        run_id, numbers = sources.begin(connection, "m", [entry])
    visit, start = Visit(run_id, numbers["a"], "http://a/", (tried,)), threading.Barrier(4)

    def record(_) -> str:
        with connect(night.database) as connection:
            start.wait()
            return str(sources.record_seen(connection, visit, seen))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(record, range(4))) == ["new", "unchanged", "unchanged", "unchanged"]
    assert len(night.rows(FILES)) == 1


def test_a_clock_that_was_set_back(site, night):
    site.publish("/a.pdf", pdf("a"))
    night.go(url(site, "/a.pdf"))
    ahead = "now() + interval '3 days'"
    with connect(night.database) as connection:
        connection.execute(f"update warehouse.source_file set first_seen_at = {ahead}, last_seen_at = {ahead}")
    assert outcomes(night.go(url(site, "/a.pdf"))) == {"a.pdf": "unchanged"}
    assert outcomes(night.go(url(site, "/a.pdf"), full=True)) == {"a.pdf": "unchanged"}
    assert night.rows("select last_seen_at > now() + interval '2 days' from warehouse.source_file") == [(True,)]


def test_sources_are_kept_and_retired(site, night):
    expected = "department = ['甲局', '乙局']\nfiscal_year = 2024\ndue_on = 2025-08-31\ndivision_code = '110000'"
    night.go(f"name = 'one'\n{url(site, '/a.pdf')}\n{expected}", f"name = 'two'\n{url(site, '/b.pdf')}")
    columns = "name, type, departments, fiscal_year, kind, due_on::text, division_code, retired_at is null"
    query = f"select {columns} from warehouse.source order by name"
    assert night.rows(query) == [
        ("one", "url", ["甲局", "乙局"], 2024, "final_accounts", "2025-08-31", "110000", True),
        ("two", "url", [], None, "final_accounts", None, None, True),
    ]
    night.go(f"name = 'two'\n{url(site, '/b.pdf')}")
    assert [row[-1] for row in night.rows(query)] == [False, True]


def test_a_fetched_file_is_loaded_with_its_address(site, night):
    sample = SAMPLES / "pingdingshan_gongxin_2023.txt"
    site.publish("/2023/%E5%86%B3%E7%AE%97.txt", sample.read_bytes(), content_type="text/plain")
    (item,) = night.go(url(site, "/2023/决算.txt")).to_read
    with connect(night.database) as connection:
        assert [file.sha256 for file in sources.not_loaded(connection)] == [item.sha256]
        load(connection, extract(item.path, item.url, name=item.name))
        assert sources.not_loaded(connection) == []
    assert night.rows("select source_name, source_url, sha256 from mart.disclosure") == [
        ("决算.txt", item.address, item.sha256)
    ]


def test_the_command(site, night, juesuan, monkeypatch):
    monkeypatch.setenv("JUESUAN_HOME", str(night.folder))
    monkeypatch.setenv("JUESUAN_ALLOW_NETWORKS", "127.0.0.0/8, fd00::/8")
    site.publish("/a.pdf", pdf("a"))
    site.answer("/b.pdf", 403)
    path = night.manifest(url(site, "/a.pdf"), url(site, "/b.pdf"))

    planned = juesuan("sync", "--dry-run", path)
    assert (planned.exit_code, site.requests) == (0, [])
    assert planned.output.splitlines() == [
        f"not known  {site.url('/a.pdf')}",
        f"not known  {site.url('/b.pdf')}",
        "2 documents would be looked at",
    ]
    done = juesuan("sync", path)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"new        {site.url('/a.pdf')}",
        "1 new, 0 changed, 0 returned, 0 unchanged, 0 vanished, 0 absent, 1 failed",
        "1 waiting to be read: juesuan work --until-empty",
    ]
    assert done.stderr.splitlines() == [f"failed     {site.url('/b.pdf')}: 403 Forbidden"]
    site.remove("/b.pdf")
    again = juesuan("sync", path)
    assert (again.exit_code, again.output.splitlines()) == (
        0,
        [
            "0 new, 0 changed, 0 returned, 1 unchanged, 0 vanished, 1 absent, 0 failed",
            "1 waiting to be read: juesuan work --until-empty",
        ],
    )
    assert pdf("a") in night.archived()


@pytest.mark.parametrize(
    ("environment", "status", "reason"),
    [
        ({"JUESUAN_ALLOW_NETWORKS": ""}, 1, "127.0.0.1 is 127.0.0.1: no public address"),
        ({"JUESUAN_ALLOW_NETWORKS": "127.0.0.1/8"}, 2, "JUESUAN_ALLOW_NETWORKS is no list of networks"),
    ],
)
def test_the_command_connects_to_no_private_address_unless_allowed(
    site, night, juesuan, monkeypatch, environment, status, reason
):
    monkeypatch.setenv("JUESUAN_HOME", str(night.folder))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = juesuan("sync", night.manifest(url(site, "/a.pdf")))
    assert (result.exit_code, reason in result.stderr) == (status, True)
    assert (site.requests, site.robots_read) == ([], 0)


def test_a_manifest_that_is_wrong_or_missing(night, juesuan):
    wrong = juesuan("sync", night.manifest("url = 'ftp://a/'"))
    assert wrong.exit_code == 2
    assert "sources.toml line 7: url is neither http nor https: ftp://a/" in wrong.stderr
    missing = juesuan("sync", night.folder / "nothing.toml")
    assert missing.exit_code == 2 and "nothing.toml: No such file or directory" in missing.stderr

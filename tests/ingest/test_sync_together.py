"""Several files as one disclosure, from the manifest to the archive: which they are is said, never guessed."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.sync import SyncReport, read_manifest
from tests.ingest.test_sync import Night, counts, outcomes, url
from tests.ingest.web_site import Site, pdf, serving
from warehouse.base.database import connect
from warehouse.records.reading import FileRole
from warehouse.work import sources

ROWS = "select counts_as, file_name, is_current, vanished_at is not null from warehouse.source_file order by 1, 2, 3"
TEXT, TABLES, MORE = pdf("text"), pdf("tables"), pdf("more")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def night(database: str, tmp_path: Path) -> Night:
    return Night(database, tmp_path)


def listed(*contents: bytes) -> bytes:
    """The list of parts of files with these bytes, the main one first."""
    roles = ["main", *["attachment"] * (len(contents) - 1)]
    lines = (f"{role} {sha256(content).hexdigest()}\n" for role, content in zip(roles, contents, strict=True))
    return ("juesuan parts 1\n" + "".join(lines)).encode()


def to_read(night: Night) -> list[str]:
    with connect(night.database) as connection:
        return [file.sha256 for file in sources.not_loaded(connection)]


def hashes(*contents: bytes) -> list[str]:
    return [sha256(content).hexdigest() for content in contents]


def parts(site: Site, *paths: str) -> str:
    return f"parts = {[site.url(path) for path in paths]}"


def whole(report: SyncReport) -> tuple[str, str | None]:
    (item,) = report.wholes
    return str(item.outcome), item.reason


def test_two_files_are_one_disclosure(site, night):
    site.publish("/text.pdf", TEXT)
    site.publish("/tables.pdf", TABLES)
    entry = parts(site, "/text.pdf", "/tables.pdf")
    first = night.go(entry)
    assert outcomes(first) == {"text.pdf": "new", "tables.pdf": "new", "text.pdf#parts": "new"}
    assert counts(first) == {"new": 2}
    (item,) = first.to_read
    assert (item.sha256, item.url, item.path.read_bytes()) == (
        *hashes(listed(TEXT, TABLES)),
        site.url("/text.pdf"),
        TEXT,
    )
    ((tables,), name) = item.attachments, item.name
    assert (tables.path.read_bytes(), tables.name, tables.url, name) == (
        TABLES, "tables.pdf", site.url("/tables.pdf"), "text.pdf",
    )  # fmt: skip
    assert night.archived() == {TEXT, TABLES, listed(TEXT, TABLES)}
    assert to_read(night) == hashes(listed(TEXT, TABLES))
    assert night.rows(ROWS) == [
        ("part", "tables.pdf", True, False),
        ("part", "text.pdf", True, False),
        ("whole", "text.pdf", True, False),
    ]
    assert night.rows("select count(*) from warehouse.fetch_attempt") == [(2,)]

    assert whole(night.go(entry)) == ("unchanged", None)
    site.publish("/tables.pdf", MORE)
    assert whole(night.go(entry)) == ("changed", None)
    assert to_read(night) == hashes(listed(TEXT, TABLES), listed(TEXT, MORE))
    site.publish("/tables.pdf", TABLES)
    night.go(entry)
    current = "select sha256 from warehouse.source_file where counts_as = 'whole' and is_current"
    assert night.rows(current) == [tuple(hashes(listed(TEXT, TABLES)))]


def test_the_record_says_which_files_are_parts_of_which(site, night):
    site.publish("/text.pdf", TEXT)
    site.publish("/tables.pdf", TABLES)
    night.go(parts(site, "/tables.pdf", "/text.pdf"))
    with connect(night.database) as connection:
        of_list = sources.parts_of(connection, *hashes(listed(TABLES, TEXT)))
        assert sources.parts_of(connection, *hashes(TEXT)) == []
    assert [(part.role, part.sha256, part.file_name, part.address) for part in of_list] == [
        (FileRole.MAIN, *hashes(TABLES), "tables.pdf", site.url("/tables.pdf")),
        (FileRole.ATTACHMENT, *hashes(TEXT), "text.pdf", site.url("/text.pdf")),
    ]


@pytest.mark.parametrize("status", [404, 500])
def test_a_disclosure_is_not_read_in_part(site, night, status):
    site.publish("/text.pdf", TEXT)
    site.answer("/tables.pdf", status)
    entry = parts(site, "/text.pdf", "/tables.pdf")
    outcome, reason = whole(report := night.go(entry))
    assert (outcome, reason) == ("failed", f"1 of its 2 files could not be had: {site.url('/tables.pdf')}")
    assert (to_read(night), report.to_read) == ([], ())
    site.publish("/tables.pdf", TABLES)
    assert whole(night.go(entry)) == ("new", None)

    site.publish("/text.pdf", MORE)
    site.answer("/tables.pdf", status)
    last = night.go(entry)
    assert whole(last) == ("unchanged", f"1 of its 2 files could not be had: {site.url('/tables.pdf')}")
    assert outcomes(last)["tables.pdf"] == ("vanished" if status == 404 else "failed")
    assert (to_read(night), last.to_read) == (hashes(listed(TEXT, TABLES)), ())


def test_nothing_published_yet_is_no_failure(site, night):
    entry = parts(site, "/text.pdf", "/tables.pdf")
    assert whole(report := night.go(entry)) == ("absent", None)
    assert report.failed == ()
    site.publish("/text.pdf", TEXT)
    site.publish("/tables.pdf", TABLES)
    night.go(entry)
    site.remove("/text.pdf")
    site.remove("/tables.pdf")
    assert whole(night.go(entry))[0] == "vanished"
    site.publish("/text.pdf", TEXT)
    site.publish("/tables.pdf", TABLES)
    assert whole(night.go(entry)) == ("returned", None)


def test_the_documents_of_a_page_are_one_disclosure(site, night):
    for path, content in (("/a.pdf", TABLES), ("/b.pdf", TEXT), ("/c.pdf", MORE)):
        site.publish(path, content)
    site.page("/list/", "../a.pdf", "../b.pdf")
    entry = f"listing = '{site.url('/list/')}'\ntogether = true"
    assert whole(night.go(entry)) == ("new", None)
    assert to_read(night) == hashes(listed(TABLES, TEXT))
    site.page("/list/", "../a.pdf", "../c.pdf", "../b.pdf")
    assert whole(night.go(f"{entry}\nmain = 'b.p'")) == ("changed", None)
    assert to_read(night)[1:] == hashes(listed(TEXT, TABLES, MORE))
    site.page("/list/", "../a.pdf")  # the others are still there: the page says that they are no parts
    assert whole(night.go(entry)) == ("changed", None)
    assert to_read(night)[2:] == hashes(TABLES)  # one file is a disclosure of its own
    assert {row[0] for row in night.rows(ROWS)} == {"part", "whole"}
    site.answer("/list/", 500)
    assert night.go(entry).wholes == ()
    assert to_read(night)[2:] == hashes(TABLES)


@pytest.mark.parametrize(("main", "fitting"), [("c.pdf", 0), (".pdf", 2)])
def test_words_that_do_not_name_one_main_file(site, night, main, fitting):
    site.publish("/a.pdf", TEXT)
    site.publish("/b.pdf", TABLES)
    site.page("/list/", "../a.pdf", "../b.pdf")
    entry = f"listing = '{site.url('/list/')}'\ntogether = true\nmain = '{main}'"
    reason = f"“{main}” is in the names of {fitting} of its files, and one must be the main file"
    assert whole(night.go(entry)) == ("failed", reason)
    assert to_read(night) == []


def test_a_file_that_is_lost_from_a_folder_does_not_make_the_disclosure_smaller(night, tmp_path):
    folder, entry = tmp_path / "in", "folder = 'in'\ntogether = true"
    folder.mkdir()
    for name, content in (("2 tables.pdf", TABLES), ("1 text.pdf", TEXT), ("copy of 1.pdf", TEXT)):
        (folder / name).write_bytes(content)
    assert whole(night.go(entry)) == ("new", None)
    assert to_read(night) == hashes(listed(TEXT, TABLES))  # by name, each content once
    (folder / "2 tables.pdf").unlink()
    gone = f"1 of its 2 files are gone and no other came: {(folder / '2 tables.pdf').as_uri()}"
    for outcome in ("vanished", None):
        report = night.go(entry)
        assert whole(report) == ("unchanged", gone)
        assert outcomes(report).get("2%20tables.pdf") == outcome
    (folder / "3 tables.pdf").write_bytes(MORE)
    assert whole(night.go(entry)) == ("changed", None)
    assert to_read(night)[1:] == hashes(listed(TEXT, MORE))


def test_files_of_this_machine_by_their_paths(night, tmp_path):
    (tmp_path / "in").mkdir()
    entry = "parts = ['in/text.pdf', 'more/tables.pdf']"
    report = night.go(entry)
    assert [item.reason for item in report.failed] == [f"the folder {tmp_path / 'more'} is not there"]
    (tmp_path / "more").mkdir()
    (tmp_path / "in" / "text.pdf").write_bytes(TEXT)
    (tmp_path / "more" / "tables.pdf").write_bytes(TABLES)
    (item,) = night.go(entry).to_read
    assert (item.sha256, item.url) == (*hashes(listed(TEXT, TABLES)), None)


def test_what_the_manifest_names_as_a_part_is_no_document_of_the_page_that_links_to_it(site, night):
    for path, content in (("/text.pdf", TEXT), ("/tables.pdf", TABLES), ("/other.pdf", MORE)):
        site.publish(path, content)
    site.page("/list/", "../text.pdf", "../tables.pdf", "../other.pdf")
    page = f"listing = '{site.url('/list/')}'"
    night.go(page)
    assert to_read(night) == hashes(TEXT, TABLES, MORE)
    night.go(page, parts(site, "/text.pdf", "/tables.pdf"))
    assert to_read(night) == hashes(MORE, listed(TEXT, TABLES))
    night.go(page)
    assert to_read(night) == hashes(TEXT, TABLES, MORE, listed(TEXT, TABLES))


def test_the_command_says_what_became_of_the_whole(site, night, juesuan, monkeypatch):
    monkeypatch.setenv("JUESUAN_ALLOW_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("JUESUAN_ARCHIVE", str(night.archive.folder))
    site.publish("/text.pdf", TEXT)
    site.answer("/tables.pdf", 404)
    manifest = night.manifest(url(site, "/x.pdf"), f"name = 'city'\n{parts(site, '/text.pdf', '/tables.pdf')}")
    assert len(read_manifest(manifest).source) == 2
    first = juesuan("sync", manifest)
    assert f"whole failed city: {site.url('/text.pdf')}#parts: 1 of its 2 files could not be had" in first.stderr
    assert first.exit_code == 1
    site.publish("/tables.pdf", TABLES)
    second = juesuan("sync", manifest)
    assert f"whole new  city: {site.url('/text.pdf')}#parts\n" in second.stdout
    assert second.exit_code == 0
    assert "whole" not in juesuan("sync", manifest).stdout


def test_files_that_the_manifest_no_longer_puts_together_are_documents_and_that_is_said_once(site, night):
    site.publish("/text.pdf", TEXT)
    site.publish("/tables.pdf", TABLES)
    night.go(parts(site, "/text.pdf", "/tables.pdf"))
    urls = [f"url = '{site.url(path)}'" for path in ("/text.pdf", "/tables.pdf")]
    outcome, reason = whole(night.go(*urls))
    assert (outcome, reason.partition(":")[0]) == (
        "unchanged",
        "the manifest no longer says that its files are one disclosure",
    )
    assert night.go(*urls).wholes == ()
    assert set(hashes(TEXT, TABLES)) <= set(to_read(night))
    assert whole(night.go(parts(site, "/text.pdf", "/tables.pdf"))) == ("new", None)

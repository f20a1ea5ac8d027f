"""A disclosure of two files, narrative and tables, from the manifest to the public views."""

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.errors import NotTheFile
from ingest.nightly.attempt import files_of, said
from tests.ingest.pdfs import with_pages
from tests.ingest.truth import BAD, SAMPLES
from tests.work.nights import archived_path, asked, environment, put, queue, workers
from warehouse.records.reading import FileRole, parts_list
from warehouse.records.sources import SourcePart
from warehouse.work.readings import Attempt

SAMPLE = SAMPLES / "nanyang_gongxin_2024.pdf"
NARRATIVE, TABLES = (1, 2, 3, 21, 22), range(4, 21)  # its pages
MANIFEST = """
[[source]]
name = "南阳"
parts = ["in/说明.pdf", "in/报表.pdf"]
department = "南阳市工业和信息化局"
fiscal_year = 2024
due_on = 2025-09-30
"""
CURRENT = """
select department, fiscal_year, version, disclosure.source_name, files, stored.sha256
from mart.disclosure
join warehouse.document_version as stored on stored.version_id = disclosure.document_id
where is_current
"""
SLOTS = "select department, fiscal_year, slot_status from mart.slot_coverage"

Night = Callable[[], tuple[int, str]]


@pytest.fixture
def night(database: str, tmp_path: Path) -> Night:
    """Runs a night over the manifest and returns (exit status, what it printed)."""
    manifest = tmp_path / "sources.toml"
    manifest.write_text(MANIFEST, "utf-8")
    (tmp_path / "in").mkdir()

    def run() -> tuple[int, str]:
        command = [sys.executable, "-m", "ingest.cli", "nightly", str(manifest), "--jobs", "1"]
        surroundings = environment(database, tmp_path / "archive")
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout + done.stderr

    return run


def publish(folder: Path) -> None:
    with_pages(SAMPLE, NARRATIVE, folder / "in" / "说明.pdf")
    with_pages(SAMPLE, TABLES, folder / "in" / "报表.pdf")


def listed(*paths: Path) -> str:
    """The SHA-256 of the list of these files."""
    roles = ("main", *["attachment"] * (len(paths) - 1))
    lines = (f"{role} {digest(path)}\n" for role, path in zip(roles, paths, strict=True))
    return sha256(("juesuan parts 1\n" + "".join(lines)).encode()).hexdigest()


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@pytest.mark.long
def test_two_files_are_one_slot_and_every_amount_has_its_file(night, database, tmp_path):
    text, tables = tmp_path / "in" / "说明.pdf", tmp_path / "in" / "报表.pdf"
    publish(tmp_path)
    status, printed = night()
    assert "fetched: 2 new\n" in printed and "read:    1 loaded (1 new_document)" in printed
    assert status == 0
    body = ("南阳市工业和信息化局", 2024)
    assert asked(database, CURRENT) == [(*body, 1, "说明.pdf", 2, listed(text, tables))]
    assert asked(database, SLOTS) == [(*body, "published")]
    files = "select file_no, role, source_name, sha256, pages from mart.document_file order by file_no"
    assert asked(database, files) == [
        (1, "main", "说明.pdf", digest(text), 5),
        (2, "attachment", "报表.pdf", digest(tables), 17),
    ]
    assert asked(database, "select file_no, count(*) from mart.amount group by 1") == [(2, 962)]
    assert asked(database, "select file_no, count(*) from mart.stated_figure group by 1") == [(1, 29)]

    status, printed = night()
    assert (status, "fetched: 2 unchanged\n" in printed, "read:    nothing" in printed) == (0, True, True)

    tables.write_bytes(tables.read_bytes() + b"\n%%EOF\n")
    status, printed = night()
    assert "fetched: 1 changed, 1 unchanged\n" in printed and "read:    1 loaded (1 new_version)" in printed
    assert asked(database, CURRENT) == [(*body, 2, "说明.pdf", 2, listed(text, tables))]
    complete = listed(text, tables)

    tables.unlink()
    status, printed = night()
    address = f"{text.as_uri()}#parts"
    assert f"parts         {address}: 1 of its 2 files could not be had: {tables.as_uri()}\n" in printed
    assert "fetched: 1 unchanged, 1 vanished\n" in printed and "read:    nothing" in printed
    assert (status, asked(database, CURRENT)) == (0, [(*body, 2, "说明.pdf", 2, complete)])


@pytest.mark.long
def test_a_disclosure_that_was_never_all_there_is_reported_and_not_read(night, database, tmp_path):
    publish(tmp_path)
    tables = tmp_path / "in" / "报表.pdf"
    tables.rename(tmp_path / "later.pdf")
    status, printed = night()
    assert (status, "fetched: 1 new, 1 absent, 1 failed\n" in printed, "read:    nothing" in printed) == (1, True, True)
    address = f"{(tmp_path / 'in' / '说明.pdf').as_uri()}#parts"
    reason = f"1 of its 2 files could not be had: {tables.as_uri()}"
    assert asked(database, "select kind, subject, reason from warehouse.run_problem") == [("fetch", address, reason)]
    assert asked(database, CURRENT) == []
    (tmp_path / "later.pdf").rename(tables)
    assert night()[0] == 0
    assert len(asked(database, CURRENT)) == 1


@pytest.mark.long
def test_a_part_that_cannot_be_read_is_named(night, database, tmp_path):
    publish(tmp_path)
    (tmp_path / "in" / "报表.pdf").write_bytes((BAD / "encrypted.pdf").read_bytes())
    assert night()[0] == 1
    ((reason, error),) = asked(database, "select reason, error from warehouse.reading")
    assert (reason, error) == ("报表.pdf: the PDF is encrypted and needs a password", "Encrypted")
    assert asked(database, SLOTS) == [("南阳市工业和信息化局", 2024, "unreadable")]


@pytest.mark.long
def test_a_text_that_looks_like_a_list_is_a_text(database, tmp_path):
    """Its SHA-256 names files of the archive, and no sync recorded it: a publisher may have written it."""
    known = put(tmp_path, SAMPLE.read_bytes(), SAMPLE.name)
    forged = f"juesuan parts 1\nmain {known.sha256}\nattachment {known.sha256}\n".encode()
    assert queue(database, [put(tmp_path, forged, "forged.txt")]) == 1
    with workers(database, tmp_path) as (worker,):
        worker.wait(60)
    assert asked(database, "select status, error from warehouse.reading") == [("failed", "NotADisclosure")]


def attempt(*parts: SourcePart) -> Attempt:
    return Attempt(sha256(parts_list(parts)).hexdigest(), "1", 1, "说明.pdf", "file:///in/说明.pdf#parts", parts=parts)


def test_the_list_in_the_archive_must_be_the_one_that_was_recorded(tmp_path):
    main = SourcePart(FileRole.MAIN, "a" * 64, "说明.pdf", "http://example.org/1.pdf")
    other = SourcePart(FileRole.ATTACHMENT, "b" * 64, "报表.pdf", "file:///in/2.pdf")
    asked_for = attempt(main, other)
    kept = archived_path(tmp_path, asked_for.sha256)
    kept.parent.mkdir()
    kept.write_bytes(parts_list((main, other)))
    files = files_of(tmp_path, asked_for)
    assert [(file.path, file.name, file.url) for file in files] == [
        (archived_path(tmp_path, "a" * 64), "说明.pdf", "http://example.org/1.pdf"),
        (archived_path(tmp_path, "b" * 64), "报表.pdf", None),
    ]
    kept.write_bytes(parts_list((main,)))
    with pytest.raises(NotTheFile, match="the bytes that the archive holds"):
        files_of(tmp_path, asked_for)


def test_a_message_has_the_names_of_the_publisher():
    main = SourcePart(FileRole.MAIN, "a" * 64, "说明.pdf", "http://example.org/1.pdf")
    other = SourcePart(FileRole.ATTACHMENT, "b" * 64, "报表.pdf", "http://example.org/2.pdf")
    assert said(ValueError(f"{'b' * 62}, page 3: torn"), attempt(main, other)).reason == "报表.pdf, page 3: torn"
    alone = Attempt("a" * 64, "1", 1, "说明.pdf")
    assert said(ValueError(f"{'a' * 62}: torn, {'a' * 62}"), alone).reason == "torn, 说明.pdf"

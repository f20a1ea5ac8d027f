"""Archives and pages with attachments through a night over HTTP: one document, its parts, a second night at rest."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ingest.archives import zip_of
from tests.ingest.pdfs import with_pages
from tests.ingest.truth import SAMPLES
from tests.ingest.web_site import Site, serving
from tests.work.nights import asked, environment

SAMPLE = SAMPLES / "nanyang_gongxin_2024.pdf"
NARRATIVE, TABLES = (1, 2, 3, 21, 22), range(4, 21)  # its pages
CURRENT = "select department, fiscal_year, source_name, source_url, files from mart.disclosure where is_current"
FILES = "select file_no, role, source_name, source_url from mart.document_file order by file_no"

Night = Callable[[str], tuple[int, str]]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def night(database: str, tmp_path: Path) -> Night:
    """Runs a night over one source and returns (exit status, what it printed)."""

    def run(entry: str) -> tuple[int, str]:
        manifest = tmp_path / "sources.toml"
        manifest.write_text(f"[politeness]\ninterval_seconds = 0\n[[source]]\n{entry}\n", "utf-8")
        command = [sys.executable, "-m", "ingest.cli", "nightly", str(manifest), "--jobs", "1"]
        surroundings = environment(database, tmp_path / "archive", JUESUAN_ALLOW_NETWORKS="127.0.0.0/8")
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout + done.stderr

    return run


def parts_of_sample(folder: Path) -> dict[str, bytes]:
    """Narrative and tables of the sample in files of their own."""
    pages = {"说明.pdf": NARRATIVE, "表格.pdf": TABLES}
    return {name: with_pages(SAMPLE, numbers, folder / name).read_bytes() for name, numbers in pages.items()}


def test_an_archive_over_http_is_one_document_of_its_files(site, night, database, tmp_path):
    files = parts_of_sample(tmp_path)
    site.publish("/2024.zip", zip_of({f"公开/{name}": content for name, content in files.items()}))
    entry = f"url = '{site.url('/2024.zip')}'"
    status, printed = night(entry)
    assert "fetched: 1 new\n" in printed and "read:    1 loaded (1 new_document)" in printed, printed
    assert status == 0
    address = f"{site.url('/2024.zip')}#/%E5%85%AC%E5%BC%80/"
    assert asked(database, CURRENT) == [
        ("南阳市工业和信息化局", 2024, "说明.pdf", f"{address}%E8%AF%B4%E6%98%8E.pdf", 2)
    ]
    assert [(no, role, name) for no, role, name, _ in asked(database, FILES)] == [
        (1, "main", "说明.pdf"),
        (2, "attachment", "表格.pdf"),
    ]
    assert asked(database, "select file_no, count(*) from mart.amount group by 1") == [(2, 962)]
    status, printed = night(entry)
    assert (status, "fetched: 1 unchanged\n" in printed, "read:    nothing" in printed) == (0, True, True)
    assert "noticed" not in printed and "problems" not in printed

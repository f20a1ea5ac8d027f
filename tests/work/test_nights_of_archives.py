"""Archives and pages with attachments through a night over HTTP: one document, its parts, a second night at rest."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ingest.archives import parts_of_sample, zip_of
from tests.ingest.pdfs import with_pages
from tests.ingest.test_page_links import page
from tests.ingest.truth import SAMPLES
from tests.ingest.web_site import Site, serving
from tests.work.nights import asked, environment

CURRENT = "select department, fiscal_year, source_name, files from mart.disclosure where is_current"
FILES = "select file_no, role, source_name, source_url from mart.document_file order by file_no"
AMOUNTS = "select file_no, count(*) from mart.amount group by 1"

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


@pytest.mark.long
def test_a_page_with_an_archive_is_one_document_of_its_files(site, night, database):
    body = "示范市审计局"
    packed = zip_of({f"公开/{name}": content for name, content in parts_of_sample(body).items()})
    site.publish("/2023.zip", packed)
    content = page(("2023.zip", "附件：2023年度部门决算"), heading=f"{body}2023年度部门决算公开")
    site.publish("/index.html", content, content_type="text/html")
    entry = f"url = '{site.url('/index.html')}'"
    status, printed = night(entry)
    assert "fetched: 1 new\n" in printed and "read:    1 loaded (1 new_document)" in printed, printed
    assert (status, asked(database, CURRENT)) == (0, [(body, 2023, "说明.txt", 2)])
    within = f"{site.url('/2023.zip')}#/%E5%85%AC%E5%BC%80/"
    assert asked(database, FILES) == [
        (1, "main", "说明.txt", f"{within}%E8%AF%B4%E6%98%8E.txt"),
        (2, "attachment", "表格.txt", f"{within}%E8%A1%A8%E6%A0%BC.txt"),
    ]
    assert asked(database, AMOUNTS) == [(2, 712)]
    status, printed = night(entry)
    assert (status, "fetched: 1 unchanged\n" in printed, "read:    nothing" in printed) == (0, True, True)
    assert "noticed" not in printed and "problems" not in printed


@pytest.mark.long
def test_a_page_with_attachments_is_one_document_of_its_files(site, night, database, tmp_path):
    sample = SAMPLES / "nanyang_gongxin_2024.pdf"
    for name, numbers in (("text.pdf", (1, 2, 3, 21, 22)), ("tables.pdf", range(4, 21))):
        site.publish(f"/{name}", with_pages(sample, numbers, tmp_path / name).read_bytes())
    links = ("text.pdf", "附件1：2024年度部门决算说明"), ("tables.pdf", "附件2：2024年度部门决算公开表")
    content = page(*links, ("form.doc", "依申请公开申请表"), heading="南阳市工业和信息化局2024年度部门决算公开")
    site.publish("/index.html", content, content_type="text/html")
    entry = f"url = '{site.url('/index.html')}'"
    assert night(entry)[0] == 0
    assert asked(database, CURRENT) == [("南阳市工业和信息化局", 2024, "text.pdf", 2)]
    assert asked(database, AMOUNTS) == [(2, 962)]
    status, printed = night(entry)
    assert (status, "fetched: 2 unchanged\n" in printed, "read:    nothing" in printed) == (0, True, True)


@pytest.mark.long
def test_an_archive_is_one_document_for_each_body_in_it(site, night, database):
    bodies = ("示范市审计局", "示范市司法局")
    packed = {f"{body}/{name}": text for body in bodies for name, text in parts_of_sample(body).items()}
    site.publish("/2023.zip", zip_of(packed | {"附件.rar": b"Rar!\x1a\x07\x00"}))
    entry = f"url = '{site.url('/2023.zip')}'"
    status, printed = night(entry)
    assert (status, "2023.zip: 附件.rar: is none of: " in printed) == (1, True)
    assert sorted(asked(database, CURRENT)) == [(body, 2023, "说明.txt", 2) for body in sorted(bodies)]
    status, printed = night(entry)
    assert (status, "fetched: 1 unchanged\n" in printed, "problems" in printed) == (0, True, False)

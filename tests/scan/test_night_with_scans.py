"""A night with digital documents and a scan, with the real models: the digital ones are public first, and a worker that
is killed in the middle of the scan leaves what it recognised to the next."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from ingest.nightly.read_files import RECOGNISED
from ingest.readers.pdf.scan import models
from ingest.readers.pdf.scan.models import TEXTS_AGAIN, is_installed, path_of
from ingest.version import parser_version
from tests.ingest.archives import zip_of
from tests.ingest.truth import SAMPLES
from tests.work.nights import asked, environment, finish, put, until, workers
from warehouse.base.database import connect
from warehouse.work.jobs import enqueue

DIGITAL = ("pingdingshan_gongxin_2023.txt", "shifan_gongxin_2023.txt")
PAGES, DPI = (1, 9, 20), 130  # pages of a sample that are scanned: its cover and two tables
STATE = "select status, recognised from warehouse.reading where source_name = 'scan.pdf'"
PUBLIC = "select source_name from mart.disclosure order by 1"


@pytest.fixture
def with_models(monkeypatch):
    monkeypatch.setenv("JUESUAN_OCR", "")
    monkeypatch.setattr(models, "_is_used", True)
    if not (is_installed() and path_of(TEXTS_AGAIN)):
        pytest.skip("juesuan[ocr] or the second model is not installed")


def scanned(path: Path) -> bytes:
    """Some pages of a sample as pictures."""
    pdf = pdfium.PdfDocument(SAMPLES / "nanyang_gongxin_2024.pdf")
    first, *others = (pdf[number - 1].render(scale=DPI / 72, grayscale=True).to_pil() for number in PAGES)
    first.save(path, "PDF", save_all=True, append_images=others, resolution=DPI)
    return path.read_bytes()


@pytest.mark.long
def test_digital_documents_are_public_first_and_a_killed_scan_goes_on(database, tmp_path, with_models):
    archive = tmp_path / "archive"
    scan = put(archive, scanned(tmp_path / "scan.pdf"), "scan.pdf")
    digital = [put(archive, (SAMPLES / name).read_bytes(), name) for name in DIGITAL]
    with connect(database, autocommit=True) as connection:
        enqueue(connection, [scan, *digital], parser_version(recognises=True))
    with workers(database, archive) as (worker,):
        until(lambda: (asked(database, STATE)[0][1] or 0) >= 1, 900)
        assert asked(database, PUBLIC) == [(name,) for name in DIGITAL]
        os.kill(worker.pid, signal.SIGKILL)
    kept = {path: path.stat().st_mtime_ns for path in (archive / RECOGNISED).rglob("*.json")}
    assert kept and asked(database, STATE)[0][0] == "reading"
    with workers(database, archive) as again:
        assert finish(again, 1800) == [0]
    assert asked(database, STATE) == [("loaded", len(PAGES))]
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert asked(database, PUBLIC) == [(name,) for name in sorted([*DIGITAL, "scan.pdf"])]
    statuses = dict(asked(database, "select status, count(*) from mart.amount where origin = 'picture' group by 1"))
    assert statuses.get("confirmed", 0) > 0 and "as_printed" not in statuses


@pytest.mark.long
def test_an_archive_with_a_scan_is_opened_by_the_night_after_its_scan_is_recognised(database, tmp_path, with_models):
    """The first night recognises the scan and says so; the second fetches nothing and loads what the archive holds."""
    (tmp_path / "in").mkdir()
    scan, digital = scanned(tmp_path / "scan.pdf"), (SAMPLES / DIGITAL[1]).read_bytes()
    (tmp_path / "in" / "2024.zip").write_bytes(zip_of({"1/scan.pdf": scan, f"2/{DIGITAL[1]}": digital}))
    manifest = tmp_path / "sources.toml"
    manifest.write_text(f"[[source]]\nfolder = '{tmp_path / 'in'}'\n", "utf-8")
    command = [sys.executable, "-m", "ingest.cli", "nightly", str(manifest), "--jobs", "1"]
    for expected in ([], [("scan.pdf",), (DIGITAL[1],)]):
        done = subprocess.run(command, env=environment(database, tmp_path / "archive"), capture_output=True, text=True)
        assert asked(database, PUBLIC) == expected, done.stdout + done.stderr
    statuses = dict(asked(database, "select status, count(*) from mart.amount where origin = 'picture' group by 1"))
    assert statuses.get("confirmed", 0) > 0

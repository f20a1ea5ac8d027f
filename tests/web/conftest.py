"""A warehouse of samples with their files in an archive, and the application that serves it."""

import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from shutil import copyfile

import pytest

from ingest.isolation import Limits
from ingest.pages.web import application
from ingest.pages.web.originals import Originals
from ingest.pages.web.readers import Readers
from ingest.pipeline import extract
from ingest.sync.archive import Archive
from tests.ingest.test_personal_data import planted
from tests.reader_role import as_reader
from tests.warehouse.factory import cell, extraction
from warehouse.base.database import connect
from warehouse.load.document import load

with warnings.catch_warnings():  # it prefers another client than httpx, which the project has
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

SAMPLES = Path(__file__).parents[2] / "samples"
PDF, LOST, PLANTED = "shifan_gongxin_2024.pdf", "lost.pdf", "planted.txt"
SCRIPT = "<script>alert(1)</script>"


def kept(archive: Archive, sha256: str, file: Path) -> None:
    path = archive.path(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    copyfile(file, path)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def documents(module_database: str, archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Name → document_id of a sample, of a text that names persons, and of LOST, which prints a script and is not in
    the archive."""
    found = {}
    with connect(module_database) as connection:
        for path in (SAMPLES / PDF, planted(tmp_path_factory.mktemp("planted"))):
            read = extract(path)
            found[path.name] = load(connection, read).document_id
            kept(archive, read.source.sha256, path)
        printed = (
            cell("GK03", "TOTAL", "total", "90.00", row_label=SCRIPT, repair_reason=SCRIPT),
            cell("GK10", "其他用车", "value", "3", value=Decimal(3), value_unit="辆", printed_unit="辆"),
        )
        found[LOST] = load(connection, extraction(LOST, amounts=printed)).document_id
    return found


@pytest.fixture(scope="module")
def client(module_database: str, documents: dict[str, int], archive: Archive) -> Iterator[TestClient]:
    readers = Readers(as_reader(module_database), connections=2)
    with TestClient(application(readers, Originals(archive.folder, Limits(seconds=20)))) as opened:
        yield opened

"""A warehouse with every document of the corpus and every budget beside it, public as they are loaded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.sync.archive import Archive
from tests.conftest import new_database
from tests.ingest.truth import CORPUS, CORPUS_PDFS, CORPUS_TEXTS
from tests.read_once import read_once
from tests.web.conftest import kept
from warehouse.base.database import connect
from warehouse.load.document import load

BUDGETS = sorted((CORPUS.parent / "corpus_budgets").glob("*/*.pdf")) if CORPUS else []
FILES = [*CORPUS_TEXTS, *CORPUS_PDFS, *BUDGETS]  # the PDFs after the texts of them, as newer versions


@pytest.fixture(scope="package")
def corpus_database(server_url: str, template: str) -> Iterator[str]:
    with new_database(server_url, template) as created:
        yield created


@pytest.fixture(scope="package")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="package")
def stored(corpus_database: str, archive: Archive) -> dict[int, Path]:
    """document_id → its file, which is in the archive."""
    found = {}
    with connect(corpus_database) as connection:
        for path in FILES:
            read = read_once(path)
            found[load(connection, read).document_id] = path
            kept(archive, read.source.sha256, path)
    return found


@pytest.fixture(scope="package")
def corpus_url(corpus_database: str, stored: dict[int, Path]) -> str:
    return corpus_database

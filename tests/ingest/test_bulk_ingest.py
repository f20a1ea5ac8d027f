"""`juesuan ingest --bulk` of the samples gives the same rows as ingesting them one after another."""

from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli.main import main
from ingest.errors import ForgottenFile
from ingest.nightly.batch import ingest, ingest_in_bulk
from ingest.nightly.read_files import IN_THIS_PROCESS
from tests.conftest import new_database
from tests.ingest.pdfs import with_pages
from tests.ingest.truth import SAMPLES
from tests.warehouse.test_bulk import KEYS, contents
from tests.warehouse.test_loader import violations
from warehouse.base.database import connect
from warehouse.base.errors import WarehouseNotEmpty
from warehouse.work.forgetting import forget, to_forget


def files() -> list[Path]:
    return sorted(path for path in SAMPLES.iterdir() if path.suffix in (".pdf", ".txt"))


@pytest.fixture(scope="module")
def one_by_one(server_url, template):
    with new_database(server_url, template) as url, connect(url) as opened:
        list(ingest(opened, [*files(), SAMPLES / "bad/empty.pdf"], jobs=IN_THIS_PROCESS))
        yield opened


@pytest.mark.long
def test_every_table_and_view_holds_the_same(connection, one_by_one):
    before = sorted(connection.execute(KEYS).fetchall())
    connection.commit()
    done = []
    rebuilt, failed = ingest_in_bulk(
        connection, [*files(), SAMPLES / "bad/empty.pdf", files()[0]], done.append, jobs=IN_THIS_PROCESS
    )
    assert (rebuilt.documents, rebuilt.repeated, rebuilt.refused) == (len(files()), 1, [])
    assert [str(error) for error in failed] == ["empty.pdf: the file is empty (0 bytes)"]
    assert len(done) == len(files()) + 2
    mine, theirs = contents(connection), contents(one_by_one)
    assert {name: len(rows) for name, rows in mine.items()} == {name: len(rows) for name, rows in theirs.items()}
    assert mine == theirs
    assert sorted(connection.execute(KEYS).fetchall()) == before
    assert violations(connection) == {}


def test_a_forgotten_file_is_left_out_and_named(connection):
    (document,) = [one for one in files() if one.name == "pingdingshan_gongxin_2023.txt"]
    list(ingest(connection, [document], jobs=IN_THIS_PROCESS))
    forget(connection, to_forget(connection, sha256(document.read_bytes()).hexdigest()), "身份证号")
    rebuilt, (error,) = ingest_in_bulk(connection, [document], jobs=IN_THIS_PROCESS)
    assert rebuilt.documents == 0 and isinstance(error, ForgottenFile) and "身份证号" in str(error)


def test_a_warehouse_in_use_is_refused(one_by_one):
    with pytest.raises(WarehouseNotEmpty):
        ingest_in_bulk(one_by_one, files(), jobs=IN_THIS_PROCESS)


@pytest.mark.long
def test_several_files_as_one_disclosure_come_to_the_same(server_url, template, monkeypatch, tmp_path):
    text = with_pages(SAMPLES / "nanyang_gongxin_2024.pdf", (1, 2, 3, 21, 22), tmp_path / "说明.pdf")
    tables = with_pages(SAMPLES / "nanyang_gongxin_2024.pdf", range(4, 21), tmp_path / "报表.pdf")
    held = []
    for options in (["--bulk", "--together"], ["--together"]):
        with new_database(server_url, template) as url:
            monkeypatch.setenv("JUESUAN_DATABASE_URL", url)
            done = CliRunner().invoke(main, ["ingest", *options, str(text), str(tables)])
            assert (done.exit_code, done.stderr) == (0, ""), done.output
            with connect(url) as connection:
                held.append(contents(connection))
                files = connection.execute(
                    "select file_no, role, source_name from mart.document_file order by 1"
                ).fetchall()
                assert files == [(1, "main", "说明.pdf"), (2, "attachment", "报表.pdf")]
                assert connection.execute("select count(distinct file_no) from mart.amount").fetchone() == (1,)
    assert held[0] == held[1]

"""An export is complete and of one moment, or it does not exist; a later change of its files is found."""

import json
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from ingest.cli.main import main
from tests.download.conftest import export_of
from tests.warehouse.factory import extraction, profile
from warehouse.base.database import connect, snapshot
from warehouse.base.errors import FolderInUse, NotAnExport, UnknownMart, ValueDoesNotFit
from warehouse.export import differences, export, run
from warehouse.load.document import load


def make(url: str, *statements: str) -> None:
    with connect(url) as connection:
        for statement in statements:
            connection.execute(statement)


def parquet(folder: Path, name: str) -> dict[str, list]:
    return pq.read_table(folder / f"{name}.parquet").to_pydict()


def test_all_files_show_the_moment_the_export_began(database, tmp_path):
    with connect(database) as connection:
        load(connection, extraction("first"))
    with snapshot(database) as reading, connect(database) as writing:

        def load_another(file):
            load(writing, extraction(file.file, profile=profile(fiscal_year=2000 + len(file.file))))
            writing.commit()

        made = export(reading, tmp_path / "out", views=("amount", "disclosure"), written=load_another)
    assert [(file.view, file.rows) for file in made.files if file.format == "csv"][1] == ("disclosure", 1)
    with connect(database) as connection:
        assert connection.execute("select count(*) > 1 from mart.disclosure").fetchone() == (True,)


def test_the_order_does_not_depend_on_how_the_rows_were_written(database, tmp_path):
    words = "('b', 2), ('a', null), (null, 1), ('甲', 3), ('B', 4), ('', 5)"
    turned = "('', 5), ('B', 4), ('甲', 3), (null, 1), ('a', null), ('b', 2)"
    make(database, "create table mart.probe (word text, number integer)", f"insert into mart.probe values {words}")
    one = export_of(database, tmp_path / "one", views=("probe",))
    make(database, "truncate mart.probe", f"insert into mart.probe values {turned}")
    other = export_of(database, tmp_path / "other", views=("probe",))
    assert one.files == other.files
    assert parquet(tmp_path / "one", "probe")["word"] == ["", "B", "a", "b", "甲", None]


def test_rows_are_written_in_batches(database, tmp_path):
    make(
        database,
        "create table mart.probe (number integer)",
        f"insert into mart.probe select generate_series(1, {2 * run.BATCH + 1})",
    )
    export_of(database, tmp_path / "out", views=("probe",))
    file = pq.ParquetFile(tmp_path / "out" / "probe.parquet")
    assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [
        run.BATCH,
        run.BATCH,
        1,
    ]
    assert (tmp_path / "out" / "probe.csv").read_bytes().count(b"\r\n") == 2 * run.BATCH + 2


def test_a_number_keeps_all_its_digits(database, tmp_path):
    longest = "1234567890123456789012345678.0123456789"
    make(
        database,
        "create table mart.probe (free numeric, fixed numeric(38, 10), wide numeric(50, 2), negative numeric(20, 6))",
        f"insert into mart.probe values ({longest}, {longest}, 1.50, -5), (1.5, null, 2, 0), (null, null, null, 1e-6)",
    )
    export_of(database, tmp_path / "out", views=("probe",))
    read = parquet(tmp_path / "out", "probe")
    assert read["free"] == [Decimal("1.5"), Decimal(longest), None]
    assert str(pq.read_schema(tmp_path / "out" / "probe.parquet").field("free").type) == "decimal128(38, 10)"
    assert (tmp_path / "out" / "probe.csv").read_text("utf-8-sig").splitlines()[1:] == [
        "1.5,,2.00,0.000000",
        f"{longest},{longest},1.50,-5.000000",
        ",,,0.000001",
    ]


@pytest.mark.parametrize("value", ["1234567890123456789012345678901234567.89", "'NaN'", "1e-39", "'infinity'"])
def test_a_number_that_does_not_fit_stops_the_export(database, tmp_path, value):
    make(database, "create table mart.probe (free numeric)", f"insert into mart.probe values (1), ({value})")
    with pytest.raises(ValueDoesNotFit, match=r"mart\.probe\.free"):
        export_of(database, tmp_path / "out", views=("probe",))
    assert list(tmp_path.iterdir()) == []


def test_other_types_are_exported_as_postgresql_prints_them(database, tmp_path):
    make(
        database,
        "create table mart.probe (said jsonb, numbers numeric[], words text[], long interval, at timestamp)",
        """insert into mart.probe values
        ('{"a": 1.10}', '{1.50,-2}', '{"=1",null,"a,b"}', '1 day', '2025-01-02 03:04:05')""",
    )
    export_of(database, tmp_path / "out", views=("probe",))
    line = {name: values[0] for name, values in parquet(tmp_path / "out", "probe").items()}
    assert (line["said"], line["numbers"], line["words"]) == ('{"a": 1.10}', "[1.50,-2]", ["=1", None, "a,b"])
    assert (tmp_path / "out" / "probe.csv").read_text("utf-8-sig").splitlines()[1] == (
        '"{""a"": 1.10}","[1.50,-2]","[""=1"",null,""a,b""]","1 day",2025-01-02 03:04:05.000000'
    )


class Interruption(BaseException):
    """Raised by a test in the middle of an export, instead of Ctrl-C."""


def interrupt(file) -> None:
    raise Interruption


def test_an_interrupted_export_leaves_no_file(database, tmp_path):
    with snapshot(database) as connection, pytest.raises(Interruption):
        export(connection, tmp_path / "out", written=interrupt)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_an_interrupted_export_leaves_the_earlier_one(database, tmp_path):
    export_of(database, tmp_path / "out")
    with snapshot(database) as connection, pytest.raises(Interruption):
        export(connection, tmp_path / "out", written=interrupt)
    assert differences(tmp_path / "out") == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_replaces_an_earlier_one_or_an_empty_folder(database, tmp_path):
    (tmp_path / "out").mkdir()
    export_of(database, tmp_path / "out")
    export_of(database, tmp_path / "out", views=("measure",), formats=("csv",))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["manifest.json", "measure.csv"]


@pytest.mark.parametrize("earlier", [True, False])
def test_a_folder_that_is_no_export_is_not_replaced(database, tmp_path, earlier):
    folder = tmp_path / "out"
    if earlier:
        export_of(database, folder, views=("measure",))
    folder.mkdir(exist_ok=True)
    (folder / "thesis.docx").write_text("mine")
    with pytest.raises(FolderInUse, match=r"thesis\.docx"):
        export_of(database, folder)
    assert (folder / "thesis.docx").read_text() == "mine"


def test_an_unknown_view_is_named_with_those_there_are(database, tmp_path):
    with pytest.raises(UnknownMart, match=r"nothing_such; there is amount, balance, "):
        export_of(database, tmp_path / "out", views=("amount", "nothing_such"))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def written(warehouse: str, tmp_path: Path) -> Path:
    export_of(warehouse, tmp_path / "out", views=("disclosure", "balance"))
    return tmp_path / "out"


def test_an_unchanged_export_is_verified(written):
    assert differences(written) == []
    said = json.loads((written / "manifest.json").read_text("utf-8"))
    assert (said["tool"], said["schema_revision"] >= "0003", len(said["files"])) == ("juesuan", True, 4)
    disclosure = next(file for file in said["files"] if file["file"] == "disclosure.csv")
    assert disclosure["rows"] == 4
    assert disclosure["columns"][0] == {"name": "document_id", "type": "integer", "stored_as": "text"}
    assert "apostrophe" in said["conventions"]["csv"]["formulas"] and "null" in said["conventions"]["csv"]


def test_a_changed_digit_is_found(written):
    file = written / "balance.csv"
    file.write_bytes(file.read_bytes().replace(b".000000", b".000001", 1))
    (found,) = differences(written)
    assert found.startswith("balance.csv: sha256 is ") and ", the manifest says " in found


def test_a_lost_row_is_found(written):
    file = written / "disclosure.csv"
    file.write_bytes(b"\r\n".join(file.read_bytes().split(b"\r\n")[:-2]) + b"\r\n")
    found = differences(written)
    assert [line.split(" is ")[0] for line in found] == [
        "disclosure.csv: bytes",
        "disclosure.csv: sha256",
        "disclosure.csv: rows",
    ]
    assert found[-1] == "disclosure.csv: rows is 3, the manifest says 4"


def test_a_missing_a_truncated_and_an_additional_file_are_found(written):
    (written / "disclosure.csv").unlink()
    (written / "balance.parquet").write_bytes(b"PAR1 torn")
    (written / "more.csv").write_text("x")
    found = differences(written)
    assert "disclosure.csv: is missing" in found
    assert any(line.startswith("balance.parquet: cannot be read: ") for line in found)
    assert "more.csv: is not in the manifest" in found


def test_a_manifest_with_a_path_outside_its_folder_is_refused(written):
    manifest = written / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"balance.csv"', '"../balance.csv"'), "utf-8")
    assert set(differences(written)) == {"../balance.csv: is missing", "balance.csv: is not in the manifest"}


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"tool": "another", "files": []}'])
def test_a_folder_without_our_manifest_is_no_export(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(NotAnExport):
        differences(tmp_path)


def juesuan(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_command_writes_and_verifies(warehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", warehouse)
    result = juesuan("export", tmp_path / "out", "--view", "balance", "--format", "csv")
    assert result.exit_code == 0 and "balance.csv" in result.output and "1 files in " in result.output
    assert juesuan("export", "--verify", tmp_path / "out").exit_code == 0
    (tmp_path / "out" / "balance.csv").write_text("x")
    result = juesuan("export", "--verify", tmp_path / "out")
    assert result.exit_code == 1 and "balance.csv: bytes is 1, the manifest says " in result.output


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("--view", "nothing_such"),
            "juesuan: Schema mart holds no such table or view: nothing_such; there is amount,",
        ),
        (("--verify",), "juesuan: The folder holds no export of juesuan: "),
    ],
)
def test_a_fault_gives_a_message_of_one_line(warehouse, tmp_path, monkeypatch, arguments, line):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", warehouse)
    result = juesuan("export", tmp_path, *arguments)
    assert result.exit_code == 1 and result.stderr.startswith(line) and result.stderr.count("\n") == 1


def test_the_command_needs_a_warehouse(empty_database, tmp_path, monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", empty_database)
    result = juesuan("export", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (
        1,
        "juesuan: the database has no warehouse yet: run `juesuan db upgrade`\n",
    )
    assert list(tmp_path.iterdir()) == []

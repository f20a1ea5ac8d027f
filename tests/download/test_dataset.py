"""`juesuan export --dataset`: Parquet by fiscal year and province, of which only what changed is written again."""

import json
from pathlib import Path

import pyarrow.dataset as arrow
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from ingest.cli.main import main
from tests.warehouse.factory import extraction, profile
from warehouse.base.database import connect, snapshot
from warehouse.base.errors import FolderInUse
from warehouse.export import differences
from warehouse.export.dataset import Written, write_dataset
from warehouse.load.document import load

VIEWS = ("amount", "document_text", "measure", "peer_position", "withdrawn")


def dataset_of(url: str, folder: Path, views: tuple[str, ...] = VIEWS) -> Written:
    with snapshot(url) as connection:
        return write_dataset(connection, folder, views)


@pytest.fixture(scope="module")
def dataset(warehouse: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset") / "out"
    dataset_of(warehouse, folder)
    return folder


def test_the_rows_are_those_of_the_database(dataset, reading):
    """Read by Arrow, which takes the fiscal year from the paths."""
    table = arrow.dataset(dataset / "amount", partitioning="hive").to_table()
    columns = [name for name in table.column_names if name not in ("province_code", "box")]
    expected = reading.execute(f"select {', '.join(columns)} from mart.amount").fetchall()
    assert sorted(map(repr, zip(*table.select(columns).to_pydict().values(), strict=True))) == sorted(
        map(repr, expected)
    )
    assert str(table.schema.field("amount_wan").type) == "decimal128(20, 6)"


def test_a_year_and_a_province_have_a_folder_and_what_is_unknown_another(dataset, reading):
    known = reading.execute("select distinct fiscal_year, left(division_code, 2) || '0000' from mart.amount")
    null = "__HIVE_DEFAULT_PARTITION__"
    assert {path.relative_to(dataset / "amount").as_posix() for path in (dataset / "amount").rglob("*.parquet")} == {
        f"fiscal_year={year or null}/province_code={province or null}/part.parquet" for year, province in known
    }
    assert [path.name for path in (dataset / "document_text").iterdir()] == ["part-000000.parquet"]
    assert [path.name for path in (dataset / "measure").iterdir()] == ["part.parquet"]


def test_a_view_without_rows_has_a_file_without_rows(dataset):
    (file,) = (dataset / "withdrawn").rglob("*.parquet")
    assert pq.read_metadata(file).num_rows == 0


def test_the_description_names_columns_types_and_references(dataset):
    said = json.loads((dataset / "datapackage.json").read_text("utf-8"))
    amount = next(resource for resource in said["resources"] if resource["name"] == "amount")
    fields = {field["name"]: field for field in amount["schema"]["fields"]}
    assert (fields["amount_wan"]["type"], fields["amount_wan"]["storedAs"]) == ("number", "decimal128(20, 6)")
    assert fields["fiscal_year"]["description"].startswith("决算年度")
    assert {"fields": ["document_id"], "reference": {"resource": "published_document", "fields": ["document_id"]}} in (
        amount["schema"]["foreignKeys"]
    )
    assert amount["partitionedBy"] == ["fiscal_year", "province_code"]
    assert amount["path"] == [part["path"] for part in amount["parts"]] == sorted(amount["path"])
    assert differences(dataset) == []


@pytest.fixture
def two_years(database: str) -> str:
    with connect(database) as connection:
        load(connection, extraction("first", profile=profile(fiscal_year=2023)))
        load(connection, extraction("second", profile=profile(fiscal_year=2024)))
    return database


def test_only_what_changed_is_written_again(two_years, tmp_path):
    folder, views = tmp_path / "out", ("amount", "measure")
    first = dataset_of(two_years, folder, views)
    kept = folder / next(path for path in first.changed if "fiscal_year=2023" in path)
    number = kept.stat().st_ino
    assert dataset_of(two_years, folder, views).changed == frozenset()
    with connect(two_years) as connection:
        load(connection, extraction("third", profile=profile(fiscal_year=2024, division_code="310000")))
    again = dataset_of(two_years, folder, views)
    assert {path.split("/")[1] for path in again.changed} == {"fiscal_year=2024"}
    assert kept.stat().st_ino == number
    assert dataset_of(two_years, tmp_path / "whole", views).package.resources == again.package.resources
    assert differences(folder) == []


def test_a_file_that_was_lost_is_written_again(two_years, tmp_path):
    folder = tmp_path / "out"
    (lost, *_) = sorted(dataset_of(two_years, folder, ("amount",)).changed)
    (folder / lost).unlink()
    assert dataset_of(two_years, folder, ("amount",)).changed == {lost}


def test_a_folder_with_another_file_is_not_replaced(two_years, tmp_path):
    dataset_of(two_years, tmp_path / "out", ("measure",))
    (tmp_path / "out" / "measure" / "thesis.docx").write_text("mine")
    with pytest.raises(FolderInUse, match=r"measure/thesis\.docx"):
        dataset_of(two_years, tmp_path / "out", ("measure",))


def test_the_command_writes_and_verifies(warehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", warehouse)
    result = CliRunner().invoke(main, ["export", str(tmp_path / "out"), "--dataset", "--view", "measure"])
    assert (result.exit_code, "1 files in " in result.output, "1 of them new" in result.output) == (0, True, True)
    assert CliRunner().invoke(main, ["export", "--verify", str(tmp_path / "out")]).exit_code == 0
    file = tmp_path / "out" / "measure" / "part.parquet"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    result = CliRunner().invoke(main, ["export", "--verify", str(tmp_path / "out")])
    assert result.exit_code == 1 and "measure/part.parquet: sha256 is " in result.output

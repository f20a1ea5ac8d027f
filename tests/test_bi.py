"""The files of the dashboard of `make bi` agree with the warehouse; Superset is not needed."""

import re
from pathlib import Path

import psycopg
import pytest
import yaml

from warehouse.base.database import connect

BI = Path(__file__).parents[1] / "docs" / "bi" / "superset"
DASHBOARD = BI / "dashboard"
DATASETS = sorted(DASHBOARD.glob("datasets/*/*.yaml"))
CHARTS = sorted(DASHBOARD.glob("charts/*.yaml"))
FILES = sorted(file for file in BI.rglob("*") if file.suffix in (".yaml", ".py", ".txt"))
each_dataset = pytest.mark.parametrize("file", DATASETS, ids=lambda file: file.stem)
each_chart = pytest.mark.parametrize("file", CHARTS, ids=lambda file: file.stem)
COLUMN_OPTIONS = ("groupby", "all_columns")  # keys of a chart's params that are lists of columns
COLUMN_OPTION = ("x_axis", "entity", "series")
METRIC_OPTION = ("x", "y", "size")


def load(file: Path) -> dict:
    return yaml.safe_load(file.read_text("utf-8"))


def by_uuid(files: list[Path]) -> dict[str, dict]:
    return {content["uuid"]: content for content in map(load, files)}


@pytest.fixture(scope="module")
def reading(module_database):
    """A connection with the rights of juesuan_reader."""
    with connect(module_database, autocommit=True) as opened:
        opened.execute("set role juesuan_reader")
        yield opened


def source(dataset: dict) -> str:
    """The source of the dataset as SQL for FROM."""
    return f"({dataset['sql']}) as dataset" if dataset["sql"] else f"mart.{dataset['table_name']}"


def columns_of(connection: psycopg.Connection, dataset: dict) -> set[str]:
    return {column.name for column in connection.execute(f"select * from {source(dataset)} limit 0").description}


def mart_objects(sql: str) -> set[str]:
    return set(re.findall(r"\b(?:from|join)\s+([a-z_.]+)", sql))


def test_the_dashboard_has_the_expected_datasets():
    read = {load(file)["table_name"] for file in DATASETS}
    assert {"city_comparison", "year_line", "three_public", "performance_project", "disclosure"} <= read


@each_dataset
def test_a_dataset_reads_schema_mart_and_names_existing_columns(file, reading):
    dataset = load(file)
    assert dataset["schema"] == "mart"
    assert all(name.startswith("mart.") for name in mart_objects(dataset["sql"] or ""))
    named = {column["column_name"] for column in dataset["columns"] if not column["expression"]}
    assert named - columns_of(reading, dataset) == set()


@each_dataset
def test_calculated_columns_and_metrics_are_sql_that_runs(file, reading):
    dataset = load(file)
    calculated = [column["expression"] for column in dataset["columns"] if column["expression"]]
    for expression in calculated + [metric["expression"] for metric in dataset["metrics"]]:
        reading.execute(f"select {expression} from {source(dataset)} limit 0")


@each_dataset
def test_every_column_and_metric_has_a_chinese_label(file):
    dataset = load(file)
    named = [*dataset["columns"], *dataset["metrics"]]
    assert [one for one in named if not re.search(r"[\u4e00-\u9fff]", one["verbose_name"])] == []


@each_chart
def test_a_chart_uses_columns_and_metrics_of_its_dataset(file):
    chart, params = load(file), load(file)["params"]
    dataset = by_uuid(DATASETS)[chart["dataset_uuid"]]
    columns = {column["column_name"] for column in dataset["columns"]}
    metrics = {metric["metric_name"] for metric in dataset["metrics"]}
    asked = [column for option in COLUMN_OPTIONS for column in params.get(option, [])]
    asked += [params[option] for option in COLUMN_OPTION if option in params]
    asked += [condition["subject"] for condition in params["adhoc_filters"] if condition["expressionType"] == "SIMPLE"]
    shown = [*params.get("metrics", []), *(params[option] for option in METRIC_OPTION if option in params)]
    assert asked + shown
    assert (set(asked) - columns, set(shown) - metrics) == (set(), set())


def test_the_dashboard_shows_every_chart_once():
    dashboard = load(DASHBOARD / "dashboards" / "juesuan.yaml")
    position = dashboard["position"].values()
    shown = [place["meta"]["uuid"] for place in position if isinstance(place, dict) and place["type"] == "CHART"]
    assert sorted(shown) == sorted(by_uuid(CHARTS))


def test_filters_of_the_dashboard_name_columns_of_their_dataset():
    dashboard = load(DASHBOARD / "dashboards" / "juesuan.yaml")
    datasets = by_uuid(DATASETS)
    for one in dashboard["metadata"]["native_filter_configuration"]:
        (target,) = one["targets"]
        columns = {column["column_name"] for column in datasets[target["datasetUuid"]]["columns"]}
        assert target["column"]["name"] in columns


def test_every_dataset_belongs_to_the_same_database():
    database = load(DASHBOARD / "databases" / "juesuan.yaml")
    assert {load(file)["database_uuid"] for file in DATASETS} == {database["uuid"]}


def test_the_connection_is_of_juesuan_reader_and_no_file_holds_its_password():
    uri = load(DASHBOARD / "databases" / "juesuan.yaml")["sqlalchemy_uri"]
    assert uri == "postgresql+psycopg2://juesuan_reader:XXXXXXXXXX@127.0.0.1:5432/juesuan"
    others = [file for file in FILES if re.search(r"://[^/\s:]+:[^@\s]+@", file.read_text("utf-8"))]
    assert others == [DASHBOARD / "databases" / "juesuan.yaml"]


def test_no_dashboard_file_contains_an_absolute_path():
    assert [f.name for f in FILES if re.search(r"(?<![\w.:/])/(home|tmp|root|usr|var)/", f.read_text("utf-8"))] == []


def test_every_requirement_is_pinned_to_a_version():
    lines = (BI / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert len(wanted) > 100
    assert [line for line in wanted if not re.fullmatch(r"[a-z0-9._-]+==[\w.]+", line)] == []

"""docs/bi: what the dashboards declare, and Superset's files made of it. tests/bi runs the queries."""

import io
import re
import zipfile
from collections import Counter

import pytest
import yaml

from tests.bi.scripts import BI, DECLARED, assets, declared, payloads

CARDS = DECLARED["cards"]
MADE = assets.files()
FILES = sorted(file for file in BI.rglob("*") if file.suffix in (".toml", ".py", ".txt"))
each_card = pytest.mark.parametrize("key", CARDS)
each_dashboard = pytest.mark.parametrize("dashboard", DECLARED["dashboards"], ids=lambda one: one["slug"])
COLUMN_OPTIONS = ("x_axis", "entity", "series")  # keys of a chart's params that are columns
METRIC_OPTIONS = ("metric", "x", "y", "size")


def drawn_by(params: dict) -> set[str]:
    """The columns that a chart of Superset draws."""
    columns = {params[option] for option in COLUMN_OPTIONS if option in params}
    metrics = params.get("metrics", []) + [params[option] for option in METRIC_OPTIONS if option in params]
    sums = {name for metric in metrics for name in re.findall(r'SUM\("(.+?)"\)', metric["sqlExpression"])}
    return columns | sums | {*params.get("groupby", []), *params.get("all_columns", [])}


@each_card
def test_a_card_reads_schema_mart_and_has_the_columns_of_all_filters(key):
    sql = declared.query(CARDS[key])
    assert re.findall(r"\bfrom\s+([a-z_.]+)", sql) and not re.search(r"\{\w+\}", sql)
    assert all(name.startswith("mart.") for name in re.findall(r"\bfrom\s+([a-z_.]+)", sql))
    for one in DECLARED["filters"].values():
        assert f'as "{one["column"]}"' in sql


@each_card
def test_a_chart_draws_the_columns_of_its_card(key):
    params, columns = MADE[f"charts/{key}.yaml"]["params"], declared.shown_columns(CARDS[key])
    assert drawn_by(params) == set(columns)
    sql = declared.query(CARDS[key])
    assert [column for column in columns if f'as "{column}"' not in sql] == []


@each_card
def test_bars_are_sorted_by_their_sum_the_largest_on_top(key):
    params = MADE[f"charts/{key}.yaml"]["params"]
    if CARDS[key]["draw"] == "bars":
        assert (params["x_axis_sort"], params["x_axis_sort_asc"]) == ("sum", True)


@each_card
def test_a_card_is_named_and_explained_in_chinese(key):
    card = CARDS[key]
    shown = [card["name"], card["says"], *declared.shown_columns(card)]
    assert [text for text in shown if not re.search("[\u4e00-\u9fff]", text)] == []


def test_a_colour_has_one_meaning_and_every_meaning_is_shown():
    colours = DECLARED["colours"]
    assert len(set(colours.values())) == len(colours)
    queries = "".join(card["sql"] for card in CARDS.values() if "by" in card)
    of_groups = {f"{level}·{scope}" for level in ("中央", "省级", "地级", "县级") for scope in ("部门", "单位")}
    assert {label for label in colours if f"'{label}'" not in queries} == of_groups


@each_card
def test_a_table_of_numbers_with_an_address_has_a_link_to_the_print(key):
    sql, link = MADE[f"datasets/juesuan/{key}.yaml"]["sql"], CARDS[key].get("link")
    assert ("evidence_url" in sql) == bool(link)
    if link:
        assert link in CARDS[key]["columns"]
        assert f"""'<a href="' || "{link}" ||""" in sql
        assert payloads.settings(CARDS[key])["column_settings"][f'["name","{link}"]']["view_as"] == "link"


@each_dashboard
def test_every_filter_reaches_every_chart_of_the_dashboard(dashboard):
    made = MADE[f"dashboards/{dashboard['slug']}.yaml"]
    charts = [
        place["meta"] for place in made["position"].values() if isinstance(place, dict) and place["type"] == "CHART"
    ]
    assert {chart["uuid"] for chart in charts} == {
        MADE[f"charts/{key}.yaml"]["uuid"] for key in declared.cards_of(dashboard)
    }
    numbers = {chart["chartId"] for chart in charts}
    filters = made["metadata"]["native_filter_configuration"]
    assert [one["name"] for one in filters] == [DECLARED["filters"][name]["column"] for name in dashboard["filters"]]
    assert all(set(one["chartsInScope"]) == numbers and one["scope"]["excluded"] == [] for one in filters)


def test_every_card_is_on_a_dashboard():
    assert {key for one in DECLARED["dashboards"] for key in declared.cards_of(one)} == CARDS.keys()


@each_dashboard
def test_the_cards_of_a_row_share_its_width(dashboard):
    position = MADE[f"dashboards/{dashboard['slug']}.yaml"]["position"]
    widths = Counter()
    for place in position.values():
        if isinstance(place, dict) and place["type"] == "CHART":
            widths[place["parents"][-1]] += place["meta"]["width"]
    assert set(widths.values()) == {assets.COLUMNS}


def test_the_bundle_holds_every_file_with_the_connection_of_the_reader():
    made = assets.files("postgresql://juesuan_reader:secret@127.0.0.1:5433/juesuan")
    with zipfile.ZipFile(io.BytesIO(assets.bundle(made))) as archive:
        assert sorted(archive.namelist()) == sorted(f"assets/{path}" for path in made)
        database = yaml.safe_load(archive.read("assets/databases/juesuan.yaml"))
    assert database["sqlalchemy_uri"] == "postgresql+psycopg2://juesuan_reader:secret@127.0.0.1:5433/juesuan"
    datasets = [content for path, content in made.items() if path.startswith("datasets/")]
    assert {dataset["database_uuid"] for dataset in datasets} == {database["uuid"]}


def test_no_file_holds_a_password():
    found = [text for file in FILES for text in re.findall(r"://[^/\s:]+:([^@\s]+)@", file.read_text("utf-8"))]
    assert set(found) == {"XXXXXXXXXX"}


def test_no_file_contains_an_absolute_path():
    assert [f.name for f in FILES if re.search(r"(?<![\w.:/])/(home|tmp|root|usr|var)/", f.read_text("utf-8"))] == []


def test_every_requirement_is_pinned_to_a_version():
    lines = (BI / "superset" / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert len(wanted) > 100
    assert [line for line in wanted if not re.fullmatch(r"[a-z0-9._-]+==[\w.]+", line)] == []

"""docs/bi/metabase: the query of every card runs, and setup.py makes the documented calls in the right order.

tests/bi/fake_metabase.py answers instead of Metabase.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import psycopg
import pytest
import yaml
from sqlalchemy import make_url

from tests.bi.fake_metabase import PASSWORD, USER, metabase
from tests.bi.scripts import DECLARED, MART, assets, declared, joined, payloads
from warehouse.base.database import connect

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "bi" / "metabase"
CARDS = DECLARED["cards"]
NAMES = MART["tables"]
OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
TAG = re.compile(r"\{\{(\w+)\}\}")
ALL_FILTERS = {"kind": "工业和信息化", "year": 2024, "level": "地级", "place": "安阳市"}
CATALOG = """
select relname, array_agg(attname::text order by attnum), coalesce(
    (select array_agg(attname::text)
        from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any(conkey)
        where conrelid = relation.oid and contype in ('p', 'f')), '{}')
from pg_class as relation join pg_attribute on attrelid = relation.oid and attnum > 0 and not attisdropped
where relnamespace = 'mart'::regnamespace and relkind in ('r', 'v') group by relation.oid order by relname
"""
each_card = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())


def as_run(sql: str, **filters: object) -> str:
    """The query as Metabase sends it: optional parts are kept if their filter is set, tags become parameters."""
    kept = OPTIONAL.sub(lambda part: part[1] if set(TAG.findall(part[1])) <= filters.keys() else "", sql)
    return TAG.sub(r"%(\1)s", kept.replace("%", "%%"))


def synced_tables(url: str) -> list[dict]:
    """Schema mart in the form of Metabase's metadata, with keys as semantic types of fields and names in English."""
    with connect(url) as connection:
        found = connection.execute(CATALOG).fetchall()
    return [
        {
            "id": 1000 * number,
            "schema": "mart",
            "name": name,
            "display_name": name.replace("_", " ").title(),
            "fields": [
                {"id": 1000 * number + place, "name": column, "semantic_type": "type/FK" if column in keys else None}
                for place, column in enumerate(columns, 1)
            ],
        }
        for number, (name, columns, keys) in enumerate(found, 1)
    ]


@pytest.fixture
def reader(reader_url):
    with psycopg.connect(reader_url) as connection:
        yield connection


@pytest.fixture
def server(reader_url):
    with metabase(synced_tables(reader_url)) as opened:
        yield opened


def set_up(address: str, reader_url: str, **changes: str) -> subprocess.CompletedProcess:
    login = {"METABASE_URL": address, "METABASE_USER": USER, "METABASE_PASSWORD": PASSWORD}
    environment = os.environ | {"NO_PROXY": "127.0.0.1"} | login | {"JUESUAN_READER_URL": reader_url} | changes
    command = [sys.executable, str(FOLDER / "setup.py"), "--host", "postgres", "--wait", "5"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def columns_of(card: dict) -> list[str]:
    """What the query of a card returns in Metabase."""
    return declared.shown_columns(card) or [card["name"]]


def rows_of(reader: psycopg.Connection, key: str, **filters: object) -> list[tuple]:
    return reader.execute(as_run(payloads.filtered_query(CARDS[key]), **filters), filters).fetchall()


@each_card
def test_every_card_returns_the_stated_columns_with_and_without_filters(reader, card):
    for filters in ({}, ALL_FILTERS):
        cursor = reader.execute(as_run(payloads.filtered_query(card), **filters), filters)
        assert [column.name for column in cursor.description] == columns_of(card)


@each_card
def test_every_row_of_every_card_has_a_value_for_every_filter(reader, card):
    """Rows without one would vanish with the first filter."""
    counted = ", ".join(f'count("{filtered["column"]}")' for filtered in DECLARED["filters"].values())
    rows, *with_value = reader.execute(f"select count(*), {counted} from ({declared.query(card)}) as shown").fetchone()
    assert rows > 0 and set(with_value) == {rows}


@each_card
def test_the_dataset_of_superset_has_as_many_rows_and_all_columns(reader, card):
    """Also with the address of the print as a link; without `juesuan serve` there is none."""
    made = reader.execute(assets.dataset("", card)["sql"])
    rows = reader.execute(declared.query(card)).rowcount
    assert made.rowcount == rows
    columns = {*declared.shown_columns(card), *(one["column"] for one in DECLARED["filters"].values())}
    assert {column.name for column in made.description} >= columns


@each_card
def test_the_colour_of_every_part_is_declared(reader, card):
    if "by" in card:
        found = reader.execute(f'select distinct "{card["by"]}" from ({declared.query(card)}) as shown').fetchall()
        assert {label for (label,) in found} <= DECLARED["colours"].keys()


def test_a_bar_is_of_one_document(reader):
    """Amounts of two documents would be added up."""
    for card in CARDS.values():
        if card["draw"] == "bars":
            of, by = card["of"], card["by"]
            twice = f'select "{of}" from ({declared.query(card)}) as shown group by "{of}", "{by}" having count(*) > 1'
            assert reader.execute(twice).fetchall() == []


def test_the_filters_select_one_kind_and_year(reader):
    rows = rows_of(reader, "expenditure", kind="工业和信息化", year=2024)
    assert [(body, group, str(amount)) for body, group, amount in rows] == [
        ("安阳市工业和信息化局 2024", "地级·部门", "4950.000000"),
        ("开封市工业和信息化局 2024", "地级·部门", "3960.000000"),
        ("洛阳市工业和信息化局 2024", "地级·部门", "2970.000000"),
        ("平顶山市工业和信息化局 2024", "地级·部门", "1980.000000"),
        ("南阳市工业和信息化局 2024", "地级·部门", "990.000000"),
        ("鹤壁市工业和信息化局 2024", "不可比", "90.000000"),
    ]
    assert rows_of(reader, "expenditure", year=2019) == []
    assert [row[0] for row in rows_of(reader, "expenditure", place="洛阳市")] == [
        "洛阳市工业和信息化局 2024",
        "洛阳市工业和信息化局 2023",
    ]


def test_the_ranking_gives_the_reason_why_a_body_is_left_out(reader):
    card = CARDS["ranking"]
    columns = [dict(zip(card["columns"], row, strict=True)) for row in rows_of(reader, "ranking", year=2024)]
    ranked = [(row["名次"], row["可比部门数"], row["未列入数"], str(row["中位数(万元)"])) for row in columns[:-1]]
    assert ranked == [(place, 5, 1, "2970.000000") for place in (1, 2, 3, 4, 5)]
    last = columns[-1]
    assert (last["部门"], last["名次"]) == ("鹤壁市工业和信息化局 2024", None)
    assert last["不可比的原因"]


def test_cards_do_not_cover_each_other():
    for dashboard in DECLARED["dashboards"]:
        ids = {key: number for number, key in enumerate(CARDS)}
        placed = list(payloads.dashcards(dashboard, ids, payloads.tabs(dashboard, []), []))
        taken = Counter(
            (card["dashboard_tab_id"], row, column)
            for card in placed
            for row in range(card["row"], card["row"] + card["size_y"])
            for column in range(card["col"], card["col"] + card["size_x"])
        )
        assert set(taken.values()) == {1}
        assert max(column for _, _, column in taken) == 23  # the width of Metabase's dashboards


def test_the_joined_datasets_have_the_rows_of_their_view(reader, reader_url):
    """Of Superset: the joins of sql/joins.toml as queries."""
    shown = joined.columns_of(reader_url.replace("postgresql://", "postgresql+psycopg://", 1))
    for name in shown:
        made = joined.dataset(name, shown)
        described = reader.execute(f"select * from ({made['sql']}) as dataset limit 0").description
        assert [column.name for column in described] == [column["column_name"] for column in made["columns"]]
    assert "department_jurisdiction" in joined.joined_sql("amount", shown)
    counted = "select count(*), (select count(*) from mart.amount) from ({}) as dataset"
    joined_rows, rows = reader.execute(counted.format(joined.joined_sql("amount", shown))).fetchone()
    assert joined_rows == rows > 0


def test_every_mart_has_a_name_and_every_name_a_mart(reader_url):
    assert {table["name"] for table in synced_tables(reader_url)} == NAMES.keys()
    assert len(set(NAMES.values())) == len(NAMES)


def test_it_signs_in_registers_waits_for_the_sync_and_then_draws(server, reader_url):
    address, state = server
    done = set_up(address, reader_url)
    assert (done.returncode, done.stderr) == (0, "")
    boards = state.saved["dashboard"].values()
    assert done.stdout == "".join(f"{board['name']}: {address}/dashboard/{board['id']}\n" for board in boards)
    order = [re.sub(r"\d+", "ID", f"{method} {path}") for method, path, _ in state.calls]
    assert list(dict.fromkeys(order)) == [
        "POST /api/session",
        "GET /api/database",
        "POST /api/database",
        "POST /api/database/ID/sync_schema",
        "GET /api/database/ID/metadata",
        "PUT /api/table/ID",
        "PUT /api/field/ID",
        "GET /api/collection",
        "POST /api/collection",
        "GET /api/collection/ID/items?models=card",
        "POST /api/card",
        "GET /api/collection/ID/items?models=dashboard",
        "POST /api/dashboard",
        "GET /api/dashboard/ID",
        "PUT /api/dashboard/ID",
    ]


@pytest.mark.long
def test_the_connection_is_of_juesuan_reader_to_schema_mart_only(server, reader_url):
    address, state = server
    set_up(address, reader_url)
    (database,) = state.saved["database"].values()
    url = make_url(reader_url)
    assert (database["name"], database["engine"]) == ("决算", "postgres")
    assert database["details"] == {
        "host": "postgres",
        "port": url.port,
        "dbname": url.database,
        "user": "juesuan_reader",
        "password": "reader",
        "ssl": False,
        "schema-filters-type": "inclusion",
        "schema-filters-patterns": "mart",
    }


def test_a_card_carries_its_query_and_filters(server, reader_url):
    address, state = server
    set_up(address, reader_url)
    card = next(each for each in state.saved["card"].values() if each["name"] == "本年支出(万元)")
    (database_id,) = state.saved["database"]
    query = card["dataset_query"]
    assert (query["database"], query["type"]) == (database_id, "native")
    assert "from mart.city_comparison" in query["native"]["query"]
    assert query["native"]["template-tags"]["kind"] == {
        "id": "kind",
        "name": "kind",
        "display-name": "部门类别",
        "type": "text",
    }
    assert card["parameters"][1] == {
        "id": "year",
        "slug": "year",
        "name": "年度",
        "type": "number/=",
        "target": ["variable", ["template-tag", "year"]],
    }
    drawn = card["visualization_settings"]
    assert drawn["graph.metrics"] == ["本年支出(万元)"]
    assert drawn["series_settings"]["不可比"] == {"color": DECLARED["colours"]["不可比"]}


def test_the_dashboards_connect_every_filter_with_every_card(server, reader_url):
    address, state = server
    set_up(address, reader_url)
    for board, wanted in zip(state.saved["dashboard"].values(), DECLARED["dashboards"], strict=True):
        assert [parameter["id"] for parameter in board["parameters"]] == list(wanted["filters"])
        assert {card["card_id"] for card in board["dashcards"]} <= state.saved["card"].keys()
        for card in board["dashcards"]:
            assert [
                (mapping["parameter_id"], mapping["card_id"], mapping["target"])
                for mapping in card["parameter_mappings"]
            ] == [(name, card["card_id"], ["variable", ["template-tag", name]]) for name in wanted["filters"]]


@pytest.mark.long
def test_the_tabs_have_their_cards(server, reader_url):
    address, state = server
    set_up(address, reader_url)
    board = next(iter(state.saved["dashboard"].values()))
    assert [tab["name"] for tab in board["tabs"]] == [tab["name"] for tab in DECLARED["dashboards"][0]["tabs"]]
    shown = Counter(card["dashboard_tab_id"] for card in board["dashcards"])
    wanted = [sum(map(len, tab["rows"])) for tab in DECLARED["dashboards"][0]["tabs"]]
    assert [shown[tab["id"]] for tab in board["tabs"]] == wanted


@pytest.mark.long
def test_columns_of_views_get_foreign_keys(server, reader_url):
    address, state = server
    set_up(address, reader_url)
    fields = {(table["name"], field["name"]): field for table in state.synced for field in table["fields"]}
    view = fields["city_comparison", "department_id"]
    assert view["semantic_type"] == "type/FK"
    assert view["fk_target_field_id"] == fields["department", "department_id"]["id"]
    assert "fk_target_field_id" not in fields["department", "department_id"]
    assert fields["city_comparison", "city"]["semantic_type"] == "type/City"
    names = {table["name"]: table["display_name"] for table in state.synced}
    assert names["city_comparison"] == "跨市比较"


def test_a_second_run_updates_and_adds_nothing(server, reader_url):
    address, state = server
    set_up(address, reader_url)
    before = {model: set(saved) for model, saved in state.saved.items()}
    places = {number: board["dashcards"] for number, board in state.saved["dashboard"].items()}
    state.calls.clear()
    assert set_up(address, reader_url).returncode == 0
    assert {model: set(saved) for model, saved in state.saved.items()} == before
    assert {number: board["dashcards"] for number, board in state.saved["dashboard"].items()} == places
    made = [path for method, path, _ in state.calls if method == "POST"]
    assert [path for path in made if not re.fullmatch(r"/api/(session|database/\d+/sync_schema)", path)] == []
    assert [path for method, path, _ in state.calls if method == "PUT" and re.match("/api/(table|field)", path)] == []


@pytest.mark.long
def test_a_tab_and_a_card_that_another_user_added_remain(server, reader_url):
    address, state = server
    set_up(address, reader_url)
    board = next(iter(state.saved["dashboard"].values()))
    tab = {"id": state.next_id(), "name": "我的"}
    text = {
        "id": state.next_id(), "card_id": None, "row": 0, "col": 0, "size_x": 24, "size_y": 2,
        "dashboard_tab_id": tab["id"],
    }  # fmt: skip
    board["tabs"].append(tab)
    board["dashcards"].append(text)
    ours = len(board["dashcards"])
    set_up(address, reader_url)
    assert (board["tabs"][-1], board["dashcards"][-1], len(board["dashcards"])) == (tab, text, ours)


def test_a_wrong_password_gives_a_message_of_one_line(server, reader_url):
    address, _ = server
    done = set_up(address, reader_url, METABASE_PASSWORD="wrong")
    assert done.returncode == 1
    assert done.stderr == "setup.py: POST /api/session was answered 401: did not match stored password\n"


@pytest.mark.long
def test_a_sync_that_does_not_finish_gives_a_message_with_the_missing_tables(server, reader_url):
    address, state = server
    state.synced = [table for table in state.synced if table["name"] != "disclosure"]
    done = set_up(address, reader_url)
    assert (done.returncode, done.stderr) == (1, "setup.py: after 5 s its sync has not found disclosure\n")
    assert state.saved["card"] == {}


def test_an_unreachable_metabase_gives_a_message_of_one_line(reader_url):
    done = set_up("http://127.0.0.1:9", reader_url)
    assert done.returncode == 1
    assert done.stderr.startswith("setup.py: http://127.0.0.1:9 cannot be reached: ")
    assert len(done.stderr.splitlines()) == 1


def test_the_guide_names_the_version_of_the_compose_file():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    version = services["metabase"]["image"].rpartition(":")[2]
    assert version in (ROOT / "docs" / "metabase.md").read_text("utf-8")

"""Makes Superset's files (a ZIP of YAML, as its export) from dashboard.toml: a dataset and a chart for each card.

The dataset of a card is its query, so all datasets have the columns of the filters under the same names. Superset hands
a filter to every chart whose dataset has its column.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import yaml
from declared import DECLARED, Json, cards_of, query

OF_FILTERS = "quality"  # the card whose rows are all documents: the values of the filters are taken from it
KNOWN = "known_documents"
# A filter begins with the value of most final accounts, not with 地区不明.
KNOWN_DOCUMENTS = """
SUM(CASE WHEN "种类" = '决算' AND '不明' NOT IN (RIGHT("部门类别", 2), RIGHT("地区", 2)) THEN 1 ELSE 0 END)
"""
SCHEMA = "mart"
WITHOUT_PASSWORD = "postgresql://juesuan_reader:XXXXXXXXXX@127.0.0.1:5432/juesuan"
LINE = 10  # characters of a name beside a bar
COLUMNS = 12  # of a dashboard's grid
HEIGHTS = {"number": 18, "bars": 84, "table": 48, "bubbles": 64}  # in units of 8 pixels
ROWS = {"bars": 400, "table": 1000, "bubbles": 1000}
CSS = """
.dt-is-null { font-size: 0; }
.dt-is-null::after { content: "—"; font-size: 12px; }
@media (max-width: 640px) {
  .grid-row:has(.big_number_total) { flex-wrap: wrap; gap: 12px; }
  .grid-row:has(.big_number_total) > .dragdroppable-column { width: 100%; margin: 0 !important; }
  .resizable-container:has(.big_number_total) { width: 100% !important; max-width: none !important; }
  .big_number_total, .superset-legacy-chart-big-number { width: auto !important; height: auto !important; }
  .big_number_total .header-line { font-size: 24px !important; }
}
"""  # Superset writes N/A for an empty cell, and draws four narrow numbers in a row on a telephone


def identity(kind: str, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"juesuan/{kind}/{name}"))


def files(reader_url: str = WITHOUT_PASSWORD) -> dict[str, Json]:
    """Path in the ZIP → content."""
    made = {"metadata.yaml": {"version": "1.0.0", "type": "assets", "timestamp": "2026-01-01T00:00:00+00:00"}}
    made["databases/juesuan.yaml"] = database(reader_url)
    for key, card in DECLARED["cards"].items():
        made[f"datasets/juesuan/{key}.yaml"] = dataset(key, card)
        made[f"charts/{key}.yaml"] = chart(key, card)
    for one in DECLARED["dashboards"]:
        made[f"dashboards/{one['slug']}.yaml"] = dashboard(one)
    return made


def bundle(made: dict[str, Json]) -> bytes:
    """The ZIP. It contains the password and is not written to disk."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in made.items():
            archive.writestr(f"assets/{path}", yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    return out.getvalue()


def database(reader_url: str) -> Json:
    return {
        "database_name": f"juesuan {DECLARED['database']}",
        "sqlalchemy_uri": urlsplit(reader_url)._replace(scheme="postgresql+psycopg2").geturl(),
        "expose_in_sqllab": True,
        "allow_dml": False,
        "extra": {"allows_virtual_table_explore": True},
        "uuid": identity("database", "juesuan"),
        "version": "1.0.0",
    }


def dataset(key: str, card: Json) -> Json:
    """Its columns are read from the database after the import."""
    name = f"{DECLARED['collection']}·{card['name']}"
    sql = wrapped(card) if card["draw"] == "bars" else linked(card) if "link" in card else query(card)
    made = virtual_dataset(name, card["says"], sql, identity("dataset", key))
    if key == OF_FILTERS:
        made["metrics"].append(
            {"metric_name": KNOWN, "verbose_name": "类别与地区已明者", "expression": KNOWN_DOCUMENTS}
        )
    return made


def wrapped(card: Json) -> str:
    """The query with the names of its bars in lines, since Superset gives them as much of the width as they take."""
    of, others = card["of"], [card["by"], card["value"], *DECLARED["filtered"]]
    name = f"""regexp_replace("{of}", '(.{{{LINE}}})(?=.)', '\\1' || chr(10), 'g') as "{of}\""""
    return f"select {name}, {', '.join(quoted(others))}\nfrom (\n{query(card)}\n) as shown"


def linked(card: Json) -> str:
    """The query with its address as HTML, of which Superset's tables make a link."""
    link, others = card["link"], [*card["columns"], *DECLARED["filtered"]]
    html = f"""'<a href="' || "{link}" || '" target="_blank" rel="noopener">{link}</a>' as "{link}\""""
    kept = dict.fromkeys(column for column in others if column != link)
    return f"select {', '.join(quoted(kept))}, {html}\nfrom (\n{query(card)}\n) as shown"


def quoted(columns: Iterable[str]) -> Iterator[str]:
    return (f'"{column}"' for column in columns)


def virtual_dataset(name: str, says: str, sql: str, uuid: str) -> Json:
    return {
        "table_name": name,
        "schema": SCHEMA,
        "description": says,
        "sql": sql,
        "filter_select_enabled": True,
        "uuid": uuid,
        "database_uuid": identity("database", "juesuan"),
        "version": "1.0.0",
        "metrics": [{"metric_name": "count", "verbose_name": "行数", "expression": "COUNT(*)"}],
        "columns": [],
    }


def chart(key: str, card: Json) -> Json:
    params = {"adhoc_filters": [], "color_scheme": "supersetColors"} | PARAMS[card["draw"]](card)
    return {
        "slice_name": card["name"],
        "description": card["says"],
        "viz_type": params["viz_type"],
        "params": params | {"row_limit": ROWS.get(card["draw"], 1)},
        "uuid": identity("chart", key),
        "dataset_uuid": identity("dataset", key),
        "version": "1.0.0",
    }


def metric(label: str, sql: str | None = None) -> Json:
    """The sum of a column, or an aggregate of one's own."""
    expression = sql or f'SUM("{label}")'
    return {"expressionType": "SQL", "sqlExpression": expression, "label": label, "hasCustomLabel": True}


def number_params(card: Json) -> Json:
    return {
        "viz_type": "big_number_total",
        "metric": metric(card["name"], card["value"]),
        "y_axis_format": card.get("format", ",d"),
        "header_font_size": 0.4,
        "subheader_font_size": 0.15,
    }


def bars_params(card: Json) -> Json:
    return {
        "viz_type": "echarts_timeseries_bar",
        "orientation": "horizontal",
        "x_axis": card["of"],
        "groupby": [card["by"]],
        "metrics": [metric(card["value"])],
        "stack": "Stack" if card.get("stacked") else None,
        "x_axis_sort": "sum",
        "x_axis_sort_asc": True,  # the first bar stands at the bottom
        "order_desc": True,
        "y_axis_format": card.get("format", ",.2f"),
        "show_value": True,
        "only_total": bool(card.get("stacked")),
        "show_legend": True,
        "legendType": "plain",
        "legendOrientation": "top",
        "rich_tooltip": True,
        "truncateXAxis": False,
    }


def table_params(card: Json) -> Json:
    return {
        "viz_type": "table",
        "query_mode": "raw",
        "all_columns": card["columns"],
        "order_by_cols": [f'["{column}", {str(column == "名次").lower()}]' for column in card["order"]],
        "show_cell_bars": False,
        "page_length": 0,
        "column_config": {column: {"d3NumberFormat": number_format(column)} for column in card["columns"]},
    }


def number_format(column: str) -> str:
    is_fraction = column.endswith("%") or "万元" in column or column in MONEY
    return ",.2f" if is_fraction else ",~f"


MONEY = ("年初结余", "本年收入", "本年支出", "年末结余", "平均分")


def bubbles_params(card: Json) -> Json:
    return {
        "viz_type": "bubble_v2",
        "entity": card["of"],
        "series": card["by"],
        "x": metric(card["x"]),
        "y": metric(card["y"]),
        "size": metric(card["size"]),
        "max_bubble_size": "10",
        "tooltipSizeFormat": ",.2f",
        "xAxisFormat": ",.0f",
        "y_axis_format": ",.0f",
        "x_axis_label": card["x"],
        "y_axis_label": card["y"],
        "x_axis_title_margin": 30,
        "y_axis_title_margin": 30,
        "truncateXAxis": True,
        "x_axis_bounds": [0, 110],
        "truncateYAxis": True,
        "y_axis_bounds": [50, 110],
        "opacity": 0.7,
        "show_legend": True,
        "legendType": "plain",
        "legendOrientation": "top",
    }


PARAMS = {"number": number_params, "bars": bars_params, "table": table_params, "bubbles": bubbles_params}


def dashboard(one: Json) -> Json:
    charts = len(cards_of(one))
    return {
        "dashboard_title": one["name"],
        "description": one["says"],
        "css": CSS,
        "slug": one["slug"],
        "published": True,
        "uuid": identity("dashboard", one["slug"]),
        "version": "1.0.0",
        "position": position(one),
        "metadata": {
            "color_scheme": "supersetColors",
            "label_colors": DECLARED["colours"],
            "cross_filters_enabled": False,
            "filter_bar_orientation": "HORIZONTAL",
            "native_filter_configuration": [native_filter(*begun, charts) for begun in one["filters"].items()],
        },
    }


def position(one: Json) -> Json:
    """The tabs with their rows of cards. All cards of a row are equally wide."""
    tabs = [f"TAB-{no}" for no, _ in enumerate(one["tabs"], 1)]
    made = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["TABS"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": [], "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": one["name"]}},
        "TABS": {"type": "TABS", "id": "TABS", "children": tabs, "parents": ["ROOT_ID"], "meta": {}},
    }
    numbers = {key: number for number, key in enumerate(cards_of(one), 1)}
    for tab_id, tab in zip(tabs, one["tabs"], strict=True):
        made |= tab_position(tab_id, tab, numbers)
    return made


def tab_position(tab_id: str, tab: Json, numbers: dict[str, int]) -> Json:
    rows = [f"ROW-{tab_id}-{no}" for no, _ in enumerate(tab["rows"], 1)]
    above = ["ROOT_ID", "TABS"]
    made = {tab_id: {"type": "TAB", "id": tab_id, "children": rows, "parents": above, "meta": {"text": tab["name"]}}}
    for row_id, row in zip(rows, tab["rows"], strict=True):
        charts = [f"CHART-{tab_id}-{key}" for key in row]
        made[row_id] = {
            "type": "ROW", "id": row_id, "children": charts, "parents": [*above, tab_id],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }  # fmt: skip
        for chart_id, key in zip(charts, row, strict=True):
            made[chart_id] = {
                "type": "CHART", "id": chart_id, "children": [], "parents": [*above, tab_id, row_id],
                "meta": chart_place(key, COLUMNS // len(row), numbers[key]),
            }  # fmt: skip
    return made


def chart_place(key: str, width: int, number: int) -> Json:
    card = DECLARED["cards"][key]
    return {
        "chartId": number,
        "uuid": identity("chart", key),
        "sliceName": card["name"],
        "width": width,
        "height": HEIGHTS[card["draw"]],
    }


def native_filter(name: str, begins: str, charts: int) -> Json:
    """`begins`: all, or the value of most documents."""
    column, has_first = DECLARED["filters"][name]["column"], begins == "most"
    return {
        "id": f"NATIVE_FILTER-{name}",
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "name": column,
        "description": "",
        "cascadeParentIds": [],
        "targets": [{"column": {"name": column}, "datasetUuid": identity("dataset", OF_FILTERS)}],
        "sortMetric": KNOWN if has_first else None,
        "requiredFirst": has_first,
        "controlValues": {
            "multiSelect": True,
            "enableEmptyFilter": False,
            "defaultToFirstItem": has_first,
            "sortAscending": not has_first,
            "inverseSelection": False,
            "searchAllOptions": False,
        },
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "chartsInScope": list(range(1, charts + 1)),
        "tabsInScope": [],
    }

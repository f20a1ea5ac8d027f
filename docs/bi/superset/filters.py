"""Sets every filter of every dashboard in turn and asks Superset for the rows of every chart."""

import json
from collections.abc import Iterator

from api import Api
from declared import DECLARED, Json, cards_of


def unreached(api: Api) -> list[str]:
    """A line for each chart that a filter does not reach, with the reason."""
    return [line for dashboard in DECLARED["dashboards"] for line in _of_dashboard(api, dashboard)]


def _of_dashboard(api: Api, dashboard: Json) -> Iterator[str]:
    slug = dashboard["slug"]
    shown = api.call("GET", f"/api/v1/dashboard/{slug}")["result"]
    charts = api.call("GET", f"/api/v1/dashboard/{slug}/charts")["result"]
    if len(charts) != len(cards_of(dashboard)):
        yield f"{slug}: {len(charts)} charts instead of {len(cards_of(dashboard))}"
    for one in json.loads(shown["json_metadata"])["native_filter_configuration"]:
        for value in _values(api, one)[:1]:
            yield from (line for chart in charts if (line := _missed(api, one, value, chart)))


def _values(api: Api, one: Json) -> list[object]:
    """The values that the filter offers, those of the documents."""
    (target,) = one["targets"]
    column = target["column"]["name"]
    rows = api.rows(target["datasetId"], {"columns": [column], "filters": [], "row_limit": 100})["data"]
    return [row[column] for row in rows if row[column] is not None]


def _missed(api: Api, one: Json, value: object, chart: Json) -> str | None:
    """Why the chart has other rows than those with the value, or None."""
    form, column = chart["form_data"], one["targets"][0]["column"]["name"]
    place = f"{one['name']} → {chart['slice_name']}"
    if one["scope"]["excluded"]:
        return f"{place}: the filter leaves charts out"
    dataset = int(str(form["datasource"]).partition("__")[0])
    wanted = {"columns": [column], "filters": [{"col": column, "op": "IN", "val": [value]}], "row_limit": 1000}
    answer = api.rows(dataset, wanted)
    if column not in [applied["column"] for applied in answer["applied_filters"]]:
        return f"{place}: not applied, {answer['rejected_filters']}"
    others = {row[column] for row in answer["data"]} - {value}
    return f"{place}: rows of {others}" if others else None

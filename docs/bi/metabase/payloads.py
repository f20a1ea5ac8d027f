"""Makes the JSON of a card, of a dashboard, and of a card on a dashboard, from the entries of dashboard.toml."""

import json
from collections.abc import Iterator, Sequence

from declared import DECLARED, Json, query, shown_columns

# Type of a filter → type of the parameter of a card, and of a dashboard.
TAG_TYPES = {"text": ("category", "string/="), "number": ("number/=", "number/=")}
DISPLAYS = {"number": "scalar", "bars": "row", "table": "table", "bubbles": "scatter"}
HEIGHTS = {"number": 3, "bars": 9, "table": 8, "bubbles": 9}
COLUMNS = 24  # of a dashboard's grid
FILTERS = DECLARED["filters"]


def card_payload(card: Json, database_id: int, collection_id: int) -> Json:
    """A saved question in native SQL. Each filter is a template tag of the query and a parameter for the dashboard."""
    return {
        "name": card["name"],
        "description": card["says"],
        "display": DISPLAYS[card["draw"]],
        "visualization_settings": settings(card),
        "collection_id": collection_id,
        "parameters": [
            parameter(name, TAG_TYPES[FILTERS[name]["type"]][0]) | {"target": target(name)} for name in FILTERS
        ],
        "dataset_query": {
            "database": database_id,
            "type": "native",
            "native": {"query": filtered_query(card), "template-tags": {name: template_tag(name) for name in FILTERS}},
        },
    }


def filtered_query(card: Json) -> str:
    """Metabase leaves out a part in [[ … ]] where the filter in it is empty."""
    parts = [f'[[and "{declared["column"]}" = {{{{{name}}}}}]]' for name, declared in FILTERS.items()]
    source = f"from (\n{query(card)}\n) as shown\nwhere true {' '.join(parts)}"
    return "\n".join(part for part in (selected(card), source, last_part(card)) if part)


def selected(card: Json) -> str:
    if card["draw"] == "number":
        return f'select {card["value"]} as "{card["name"]}"'
    quoted = [f'"{column}"' for column in shown_columns(card)]
    if card["draw"] == "bars":
        quoted[-1] = f"sum({quoted[-1]}) as {quoted[-1]}"
    return f"select {', '.join(quoted)}"


def last_part(card: Json) -> str:
    """Grouping and order: the largest bar first."""
    if card["draw"] == "bars":
        of, by, value = (f'"{column}"' for column in shown_columns(card))
        return f"group by {of}, {by}\norder by sum(sum({value})) over (partition by {of}) desc, {of}, {by}"
    falling = [f'"{column}"{"" if column == "名次" else " desc nulls last"}' for column in card.get("order", [])]
    return f"order by {', '.join(falling)}" if falling else ""


def settings(card: Json) -> Json:
    colours = {"series_settings": {label: {"color": colour} for label, colour in DECLARED["colours"].items()}}
    match card["draw"]:
        case "bars":
            stack = {"stackable.stack_type": "stacked"} if card.get("stacked") else {}
            drawn = {"graph.dimensions": [card["of"], card["by"]], "graph.metrics": [card["value"]]}
            return drawn | {"graph.show_values": True} | stack | colours
        case "bubbles":
            axes = {"graph.dimensions": [card["x"], card["by"]], "graph.metrics": [card["y"]]}
            y_axis = {"graph.y_axis.auto_range": False, "graph.y_axis.min": 50}
            return axes | {"scatter.bubble": card["size"]} | y_axis | colours
        case "table" if "link" in card:
            column = json.dumps(["name", card["link"]], ensure_ascii=False, separators=(",", ":"))
            return {"column_settings": {column: {"view_as": "link", "link_text": card["link"]}}}
    return {}


def template_tag(name: str) -> Json:
    declared = FILTERS[name]
    return {"id": name, "name": name, "display-name": declared["column"], "type": declared["type"]}


def parameter(name: str, kind: str) -> Json:
    return {"id": name, "slug": name, "name": FILTERS[name]["column"], "type": kind}


def target(name: str) -> list[object]:
    return ["variable", ["template-tag", name]]


def dashboard_payload(dashboard: Json, collection_id: int) -> Json:
    parameters = [parameter(name, TAG_TYPES[FILTERS[name]["type"]][1]) for name in dashboard["filters"]]
    about = {"name": dashboard["name"], "description": dashboard["says"]}
    return about | {"collection_id": collection_id, "parameters": parameters}


def tabs(dashboard: Json, there: Sequence[Json]) -> list[Json]:
    """Its tabs with the ids that they have on Metabase, and those that somebody added; a negative id makes Metabase
    create one."""
    known = {tab["name"]: tab["id"] for tab in there}
    ours = [{"id": known.get(tab["name"], -no), "name": tab["name"]} for no, tab in enumerate(dashboard["tabs"], 1)]
    names = {tab["name"] for tab in ours}
    return ours + [tab for tab in there if tab["name"] not in names]


def dashcards(dashboard: Json, cards: Json, tabs: Sequence[Json], there: Sequence[Json]) -> Iterator[Json]:
    """Its cards in their places, with the ids that they have among those already `there`.

    :param cards: key of a card → its id
    """
    known = {(card.get("dashboard_tab_id"), card.get("card_id")): card["id"] for card in there}
    number = 0
    for shown, tab in zip(tabs, dashboard["tabs"], strict=False):  # tabs that somebody added follow ours
        for place, key in _places(tab):
            number += 1
            where = (shown["id"], cards[key])
            mappings = [
                {"parameter_id": name, "card_id": cards[key], "target": target(name)} for name in dashboard["filters"]
            ]
            yield place | {
                "id": known.get(where, -number), "card_id": cards[key], "dashboard_tab_id": shown["id"],
                "parameter_mappings": mappings, "series": [],
            }  # fmt: skip


def _places(tab: Json) -> Iterator[tuple[Json, str]]:
    """The place of each card in the grid, with its key."""
    top = 0
    for row in tab["rows"]:
        width, height = COLUMNS // len(row), max(HEIGHTS[DECLARED["cards"][key]["draw"]] for key in row)
        for number, key in enumerate(row):
            yield {"row": top, "col": number * width, "size_x": width, "size_y": height}, key
        top += height

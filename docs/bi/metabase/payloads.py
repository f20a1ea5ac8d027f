"""Makes the JSON of a card, of a dashboard, and of a card on a dashboard, from the entries of dashboard.toml."""

from typing import Any

# Type of a filter → type of the parameter of a card, and of a dashboard.
TAG_TYPES = {"text": ("category", "string/="), "number": ("number/=", "number/=")}

Json = dict[str, Any]


def card_payload(card: Json, declared: list[Json], database_id: int, collection_id: int) -> Json:
    """A saved question in native SQL. Each filter is a template tag of the query and a parameter for the dashboard."""
    filters = filters_of(card, declared)
    tags = {each["name"]: template_tag(each) for each in filters}
    return {
        "name": card["name"],
        "description": card["description"],
        "display": card["display"],
        "visualization_settings": card.get("settings", {}),
        "collection_id": collection_id,
        "parameters": [parameter(each, TAG_TYPES[each["type"]][0]) | {"target": target(each)} for each in filters],
        "dataset_query": {
            "database": database_id,
            "type": "native",
            "native": {"query": card["sql"].strip(), "template-tags": tags},
        },
    }


def filters_of(card: Json, declared: list[Json]) -> list[Json]:
    return [each for each in declared if f"{{{{{each['name']}}}}}" in card["sql"]]


def template_tag(declared: Json) -> Json:
    name = declared["name"]
    return {"id": name, "name": name, "display-name": declared["label"], "type": declared["type"]}


def parameter(declared: Json, kind: str) -> Json:
    return {"id": declared["name"], "slug": declared["name"], "name": declared["label"], "type": kind}


def target(declared: Json) -> list[Any]:
    return ["variable", ["template-tag", declared["name"]]]


def dashboard_payload(dashboard: Json, filters: list[Json], collection_id: int) -> Json:
    parameters = [parameter(each, TAG_TYPES[each["type"]][1]) for each in filters]
    return dashboard | {"collection_id": collection_id, "parameters": parameters}


def placed(card_id: int, card: Json, declared: list[Json], there: list[Json], number: int) -> Json:
    """The card as a dashcard, with the id that it has among those already `there`; a negative id makes Metabase create
    one."""
    known = next((dashcard["id"] for dashcard in there if dashcard.get("card_id") == card_id), -number)
    mappings = [
        {"parameter_id": each["name"], "card_id": card_id, "target": target(each)}
        for each in filters_of(card, declared)
    ]
    return card["place"] | {"id": known, "card_id": card_id, "parameter_mappings": mappings, "series": []}

"""Where a document states the number of a metric that stands in no table."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ingest.pages.web import listings
from ingest.pages.web.readers import Readers, Row
from warehouse.kinds.kind import load_kinds

FACT = "body_fact"


def with_places(readers: Readers, values: Iterable[Row]) -> list[Row]:
    """The values, each with the place of its print: as mart.metric_value, the first declared one that its document has.

    None where it is computed, or where the document has no such number.
    """
    shown = list(values)
    asked = [value for value in shown if value["place"] is None and value["metric"] in _declared()]
    found = _found(readers, asked)
    return [{**value, "place": value["place"] or _first(value, found)} for value in shown]


def _found(readers: Readers, asked: Sequence[Row]) -> set[tuple[int, str]]:
    documents = sorted({value["document_id"] for value in asked})
    places = sorted({place for value in asked for place in _declared()[value["metric"]]})
    rows = readers.rows(listings.STATED_PLACES, documents=documents, places=places) if asked else []
    return {(row["document_id"], row["place"]) for row in rows}


def _first(value: Row, found: set[tuple[int, str]]) -> str | None:
    places = _declared().get(value["metric"], ())
    there = (place for place in places if (value["document_id"], place) in found)
    return next(there, None) if value["value"] is not None else None


@cache  # read once per process
def _declared() -> Mapping[str, tuple[str, ...]]:
    """Metric → places that may state it, in the order in which they are taken."""
    metrics = (metric for kind in load_kinds() for metric in kind.metrics.metrics if metric.stated)
    return {metric.key: tuple(map(_place, metric.stated)) for metric in metrics}


def _place(figure: str) -> str:
    kind, subject, _ = figure.split("/")
    return f"fact/{subject}" if kind == FACT else f"stated/{figure}"

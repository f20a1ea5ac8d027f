"""Numbers of several documents side by side: years of a body, or a body and its peers where they are few."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.pages.web import listings
from ingest.pages.web.readers import Readers, Row
from ingest.pages.web.stated_places import with_places

FEW = 3  # bodies: with one or two peers their amounts say more than a rank and a median


@dataclass(frozen=True, slots=True)
class Line:
    """A metric, with its value in each document of the table or None."""

    metric: Row
    values: Sequence[Row | None]

    @property
    def amounts(self) -> list[tuple[Row, Decimal]]:
        known = ((value, value["value"]) for value in self.values if value)
        return [(value, amount) for value, amount in known if amount is not None]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """`documents` are those of the bodies; `values` are all numbers of the lines."""

    documents: Sequence[Row]
    lines: Sequence[Line]
    values: Sequence[Row]


def lines_of(values: Iterable[Row], documents: Sequence[int]) -> list[Line]:
    """A line for each metric of which a document has an amount, in the order of the values."""
    by_metric: dict[str, dict[int, Row]] = defaultdict(dict)
    for value in values:
        by_metric[value["metric"]][value["document_id"]] = value
    lines = [Line(next(iter(of.values())), [of.get(document) for document in documents]) for of in by_metric.values()]
    return [line for line in lines if line.amounts]


def side_by_side(readers: Readers, documents: Sequence[Row], metrics: Iterable[str]) -> SideBySide:
    """Of documents with their bodies, in their order."""
    numbers = [document["document_id"] for document in documents]
    asked = {"documents": numbers, "metrics": sorted(metrics)}
    values = with_places(readers, readers.rows(listings.VALUES_OF_DOCUMENTS, **asked))
    return SideBySide(documents, lines_of(values, numbers), values)

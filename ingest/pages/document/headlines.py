"""The figures that a page about a document begins with: what bodies are compared by, as this document prints it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.pages.document.amounts import in_wan
from ingest.pipeline import Understood
from warehouse.kinds.labels import label_of
from warehouse.kinds.metrics import MetricDeclared
from warehouse.records.reading import Amount, Status

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Headline:
    label: str
    text: str  # the number, or what stands in its place
    unit: str
    source: str  # number of the table, or 情况说明
    look: str  # CSS class


def headlines(understood: Understood) -> list[Headline]:
    """Those that are usually compared, else the first that the kind declares; only what the document prints."""
    metrics = understood.kind.metrics.metrics
    usual = [metric for metric in metrics if metric.is_usual] or metrics
    return [shown for metric in usual for shown in _headline(metric, understood)][:SHOWN]


def _headline(metric: MetricDeclared, understood: Understood) -> Iterator[Headline]:
    """At most one: the cell of the table, else the first sentence that states it."""
    if amount := _cell(metric, understood):
        unit = "万元" if amount.value is not None and amount.value_unit == "元" else ""
        look = "warn" if amount.status is Status.DOUBTFUL else ""
        yield Headline(metric.label, in_wan(amount), unit, understood.kind.table(amount.table_code).number, look)
        return
    for figure in understood.extraction.stated:
        if f"{figure.kind}/{figure.subject}/{figure.measure}" in metric.stated and figure.value is not None:
            source = f"情况说明：{label_of('kind', figure.kind)}"
            yield Headline(metric.label, f"{figure.value:,f}", figure.unit or "", source, "")
            return


def _cell(metric: MetricDeclared, understood: Understood) -> Amount | None:
    """Its cell, unless it is blank."""
    if metric.table is None:
        return None
    table = understood.kind.table(metric.table)
    for amount in understood.extraction.amounts:
        is_column = (amount.table_code, amount.measure) == (metric.table, metric.measure)
        if is_column and table.item_of(amount.row_key) == metric.item and in_wan(amount):
            return amount
    return None

"""What is stored of a body: its numbers in the years side by side, where it stands among its peers, its documents."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.pages.comparison.charts import Chart, ChartLine, Scale, chart
from ingest.pages.web import listings
from ingest.pages.web.answers import measured
from ingest.pages.web.evidence import LARGEST_ID
from ingest.pages.web.readers import Readers, Row
from ingest.pages.web.stated_places import with_places
from warehouse.kinds.names import FINAL_ACCOUNTS

CHARTED = "expenditure"  # the side of the metric that is drawn; mart.metric.side is the whole of a share


@dataclass(frozen=True, slots=True)
class Line:
    """A metric, with its value in each year of the table or None."""

    metric: Row
    values: Sequence[Row | None]

    @property
    def amounts(self) -> list[tuple[Row, Decimal]]:
        known = ((value, value["value"]) for value in self.values if value)
        return [(value, amount) for value, amount in known if amount is not None]


@dataclass(frozen=True, slots=True)
class YearsTable:
    """Documents of one kind and scope: of different ones the numbers are not compared. `years` are (year, document)."""

    kind: str
    scope: str | None
    years: Sequence[tuple[int, int]]
    lines: Sequence[Line]

    @property
    def newest(self) -> list[Row]:
        """The numbers of the last year by which the body is ranked with others."""
        last = (line.values[0] for line in self.lines)
        return [value for value in last if value and value["rank"] is not None and value["peers"] > 1]

    def chart(self, name: Callable[[Row], str]) -> Chart | None:
        """Bars of the expenditure of each year, where there are several years; `name` names the metric."""
        charted = [line for line in self.lines if line.metric["side"] == CHARTED and len(line.amounts) > 1]
        return _drawn(charted[0], name) if charted else None


@dataclass(frozen=True, slots=True)
class Body:
    about: Row
    documents: Sequence[Row]
    history: Sequence[Row]
    values: Sequence[Row]
    tables: Sequence[YearsTable]


def body_of(readers: Readers, body_id: int) -> Body | None:
    """None where it has no public document."""
    if body_id > LARGEST_ID:
        return None
    about, documents, history, values = readers.several(
        listings.BODY, listings.DOCUMENTS_OF_BODY, listings.HISTORY_OF_BODY, listings.VALUES_OF_BODY, body=body_id
    )
    if not about:
        return None
    values = with_places(readers, values)
    return Body(about[0], documents, history, values, _tables(values))


def _tables(values: Iterable[Row]) -> list[YearsTable]:
    groups: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for value in values:
        if value["fiscal_year"] is not None:
            groups[value["kind"], value["scope"]].append(value)
    in_order = sorted(groups, key=lambda group: (group[0] != FINAL_ACCOUNTS, group[0], group[1] or ""))
    return [_table(kind, scope, groups[kind, scope]) for kind, scope in in_order]


def _table(kind: str, scope: str | None, values: Sequence[Row]) -> YearsTable:
    years = sorted({(value["fiscal_year"], value["document_id"]) for value in values}, reverse=True)
    by_metric: dict[str, dict[int, Row]] = defaultdict(dict)
    for value in values:
        by_metric[value["metric"]][value["document_id"]] = value
    lines = [
        Line(next(iter(known.values())), [known.get(document) for _, document in years]) for known in by_metric.values()
    ]
    return YearsTable(kind, scope, years, [line for line in lines if line.amounts])


def _drawn(line: Line, name: Callable[[Row], str]) -> Chart | None:
    scale = Scale.of(amount for _, amount in line.amounts)
    drawn = (_bar(value, amount, scale) for value, amount in reversed(line.amounts))
    return chart(name(line.metric), tuple(drawn))


def _bar(value: Row, amount: Decimal, scale: Scale) -> ChartLine:
    """In another colour where the number is not sound."""
    shown, look = measured(value), "a" if value["is_sound"] else "doubt"
    return ChartLine(str(value["fiscal_year"]), shown, "", (scale.bar(amount, look, shown),))

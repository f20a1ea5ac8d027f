"""What is stored of a body: its numbers in the years side by side, where it stands among its peers, its documents."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.pages.comparison.charts import Chart, ChartLine, Scale, chart
from ingest.pages.web import listings
from ingest.pages.web.answers import measured
from ingest.pages.web.evidence import LARGEST_ID
from ingest.pages.web.readers import Readers, Row
from ingest.pages.web.side_by_side import FEW, Line, SideBySide, lines_of, side_by_side
from ingest.pages.web.stated_places import with_places
from warehouse.kinds.names import FINAL_ACCOUNTS

GROUP = {
    "metric": "metric",
    "year": "fiscal_year",
    "kind": "department_kind",
    "level": "jurisdiction_level",
    "scope": "scope",
}
CHARTED = "expenditure"  # the side of mart.metric whose first metric, the total, is drawn


@dataclass(frozen=True, slots=True)
class YearsTable:
    """Documents of one kind and scope: of different ones the numbers are not compared. `years` are (year, document).

    `beside` has the numbers of its peers in the last year, where they are few.
    """

    kind: str
    scope: str | None
    years: Sequence[tuple[int, int]]
    lines: Sequence[Line]
    beside: SideBySide | None = None

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
    tables = [replace(table, beside=_beside(readers, table)) for table in _tables(values)]
    return Body(about[0], documents, history, values, tables)


def _beside(readers: Readers, table: YearsTable) -> SideBySide | None:
    """The body first, then its peers by the metric that has most of them."""
    most = max(table.newest, key=lambda value: value["peers"], default=None)
    if most is None or most["peers"] > FEW:
        return None
    asked = {name: most[column] for name, column in GROUP.items()}
    peers = sorted(readers.rows(listings.PEERS, **asked), key=lambda one: one["document_id"] != most["document_id"])
    return side_by_side(readers, peers, {value["metric"] for value in table.newest})


def _tables(values: Iterable[Row]) -> list[YearsTable]:
    groups: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for value in values:
        if value["fiscal_year"] is not None:
            groups[value["kind"], value["scope"]].append(value)
    in_order = sorted(groups, key=lambda group: (group[0] != FINAL_ACCOUNTS, group[0], group[1] or ""))
    return [_table(kind, scope, groups[kind, scope]) for kind, scope in in_order]


def _table(kind: str, scope: str | None, values: Sequence[Row]) -> YearsTable:
    years = sorted({(value["fiscal_year"], value["document_id"]) for value in values}, reverse=True)
    return YearsTable(kind, scope, years, lines_of(values, [document for _, document in years]))


def _drawn(line: Line, name: Callable[[Row], str]) -> Chart | None:
    scale = Scale.of(amount for _, amount in line.amounts)
    drawn = (_bar(value, amount, scale) for value, amount in reversed(line.amounts))
    return chart(name(line.metric), tuple(drawn))


def _bar(value: Row, amount: Decimal, scale: Scale) -> ChartLine:
    """In another colour where the number is not sound."""
    shown, look = measured(value), "a" if value["is_sound"] else "doubt"
    return ChartLine(str(value["fiscal_year"]), shown, "", (scale.bar(amount, look, shown),))

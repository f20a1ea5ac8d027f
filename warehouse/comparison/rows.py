"""Rows of the comparison views as values, and their grouping by year, level and scope.

Field names are columns of the views: each class is the column list of its query. Columns …_wan are in 万元, percentages
in %, values of a metric in its unit; None where the view has null.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.records.reading import Level, Scope

LEVELS: dict[str | None, str] = {**{level.value: level.label for level in Level}, None: "层级不明"}
SCOPES: dict[str | None, str] = {**{scope.value: scope.label for scope in Scope}, None: "口径不明"}


@dataclass(frozen=True, slots=True)
class Metric:
    """`metric` is its key, e.g. expenditure or functional:2150501, `unit` that of its values, `kind` that of its
    documents."""

    metric: str
    metric_name: str
    metric_family: str
    unit: str = "万元"
    kind: str = FINAL_ACCOUNTS

    @property
    def name_with_unit(self) -> str:
        return self.metric_name if self.unit in self.metric_name else f"{self.metric_name}（{self.unit}）"


@dataclass(frozen=True, slots=True)
class Department:
    department_id: int
    department: str
    department_kind: str | None
    jurisdiction: str | None
    division_code: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one kind and year are ranked separately for each level and scope."""

    jurisdiction_level: str | None
    scope: str | None

    def __str__(self) -> str:
        return f"{LEVELS[self.jurisdiction_level]} · {SCOPES[self.scope]}"

    @property
    def place_in_order(self) -> tuple[int, int]:
        return list(LEVELS).index(self.jurisdiction_level), list(SCOPES).index(self.scope)


@dataclass(frozen=True, slots=True)
class Body:
    """The document and body that a row is about; the shared columns of the views."""

    document_id: int
    source_name: str
    province: str | None
    city: str | None
    county: str | None
    division_code: str | None
    jurisdiction_level: str | None
    department: str | None
    department_kind: str | None
    scope: str | None
    fiscal_year: int | None

    @property
    def group(self) -> Group:
        return Group(self.jurisdiction_level, self.scope)

    @property
    def place(self) -> str:
        return self.county or self.city or self.province or "?"


@dataclass(frozen=True, slots=True)
class ComparedRow(Body):
    """A row of mart.city_comparison."""

    metric: str
    metric_name: str
    amount_wan: Decimal | None
    share_of_total_pct: Decimal | None
    rank: int | None
    peers: int
    left_out: int
    peer_median_wan: Decimal | None
    ratio_to_median: Decimal | None
    percentile: Decimal | None
    is_comparable: bool
    why_not: str | None
    why_no_median: str | None
    per_capita_yuan: Decimal | None
    table_code: str | None
    row_key: str | None
    measure: str | None
    printed: str | None
    page: int | None
    status: str | None
    unit: str
    value: Decimal | None
    peer_median: Decimal | None
    file_name: str | None  # of the attachment in which it stands; None where that is the main file


@dataclass(frozen=True, slots=True)
class UnreadRow(Body):
    """A row of mart.left_out without one in mart.city_comparison: the table with the metric was not read completely."""

    metric: str
    why_not: str


@dataclass(frozen=True, slots=True)
class ChangeRow(Body):
    """A row of mart.year_over_year."""

    metric: str
    metric_name: str
    amount_wan: Decimal | None
    prior_amount_wan: Decimal | None
    prior_source: str | None
    published_prior_wan: Decimal | None
    stated_prior_wan: Decimal | None
    change_wan: Decimal | None
    change_pct: Decimal | None
    stated_change_wan: Decimal | None
    stated_change_pct: Decimal | None
    published_minus_stated_wan: Decimal | None
    outcome: str | None
    finding: str | None
    explanation: str | None
    bridge: str | None
    bridge_relation: str | None
    bridge_source: str | None
    is_comparable: bool
    why_not: str | None
    prior_document_id: int | None
    table_code: str | None
    row_key: str | None
    measure: str | None
    printed: str | None
    page: int | None
    continued: str
    previous_department: str | None
    succession: str | None
    succession_source: str | None
    unit: str
    value: Decimal | None
    prior_value: Decimal | None
    value_change: Decimal | None


@dataclass(frozen=True, slots=True)
class SaidRow(Body):
    """A figure of mart.stated_figure about this year and last year; its measures are those of `stated.MEASURES`."""

    kind: str
    subject: str
    measure: str
    value: Decimal | None
    unit: str | None
    status: str


@dataclass(frozen=True, slots=True)
class PerformanceRow(Body):
    """A row of mart.performance_comparison."""

    forms: int
    projects: int
    scored_projects: int
    department_score: Decimal | None
    average_score: Decimal | None
    execution_rate_pct: Decimal | None
    share_at_least_90_pct: Decimal | None
    zero_execution_high_score: int
    score_minus_execution_rate: Decimal | None
    qualitative_share_pct: Decimal | None
    indicators: int
    indicators_unmet_full_score: int
    forms_not_adding_up: int
    is_comparable: bool
    why_not: str | None


@dataclass(frozen=True, slots=True)
class QualityRow(Body):
    """A row of mart.disclosure, current documents of one kind only."""

    checks_exact: int
    checks_rounding: int
    checks_broken: int
    checks_undetermined: int
    checks_withheld: int
    doubts: int
    amounts_unaccounted: int | None  # None: read by a parser version that did not count them
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class Ranking:
    """One metric of one group: rows with a rank, rows left out, tables not read, and bodies without such a figure."""

    metric: Metric
    group: Group
    ranked: tuple[ComparedRow, ...]
    left_out: tuple[ComparedRow, ...]
    unread: tuple[UnreadRow, ...]
    without: tuple[Body, ...]

    @property
    def incomparable(self) -> list[ComparedRow | UnreadRow]:
        """Bodies that are not ranked, each row with the reason in `why_not`."""
        return [*self.left_out, *self.unread]

    @property
    def rows(self) -> tuple[ComparedRow, ...]:
        return self.ranked + self.left_out

    @property
    def of_another_scope(self) -> int:
        """How many bodies of the same kind, level and year published accounts of another scope only."""
        counted = max((row.left_out for row in self.rows), default=len(self.unread))
        return counted - len(self.left_out) - len(self.unread)

    @property
    def median(self) -> Decimal | None:
        return self.ranked[0].peer_median if self.ranked else None

    @property
    def why_no_median(self) -> str | None:
        return self.ranked[0].why_no_median if self.ranked else "没有可比部门"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The bodies of one kind and year. `bodies` includes those without a figure for any metric."""

    kind: str
    fiscal_year: int
    metrics: tuple[Metric, ...]
    bodies: tuple[Body, ...]
    rows: tuple[ComparedRow, ...]
    unread: tuple[UnreadRow, ...] = ()

    @property
    def groups(self) -> list[Group]:
        return sorted({body.group for body in self.bodies}, key=lambda group: group.place_in_order)

    def rankings(self) -> Iterator[Ranking]:
        """By metric as asked for, then by level and scope."""
        for metric in self.metrics:
            for group in self.groups:
                yield self.ranking(metric, group)

    def without(self) -> tuple[dict[str, str | int | None], ...]:
        """Per metric the bodies whose document has no row for it."""
        return tuple(
            {"metric": ranking.metric.metric, "document_id": body.document_id, "department": body.department}
            for ranking in self.rankings()
            for body in ranking.without
        )

    def ranking(self, metric: Metric, group: Group) -> Ranking:
        mine = [row for row in self.rows if row.metric == metric.metric and row.group == group]
        unread = [row for row in self.unread if row.metric == metric.metric and row.group == group]
        told = {row.document_id for row in (*mine, *unread)}
        return Ranking(
            metric,
            group,
            tuple(row for row in mine if row.is_comparable),
            tuple(row for row in mine if not row.is_comparable),
            tuple(unread),
            tuple(body for body in self.bodies if body.group == group and body.document_id not in told),
        )


@dataclass(frozen=True, slots=True)
class Trend:
    """One department over the years, by metric, scope and year, and what its documents state of their changes where
    no metric is asked for."""

    department: Department
    metrics: tuple[Metric, ...]
    rows: tuple[ChangeRow, ...]
    said: tuple[SaidRow, ...] = ()

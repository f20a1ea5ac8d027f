"""Rows of the views about budgets as values, and all rows of the comparison page.

Field names are columns of the views, as in `rows`.
"""

from dataclasses import dataclass
from decimal import Decimal

from warehouse.comparison.rows import Body, ChangeRow, Comparison, PerformanceRow, QualityRow, SaidRow


@dataclass(frozen=True, slots=True)
class PlanRow(Body):
    """A row of mart.budget_against_account: what was planned, stated as planned, adjusted and spent."""

    basis: str
    label: str | None
    budget_document_wan: Decimal | None
    stated_initial_wan: Decimal | None
    adjusted_wan: Decimal | None
    final_wan: Decimal | None
    execution_pct_of_budget: Decimal | None
    execution_pct_of_stated: Decimal | None
    execution_pct_of_adjusted: Decimal | None
    budget_minus_stated_wan: Decimal | None
    outcome: str
    is_sound: bool
    why_not: str | None


@dataclass(frozen=True, slots=True)
class ExecutionRow(Body):
    """A row of mart.execution_ranking."""

    metric: str
    metric_name: str
    budget_wan: Decimal | None
    final_wan: Decimal | None
    execution_pct: Decimal | None
    band: str | None
    unspent_wan: Decimal | None
    rank: int | None
    rank_of_unspent: int | None
    peers: int
    is_comparable: bool
    why_not: str | None


@dataclass(frozen=True, slots=True)
class ProjectRow(Body):
    """A row of mart.budget_project that is a project."""

    project: str
    unit: str | None
    total_wan: Decimal | None
    target_wan: Decimal | None
    executed_wan: Decimal | None
    execution_pct_of_budget: Decimal | None
    total_score: Decimal | None
    grade: str | None
    why_no_outcome: str | None


@dataclass(frozen=True, slots=True)
class Budgets:
    """What the comparison page shows of budgets. `changes`: each budget held against last year's."""

    plans: tuple[PlanRow, ...] = ()
    executions: tuple[ExecutionRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    projects: tuple[ProjectRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """All rows of the comparison page of one kind and year. `three_public`: metrics of the three public expenses."""

    comparison: Comparison
    three_public: Comparison
    changes: tuple[ChangeRow, ...]
    said: tuple[SaidRow, ...]
    performance: tuple[PerformanceRow, ...]
    quality: tuple[QualityRow, ...]
    budgets: Budgets = Budgets()

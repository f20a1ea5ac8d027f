"""The queries of `juesuan compare`, `juesuan trend` and the comparison page. They read schema mart only."""

from dataclasses import fields
from typing import Any, TypeVar

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.comparison.choices import Question, chosen_metrics, nothing_at
from warehouse.comparison.overview import Budgets, ExecutionRow, Overview, PlanRow, ProjectRow
from warehouse.comparison.rows import (
    Body,
    ChangeRow,
    ComparedRow,
    Comparison,
    Department,
    Metric,
    PerformanceRow,
    QualityRow,
    SaidRow,
    Trend,
    UnreadRow,
)
from warehouse.comparison.stated import MEASURES

Row = TypeVar("Row", bound=Body)
THREE_PUBLIC = (
    "three_public",
    "three_public_budget",
    "three_public_overseas",
    "three_public_vehicle_total",
    "three_public_reception",
)
OF_THIS_KIND = """
where department_kind = %(kind)s and fiscal_year = %(fiscal_year)s
    and (%(level)s::text is null or jurisdiction_level = %(level)s)
    and (%(scope)s::text is null or scope = %(scope)s)
"""
# Bodies with a document of the kind that the metrics are of; of every kind where none is asked for.
BODIES = """
select distinct {columns} from mart.metric_value {of_this_kind}
    and (
        %(metrics)s::text[] = '{{}}'
        or metric in (
            select own.metric from mart.metric as own
            where own.kind in (select asked.kind from mart.metric as asked where asked.metric = any (%(metrics)s))
        )
    )
order by department, document_id
"""
ATTACHMENT = """
(select document_id, file_no, source_name as file_name from mart.document_file where file_no > 1) as attachment
"""
COMPARED = """
select {columns} from mart.city_comparison left join {attachment} using (document_id, file_no) {of_this_kind}
    and metric = any (%(metrics)s)
order by rank nulls last, value desc nulls last, department, document_id
"""
UNREAD = """
select {columns} from mart.left_out {of_this_kind} and metric = any (%(metrics)s) and not has_row
order by department, document_id
"""
CHANGED = """
select {columns} from mart.year_over_year {of_this_kind} and metric = any (%(metrics)s)
order by change_pct desc nulls last, department, document_id
"""
SAID = """
select {columns} from mart.stated_figure {of_this_kind} and is_current
    and measure = any (%(measures)s) and value is not null
    and document_kind in (select kind from mart.metric where metric = any (%(metrics)s))
order by department, document_id, line_no, page, subject, measure
"""
SAID_BY_DEPARTMENT = """
select {columns} from mart.stated_figure
where department_id = %(department_id)s and is_current and measure = any (%(measures)s) and value is not null
order by scope, fiscal_year, document_id, line_no, page, subject, measure
"""
# Classes, totals and the three public expenses; 款, 项 and economic classes are in the view.
PLANNED = """
select {columns} from mart.budget_against_account {of_this_kind} and basis in ('total', 'class', 'three_public')
    and budget_document_id is not null
order by department, document_id, array_position(array['total', 'class', 'three_public'], basis), key
"""
EXECUTED = """
select {columns} from mart.execution_ranking {of_this_kind} and metric = any (%(metrics)s)
order by rank nulls last, department, document_id
"""
# What was planned for a metric is called `budget_` and its key.
PLAN_CHANGED = """
select {columns} from mart.year_over_year {of_this_kind}
    and metric in (select 'budget_' || asked from unnest(%(metrics)s::text[]) as asked)
order by metric, department, document_id
"""
PROJECTS = """
select {columns} from mart.budget_project {of_this_kind} and project is not null
order by department, document_id, total_wan desc nulls last, project
"""
PERFORMED = "select {columns} from mart.performance_comparison {of_this_kind} order by average_score desc, document_id"
QUALITY = """
select {columns} from mart.disclosure {of_this_kind} and is_current
    and kind in (select kind from mart.metric where metric = any (%(metrics)s))
order by checks_broken desc, checks_undetermined desc, doubts desc, department, document_id
"""
TREND = """
select {columns} from mart.year_over_year
where department_id = %(department_id)s and metric = any (%(metrics)s)
order by scope, array_position(%(metrics)s, metric), fiscal_year, document_id
"""


def compare(connection: Connection, asked: Question) -> Comparison:
    """Raises NothingToCompare where there is no document of the level and scope asked for."""
    bodies = _fetch(connection, BODIES, Body, asked)
    if not bodies:
        everywhere = _fetch(connection, BODIES, Body, Question(asked.kind, asked.fiscal_year, ()))
        raise nothing_at(
            asked,
            sorted(
                {f"{body.jurisdiction_level or 'unknown level'}/{body.scope or 'unknown scope'}" for body in everywhere}
            ),
        )
    return _compared(connection, asked, bodies)


def trend(
    connection: Connection, department: Department, metrics: tuple[Metric, ...], with_said: bool = False
) -> Trend:
    """All years of the department's current documents, of every scope."""
    values = {
        "department_id": department.department_id,
        "metrics": [metric.metric for metric in metrics],
        "measures": list(MEASURES),
    }
    said = _rows(connection, SAID_BY_DEPARTMENT, SaidRow, values) if with_said else ()
    return Trend(department, metrics, _rows(connection, TREND, ChangeRow, values), said)


def overview(connection: Connection, asked: Question) -> Overview:
    """All rows of the comparison page. They agree if `connection` is a snapshot."""
    three_public = Question(asked.kind, asked.fiscal_year, chosen_metrics(connection, THREE_PUBLIC))
    return Overview(
        compare(connection, asked),
        _compared(
            connection, three_public, _fetch(connection, BODIES, Body, three_public)
        ),  # none where none has accounts
        _fetch(connection, CHANGED, ChangeRow, asked),
        _fetch(connection, SAID, SaidRow, asked),
        _fetch(connection, PERFORMED, PerformanceRow, asked),
        _fetch(connection, QUALITY, QualityRow, asked),
        Budgets(
            _fetch(connection, PLANNED, PlanRow, asked),
            _fetch(connection, EXECUTED, ExecutionRow, asked),
            _fetch(connection, PLAN_CHANGED, ChangeRow, asked),
            _fetch(connection, PROJECTS, ProjectRow, asked),
        ),
    )


def _compared(connection: Connection, asked: Question, bodies: tuple[Body, ...]) -> Comparison:
    rows = _fetch(connection, COMPARED, ComparedRow, asked)
    unread = _fetch(connection, UNREAD, UnreadRow, asked)
    return Comparison(asked.kind, asked.fiscal_year, asked.metrics, bodies, rows, unread)


def _fetch(connection: Connection, query: str, row: type[Row], asked: Question) -> tuple[Row, ...]:
    return _rows(
        connection,
        query,
        row,
        {
            "kind": asked.kind,
            "fiscal_year": asked.fiscal_year,
            "level": asked.level,
            "scope": asked.scope,
            "metrics": [metric.metric for metric in asked.metrics],
            "measures": list(MEASURES),
        },
    )


def _rows(connection: Connection, query: str, row: type[Row], values: dict[str, Any]) -> tuple[Row, ...]:
    columns = ", ".join(field.name for field in fields(row))
    cursor = connection.cursor(row_factory=class_row(row))
    return tuple(
        cursor.execute(query.format(columns=columns, of_this_kind=OF_THIS_KIND, attachment=ATTACHMENT), values)
    )

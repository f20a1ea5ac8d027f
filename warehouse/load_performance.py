"""Copies the self-evaluation forms of a parse, numbered as they are printed, with their rows."""

from collections.abc import Iterable, Iterator

from psycopg import Connection

from warehouse.load_subjects import Subjects
from warehouse.records import Indicator, PerformanceProject

PROJECT_COLUMNS = (
    "parse_id, form_no, functional_subject_id, project, kind, competent_department, implementing_unit, fiscal_year,"
    " initial_budget, adjusted_budget, executed, execution_rate_pct, execution_weight, execution_score, total_score,"
    " grade, target_text, actual_text, is_whole, page, line_no"
)
FUND_COLUMNS = "parse_id, form_no, fund_no, source, initial_budget, adjusted_budget, executed"
MANAGEMENT_COLUMNS = "parse_id, form_no, item_no, item, weight, score"
INDICATOR_COLUMNS = (
    "parse_id, form_no, seq, level1, level2, level3, target, actual, weight, score, deviation_pct, reason,"
    " target_operator, target_value, target_unit, actual_value, status, repair_reason, page, line_no"
)


def copy_projects(
    connection: Connection, parse_id: int, projects: tuple[PerformanceProject, ...], functional: Subjects
) -> None:
    forms = [((parse_id, number), project) for number, project in enumerate(projects, start=1)]
    subjects = ((form, functional.get(project.functional_code), project) for form, project in forms)
    rows = ((*form, subject, *_evaluated(project)) for form, subject, project in subjects)
    _copy(connection, "performance_project", PROJECT_COLUMNS, rows)
    _copy(connection, "performance_fund", FUND_COLUMNS, _funds(forms))
    _copy(connection, "performance_management", MANAGEMENT_COLUMNS, _management(forms))
    rows = ((*form, *_measured(indicator)) for form, project in forms for indicator in project.indicators)
    _copy(connection, "performance_indicator", INDICATOR_COLUMNS, rows)


def _copy(connection: Connection, table: str, columns: str, rows: Iterable[tuple]) -> None:
    with connection.cursor().copy(f"copy warehouse.{table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _funds(forms: list[tuple[tuple[int, int], PerformanceProject]]) -> Iterator[tuple]:
    for form, project in forms:
        for number, fund in enumerate(project.funds, start=1):
            yield (*form, number, fund.source, fund.initial_budget, fund.adjusted_budget, fund.executed)


def _management(forms: list[tuple[tuple[int, int], PerformanceProject]]) -> Iterator[tuple]:
    for form, project in forms:
        for number, managed in enumerate(project.management, start=1):
            yield (*form, number, managed.item, managed.weight, managed.score)


def _evaluated(project: PerformanceProject) -> tuple:
    return (
        project.project,
        project.kind,
        project.competent_department,
        project.implementing_unit,
        project.fiscal_year,
        project.initial_budget,
        project.adjusted_budget,
        project.executed,
        project.execution_rate_pct,
        project.execution_weight,
        project.execution_score,
        project.total_score,
        project.grade,
        project.target_text,
        project.actual_text,
        project.is_whole,
        project.page,
        project.line_no,
    )


def _measured(indicator: Indicator) -> tuple:
    return (
        indicator.seq,
        indicator.level1,
        indicator.level2,
        indicator.level3,
        indicator.target,
        indicator.actual,
        indicator.weight,
        indicator.score,
        indicator.deviation_pct,
        indicator.reason,
        indicator.target_operator,
        indicator.target_value,
        indicator.target_unit,
        indicator.actual_value,
        indicator.status,
        indicator.repair_reason,
        indicator.page,
        indicator.line_no,
    )

"""The rows of a parse's self-evaluation forms, numbered as they are printed."""

from collections.abc import Iterator

from psycopg.rows import TupleRow

from warehouse.load.subjects import Subjects
from warehouse.records.reading import Indicator, PerformanceProject

Projects = tuple[PerformanceProject, ...]
PROJECT_COLUMNS = (
    "parse_id, form_no, functional_subject_id, project, kind, competent_department, implementing_unit, fiscal_year,"
    " initial_budget, adjusted_budget, executed, execution_rate_pct, execution_weight, execution_score, total_score,"
    " grade, target_text, actual_text, is_whole, page, line_no"
)
FUND_COLUMNS = "parse_id, form_no, fund_no, source, initial_budget, adjusted_budget, executed"
MANAGEMENT_COLUMNS = "parse_id, form_no, item_no, item, weight, score"
INDICATOR_COLUMNS = (
    "parse_id, form_no, seq, level1, level2, level3, target, actual, weight, score, deviation_pct, reason,"
    " target_operator, target_value, target_unit, actual_value, status, repair_reason, page, line_no, is_met"
)


def project_rows(parse_id: int, projects: Projects, functional: Subjects) -> Iterator[TupleRow]:
    for number, project in enumerate(projects, start=1):
        yield (parse_id, number, functional.get(project.functional_code), *_evaluated(project))


def fund_rows(parse_id: int, projects: Projects) -> Iterator[TupleRow]:
    for form_no, project in enumerate(projects, start=1):
        for number, fund in enumerate(project.funds, start=1):
            yield (parse_id, form_no, number, fund.source, fund.initial_budget, fund.adjusted_budget, fund.executed)


def management_rows(parse_id: int, projects: Projects) -> Iterator[TupleRow]:
    for form_no, project in enumerate(projects, start=1):
        for number, managed in enumerate(project.management, start=1):
            yield (parse_id, form_no, number, managed.item, managed.weight, managed.score)


def indicator_rows(parse_id: int, projects: Projects) -> Iterator[TupleRow]:
    for form_no, project in enumerate(projects, start=1):
        for indicator in project.indicators:
            yield (parse_id, form_no, *_measured(indicator))


def _evaluated(project: PerformanceProject) -> TupleRow:
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


def _measured(indicator: Indicator) -> TupleRow:
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
        indicator.is_met,
    )

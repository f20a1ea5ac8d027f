"""The rows of a parse for its self-evaluation forms, numbered in the order in which they are printed."""

from collections.abc import Iterator

from psycopg.rows import TupleRow

from warehouse.load.fields import fields_of
from warehouse.load.subjects import Subjects
from warehouse.records.reading import Indicator, PerformanceFund, PerformanceManagement, PerformanceProject

Projects = tuple[PerformanceProject, ...]
PROJECT = fields_of(PerformanceProject, without=("functional_code", "funds", "management", "indicators"))
FUND = fields_of(PerformanceFund)
MANAGEMENT = fields_of(PerformanceManagement)
INDICATOR = fields_of(Indicator)
PROJECT_COLUMNS = f"parse_id, form_no, functional_subject_id, {PROJECT.columns}"
FUND_COLUMNS = f"parse_id, form_no, fund_no, {FUND.columns}"
MANAGEMENT_COLUMNS = f"parse_id, form_no, item_no, {MANAGEMENT.columns}"
INDICATOR_COLUMNS = f"parse_id, form_no, {INDICATOR.columns}"


def project_rows(parse_id: int, projects: Projects, functional: Subjects) -> Iterator[TupleRow]:
    for number, project in enumerate(projects, start=1):
        yield (parse_id, number, functional.get(project.functional_code), *PROJECT.values(project))


def fund_rows(parse_id: int, projects: Projects) -> Iterator[TupleRow]:
    for form_no, project in enumerate(projects, start=1):
        for number, fund in enumerate(project.funds, start=1):
            yield (parse_id, form_no, number, *FUND.values(fund))


def management_rows(parse_id: int, projects: Projects) -> Iterator[TupleRow]:
    for form_no, project in enumerate(projects, start=1):
        for number, managed in enumerate(project.management, start=1):
            yield (parse_id, form_no, number, *MANAGEMENT.values(managed))


def indicator_rows(parse_id: int, projects: Projects) -> Iterator[TupleRow]:
    for form_no, project in enumerate(projects, start=1):
        for indicator in project.indicators:
            yield (parse_id, form_no, *INDICATOR.values(indicator))

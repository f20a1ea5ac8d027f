"""Copies what a parse says beside its tables: the narrative's figures and the results of the identities."""

from psycopg import Connection

from warehouse.load_subjects import Subjects
from warehouse.records import CheckResult, StatedFigure

STATED_COLUMNS = (
    "parse_id, functional_subject_id, kind, subject, measure, value, unit, text, printed, status, repair_reason,"
    " page, line_no, half_unit"
)
CHECK_COLUMNS = (
    "parse_id, check_no, rule_id, rule, table_code, row_key, measure, left_value, right_value, difference, envelope,"
    " unit, outcome, explanation, cells, also_fits, page"
)


def copy_stated(connection: Connection, parse_id: int, stated: tuple[StatedFigure, ...], functional: Subjects) -> None:
    with connection.cursor().copy(f"copy warehouse.stated_figure ({STATED_COLUMNS}) from stdin") as copy:
        for figure in stated:
            copy.write_row((parse_id, functional.get(figure.functional_code), *_said(figure)))


def copy_checks(connection: Connection, parse_id: int, checks: tuple[CheckResult, ...]) -> None:
    with connection.cursor().copy(f"copy warehouse.check_result ({CHECK_COLUMNS}) from stdin") as copy:
        for number, check in enumerate(checks, start=1):
            copy.write_row((parse_id, number, *_held(check)))


def _said(figure: StatedFigure) -> tuple:
    return (
        figure.kind,
        figure.subject,
        figure.measure,
        figure.value,
        figure.unit,
        figure.text,
        figure.printed,
        figure.status,
        figure.repair_reason,
        figure.page,
        figure.line_no,
        figure.half_unit,
    )


def _held(check: CheckResult) -> tuple:
    return (
        check.rule_id,
        check.rule,
        check.table_code,
        check.row_key,
        check.measure,
        check.left,
        check.right,
        check.difference,
        check.envelope,
        check.unit,
        check.outcome,
        check.explanation,
        list(check.cells),
        check.also_fits,
        check.page,
    )

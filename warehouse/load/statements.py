"""The rows of what a parse says beside its tables: the narrative's figures and the results of the identities."""

from collections.abc import Iterator

from psycopg.rows import TupleRow

from warehouse.load.subjects import Subjects
from warehouse.records.reading import CheckResult, StatedFigure

STATED_COLUMNS = (
    "parse_id, functional_subject_id, kind, subject, measure, value, unit, text, printed, status, repair_reason,"
    " page, line_no, half_unit"
)
CHECK_COLUMNS = (
    "parse_id, check_no, rule_id, rule, table_code, row_key, measure, left_value, right_value, difference, envelope,"
    " unit, outcome, explanation, cells, also_fits, page"
)


def stated_rows(parse_id: int, stated: tuple[StatedFigure, ...], functional: Subjects) -> Iterator[TupleRow]:
    return ((parse_id, functional.get(figure.functional_code), *_said(figure)) for figure in stated)


def check_rows(parse_id: int, checks: tuple[CheckResult, ...]) -> Iterator[TupleRow]:
    return ((parse_id, number, *_held(check)) for number, check in enumerate(checks, start=1))


def _said(figure: StatedFigure) -> TupleRow:
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


def _held(check: CheckResult) -> TupleRow:
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

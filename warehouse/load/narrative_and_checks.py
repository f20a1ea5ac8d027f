"""The rows of a parse for what is stated of figures, bodies, units and staff, and for the results of the identities."""

from collections.abc import Iterator

from psycopg.rows import TupleRow

from warehouse.load.fields import fields_of
from warehouse.load.subjects import Subjects
from warehouse.records.reading import BodyFact, CheckResult, DepartmentUnit, StatedFigure
from warehouse.records.successions import StatedSuccession

STATED = fields_of(StatedFigure, without=("functional_code",))
CHECK = fields_of(CheckResult, renamed={"left": "left_value", "right": "right_value"}, of_place=("page", "file_no"))
UNIT = fields_of(DepartmentUnit)
FACT = fields_of(BodyFact)
SUCCESSION = fields_of(StatedSuccession)
STATED_COLUMNS = f"parse_id, functional_subject_id, {STATED.columns}"
UNIT_COLUMNS = f"parse_id, {UNIT.columns}"
FACT_COLUMNS = f"parse_id, {FACT.columns}"
CHECK_COLUMNS = f"parse_id, check_no, {CHECK.columns}"
SUCCESSION_COLUMNS = f"parse_id, succession_no, {SUCCESSION.columns}"


def stated_rows(parse_id: int, stated: tuple[StatedFigure, ...], functional: Subjects) -> Iterator[TupleRow]:
    return ((parse_id, functional.get(figure.functional_code), *STATED.values(figure)) for figure in stated)


def unit_rows(parse_id: int, units: tuple[DepartmentUnit, ...]) -> Iterator[TupleRow]:
    return ((parse_id, *UNIT.values(unit)) for unit in units)


def fact_rows(parse_id: int, facts: tuple[BodyFact, ...]) -> Iterator[TupleRow]:
    return ((parse_id, *FACT.values(fact)) for fact in facts)


def check_rows(parse_id: int, checks: tuple[CheckResult, ...]) -> Iterator[TupleRow]:
    return ((parse_id, number, *CHECK.values(check)) for number, check in enumerate(checks, start=1))


def succession_rows(parse_id: int, successions: tuple[StatedSuccession, ...]) -> Iterator[TupleRow]:
    return ((parse_id, number, *SUCCESSION.values(one)) for number, one in enumerate(successions, start=1))

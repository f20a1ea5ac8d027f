"""Rows that a publisher leaves out as secret: what is printed below a row adds up to less than the row says.

Bodies of public security and petitions print a 类 or 款 whole and leave out some of what it takes in. That is told from
a mistake, and from a row that was lost in reading, by what holds everywhere else: the same is missing in every table
that prints the row, nothing exceeds its sum, and no other sum of these tables is off or open.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.checks.document_cells import CellKey
from ingest.checks.figures import ZERO, DocumentFigures
from ingest.checks.sentences import number
from ingest.checks.undetermined import why_open
from warehouse.records.reading import CheckOutcome, CheckResult

LEAST_TABLES = 2  # one table alone does not tell a row that was left out from one that was lost
OFF = (CheckOutcome.BROKEN, CheckOutcome.UNDETERMINED)


def with_withheld_rows(results: Iterable[CheckResult], doc: DocumentFigures) -> Iterator[CheckResult]:
    """The results; broken ones that only show that rows were left out say so."""
    every = list(results)
    places = {(rule.id, rule.table) for rule in doc.printed.kind.rules if rule.may_be_withheld}
    sums = [one for one in every if (one.rule_id, one.table_code) in places and one.difference is not None]
    gaps = _gaps([one for one in sums if _is_of_codes(one, doc)], every, doc)
    for one in every:
        is_short = one in sums and _is_short(one, doc)
        yield _withheld(one) if is_short and _is_explained(one, gaps, doc) else one


def _is_short(one: CheckResult, doc: DocumentFigures) -> bool:
    """Broken, or open for the only reason that all parts are blank in this column: all of it may be left out."""
    if one.outcome is not CheckOutcome.UNDETERMINED or one.difference is None:
        return one.outcome is CheckOutcome.BROKEN
    cells = [_cell(text) for text in one.cells]
    return one.right == 0 < one.difference and all(key in doc.cells for key in cells) and not why_open(cells, doc)


def _gaps(sums: Sequence[CheckResult], every: Sequence[CheckResult], doc: DocumentFigures) -> dict[str, CheckResult]:
    """Row → one of its sums, which says how much is left out. Nothing where any other sum of these tables is off."""
    rows = dict.fromkeys(one.row_key for one in sums if one.row_key and one.outcome is CheckOutcome.BROKEN)
    gaps = {row: gap for row in rows if (gap := _gap([one for one in sums if one.row_key == row], doc))}
    tables = {one.table_code for one in sums if one.row_key in gaps}
    explained = [one for one in sums if one.row_key in gaps and _is_short(one, doc)]
    others = [one for one in every if one.outcome in OFF and one not in explained]
    return {} if any(_is_about(one, tables, gaps) for one in others) else gaps


def _gap(sums: Sequence[CheckResult], doc: DocumentFigures) -> CheckResult | None:
    """What is left out of one row, if all its tables say the same of it."""
    totals = [one for one in sums if one.measure == _total_measure(one, doc)]
    first = next((one for one in totals if one.outcome is CheckOutcome.BROKEN), None)
    if first is None or _difference(first) < 0 or _is_stated(first, doc):
        return None
    of_same_row = [one for one in totals if _is_same(one.left, first.left, one, first)]
    if len(of_same_row) < LEAST_TABLES or not all(_misses_the_same(one, first) for one in of_same_row):
        return None
    parts = [one for one in sums if _is_short(one, doc)]
    return first if all(_is_part(one, first) and _agrees(one, sums) for one in parts) else None


def _is_part(one: CheckResult, whole: CheckResult) -> bool:
    """No more is missing of one column than of all."""
    return 0 < _difference(one) <= _difference(whole) + _envelope(one) + _envelope(whole)


def _agrees(one: CheckResult, sums: Sequence[CheckResult]) -> bool:
    """With the same column of the other tables."""
    same = [other for other in sums if other.measure == one.measure and _is_same(other.left, one.left, other, one)]
    return all(_misses_the_same(one, other) for other in same)


def _misses_the_same(one: CheckResult, other: CheckResult) -> bool:
    return _is_same(one.difference, other.difference, one, other)


def _is_same(value: Decimal | None, other: Decimal | None, of_one: CheckResult, of_other: CheckResult) -> bool:
    within = _envelope(of_one) + _envelope(of_other)
    return value is not None and other is not None and abs(value - other) <= within


def _difference(one: CheckResult) -> Decimal:
    return one.difference or ZERO


def _envelope(one: CheckResult) -> Decimal:
    return one.envelope or ZERO


def _is_of_codes(one: CheckResult, doc: DocumentFigures) -> bool:
    return doc.printed.kind.table(one.table_code or "").key == "functional_code"


def _total_measure(one: CheckResult, doc: DocumentFigures) -> str:
    return doc.printed.kind.table(one.table_code or "").total_measure


def _is_stated(one: CheckResult, doc: DocumentFigures) -> bool:
    """What is missing is a figure of the narrative: it is no secret, and may have been lost in the tables."""
    figures = (figure.value for row in doc.stated.values() for figure in row.values())
    return any(value is not None and abs(value - _difference(one)) <= _envelope(one) for value in figures)


def _is_about(one: CheckResult, tables: set[str | None], rows: Iterable[str]) -> bool:
    """Whether a result holds only cells of one of the tables, or one of the rows in them."""
    cells: list[CellKey] = [_cell(text) for text in one.cells]
    within = {table for table, _, _ in cells} == {one.table_code} and one.table_code in tables
    return within or any(table in tables and row in rows for table, row, _ in cells)


def _cell(text: str) -> CellKey:
    table, _, rest = text.partition("/")
    row, _, measure = rest.rpartition("/")
    return table, row, measure


def _is_explained(one: CheckResult, gaps: dict[str, CheckResult], doc: DocumentFigures) -> bool:
    """A sum of the tables with codes by its row; one of names by the same row total and the same gap."""
    if _is_of_codes(one, doc):
        return one.row_key in gaps
    return any(_is_same(one.left, gap.left, one, gap) and _misses_the_same(one, gap) for gap in gaps.values())


def _withheld(one: CheckResult) -> CheckResult:
    said = one.explanation.partition("，超出四舍五入")[0]
    missing = f"各表均少列 {number(_difference(one), one.unit)} {one.unit}，其余各类相符"
    said = f"{said}：{missing}，下级有未公开的项（如涉密），不作差错，也不补数"
    return replace(one, outcome=CheckOutcome.WITHHELD, explanation=said, also_fits=None)

"""Items, balances and totals of the lists of a table with sides.

Forms number their items in ways that do not tell which row takes in which: a list may begin with a row over all
others, or print parts below a row without a mark. Where the rows as they are declared do not add up, the figures are
asked: each row is an item of its own, or the sum of the rows that follow it.
"""

from collections.abc import Iterator, Sequence

from ingest.checks.document_cells import Sum
from ingest.checks.figures import DocumentFigures
from ingest.checks.instances import Instance
from ingest.checks.judge import judge, undecided
from ingest.checks.outermost import outermost
from ingest.checks.printed_lists import INCOME, PrintedList, printed_lists
from ingest.checks.rows_of_sides import is_known
from warehouse.kinds.checks import Rule
from warehouse.records.reading import CheckOutcome, CheckResult


def list_sum(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """Σ items = 本年合计, without such a row Σ items and balances = 总计; Σ details = their row."""
    for one in printed_lists(doc.printed.kind.table(rule.table), doc):
        total = one.sum_of_items or one.whole
        if total and one.items:
            parts = one.items if one.sum_of_items else (*one.items, *one.balances)
            yield from _added(rule, one, total, [row for row in parts if not one.is_detail(row, doc)], parts, doc)
        for row in one.rows:
            details = one.details_of(row)
            if details and not any(one.is_of_which(detail, doc) for detail in details):
                yield from _added(rule, one, row, details, details, doc)


def list_balance(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """总计 = 本年合计 + balances."""
    for one in printed_lists(doc.printed.kind.table(rule.table), doc):
        if one.whole in one.rows and one.sum_of_items:
            balances = [row for row in one.balances if not one.is_detail(row, doc)]
            every = (one.sum_of_items, *one.balances)
            yield from _added(rule, one, one.whole, [one.sum_of_items, *balances], every, doc)


def lists_agree(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """总计 of the income = 总计 of every other list."""
    lists = [one for one in printed_lists(doc.printed.kind.table(rule.table), doc) if one.whole in one.rows]
    income = next((_whole(one, doc) for one in lists if one.name == INCOME), None)
    for left in (_whole(one, doc) for one in lists if one.name != INCOME):
        if income and left and (result := judge(Instance(rule, left[0][1], left, (income,)), doc)):
            yield result


def _whole(one: PrintedList, doc: DocumentFigures) -> Sum:
    measures = one.measures(one.whole or "", doc)
    return ((1, one.key(one.whole or "", measures[0])),) if measures else ()


def _added(
    rule: Rule, one: PrintedList, total: str, top: Sequence[str], every: Sequence[str], doc: DocumentFigures
) -> Iterator[CheckResult]:
    """`top` are the rows that no other row takes in, as they are declared; `every` those and what they take in."""
    for measure in one.measures(total, doc):
        key = one.key(total, measure)
        is_detailed = top is every  # the details of one row
        if not top or (is_detailed and not doc.cells[key].is_printed):
            continue
        rights = [_sum(one, top, measure)]
        if told := outermost(key, [one.key(row, measure) for row in every if row != total], doc):
            rights.append(tuple((1, part) for part in told))
        short = frozenset(range(len(rights)) if is_detailed and one.lacks_details_of(total) else ())
        at = key if total in one.rows else one.key(f"{one.name}:{total.partition(':')[2]}", measure)
        if result := judge(Instance(rule, at, ((1, key),), tuple(rights), short=short), doc):
            yield _unless_unknown(result, one, every, measure, doc)


def _sum(one: PrintedList, rows: Sequence[str], measure: str) -> Sum:
    return tuple((1, one.key(row, measure)) for row in rows)


def _unless_unknown(
    result: CheckResult, one: PrintedList, rows: Sequence[str], measure: str, doc: DocumentFigures
) -> CheckResult:
    """A source of income that is not known may be part of another."""
    unknown = [row for row in rows if one.name == INCOME and not is_known(one.table, row)]
    figures = [row for row in unknown if doc.value(one.table.code, row, measure)]
    if result.outcome is CheckOutcome.BROKEN and figures:
        return undecided(result, f"“{figures[0].partition(':')[2]}”一行不知归属")
    return result

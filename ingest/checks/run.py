"""All identities against one document. A pure function: nothing is read, nothing is changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.checks.column_sums import column_sum
from ingest.checks.figures import DocumentFigures, figures_of
from ingest.checks.instances import EXPAND
from ingest.checks.judge import judge, unknown_need
from ingest.checks.level_sums import level_sum, levels_told
from ingest.checks.list_sums import list_balance, list_sum, lists_agree
from ingest.checks.narrative_lists import listed_items, same_direction, without_code
from ingest.checks.ratios import ratio, zero_base
from ingest.checks.self_evaluation import (
    claimed_forms,
    idle_but_praised,
    limit_kept,
    score_within_weight,
    sentence_of_forms,
    unmet_full_score,
)
from ingest.checks.withheld import with_withheld_rows
from warehouse.kinds.checks import Rule, order_of
from warehouse.kinds.kind import DocumentKind
from warehouse.records.reading import (
    Amount,
    CheckOutcome,
    CheckResult,
    PerformanceProject,
    Profile,
    StatedFigure,
    TableFound,
    TableStatus,
)

BEYOND_SUMS: dict[str, Callable[[Rule, DocumentFigures], Iterator[CheckResult]]] = {
    "column_sum": column_sum,
    "level_sum": level_sum,
    "list_sum": list_sum,
    "list_balance": list_balance,
    "lists_agree": lists_agree,
    "without_code": without_code,
    "ratio": ratio,
    "zero_base": zero_base,
    "same_direction": same_direction,
    "listed_items": listed_items,
    "score_within_weight": score_within_weight,
    "unmet_full_score": unmet_full_score,
    "claimed_forms": claimed_forms,
    "limit_kept": limit_kept,
    "idle_but_praised": idle_but_praised,
    "sentence_of_forms": sentence_of_forms,
}


def run_checks(
    kind: DocumentKind,
    tables: Sequence[TableFound],
    amounts: Sequence[Amount],
    stated: Sequence[StatedFigure] = (),
    projects: Sequence[PerformanceProject] = (),
    profile: Profile | None = None,
) -> tuple[CheckResult, ...]:
    """Every instance of every identity, in the order of the declarations; never two for one place."""
    doc = figures_of(kind, tables, amounts, stated, projects)
    results: dict[tuple[str | None, ...], CheckResult] = {}
    for rule in kind.rules:
        for result in _results(rule, doc):
            results.setdefault((result.rule_id, result.table_code, result.row_key, result.measure), result)
    for result in _unanswered(doc, results.values()):
        results[result.rule_id, result.table_code, None, None] = result
    return tuple(sorted(with_withheld_rows(results.values(), doc), key=lambda result: order_of(result.rule_id)))


def _results(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    if rule.kind in BEYOND_SUMS:
        yield from BEYOND_SUMS[rule.kind](rule, doc)
    else:
        yield from filter(
            None, (judge(levels_told(instance, doc), doc) for instance in EXPAND[rule.kind](rule, doc.printed))
        )


def _unanswered(doc: DocumentFigures, results: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """One per rule that found nothing to compare: not applicable, or undetermined where a row of an unknown name may
    be what it needs."""
    answered = {result.rule_id for result in results}
    unanswered: dict[str, list[Rule]] = {}
    for rule in doc.printed.kind.rules:
        if rule.id not in answered:
            unanswered.setdefault(rule.id, []).append(rule)
    for rules in unanswered.values():
        rule, says, table = rules[0], rules[0].says, _table(rules[0], doc.printed.kind)
        unknown = next(filter(None, (unknown_need(one, doc) for one in rules)), None)
        yield CheckResult(
            rule_id=rule.id,
            rule=says,
            outcome=CheckOutcome.UNDETERMINED if unknown else CheckOutcome.NOT_APPLICABLE,
            explanation=f"{unknown}，无法核对“{says}”" if unknown else f"{_why(rule, table, doc)}，“{says}”不适用",
            table_code=table,
        )


def _table(rule: Rule, kind: DocumentKind) -> str | None:
    tables = [rule.table, *rule.over, *(slot[0].table for slot in rule.left)]
    return next(filter(kind.has, tables), None)


_REASONS = {
    TableStatus.ABSENT: "文件中没有{table}",
    TableStatus.EMPTY_WITH_STATEMENT: "{table}声明无数据",
    TableStatus.BLANK: "{table}为空表",
}


def _why(rule: Rule, table: str | None, doc: DocumentFigures) -> str:
    if table is None:
        return f"{rule.family.where}没有可比的数字"
    status = doc.found[table].status if table in doc.found else TableStatus.ABSENT
    shown = doc.printed.kind.table(table).number_or_name
    return _REASONS.get(status, "{table}没有此项规则所说的数字").format(table=shown)

"""Rules over self-evaluation forms that are more than a sum: what is claimed against what was done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from ingest.checks.document_cells import CellKey, Sum
from ingest.checks.figures import ZERO, DocumentFigures
from ingest.checks.instances import Instance
from ingest.checks.judge import judge
from ingest.checks.precision import WIDE
from ingest.checks.sentences import name, number, table_name
from ingest.checks.words import Said, words_of
from ingest.values.rounding import OF_TWO_PARTS
from warehouse.kinds.characters import comparable
from warehouse.kinds.checks import Rule
from warehouse.records.places import Place
from warehouse.records.reading import CheckOutcome, CheckResult, Indicator, PerformanceProject, StatedFigure

HUNDRED = Decimal(100)
THOUSAND = Decimal(1000)
MOST_FORMS = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """A line of a form; `measure` is how a result names it."""

    measure: str
    called: str
    weight: Decimal
    score: Decimal


def _forms(rule: Rule, doc: DocumentFigures) -> Iterator[tuple[str, str, PerformanceProject]]:
    for (table, row), project in doc.projects.items():
        if table in rule.over and project.is_whole:
            yield table, row, project


def _said(
    rule: Rule, row: str, measure: str | None, holds: bool, text: str, place: Place, **figures: Any
) -> CheckResult:
    outcome = CheckOutcome.EXACT if holds else CheckOutcome.BROKEN
    remark = "（仅为提示，不一定是差错）" if rule.is_warning and not holds else ""
    return CheckResult(rule.id, rule.says, outcome, text + remark, row_key=row, measure=measure, place=place, **figures)


def score_within_weight(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """One result per form that holds, and one per line that scores more than it weighs."""
    for _, row, project in _forms(rule, doc):
        known = list(_scored(project))
        above = [line for line in known if line.score > line.weight]
        for line in above:
            text = f"“{row}”“{line.called}”得分 {number(line.score)} 超过权重 {number(line.weight)}"
            points = {"left": line.score, "right": line.weight, "difference": line.score - line.weight, "unit": "分"}
            yield _said(rule, row, line.measure, False, text, project.place, **points)
        if known and not above:
            yield _said(rule, row, None, True, f"“{row}”{len(known)} 项得分均不超过权重", project.place, unit="分")


def _scored(project: PerformanceProject) -> Iterator[Scored]:
    """Those of which weight and score are known."""
    for item in project.management:
        if item.weight is not None and item.score is not None:
            yield Scored(item.item, item.item, item.weight, item.score)
    for one in project.indicators:
        if one.weight is not None and one.score is not None:
            measure = f"indicator:{one.seq}"
            yield Scored(measure, one.level3 or measure, one.weight, one.score)


def unmet_full_score(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """One result per form that holds, and one per indicator that missed its target with a full score."""
    for _, row, project in _forms(rule, doc):
        judged = [one for one in project.indicators if one.is_met is not None]
        unmet = [(one, one.weight) for one in judged if not one.is_met and one.weight and one.score == one.weight]
        for one, points in unmet:
            text = f"“{row}”指标“{one.level3 or one.level2}”目标 {one.target}、实际 {one.actual}，未完成而得满分 "
            figures = {"left": one.score, "right": points, "unit": "分"}
            yield _said(rule, row, f"indicator:{one.seq}", False, text + number(points), one.place, **figures)
        if judged and not unmet:
            text = f"“{row}”可比的 {len(judged)} 项指标中没有未完成而得满分的"
            yield _said(rule, row, None, True, text, project.place)


def claimed_forms(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """The forms add up to what the narrative says was self-evaluated, if there is a form for each project."""
    forms = [name for table, name in doc.projects if table == "form"]
    claimed, amounts = doc.printed.resolved(rule.count, {}), doc.printed.resolved(rule.left, {})
    if not (claimed and amounts) or doc.value(*claimed[0][1]) != len(forms) or doc.value(*amounts[0][1]) is None:
        return
    sums = (doc.printed.resolved(side, {}) for side in rule.right)
    complete = tuple(side for side in sums if len(side) == len(forms))
    if complete:
        amount = amounts[0][1]
        called = replace(rule, sum_of=f"{len(forms)} 张自评表金额之和")
        if result := judge(Instance(called, amount, amounts, complete), doc):
            yield replace(result, also_fits=_and_what_is_meant(result, rule, amount, doc))


def _and_what_is_meant(result: CheckResult, rule: Rule, amount: CellKey, doc: DocumentFigures) -> str | None:
    """Publishers put all project expenditure for the money of the forms."""
    for _, project in doc.printed.resolved(rule.taken_for, {}):
        if result.outcome is CheckOutcome.BROKEN and doc.value(*project) == doc.value(*amount):
            meant = f"{name(amount, doc)}与{name(project, doc)}相同，即以全部项目支出为自评金额"
            return "；".join(filter(None, (meant, _round_remainder(project, doc))))
    return result.also_fits


def _round_remainder(project: CellKey, doc: DocumentFigures) -> str | None:
    """A 项 less some forms leaves a round sum for the largest form, which says another."""
    spent = {row: value for _, row in doc.projects if (value := doc.value("form", row, "executed"))}
    largest = max(spent, key=spent.__getitem__, default="")
    others = [row for row in spent if row != largest]
    table, _, measure = project
    for subject in (row for row in doc.printed.rows.get(table, {}) if len(row) == 7 and row.isdigit()):
        amount = doc.value(table, subject, measure) or ZERO
        if amount > spent.get(largest, amount):
            for some in (some for size in range(1, MOST_FORMS + 1) for some in combinations(others, size)):
                rest = amount - sum(spent[row] for row in some)
                if rest > spent[largest] and abs(rest - round(rest / THOUSAND) * THOUSAND) <= OF_TWO_PARTS:
                    less = "、".join(f"“{row}”" for row in some)
                    return (
                        f"{name((table, subject, measure), doc)} {number(amount, '万元')} 减去{less}恰余 "
                        f"{number(Decimal(round(rest)), '万元')}，而“{largest}”自评表执行数为 "
                        f"{number(spent[largest], '万元')}"
                    )
    return None


def limit_kept(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """A rate above 100 % of an item that the table shows within its budget, or the reverse."""
    finals, budgets = doc.printed.resolved(rule.part, {}), doc.printed.resolved(rule.base[0], {})
    if not (finals and budgets):
        return
    cells = (finals[0][1], budgets[0][1])
    final, budget = (doc.value(*key) for key in cells)
    if final is None or not budget:
        return
    for _, row, project in _forms(rule, doc):
        for one in project.indicators:
            words = comparable(one.level3 or "")
            if all(word in words for word in rule.naming) and one.actual_value is not None:
                yield _limit(rule, row, one, one.actual_value, final / budget * HUNDRED, cells, doc)


def _limit(
    rule: Rule,
    row: str,
    one: Indicator,
    actual: Decimal,
    rate: Decimal,
    cells: tuple[CellKey, CellKey],
    doc: DocumentFigures,
) -> CheckResult:
    shown = rate.quantize(Decimal("0.01"), context=WIDE)
    table = table_name(cells[0][0], doc.printed.kind)
    holds = (actual > HUNDRED) == (shown > HUNDRED)
    text = f"“{row}”指标“{one.level3}”实际 {one.actual}，按{table}决算数 ÷ 预算数为 {number(shown, '%')}%，" + (
        "同在限额之内或之外" if holds else "一处超过 100% 而另一处没有"
    )
    figures = {"left": actual, "right": shown, "difference": actual - shown, "unit": "%"}
    used = tuple(map("/".join, cells))
    return _said(rule, row, f"indicator:{one.seq}", holds, text, one.place, cells=used, **figures)


def idle_but_praised(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """Nothing was spent, and the project calls itself good."""
    for table, row, project in _forms(rule, doc):
        if project.execution_rate_pct == 0 and project.executed in (0, None) and project.total_score is not None:
            holds = project.total_score < rule.least
            text = f"“{row}”执行率为 0，自评总分 {number(project.total_score)}"
            figures = {"left": project.total_score, "right": rule.least, "unit": "分"}
            cells = (f"{table}/{row}/execution_rate_pct", f"{table}/{row}/total_score")
            yield _said(rule, row, "total_score", holds, text, project.place, cells=cells, **figures)


def sentence_of_forms(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """支出决算 34,780.62 万元,用于甲、乙及丙: the forms of these projects have to add up to it."""
    forms = {comparable(row): row for table, row in doc.projects if table == "form"}
    for row, figures in doc.stated.items():
        final = ("stated", row, "final")
        if final in doc.cells and (named := _forms_named(figures.values(), forms, words_of(doc.printed.kind).said)):
            parts = tuple((1, ("form", form, "executed")) for form in named)
            if all(key in doc.cells for _, key in parts):
                called = replace(rule, sum_of=f"所称{'、'.join(f'“{form}”' for form in named)}自评表执行数之和")
                result = judge(Instance(called, ("stated", row, "final"), ((1, final),), (parts,)), doc)
                yield from _with_the_gap(result, parts, doc)


def _forms_named(figures: Iterable[StatedFigure], forms: dict[str, str], said: Said) -> list[str]:
    """All projects of the sentence, if each has a form. A name may hold 、 or 及 itself."""
    for figure in figures:
        found = said.used_for.search(figure.printed or "")
        if found:
            names = [comparable(text) for text in said.between_names.split(found[1]) if text]
            if names and all(one in forms for one in names):
                return [forms[one] for one in names]
    return []


def _with_the_gap(result: CheckResult | None, parts: Sum, doc: DocumentFigures) -> Iterator[CheckResult]:
    if result is None:
        return
    if result.outcome is CheckOutcome.BROKEN:
        _, largest = max(parts, key=lambda part: doc.cell(part[1]).value or ZERO)
        wanted = (result.difference or ZERO) + (doc.cell(largest).value or ZERO)
        text = f"{name(largest, doc)}若为 {number(wanted, '万元')} 即相符（其余项目不变）"
        result = replace(result, also_fits=result.also_fits or text)
    yield result

"""Rules over self-evaluation forms that are more than a sum: what is claimed against what was done."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from ingest.checks.declarations import Rule
from ingest.checks.expand import Instance
from ingest.checks.figures import ZERO, Book
from ingest.checks.judge import judge
from ingest.checks.precision import WIDE
from ingest.checks.sentences import name, number
from ingest.checks.terms import CellKey
from ingest.values.characters import comparable
from warehouse.records.reading import CheckOutcome, CheckResult, Indicator, PerformanceProject

HUNDRED = Decimal(100)
THOUSAND = Decimal(1000)
HALF_CENT = Decimal("0.015")
MOST_FORMS = 3


def _forms(rule: Rule, book: Book) -> Iterator[tuple[str, str, PerformanceProject]]:
    for (table, row), project in book.projects.items():
        if table in rule.over and project.is_whole:
            yield table, row, project


def _said(
    rule: Rule, row: str, measure: str | None, holds: bool, text: str, page: int | None, **figures
) -> CheckResult:
    outcome = CheckOutcome.EXACT if holds else CheckOutcome.BROKEN
    remark = "（仅为提示，不一定是差错）" if rule.warning and not holds else ""
    return CheckResult(rule.id, rule.says, outcome, text + remark, row_key=row, measure=measure, page=page, **figures)


def score_within_weight(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """P3: one result per form that holds, and one per line that scores more than it weighs."""
    for _, row, project in _forms(rule, book):
        lines = [(item.item, item) for item in project.management]
        lines += [(f"indicator:{one.seq}", one) for one in project.indicators]
        known = [(what, one) for what, one in lines if one.weight is not None and one.score is not None]
        above = [(what, one) for what, one in known if one.score > one.weight]
        for what, one in above:
            called = getattr(one, "level3", None) or getattr(one, "item", None) or what
            text = f"“{row}”“{called}”得分 {number(one.score)} 超过权重 {number(one.weight)}"
            points = {"left": one.score, "right": one.weight, "difference": one.score - one.weight, "unit": "分"}
            yield _said(rule, row, what, False, text, project.page, **points)
        if known and not above:
            yield _said(rule, row, None, True, f"“{row}”{len(known)} 项得分均不超过权重", project.page, unit="分")


def unmet_full_score(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """P8: one result per form that holds, and one per indicator that missed its target with a full score."""
    for _, row, project in _forms(rule, book):
        judged = [one for one in project.indicators if one.is_met is not None]
        unmet = [one for one in judged if not one.is_met and one.weight and one.score == one.weight]
        for one in unmet:
            text = f"“{row}”指标“{one.level3 or one.level2}”目标 {one.target}、实际 {one.actual}，未完成而得满分 "
            points = {"left": one.score, "right": one.weight, "unit": "分"}
            yield _said(rule, row, f"indicator:{one.seq}", False, text + number(one.score), one.page, **points)
        if judged and not unmet:
            text = f"“{row}”可比的 {len(judged)} 项指标中没有未完成而得满分的"
            yield _said(rule, row, None, True, text, project.page)


def claimed_forms(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """P9: the forms add up to what the narrative says was self-evaluated, if there is a form for each project."""
    row = "performance_summary/all"
    claimed = book.value("stated", row, "projects_self_evaluated")
    forms = [name for table, name in book.projects if table == "form"]
    amount = ("stated", row, "amount")
    if claimed is None or claimed != len(forms) or book.value(*amount) is None:
        return
    sums = tuple(
        tuple((1, key) for form in forms if (key := ("form", form, measure)) in book.cells)
        for measure in ("executed", "adjusted_budget", "initial_budget")
    )
    complete = tuple(side for side in sums if len(side) == len(forms))
    if complete:
        called = replace(rule, sum_of=f"{len(forms)} 张自评表金额之和")
        if result := judge(Instance(called, ("stated", row, "amount"), ((1, amount),), complete), book):
            yield replace(result, also_fits=_and_what_is_meant(result, amount, book))


def _and_what_is_meant(result: CheckResult, amount: CellKey, book: Book) -> str | None:
    """Publishers put all project expenditure of GK03 for the money of the forms."""
    project = ("GK03", "TOTAL", "project")
    same = result.outcome is CheckOutcome.BROKEN and book.value(*project) == book.value(*amount)
    if not same:
        return result.also_fits
    meant = f"{name(amount, book)}与{name(project, book)}相同，即以全部项目支出为自评金额"
    return "；".join(filter(None, (meant, _round_remainder(book))))


def _round_remainder(book: Book) -> str | None:
    """A 项 less some forms leaves a round sum for the largest form, which says another."""
    spent = {row: value for _, row in book.projects if (value := book.value("form", row, "executed"))}
    largest = max(spent, key=spent.__getitem__, default="")
    others = [row for row in spent if row != largest]
    subjects = [row for row in book.layout.rows.get("GK03", {}) if len(row) == 7 and row.isdigit()]
    for subject in subjects:
        amount = book.value("GK03", subject, "project") or ZERO
        if amount > spent.get(largest, amount):
            for some in (some for size in range(1, MOST_FORMS + 1) for some in combinations(others, size)):
                rest = amount - sum(spent[row] for row in some)
                if rest > spent[largest] and abs(rest - round(rest / THOUSAND) * THOUSAND) <= HALF_CENT:
                    return _remainder_words(("GK03", subject, "project"), amount, some, largest, rest, book)
    return None


def _remainder_words(key: CellKey, amount: Decimal, some, largest: str, rest: Decimal, book: Book) -> str:
    less = "、".join(f"“{row}”" for row in some)
    return (
        f"{name(key, book)} {number(amount, '万元')} 减去{less}恰余 {number(Decimal(round(rest)), '万元')}，而"
        f"“{largest}”自评表执行数为 {number(book.value('form', largest, 'executed'), '万元')}"
    )


def limit_kept(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """P10: a rate above 100 % beside a GK09 within its budget, or the reverse."""
    final, budget = book.value("GK09", "all", "final_total"), book.value("GK09", "all", "budget_total")
    for _, row, project in _forms(rule, book):
        for one in project.indicators:
            words = comparable(one.level3 or "")
            if "三公" in words and "控制率" in words and one.actual_value is not None and final is not None and budget:
                yield _limit(rule, row, one, final / budget * HUNDRED)


def _limit(rule: Rule, row: str, one: Indicator, rate: Decimal) -> CheckResult:
    shown = rate.quantize(Decimal("0.01"), context=WIDE)
    holds = (one.actual_value > HUNDRED) == (shown > HUNDRED)
    text = f"“{row}”指标“{one.level3}”实际 {one.actual}，按公开09表决算数 ÷ 预算数为 {number(shown, '%')}%，" + (
        "同在限额之内或之外" if holds else "一处超过 100% 而另一处没有"
    )
    figures = {"left": one.actual_value, "right": shown, "difference": one.actual_value - shown, "unit": "%"}
    cells = ("GK09/all/final_total", "GK09/all/budget_total")
    return _said(rule, row, f"indicator:{one.seq}", holds, text, one.page, cells=cells, **figures)


def idle_but_praised(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """P11: nothing was spent, and the project calls itself good."""
    for table, row, project in _forms(rule, book):
        if project.execution_rate_pct == 0 and project.executed in (0, None) and project.total_score is not None:
            holds = project.total_score < rule.least
            text = f"“{row}”执行率为 0，自评总分 {number(project.total_score)}"
            figures = {"left": project.total_score, "right": rule.least, "unit": "分"}
            cells = (f"{table}/{row}/execution_rate_pct", f"{table}/{row}/total_score")
            yield _said(rule, row, "total_score", holds, text, project.page, cells=cells, **figures)


_USED_FOR = re.compile(r"用于([^。；;]+)")
_BETWEEN = re.compile(r"[、，,]|及|和")


def sentence_of_forms(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """P14: 支出决算 34,780.62 万元,用于甲、乙及丙: the forms of these projects have to add up to it."""
    forms = {comparable(row): row for table, row in book.projects if table == "form"}
    for row, figures in book.stated.items():
        final = ("stated", row, "final")
        if final in book.cells and (named := _forms_named(figures.values(), forms)):
            parts = tuple((1, ("form", form, "executed")) for form in named)
            if all(key in book.cells for _, key in parts):
                called = replace(rule, sum_of=f"所称{'、'.join(f'“{form}”' for form in named)}自评表执行数之和")
                result = judge(Instance(called, ("stated", row, "final"), ((1, final),), (parts,)), book)
                yield from _with_the_gap(result, parts, book)


def _forms_named(figures, forms: dict[str, str]) -> list[str]:
    """All projects of the sentence, if each has a form. A name may hold 、 or 及 itself."""
    for figure in figures:
        found = _USED_FOR.search(figure.printed or "")
        if found:
            names = [comparable(text) for text in _BETWEEN.split(found[1]) if text]
            if names and all(one in forms for one in names):
                return [forms[one] for one in names]
    return []


def _with_the_gap(result: CheckResult | None, parts, book: Book) -> Iterator[CheckResult]:
    if result is None:
        return
    if result.outcome is CheckOutcome.BROKEN:
        _, largest = max(parts, key=lambda part: book.cell(part[1]).value or ZERO)
        wanted = result.difference + (book.cell(largest).value or ZERO)
        text = f"{name(largest, book)}若为 {number(wanted, '万元')} 即相符（其余项目不变）"
        result = replace(result, also_fits=result.also_fits or text)
    yield result

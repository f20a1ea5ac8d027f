"""Recomputed percentages: completion, share, change, execution rate; and percentages on a base of 0."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from ingest.checks.document_cells import At, Binding, CellKey, Sum
from ingest.checks.figures import DocumentFigures, Figure
from ingest.checks.judge import envelope_of, total_of, undecided, undetermined
from ingest.checks.likely_causes import slips
from ingest.checks.precision import WIDE, decimals_of, half_unit
from ingest.checks.sentences import name, number, side_words
from ingest.checks.undetermined import why_open
from ingest.checks.words import Words, words_of
from warehouse.kinds.checks import Rule
from warehouse.records.reading import CheckOutcome, CheckResult

ADJUSTED = "adjusted_budget"
HUNDRED = Decimal(100)
SHOWN = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class RecomputedRatio:
    """`recomputed` and how far the rounding of its inputs can have moved it, in per cent."""

    part: Decimal
    base: Decimal
    recomputed: Decimal
    moved: Decimal
    base_cells: Sum


def ratio(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    for binding in doc.printed.bindings(rule):
        share, part, bases = _sides(rule, binding, doc)
        if share:
            bases = _bases_said(share[0][1], bases, doc)
        if share and part and bases:
            yield from _judged(rule, binding, share[0][1], part, bases, doc)


def _sides(rule: Rule, binding: Binding, doc: DocumentFigures) -> tuple[Sum, Sum, list[Sum]]:
    resolved = doc.printed.resolved
    bases = [resolved(base, binding) for base in rule.base if doc.printed.has_all(base, binding)]
    return resolved(rule.share, binding), resolved(rule.part, binding), bases


def _judged(
    rule: Rule, binding: Binding, share_key: CellKey, part: Sum, bases: list[Sum], doc: DocumentFigures
) -> Iterator[CheckResult]:
    share = doc.cell(share_key)
    at = (None, binding["row"], share_key[2])
    keys = (share_key, *(key for _, key in (*part, *(one for base in bases for one in base))))
    if not share.is_printed:
        return
    if doubted := next((cell for cell in map(doc.cell, keys) if cell.doubt), None):
        yield undetermined(rule, at, doubted, keys, doc)
        return
    ratios = [found for base in bases if (found := _recomputed(part, base, doc))]
    if ratios:
        fitting = [found for found in ratios if _outcome(share, found) is not CheckOutcome.BROKEN]
        result = _result(rule, at, share, part, (fitting or ratios)[0], doc)
        why = None if fitting else why_open(keys, doc) or _fallen_back(rule, binding, doc)
        yield undecided(result, why) if why else result


def _fallen_back(rule: Rule, binding: Binding, doc: DocumentFigures) -> str | None:
    """What is declared first as the base is not there; another may agree, but proves nobody wrong."""
    used = [(slot[0].table.format_map(binding), doc.printed.keys(slot, binding)) for slot in rule.base[0]]
    is_there = all(found and found[0][1][0] == table for table, found in used)
    return None if is_there else "所说的基数未见"


def _bases_said(share_key: CellKey, bases: list[Sum], doc: DocumentFigures) -> list[Sum]:
    """完成全年预算的 93.45 % is held against 全年预算 only, not against the 年初预算 that the sentence names too."""
    figure = doc.stated.get(share_key[1], {}).get(share_key[2]) if share_key[0] == "stated" else None
    measure = budget_named(figure.printed, words_of(doc.printed.kind)) if figure else None
    if measure != ADJUSTED:
        return bases
    return [base for base in bases if all(key[2] == measure for _, key in base)]


def budget_named(printed: str, words: Words) -> str | None:
    """Which budget the clause that ends in a percentage speaks of."""
    completed = words.said.completed.match(printed)
    clause = completed[1] if completed else re.split("[，,；;。]", printed)[-1]
    named = {measure for measure, names in words.budgets.items() if any(name in clause for name in names)}
    return named.pop() if len(named) == 1 else None


def _recomputed(part: Sum, base: Sum, doc: DocumentFigures) -> RecomputedRatio | None:
    top, bottom = total_of(part, doc), total_of(base, doc)
    if bottom == 0:
        return None
    quotient = top / bottom
    rounding = envelope_of((key for _, key in part), doc) + abs(quotient) * envelope_of((k for _, k in base), doc)
    return RecomputedRatio(top, bottom, quotient * HUNDRED, abs(rounding / bottom) * HUNDRED, base)


def _outcome(share: Figure, found: RecomputedRatio) -> CheckOutcome:
    gap = abs(share.number - found.recomputed)
    own = half_unit(share.number, "%")
    if gap <= own:
        return CheckOutcome.EXACT
    return CheckOutcome.ROUNDING if gap <= own + found.moved else CheckOutcome.BROKEN


def _result(rule: Rule, at: At, share: Figure, part: Sum, found: RecomputedRatio, doc: DocumentFigures) -> CheckResult:
    outcome = _outcome(share, found)
    recomputed = found.recomputed.quantize(SHOWN, context=WIDE)
    keys = (share.key, *(key for _, key in (*part, *found.base_cells)))
    return CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=outcome,
        explanation=_sentence(share, part, found, outcome, doc),
        table_code=None,
        row_key=at[1],
        measure=at[2],
        left=share.number,
        right=recomputed,
        difference=share.number - recomputed,
        envelope=(half_unit(share.number, "%") + found.moved).quantize(SHOWN, context=WIDE),
        unit="%",
        cells=tuple("/".join(key) for key in keys),
        also_fits=_what_else_fits(share, part, found, doc) if outcome is CheckOutcome.BROKEN else None,
        place=share.place,
    )


def _sentence(share: Figure, part: Sum, found: RecomputedRatio, outcome: CheckOutcome, doc: DocumentFigures) -> str:
    top = side_words(part, None, found.part, "万元", doc)
    bottom = side_words(found.base_cells, None, found.base, "万元", doc)
    shown = number(found.recomputed.quantize(Decimal(1).scaleb(-max(2, decimals_of(share.number))), context=WIDE), "%")
    verdict = {
        CheckOutcome.EXACT: "相符",
        CheckOutcome.ROUNDING: "之差在四舍五入范围内",
        CheckOutcome.BROKEN: "不符",
    }[outcome]
    return f"{name(share.key, doc)} {number(share.number)}% 与重新计算的 {shown}%（{top} ÷ {bottom}）{verdict}"


def _what_else_fits(share: Figure, part: Sum, found: RecomputedRatio, doc: DocumentFigures) -> str | None:
    said = list(_explained(share, part, found, doc))
    return "；".join(said[:3]) or None


def _explained(share: Figure, part: Sum, found: RecomputedRatio, doc: DocumentFigures) -> Iterator[str]:
    unit = Decimal(1).scaleb(-decimals_of(share.number))
    if found.recomputed.quantize(unit, ROUND_DOWN, context=WIDE) == share.number:
        yield "按截尾（不进位）计算相符"
    if share.number * -1 == found.recomputed.quantize(unit, context=WIDE):
        yield "数值相符而增减方向相反"
    is_tail = abs(found.recomputed - share.number) <= 2 * unit
    if is_tail and share.key[2] == "share_pct" and _shares_sum_to_hundred(share, doc):
        yield "各项占比合计恰为 100%，系凑整尾数"
    for key, wanted, room in _wanted(share, part, found):
        cell = doc.cell(key)
        for how in slips(cell.number, wanted, room):
            about = number(wanted.quantize(Decimal("0.01"), context=WIDE), cell.unit)
            yield f"{name(key, doc)}若为约 {about} 即相符（{how}）"
    for how in slips(share.number, found.recomputed, half_unit(share.number, "%") + found.moved):
        right = number(found.recomputed.quantize(unit, context=WIDE), "%")
        yield f"{name(share.key, doc)}若为 {right} 即相符（{how}）"


def _shares_sum_to_hundred(share: Figure, doc: DocumentFigures) -> bool:
    kind = share.key[1].partition("/")[0]
    rows = [row for row in doc.stated if row.startswith(f"{kind}/")]
    return sum(doc.value("stated", row, "share_pct") or 0 for row in rows) == HUNDRED


def _wanted(share: Figure, part: Sum, found: RecomputedRatio) -> Iterator[tuple[CellKey, Decimal, Decimal]]:
    """What the part would have to be, and how far the printed percentage leaves that open."""
    room = half_unit(share.number, "%") + found.moved
    if len(part) == 1:
        yield part[0][1], share.number * found.base / HUNDRED, abs(room * found.base / HUNDRED)


def zero_base(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """180.00 spent of a budget of 0 is no percentage. 0 of 0, printed as 0 or 100, is not held to be wrong."""
    found = [
        result
        for other in doc.printed.kind.rules
        if other.kind == "ratio" and other.over == ("stated",)
        for binding in doc.printed.bindings(other)
        for result in _on_zero(rule, binding, _sides(other, binding, doc), doc)
    ]
    if not found and any(measure.endswith("_pct") for measure in doc.printed.measures.get("stated", ())):
        yield CheckResult(rule.id, rule.says, CheckOutcome.EXACT, "情况说明中没有以 0 为基数的百分比", unit="%")
    yield from found


def _on_zero(
    rule: Rule, binding: Binding, sides: tuple[Sum, Sum, list[Sum]], doc: DocumentFigures
) -> Iterator[CheckResult]:
    share, part, bases = sides
    if share:
        bases = _bases_said(share[0][1], bases, doc)
    cells = [doc.cell(key) for side in (share, part, *bases) for _, key in side]
    if not (share and part and bases) or any(cell.doubt for cell in cells) or why_open([c.key for c in cells], doc):
        return
    stated, top = cells[0], total_of(part, doc)
    if total_of(bases[0], doc) != 0 or top == 0 or any(total_of(base, doc) for base in bases):
        return
    yield CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=CheckOutcome.BROKEN,
        explanation=f"{name(stated.key, doc)}印作 {number(stated.number)}%，而{_zero_words(bases[0], doc)}为 0，"
        f"{name(part[0][1], doc)}为 {number(top, '万元')}，没有百分比可言",
        row_key=binding["row"],
        measure=stated.key[2],
        left=stated.number,
        unit="%",
        cells=tuple("/".join(key) for side in (share, part, bases[0]) for _, key in side),
        place=stated.place,
    )


def _zero_words(base: Sum, doc: DocumentFigures) -> str:
    return "上年数" if len(base) > 1 else name(base[0][1], doc)

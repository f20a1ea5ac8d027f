"""One instance against the document: do both sides agree, within rounding, or not, or can it not be told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from ingest.checks.document_cells import At, Binding, CellKey, Signed, Sum
from ingest.checks.figures import ZERO, DocumentFigures, Figure
from ingest.checks.instances import Instance
from ingest.checks.likely_causes import what_else_fits
from ingest.checks.rows_of_sides import RowGroup, group_of
from ingest.checks.sentences import name, number, side_words, table_name
from ingest.checks.undetermined import unknown_in, why_open
from warehouse.kinds.checks import Rule, Side, Term
from warehouse.records.places import NOWHERE
from warehouse.records.reading import CheckOutcome, CheckResult, TableStatus

MOST_PARTS = 8  # of a nested sum


@dataclass(frozen=True, slots=True)
class BothSides:
    """Both sides in figures. `envelope` is the rounding of every printed number that took part."""

    left: Decimal
    right: Decimal
    envelope: Decimal
    right_cells: Sum

    @property
    def difference(self) -> Decimal:
        return self.left - self.right


def judge(instance: Instance, doc: DocumentFigures) -> CheckResult | None:
    """None where nothing is printed of what the rule speaks of."""
    cells = [doc.cell(key) for key in instance.cells]
    if not any(cell.is_printed for cell in cells) or not _are_numbers(instance, doc):
        return None
    doubted = next((cell for cell in cells if cell.doubt), None)
    clear = [right for right in instance.rights if not doubted or not _has_doubt((*instance.left, *right), doc)]
    if doubted and not clear:
        return undetermined(instance.rule, instance.at, doubted, instance.cells, doc)
    at_most = instance.at_most and not _must_be_equal(instance.rule, doc)
    compared = _best([_compare(instance.left, right, doc) for right in clear], at_most)
    if instance.rule.of_one_print and _outcome(compared, at_most) is CheckOutcome.BROKEN:
        compared = _with_one_print(compared, doc)
    outcome = _outcome(compared, at_most)
    if at_most and compared.right < 0 and not any(doc.cell(key).is_printed for _, key in instance.left):
        return None  # a whole below 0 says nothing of parts that are not printed
    if outcome is CheckOutcome.BROKEN and doubted:
        return undetermined(instance.rule, instance.at, doubted, instance.cells, doc)
    if outcome is CheckOutcome.BROKEN and instance.is_fallback:
        return _without_what_is_restated(instance, compared, at_most, doc)
    why = _why_undetermined(instance, compared, doc) if outcome is CheckOutcome.BROKEN else None
    return _result(instance, compared, CheckOutcome.UNDETERMINED if why else outcome, at_most, doc, why)


def _with_one_print(compared: BothSides, doc: DocumentFigures) -> BothSides:
    """A row that is printed several times may be meant by one of its prints."""
    prints = doc.cell(compared.right_cells[0][1]).added if len(compared.right_cells) == 1 else ()
    fitting = (value for value in prints if abs(compared.left - value) <= compared.envelope)
    return next((replace(compared, right=value) for value in fitting), compared)


def _without_what_is_restated(
    instance: Instance, compared: BothSides, at_most: bool, doc: DocumentFigures
) -> CheckResult | None:
    """What the sentence restates was not read, or not published (then there is nothing to compare). Another cell
    that differs says nothing, and nothing is said of it."""
    restated = instance.rule.right[0][0][0].table
    if restated in doc.found and doc.found[restated].status is TableStatus.ABSENT:
        return None
    result = _result(instance, compared, CheckOutcome.UNDETERMINED, at_most, doc, "所对照的表或行未见")
    return replace(result, cells=tuple("/".join(key) for _, key in instance.left))


def _why_undetermined(instance: Instance, compared: BothSides, doc: DocumentFigures) -> str | None:
    """In words what else than a mistake of the publisher may be why both sides differ."""
    used = [key for _, key in (*instance.left, *compared.right_cells)]
    if why := why_open(used, doc) or _unknown_row(instance, doc):
        return why
    if any(_is_blank(side, doc) for side in (instance.left, compared.right_cells)):
        return "一侧所印全为空白"
    if instance.at_most and any(_holds_negative(key, doc) for _, key in compared.right_cells):
        return "其中有负数，部分可以大于总数"
    if _is_short(instance, compared) or _list_is_open(instance, compared):
        return "分项未列全"
    if instance.rule.nested and _some_fit(compared, doc):
        return "其中部分来源之和已等于总额，各来源可能互有包含"
    return None


def _unknown_row(instance: Instance, doc: DocumentFigures) -> str | None:
    """A row of an unknown name may be a part of the sum: among the items that are summed, where a declared row is
    missing, and in a list whose parts are told by their names."""
    return unknown_in(_unsure_places(instance, doc), unit_of(instance.left, doc), doc)


def unknown_need(rule: Rule, doc: DocumentFigures) -> str | None:
    """In words a row of an unknown name that may be what a rule cannot do without."""
    bindings = doc.printed.bindings(rule) if rule.needs else ()
    return unknown_in((place for one in bindings for place in _places_of_missing(rule.needs, one, doc)), "", doc)


def _unsure_places(instance: Instance, doc: DocumentFigures) -> Iterator[tuple[RowGroup, str]]:
    rule, kind = instance.rule, doc.printed.kind
    if rule.kind == "side_sum":
        yield group_of(kind.table(rule.table), rule.total), instance.left[0][1][2]
    for side in (rule.left, *rule.right):
        yield from _places_of_missing(side, instance.binding or {}, doc)
        lists = (term for slot in side for term in slot if term.is_parts)
        for term in lists:
            yield from ((group, term.measure) for group in _unsure_groups(term, doc))


def _unsure_groups(term: Term, doc: DocumentFigures) -> Iterator[RowGroup]:
    """Where the parts of a row may stand under names that are not known: of a list anywhere; of a side, whose parts
    repeat the names of other rows of it, anywhere there if a part is missing."""
    spec = doc.printed.kind.table(term.table)
    if spec.shape == "items":
        yield RowGroup(term.table)
    details = {row.key for row in spec.rows if row.under == term.row}
    if details - {spec.item_of(row) for row in doc.printed.rows.get(term.table, ())}:
        side = spec.row(term.row).side
        yield from (RowGroup(term.table, side, is_below) for is_below in (True, False))


def _places_of_missing(side: Side, binding: Binding, doc: DocumentFigures) -> Iterator[tuple[RowGroup, str]]:
    for table, key, measure in doc.printed.missing(side, binding):
        yield group_of(doc.printed.kind.table(table), key), measure


def _is_blank(side: Sum, doc: DocumentFigures) -> bool:
    """Cells that the table has and that print nothing: whether the publisher left them so is not known."""
    found = [doc.cells.get(key) for _, key in side]
    return bool(found) and all(cell is not None and not cell.is_printed for cell in found)


def _holds_negative(key: CellKey, doc: DocumentFigures) -> bool:
    """The whole, or a row below it, is negative: money of another kind was paid back."""
    table, row, measure = key
    rows = [
        other for other in doc.printed.rows.get(table, {}) if other == row or (row.isdigit() and other.startswith(row))
    ]
    return any((doc.value(table, other, measure) or ZERO) < 0 for other in rows)


def _some_fit(compared: BothSides, doc: DocumentFigures) -> bool:
    """Without some of the parts, which are then parts of other parts, the sum comes out."""
    parts = compared.right_cells[:MOST_PARTS]
    return any(
        abs(compared.left - total_of(some, doc)) <= compared.envelope
        for size in range(1, len(parts))
        for some in combinations(parts, size)
    )


def _is_short(instance: Instance, compared: BothSides) -> bool:
    """A part is missing from one side."""
    is_left_small = instance.is_left_short and compared.difference < 0
    return is_left_small or instance.rights.index(compared.right_cells) in instance.short


def _has_doubt(side: Sum, doc: DocumentFigures) -> bool:
    return any(doc.cell(key).doubt for _, key in side)


def _are_numbers(instance: Instance, doc: DocumentFigures) -> bool:
    if not instance.rule.needs_number:
        return True
    needed = doc.printed.resolved(instance.rule.needs_number, instance.binding or {})
    return all(doc.cell(key).is_printed for _, key in needed)


def _best(compared: list[BothSides], at_most: bool) -> BothSides:
    """What fits of several places a sentence may restate; if none does, the one that is declared first."""
    fitting = [one for one in compared if _outcome(one, at_most) is not CheckOutcome.BROKEN]
    return min(fitting, key=lambda one: abs(one.difference)) if fitting else compared[0]


def total_of(side: Iterable[Signed], doc: DocumentFigures) -> Decimal:
    total = ZERO
    for sign, key in side:
        if value := doc.cell(key).value:
            total += value if sign > 0 else -value
    return total


def envelope_of(keys: Iterable[CellKey], doc: DocumentFigures) -> Decimal:
    """(n + 1) × half of the last decimal, if n printed numbers and their total have the same decimals."""
    return sum([cell.half for cell in map(doc.cell, keys) if cell.is_printed], ZERO)


def _compare(left: Sum, right: Sum, doc: DocumentFigures) -> BothSides:
    envelope = envelope_of((key for _, key in (*left, *right)), doc)
    return BothSides(total_of(left, doc), total_of(right, doc), envelope, right)


def _outcome(compared: BothSides, at_most: bool) -> CheckOutcome:
    if compared.difference == 0 or (at_most and compared.difference < 0):
        return CheckOutcome.EXACT
    within = abs(compared.difference) <= compared.envelope
    return CheckOutcome.ROUNDING if within else CheckOutcome.BROKEN


def _must_be_equal(rule: Rule, doc: DocumentFigures) -> bool:
    """An upper limit is met exactly where nothing else is about: all these sums are 0."""
    if rule.equal_if_zero and rule.id not in doc.zero:
        doc.zero[rule.id] = all(_is_zero(side, doc) for side in rule.equal_if_zero)
    return bool(rule.equal_if_zero) and doc.zero[rule.id]


def _is_zero(side: Side, doc: DocumentFigures) -> bool:
    cells = doc.printed.resolved(side, {})
    if any(doc.cell(key).doubt for _, key in cells) or (len(side) > 1 and not cells):
        return False
    if why_open((key for _, key in cells), doc) or unknown_in(_places_of_missing(side, {}, doc), "", doc):
        return False
    return abs(total_of(cells, doc)) <= envelope_of((key for _, key in cells), doc)


def _list_is_open(instance: Instance, compared: BothSides) -> bool:
    declared = instance.rule.right[0] if instance.rule.right else ()
    return instance.rule.whole_list and len(compared.right_cells) < len(declared)


def _result(
    instance: Instance,
    compared: BothSides,
    outcome: CheckOutcome,
    at_most: bool,
    doc: DocumentFigures,
    why: str | None = None,
) -> CheckResult:
    rule = instance.rule
    unit = unit_of(instance.left, doc)
    left = side_words(instance.left, rule.left_sum_of, compared.left, unit, doc)
    right = side_words(compared.right_cells, rule.sum_of, compared.right, unit, doc)
    used = (*instance.left, *compared.right_cells)
    also = what_else_fits(instance.left, compared, unit, doc) if outcome is CheckOutcome.BROKEN else None
    return CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=outcome,
        explanation=f"{left} {_verdict(compared, outcome, at_most, unit, right, why)}{_remark(rule, outcome)}",
        table_code=_standard(instance.at[0], doc),
        row_key=instance.at[1],
        measure=instance.at[2],
        left=compared.left,
        right=compared.right,
        difference=compared.difference,
        envelope=compared.envelope,
        unit=unit,
        cells=tuple("/".join(key) for _, key in used if key[0] != "="),
        also_fits=also,
        place=next((doc.cell(key).place for _, key in used if doc.cell(key).place != NOWHERE), NOWHERE),
    )


def _standard(table: str | None, doc: DocumentFigures) -> str | None:
    return table if doc.printed.kind.has(table) else None


def unit_of(side: Sum, doc: DocumentFigures) -> str:
    units = [doc.cell(key).unit for _, key in side if key in doc.cells]
    return next(filter(None, units), "万元")


def _verdict(compared: BothSides, outcome: CheckOutcome, at_most: bool, unit: str, right: str, why: str | None) -> str:
    gap = number(abs(compared.difference), unit) + f" {unit}"
    if outcome is CheckOutcome.EXACT:
        return f"不超过{right}" if at_most else f"与{right} 一致"
    if outcome is CheckOutcome.ROUNDING:
        return f"与{right} 相差 {gap}，在四舍五入范围内"
    if outcome is CheckOutcome.UNDETERMINED:
        return f"与{right} 相差 {gap}，但{why}，无法判断"
    limit = f"四舍五入可解释的 {number(compared.envelope, unit)} {unit}"
    if at_most:
        return f"超过{right}，多 {gap}，超出{limit}"
    return f"与{right} 相差 {gap}，超出{limit}"


def _remark(rule: Rule, outcome: CheckOutcome) -> str:
    return "（仅为提示，不一定是差错）" if rule.is_warning and outcome is CheckOutcome.BROKEN else ""


def undecided(result: CheckResult, why: str) -> CheckResult:
    """A broken result made undetermined: something else than a mistake of the publisher may be why."""
    said = f"{result.explanation}，但{why}，无法判断"
    return replace(result, outcome=CheckOutcome.UNDETERMINED, explanation=said, also_fits=None)


def undetermined(
    rule: Rule,
    at: At,
    doubted: Figure,
    keys: Iterable[CellKey],
    doc: DocumentFigures,
) -> CheckResult:
    of_table = doubted.doubt == doc.table_doubts.get(doubted.key[0]) or doubted.key not in doc.cells
    what = table_name(doubted.key[0], doc.printed.kind) if of_table else name(doubted.key, doc)
    return CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=CheckOutcome.UNDETERMINED,
        explanation=f"{what}{doubted.doubt}，无法核对“{rule.says}”",
        table_code=_standard(at[0], doc),
        row_key=at[1],
        measure=at[2],
        cells=tuple("/".join(key) for key in keys if key[0] != "="),
        place=doubted.place,
    )

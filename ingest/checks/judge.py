"""One instance against the document: do both sides agree, within rounding, or not, or can it not be told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from ingest.checks.declarations import Rule, Side
from ingest.checks.expand import Instance
from ingest.checks.figures import ZERO, Book, Cell
from ingest.checks.likely_causes import what_else_fits
from ingest.checks.sentences import name, number, side_words, table_name
from ingest.checks.terms import CellKey, Signed
from ingest.checks.undetermined import why_open
from warehouse.records.reading import CheckOutcome, CheckResult, TableStatus

MOST_PARTS = 8  # of a nested sum


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides in figures. `envelope` is the rounding of every printed number that took part."""

    left: Decimal
    right: Decimal
    envelope: Decimal
    right_cells: tuple[Signed, ...]

    @property
    def difference(self) -> Decimal:
        return self.left - self.right


def judge(instance: Instance, book: Book) -> CheckResult | None:
    """None where nothing is printed of what the rule speaks of."""
    cells = [book.cell(key) for key in instance.cells]
    if not any(cell.is_printed for cell in cells) or not _are_numbers(instance, book):
        return None
    doubted = next((cell for cell in cells if cell.doubt), None)
    clear = [right for right in instance.rights if not doubted or not _has_doubt((*instance.left, *right), book)]
    if not clear:
        return undetermined(instance.rule, instance.at, doubted, instance.cells, book)
    at_most = instance.at_most and not _must_be_equal(instance.rule, book)
    compared = _best([_compare(instance.left, right, book) for right in clear], at_most)
    outcome = _outcome(compared, at_most)
    if at_most and compared.right < 0 and not any(book.cell(key).is_printed for _, key in instance.left):
        return None  # money taken back sets no limit to what is not printed at all
    if outcome is CheckOutcome.BROKEN and doubted:
        return undetermined(instance.rule, instance.at, doubted, instance.cells, book)
    if outcome is CheckOutcome.BROKEN and instance.is_fallback:
        return _without_what_is_restated(instance, compared, at_most, book)
    why = _why_nobody_is_accused(instance, compared, book) if outcome is CheckOutcome.BROKEN else None
    return _result(instance, compared, CheckOutcome.UNDETERMINED if why else outcome, at_most, book, why)


def _without_what_is_restated(
    instance: Instance, compared: Comparison, at_most: bool, book: Book
) -> CheckResult | None:
    """What the sentence restates was not read, or not published (then there is nothing to compare). Another cell
    that differs says nothing, and nothing is said of it."""
    restated = instance.rule.right[0][0][0].table
    if restated in book.found and book.found[restated].status is TableStatus.ABSENT:
        return None
    result = _result(instance, compared, CheckOutcome.UNDETERMINED, at_most, book, "所对照的表或行未见")
    return replace(result, cells=tuple("/".join(key) for _, key in instance.left))


def _why_nobody_is_accused(instance: Instance, compared: Comparison, book: Book) -> str | None:
    """Both sides differ. Is there anything but the publisher that may be why?"""
    used = [key for _, key in (*instance.left, *compared.right_cells)]
    if why := why_open(used, book):
        return why
    if any(_is_blank(side, book) for side in (instance.left, compared.right_cells)):
        return "一侧所印全为空白"
    if instance.at_most and any(_holds_negative(key, book) for _, key in compared.right_cells):
        return "其中有负数，部分可以大于总数"
    if _is_short(instance, compared) or _list_is_open(instance, compared):
        return "分项未列全"
    if instance.rule.nested and _some_fit(compared, book):
        return "其中部分来源之和已等于总额，各来源可能互有包含"
    return None


def _is_blank(side: tuple[Signed, ...], book: Book) -> bool:
    """Cells that the table has and that print nothing: whether the publisher left them so is not known."""
    found = [book.cells.get(key) for _, key in side]
    return bool(found) and all(cell is not None and not cell.is_printed for cell in found)


def _holds_negative(key: CellKey, book: Book) -> bool:
    """The whole, or a row below it, is negative: money of another kind was paid back."""
    table, row, measure = key
    rows = [
        other for other in book.layout.rows.get(table, {}) if other == row or (row.isdigit() and other.startswith(row))
    ]
    return any((book.value(table, other, measure) or ZERO) < 0 for other in rows)


def _some_fit(compared: Comparison, book: Book) -> bool:
    """Without some of the parts, which are then parts of other parts, the sum comes out."""
    parts = compared.right_cells[:MOST_PARTS]
    return any(
        abs(compared.left - total_of(some, book)) <= compared.envelope
        for size in range(1, len(parts))
        for some in combinations(parts, size)
    )


def _is_short(instance: Instance, compared: Comparison) -> bool:
    """A part is missing from one side."""
    is_left_small = instance.is_left_short and compared.difference < 0
    return is_left_small or instance.rights.index(compared.right_cells) in instance.short


def _has_doubt(side: tuple[Signed, ...], book: Book) -> bool:
    return any(book.cell(key).doubt for _, key in side)


def _are_numbers(instance: Instance, book: Book) -> bool:
    if not instance.rule.needs_number:
        return True
    needed = book.layout.resolved(instance.rule.needs_number, instance.binding or {})
    return all(book.cell(key).is_printed for _, key in needed)


def _best(compared: list[Comparison], at_most: bool) -> Comparison:
    """What fits of several places a sentence may restate; if none does, the one that is declared first."""
    fitting = [one for one in compared if _outcome(one, at_most) is not CheckOutcome.BROKEN]
    return min(fitting, key=lambda one: abs(one.difference)) if fitting else compared[0]


def total_of(side: Iterable[Signed], book: Book) -> Decimal:
    total = ZERO
    for sign, key in side:
        if value := book.cell(key).value:
            total += value if sign > 0 else -value
    return total


def envelope_of(keys: Iterable[CellKey], book: Book) -> Decimal:
    """(n + 1) × half of the last decimal, if n printed numbers and their total have the same decimals."""
    return sum([cell.half for cell in map(book.cell, keys) if cell.is_printed], ZERO)


def _compare(left: tuple[Signed, ...], right: tuple[Signed, ...], book: Book) -> Comparison:
    envelope = envelope_of((key for _, key in (*left, *right)), book)
    return Comparison(total_of(left, book), total_of(right, book), envelope, right)


def _outcome(compared: Comparison, at_most: bool) -> CheckOutcome:
    if compared.difference == 0 or (at_most and compared.difference < 0):
        return CheckOutcome.EXACT
    within = abs(compared.difference) <= compared.envelope
    return CheckOutcome.ROUNDING if within else CheckOutcome.BROKEN


def _must_be_equal(rule: Rule, book: Book) -> bool:
    """An upper limit is met exactly where nothing else is about: all these sums are 0."""
    if rule.equal_if_zero and rule.id not in book.zero:
        book.zero[rule.id] = all(_is_zero(side, book) for side in rule.equal_if_zero)
    return bool(rule.equal_if_zero) and book.zero[rule.id]


def _is_zero(side: Side, book: Book) -> bool:
    cells = book.layout.resolved(side, {})
    if any(book.cell(key).doubt for _, key in cells) or (len(side) > 1 and not cells):
        return False
    if why_open((key for _, key in cells), book):
        return False
    return abs(total_of(cells, book)) <= envelope_of((key for _, key in cells), book)


def _list_is_open(instance: Instance, compared: Comparison) -> bool:
    declared = instance.rule.right[0] if instance.rule.right else ()
    return instance.rule.whole_list and len(compared.right_cells) < len(declared)


def _result(
    instance: Instance, compared: Comparison, outcome: CheckOutcome, at_most: bool, book: Book, why: str | None = None
) -> CheckResult:
    rule = instance.rule
    unit = unit_of(instance.left, book)
    left = side_words(instance.left, _sum_of_left(rule), compared.left, unit, book)
    right = side_words(compared.right_cells, rule.sum_of, compared.right, unit, book)
    used = (*instance.left, *compared.right_cells)
    also = what_else_fits(instance.left, compared, unit, book) if outcome is CheckOutcome.BROKEN else None
    return CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=outcome,
        explanation=f"{left} {_verdict(compared, outcome, at_most, unit, right, why)}{_remark(rule, outcome)}",
        table_code=_gk(instance.at[0]),
        row_key=instance.at[1],
        measure=instance.at[2],
        left=compared.left,
        right=compared.right,
        difference=compared.difference,
        envelope=compared.envelope,
        unit=unit,
        cells=tuple("/".join(key) for _, key in used if key[0] != "="),
        also_fits=also,
        page=next((book.cell(key).page for _, key in used if book.cell(key).page), None),
    )


def _sum_of_left(rule: Rule) -> str | None:
    return rule.sum_of if rule.kind == "at_most" or rule.id == "P1" else None


def _gk(table: str | None) -> str | None:
    return table if table and table.startswith("GK") else None


def unit_of(side: tuple[Signed, ...], book: Book) -> str:
    units = [book.cell(key).unit for _, key in side if key in book.cells]
    return next(filter(None, units), "万元")


def _verdict(compared: Comparison, outcome: CheckOutcome, at_most: bool, unit: str, right: str, why: str | None) -> str:
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
    return "（仅为提示，不一定是差错）" if rule.warning and outcome is CheckOutcome.BROKEN else ""


def undecided(result: CheckResult, why: str) -> CheckResult:
    """A broken result for which somebody else than the publisher may be to blame."""
    said = f"{result.explanation}，但{why}，无法判断"
    return replace(result, outcome=CheckOutcome.UNDETERMINED, explanation=said, also_fits=None)


def undetermined(
    rule: Rule, at: tuple[str | None, str | None, str | None], doubted: Cell, keys: Iterable[CellKey], book: Book
) -> CheckResult:
    of_table = doubted.doubt == book.table_doubts.get(doubted.key[0]) or doubted.key not in book.cells
    what = _table_words(doubted.key) if of_table else name(doubted.key, book)
    return CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=CheckOutcome.UNDETERMINED,
        explanation=f"{what}{doubted.doubt}，无法核对“{rule.says}”",
        table_code=_gk(at[0]),
        row_key=at[1],
        measure=at[2],
        cells=tuple("/".join(key) for key in keys if key[0] != "="),
        page=doubted.page,
    )


def _table_words(key: CellKey) -> str:
    return table_name(key[0])

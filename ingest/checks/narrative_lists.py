"""Rules over what the narrative lists: items against their total, directions against signs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.checks.declarations import Rule
from ingest.checks.expand import Instance, items_above
from ingest.checks.figures import Book
from ingest.checks.judge import judge, total_of, undecided
from ingest.checks.sentences import name, number, words
from ingest.checks.terms import CellKey
from ingest.checks.undetermined import why_open
from warehouse.records.reading import CheckOutcome, CheckResult, Status


def without_code(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """C5: an item of GK01 that no 类 of GK03 means is 0. Undecided while a 类 has no item of its name."""
    total = f"{rule.side}:{rule.total}"
    layout = book.layout
    if total not in layout.rows.get(rule.table, {}) or "GK03" not in layout.rows:
        return
    items = layout.items(rule.table)
    if any(row not in items for row in layout.rows["GK03"] if len(row) == 3 and row.isdigit()):
        return
    coded = set(items.values())
    uncoded = [item for item in items_above(layout, rule.table, rule.side, total) if item not in coded]
    if not any(book.cell((rule.table, item, "final")).is_printed for item in uncoded):
        text = "公开01表中公开03表没有的各类均未列数字"
        yield CheckResult(rule.id, rule.says, CheckOutcome.EXACT, text, table_code=rule.table)
    for item in uncoded:
        key = (rule.table, item, "final")
        if book.cell(key).is_printed:
            nothing = Instance(rule, key, ((1, key),), (((1, ("=", "", "0")),),))
            if result := judge(nothing, book):
                result = result if book.cell(key).value else replace(result, explanation=_without(key, book))
                yield _unless_unread(result, book)


def _unless_unread(result: CheckResult, book: Book) -> CheckResult:
    """A 类 that GK03 does not show may stand in a row that was not read."""
    if result.outcome is not CheckOutcome.BROKEN:
        return result
    why = why_open([("GK03", "TOTAL", "total"), ("GK03", "", "total")], book)
    return undecided(result, why) if why else result


def _without(key: CellKey, book: Book) -> str:
    return f"公开03表没有该类，{name(key, book)} 为 0"


def listed_items(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """N5: the items add up to the stated total. Their finals tell whether the list is whole."""
    rows = [binding["row"] for binding in book.layout.bindings(replace(rule, measures=("",)))]
    items = [row for row in rows if row != rule.total and not any(other.startswith(f"{row}/") for other in rows)]
    items = [row for row in items if not _is_of_fund(row, book)]
    whole = _covers_all(items, book)
    for measure in rule.measures:
        listed = [("stated", row, measure) for row in items]
        parts = tuple((1, key) for key in listed if key in book.cells)
        total = ("stated", rule.total, measure)
        if len(parts) > 1 and total in book.cells:
            result = judge(Instance(rule, ("stated", rule.total, measure), ((1, total),), (parts,)), book)
            fits = result is not None and result.outcome in (CheckOutcome.EXACT, CheckOutcome.ROUNDING)
            whole = whole or (measure == "final" and fits)
            yield from _unless_open(result, whole and _is_said_of_each(items, measure, book))


def _is_said_of_each(items: list[str], measure: str, book: Book) -> bool:
    """Every item states this measure, or says that there was none."""
    return all(
        measure in figures or any(_NONE.search(f"{one.printed} {one.text or ''}") for one in figures.values())
        for figures in (book.stated[row] for row in items)
    )


def _is_of_fund(row: str, book: Book) -> bool:
    """An item that the tables of the funds show and GK05 does not belongs to another section."""
    code, rows = book.layout.subject_codes.get(row, ""), book.layout.rows
    of_fund = any(code in rows.get(table, ()) for table in ("GK07", "GK08"))
    return bool(code) and of_fund and code not in rows.get("GK05", ())


def _covers_all(items: list[str], book: Book) -> bool:
    """Every 项 (or, where the items are 类, every 类) on which GK05 shows money is listed."""
    codes = {book.layout.subject_codes.get(row, "") for row in items}
    length = max(map(len, codes), default=0)
    spent = [row for row in book.layout.rows.get("GK05", {}) if row.isdigit() and len(row) == length]
    return bool(length) and all(row in codes for row in spent if book.value("GK05", row, "total"))


def _unless_open(result: CheckResult | None, whole: bool) -> Iterator[CheckResult]:
    if result is not None and result.outcome is CheckOutcome.BROKEN and not whole:
        result = undecided(result, "分项可能未列全")
    if result is not None:
        yield result


_MORE = re.compile(r"(?:决算|支出)数?(?:大于|高于|超过|多于)([^。，,;；]{0,12}预算)")
_LESS = re.compile(r"(?:决算|支出)数?(?:小于|低于|少于)([^。，,;；]{0,12}预算)")
_NONE = re.compile(r"(?:无|没有|未安排|未列|未做|不含)[^。，,;；]{0,6}(?:年初|全年|调整)?[^。，,;；]{0,4}预算")
BUDGETS = ("initial_budget", "adjusted_budget", "budget")


def same_direction(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """N6: change and change % go the same way; 决算数大于预算数 is said of an item that spent more."""
    for row in book.layout.rows.get("stated", {}):
        change, percent = book.value("stated", row, "change"), book.value("stated", row, "change_pct")
        if change and percent:
            result = _direction(rule, row, change, percent, book)
            open_ = result.outcome is CheckOutcome.BROKEN and not _of_one_sentence(row, book)
            yield undecided(result, "两数不出自同一句或非照印录入") if open_ else result
        yield from _said_direction(rule, row, book)


def _direction(rule: Rule, row: str, change: Decimal, percent: Decimal, book: Book) -> CheckResult:
    same = (change > 0) == (percent > 0)
    cell = book.cell(("stated", row, "change"))
    return CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=CheckOutcome.EXACT if same else CheckOutcome.BROKEN,
        explanation=f"{name(cell.key, book)} {number(change, cell.unit)} 与增减率 {number(percent)}% "
        + ("方向一致" if same else "方向相反"),
        row_key=row,
        measure="change",
        left=change,
        right=percent,
        unit=cell.unit,
        cells=(f"stated/{row}/change", f"stated/{row}/change_pct"),
        page=cell.page,
    )


def _of_one_sentence(row: str, book: Book) -> bool:
    """Both figures are as printed, and the words of one begin with the words of the other."""
    change, percent = (book.stated[row][measure] for measure in ("change", "change_pct"))
    shorter, longer = sorted((change.printed, percent.printed), key=len)
    as_printed = {change.status, percent.status} == {Status.AS_PRINTED}
    return as_printed and (longer.startswith(shorter) or shorter in longer)


def _said_direction(rule: Rule, row: str, book: Book) -> Iterator[CheckResult]:
    said = " ".join(f"{figure.printed} {figure.text or ''}" for figure in book.stated.get(row, {}).values())
    more, less = _MORE.search(said), _LESS.search(said)
    final = ("stated", row, "final")
    if bool(more) == bool(less) or final not in book.cells or book.cell(final).doubt:
        return
    budgets = list(_budgets_meant((more or less)[1], row, book))
    if budgets and not any(book.cell(key).doubt for key in budgets):
        results = [_held_against(rule, row, final, budget, bool(more), book) for budget in budgets]
        yield next((one for one in results if one.outcome is CheckOutcome.EXACT), results[0])


def _budgets_meant(said: str, row: str, book: Book) -> Iterator[CellKey]:
    """The budget that the words name; without a name any that is stated may be meant."""
    named = {measure for measure, names in words()["budgets"].items() if any(name in said for name in names)}
    for measure in BUDGETS:
        if (not named or measure in named) and ("stated", row, measure) in book.cells:
            yield ("stated", row, measure)


def _held_against(rule: Rule, row: str, final: CellKey, budget: CellKey, is_more: bool, book: Book) -> CheckResult:
    gap = total_of(((1, final), (-1, budget)), book)
    fits = gap >= 0 if is_more else gap <= 0
    return CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=CheckOutcome.EXACT if fits else CheckOutcome.BROKEN,
        explanation=f"情况说明称决算数{'大于' if is_more else '小于'}预算数，而{name(final, book)} "
        f"{number(book.cell(final).value, '万元')}，{name(budget, book)} {number(book.cell(budget).value, '万元')}",
        row_key=row,
        measure="reason",
        left=book.cell(final).value,
        right=book.cell(budget).value,
        difference=gap,
        cells=("/".join(final), "/".join(budget)),
        page=book.cell(final).page,
    )

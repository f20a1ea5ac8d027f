"""Rules over what the narrative lists: items against their total, directions against signs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.checks.book import Book
from ingest.checks.declarations import Rule
from ingest.checks.expand import Instance, items_above
from ingest.checks.gaps import why_open
from ingest.checks.judge import judge, total_of, undecided
from ingest.checks.layout import CellKey
from ingest.checks.words import name, number
from warehouse.records import CheckOutcome, CheckResult


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
    whole = _covers_all(items, book)
    for measure in rule.measures:
        listed = [("stated", row, measure) for row in items]
        parts = tuple((1, key) for key in listed if key in book.cells)
        total = ("stated", rule.total, measure)
        if len(parts) > 1 and total in book.cells:
            result = judge(Instance(rule, ("stated", rule.total, measure), ((1, total),), (parts,)), book)
            fits = result is not None and result.outcome in (CheckOutcome.EXACT, CheckOutcome.ROUNDING)
            whole = whole or (measure == "final" and fits)
            yield from _unless_open(result, whole)


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


_MORE = re.compile(r"(?:决算|支出)数?(?:大于|高于|超过|多于)[^。，,;；]{0,12}预算")
_LESS = re.compile(r"(?:决算|支出)数?(?:小于|低于|少于)[^。，,;；]{0,12}预算")


def same_direction(rule: Rule, book: Book) -> Iterator[CheckResult]:
    """N6: change and change % go the same way; 决算数大于预算数 is said of an item that spent more."""
    for row in book.layout.rows.get("stated", {}):
        change, percent = book.value("stated", row, "change"), book.value("stated", row, "change_pct")
        if change and percent:
            yield _direction(rule, row, change, percent, book)
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


def _said_direction(rule: Rule, row: str, book: Book) -> Iterator[CheckResult]:
    words = " ".join(f"{figure.printed} {figure.text or ''}" for figure in book.stated.get(row, {}).values())
    said = (bool(_MORE.search(words)), bool(_LESS.search(words)))
    final = ("stated", row, "final")
    budget = next((key for m in ("initial_budget", "budget") if (key := ("stated", row, m)) in book.cells), None)
    if said[0] == said[1] or budget is None or final not in book.cells:
        return
    if book.cell(final).doubt or book.cell(budget).doubt:
        return
    gap = total_of(((1, final), (-1, budget)), book)
    fits = gap >= 0 if said[0] else gap <= 0
    yield CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=CheckOutcome.EXACT if fits else CheckOutcome.BROKEN,
        explanation=f"情况说明称决算数{'大于' if said[0] else '小于'}预算数，而{name(final, book)} "
        f"{number(book.cell(final).value, '万元')}，{name(budget, book)} {number(book.cell(budget).value, '万元')}",
        row_key=row,
        measure="reason",
        left=book.cell(final).value,
        right=book.cell(budget).value,
        difference=gap,
        cells=("/".join(final), "/".join(budget)),
        page=book.cell(final).page,
    )

"""Rules over what the narrative lists: items against their total, directions against signs."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.checks.document_cells import WHOLE, CellKey
from ingest.checks.figures import DocumentFigures
from ingest.checks.instances import Instance
from ingest.checks.judge import judge, total_of, undecided
from ingest.checks.rows_of_sides import group_of, is_known, rows_of
from ingest.checks.sentences import name, number
from ingest.checks.undetermined import why_open
from ingest.checks.words import words_of
from warehouse.kinds.checks import Rule
from warehouse.kinds.tables import StandardTable
from warehouse.records.reading import CheckOutcome, CheckResult, Status


def without_code(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """An item that no 类 of the other table means is 0. Undecided while a 类 has no item of its name."""
    printed, coded = doc.printed, doc.printed.kind.table(rule.codes_of)
    items = printed.items(rule.table)
    has_both = printed.row_of(rule.table, rule.total) is not None and coded.code in printed.rows
    if not has_both or any(row not in items for row in printed.rows[coded.code] if _is_three_digits(row)):
        return
    uncoded = list(_uncoded(rule, set(items.values()), doc))
    if not any(doc.cell(key).is_printed for key in uncoded):
        text = f"{printed.kind.table(rule.table).number}中{coded.number}没有的各类均未列数字"
        yield CheckResult(rule.id, rule.says, CheckOutcome.EXACT, text, table_code=rule.table)
    for key in uncoded:
        if doc.cell(key).is_printed:
            nothing = Instance(rule, key, ((1, key),), (((1, ("=", "", "0")),),))
            if result := judge(nothing, doc):
                said = f"{coded.number}没有该类，{name(key, doc)} 为 0"
                result = result if doc.cell(key).value else replace(result, explanation=said)
                yield _unless_unread(result, key, coded, doc)


def _is_three_digits(row: str) -> bool:
    return len(row) == 3 and row.isdigit()


def _uncoded(rule: Rule, coded: set[str], doc: DocumentFigures) -> Iterator[CellKey]:
    """The items that no 类 means."""
    table = doc.printed.kind.table(rule.table)
    (measure, *_) = table.on_side(table.row(rule.total).side)
    items = rows_of(group_of(table, rule.total), doc.printed)
    yield from ((rule.table, item, measure.name) for item in items if item not in coded)


def _unless_unread(result: CheckResult, key: CellKey, coded: StandardTable, doc: DocumentFigures) -> CheckResult:
    """A 类 that the other table does not show may stand in a row that was not read, and a row whose name is no 类
    may mean any of those it shows."""
    if result.outcome is not CheckOutcome.BROKEN:
        return result
    measure = coded.total_measure
    why = why_open([(coded.code, coded.row(WHOLE).row_key, measure), (coded.code, "", measure)], doc)
    if why is None and not is_known(doc.printed.kind.table(key[0]), key[1]):
        why = "该行名称不知所指何类"
    return undecided(result, why) if why else result


def listed_items(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """The items add up to the stated total. Their finals tell whether the list is whole."""
    rows = [binding["row"] for binding in doc.printed.bindings(replace(rule, measures=("",)))]
    items = [row for row in rows if row != rule.total and not any(other.startswith(f"{row}/") for other in rows)]
    items = [row for row in items if not _is_of_fund(row, rule, doc)]
    whole = _covers_all(items, rule.spent_in, doc)
    for measure in rule.measures:
        listed = [("stated", row, measure) for row in items]
        parts = tuple((1, key) for key in listed if key in doc.cells)
        total = ("stated", rule.total, measure)
        if len(parts) > 1 and total in doc.cells:
            result = judge(Instance(rule, ("stated", rule.total, measure), ((1, total),), (parts,)), doc)
            fits = result is not None and result.outcome in (CheckOutcome.EXACT, CheckOutcome.ROUNDING)
            whole = whole or (measure == "final" and fits)
            yield from _unless_open(result, whole and _is_said_of_each(items, measure, doc))


def _is_said_of_each(items: list[str], measure: str, doc: DocumentFigures) -> bool:
    """Every item states this measure, or says that there was none."""
    none = words_of(doc.printed.kind).said.no_budget
    return all(
        measure in figures or any(none.search(f"{one.printed} {one.text or ''}") for one in figures.values())
        for figures in (doc.stated[row] for row in items)
    )


def _is_of_fund(row: str, rule: Rule, doc: DocumentFigures) -> bool:
    """An item that the tables of the funds show and that of this list does not belongs to another section."""
    code, rows = doc.printed.subject_codes.get(row, ""), doc.printed.rows
    of_fund = any(code in rows.get(table, ()) for table in rule.funds)
    return bool(code) and of_fund and code not in rows.get(rule.spent_in, ())


def _covers_all(items: list[str], table: str, doc: DocumentFigures) -> bool:
    """Every 项 (or, where the items are 类, every 类) on which the table shows money is listed."""
    codes = {doc.printed.subject_codes.get(row, "") for row in items}
    length = max(map(len, codes), default=0)
    spent = [row for row in doc.printed.rows.get(table, {}) if row.isdigit() and len(row) == length]
    return bool(length) and all(row in codes for row in spent if doc.value(table, row, "total"))


def _unless_open(result: CheckResult | None, whole: bool) -> Iterator[CheckResult]:
    if result is not None and result.outcome is CheckOutcome.BROKEN and not whole:
        result = undecided(result, "分项可能未列全")
    if result is not None:
        yield result


BUDGETS = ("initial_budget", "adjusted_budget", "budget")


def same_direction(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """Change and change % go the same way; 决算数大于预算数 is said of an item that spent more."""
    for row in doc.printed.rows.get("stated", {}):
        change, percent = doc.value("stated", row, "change"), doc.value("stated", row, "change_pct")
        if change and percent:
            result = _direction(rule, row, change, percent, doc)
            open_ = result.outcome is CheckOutcome.BROKEN and not _of_one_sentence(row, doc)
            yield undecided(result, "两数不出自同一句或非照印录入") if open_ else result
        yield from _said_direction(rule, row, doc)


def _direction(rule: Rule, row: str, change: Decimal, percent: Decimal, doc: DocumentFigures) -> CheckResult:
    same = (change > 0) == (percent > 0)
    cell = doc.cell(("stated", row, "change"))
    return CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=CheckOutcome.EXACT if same else CheckOutcome.BROKEN,
        explanation=f"{name(cell.key, doc)} {number(change, cell.unit)} 与增减率 {number(percent)}% "
        + ("方向一致" if same else "方向相反"),
        row_key=row,
        measure="change",
        left=change,
        right=percent,
        unit=cell.unit,
        cells=(f"stated/{row}/change", f"stated/{row}/change_pct"),
        place=cell.place,
    )


def _of_one_sentence(row: str, doc: DocumentFigures) -> bool:
    """Both figures are as printed, and the words of one begin with the words of the other."""
    change, percent = (doc.stated[row][measure] for measure in ("change", "change_pct"))
    shorter, longer = sorted((change.printed, percent.printed), key=len)
    as_printed = {change.status, percent.status} == {Status.AS_PRINTED}
    return as_printed and (longer.startswith(shorter) or shorter in longer)


def _said_direction(rule: Rule, row: str, doc: DocumentFigures) -> Iterator[CheckResult]:
    said = " ".join(f"{figure.printed} {figure.text or ''}" for figure in doc.stated.get(row, {}).values())
    words = words_of(doc.printed.kind).said
    more, less = words.more.search(said), words.less.search(said)
    found = more or less
    final = ("stated", row, "final")
    if not found or (more and less) or final not in doc.cells or doc.cell(final).doubt:
        return
    budgets = list(_budgets_meant(found[1], row, doc))
    if budgets and not any(doc.cell(key).doubt for key in budgets):
        results = [_held_against(rule, row, final, budget, bool(more), doc) for budget in budgets]
        yield next((one for one in results if one.outcome is CheckOutcome.EXACT), results[0])


def _budgets_meant(said: str, row: str, doc: DocumentFigures) -> Iterator[CellKey]:
    """The budget that the words name; without a name any that is stated may be meant."""
    named = {
        measure for measure, names in words_of(doc.printed.kind).budgets.items() if any(name in said for name in names)
    }
    for measure in BUDGETS:
        if (not named or measure in named) and ("stated", row, measure) in doc.cells:
            yield ("stated", row, measure)


def _held_against(
    rule: Rule, row: str, final: CellKey, budget: CellKey, is_more: bool, doc: DocumentFigures
) -> CheckResult:
    gap = total_of(((1, final), (-1, budget)), doc)
    fits = gap >= 0 if is_more else gap <= 0
    return CheckResult(
        rule_id=rule.id,
        rule=rule.says,
        outcome=CheckOutcome.EXACT if fits else CheckOutcome.BROKEN,
        explanation=f"情况说明称决算数{'大于' if is_more else '小于'}预算数，而{name(final, doc)} "
        f"{number(doc.cell(final).number, '万元')}，{name(budget, doc)} {number(doc.cell(budget).number, '万元')}",
        row_key=row,
        measure="reason",
        left=doc.cell(final).value,
        right=doc.cell(budget).value,
        difference=gap,
        cells=("/".join(final), "/".join(budget)),
        place=doc.cell(final).place,
    )

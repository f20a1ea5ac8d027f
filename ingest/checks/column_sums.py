"""Columns of a table that add up to others, row by row: sources to 合计, 人员经费 and 公用经费 to 基本支出.

Forms differ in the columns they print. A column that is not there is replaced by its own parts, and left out where
those are not there either. Columns that some forms add and others contain in their neighbours (其中), and those that
no form fixes, are told by the figures of the whole document: the choice with which most of its rows agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from ingest.checks.document_cells import Sum
from ingest.checks.figures import DocumentFigures
from ingest.checks.instances import Instance
from ingest.checks.judge import envelope_of, judge, total_of
from warehouse.kinds.checks import Rule
from warehouse.records.reading import CheckResult

MOST_OPEN = 6  # columns that may be parts of a sum: each choice among the first so many is tried


@dataclass(frozen=True, slots=True)
class Columns:
    """One sum as a document prints it: the measures that surely are its parts, those that may be, and whether a part
    that it should have is not there."""

    total: str
    sure: tuple[str, ...]
    open: tuple[str, ...]
    is_short: bool

    def parts(self, added: Sequence[str]) -> tuple[str, ...]:
        return (*self.sure, *(one for one in self.open if one in added))


def column_sum(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    printed = [
        columns
        for prefix, suffix in product(rule.before, rule.behind)
        for columns in _printed(rule, prefix, suffix, doc)
    ]
    added = _added(rule.table, printed, doc)
    for columns in printed:
        short = frozenset({0} if columns.is_short else ())
        for row in doc.printed.rows[rule.table] if (parts := columns.parts(added)) else ():
            at = (rule.table, row, columns.total)
            instance = Instance(rule, at, ((1, at),), (_sum(rule.table, row, parts),), short=short)
            if result := judge(instance, doc):
                yield result


def _sum(table: str, row: str, parts: Sequence[str]) -> Sum:
    return tuple((-1 if part.startswith("-") else 1, (table, row, part.removeprefix("-"))) for part in parts)


def _printed(rule: Rule, prefix: str, suffix: str, doc: DocumentFigures) -> Iterator[Columns]:
    """The sums of one year and fund whose totals have a column."""
    there = doc.printed.measures.get(rule.table, set())
    sums = {_full(name, prefix, suffix): [_full(one, prefix, suffix) for one in rule.sums[name]] for name in rule.sums}
    if not there.isdisjoint(_full(name, prefix, suffix) for name in rule.without):
        return
    for whole in there.intersection(rule.within):  # 本年收入小计 and its sources beside 上年结转
        held = rule.within[whole]
        sums = {name: [one for one in parts if one not in held] for name, parts in sums.items()}
        sums[whole] = sums[whole] if any(one in there for one in _all_below(sums, whole)) else list(held)
    optional = {_full(name, prefix, suffix) for name in rule.optional}
    for n, (name, (total, parts)) in enumerate(zip(rule.sums, sums.items(), strict=True)):
        is_checked = name in rule.checked or not rule.checked
        if total in there and is_checked and there.issuperset(part[1:] for part in parts if part.startswith("-")):
            surely = [part for part in parts if part not in optional]
            sure = [one for part in surely for one in _there(part, sums, there)]
            of_no_form = sorted(one for one in there if ":" in one) if n == 0 else []  # other:…
            maybe = [
                one for one in (*sorted(optional.intersection(parts, there)), *of_no_form) if one not in (total, *sure)
            ]
            is_short = (n > 0 or rule.whole_list) and any(_lacks(part, sums, there) for part in surely)
            yield Columns(total, tuple(sure), tuple(maybe), is_short)


def _full(name: str, prefix: str, suffix: str) -> str:
    sign = "-" if name.startswith("-") else ""
    return f"{sign}{prefix}{name.removeprefix('-')}{suffix}"


def _there(part: str, sums: dict[str, list[str]], there: set[str]) -> Iterator[str]:
    """A column, or its own parts."""
    if part.removeprefix("-") in there:
        yield part
    else:
        yield from (one for below in sums.get(part, ()) for one in _there(below, sums, there))


def _all_below(sums: Mapping[str, Sequence[str]], name: str) -> Iterator[str]:
    for part in sums.get(name, ()):
        yield part
        yield from _all_below(sums, part)


def _lacks(part: str, sums: Mapping[str, Sequence[str]], there: set[str]) -> bool:
    """Neither the column is there nor all its parts."""
    below = sums.get(part, ())
    return part.removeprefix("-") not in there and (not below or any(_lacks(one, sums, there) for one in below))


def _added(table: str, printed: Sequence[Columns], doc: DocumentFigures) -> tuple[str, ...]:
    """Of the columns that may be parts those with which most rows agree, the fewest of them."""
    maybe = list(dict.fromkeys(one for columns in printed for one in columns.open if _has_figure(table, one, doc)))
    choices = [choice for size in range(len(maybe[:MOST_OPEN]) + 1) for choice in combinations(maybe[:MOST_OPEN], size)]
    return min(choices, key=lambda choice: _misfits(table, printed, choice, doc)) if len(choices) > 1 else ()


def _has_figure(table: str, measure: str, doc: DocumentFigures) -> bool:
    return any(doc.value(table, row, measure) for row in doc.printed.rows[table])


def _misfits(table: str, printed: Sequence[Columns], added: Sequence[str], doc: DocumentFigures) -> int:
    return sum(
        _is_off(table, row, columns, added, doc)
        for columns in printed
        if columns.open
        for row in doc.printed.rows[table]
    )


def _is_off(table: str, row: str, columns: Columns, added: Sequence[str], doc: DocumentFigures) -> bool:
    sides: Sum = (
        (1, (table, row, columns.total)),
        *((-sign, key) for sign, key in _sum(table, row, columns.parts(added))),
    )
    return abs(total_of(sides, doc)) > envelope_of((key for _, key in sides), doc)

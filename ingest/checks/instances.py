"""From a rule to its instances in one document: which cells have to agree with which."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from ingest.checks.document_cells import At, Binding, CellKey, DocumentCells, Sum, is_class
from ingest.checks.rows_of_sides import group_of, rows_of
from ingest.checks.trees_of_rows import children_of_rows
from ingest.values import codes
from warehouse.kinds.checks import Rule, Side, Term
from warehouse.kinds.tables import Measure, StandardTable


@dataclass(frozen=True, slots=True)
class Instance:
    """`left` has to be the sum of one of `rights`, or at most that.

    `short` are the rights of which the document has not every declared cell; `is_fallback` says that what the
    rule declares first is not there.
    """

    rule: Rule
    at: At  # table, row and measure the result is filed under
    left: Sum
    rights: tuple[Sum, ...]
    at_most: bool = False
    binding: Binding | None = None
    short: frozenset[int] = frozenset()
    is_left_short: bool = False
    is_fallback: bool = False

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return tuple(key for _, key in (*self.left, *(one for right in self.rights for one in right)))


Expansion = Iterator[Instance]


def _plus(*keys: CellKey) -> Sum:
    return tuple((1, key) for key in keys)


def _total(rule: Rule, total: CellKey, parts: list[CellKey]) -> Expansion:
    if parts:
        yield Instance(rule, total, _plus(total), (_plus(*parts),))


def row_sum(rule: Rule, printed: DocumentCells) -> Expansion:
    """基本支出 + 项目支出 = 合计, row by row; a column the form lacks is left out."""
    spec = printed.kind.table(rule.table)
    there = printed.measures.get(spec.code, set())
    identity = spec.row_identity
    if identity is None or identity.total not in there:
        return
    parts = [part for part in identity.parts if part in there]
    short = frozenset({0} if len(parts) < len(identity.parts) else ())
    for row in printed.rows.get(spec.code, ()):
        if not spec.row_identity_side or row.startswith(f"{spec.row_identity_side}:"):
            total = (spec.code, row, identity.total)
            for instance in _total(rule, total, [(spec.code, row, part) for part in parts]):
                yield replace(instance, short=short)


def tree_sum(rule: Rule, printed: DocumentCells) -> Expansion:
    """Σ 项 = 款, Σ 款 = 类, Σ 类 = 合计, column by column; a level that is not printed is passed over."""
    spec = printed.kind.table(rule.table)
    rows = printed.rows.get(spec.code, {})
    for parent, children in children_of_rows(rows, printed.whole_row(spec), _lengths(spec)).items():
        for measure in _columns(spec, printed):
            total = (spec.code, parent, measure)
            yield from _total(rule, total, [(spec.code, child, measure) for child in children])


def _columns(spec: StandardTable, printed: DocumentCells) -> list[str]:
    there = printed.measures.get(spec.code, set())
    declared = [name for name in spec.measure_names if name in there]
    found = [*declared, *sorted(name for name in there if name.startswith(spec.open_measures))]
    return [name for name in found if spec.unit_of(name) is None]  # percentages add up to nothing


def _lengths(spec: StandardTable) -> tuple[int, ...]:
    """Of codes of the levels, the deepest first."""
    return codes.LENGTHS[spec.key][::-1] if spec.key else ()


def side_sum(rule: Rule, printed: DocumentCells) -> Expansion:
    """Σ 收入项目 = 本年收入合计; Σ 支出项目 = 本年支出合计."""
    spec = printed.kind.table(rule.table)
    total = printed.row_of(spec.code, rule.total)
    if total is not None:
        items = rows_of(group_of(spec, rule.total), printed)
        for measure in _measures_of(rule, spec.on_side(spec.row(rule.total).side)):
            if measure in printed.measures[spec.code]:
                yield from _total(rule, (spec.code, total, measure), [(spec.code, item, measure) for item in items])


def _measures_of(rule: Rule, declared: Sequence[Measure]) -> list[str]:
    """Those that a rule names; of a rule that names none the ones that every form prints."""
    return [one.name for one in declared if (one.name in rule.measures if any(rule.measures) else not one.is_optional)]


def group_sum(rule: Rule, printed: DocumentCells) -> Expansion:
    """301 + 303 = 人员经费合计; the other 类 = 公用经费合计."""
    rows = printed.rows.get(rule.table, {})
    whole = printed.row_of(rule.table, rule.total)
    if whole is None:
        return
    classes = list(filter(is_class, rows))
    parts = [row for row in classes if (row in rule.groups if rule.groups else row not in rule.other_than)]
    short = frozenset({0} if len(parts) < len(rule.groups) or _has_orphans(rows) else ())
    for measure in _columns(printed.kind.table(rule.table), printed):
        total = (rule.table, whole, measure)
        for instance in _total(rule, total, [(rule.table, part, measure) for part in parts]):
            yield replace(instance, short=short)


def _has_orphans(rows: dict[str, str]) -> bool:
    """A 款 whose 类 is not there."""
    return any(row.isdigit() and len(row) == 5 and row[:3] not in rows for row in rows)


def link(rule: Rule, printed: DocumentCells) -> Expansion:
    """Declared cells on both sides, once per row they are declared over."""
    for binding in printed.bindings(rule):
        if printed.has_all(rule.needs, binding) and not printed.has_any(rule.lacks, binding):
            left, is_left_short = _resolved(rule.left, binding, printed)
            rights = [_resolved(right, binding, printed) for right in rule.right]
            there = [right for right in rights if right[0]]
            if left and there:
                yield Instance(
                    rule,
                    _place(rule, binding, left, printed),
                    left,
                    tuple(cells for cells, _ in there),
                    rule.kind == "at_most",
                    binding,
                    short=frozenset(n for n, (_, is_short) in enumerate(there) if is_short),
                    is_left_short=rule.kind == "link" and is_left_short,
                    is_fallback=not rights[0][0],
                )


def _resolved(side: Side, binding: Binding, printed: DocumentCells) -> tuple[Sum, bool]:
    """The cells of a side, and whether of a sum over cells of the standard tables one is not there: not printed, not
    read, or called otherwise.
    """
    found = [printed.keys(slot, binding) for slot in side]
    asked = [keys for (term, *_), keys in zip(side, found, strict=True) if _is_one_cell(term, printed)]
    return tuple(chain.from_iterable(found)), len(asked) > 1 and not all(asked)


def _is_one_cell(term: Term, printed: DocumentCells) -> bool:
    return printed.kind.has(term.table) and not term.every


def _place(rule: Rule, binding: Binding, left: Sum, printed: DocumentCells) -> At:
    table, row, measure = left[0][1]
    is_list = any(all(term.every for term in slot) for slot in rule.left)
    filed = rule.table or (table if printed.kind.has(table) else None)
    return filed, binding.get("row") or (None if is_list else row), None if is_list else measure


EXPAND: dict[str, Callable[[Rule, DocumentCells], Expansion]] = {
    "row_sum": row_sum,
    "tree_sum": tree_sum,
    "side_sum": side_sum,
    "group_sum": group_sum,
    "link": link,
    "at_most": link,
}

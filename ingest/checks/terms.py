"""Which rows and columns a document has, and which of its cells a declared term means."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from glob import escape

from ingest.checks.class_names import items_of_classes
from ingest.checks.declarations import Rule, Side, Slot, Term
from ingest.values import codes
from ingest.values.characters import comparable
from warehouse.kinds.kind import DocumentKind

CellKey = tuple[str, str, str]  # table, row, measure
Signed = tuple[int, CellKey]
Binding = Mapping[str, str]
TOTALS = ("TOTAL", "PERSONNEL_TOTAL", "PUBLIC_TOTAL", "GRAND_TOTAL")


@dataclass
class Layout:
    """Rows with their labels in printed order, columns, and the tables that are there without a figure."""

    kind: DocumentKind
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    measures: dict[str, set[str]] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)  # printed, but their grid was not understood
    subject_codes: dict[str, str] = field(default_factory=dict)  # row of the narrative → functional code
    forms_named: dict[str, str] = field(default_factory=dict)  # row of the narrative → row of its form
    row_measures: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # of narrative and forms, row by row

    def bindings(self, rule: Rule) -> Iterator[Binding]:
        for measure in rule.measures:
            if not rule.over:
                yield {"measure": measure}
                continue
            seen = set()
            for table in rule.over:
                for row in self._meant(table, rule.rows):
                    if row not in seen:
                        seen.add(row)
                        yield self._bound(table, row, measure)

    def _meant(self, table: str, rows: str) -> list[str]:
        if (table, rows) not in self._meant_rows:
            self._meant_rows[table, rows] = [row for row in self.rows.get(table, ()) if _is_meant(row, rows)]
        return self._meant_rows[table, rows]

    @cached_property
    def _meant_rows(self) -> dict[tuple[str, str], list[str]]:
        return {}

    def _bound(self, table: str, row: str, measure: str) -> Binding:
        kind, _, subject = row.partition("/")
        code = self.subject_codes.get(row, "") if table == "stated" else row
        form = self.forms_named.get(row, "")
        return {
            "table": table, "row": row, "measure": measure, "kind": kind, "subject": subject,
            "code": code, "item": code[:3], "form": form,
        }  # fmt: skip

    def has_all(self, side: Side, binding: Binding) -> bool:
        return all(self.keys(slot, binding) for slot in side)

    def has_any(self, side: Side, binding: Binding) -> bool:
        return any(self.keys(slot, binding) for slot in side)

    def resolved(self, side: Side, binding: Binding) -> tuple[Signed, ...]:
        """The cells of a side. What the form has not is left out."""
        return tuple(signed for slot in side for signed in self.keys(slot, binding))

    def keys(self, slot: Slot, binding: Binding) -> tuple[Signed, ...]:
        for term in slot:
            found = tuple((term.sign, key) for key in self._cells(term, binding))
            if found:
                return found
        return ()

    def _cells(self, term: Term, binding: Binding) -> Iterator[CellKey]:
        if term.table == "=":
            yield ("=", "", term.measure)
            return
        table, measure = _filled(term.table, binding), _filled(term.measure, binding)
        if table in self.empty or table in self.unread:
            yield from self._unprinted(term, table, binding, measure)
        elif table in self.rows:
            for row in self._rows(term, table, binding):
                yield from ((table, row, found) for found in self._measures(table, row, measure))

    def _unprinted(self, term: Term, table: str, binding: Binding, measure: str) -> Iterator[CellKey]:
        """Of a table without figures any one cell may be asked for, not a list of them."""
        row = _filled(term.row, binding)
        if row and not term.every:
            yield (table, row, measure)

    def _measures(self, table: str, row: str, measure: str) -> Iterator[str]:
        if "*" in measure:
            at = (table, row, measure)
            if at not in self._fitting_measures:
                known = self.row_measures.get((table, row), ())
                self._fitting_measures[at] = [one for one in known if fits(one, measure)]
            yield from self._fitting_measures[at]
        elif (table, row) in self.row_measures:
            if measure in self.row_measures[table, row]:
                yield measure
        elif measure in self.measures.get(table, ()):
            yield measure

    @cached_property
    def _fitting_measures(self) -> dict[tuple[str, str, str], list[str]]:
        return {}

    def _rows(self, term: Term, table: str, binding: Binding) -> Iterator[str]:
        rows = self.rows[table]
        for pattern in term.row.split("|"):
            if "{item}" in pattern:
                row = self.items(table).get(binding.get("item", ""), "")
            elif "*" in pattern:
                row = pattern.format_map({key: escape(value) for key, value in binding.items()})
            else:
                row = _filled(pattern, binding)
            found = list(self._fitting(table, rows, row, "*" in pattern, term.every))
            if found:
                yield from found
                return

    def _fitting(self, table: str, rows: Mapping[str, str], row: str, is_pattern: bool, every: bool) -> Iterator[str]:
        if row in rows:
            yield row
        elif is_pattern:
            if (table, row) not in self._fitting_rows:
                fitting = [key for key in rows if fits(key, row)]
                fitting = fitting or self._alike(table, lambda name: fits(name, _comparable_row(row)))
                self._fitting_rows[table, row] = fitting
            fitting = self._fitting_rows[table, row]
            yield from fitting if every else fitting[:1]
        elif ":" in row:
            yield from self._alike(table, _comparable_row(row).__eq__)[:1]
        elif is_code(row) and self.kind.has(table):
            yield row  # a whole table without the row says 0

    @cached_property
    def _fitting_rows(self) -> dict[tuple[str, str], list[str]]:
        return {}

    def _alike(self, table: str, is_meant: Callable[[str], bool]) -> list[str]:
        """Rows whose name says the same: 年末结转与结余 is 年末结转和结余."""
        if table not in self._comparable:
            self._comparable[table] = [(row, _comparable_row(row)) for row in self.rows[table]]
        return [row for row, name in self._comparable[table] if is_meant(name)]

    @cached_property
    def _comparable(self) -> dict[str, list[tuple[str, str]]]:
        return {}

    def items(self, table: str) -> dict[str, str]:
        """Functional class → row of the same item in GK01 or GK04."""
        if table not in self._items:
            named = {
                row: label
                for code in ("GK03", "GK02", "GK05", "GK07", "GK08")
                for row, label in self.rows.get(code, {}).items()
                if is_code(row) and len(row) == 3
            }
            self._items[table] = items_of_classes(named, self.rows.get(table, {}))
        return self._items[table]

    @cached_property
    def _items(self) -> dict[str, dict[str, str]]:
        return {}


def _filled(text: str, binding: Binding) -> str:
    return text.format_map(binding) if "{" in text else text


def _is_meant(row: str, rows: str) -> bool:
    if rows in ("class", "code"):
        return is_code(row) and (rows == "code" or len(row) == 3)
    return any(fits(row, pattern) for pattern in rows.split("|"))


def fits(text: str, pattern: str) -> bool:
    """fnmatchcase, the common pattern with one star without a regular expression."""
    head, star, tail = pattern.partition("*")
    if not star:
        return text == pattern
    if "*" in tail or "[" in pattern or "?" in pattern:
        return fnmatchcase(text, pattern)
    return len(text) >= len(head) + len(tail) and text.startswith(head) and text.endswith(tail)


@lru_cache(8192)
def _comparable_row(row: str) -> str:
    """Side and level stay apart; the name is made comparable."""
    side, _, name = row.rpartition(":")
    return f"{side}:" + "/".join(map(comparable, name.split("/")))


def is_code(row: str) -> bool:
    return any(codes.is_code(row, key) for key in codes.LENGTHS)


def layout_of_rows(kind: DocumentKind, rows: Mapping[tuple[str, str], str]) -> Layout:
    """For a document whose cells are not settled yet: all columns of the specs are taken to be there."""
    layout = Layout(kind)
    for (table, row), label in rows.items():
        layout.rows.setdefault(table, {})[row] = label
    layout.measures = {spec.code: set(spec.measure_names) for spec in kind.tables}
    return layout

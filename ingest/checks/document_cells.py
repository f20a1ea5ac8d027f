"""Which rows and columns a document has, and which of its cells a declared term means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from glob import escape

from ingest.checks.trees_of_rows import whole_of_units
from ingest.values import codes
from ingest.values.class_names import items_of_classes
from warehouse.kinds.checks import Rule, Side, Slot, Term
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import StandardTable

CellKey = tuple[str, str, str]  # table, row, measure
Signed = tuple[int, CellKey]
Sum = tuple[Signed, ...]  # cells that are added up
Binding = Mapping[str, str]
At = tuple[str | None, str | None, str | None]  # table, row and measure that a result is filed under
CLASS = 3  # digits
WHOLE = "total"  # key of the row 合计
SHAPES_OF_SUBJECTS = ("keyed_rows", "several_keys")


@dataclass
class DocumentCells:
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
            "code": code, "item": code[:CLASS], "form": form,
        }  # fmt: skip

    def has_all(self, side: Side, binding: Binding) -> bool:
        return all(self.keys(slot, binding) for slot in side)

    def has_any(self, side: Side, binding: Binding) -> bool:
        return any(self.keys(slot, binding) for slot in side)

    def resolved(self, side: Side, binding: Binding) -> Sum:
        """The cells of a side. What the form has not is left out."""
        return tuple(signed for slot in side for signed in self.keys(slot, binding))

    def missing(self, side: Side, binding: Binding) -> tuple[CellKey, ...]:
        """Table, key and measure of the declared rows of a side that the document prints under no known wording."""
        return tuple(
            (term.table, term.row, _filled(term.measure, binding))
            for slot in side
            for term in slot
            if self._declares(term) and term.table in self.rows and not self.keys(slot, binding)
        )

    def _declares(self, term: Term) -> bool:
        return self.kind.has(term.table) and self.kind.table(term.table).has_row(term.row)

    def keys(self, slot: Slot, binding: Binding) -> Sum:
        for term in slot:
            found = tuple([(term.sign, key) for key in self._cells(term, binding)])
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
        row = self.kind.table(table).row(term.row).row_key if self._declares(term) else _filled(term.row, binding)
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
        if term.is_parts:
            yield from self.parts(table, term.row)
        elif self._declares(term):
            row = self.row_of(table, term.row)
            yield from () if row is None else (row,)
        elif "*" in term.row:
            row = term.row.format_map({key: escape(value) for key, value in binding.items()})
            yield from self._fitting(table, row, term.every)
        else:
            yield from self._named(table, self._named_row(term, table, binding))

    def _named_row(self, term: Term, table: str, binding: Binding) -> str:
        if "{item}" in term.row:
            return self.items(table).get(binding.get("item", ""), "")
        return _filled(term.row, binding)

    def _named(self, table: str, row: str) -> Iterator[str]:
        """A row as it is called; a code that a whole table does not have is 0 there."""
        if row in self.rows[table] or (is_code(row) and self.kind.has(table)):
            yield row

    def _fitting(self, table: str, pattern: str, every: bool) -> list[str]:
        if (table, pattern) not in self._fitting_rows:
            self._fitting_rows[table, pattern] = [row for row in self.rows[table] if fits(row, pattern)]
        found = self._fitting_rows[table, pattern]
        return found if every else found[:1]

    @cached_property
    def _fitting_rows(self) -> dict[tuple[str, str], list[str]]:
        return {}

    def row_of(self, table: str, key: str) -> str | None:
        """The row that is an item of the form, in whatever declared wording; the form's own wording first."""
        found = self._items_of(table).get(key, ())
        if key in (WHOLE, self.kind.table(table).row_key) and not found:
            return self._only_row(table)
        label = self.kind.table(table).row(key).row_key if found else ""
        return label if label in found else next(iter(found), None)

    def _only_row(self, table: str) -> str | None:
        """The whole of a table without a total: its single row without a code, or that of the one unit it is about."""
        rows = self.rows.get(table, {})
        return whole_of_units(rows) or next((row for row in rows if len(rows) == 1 and not row.isdigit()), None)

    def whole_row(self, table: StandardTable) -> str | None:
        """The row of all subjects, in a table whose rows are subjects one below the other."""
        return self.row_of(table.code, WHOLE) if table.shape in SHAPES_OF_SUBJECTS else None

    def item_of(self, table: str, row: str) -> str | None:
        return self.kind.table(table).item_of(row) if self.kind.has(table) else None

    def _items_of(self, table: str) -> dict[str, list[str]]:
        if table not in self._rows_of_items:
            found = self._rows_of_items.setdefault(table, {})
            for row in self.rows.get(table, ()):
                if key := self.item_of(table, row) or self._item_of_list(table, row):
                    found.setdefault(key, []).append(row)
        return self._rows_of_items[table]

    def _item_of_list(self, table: str, row: str) -> str | None:
        """In a list beside those of income and expenditure: its closing rows are those of the expenditure."""
        name, _, rest = row.partition(":")
        is_list = self.kind.has(table) and any(name == block.name for block in self.kind.table(table).blocks)
        return self.item_of(table, f"expenditure:{rest}") if is_list else None

    @cached_property
    def _rows_of_items(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def parts(self, table: str, key: str) -> list[str]:
        """The rows that make up a row: its details printed below it, and those that are declared to be part of it."""
        spec = self.kind.table(table)
        above = spec.row(key).row_key
        return [row for row in self.rows.get(table, ()) if row.startswith(f"{above}/") or _is_part(spec, row, key)]

    def items(self, table: str) -> dict[str, str]:
        """Functional class → row of the same item in a table with two sides."""
        if table not in self._items:
            named = {
                row: label
                for spec in self.kind.tables
                if spec.key == "functional_code"
                for row, label in self.rows.get(spec.code, {}).items()
                if is_class(row)
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
        return is_class(row) if rows == "class" else is_code(row)
    return any(fits(row, pattern) for pattern in rows.split("|"))


def _is_part(spec: StandardTable, row: str, key: str) -> bool:
    item = spec.item_of(row)
    return item is not None and spec.row(item).part_of == key


def fits(text: str, pattern: str) -> bool:
    """fnmatchcase, the common pattern with one star without a regular expression."""
    head, star, tail = pattern.partition("*")
    if not star:
        return text == pattern
    if "*" in tail or "[" in pattern or "?" in pattern:
        return fnmatchcase(text, pattern)
    return len(text) >= len(head) + len(tail) and text.startswith(head) and text.endswith(tail)


def is_code(row: str) -> bool:
    return any(codes.is_code(row, key) for key in codes.LENGTHS)


def is_class(row: str) -> bool:
    return len(row) == CLASS and is_code(row)


def cells_of_rows(kind: DocumentKind, rows: Mapping[tuple[str, str], str]) -> DocumentCells:
    """For a document whose cells are not settled yet: all columns of its tables are taken to be there."""
    found = DocumentCells(kind)
    for (table, row), label in rows.items():
        found.rows.setdefault(table, {})[row] = label
    found.measures = {table.code: set(table.measure_names) for table in kind.tables}
    return found

"""The lists of a table with sides as a document prints them: income, expenditure, and expenditure by other subjects.

A list has items, the sum of its items, balances and the sum of both. Where the rows stand tells which is which: items
above the sum of items, or below it where the form begins with the sum; what follows are balances. Lists beside one
another may share the closing rows, which are then those of the expenditure.
"""

from dataclasses import dataclass

from ingest.checks.document_cells import CellKey
from ingest.checks.figures import DocumentFigures
from ingest.checks.words import words_of
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words

INCOME, EXPENDITURE = "income", "expenditure"


@dataclass(frozen=True, slots=True)
class PrintedList:
    """`rows` are all of its rows, `items` and `balances` those that are no sum, with what they take in."""

    table: StandardTable
    name: str
    rows: tuple[str, ...]
    items: tuple[str, ...]
    balances: tuple[str, ...]
    sum_of_items: str | None
    whole: str | None

    @property
    def side(self) -> str:
        return INCOME if self.name == INCOME else EXPENDITURE

    def item_of(self, row: str) -> str | None:
        """The declared row that a row is, in any list of its side."""
        return self.table.item_of(f"{self.side}:{row.partition(':')[2]}")

    def measures(self, row: str, doc: DocumentFigures) -> list[str]:
        """Those that are printed of a row, the declared ones first."""
        declared = [measure.name for measure in self.table.on_side(self.side)]
        there = doc.printed.measures.get(self.table.code, set())
        names = [*declared, *sorted(there - set(self.table.measure_names))]
        return [name for name in dict.fromkeys(names) if (self.table.code, row, name) in doc.cells]

    def key(self, row: str, measure: str) -> CellKey:
        return (self.table.code, row, measure)

    def details_of(self, row: str) -> list[str]:
        """The rows that are part of a row: printed below it under its name, or declared to be."""
        below = [one for one in self.rows if one.rpartition("/")[0] == row]
        item = self.item_of(row)
        return below or [one for one in self.rows if item and self._part_of(one) == item]

    def is_detail(self, row: str, doc: DocumentFigures) -> bool:
        """Whether another row of the list takes it in."""
        is_named_so = row.rpartition("/")[0] in self.rows or self.is_of_which(row, doc)
        above = self._part_of(row)
        return is_named_so or (above is not None and any(self.item_of(one) == above for one in self.rows))

    def is_of_which(self, row: str, doc: DocumentFigures) -> bool:
        """其中：…, which need not be all that its row takes in."""
        label = doc.printed.rows[self.table.code].get(row, "")
        return bool(table_words().of_which.match(label)) or label.startswith(words_of(doc.printed.kind).of_which)

    def _part_of(self, row: str) -> str | None:
        item = self.item_of(row)
        return self.table.row(item).part_of if item else None

    def lacks_details_of(self, row: str) -> bool:
        """A row that is declared to be part of it is not printed; or it is a balance, of which only those details are
        called after it whose names other items have too."""
        item = self.item_of(row)
        parts = {one.key for one in self.table.rows if item and one.part_of == item}
        return row in self.balances or bool(parts - {self.item_of(one) for one in self.rows})


def printed_lists(table: StandardTable, doc: DocumentFigures) -> list[PrintedList]:
    by_name: dict[str, list[str]] = {}
    for row in doc.printed.rows.get(table.code, ()):
        by_name.setdefault(row.partition(":")[0], []).append(row)
    found = {name: _list(table, name, rows) for name, rows in by_name.items()}
    shared = found.get(EXPENDITURE)
    return [_with_closing_rows(one, shared) if shared else one for one in found.values()]


def _list(table: StandardTable, name: str, rows: list[str]) -> PrintedList:
    empty = PrintedList(table, name, tuple(rows), (), (), None, None)
    sums = {row: _sums(empty, row) for row in rows}
    sum_of_items = next((row for row in rows if sums[row] == "items"), None)
    whole = next((row for row in rows if sums[row] == "side"), None)
    between = [row for row in rows if not sums[row]]
    if whole and rows[0] != whole:
        between = [row for row in between if rows.index(row) < rows.index(whole)]
    first = _first_balance(empty, rows, between, sum_of_items)
    items, balances = between[:first], between[first:]
    return PrintedList(table, name, tuple(rows), tuple(items), tuple(balances), sum_of_items, whole)


def _sums(found: PrintedList, row: str) -> str | None:
    item = found.item_of(row)
    return found.table.row(item).sums if item else None


def _first_balance(found: PrintedList, rows: list[str], between: list[str], sum_of_items: str | None) -> int:
    """Number of the items: what stands above their sum; without such a row above the declared balances."""
    above = [row for row in between if sum_of_items and rows.index(row) < rows.index(sum_of_items)]
    if above:
        return len(above)
    declared = _balances(found)
    return next((n for n, row in enumerate(between) if found.item_of(row) in declared), len(between))


def _balances(found: PrintedList) -> set[str]:
    """The declared rows that stand below the sum of the items of the side."""
    mine = [row for row in found.table.rows if row.side == found.side]
    no = next((n for n, row in enumerate(mine) if row.sums == "items"), len(mine))
    return {row.key for row in mine[no + 1 :] if row.sums is None}


def _with_closing_rows(found: PrintedList, shared: PrintedList) -> PrintedList:
    if found.name in (INCOME, EXPENDITURE) or found.sum_of_items or found.whole:
        return found
    sums = (shared.sum_of_items, shared.whole)
    return PrintedList(found.table, found.name, found.rows, found.items, shared.balances, *sums)

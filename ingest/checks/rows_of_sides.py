"""The rows of a table with two sides: items, the sum of the items, balances, and the sum of the side.

Which rows are sums is declared (`sums` of a row), and so are the rows of the form. What stands above the sum of the
items is an item, what stands below it a balance.
"""

from dataclasses import dataclass

from ingest.checks.document_cells import DocumentCells
from ingest.checks.words import words_of
from ingest.values.class_names import is_class_name
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import StandardTable


@dataclass(frozen=True, slots=True)
class RowGroup:
    """The items of one side of a table, or its balances; all rows of a table that has no sides."""

    table: str
    side: str | None = None
    is_below: bool = False


def group_of(table: StandardTable, key: str) -> RowGroup:
    """Where a declared row stands in the form."""
    row = table.row(key)
    sum_no = next((n for n, one in enumerate(table.rows) if (one.side, one.sums) == (row.side, "items")), None)
    return RowGroup(table.code, row.side, sum_no is not None and table.rows.index(row) > sum_no)


def rows_of(group: RowGroup, printed: DocumentCells) -> list[str]:
    """As printed, without the sums and without the lines that a row above takes in."""
    spec, rows = printed.kind.table(group.table), list(printed.rows.get(group.table, ()))
    if group.side is None:
        return rows
    mine = [row for row in rows if row.startswith(f"{group.side}:")]
    sum_no = next((n for n, row in enumerate(mine) if _sums(spec, row) == "items"), len(mine))
    mine = mine[sum_no + 1 :] if group.is_below else mine[:sum_no]
    return [row for row in mine if _sums(spec, row) is None and not _is_detail(row, printed.kind)]


def sums_of(table: StandardTable, side: str, printed: DocumentCells) -> set[str]:
    """The row that sums a whole side; none where it is not printed."""
    found = (printed.row_of(table.code, row.key) for row in table.rows if (row.side, row.sums) == (side, "side"))
    return {row for row in found if row}


def is_known(table: StandardTable, row: str) -> bool:
    """Whether it is told what a row is: a row of the form or a 类."""
    return table.item_of(row) is not None or is_class_name(row.partition(":")[2], table.class_rows)


def _sums(table: StandardTable, row: str) -> str | None:
    item = table.item_of(row)
    return table.row(item).sums if item else None


def _is_detail(row: str, kind: DocumentKind) -> bool:
    name = row.partition(":")[2]
    return "/" in name or name.startswith(words_of(kind).of_which)

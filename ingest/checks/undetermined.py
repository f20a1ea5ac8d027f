"""What was not read, or not printed, that alone may be why two sides do not agree: then nobody is accused."""

from collections.abc import Iterable, Iterator

from ingest.checks.figures import ZERO, Book
from ingest.checks.sentences import table_name
from ingest.checks.terms import CellKey, is_code
from ingest.values.characters import without_numbering
from warehouse.records.reading import TableFound, TableStatus

GRAND_TOTAL = "总计"
CURRENT = ("本年收入合计", "本年支出合计")  # below it stand balances, which the grand total takes in


def why_open(keys: Iterable[CellKey], book: Book) -> str | None:
    """One sentence, or None where everything these cells speak of was read."""
    by_table: dict[str, list[CellKey]] = {}
    for key in keys:
        if key[0] in book.found:
            by_table.setdefault(key[0], []).append(key)
    reasons = (reason for table, mine in by_table.items() for reason in _reasons(table, mine, book))
    return next(reasons, None)


def _reasons(table: str, keys: list[CellKey], book: Book) -> Iterator[str]:
    called = table_name(table)
    found = book.found[table]
    absent = any(key not in book.cells for key in keys)
    if found.status is TableStatus.BLANK:
        yield f"{called}印有表头而未印数字，不能当作 0"
    elif not found.is_whole and (reason := _not_whole(found, keys)):
        yield f"{called}{reason}"
    elif absent and not closes(table, book):
        yield f"{called}各类之和不等于合计，未见的科目不能当作 0"
    if row := _other_balance(table, keys, book):
        yield f"{called}另有“{without_numbering(row.partition(':')[2])}”一行不知归属"


def _not_whole(found: TableFound, keys: list[CellKey]) -> str | None:
    """Rows that were not read leave sums over rows open, columns sums over columns."""
    if found.unread_rows and len({row for _, row, _ in keys}) > 1:
        return f"有{len(found.unread_rows)}行未能读出"
    if found.unread_columns and len({measure for _, _, measure in keys}) > 1:
        return f"“{found.unread_columns[0]}”一栏未能读出"
    return None if found.unread_rows or found.unread_columns else "未能完整读出"


def closes(table: str, book: Book) -> bool:
    """The 类 that were read add up to the 合计, so that none is missing. Tables without codes are taken whole."""
    rows = book.layout.rows.get(table, {})
    classes = [row for row in rows if len(row) == 3 and is_code(row)]
    if "TOTAL" not in rows:
        return not classes
    cells = [book.cells.get((table, row, "total")) for row in ("TOTAL", *classes)]
    if any(cell is None or cell.value is None for cell in cells):
        return False
    total, *parts = (cell.value for cell in cells)
    return abs(total - sum(parts, ZERO)) <= sum((cell.half for cell in cells if cell.is_printed), ZERO)


def _other_balance(table: str, keys: list[CellKey], book: Book) -> str | None:
    """A row with a figure between 本年收入合计 and 总计 that takes no part: its wording is not known."""
    sides: dict[str, set[str]] = {}
    for _, row, _ in keys:
        side, colon, _ = row.partition(":")
        if colon:
            sides.setdefault(side, set()).add(row)
    measures = {measure for _, _, measure in keys}
    for side, used in sides.items():
        balances = _balances(table, side, book)
        if len(used) > 1 and not used.isdisjoint({*balances, f"{side}:{GRAND_TOTAL}"}):
            for row in balances:
                if row not in used and any(_has_figure((table, row, measure), book) for measure in measures):
                    return row
    return None


def _balances(table: str, side: str, book: Book) -> list[str]:
    """Rows of a side below 本年收入合计, without 总计 and without the lines that a row above takes in."""
    mine = [row for row in book.layout.rows.get(table, {}) if row.startswith(f"{side}:")]
    current = next((n for n, row in enumerate(mine) if row.partition(":")[2] in CURRENT), len(mine))
    return [row for row in mine[current + 1 :] if _stands_alone(row.partition(":")[2])]


def _stands_alone(name: str) -> bool:
    return name != GRAND_TOTAL and "/" not in name and not name.startswith("其中")


def _has_figure(key: CellKey, book: Book) -> bool:
    cell = book.cells.get(key)
    return cell is not None and cell.is_printed and cell.value != 0

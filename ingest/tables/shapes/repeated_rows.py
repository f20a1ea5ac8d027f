"""Rows with one key that are several: the same project of two units that are not named. They are one row, their sum."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from ingest.tables.shapes.readrows import ReadCell, ReadRow, ReadTable
from ingest.values.amounts import ADDED, Reading
from ingest.values.rounding import OF_A_ROW
from warehouse.records.reading import Presence


def add_repeated(table: ReadTable, measure: str, total: ReadRow | None, parts: list[ReadRow]) -> None:
    """Adds up the rows that have the same key, where `measure` of `parts` adds up to that of `total` with all of them.

    Without that proof a row may be printed twice, and they stay as they are.
    """
    rows: dict[str, list[ReadRow]] = defaultdict(list)
    for row in parts:
        rows[row.key].append(row)
    repeated = {key: same for key, same in rows.items() if len(same) > 1}
    if not repeated or total is None or not _adds_up(measure, total, parts):
        return
    for same in repeated.values():
        table.addends += same
        place = table.rows.index(same[0])
        table.rows[place] = _sum(same)
        table.rows[place + 1 :] = [row for row in table.rows[place + 1 :] if row not in same]


def _adds_up(measure: str, total: ReadRow, parts: list[ReadRow]) -> bool:
    rows = (total, *parts)
    values = [value for row in rows if (value := value_of(row, measure)) is not None]
    return len(values) == len(rows) and abs(values[0] - sum(values[1:])) <= OF_A_ROW * len(parts)


def value_of(row: ReadRow, measure: str) -> Decimal | None:
    """The number of a row, 0 of a blank; None where it is damaged or the row has no such cell."""
    cell = next((cell for cell in row.cells if cell.measure == measure), None)
    if cell is None or cell.reading.is_damaged:
        return None
    return cell.reading.value or Decimal(0)


def _sum(rows: list[ReadRow]) -> ReadRow:
    cells = zip(*(row.cells for row in rows), strict=True)
    codes = {row.project_code for row in rows}
    code = rows[0].project_code if len(codes) == 1 else None
    return replace(rows[0], cells=tuple(map(_sum_of_cells, cells)), project_code=code)


def _sum_of_cells(cells: tuple[ReadCell, ...]) -> ReadCell:
    printed = [cell for cell in cells if cell.reading.presence is Presence.NUMBER]
    if len(printed) < 2 or any(cell.reading.is_damaged for cell in printed):
        return printed[0] if printed else cells[0]
    value = sum((cell.reading.value or Decimal(0) for cell in printed), Decimal(0))
    return replace(
        printed[0], printed=ADDED.join(cell.printed for cell in printed), reading=Reading(Presence.NUMBER, value)
    )

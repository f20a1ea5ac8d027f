"""Codes printed as 208.05.01, made 2080501 where the column shows that they are codes and no amounts."""

import re
from dataclasses import replace

from ingest.document import Cell, RawRow, RawTable
from warehouse.kinds.characters import squeeze

_CLASS = re.compile(r"[2-5]\d{2}")
_DOTTED = re.compile(r"([2-5]\d{2})\.\d{2}(\.\d{2})?")
_LEAST = 3  # 款 below their 类, where no 项 shows what the column holds: amounts do not repeat a whole number so


def with_plain_codes(table: RawTable) -> RawTable:
    """The table without the points in the codes of its columns of codes; the digits stay."""
    columns = {column for column in _dotted(table) if _holds_codes(table, column)}
    if not columns:
        return table
    return replace(table, rows=tuple(_plain(row, columns) for row in table.rows))


def _dotted(table: RawTable) -> set[int]:
    """The columns that hold a code with points, or an amount that looks like one."""
    return {n for row in table.rows for n, text in enumerate(row.bare) if text[3:4] == "." and _DOTTED.fullmatch(text)}


def _holds_codes(table: RawTable, column: int) -> bool:
    """208.05.01 is no amount. 301.01, 301.02 and 301.03 below 301 are none either."""
    below, above = 0, ""
    for text in (row.bare[column] for row in table.rows if column < len(row.bare)):
        if _CLASS.fullmatch(text):
            above = text
        elif found := _DOTTED.fullmatch(text):
            if found[2]:
                return True
            below += found[1] == above
    return below >= _LEAST


def _plain(row: RawRow, columns: set[int]) -> RawRow:
    return replace(row, cells=tuple(_plain_cell(cell) if n in columns else cell for n, cell in enumerate(row.cells)))


def _plain_cell(cell: Cell | None) -> Cell | None:
    text = squeeze(cell.text) if cell else ""
    return cell._replace(text=text.replace(".", "")) if cell and _DOTTED.fullmatch(text) else cell

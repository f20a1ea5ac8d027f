"""Formulas of an Excel 97 workbook that were written by a program that computes nothing: [MS-XLS] 2.4.127, Formula.

Such a program writes 0 or an empty text as the result, and that it is to be computed when the file is opened, or it
names no program that computed the workbook (2.4.215, RecalcId), with the same effect. xlrd hands on the result alone.
"""

import struct
from collections.abc import Iterator
from typing import Any

_FORMULA, _COMPUTED_BY, _BEGIN, _END = (0x0006, 0x0206, 0x0406), 0x01C1, 0x0809, 0x000A  # numbers of records
_CELL = struct.Struct("<HHH8sH")  # row, column, look, result, flags
_ON_OPENING = 0x2  # flag
_ZERO = bytes(8)


def uncomputed(book: Any, sheet: Any) -> set[tuple[int, int]]:
    """Row and column of their cells, counted from 0. `book` was opened on demand, so that it still holds its bytes."""
    records = _records(book, book._sh_abs_posn[sheet.number])
    cells = [_CELL.unpack_from(data) for kind, data in records if kind in _FORMULA]
    empty = [(row, column, flags) for row, column, _, result, flags in cells if _is_nothing(result)]
    all_of_them = bool(empty) and not any(kind == _COMPUTED_BY for kind, _ in _records(book, book.base))
    return {(row, column) for row, column, flags in empty if all_of_them or flags & _ON_OPENING}


def _is_nothing(result: bytes) -> bool:
    is_empty_text = result[0] == 3 and result.endswith(b"\xff\xff")
    return result == _ZERO or is_empty_text


def _records(book: Any, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of the workbook; a chart on a sheet begins and ends among those of the sheet."""
    depth = 0
    while at + 4 <= len(book.mem):
        kind, length = struct.unpack_from("<HH", book.mem, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth < 1:
            return
        yield kind, book.mem[at + 4 : at + 4 + length]
        at += 4 + length

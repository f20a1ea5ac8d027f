"""Workbooks in the binary format of Excel 97 to 2003 → sheets. Nothing is computed and no macro is run."""

import struct
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError
from xlrd.formula import FormulaError

from ingest import errors
from ingest.document import Document
from ingest.readers.markup import lowered, raised
from ingest.readers.workbook.number_formats import WHITE, colour_of
from ingest.readers.workbook.read import document_of
from ingest.readers.workbook.sheet import FROM_1900, FROM_1904, Range, Sheet, StoredCell, Value
from ingest.readers.workbook.uncomputed import uncomputed
from warehouse.base.messages import N_

LABEL = N_("Excel 97 workbook")
_VISIBLE = 0
_ENCRYPTED = "encrypted"
_NO_PATTERN, _SOLID = 0, 1
_WHITE = (255, 255, 255)
_MOVED = {1: raised, 2: lowered}  # by the number that xlrd gives a font of raised or lowered characters
_EMPTY = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
# What xlrd raises for a damaged file; it has no error of its own for most of them.
_DAMAGED = (
    *(XLRDError, CompDocError, FormulaError, struct.error, ValueError, TypeError, IndexError, KeyError),
    *(AssertionError, AttributeError, OverflowError, ZeroDivisionError),
)


def read_xls(file: str, data: bytes) -> Document:
    """Raises Damaged and Encrypted."""
    try:
        # Ragged: a cell that stands far out would otherwise fill all rows with millions of empty ones.
        # On demand: the book keeps its bytes, in which formulas are looked at.
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=StringIO()
        )
        sheets = list(_sheets(book))
    except _DAMAGED as error:
        if _ENCRYPTED in str(error):
            raise errors.Encrypted(file, label=LABEL) from error
        raise errors.Damaged(file, label=LABEL, cause=f"xlrd: {error or type(error).__name__}") from error
    return document_of(sheets, "xls")


def _sheets(book: Any) -> Iterator[Sheet]:
    """The sheets in the order of their tabs."""
    for sheet in book.sheets():
        yield _sheet(sheet, book)


def _sheet(sheet: Any, book: Any) -> Sheet:
    cells = {
        (row + 1, column + 1): _stored(
            sheet.cell(row, column), book, sheet.rich_text_runlist_map.get((row, column), ())
        )
        for row, column in _places(sheet)
    }
    cells |= {(row + 1, column + 1): StoredCell(None) for row, column in uncomputed(book, sheet)}
    unseen = {(row + 1, column + 1) for row, column in _places(sheet) if _is_unseen(sheet, row, column, book)}
    return Sheet(
        name=sheet.name,
        day_zero=FROM_1904 if book.datemode else FROM_1900,
        is_hidden=sheet.visibility != _VISIBLE,
        cells={where: cell for where, cell in cells.items() if where not in unseen},
        merged=[Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells],
        hidden_rows={number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden or row.height == 0},
        hidden_columns={
            number + 1 for number, column in sheet.colinfo_map.items() if column.hidden or not column.width
        },
        unseen=unseen,
        shows_zeros=bool(sheet.show_zero_values),
    )


def _places(sheet: Any) -> Iterator[tuple[int, int]]:
    """Row and column, from 0, of each cell that holds something."""
    for row in range(sheet.nrows):
        yield from ((row, column) for column, kind in enumerate(sheet.row_types(row)) if kind not in _EMPTY)


def _is_unseen(sheet: Any, row: int, column: int, book: Any) -> bool:
    """Whether the text has the colour of what lies behind it. A pattern of two colours is taken as another one, and
    a text whose parts have looks of their own as seen."""
    if (row, column) in sheet.rich_text_runlist_map:
        return False
    look = book.xf_list[sheet.cell_xf_index(row, column)]
    has_own = "[" in _format_of(look, book) and (by_format := _by_format(sheet.cell(row, column), book))
    text = by_format if has_own else book.colour_map.get(book.font_list[look.font_index].colour_index)
    pattern = look.background.fill_pattern
    behind = book.colour_map.get(look.background.pattern_colour_index) if pattern == _SOLID else _WHITE
    return text is not None and pattern in (_NO_PATTERN, _SOLID) and text == behind


def _by_format(cell: Any, book: Any) -> object:
    """The colour that its number format gives a number; none where it says none."""
    value = _value(cell)
    called = colour_of(value, _number_format(cell, book)) if isinstance(value, Decimal) else ""
    return _WHITE if called == WHITE else called


def _stored(cell: Any, book: Any, runs: Sequence[tuple[int, int]]) -> StoredCell:
    value = _of_runs(str(cell.value), runs, book) if runs else _value(cell)
    fonts = (book.xf_list[cell.xf_index].font_index, *(font for _, font in runs))
    is_struck = any(book.font_list[font].struck_out for font in fonts)
    return StoredCell(value, _number_format(cell, book), cell.ctype == xlrd.XL_CELL_DATE, is_struck)


def _of_runs(text: str, runs: Sequence[tuple[int, int]], book: Any) -> str:
    """A text whose parts have looks of their own: where each begins, and the number of its font."""
    ends = [*(start for start, _ in runs[1:]), len(text)]
    parts = ((text[start:end], book.font_list[font]) for (start, font), end in zip(runs, ends, strict=True))
    return text[: runs[0][0]] + "".join(_MOVED.get(font.escapement, str)(part) for part, font in parts)


def _value(cell: Any) -> Value:
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return Decimal(repr(cell.value).removesuffix(".0"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return str(cell.value)


def _number_format(cell: Any, book: Any) -> str:
    return _format_of(book.xf_list[cell.xf_index], book)


def _format_of(look: Any, book: Any) -> str:
    return str(book.format_map[look.format_key].format_str)

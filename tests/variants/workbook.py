"""Writes the accounts as a workbook with a given appearance."""

from collections.abc import Iterator
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.variants.forms import ABOVE, LEFT, Cell, Form, Row
from tests.variants.look import Look


def xlsx_of(look: Look) -> bytes:
    book = Workbook()
    cover = book.active
    cover.title = "封面"
    for line in look.cover:
        cover.append([line.format(body=look.body)])
    sheet = book.create_sheet("Sheet1") if look.one_sheet else None
    for form in look.forms():
        _write(form, sheet or book.create_sheet(look.sheet_name(form)), look)
    told = book.create_sheet("情况说明")
    for line in look.told():
        told.append([line])
    look.finish_book(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _write(form: Form, sheet: Worksheet, look: Look) -> None:
    start = sheet.max_row + 2 if sheet.max_row > 1 else 1
    captions = [*look.title(form), *look.caption_of(form)]
    for n, line in enumerate(captions):
        for column, part in enumerate(line.split("|")):
            sheet.cell(start + n, 1 + column * (form.columns - 1), part)
    first = start + len(captions)
    rows = (*form.head, *form.body)
    for n, row in enumerate(rows):
        for column, cell in enumerate(row):
            _fill(sheet, first + n, column + 1, cell, look)
    for top, left, bottom, right in _merged(rows):
        sheet.merge_cells(start_row=first + top, start_column=left + 1, end_row=first + bottom, end_column=right + 1)
    if form.note:
        sheet.cell(first + len(rows), 1, form.note)


def _fill(sheet: Worksheet, row: int, column: int, cell: Cell, look: Look) -> None:
    if cell in (LEFT, ABOVE, ""):
        return
    stored, number_format = look.stored(cell, look.printed(cell))
    written = sheet.cell(row, column, stored)
    written.number_format = number_format


def _merged(rows: tuple[Row, ...]) -> Iterator[tuple[int, int, int, int]]:
    """The merged ranges: first row and column, last row and column."""
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell in (LEFT, ABOVE):
                continue
            right = x
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            bottom = y
            while bottom + 1 < len(rows) and rows[bottom + 1][x] == ABOVE:
                bottom += 1
            if (right, bottom) != (x, y):
                yield y, x, bottom, right

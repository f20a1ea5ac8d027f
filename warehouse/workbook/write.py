"""Writes the workbook: a sheet per standard table, and the sheet 说明."""

from collections import defaultdict
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import StandardTable
from warehouse.records.reading import TableStatus
from warehouse.workbook.arrange import Form, arrange
from warehouse.workbook.cell_formats import CellFormats
from warehouse.workbook.cells import cells
from warehouse.workbook.document import NOT_SEEN, UNPUBLISHED, StoredDoubt, StoredTable, WorkbookContents
from warehouse.workbook.explanation_sheet import write_explanation
from warehouse.workbook.plan_sheet import NAME, write_plans
from warehouse.workbook.table_sheet import OpenSheet, write_sheet

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NOT_WHOLE = "本表未能全部读出，见“说明”"
STATEMENTS = {
    TableStatus.PARTIAL: NOT_WHOLE,
    TableStatus.ABSENT: UNPUBLISHED,
    TableStatus.BLANK: "原文此表为空表，也无说明",
    TableStatus.UNRECOGNISED: "原文有此表，未能读出",
    TableStatus.EMPTY_WITH_STATEMENT: "本表无数据",
}

LONGEST_NAME = 31  # characters that Excel takes in the name of a sheet


def workbook(contents: WorkbookContents, kind: DocumentKind) -> bytes:
    """The workbook as bytes; the same contents give the same bytes.

    It has a sheet per standard table of the kind; of optional tables, which only some provinces print, only those in
    the document. Raises AmountWithoutPlace where the layout has no column for an amount.
    """
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, **SAFE})
    book.set_properties({"created": _loaded(contents), "title": contents.document.source_name})
    formats = CellFormats(book)
    for table in kind.tables:
        stored = contents.tables.get(table.code, StoredTable(table.code, TableStatus.ABSENT))
        if stored.status != TableStatus.ABSENT or not table.is_optional:
            _write_table(book, formats, contents, table, stored)
    if contents.plans:
        write_plans(book.add_worksheet(NAME), formats, contents.plans)
    write_explanation(book.add_worksheet("说明"), formats, contents, kind)
    book.close()
    return file.getvalue()


def _write_table(
    book: Workbook, formats: CellFormats, contents: WorkbookContents, declared: StandardTable, table: StoredTable
) -> None:
    layout = declared.sheet
    amounts = [amount for amount in contents.amounts if amount.table_code == layout.code]
    form = arrange(layout, amounts, declared.label_of)
    grid = cells(form, _reasons(contents, layout.code))
    page = OpenSheet(book.add_worksheet(layout.number or declared.name[:LONGEST_NAME]), formats, layout, form)
    write_sheet(page, contents.document, grid, _statement(table, form))


def _statement(table: StoredTable, form: Form) -> str | None:
    """The text below the table: the printed statement, or why there are no or not all figures."""
    if table.statement:
        return table.statement
    if table.status == TableStatus.PRESENT:
        return None
    if table.is_not_seen:
        return NOT_SEEN
    return None if form.lines and table.status == TableStatus.BLANK else STATEMENTS[TableStatus(table.status)]


def _reasons(contents: WorkbookContents, code: str) -> dict[tuple[str | None, str | None], list[str]]:
    reasons = defaultdict(list)
    for doubt in contents.doubts:
        if doubt.table_code == code and _names_a_cell(doubt):
            reasons[doubt.row_key, doubt.measure].append(doubt.reason)
    return reasons


def _names_a_cell(doubt: StoredDoubt) -> bool:
    return doubt.row_key is not None and doubt.measure is not None


def _loaded(contents: WorkbookContents) -> datetime:
    return contents.document.loaded_at.replace(tzinfo=None)

"""Writes the sheet of one standard table: title, number, department, headings, lines, notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from warehouse.kinds.sheets import SheetLayout
from warehouse.workbook.arrange import Form
from warehouse.workbook.cell_formats import CellFormats, lines
from warehouse.workbook.cells import SheetCell
from warehouse.workbook.document import StoredDocument
from warehouse.workbook.spans import spans

A4 = 9
FIRST_HEADING = 3  # rows above the headings: title, number, department
TITLE_HEIGHT, LINE_HEIGHT, PADDING = 28, 13, 3  # points
COMMENT = {"author": "juesuan", "width": 320, "height": 110, "font_size": 9}
LEGEND = "底色：黄色为依据同一文件修复的数，红色为存疑的数；原文与理由见批注。"
Grid = Sequence[Sequence[SheetCell | None]]


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet being written, with its layout and the arranged table."""

    sheet: Worksheet
    formats: CellFormats
    layout: SheetLayout
    form: Form

    @property
    def widths(self) -> list[int]:
        return [self.layout.width(column) for column in self.form.columns]

    @property
    def first_line(self) -> int:
        return FIRST_HEADING + len(self.form.header)

    def merged(
        self, row: int, left: int, right: int, text: str, cell_format: Format, bottom: int | None = None
    ) -> None:
        bottom = row if bottom is None else bottom
        if (row, left) != (bottom, right):
            self.sheet.merge_range(row, left, bottom, right, "", cell_format)
        self.sheet.write_string(row, left, text, cell_format)

    def set_height(self, row: int, count: int) -> None:
        """Sets the height of a row to `count` lines of text."""
        self.sheet.set_row(row, count * LINE_HEIGHT + PADDING)


def write_sheet(page: OpenSheet, document: StoredDocument, grid: Grid, statement: str | None) -> None:
    """`grid`: cells, as wide as the form. `statement`: a text below the table."""
    _set_up(page)
    _write_head(page, document)
    _write_headings(page)
    for row, line in enumerate(grid, page.first_line):
        _write_line(page, row, line)
    _write_below(page, page.first_line + len(grid), list(_below(page.layout, grid, statement)))


def _set_up(page: OpenSheet) -> None:
    sheet, columns = page.sheet, page.form.columns
    for number, width in enumerate(page.widths):
        sheet.set_column(number, number, width)
    labels = sum(not column.is_measure for column in columns)
    sheet.freeze_panes(page.first_line, labels if page.layout.shape == "rows" else 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # codes are texts
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0 if page.layout.shape == "rows" else 1)  # 0: any number of pages
    sheet.repeat_rows(0, page.first_line - 1)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _write_head(page: OpenSheet, document: StoredDocument) -> None:
    plain = {align: page.formats.of(align=align) for align in ("left", "center", "right")}
    department, last = f"部门：{document.department or ''}", len(page.widths) - 1
    wide = _columns_for(department, page.widths)
    page.sheet.set_row(0, TITLE_HEIGHT)
    page.merged(0, 0, last, page.layout.title, page.formats.title())
    page.merged(1, 0, last, page.layout.number, plain["right"])
    page.merged(2, 0, wide - 1, department, plain["left"])
    page.merged(2, wide, last - 1, f"{document.fiscal_year}年度" if document.fiscal_year else "", plain["center"])
    page.merged(2, last, last, "金额单位：万元", plain["right"])


def _columns_for(text: str, widths: Sequence[int]) -> int:
    """How many columns a text needs; at most all but the two columns for year and unit."""
    most = len(widths) - 2
    return next((count for count in range(1, most) if lines(text, sum(widths[:count])) == 1), most)


def _write_headings(page: OpenSheet) -> None:
    heights = dict.fromkeys(range(FIRST_HEADING, page.first_line), 1)
    for span in spans(page.form.header):
        row = span.top + FIRST_HEADING
        page.merged(row, span.left, span.right, span.text, page.formats.heading(), span.bottom + FIRST_HEADING)
        if span.top == span.bottom:
            heights[row] = max(heights[row], lines(span.text, sum(page.widths[span.left : span.right + 1])))
    for row, count in heights.items():
        page.set_height(row, count)


def _write_line(page: OpenSheet, row: int, line: Sequence[SheetCell | None]) -> None:
    high = 1
    for column, cell in enumerate(line):
        if cell is not None:
            write_cell(page, row, column, cell)
            if isinstance(cell.value, str):
                room = sum(page.widths[column : column + cell.width]) - 2 * cell.indent
                high = max(high, lines(cell.value, room))
    page.set_height(row, high)


def write_cell(page: OpenSheet, row: int, column: int, cell: SheetCell) -> None:
    """Writes numbers as numbers, texts as texts (never as formulas), nothing as a blank cell."""
    cell_format = _format(page.formats, cell)
    if isinstance(cell.value, Decimal):
        # Exact: `cells` makes a text of a number with more than 15 digits.
        page.sheet.write_number(row, column, float(cell.value), cell_format)
    elif cell.value:
        page.merged(row, column, column + cell.width - 1, cell.value, cell_format)
    else:
        page.sheet.write_blank(row, column, None, cell_format)
    if cell.note:
        page.sheet.write_comment(row, column, cell.note, COMMENT)


def _format(formats: CellFormats, cell: SheetCell) -> Format:
    if cell.is_amount:
        return formats.amount(cell.decimals, cell.mark)
    return formats.centred() if cell.is_centred else formats.text(cell.indent)


def _below(layout: SheetLayout, grid: Grid, statement: str | None) -> Iterator[str]:
    if statement:
        yield statement
    yield layout.note
    if any(cell is not None and cell.note for line in grid for cell in line):
        yield LEGEND


def _write_below(page: OpenSheet, row: int, texts: Sequence[str]) -> None:
    cell_format = page.formats.of(text_wrap=True, align="left")
    for number, text in enumerate(texts, row):
        page.merged(number, 0, len(page.widths) - 1, text, cell_format)
        page.set_height(number, lines(text, sum(page.widths)))

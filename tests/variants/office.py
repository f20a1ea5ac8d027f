"""Variants in workbooks, Word files and web pages: what is stored, merged, hidden, deleted and split in them."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook

from tests.variants.changes import PERSONNEL_CELL, value_of
from tests.variants.forms import ABOVE, LEFT, Form, Money, Row, forms
from tests.variants.look import NARRATIVE, Look, plain
from tests.variants.variant import Variant
from tests.variants.word import NAMES, paragraph

OTHER = Decimal("98765.43")  # a number that is stored where nothing is shown
THREE_PUBLIC = tuple(money.key for form in forms() if form.code == "GK09" for money in form.money())
ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


def variants() -> list[Variant]:
    return [*_books(), *_word_files(), *_pages()]


def _books() -> list[Variant]:
    looks = {
        "text": Look(),
        "one_sheet": Look(one_sheet=True),
        "numbers": Look(stored=_as_number),
        "more_digits": Look(stored=with_more_digits),
        "reporting_software": Look(
            stored=_as_number,
            title=lambda form: (form.title,),
            caption=("财决{no}表", "编制单位：{body}|金额单位：{unit}"),
            sheet_name=lambda form: f"Z{form.code[2:]} {form.title}(财决{form.code[2:]}表)"[:31],
            form=with_budget_columns,
        ),
        "codes_as_amounts": Look(stored=_codes_under("#,##0")),
        "codes_with_decimals": Look(stored=_codes_under("0.00")),
        "parts_of_codes_as_numbers": Look(stored=_parts_of_codes, form=_with_parts_of_codes),
        "amounts_as_dates": Look(stored=_as_dates, holds=dict.fromkeys(THREE_PUBLIC)),
        "accounting": Look(stored=_in_accounting_format, zero="-"),
        "hidden": Look(stored=_as_number, finish_book=_hide),
        "unit_in_sheet_name": Look(caption=("公开{no}表",), sheet_name=lambda form: f"{form.code}(单位：万元)"),
        "no_caption_rows": Look(title=lambda form: (), sheet_name=lambda form: form.title, caption=("单位：{unit}",)),
        "wide": Look(finish_book=_used_to_the_last_column),
        "formula_without_result": Look(finish_book=_formula, holds={PERSONNEL_CELL: None}),
        "negative_by_colour": Look(stored=_as_number, finish_book=_red),
    }
    return [Variant("workbook", name, look, format="xlsx") for name, look in looks.items()]


def _as_number(cell: str | Money, text: str) -> tuple[object, str]:
    """Amounts and codes as numbers, as they are typed into a sheet."""
    if isinstance(cell, Money):
        return float(text.replace(",", "")), "#,##0.00"
    return (int(text), "General") if re.fullmatch(r"[23]\d{2}(?:\d\d){0,2}", text) else (text, "General")


def with_budget_columns(form: Form) -> Form:
    """GK01 as the reporting software prints it: 年初预算数 and 全年预算数 before 决算数, and a third list of items."""
    if form.code != "GK01":
        return form
    columns = ("项目", "行次", "年初预算数", "全年预算数", "决算数")
    third = ("项目(按支出性质和经济分类)", *columns[1:])
    head = (
        ("收入", *[LEFT] * 4, "支出", *[LEFT] * 9),
        (*columns, *columns, *third),
        ("栏次", "", "1", "2", "3", "栏次", "", "4", "5", "6", "栏次", "", "7", "8", "9"),
    )
    items = ("一、基本支出", "人员经费", "公用经费", "二、项目支出")

    def row(n: int, cells: Row) -> Row:
        sides = ((*side[:2], *_budgets(side[2]), side[2]) for side in _halves(cells))
        list_of_items = (items[n], str(n + 60), "1.25", "2.50", "3.75") if n < len(items) else ("", "", "", "", "—")
        return (*(cell for side in sides for cell in side), *list_of_items)

    return replace(
        form, head=head, body=tuple(row(n, cells) for n, cells in enumerate(form.body)), widths=(2.4, 0.5, 1, 1, 1) * 3
    )


def _budgets(final: str | Money) -> Row:
    """Other amounts than the final one, of which every sum of the form is right."""
    if not isinstance(final, Money):
        return ("", "")
    times = {"initial_budget": 2, "adjusted_budget": 3}
    return tuple(Money((*final.key[:2], measure), final.value * n) for measure, n in times.items())


def _halves(cells: Row) -> tuple[Row, Row]:
    return cells[:3], cells[3:]


def _codes_under(number_format: str) -> Callable[[str | Money, str], tuple[object, str]]:
    """Codes as numbers under a format of amounts: 2,080,501 and 2080501.00."""

    def stored(cell: str | Money, text: str) -> tuple[object, str]:
        value, own = _as_number(cell, text)
        return (value, number_format) if isinstance(value, int) else (value, own)

    return stored


def _with_parts_of_codes(form: Form) -> Form:
    """类 | 款 | 项 in three columns in place of one."""

    def parted(row: Row) -> Row:
        code, *others = row
        if isinstance(code, str) and re.fullmatch(r"2\d{2,6}", code):
            return (code[:3], code[3:5], code[5:7], *others)
        return ("类", "款", "项", *others) if code == "科目编码" else (code, LEFT, LEFT, *others)

    if form.code == "GK06" or form.head[1][0] != "科目编码":
        return form
    head, body = (tuple(map(parted, rows)) for rows in (form.head, form.body))
    return replace(form, head=head, body=body, widths=(1, 1, *form.widths))


def _parts_of_codes(cell: str | Money, text: str) -> tuple[object, str]:
    """208 | 5 | 1, as numbers that lost their zeros."""
    return (int(text), "General") if re.fullmatch(r"\d{2,3}", text) else _as_number(cell, text)


def _as_dates(cell: str | Money, text: str) -> tuple[object, str]:
    """The amounts of a table under a format of dates, as a mistaken paste leaves them."""
    value, own = _as_number(cell, text)
    return value, "yyyy-mm-dd" if isinstance(cell, Money) and cell.key in THREE_PUBLIC else own


def with_more_digits(cell: str | Money, text: str) -> tuple[object, str]:
    stored, number_format = _as_number(cell, text)
    return (stored + 0.0037 if isinstance(cell, Money) and cell.value else stored), number_format


def _in_accounting_format(cell: str | Money, text: str) -> tuple[object, str]:
    return (float(cell.value), ACCOUNTING) if isinstance(cell, Money) else (text, "General")


def _hide(book: Workbook) -> None:
    """The year before on a hidden sheet, other figures on a very hidden one, in a hidden row and a hidden column."""
    sheet = book["GK02 收入决算表"]
    copied = book.copy_worksheet(sheet)
    copied.title, copied.sheet_state = "上年数", "hidden"
    for row in copied.iter_rows():
        for cell in row:
            if isinstance(cell.value, float):
                cell.value = float(OTHER)
    secret = book.create_sheet("校验")
    secret.sheet_state = "veryHidden"
    secret.append(["合计", float(OTHER)])
    for n, text in enumerate(["校验", None, *[float(OTHER)] * 7], start=1):
        sheet.cell(sheet.max_row + (n == 1), n, text)
    sheet.row_dimensions[sheet.max_row].hidden = True
    last = sheet.max_column + 1
    for row in range(5, sheet.max_row):
        sheet.cell(row, last, float(OTHER))
    sheet.column_dimensions[sheet.cell(1, last).column_letter].hidden = True


def _used_to_the_last_column(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.cell(3, 256).number_format = "0.00"
        sheet.cell(sheet.max_row + 50, 256, " ")


def _cell_of(book: Workbook, text: str):
    return next(c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value == text)


def _formula(book: Workbook) -> None:
    """A formula whose result the file does not hold, as a program writes it that does not compute."""
    _cell_of(book, plain(value_of(PERSONNEL_CELL))).value = "=SUM(C7:C9)"


def _red(book: Workbook) -> None:
    """The number format shows negative numbers in red and without a sign."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.number_format == "#,##0.00":
                    cell.number_format = "#,##0.00;[Red]#,##0.00"


def _word_files() -> list[Variant]:
    looks = {
        "merged": Look(),
        "titles_in_table": Look(titles_in_table=True),
        "cut_in_two": Look(breaks={"GK02": 6, "GK03": 6, "GK05": 5}),
        "text_box": Look(around_table=_in_text_box),
        "nested": Look(around_table=lambda table: f"<w:tbl><w:tr><w:tc>{table}<w:p/></w:tc></w:tr></w:tbl>"),
        "content_control": Look(around_table=lambda table: f"<w:sdt><w:sdtContent>{table}</w:sdtContent></w:sdt>"),
        "revisions": Look(finish_text=_with_revisions),
        "field_codes": Look(finish_text=_with_field_codes),
        "numbered": Look(
            narrative=tuple(re.sub("^[一二三]、", "", line) for line in NARRATIVE),
            finish_text=_with_automatic_numbers,
            word_parts={"word/numbering.xml": _NUMBERING},
        ),
        "hidden": Look(finish_text=_with_hidden_text),
    }
    return [Variant("word", name, look, format="docx") for name, look in looks.items()]


def _in_text_box(table: str) -> str:
    """A box twice, as Word writes it for newer and older versions of itself."""
    box = f"<w:txbxContent>{table}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    return f"<w:p><w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r></w:p>"


def _with_revisions(xml: str) -> str:
    """Each amount was inserted in place of another one, which is deleted."""
    run = r'<w:r><w:t xml:space="preserve">([\d,]+\.\d\d)</w:t></w:r>'
    new = (
        rf"<w:del><w:r><w:delText>{OTHER}</w:delText></w:r></w:del>"
        r'<w:ins><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:ins>'
    )
    return re.sub(run, new, xml)


def _with_field_codes(xml: str) -> str:
    code = rf"<w:p><w:r><w:instrText>PAGEREF _Toc{OTHER} \\h 3</w:instrText></w:r><w:r><w:t>目录</w:t></w:r></w:p>"
    return code + xml


def _with_hidden_text(xml: str) -> str:
    run = r'(<w:r><w:t xml:space="preserve">[\d,]+\.\d\d</w:t></w:r>)'
    return re.sub(run, rf"\1<w:r><w:rPr><w:vanish/></w:rPr><w:t>{OTHER}</w:t></w:r>", xml)


_NUMBERING = (
    f'<?xml version="1.0"?><w:numbering {NAMES}><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
)


def _with_automatic_numbers(xml: str) -> str:
    properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    for heading in (line for line in NARRATIVE if re.match("[一二三]、", line)):
        bare = heading[2:]
        xml = xml.replace(paragraph(bare), paragraph(bare, properties))
    return xml


def _pages() -> list[Variant]:
    looks = {
        "tables": Look(),
        "gb18030_named_gb2312": Look(encoding="gb18030", charset="gb2312"),
        "cells_not_closed": Look(finish_text=lambda text: re.sub("</t[dr]>", "", text)),
        "spans_in_numbers": Look(finish_text=_with_spans_in_numbers),
        "hidden": Look(finish_text=_with_hidden_rows),
        "rows_ofparagraphs": Look(table=paragraphs),
        "rows_ofparagraphs_in_yuan": Look(table=paragraphs, unit={"": "元"}),
    }
    pages = [Variant("page", name, look, format="html") for name, look in looks.items()]
    return [*pages, *_placed_pages()]


def _placed_pages() -> list[Variant]:
    looks = {
        "placed_runs": Look(),
        "placed_characters": Look(placed="characters"),
        "placed_in_pixels": Look(placed="classes"),
        "placed_from_below": Look(placed="from_below"),
        "placed_in_yuan": Look(unit={"": "元"}),
        "placed_over_pages": Look(breaks={"GK02": 6, "GK03": 6, "GK05": 5}),
        "placed_over_pages_without_header": Look(breaks={"GK02": 6, "GK03": 6, "GK05": 5}, repeated=()),
        "placed_with_dashes": Look(zero="—"),
        "placed_with_blanks": Look(zero=""),
    }
    return [Variant("page", name, look, format="placed") for name, look in looks.items()]


def _with_spans_in_numbers(text: str) -> str:
    return re.sub(r"(<td[^>]*>\d+),(\d+)\.", r'\1,<span lang="EN-US">\2</span>.', text)


def _with_hidden_rows(text: str) -> str:
    row = f'<tr style="display: none"><td>301</td><td>{OTHER}</td></tr>'
    return text.replace('<table border="1">', f'<table border="1">{row}')


def paragraphs(rows: list[list[str]]) -> list[str]:
    """Each row a paragraph, its cells parted by three hard blanks; an empty cell is one."""
    kept = ([cell for cell in row if cell not in (LEFT, ABOVE)] for row in rows)
    return [f"<p>{('&nbsp;' * 3).join(cell or '&nbsp;' for cell in row)}</p>" for row in kept]

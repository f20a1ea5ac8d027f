"""Workbooks: the shown text is what is read, and nothing that is hidden."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from PIL import Image as Picture
from xlrd.sheet import Sheet

from ingest import errors
from ingest.cli.stages import show_items
from ingest.document import Line, RawTable
from ingest.pipeline import extract
from ingest.readers import read
from ingest.readers.addresses import address, range_of_row
from ingest.readers.workbook.number_formats import shown
from tests.variants.look import Look
from tests.variants.word import zipped
from tests.variants.workbook import xlsx_of
from warehouse.kinds.characters import NO_RESULT, as_printed, why_untold
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import Presence

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "number_format", "text"),
    [
        ("4415.9837", "#,##0.00", "4,415.98"),
        ("0.285", "0.00", "0.29"),  # half away from zero, of the decimal number and not of its binary fraction
        ("1.005", "0.00", "1.01"),
        ("42778.540000000001", "General", "42778.54"),
        ("2010601", "General", "2010601"),
        ("0.30000000000000004", "General", "0.3"),
        ("0", "#,##0.00", "0.00"),
        ("0", "#,##", ""),
        ("0", ACCOUNTING, "-"),
        ("-12.3", ACCOUNTING, "-12.30"),
        ("12.3", ACCOUNTING, "12.30"),
        ("-12.5", "0.00_);[Red](0.00)", "(12.50)"),
        ("-0.001", "0.00", "0.00"),
        ("1", "00", "01"),
        ("0.125", "0.0%", "12.5%"),
        ("1234567.891", "#,##0.00,", "1,234.57"),
        ("12.3", '#,##0.00"万元"', "12.30万元"),
        ("1234.5", "#,##0.##", "1,234.5"),
        ("0", "0;-0;;@", ""),
        ("12", "[$-804]0.00", "12.00"),
        ("45000", 'yyyy"年"m"月"', None),
        ("0.5", "# ?/?", None),
        ("1", "0.00E+00", None),
        ("5", "[>100]0;0.0", None),
        ("12.5", 'General;-General;""', "12.5"),
        ("-12.5", 'General;-General;""', "-12.5"),
        ("0", 'General;-General;""', ""),
        ("12.5", "G/通用格式", "12.5"),
        ("12.5", 'General"万元"', "12.5万元"),
        ("123456789012345", "General;-General", None),
        ("12.5", "0General", None),
        ("0", '[=0]"";#,##0.00', ""),
        ("0", '[=0]"-";General', "-"),
        ("1234.5", '[=0]"";#,##0.00', "1,234.50"),
        ("-1234.5", '[=0]"";#,##0.00', "-1,234.50"),
        ("-3", "[=0]0;[Red]0", "-3"),
        ("5", '[=1]"";0', None),
        ("123456789012345", "General", None),
        ("1234567", r"0\.0000", "123.4567"),
        ("1234567.8", r'0"."0,', "123.5"),
        ("-56", r"0\.0000", "-0.0056"),
        ("1234567", "0!.0000", None),  # the sign is printed or makes the next one a fixed one, as the language says
        ("1234567", r"#,##0\.0000", None),
        ("1234567", r"0\.00\.00", None),
    ],
)
def test_a_number_is_shown_as_its_format_says(stored, number_format, text):
    assert shown(Decimal(stored), number_format) == text


@pytest.mark.parametrize(("row", "column", "name"), [(1, 1, "A1"), (5, 26, "Z5"), (5, 27, "AA5"), (9, 703, "AAA9")])
def test_addresses_are_those_of_a_spreadsheet(row, column, name):
    assert address(row, column) == name


def saved(book: Workbook, path):
    book.save(path)
    return path


def test_rows_have_their_place_and_texts_above_them_are_lines(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Z02"
    for row in (["收入决算表"], [], ["科目名称", "合计"], ["教育支出", 12.5]):
        sheet.append(row)
    sheet["B4"].number_format = "0.00"
    document = read(saved(book, tmp_path / "made.xlsx"))
    lines, table = [*document.lines()], next(document.tables())
    assert [(line.text, line.place) for line in lines] == [
        ("Z02", Place(sheet="Z02", line_no=1)),
        ("收入决算表", Place(sheet="Z02", line_no=2, cell="A1:B1")),
    ]
    assert table.rows[1].place == Place(sheet="Z02", line_no=4, cell=range_of_row(4, 2))
    assert table.rows[1].place_of(1) == Place(sheet="Z02", line_no=4, cell="B4")
    cell = table.rows[1].cells[1]
    assert (cell.text, cell.value, cell.number_format) == ("12.50", Decimal("12.5"), "0.00")


def test_merged_cells_cover_others_and_hidden_columns_are_not_counted(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (["项目", None, None, "金额"], ["类", "旧", "款", None], ["201", "1", "02", "3.00"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("D1:D2")
    sheet.column_dimensions["B"].hidden = True
    document = read(saved(book, tmp_path / "made.xlsx"))
    table = next(document.tables())
    first, second, third = (row.cells for row in table.rows)
    assert [cell and (cell.text, cell.colspan, cell.rowspan) for cell in first] == [
        ("项目", 2, 1),
        None,
        ("金额", 1, 2),
    ]
    assert [cell and cell.text for cell in second] == ["类", "款", None]
    assert [cell and cell.address for cell in third] == ["A3", "C3", "D3"]
    assert [remark.reason for remark in document.remarks] == ["工作表“Sheet”有1个隐藏的列,未读"]


def test_a_merged_cell_whose_beginning_is_hidden_shows_its_text_in_the_rest(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (["项目", "旧", "新"], ["教育支出", "1.00", "2.00"], [None, "3.00", "4.00"], ["校验", "5.00", "6.00"]):
        sheet.append(row)
    for merged in ("A2:A3", "B1:C1", "A4:C4"):
        sheet.merge_cells(merged)
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True
    document = read(saved(book, tmp_path / "made.xlsx"))
    table = next(document.tables())
    assert [row.texts() for row in table.rows] == [["项目", "旧"], ["教育支出", "4.00"]]
    assert [cell and cell.address for row in table.rows for cell in row.cells] == ["A1", "C1", "A3", "C3"]
    assert [remark.place.cell for remark in document.remarks] == ["A2", "B1"]


def test_hidden_sheets_and_rows_are_said_and_not_read(tmp_path):
    book = Workbook()
    book.active.append(["项目", "1.00"])
    book.active.append(["校验", "99.00"])
    book.active.row_dimensions[2].hidden = True
    for name, state in (("上年数", "hidden"), ("校验", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["合计", "98765.43"])
    document = read(saved(book, tmp_path / "made.xlsx"))
    assert [number.text for number in document.numbers] == ["1.00"]
    assert {remark.what for remark in document.remarks} == {DoubtKind.TEXT_HIDDEN}
    assert [remark.place.sheet for remark in document.remarks] == ["Sheet", "上年数", "校验"]


def test_a_formula_without_a_result_is_unknown_and_not_blank(tmp_path):
    book = Workbook()
    book.active.append(["合计", "=SUM(A1:A3)", 2])
    table = next(read(saved(book, tmp_path / "made.xlsx")).tables())
    assert table.rows[0].texts() == ["合计", NO_RESULT, "2"]
    assert why_untold(table.rows[0].text(1))


def test_a_negative_number_shown_in_red_only_is_a_doubt(tmp_path):
    def red(book: Workbook) -> None:
        sheet = next(one for one in book.worksheets if one.title.startswith("GK01"))
        cell = next(c for row in sheet.iter_rows() for c in row if isinstance(c.value, float) and c.value > 0)
        cell.value, cell.number_format = -cell.value, "#,##0.00;[Red]#,##0.00"

    def as_number(cell, text):
        return (text, "General") if isinstance(cell, str) else (float(cell.value), "#,##0.00")

    path = tmp_path / "made.xlsx"
    path.write_bytes(xlsx_of(Look(stored=as_number, finish_book=red)))
    found = extract(path)
    open_amounts = [one for one in found.amounts if one.presence is Presence.NUMBER and one.value is None]
    assert len(open_amounts) == 1
    assert any(doubt.what is DoubtKind.NUMBER_UNREADABLE for doubt in found.doubts)


def test_an_old_workbook_is_read_as_it_is_shown(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    money, day = xlwt.easyxf(num_format_str="#,##0.00"), xlwt.easyxf(num_format_str="yyyy-mm-dd")
    sheet.write_merge(0, 0, 0, 1, "项目")
    sheet.write(1, 0, "教育支出")
    sheet.write(1, 1, 4415.9837, money)
    sheet.write(2, 0, "日期")
    sheet.write(2, 1, date(2025, 8, 1), day)
    sheet.write(3, 1, 98765.43)
    sheet.row(3).hidden = True
    secret = book.add_sheet("上年数")
    secret.write(0, 0, 98765.43)
    secret.visibility = 2
    path = tmp_path / "made.xls"
    book.save(str(path))
    document = read(path)
    rows = [row for block in document.blocks if isinstance(block, RawTable) for row in block.rows]
    assert [row.texts() for row in rows] == [["教育支出", "4,415.98"], ["日期", "2025年8月1日"]]
    assert [block.text for block in document.blocks if isinstance(block, Line)] == ["表1", "项目"]
    assert len(document.remarks) == 2


def test_a_text_far_out_makes_no_row_wide(tmp_path):
    book = Workbook()
    for row in range(1, 201):
        book.active.cell(row, 1, "教育支出")
        book.active.cell(row, 3, 1.5)
    book.active.cell(7, 16384, "备注")
    book.active.merge_cells("A1:B1")
    table = next(read(saved(book, tmp_path / "made.xlsx")).tables())
    assert [len(row.cells) for row in table.rows] == [3] * 200
    assert [cell and cell.address for cell in table.rows[6].cells] == ["A7", "C7", "XFD7"]
    assert table.rows[0].cells[0].colspan == 1


def test_empty_cells_around_a_number_far_out_are_not_made(tmp_path, monkeypatch):
    book, made = xlwt.Workbook(), []
    sheet = book.add_sheet("支出")
    sheet.write(0, 0, "教育支出")
    sheet.write(40_000, 255, 4415.5)
    book.save(str(tmp_path / "made.xls"))
    make = Sheet.cell
    monkeypatch.setattr(Sheet, "cell", lambda sheet, *where: made.append(where) or make(sheet, *where))
    assert [number.text for number in read(tmp_path / "made.xls").numbers] == ["4415.5"]
    assert made == [(0, 0), (40_000, 255)]


def test_tables_that_are_pictures_need_ocr(tmp_path):
    book = Workbook()
    book.active.append(["示范市水务局2024年度部门决算"])
    Picture.new("RGB", (40, 20)).save(tmp_path / "table.png")
    book.active.add_image(Image(tmp_path / "table.png"), "A3")
    with pytest.raises(errors.OnlyPictures, match="but 1 pictures: tables are pictures, needs OCR"):
        extract(saved(book, tmp_path / "made.xlsx"))


def parts_of(book: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(book)) as archive:
        return {part.filename: archive.read(part).decode() for part in archive.infolist()}


def with_entity(parts: dict[str, str]) -> bytes:
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return zipped(parts | {"xl/workbook.xml": doctype + parts["xl/workbook.xml"].replace("封面", "&e;")})


def test_bad_workbooks_are_refused_in_one_line(tmp_path, monkeypatch):
    book, path = xlsx_of(Look()), tmp_path / "made.xlsx"
    parts = parts_of(book)
    for data, refusal in (
        (book[: len(book) // 2], errors.UnknownFormat),
        (book[:3000] + b"\0" * 500 + book[3500:], errors.Damaged),
        (zipped(parts | {"xl/workbook.xml": "<broken"}), errors.Damaged),
        (zipped({"xl/workbook.xml": parts["xl/workbook.xml"]}), errors.Damaged),
        (with_entity(parts), errors.Damaged),
    ):
        path.write_bytes(data)
        with pytest.raises(refusal) as refused:
            extract(path)
        assert "\n" not in str(refused.value)
    monkeypatch.setattr("ingest.readers.zip_parts.LARGEST_MB", 0)
    path.write_bytes(book)
    with pytest.raises(errors.TooLargeUnpacked, match="more than the 10000 parts or 0 MB that are read"):
        extract(path)


@pytest.mark.parametrize(
    ("stored", "shown_as", "is_date"),
    [
        (45870, "2025年8月1日", True),
        (45870.5, "2025年8月1日", True),
        (224.78, "224.78", False),  # a day of 1900
        (0, "0", False),
    ],
)
def test_an_amount_under_a_format_of_dates_is_unknown_and_a_date_stays_one(stored, shown_as, is_date, tmp_path):
    book, old = Workbook(), xlwt.Workbook()
    book.active.append(["合计", stored])
    book.active["B1"].number_format = "yyyy-mm-dd"
    sheet = old.add_sheet("表1")
    sheet.write(0, 0, "合计")
    sheet.write(0, 1, stored, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    old.save(str(tmp_path / "made.xls"))
    for path in (saved(book, tmp_path / "made.xlsx"), tmp_path / "made.xls"):
        text = next(read(path).tables()).rows[0].text(1)
        assert as_printed(text) == shown_as
        assert bool(why_untold(text)) is not is_date


def test_a_cell_far_below_and_to_the_right_costs_no_more_than_its_row(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (["项目", "金额"], ["教育支出", "3.00"], ["合计", "3.00"]):
        sheet.append(row)
    sheet.cell(1_048_576, 16_384, "注")
    tables = [*read(saved(book, tmp_path / "made.xlsx")).tables()]
    assert [table.width for table in tables] == [2]


@pytest.mark.parametrize(
    ("stored", "number_format", "kept"),
    [
        (8.0037, "#,##0.00", "8.0037"),
        (8.0, "#,##0.00", None),
        (7.999999999999999999, "#,##0.00", None),
        (0.1 + 0.2, "0.00", None),  # the same number with the 15 digits that a spreadsheet program keeps
        (0, ACCOUNTING, "0"),  # shown as a dash
        (0, "0.00", None),
        ("8.00", "#,##0.00", None),
    ],
)
def test_the_stored_number_is_kept_where_another_is_shown(stored, number_format, kept, tmp_path):
    book = Workbook()
    rows = [
        ["收入支出决算总表"], ["单位：万元"], ["收入", None, "支出", None], ["项目", "决算数", "项目", "决算数"],
        ["事业收入", stored, "教育支出", 8], ["总计", 8, "总计", 8],
    ]  # fmt: skip
    for row in rows:
        book.active.append(row)
    book.active["B5"].number_format = number_format
    book.save(tmp_path / "made.xlsx")
    of_row = {amount.row_key: amount for amount in extract(tmp_path / "made.xlsx").amounts}
    assert of_row["income:事业收入"].stored_value == (kept and Decimal(kept))
    assert of_row["income:总计"].stored_value is None
    said = "\n".join(show_items((tmp_path / "made.xlsx",)))
    assert ("(stored " in said) is (kept is not None)
    assert f"(stored {kept})" in said or kept is None


def with_result(book: Workbook, result: str, is_computed_on_opening: bool, path):
    """The workbook with this cell in place of B1, whose formula has no result."""
    book.save(path)
    parts = parts_of(path.read_bytes())
    sheet, of_book = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
    parts[sheet] = re.sub(r'<c r="B1"[^>]*>.*?</c>', f'<c r="B1" {result}</c>', parts[sheet])
    if not is_computed_on_opening:
        parts[of_book] = parts[of_book].replace('fullCalcOnLoad="1"', "")
    path.write_bytes(zipped(parts))
    return path


@pytest.mark.parametrize(
    ("result", "on_opening", "text"),
    [
        ('><f>A1</f><v>12.5</v>', True, "12.5"),
        ('><f>A1</f><v>0</v>', True, NO_RESULT),  # XlsxWriter and others write 0 and leave it to who opens the file
        ('><f>A1</f><v>0</v>', False, "0"),
        ('t="str"><f>A1</f><v></v>', True, NO_RESULT),
        ('t="str"><f>A1</f><v></v>', False, ""),  # =IF(A1=0,"",A1)
        ('t="str"><f>A1</f>', False, NO_RESULT),
        ("><f>A1</f><v/>", False, NO_RESULT),
        ('t="e"><f>A1</f><v>#REF!</v>', True, "#REF!"),
    ],
)  # fmt: skip
def test_a_result_that_is_computed_when_the_file_is_opened_is_unknown(result, on_opening, text, tmp_path):
    book = Workbook()
    book.active.append(["合计", "=A2", 2.5])
    path = with_result(book, result, on_opening, tmp_path / "made.xlsx")
    assert next(read(path).tables()).rows[0].texts() == ["合计", text, "2.5"]


def test_a_formula_of_an_old_workbook_that_is_computed_on_opening_is_unknown(tmp_path):
    book = xlwt.Workbook()
    for name in ("表1", "表2"):
        sheet = book.add_sheet(name)
        sheet.write(0, 0, "合计")
        sheet.write(0, 1, 0)
    sheet.write(0, 2, xlwt.Formula("B1"))
    book.save(str(tmp_path / "made.xls"))
    first, second = read(tmp_path / "made.xls").tables()
    assert (first.rows[0].texts(), second.rows[0].texts()) == (["合计", "0"], ["合计", "0", NO_RESULT])


def test_zeros_that_a_sheet_does_not_show_are_blank(tmp_path):
    book, old = Workbook(), xlwt.Workbook()
    sheet = old.add_sheet("表1")
    for column, value in enumerate(("合计", 0, "0", 0.001)):
        book.active.cell(1, column + 1, value).number_format = "0.00"
        sheet.write(0, column, value, xlwt.easyxf(num_format_str="0.00"))
    book.active.sheet_view.showZeros = sheet.show_zero_values = False
    old.save(str(tmp_path / "made.xls"))
    for path in (saved(book, tmp_path / "made.xlsx"), tmp_path / "made.xls"):
        assert next(read(path).tables()).rows[0].texts() == ["合计", "", "0", "0.00"]


def test_control_characters_are_not_read_as_they_are_written(tmp_path):
    book = Workbook()
    book.active.append(
        ["教育_x000D_\n支出", "12.50_x000D_", CellRichText("1.5", TextBlock(InlineFont(b=True), "0_x000d_"))]
    )
    document = read(saved(book, tmp_path / "made.xlsx"))
    assert [number.text for number in document.numbers] == ["12.50", "1.50"]


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [("'301", "301"), ("’-1,234.50", "-1,234.50"), ("‘１２", "１２"), ("'24年", "'24年"), ("''3", "''3"), ("3'", "3'")],
)
def test_an_apostrophe_that_says_a_number_is_a_text_is_not_read(text, shown_as, tmp_path):
    book = Workbook()
    book.active.append(["合计", text, 2.5])
    assert next(read(saved(book, tmp_path / "made.xlsx")).tables()).rows[0].text(1) == shown_as

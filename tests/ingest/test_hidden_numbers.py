"""Numbers that a workbook, Word file or page holds and does not show: none of them is loaded, anywhere."""

from zipfile import ZipFile

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, Font, PatternFill

from ingest.pipeline import extract
from ingest.readers import read
from tests.variants.look import Look
from tests.variants.variant import WRITERS
from tests.variants.word import docx_of, paragraph
from warehouse.kinds.characters import STRUCK
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Extraction

ROW = "<w:tr><w:trPr>{property}</w:trPr>" + "<w:tc>{cell}</w:tc>" * 8 + "</w:tr>"

SHADED = PatternFill("solid", fgColor="FF1F4E79")
COLOURS = [
    (Color(rgb="FFFFFFFF"), PatternFill()),
    (Color(theme=0), PatternFill()),
    (Color(indexed=9), PatternFill("solid", fgColor=Color(theme=0))),
    (Color(rgb="001F4E79"), SHADED),
    (Color(theme=4, tint=0.5), PatternFill("solid", fgColor=Color(theme=4, tint=0.5))),
]
LIGHT = '<w:color w:val="FFFFFF"/>'


FORMATS = (("[White]#,##0.00", 61008.17), ("#,##0.00;[白色]-0.00", -61009.17), (";;;", 61010.17), (";;;", "61011.17"))


def hide_in_book(book: Workbook) -> None:
    """61001.17 and on: on sheets, in a row, a column, a comment, rows and a part of a text without contrast, rows whose
    number format shows nothing."""
    sheet = book["GK02 收入决算表"]
    for number, state in ((61001.17, "hidden"), (61002.17, "veryHidden")):
        copied = book.copy_worksheet(sheet)
        copied.sheet_state = state
        for row in copied.iter_rows(min_row=6, min_col=3):
            for cell in row:
                cell.value = number
    last, right = sheet.max_row + 1, sheet.max_column + 1
    for column, value in enumerate(["2010101", "行政运行", *[61003.17] * 7], start=1):
        sheet.cell(last, column, value)
    for row in range(6, last):
        sheet.cell(row, right, 61004.17)
    sheet.row_dimensions[last].hidden = True
    sheet.column_dimensions[sheet.cell(1, right).column_letter].hidden = True
    sheet["C7"].comment = Comment("原为61005.17", "示例")
    for y, (colour, behind) in enumerate(COLOURS, start=last + 1):
        for x, value in enumerate(["2010101", "行政运行", *[61006.17] * 7], start=1):
            cell = sheet.cell(y, x, value)
            cell.font, cell.fill = Font(color=colour), behind
    for y, (number_format, value) in enumerate(FORMATS, start=last + 1 + len(COLOURS)):
        for x, one in enumerate(["2010101", "行政运行", *[value] * 7], start=1):
            sheet.cell(y, x, one).number_format = number_format
            if x < 3:
                sheet.cell(y, x).font = Font(color="FFFFFFFF")
    sheet["D7"] = CellRichText(sheet["D7"].value, TextBlock(InlineFont(color="FFFFFF"), "61007.17"))


def hide_in_word(xml: str) -> str:
    """62001.17 and on: in revisions, hidden and white runs, codes of fields, and rows of every table."""
    around = (
        "<w:del><w:r><w:delText>62001.17</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>62002.17</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>62003.17</w:t></w:r>"
        "<w:r><w:instrText>= 62004.17</w:instrText></w:r>"
        f"<w:r><w:rPr>{LIGHT}</w:rPr><w:t>62007.17</w:t></w:r>"
    )
    for number, kind in (("62005.17", "<w:del/>"), ("62006.17", "<w:hidden/>")):
        xml = xml.replace("</w:tbl>", ROW.format(property=kind, cell=paragraph(number)) + "</w:tbl>")
    return xml.replace("</w:t></w:r></w:p>", f"</w:t></w:r>{around}</w:p>")


def hide_in_page(text: str) -> str:
    """63001.17 and on: in scripts, templates, comments and hidden elements, as rows and within cells."""
    row = "<tr{hidden}><td>2010101</td><td>行政运行</td>" + "<td>{number}</td>" * 7 + "</tr>"
    table = f"<table>{row}</table>"
    hidden = (
        f"<script>{table.format(hidden='', number='63001.17')}</script>"
        f"<template>{table.format(hidden='', number='63002.17')}</template>"
        f"<!-- {table.format(hidden='', number='63003.17')} -->"
        f"<div style='display:none'>{table.format(hidden='', number='63004.17')}</div>"
        f"<noscript>{table.format(hidden='', number='63005.17')}</noscript>"
    )
    within = row.format(hidden=" hidden", number="63006.17") + row.format(
        hidden=' style="display: none"', number="63007.17"
    )
    return text.replace('<table border="1">', f'{hidden}<table border="1">{within}')


def said(found: Extraction) -> str:
    """All that was taken from the document as printed, without what its doubts say is not loaded."""
    return repr((found.tables, found.amounts, found.stated, found.projects, found.profile, found.units, found.facts))


@pytest.mark.parametrize(
    ("name", "look", "planted"),
    [
        ("xlsx", Look(finish_book=hide_in_book), range(61001, 61012)),
        ("docx", Look(finish_text=hide_in_word), range(62001, 62008)),
        ("html", Look(finish_text=hide_in_page), range(63001, 63008)),
    ],
)
def test_nothing_that_is_hidden_is_loaded(name, look, planted, tmp_path):
    data = WRITERS[name](look)
    path, shown = tmp_path / f"made.{name}", tmp_path / f"shown.{name}"
    path.write_bytes(data)
    shown.write_bytes(WRITERS[name](Look()))
    found, plain = extract(path), extract(shown)
    values = [(one.table_code, one.row_key, one.measure, one.value, one.presence) for one in found.amounts]
    assert values == [(one.table_code, one.row_key, one.measure, one.value, one.presence) for one in plain.amounts]
    assert [number for number in planted if str(number) in said(found)] == []
    assert found.counts.amounts_unaccounted == 0
    assert any(doubt.what is DoubtKind.TEXT_HIDDEN for doubt in found.doubts)


def test_a_light_text_on_a_dark_cell_is_shown(tmp_path):
    book, path = Workbook(), tmp_path / "made.xlsx"
    for x, value in enumerate(("教育支出", 61001.17), start=1):
        cell = book.active.cell(1, x, value)
        cell.font, cell.fill = Font(color="FFFFFFFF"), SHADED
    book.active.append(["科学技术支出", 61002.17])
    book.active["B2"].font = Font(color="FFFFFFFF")
    book.active.conditional_formatting.add("B2:B9", CellIsRule("greaterThan", ["0"], fill=SHADED))
    book.save(path)
    assert [number.text for number in read(path).numbers] == ["61001.17", "61002.17"]


@pytest.mark.parametrize(
    "around",
    [
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>{}</w:tc></w:tr></w:tbl>',
        '<w:tbl><w:tblPr><w:tblStyle w:val="a1"/></w:tblPr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>',
        "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>",
    ],
)
def test_a_light_text_of_word_on_what_may_be_dark_is_shown(around, tmp_path):
    text, path = paragraph("61001.17").replace("<w:r>", f"<w:r><w:rPr>{LIGHT}</w:rPr>"), tmp_path / "made.docx"
    path.write_bytes(docx_of(Look(finish_text=lambda body: body + around.format(text))))
    assert "61001.17" in [number.text for number in read(path).numbers]


STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:style w:type="character" w:styleId="c1"><w:rPr>{LIGHT}</w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="c2"><w:basedOn w:val="c1"/></w:style>'
    '<w:style w:type="character" w:styleId="c3"><w:rPr><w:vanish/></w:rPr></w:style>'
    f'<w:style w:type="paragraph" w:styleId="p1"><w:rPr>{LIGHT}</w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="p2"><w:basedOn w:val="p1"/>'
    '<w:pPr><w:shd w:fill="1F4E79"/></w:pPr></w:style>'
    "</w:styles>"
)


@pytest.mark.parametrize(
    ("of_paragraph", "of_run", "is_shown"),
    [
        ("p1", "", False),
        ("", '<w:rStyle w:val="c2"/>', False),
        ("", '<w:rStyle w:val="c3"/>', False),
        ("p2", "", True),
        ("p1", '<w:color w:val="auto"/>', True),
        ("p1", '<w:rStyle w:val="c9"/><w:shd w:val="clear" w:fill="1F4E79"/>', True),
    ],
)
def test_a_style_of_word_hides_texts_as_their_own_look_does(of_paragraph, of_run, is_shown, tmp_path):
    named = f'<w:pPr><w:pStyle w:val="{of_paragraph}"/></w:pPr>' if of_paragraph else ""
    text = paragraph("61001.17", named).replace("<w:r>", f"<w:r><w:rPr>{of_run}</w:rPr>")
    path = tmp_path / "made.docx"
    path.write_bytes(docx_of(Look(finish_text=lambda body: body + text, word_parts={"word/styles.xml": STYLES})))
    document = read(path)
    assert ("61001.17" in [number.text for number in document.numbers]) == is_shown
    assert [remark.printed for remark in document.remarks] == ([] if is_shown else ["61001.17"])


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<del>61001.17</del>61002.17", f"{STRUCK}61001.1761002.17"),
        ("<span style='text-decoration: line-through red'>61001.17</span>", f"{STRUCK}61001.17"),
        ("<s>旧</s>61001.17", f"{STRUCK}旧61001.17"),
        ("<s>旧</s>", "旧"),
        ("<input value='61001.17'>元", "61001.17元"),
        ("<input type=hidden value='61001.17'>5.00", "5.00"),
    ],
)
def test_what_a_page_strikes_out_is_unreadable_and_what_a_field_shows_is_read(body, text, tmp_path):
    path = tmp_path / "made.html"
    path.write_text(f"<html><body><table><tr><td>教育支出<td>{body}</table></body></html>", "utf-8")
    document = read(path)
    (table,) = document.tables()
    assert table.rows[0].text(1) == text
    assert not document.remarks


@pytest.mark.parametrize("around", ["<p>{}</p>", "<table><tr><td>{}</td></tr></table>", "<li>{}</li>"])
def test_a_sentence_that_a_page_strikes_out_is_not_read_and_said(around, tmp_path):
    path = tmp_path / "made.html"
    sentence = around.format("<span>本年收入1.50万元。</span><s>本年支出61001万元。</s>")
    path.write_text(f"<html><body>{sentence}</body></html>", "utf-8")
    document = read(path)
    assert [line.text for line in document.lines()] == ["本年收入1.50万元。"]
    assert [remark.printed for remark in document.remarks] == ["61001"]


def test_a_sentence_that_is_struck_out_in_an_office_file_is_not_read_and_said(tmp_path):
    book, files = Workbook(), [tmp_path / "made.xlsx", tmp_path / "made.docx"]
    for row in (["本年收入1.50万元。"], ["本年支出61001万元。"]):
        book.active.append(row)
    book.active["A2"].font = Font(strike=True)
    book.save(files[0])
    struck = paragraph("本年支出61001万元。").replace("<w:r>", "<w:r><w:rPr><w:strike/></w:rPr>")
    files[1].write_bytes(docx_of(Look(finish_text=lambda body: paragraph("本年收入1.50万元。") + struck)))
    for path in files:
        document = read(path)
        assert [number.text for number in document.numbers] == ["1.50"]
        assert ["61001" in remark.printed for remark in document.remarks] == [True]


def test_a_number_that_is_struck_out_in_an_office_file_is_none_to_be_counted(tmp_path):
    book, old, files = Workbook(), xlwt.Workbook(), [tmp_path / f"made.{name}" for name in ("xlsx", "xls", "docx")]
    book.active.append(["教育支出", 61001.17])
    book.active["B1"].font = Font(strike=True)
    book.save(files[0])
    sheet = old.add_sheet("支出")
    sheet.write(0, 0, "教育支出")
    sheet.write(0, 1, 61001.17, xlwt.easyxf("font: struck_out on"))
    old.save(str(files[1]))
    struck = paragraph("61001.17").replace("<w:r>", "<w:r><w:rPr><w:strike/></w:rPr>")
    cells = f"<w:tc>{paragraph('教育支出')}</w:tc><w:tc>{struck}</w:tc>"
    files[2].write_bytes(docx_of(Look(finish_text=lambda body: f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")))
    for path in files:
        (table,) = read(path).tables()
        assert table.rows[0].texts() == ["教育支出", f"{STRUCK}61001.17"]


def test_an_equation_of_word_is_text(tmp_path):
    names = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    cells = f'<w:tc><w:p><m:oMath xmlns:m="{names}"><m:r><m:t>61001.17</m:t></m:r></m:oMath></w:p></w:tc>'
    path = tmp_path / "made.docx"
    path.write_bytes(docx_of(Look(finish_text=lambda body: f"<w:tbl><w:tr>{cells}{cells}</w:tr></w:tbl>")))
    (table,) = read(path).tables()
    assert table.rows[0].texts() == ["61001.17", "61001.17"]


def test_rows_and_columns_of_no_height_or_width_are_hidden(tmp_path):
    book, made, path = Workbook(), tmp_path / "made.xlsx", tmp_path / "flat.xlsx"
    for n in range(3):
        book.active.append(["教育支出", 61001.17 + n, 61011.17 + n])
    book.active.row_dimensions[2].height = 30
    book.active.column_dimensions["C"].width = 30
    book.save(made)
    with ZipFile(made) as archive, ZipFile(path, "w") as flat:
        for name in archive.namelist():
            text = archive.read(name).replace(b'ht="30"', b'ht="0"').replace(b'width="30"', b'width="0"')
            flat.writestr(name, text)
    document = read(path)
    assert [number.text for number in document.numbers] == ["61001.17", "61003.17"]
    assert [remark.place.cell for remark in document.remarks] == ["A2", "C1"]


WHITE = "<p style='color:#FFF'>61001.17</p>"


@pytest.mark.parametrize(
    ("body", "is_shown"),
    [
        (WHITE, False),
        ("<font color=white>61001.17</font>", False),
        ("<style>.a{color:rgb(255, 255, 255)}</style><table><tr><td>1<td class=a>61001.17</table>", False),
        ("<div style='background:#123456'><p><span style='color:#123456 !important'>61001.17</span></p></div>", False),
        (f"<div style='background-color:#1F4E79'>{WHITE}</div>", True),
        (f"<table><tr><td bgcolor=#1F4E79>{WHITE}<td>1</table>", True),
        (f"<div style='background:url(a.png)'>{WHITE}</div>", True),
        (f"<div style='position:absolute'>{WHITE}</div>", True),
        (f"<style>.a p{{background:#1F4E79}}</style><div class=a>{WHITE}</div>", True),
        (f"<link rel=stylesheet href=a.css>{WHITE}", True),
        ("<p style='color:white'><b style='color:black'>61001.17</b></p>", True),
    ],
)
def test_a_text_of_a_page_is_hidden_where_it_has_the_colour_behind_it(body, is_shown, tmp_path):
    path = tmp_path / "made.html"
    path.write_text(f"<!DOCTYPE html><html><body>{body}</body></html>", "utf-8")
    document = read(path)
    assert ("61001.17" in [number.text for number in document.numbers]) == is_shown
    assert [remark.printed for remark in document.remarks] == ([] if is_shown else ["61001.17"])


def test_a_light_text_of_word_before_a_picture_is_shown(tmp_path):
    picture = (
        '<w:p><w:r><w:drawing><wp:anchor behindDoc="1" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"/></w:drawing></w:r></w:p>'
    )
    text, path = paragraph("61001.17").replace("<w:r>", f"<w:r><w:rPr>{LIGHT}</w:rPr>"), tmp_path / "made.docx"
    path.write_bytes(docx_of(Look(finish_text=lambda body: picture + body + text)))
    assert "61001.17" in [number.text for number in read(path).numbers]


def test_a_light_text_of_an_old_workbook_is_shown_on_a_dark_cell_only(tmp_path):
    book, path = xlwt.Workbook(), tmp_path / "made.xls"
    sheet = book.add_sheet("支出")
    for y, style in enumerate(("", "pattern: pattern solid, fore_colour dark_blue")):
        sheet.write(y, 0, "教育支出")
        sheet.write(y, 1, 61001.17 + y, xlwt.easyxf(f"font: color white; {style}"))
    book.save(str(path))
    document = read(path)
    assert [number.text for number in document.numbers] == ["61002.17"]
    assert [remark.place.cell for remark in document.remarks] == ["B1"]


def test_a_number_format_of_an_old_workbook_hides_numbers_and_shows_those_of_a_white_font(tmp_path):
    book, path = xlwt.Workbook(), tmp_path / "made.xls"
    sheet = book.add_sheet("支出")
    for y, number_format in enumerate(("[White]0.00", ";;;", "[Red]0.00", "0.00")):
        sheet.write(y, 0, "教育支出")
        font = "white" if number_format == "[Red]0.00" else "black"
        sheet.write(y, 1, 61001.17 + y, xlwt.easyxf(f"font: color {font}", num_format_str=number_format))
    book.save(str(path))
    document = read(path)
    assert [number.text for number in document.numbers] == ["61003.17", "61004.17"]
    assert [remark.place.cell for remark in document.remarks] == ["B1", "B2"]


def test_tags_that_a_program_left_in_a_workbook_are_no_part_of_its_text(tmp_path):
    book, path = Workbook(), tmp_path / "made.xlsx"
    book.active.append(["教育<br>支出", "<u>61001.17</u>", "12.50<sup>1</sup>"])
    book.save(path)
    (table,) = read(path).tables()
    assert table.rows[0].texts() == ["教育支出", "61001.17", "12.50¹"]

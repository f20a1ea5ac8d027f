"""A raised digit behind a number is the mark of a note and no digit of it; tags left as text are no part of a cell."""

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from ingest.document import Line
from ingest.narrative.joined import join
from ingest.readers import read
from ingest.values.amounts import read_amount
from tests.ingest.test_word_reader import cell, table, written
from tests.variants.word import paragraph
from warehouse.records.places import NOWHERE

RAISED_RUN = "<w:r><w:t>12.50</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"
AMOUNTS = {
    "raised.html": "<td>12.50<sup>1</sup></td>",
    "styled.html": "<td>12.50<span style='vertical-align:super'>1</span></td>",
    "cell.html": "<td style='vertical-align:super'>12.50<sup>1</sup></td>",
    "left.html": "<td>&lt;u&gt;12.50&lt;/u&gt;&lt;sup&gt;1&lt;/sup&gt;</td>",
    "tabs.txt": "<u>12.50</u><sup>1</sup>",
    "table.txt": "<td>12.50<sup>1</sup></td>",
}


def amount_of(path) -> str:
    return [row.texts() for row in next(read(path).tables()).rows][-1][-1]


@pytest.mark.parametrize("name", AMOUNTS)
def test_a_raised_digit_of_a_page_or_a_text_is_no_digit_of_the_number(name, tmp_path):
    path, amount = tmp_path / name, AMOUNTS[name]
    rows = f"<table><tr><td>科目</td><td>金额</td></tr><tr><td>教育支出</td>{amount}</tr></table>"
    page = f"<html><body>{rows}</body></html>" if name.endswith("html") else rows
    path.write_text(page if name != "tabs.txt" else f"科目\t金额\n教育支出\t{amount}\n", encoding="utf-8")
    assert amount_of(path) == "12.50¹"


def test_a_lowered_digit_is_no_digit_of_the_number_either(tmp_path):
    run = RAISED_RUN.replace("superscript", "subscript")
    body = table(cell("科目") + cell("金额"), cell("教育支出") + f"<w:tc><w:p>{run}</w:p></w:tc>")
    page, book = tmp_path / "made.html", Workbook()
    styled = "<span style='vertical-align:sub'>2</span>"
    page.write_text(
        f"<html><table><tr><td>教育支出</td><td>12.50<sub>1</sub>{styled}</td></tr></table></html>", "utf-8"
    )
    book.active.append(["教育支出", CellRichText("12.50", TextBlock(InlineFont(vertAlign="subscript"), "1"))])
    book.save(tmp_path / "new.xlsx")
    paths = (written(tmp_path / "made.docx", body), page, tmp_path / "new.xlsx")
    assert [amount_of(path) for path in paths] == ["12.50₁", "12.50₁₂", "12.50₁"]


def test_a_raised_digit_of_a_word_file_is_no_digit_of_the_number(tmp_path):
    amount = f"<w:tc><w:p>{RAISED_RUN}</w:p></w:tc>"
    body = paragraph("收入决算表") + table(cell("科目") + cell("金额"), cell("教育支出") + amount)
    assert amount_of(written(tmp_path / "made.docx", body)) == "12.50¹"


def test_a_raised_digit_of_a_workbook_is_no_digit_of_the_number(tmp_path):
    new, old = Workbook(), xlwt.Workbook()
    note = TextBlock(InlineFont(vertAlign="superscript"), "1")
    for row in (["科目", "金额"], ["教育支出", CellRichText("12.50", note)]):
        new.active.append(row)
    new.save(tmp_path / "new.xlsx")
    sheet = old.add_sheet("1")
    small = xlwt.easyfont("escapement superscript")
    for n, text in enumerate(("科目", "金额", "教育支出")):
        sheet.write(n // 2, n % 2, text)
    sheet.write_rich_text(1, 1, ("12.50", ("1", small)))
    old.save(str(tmp_path / "old.xls"))
    assert [amount_of(tmp_path / name) for name in ("new.xlsx", "old.xls")] == ["12.50¹", "12.50¹"]


def test_it_is_doubted_and_never_a_digit():
    reading = read_amount("12.50¹")
    assert reading.value is None
    assert [str(one.value) for one in reading.candidates] == ["12.50"]


@pytest.mark.parametrize(
    ("printed", "joined"),
    [("收入12.50¹万元", "收入12.50万元"), ("收入12.50①万元", "收入12.50万元"), ("面积10⁴平方米", "面积10⁴平方米")],
)
def test_in_a_sentence_the_mark_of_a_note_is_left_out(printed, joined):
    assert join([[Line(printed, NOWHERE)]]).text == joined

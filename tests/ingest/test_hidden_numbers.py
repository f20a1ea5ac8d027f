"""Numbers that a workbook, Word file or page holds and does not show: none of them is loaded, anywhere."""

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from ingest.pipeline import extract
from tests.variants.look import Look
from tests.variants.variant import WRITERS
from tests.variants.word import paragraph
from warehouse.records.reading import Extraction

ROW = "<w:tr><w:trPr>{property}</w:trPr>" + "<w:tc>{cell}</w:tc>" * 8 + "</w:tr>"


def hide_in_book(book: Workbook) -> None:
    """61001.17 and on: on sheets, in a row, a column and a comment of 收入决算表."""
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


def hide_in_word(xml: str) -> str:
    """62001.17 and on: in revisions, hidden runs, codes of fields, and rows of every table."""
    around = (
        "<w:del><w:r><w:delText>62001.17</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>62002.17</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>62003.17</w:t></w:r>"
        "<w:r><w:instrText>= 62004.17</w:instrText></w:r>"
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
        ("xlsx", Look(finish_book=hide_in_book), range(61001, 61006)),
        ("docx", Look(finish_text=hide_in_word), range(62001, 62007)),
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

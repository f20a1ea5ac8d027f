"""Converted text: encodings, marks that converters add, rows between tabs."""

import pytest

from ingest.readers import read
from tests.ingest.build import text_document

TEXT = "支出决算表\n项目\t金额\n合计\t1.00\n注：无。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends(encoding, newline, tmp_path):
    path = tmp_path / "made.anything"
    path.write_bytes(TEXT.replace("\n", newline).encode(encoding))
    document = read(path)
    assert [line.text for line in document.lines()] == ["支出决算表", "注：无。"]
    (table,) = document.tables()
    assert [row.texts() for row in table.rows] == [["项目", "金额"], ["合计", "1.00"]]


def test_gb18030_reads_what_gbk_has_not(tmp_path):
    path = tmp_path / "made.txt"
    path.write_bytes("㐂街办事处\n".encode("gb18030"))
    assert [line.text for line in read(path).lines()] == ["㐂街办事处"]


@pytest.mark.parametrize(
    "printed",
    ["# 支出决算表", "### 支出决算表", "**支出决算表**", "<b>支出决算表</b>", "<p>支出决算表<br/></p>", "- 支出决算表"],
)
def test_what_a_converter_added_was_never_printed(printed):
    assert [line.text for line in text_document(printed).lines()] == ["支出决算表"]


@pytest.mark.parametrize("printed", ["-1.00", "#1", "5 < 6 > 3", "1*2"])
def test_what_was_printed_stays(printed):
    assert [line.text for line in text_document(printed).lines()] == [printed]


def test_marks_inside_cells_are_taken_off():
    (table,) = text_document("**合计**\t<b>1.00</b>\n").tables()
    assert table.rows[0].texts() == ["合计", "1.00"]


def test_quotes_around_a_cell_were_never_printed():
    (table,) = text_document('"合计"\t"1,234.00"\t""\n').tables()
    assert table.rows[0].texts() == ["合计", "1,234.00", ""]


def test_quotes_inside_a_cell_were_printed():
    (table,) = text_document('“三公”经费\t"""三公""经费"\t"三公"经费\n').tables()
    assert table.rows[0].texts() == ["“三公”经费", '"三公"经费', '"三公"经费']


def test_blank_cells_keep_their_places():
    (table,) = text_document("\t\t1.00\t\n").tables()
    assert table.rows[0].texts() == ["", "", "1.00", ""]


def test_a_blank_line_ends_a_table():
    assert len(list(text_document("a\t1\n\nb\t2\n").tables())) == 2


def test_rows_and_lines_know_their_line():
    document = text_document("甲\n\nа\t1\nb\t2\n乙\n")
    assert [line.line_no for line in document.lines()] == [1, 5]
    assert [row.line_no for table in document.tables() for row in table.rows] == [3, 4]

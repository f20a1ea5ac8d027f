"""The reader of converted text: encodings, marks that converters add, rows with tabs."""

import pytest

from ingest.document import GridKind
from ingest.readers import read
from tests.ingest.made_documents import text_document

TEXT = "支出决算表\n项目\t金额\n合计\t1.00\n注：无。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
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
def test_marks_that_a_converter_added_are_removed(printed):
    assert [line.text for line in text_document(printed).lines()] == ["支出决算表"]


@pytest.mark.parametrize("printed", ["-1.00", "#1", "5 < 6 > 3", "1*2"])
def test_printed_marks_are_kept(printed):
    assert [line.text for line in text_document(printed).lines()] == [printed]


def test_marks_inside_cells_are_removed():
    (table,) = text_document("**合计**\t<b>1.00</b>\n").tables()
    assert table.rows[0].texts() == ["合计", "1.00"]


def test_quotes_around_a_cell_are_removed():
    (table,) = text_document('"合计"\t"1,234.00"\t""\n').tables()
    assert table.rows[0].texts() == ["合计", "1,234.00", ""]


def test_quotes_inside_a_cell_are_kept():
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


OTHER_ENDS = ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("char", OTHER_ENDS)
def test_a_row_is_not_cut_at_separators_of_splitlines(char):
    (table,) = text_document(f"合计\t8.6{char}0\t1.00\n公用{char}经费\t2.00\t3.00\n").tables()
    assert [row.texts() for row in table.rows] == [["合计", "8.60", "1.00"], ["公用经费", "2.00", "3.00"]]
    assert [row.line_no for row in table.rows] == [1, 2]


@pytest.mark.parametrize("char", OTHER_ENDS)
def test_prose_is_cut_at_these_separators_and_a_number_is_not(char):
    lines = list(text_document(f"12\n{char}支出决算表{char}单位：万元\n共8.6{char}0万元。\n").lines())
    assert [line.text for line in lines] == ["12", "支出决算表", "单位：万元", "共8.60万元。"]
    assert [line.line_no for line in lines] == [1, 2, 2, 3]


@pytest.mark.parametrize("word", ["nan", "NaN", "<NA>", "None"])
def test_a_word_that_programs_write_for_an_empty_cell_is_blank(word):
    (table,) = text_document(f"合计\t{word}\t1.00\n").tables()
    assert table.rows[0].texts() == ["合计", "", "1.00"]


def test_an_index_before_all_rows_is_removed():
    (table,) = text_document("0\t项目\t金额\n1\t合计\t6.00\n2\t甲\t5.00\n3\t乙\t1.00\n").tables()
    assert [row.texts()[1:] for row in table.rows] == [
        ["项目", "金额"],
        ["合计", "6.00"],
        ["甲", "5.00"],
        ["乙", "1.00"],
    ]
    assert {row.text(0) for row in table.rows} == {""}


def test_numbers_of_rows_below_a_heading_are_kept():
    (table,) = text_document("序号\t项目\t金额\n1\t合计\t6.00\n2\t甲\t5.00\n3\t乙\t1.00\n").tables()
    assert [row.text(0) for row in table.rows] == ["序号", "1", "2", "3"]


HTML = (
    '<table><tr><td rowspan="2">科目</td><td colspan="2">本年支出</td></tr>'
    "<tr><td>基本支出</td><td>项目支出</td></tr>{between}<tr><td>合计</td><td>1.00</td><td>2.00</td></tr></table>"
)


def test_an_html_table_keeps_its_merged_cells():
    (table,) = text_document(HTML.format(between="")).tables()
    assert table.kind is GridKind.SPREADSHEET
    assert [[cell and cell.text for cell in row.cells] for row in table.rows] == [
        ["科目", "本年支出", None],
        [None, "基本支出", "项目支出"],
        ["合计", "1.00", "2.00"],
    ]
    first = table.rows[0].cells[0]
    assert first and (first.rowspan, first.colspan) == (2, 1)
    assert [(row.line_no, row.place.cell) for row in table.rows] == [(1, "A1"), (1, "A2"), (1, "A3")]


def test_an_html_table_with_a_short_row_keeps_no_columns():
    (table,) = text_document(HTML.format(between="<tr><td>甲</td><td>1.00</td></tr>")).tables()
    assert table.kind is GridKind.CONVERTED


@pytest.mark.parametrize("said", ["0", "x", "9" * 30, "-1"])
def test_a_span_that_cannot_be_is_no_span_or_a_wide_one(said):
    (table,) = text_document(f"<table><tr><td colspan={said}>甲</td><td>1.00</td></tr></table>").tables()
    assert table.rows[0].text(0) == "甲" and table.width <= 60


def test_text_of_an_html_table_that_is_in_no_cell_is_a_line():
    document = text_document(
        "支出决算表\n<table>\n<caption>单位：元</caption>\n<tr><td>甲</td><td>1</td></tr>\n注：无\n"
    )
    assert [(line.text, line.line_no) for line in document.lines()] == [
        ("支出决算表", 1),
        ("单位：元", 3),
        ("注：无", 5),
    ]


def test_rows_with_commas_are_a_table():
    (table,) = text_document('科目编码,科目名称,合计\n201,甲,"1,234.00"\n202,乙,\n').tables()
    assert [row.texts() for row in table.rows] == [
        ["科目编码", "科目名称", "合计"],
        ["201", "甲", "1,234.00"],
        ["202", "乙", ""],
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "收入1,234.00万元,支出1,000.00万元\n" * 3,  # sentences
        "甲,乙,丙\n甲,1.00,2.00\n",  # two lines
        "甲,乙\n" * 3,
        "张某,李某,王某\n" * 4,  # no figures
        "甲,1.00,2.00\n乙,1,234.00,2.00\n丙,1.00\n",  # no two rows are equally wide
    ],
)
def test_lines_with_commas_that_are_no_rows_stay_lines(printed):
    assert list(text_document(printed).tables()) == []

"""Web pages: what a browser shows is read, in the encoding that the bytes are in."""

import pytest

from ingest import errors
from ingest.readers import read
from ingest.readers.web_page.decode import decode_page
from ingest.readers.web_page.rows_of_text import rows_of_text
from ingest.tables.headings import lacks_headings
from warehouse.kinds.characters import STRUCK, UNREAD
from warehouse.records.places import Place


def page(path, body: str, encoding: str = "utf-8"):
    path.write_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(encoding))
    return path


@pytest.mark.parametrize(
    ("named", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("", "gb18030"),
    ],
)
def test_a_page_is_decoded_by_its_bytes(named, encoding):
    text = f'<html><head><meta http-equiv=Content-Type content="text/html; charset={named}"></head>镕㑇决算</html>'
    assert decode_page(text.encode(encoding), "made.html") == text


def test_a_page_in_no_known_encoding_is_refused():
    with pytest.raises(errors.UnknownEncoding):
        decode_page(b"<html>\xff\xff\xff\xff</html>", "made.html")


def test_innermost_tables_are_tables_and_layout_is_not(tmp_path):
    inner = '<table><tr><td rowspan=2>教育支出<td colspan="2">11,<span>397</span>.91<tr><td>1<td>2</table>'
    body = f"<script>var a='<td>98765.43</td>'</script><table><tr><td><p>收入决算表</p>{inner}</td></tr></table>"
    document = read(page(tmp_path / "made.html", body))
    assert [line.text for line in document.lines()] == ["收入决算表"]
    [table] = document.tables()
    assert [row.texts() for row in table.rows] == [["教育支出", "11,397.91", ""], ["", "1", "2"]]
    assert table.rows[1].place_of(2) == Place(line_no=3, sheet="表1", cell="C2")
    assert [number.text for number in document.numbers] == ["11,397.91", "1", "2"]


def test_a_caption_and_texts_beside_the_cells_stand_above_their_table(tmp_path):
    body = "<table>部门：甲<caption><b>收入</b>决算表</caption><tbody><tr><td>1<td>2</td>3.00</tr>单位：万元</table>"
    document = read(page(tmp_path / "made.html", body))
    assert [line.text for line in document.lines()] == ["部门：甲", "收入决算表", "单位：万元", "3.00"]
    [table] = document.tables()
    assert [row.texts() for row in table.rows] == [["1", "2"]]


def test_what_is_not_shown_is_not_read(tmp_path):
    body = """<p>1.00</p><p style="display:none">2.00</p><del>3.00</del><!-- 4.00 --><p hidden>5.00</p>
        <table><tr><td>a<td>6.00<tr style="visibility: hidden"><td>b<td>7.00</table>"""
    assert [number.text for number in read(page(tmp_path / "made.html", body)).numbers] == ["1.00", "6.00"]


def test_rows_of_paragraphs_become_a_table_and_a_caption_does_not(tmp_path):
    rows = ["科目&nbsp;&nbsp;&nbsp;合计&nbsp;&nbsp;&nbsp;基本", "教育&nbsp;&nbsp;&nbsp;1.00&nbsp;&nbsp;&nbsp;&nbsp;"]
    rows += ["&nbsp;&nbsp;&nbsp;&nbsp;2.00&nbsp;&nbsp;&nbsp;3.00"]
    body = "<p>部门：甲&nbsp;&nbsp;&nbsp;&nbsp;单位：万元</p><p>题</p>" + "".join(f"<p>{row}</p>" for row in rows)
    document = read(page(tmp_path / "made.html", body))
    assert [line.text for line in document.lines()] == ["部门：甲 单位：万元", "题"]
    [table] = document.tables()
    assert [row.texts() for row in table.rows] == [["科目", "合计", "基本"], ["教育", "1.00", ""], ["", "2.00", "3.00"]]


def test_hard_blanks_that_are_no_whole_number_of_cells_make_no_row():
    blank = "\xa0"
    rows = [f"a{blank * 3}b", f"c{blank * 3}d", f"e{blank * 5}f"]
    assert dict(rows_of_text(rows)) == {0: ("a", "b"), 1: ("c", "d")}
    assert dict(rows_of_text(rows[:2])) == {}


HIDDEN = (
    '<script>var a="<table><tr><td>91.00</td></tr></table>";</script>',
    "<template><p>91.00</p></template>",
    "<!-- 91.00 -->",
    "<noscript>91.00</noscript>",
    '<p style="display : none !important">91.00</p>',
    '<p style="visibility:hidden">91.00</p>',
    '<p style="opacity:0">91.00</p>',
    '<p style="font-size:0">91.00</p>',
    '<p style="color:transparent">91.00</p>',
    "<p hidden>91.00</p>",
    '<p aria-hidden="true">91.00</p>',
    '<style>.no{display:none}</style><p class="no">91.00</p>',
    '<style>.no{display:none}</style><table><tr class="no"><td>a</td><td>91.00</td></tr></table>',
    '<p style="position:absolute; left:-9999px">91.00</p>',
    '<p style="text-indent:-9999px">91.00</p>',
    '<p style="position:absolute; clip:rect(0, 0, 0, 0)">91.00</p>',
    '<p style="position:absolute; clip-path:inset(50%)">91.00</p>',
    '<p style="height:0; overflow:hidden">91.00</p>',
    '<style>.sr{position:absolute; width:1px; height:1px; overflow:hidden}</style><span class="sr">91.00</span>',
    '<input type="hidden" value="91.00"><textarea>91.00</textarea><iframe src="a.pdf">91.00</iframe>',
)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_hidden_is_not_read_and_hidden_amounts_are_said(tmp_path, hidden):
    document = read(page(tmp_path / "made.html", f"{hidden}<p>支出12.00万元</p>"))
    assert [number.text for number in document.numbers] == ["12.00"]
    is_of_style = hidden.startswith(("<p", "<style"))
    assert [remark.printed for remark in document.remarks] == (["91.00"] if is_of_style else [])


SHOWN = (
    '<p style="text-indent:-21pt">91.00</p>',
    '<p style="left:-9999px">91.00</p>',
    '<p style="overflow:hidden; height:20px">91.00</p>',
    '<p style="height:0">91.00</p>',
    '<span style="height:0; overflow:hidden">91.00</span>',
    '<p style="clip:rect(0, 0, 0, 0)">91.00</p>',
)


@pytest.mark.parametrize("shown", SHOWN)
def test_what_is_only_nearly_hidden_is_read(tmp_path, shown):
    assert [number.text for number in read(page(tmp_path / "made.html", shown)).numbers] == ["91.00"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<img src="a.png" alt="12.00">', UNREAD),
        ("<p><svg><text>12.00</text></svg></p>", UNREAD),
        ('<img src="a.gif" width="1" height="1">', ""),
        ('<img src="a.png" style="width:1px">', ""),
        ('<img src="a.png">12.00', "12.00"),
        ("<ruby>12.00<rp>(</rp><rt>5</rt><rp>)</rp></ruby>", "12.00"),
    ],
)
def test_a_cell_that_shows_a_picture_alone_is_unreadable_and_not_blank(tmp_path, cell, text):
    document = read(page(tmp_path / "made.html", f"<table><tr><td>教育支出<td>{cell}</table>"))
    assert next(document.tables()).rows[0].text(1) == text


def test_a_foot_is_the_last_part_of_a_table_and_a_caption_may_have_lines(tmp_path):
    body = """<table><caption>支出决算表<br>公开03表<p>单位：万元</caption><tfoot><tr><td>注<td>3</tfoot>
        <tbody><tr><td>教育支出<td>2</tbody><thead><tr><td>科目<td>1</thead></table>"""
    document = read(page(tmp_path / "made.html", body))
    assert [line.text for line in document.lines()] == ["支出决算表", "公开03表", "单位：万元"]
    assert [row.texts() for row in next(document.tables()).rows] == [["科目", "1"], ["教育支出", "2"], ["注", "3"]]


BAD = {
    "deep": ("<div>" * 10_000 + "1.00", "the web page is damaged: elements are nested too deep"),
    "many": ("<p>" * 600_001, "the web page is damaged: it has 600006 tags, more than 600000"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_page_beyond_all_measure_is_refused_in_one_line(tmp_path, case):
    body, message = BAD[case]
    with pytest.raises(errors.Damaged) as caught:
        read(page(tmp_path / "made.html", body))
    assert str(caught.value) == f"made.html: {message}"


@pytest.mark.parametrize(
    "end", ["<table><tr><td>教育</td><td>1,23", "<table><tr><td>教育</td><td>1,234.00</td></tr>", "<p>1"]
)
def test_a_page_that_is_cut_off_is_refused(tmp_path, end):
    path = tmp_path / "made.html"
    path.write_text(f"<!DOCTYPE html><html><body><p>决算</p>{end}", "utf-8")
    with pytest.raises(errors.Damaged, match="it ends in the middle"):
        read(path)


def test_a_page_without_its_last_tags_is_read(tmp_path):
    path = tmp_path / "made.html"
    path.write_text("<!DOCTYPE html><html><body><table><tr><td>教育<td>1.00</table>", "utf-8")
    assert [number.text for number in read(path).numbers] == ["1.00"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_mark_at_the_beginning_says_the_encoding(tmp_path, encoding):
    document = read(page(tmp_path / "made.html", "<p>决算1.00</p>", encoding))
    assert (document.format, [line.text for line in document.lines()]) == ("html", ["决算1.00"])


def test_spans_of_a_thousand_million_are_bounded_and_entities_and_addresses_are_not_opened(tmp_path):
    table = (
        '<table><tr><td colspan="1000000000" rowspan="1000000000">甲</td></tr><tr><td>1.00</td><td>乙</td></tr></table>'
    )
    outside = '<base href="http://127.0.0.1:9/"><link rel="stylesheet" href="x.css"><img src="x"><p>&b;</p>'
    document = read(page(tmp_path / "made.html", table + outside))
    [grid] = document.tables()
    assert grid.width <= 100 and [number.text for number in document.numbers] == ["1.00"]


@pytest.mark.parametrize("piece", ["/*", "a{", "@media{", "@a{b{}", "a:"])
def test_style_sheets_made_to_cost_time_cost_none(tmp_path, piece):
    sheet = piece * 100_000
    document = read(page(tmp_path / "made.html", f"<style>{sheet}</style><p style='{sheet}'>1.00</p>"))
    assert [number.text for number in document.numbers] == ["1.00"]


@pytest.mark.parametrize(("rows_of_total", "is_lacking"), [("2", False), ("NaN", True)])
def test_headings_that_a_wrong_span_moves_to_the_left_name_no_column(tmp_path, rows_of_total, is_lacking):
    header = f'<tr><td rowspan="{rows_of_total}">合计<td colspan=3>公务用车<tr><td>小计<td>购置<td>运行'
    document = read(page(tmp_path / "made.html", f"<table>{header}<tr><td>3.00<td>2.00<td>0.00<td>2.00</table>"))
    [table] = document.tables()
    assert lacks_headings(table) is is_lacking


@pytest.mark.parametrize(
    ("head", "body", "heights"),
    [
        ("", "<tr><td rowspan=0>A<td>1.00<tr><td>2.00<tr><td>3.00", [3, 1]),
        ("", "<tr><td rowspan=9>A<td>1.00<tr><td>2.00<tr><td>3.00", [3, 1]),
        ("<thead><tr><td rowspan=2>A<td>B</thead><tbody>", "<tr><td>C<td>2.00", [1, 1]),
        ("<thead><tr><td rowspan=0>A<td>B<tr><td>C</thead><tbody>", "<tr><td>D<td>2.00", [2, 1]),
    ],
)
def test_a_cell_reaches_no_further_than_its_part_of_the_table(head, body, heights, tmp_path):
    (table,) = read(page(tmp_path / "made.html", f"<table>{head}{body}</table>")).tables()
    assert [cell.rowspan for cell in table.rows[0].cells] == heights
    assert all(len(row.cells) == 2 for row in table.rows)


STYLED = "<style>.t{display:table}.r{display:table-row}div.c{display:table-cell}div.h{display:none}</style>"


def styled(rows, cell: str = "<div class=c>{}</div>") -> str:
    made = "".join(f"<div class=r>{''.join(cell.format(text) for text in row)}</div>" for row in rows)
    return f"{STYLED}<div class=t>{made}</div>"


def test_elements_that_a_style_makes_cells_are_those_of_a_table(tmp_path):
    rows = [["项目", "金额"], ["教育支出", ""], ["科学技术支出", "<s>9.99</s>2.00<div class=h>8.88</div>"]]
    document = read(page(tmp_path / "made.html", styled(rows)))
    (table,) = document.tables()
    assert [row.texts() for row in table.rows] == [*rows[:2], ["科学技术支出", f"{STRUCK}9.992.00"]]
    assert [remark.printed for remark in document.remarks] == ["8.88"]


def test_a_single_cell_that_centres_a_text_is_no_table(tmp_path):
    document = read(page(tmp_path / "made.html", styled([["本年收入1.50万元。"], ["本年支出2.50万元。"]])))
    assert [line.text for line in document.lines()] == ["本年收入1.50万元。", "本年支出2.50万元。"]

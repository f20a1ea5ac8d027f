"""Web pages: what a browser shows is read, in the encoding that the bytes are in."""

import pytest

from ingest import errors
from ingest.readers import read
from ingest.readers.web_page.decode import decode_page
from ingest.readers.web_page.rows_of_text import rows_of_text
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

"""Tables of pictures without lines, or with lines across only: the missing ones are told by where words stand."""

import pytest

pytest.importorskip("cv2", reason="juesuan[ocr] is not installed")

from ingest.readers.pdf.page_objects import Char, Edge
from ingest.readers.pdf.scan.unruled import lines_between, may_be_tables

ROWS = 20.0  # points from one line of text to the next
TITLE, UNIT = {100: "支出决算表"}, {200: "单位:万元"}
HEAD = {20: "科目名称", 120: "合计", 200: "基本支出"}
BODY = (
    {20: "合计", 110: "150.00", 200: "45.00"},
    {20: "教育", 110: "100.00", 200: "40.00"},
    {20: "普通", 116: "50.00", 206: "5.00"},
)
NOTE = {20: "注:本表反映支出情况,金额转换为万元时可能存在尾差"}
PROSE = tuple({20: f"全年支出{n}.00万元,其中基本支出{n}.50万元,项目支出{n}.25万元"} for n in range(3))


def words(*rows: dict[float, str]) -> list[Char]:
    return [
        Char(char, x + 6 * n, ROWS * row, x + 6 * n + 6, ROWS * row + 8)
        for row, texts in enumerate(rows)
        for x, text in texts.items()
        for n, char in enumerate(text)
    ]


def columns(*rows: dict[float, str]) -> list[float]:
    return sorted({line.at for line in lines_between(words(*rows), [], []).verticals})


def test_columns_and_rows_are_told_by_the_words():
    left, first, second, right = columns(TITLE, UNIT, HEAD, *BODY, NOTE)
    assert left < 20 and 44 < first < 110 and 146 < second < 200 and right > 230
    found = lines_between(words(TITLE, UNIT, HEAD, *BODY, NOTE), [], [])
    heights = sorted({line.at for line in found.horizontals})
    assert heights[0] == pytest.approx(ROWS * 1.7)  # between the unit and the heading
    assert heights[-1] == pytest.approx(ROWS * 5 + 10)  # below the last row with figures, above the note


def test_lines_across_are_taken_as_they_are():
    across = [Edge(ROWS * n - 6, 10, 260) for n in range(5)]
    found = lines_between(words(HEAD, *BODY), [], across)
    assert len({line.at for line in found.verticals}) == 4
    assert {line.at for line in found.horizontals} <= {line.at for line in across}


@pytest.mark.parametrize(
    "rows", [PROSE, (HEAD, *BODY[:2]), (HEAD, *BODY, {20: "其他支出其他支出其他支出9.00", 200: "1.00"})]
)
def test_words_in_no_columns_are_no_table(rows):
    """Prose, two rows alone, and a row whose words stand across the columns."""
    assert columns(*rows) == []


def test_a_page_is_looked_at_again_where_several_texts_are_amounts():
    assert may_be_tables(["合计", "150.00 45.00", "教育", "100.00", "普通", "50.00", "5.00"])
    assert not may_be_tables(["150.00", "45.00", "2024", "支出100.00万元", "项目支出50.00"])

"""Tables with horizontal lines only: where column lines are added, and where the table stays as it is drawn."""

from ingest.readers.pdf.open_tables import with_column_lines
from ingest.readers.pdf.page_objects import Char, Edge

ROWS = 20.0  # points from one line to the next
WIDE = 300.0


def written(x: float, row: int, text: str) -> list[Char]:
    top = 100 + row * ROWS + 6
    return [Char(char, x + 6 * n, top, x + 6 * n + 6, top + 8) for n, char in enumerate(text)]


def page(*rows: dict[float, str]) -> list[Char]:
    return [char for n, row in enumerate(rows) for x, text in row.items() for char in written(x, n, text)]


def lines(count: int) -> list[Edge]:
    return [Edge(100 + n * ROWS, 10, 10 + WIDE) for n in range(count + 1)]


HEAD = {20: "科目", 120: "合计", 200: "基本"}
FIRST, SECOND = {20: "教育支出", 110: "100.00", 200: "40.00"}, {20: "合计", 116: "10.00", 206: "4.00"}


def verticals(chars: list[Char], horizontals: list[Edge], *drawn: Edge) -> list[float]:
    found = with_column_lines(chars, list(drawn), horizontals)
    return sorted({line.at for line in found.verticals})


def test_column_lines_stand_where_no_row_has_text():
    left, first, second, right = verticals(page(HEAD, FIRST, SECOND), lines(3))
    assert (left, right) == (10, 310)
    assert 44 < first < 110 and 146 < second < 200


def test_a_heading_across_two_columns_has_no_line_through_it():
    found = with_column_lines(page({20: "科目", 120: "本年支出本年支出本年"}, HEAD, FIRST, SECOND), [], lines(4))
    second = sorted({line.at for line in found.verticals})[2]
    assert not any(line.at == second and line.start < 120 for line in found.verticals)
    assert any(line.at == second and line.start == 120 for line in found.verticals)


def test_a_column_that_is_blank_in_all_rows_leaves_the_table_as_it_is():
    assert verticals(page({**HEAD, 160: "项目"}, FIRST, SECOND), lines(3)) == []


def test_two_numbers_that_no_blank_parts_in_all_rows_leave_the_table_as_it_is():
    assert (
        verticals(page(HEAD, {**FIRST, 150: "1.00"}, {20: "合计", 140: "2.00", 164: "3.00", 206: "4.00"}), lines(3))
        == []
    )


def test_a_table_with_column_lines_stays_as_it_is():
    drawn = Edge(100, 100, 160)
    assert verticals(page(HEAD, FIRST, SECOND), lines(3), drawn) == [100]


def test_a_title_between_two_tables_parts_them():
    chars = page(HEAD, FIRST, {100: "支出决算表"}, HEAD, SECOND)
    found = with_column_lines(chars, [], lines(5))
    assert not any(line.start < 150 < line.end for line in found.verticals)


def test_lines_below_one_another_without_figures_are_no_table():
    assert verticals(page({20: "甲"}, {20: "乙", 120: "丙"}, {20: "丁"}), lines(3)) == []

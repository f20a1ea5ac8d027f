"""Tables ruled with double lines: their strips are taken out, columns without a word are kept."""

from ingest.document import Cell, GridKind, RawRow, RawTable
from ingest.tables.double_rules import without_strips
from warehouse.kinds.characters import OVERFLOW

STRIPS = (5.0, 90.0, 5.0, 5.0, 60.0, 5.0)


def row(*texts: str | None, widths: tuple[float, ...] = STRIPS) -> RawRow:
    """None is covered by the cell on its left."""
    cells: list[Cell | None] = []
    for n, text in enumerate(texts):
        span = 1 + next((k for k, one in enumerate(texts[n + 1 :]) if one is not None), len(texts) - n - 1)
        x0 = sum(widths[:n])
        cells.append(None if text is None else Cell(text, colspan=span, x0=x0, x1=x0 + sum(widths[n : n + span])))
    return RawRow(tuple(cells))


def texts(table: RawTable) -> list[list[str]]:
    return [one.texts() for one in table.rows]


def test_headings_between_strips_and_rows_over_them_come_into_the_same_columns() -> None:
    rows = row("", "项目名称", "", "", "金额", ""), row(*[""] * 6), row("教育支出", None, None, "5.00", None, None)
    found = without_strips(RawTable(rows, GridKind.RULED))
    assert texts(found) == [["项目名称", "金额"], ["教育支出", "5.00"]]


def test_a_wide_column_without_a_word_is_kept() -> None:
    rows = row("", "项目名称", "", "", "", ""), row("教育支出", None, None, "", None, None)
    assert texts(without_strips(RawTable(rows, GridKind.RULED))) == [["项目名称", ""], ["教育支出", ""]]


def test_a_table_with_single_lines_stays_as_it_is() -> None:
    table = RawTable((row("项目", "金额", widths=(90.0, 60.0)), row("", "", widths=(90.0, 60.0))), GridKind.RULED)
    assert without_strips(table) is table


def test_a_text_in_a_strip_leaves_the_table_as_it_is() -> None:
    rows = (row("", "项目名称", "", "", "金额", ""), row("", "教育支出", "甲", "", "5.00", ""))
    narrow = RawTable(rows, GridKind.RULED)
    assert len(without_strips(narrow).rows[0].cells) == 3  # the column of 甲 is no strip
    over_two = RawTable((*rows[:1], row("", "教育", "", "乙", None, "")), GridKind.RULED)
    assert texts(without_strips(over_two)) == [["项目名称", "金额"], ["教育", "乙"]]


def test_the_digits_of_the_number_behind_it_are_no_text_of_a_strip() -> None:
    mark = OVERFLOW
    rows = row("", "项目名称", "", "", "金额", ""), row("", "教育支出", "", f"{mark}5{mark}", f"{mark}535.00", "")
    assert texts(without_strips(RawTable(rows, GridKind.RULED)))[1] == ["教育支出", f"{mark}535.00"]

"""Amounts that stand beside the column of their heading are brought below it where one way alone is possible."""

from ingest.document import Cell, GridKind, RawRow, RawTable
from ingest.tables.unheaded_columns import has_amounts_without_heading, with_amounts_below_headings

HEADER = "科目编码|科目名称|合计||基本支出||项目支出|"


def ruled(*rows: str, kind: GridKind = GridKind.RULED) -> RawTable:
    """`合计<2` spans two columns."""
    return RawTable(tuple(RawRow(tuple(_cells(row))) for row in rows), kind)


def _cells(row: str):
    for text in row.split("|"):
        bare, _, span = text.partition("<")
        yield Cell(bare, colspan=int(span or 1))
        yield from [None] * (int(span or 1) - 1)


def amounts(table: RawTable) -> list[list[str]]:
    """Of each row below the header, what stands below 合计, 基本支出 and 项目支出."""
    return [[row.text(column) for column in (2, 4, 6)] for row in table.rows[1:]]


def test_rows_that_stand_beside_their_headings_are_brought_below_them() -> None:
    table = ruled(HEADER, "合计<2|9.00||5.00||4.00|", "205|教育支出||9.00||5.00||4.00", "20502|普通教育||4.00||||4.00")
    (found,) = with_amounts_below_headings([table])
    assert amounts(found) == [["9.00", "5.00", "4.00"], ["9.00", "5.00", "4.00"], ["4.00", "", "4.00"]]
    assert not has_amounts_without_heading(found)


def test_a_column_may_stand_on_the_left_of_its_heading() -> None:
    header = "科目编码|科目名称||合计||基本支出||项目支出"
    table = ruled(header, "合计<2|9.00||5.00||4.00|", "205|教育支出|9.00||5.00||4.00|", "20502|普通||9.00||5.00||4.00")
    (found,) = with_amounts_below_headings([table])
    assert [[row.text(n) for n in (3, 5, 7)] for row in found.rows[1:]] == [["9.00", "5.00", "4.00"]] * 3


def test_the_columns_below_one_heading_are_one() -> None:
    table = ruled(
        "科目编码|科目名称|合计<2|基本支出<2|项目支出<2", "合计<2|9.00||5.00||4.00|", "205|教育支出||9.00||5.00||4.00"
    )
    (found,) = with_amounts_below_headings([table])
    assert amounts(found) == [["9.00", "5.00", "4.00"]] * 2
    assert found.rows[0].texts() == ["科目编码", "科目名称", "合计", "", "基本支出", "", "项目支出", ""]


def test_a_page_without_header_goes_on_as_the_page_before() -> None:
    pages = [ruled(HEADER, "合计<2|9.00||5.00||4.00|"), ruled("205|教育支出||9.00||5.00||4.00")]
    found = with_amounts_below_headings(pages)
    assert found[1].rows[0].texts() == ["205", "教育支出", "9.00", "", "5.00", "", "4.00", ""]


def test_the_row_of_totals_says_which_neighbour_an_amount_is_of() -> None:
    """Both neighbours are blank in its row; only one of them has a total."""
    table = ruled(HEADER, "合计<2|9.00||||9.00|", "205|教育支出|9.00|||9.00||")
    (found,) = with_amounts_below_headings([table])
    assert amounts(found) == [["9.00", "", "9.00"]] * 2


def test_where_two_ways_are_possible_the_grid_stays() -> None:
    table = ruled(HEADER, "205|教育支出|9.00|||9.00||", "206|科学技术支出|4.00||||4.00|", "207|文化支出|3.00||3.00|||")
    (found,) = with_amounts_below_headings([table])
    assert found is table
    assert has_amounts_without_heading(found)


def test_a_row_with_two_amounts_for_one_heading_leaves_the_grid_as_it_is() -> None:
    table = ruled("科目名称|合计|", "教育支出|9.00|5.00")
    assert with_amounts_below_headings([table]) == [table]


def test_texts_of_converted_files_are_left_alone() -> None:
    table = ruled(HEADER, "205|教育支出||9.00||5.00||4.00", kind=GridKind.CONVERTED)
    assert with_amounts_below_headings([table]) == [table]
    assert not has_amounts_without_heading(table)


def test_a_column_of_words_or_of_codes_takes_no_amount() -> None:
    table = ruled("科目编码||合计|", "205||9.00|", "20502||9.00|", "|9.00||")
    assert with_amounts_below_headings([table])[0].rows[3].texts() == ["", "", "9.00", ""]

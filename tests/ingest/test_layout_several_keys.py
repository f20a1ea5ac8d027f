"""Coded tables of budgets: rows told apart by codes, units, names, or by nothing; columns that publishers choose."""

from decimal import Decimal

import pytest

from ingest.document import RawTable
from ingest.tables.found import found_tables
from ingest.tables.read import read_tables
from ingest.tables.recognise import recognise
from ingest.tables.sections import sections
from ingest.tables.units import Unit
from tests.ingest.made_documents import amounts_in_blocks, document, merged_row, merged_table
from tests.kinds import BUDGET

Found = dict[tuple[str, str], str | None]


def grid(*rows: str, page: int = 1) -> RawTable:
    return merged_table(*(merged_row(*row.split("|"), page=page) for row in rows))


def read(title: str, *grids: RawTable) -> Found:
    """(row, measure) → value in 万元."""
    (amounts,) = amounts_in_blocks(title, "单位：万元", *grids, kind=BUDGET).values()
    return {key: None if one.value is None else f"{one.value / 10_000:.2f}" for key, one in amounts.items()}


def nothing_read(title: str, *grids: RawTable) -> bool:
    return not amounts_in_blocks(title, "单位：万元", *grids, kind=BUDGET)


def rows_of(found: Found) -> list[str]:
    return list(dict.fromkeys(row for row, _ in found))


def columns_of(found: Found) -> list[str]:
    return list(dict.fromkeys(measure for _, measure in found))


SUBJECTS = ["TOTAL", "205", "20508", "2050803"]
PRINTED = {
    "in one column": ("205|教育支出", "20508|进修及培训", "2050803|培训支出"),
    "in brackets": ("[205]教育支出|", "[20508]进修及培训|", "[2050803]培训支出|"),
    "joined": ("205-教育支出|", "20508-进修及培训|", "2050803-培训支出|"),
    "without the class": ("205|教育支出", "08|进修及培训", "2050803|培训支出"),
}


@pytest.mark.parametrize("printed", PRINTED.values(), ids=PRINTED)
def test_codes_are_read_however_they_are_printed(printed):
    rows = [f"{row}|9.00|5.00|4.00" for row in ("|合计", *printed)]
    found = read("支出总表", grid("科目编码|科目名称|合计|基本支出|项目支出", *rows))
    assert rows_of(found) == SUBJECTS
    assert found["2050803", "project"] == "4.00"


def test_parts_of_codes_are_carried_from_the_rows_above_over_a_page_break():
    first = grid("科目编码<3|科目名称|合计", "类|款|项|^|^", "|||合计|9.00", "205|||教育支出|9.00")
    second = grid("科目编码<3|科目名称|合计", "类|款|项|^|^", "|08||进修及培训|9.00", page=2)
    third = grid("科目编码<3|科目名称|合计", "类|款|项|^|^", "||03|培训支出|9.00", page=3)
    assert rows_of(read("支出总表", first, second, third)) == SUBJECTS


def test_two_codes_of_one_classification_are_no_key():
    """As where the digits of a code reach into the column behind it."""
    printed = grid("科目编码|代码|科目名称|合计", "|||9.00", "201||教育支出|9.00", "20103|2010501|培训支出|9.00")
    (amounts,) = amounts_in_blocks("支出总表", "单位：万元", printed, kind=BUDGET).values()
    assert {one.status.value for (row, _), one in amounts.items() if "20103" in row} == {"doubtful"}


def test_parts_of_codes_have_the_level_of_their_column_among_those_that_hold_codes():
    """On a page of placed texts a heading stands between two columns, or in one of its own beside its codes."""
    rows = ["205|||||教育支出|9.00", "|08||||进修及培训|8.00", "|||03||培训支出|5.00", "|||99||其他进修及培训|3.00"]
    rows += ["|99||||其他教育支出|1.00", "|||99||其他教育支出|1.00"]
    printed = grid("科目编码<5|科目名称|合计", "类<2|款<2|项|^|^", "合计||||||9.00", *rows)
    assert rows_of(read("支出总表", printed)) == [*SUBJECTS, "2050899", "20599", "2059999"]


def test_a_part_of_a_code_below_nothing_is_doubtful():
    rows = "科目编码<3|科目名称|合计", "类|款|项|^|^", "205|08||进修及培训|9.00"
    damaged = grid(*rows[:2], "||03|培训支出|9.00")
    (amounts,) = amounts_in_blocks("支出总表", "单位：万元", damaged, kind=BUDGET).values()
    assert [one.status.value for one in amounts.values()] == ["doubtful"]
    assert rows_of(read("支出总表", grid(*rows, "||03|培训支出|9.00"))) == ["20508", "2050803"]


def test_codes_of_departments_beside_those_of_governments_are_both_the_key():
    found = read(
        "一般公共预算基本支出表",
        grid(
            "科目编码<2|部门预算支出经济分类科目|科目编码<2|政府预算支出经济分类科目|合计|人员支出|日常公用支出",
            "类|款|^|类|款|^|^|^|^",
            "||合计||||9.00|9.00|",
            "301||工资福利支出|501||机关工资福利支出|5.00|5.00|",
            "301|01|基本工资|501|01|工资奖金津补贴|5.00|5.00|",
            "301||工资福利支出|505||对事业单位经常性补助|4.00|4.00|",
            "301|01|基本工资|505|01|工资福利支出|4.00|4.00|",
        ),
    )
    assert rows_of(found) == ["TOTAL", "301/501", "30101/50101", "301/505", "30101/50501"]
    assert found["30101/50501", "personnel"] == "4.00"


def test_three_codes_of_one_row_are_all_the_key():
    found = read(
        "支出总表",
        grid(
            "功能科目编码|功能科目名称|政府经济科目编码|政府经济科目名称|部门经济科目编码|部门经济科目名称|合计|基本支出",
            "2050803|培训支出|50203|培训费|30216|培训费|5.00|5.00",
            "2050803|培训支出|50201|办公经费|30201|办公费|4.00|4.00",
            "合计||||||9.00|9.00",
        ),
    )
    assert rows_of(found) == ["2050803/50203/30216", "2050803/50201/30201", "TOTAL"]


def test_codes_of_a_finer_level_are_kept_whole():
    found = read(
        "一般公共预算基本支出表",
        grid("科目编码|科目名称|合计", "|合计|9.00", "302|商品和服务支出|9.00", "3021101|差旅费|9.00"),
    )
    assert rows_of(found) == ["TOTAL", "302", "3021101"]


def test_a_code_of_no_classification_is_doubtful():
    (amounts,) = amounts_in_blocks(
        "支出总表", "单位：万元", grid("科目编码|科目名称|合计", "7|卫生健康支出|9.00"), kind=BUDGET
    ).values()
    assert [one.status.value for one in amounts.values()] == ["doubtful"]


UNITS = "预算单位|科目编码|科目名称|支出总计|基本支出|项目支出"


def test_the_unit_is_no_part_of_the_key_where_there_is_one_only():
    found = read("支出总表", grid(UNITS, "示范市粮食局|||9.00|9.00|0.00", "|205|教育支出|9.00|9.00|0.00"))
    assert rows_of(found) == ["unit:示范市粮食局", "205"]


def test_the_unit_is_part_of_the_key_where_there_are_several():
    found = read(
        "支出总表",
        grid(
            UNITS,
            "示范市粮食局|||5.00|5.00|0.00",
            "|205|教育支出|5.00|5.00|0.00",
            "示范市粮库|||4.00|4.00|0.00",
            "|205|教育支出|4.00|4.00|0.00",
        ),
    )
    assert rows_of(found) == [
        "unit:示范市粮食局",
        "unit:示范市粮食局/205",
        "unit:示范市粮库",
        "unit:示范市粮库/205",
    ]


def test_a_department_above_its_units():
    found = read(
        "收入总表",
        grid("部门代码|部门名称|合计", "|合计|9.00", "024|示范市粮食局|9.00", "024001|示范市粮食局|9.00"),
    )
    assert rows_of(found) == ["TOTAL", "unit:示范市粮食局", "unit:示范市粮食局/示范市粮食局"]


def test_a_single_row_that_nothing_tells_from_others():
    assert read("支出总表", grid("合计|基本支出|项目支出", "9.00|5.00|4.00")) == {
        ("all", "total"): "9.00",
        ("all", "basic"): "5.00",
        ("all", "project"): "4.00",
    }


def test_names_without_codes_stand_below_their_class():
    found = read(
        "一般公共预算支出表",
        grid("项目|合计", "合计|9.00", "教育支出|9.00", "进修及培训|9.00", "培训支出|9.00"),
    )
    assert rows_of(found) == ["TOTAL", "name:教育支出", "name:教育支出/进修及培训", "name:教育支出/进修及培训/培训支出"]


def test_economic_names_below_the_body():
    found = read(
        "基本支出总表",
        grid("支出项目类别|总计", "示范市粮食局（本级）|9.00", "工资福利支出|9.00", "基本工资|5.00", "奖金|4.00"),
    )
    assert rows_of(found) == [
        "unit:示范市粮食局（本级）",
        "name:工资福利支出",
        "name:工资福利支出/基本工资",
        "name:工资福利支出/奖金",
    ]


def test_sources_of_both_years():
    found = read(
        "收入总表",
        grid(
            "科目编码|科目名称|合计|本年收入<2|上年结转结余<2",
            "^|^|^|小计|一般公共预算|小计|一般公共预算",
            "205|教育支出|9.00|5.00|5.00|4.00|4.00",
        ),
    )
    assert columns_of(found) == [
        "total",
        "current.total",
        "current.general_public_budget",
        "carry_over_in",
        "carry_over_in.general_public_budget",
    ]


def test_sources_of_this_year_are_the_plain_ones_where_the_other_is_one_column():
    found = read(
        "收入总表",
        grid(
            "科目编码|科目名称|合计|本年收入<2|上年结转",
            "^|^|^|一般公共预算|政府性基金预算|^",
            "205|教育支出|9.00|5.00|1.00|3.00",
        ),
    )
    assert columns_of(found) == ["total", "general_public_budget", "government_fund", "carry_over_in"]


def test_kinds_of_both_years():
    found = read(
        "支出总表",
        grid(
            "科目编码|科目名称|合计|当年预算<3|上年结转结余<3",
            "^|^|^|小计|基本支出|项目支出|小计|基本支出|项目支出",
            "205|教育支出|9.00|5.00|2.00|3.00|4.00|1.00|3.00",
        ),
    )
    assert columns_of(found) == [
        "total",
        "current.total",
        "current.basic",
        "current.project",
        "carry_over_in.total",
        "carry_over_in.basic",
        "carry_over_in.project",
    ]


def test_a_column_of_no_form_is_called_as_it_is_printed():
    found = read(
        "支出总表",
        grid(
            "科目编码|科目名称|合计|基本支出|项目支出|2026年政府采购项目<2|备注",
            "^|^|^|^|^|小计|其中：面向中小企业|^",
            "205|教育支出|9.00|5.00|4.00|2.00|1.00|",
        ),
    )
    assert columns_of(found) == ["total", "basic", "project", "other:2026年政府采购项目", "other:面向中小企业"]


def test_a_header_that_names_less_of_the_form_than_of_no_form_is_refused():
    assert nothing_read("支出总表", grid("科目编码|科目名称|合计|甲类|乙类", "205|教育支出|9.00|5.00|4.00"))


def test_a_column_of_words_is_none_of_amounts():
    found = read("支出总表", grid("科目编码|科目名称|合计|资金用途", "205|教育支出|9.00|干部培训"))
    assert columns_of(found) == ["total"]


def test_the_projects_by_economic_class_have_one_column():
    found = read(
        "一般公共预算项目支出情况表（按经济分类科目）", grid("科目编码|科目名称|项目支出", "302|商品和服务支出|9.00")
    )
    assert found == {("302", "project"): "9.00"}


def test_the_change_on_last_year_is_no_amount_of_this_year():
    (amounts,) = amounts_in_blocks(
        "一般公共预算支出表",
        "单位：万元",
        grid(
            "科目编码|科目名称|2025年执行数|2026年预算数<3|2026年预算数比2025年执行数<2",
            "^|^|^|小计|基本支出|项目支出|增减额|增减%",
            "205|教育支出|8.00|9.00|5.00|4.00|1.00|12.50",
        ),
        kind=BUDGET,
    ).values()
    found = {measure: (one.value, one.value_unit) for (_, measure), one in amounts.items()}
    assert found["prior_final"] == (80_000, "元")
    assert found["total"] == (90_000, "元")
    assert found["change_pct"] == (Decimal("12.5"), "%")


def test_items_beside_their_kinds():
    found = read(
        "收入总表",
        grid(
            "项目名称||金额",
            "收入总计||9.00",
            "|小计|5.00",
            "一般公共预算资金|经费拨款|4.00",
            "|专项收入|1.00",
            "其他资金|小计|4.00",
            "|事业收入|4.00",
        ),
    )
    assert rows_of(found) == [
        "TOTAL",
        "name:一般公共预算资金/小计",
        "name:一般公共预算资金/经费拨款",
        "name:一般公共预算资金/专项收入",
        "name:其他资金/小计",
        "name:其他资金/事业收入",
    ]


def test_three_names_beside_one_another_tell_nothing():
    assert nothing_read("收入总表", grid("甲|乙|丙|金额", "一般公共预算资金|经费拨款|本级|4.00"))


def test_a_blank_form_of_another_layout_is_blank_and_one_with_a_number_not_understood():
    rows = "收入|金额甲|支出|金额乙", "一、政府性基金|{}|一、科学技术支出|", "本年收入合计||本年支出合计|"
    for printed, status in (("", "blank"), ("5.00", "unrecognised")):
        blocks = document("政府性基金收支表", "单位：万元", grid(*(row.format(printed) for row in rows)))
        matches = recognise(sections(blocks), BUDGET).matches
        found, _ = found_tables(BUDGET, blocks, matches, read_tables(matches), {"YS08": Unit("万元", "表上所印")})
        assert [one.status.value for one in found if one.table_code == "YS08"] == [status]


LEAVES = "2050803|培训支出|5.00", "2080505|养老保险|1.00", "2050803|培训支出|3.00"


def test_a_subject_of_several_units_that_are_not_named_is_their_sum_where_the_total_says_so():
    found = read("一般公共预算支出表", grid("科目编码|科目名称|合计", "|合计|9.00", *LEAVES))
    assert (found["2050803", "total"], found["2080505", "total"]) == ("8.00", "1.00")


def test_a_subject_that_is_printed_twice_is_not_added_up_where_the_total_does_not_have_both():
    found = read("一般公共预算支出表", grid("科目编码|科目名称|合计", "|合计|6.00", *LEAVES))
    assert found["2050803", "total"] == "5.00"


def test_six_decimals_and_a_number_broken_within_its_cell():
    (amounts,) = amounts_in_blocks(
        "支出总表",
        "单位：万元",
        grid(
            "科目编码|科目名称|合计|基本支出|项目支出",
            "|合计|350034.442137|350034.4\n42137|0.000000",
            "205|教育支出|350034.442137|350034.442137|",
        ),
        kind=BUDGET,
    ).values()
    assert amounts["TOTAL", "basic"].value == Decimal("3500344421.37")
    assert amounts["TOTAL", "basic"].status.value in ("repaired", "as_printed")


def test_a_number_that_counts_the_rows_is_no_code():
    rows = "序号|科目编码|科目名称|合计", "1||合计|9.00", "2|205|教育支出|9.00", "3|20508|进修及培训|9.00"
    assert rows_of(read("支出总表", grid(*rows))) == ["TOTAL", "205", "20508"]


def test_the_unit_of_each_row_is_part_of_its_key_where_there_are_several():
    rows = (
        "单位编码|单位名称|科目编码|科目名称|合计",
        "117001|示范市粮食局|205|教育支出|5.00",
        "117002|示范市粮库|205|教育支出|4.00",
        "合计||||9.00",
    )
    found = read("支出总表", grid(*rows))
    assert rows_of(found) == ["unit:示范市粮食局/205", "unit:示范市粮库/205", "TOTAL"]


def test_a_page_without_heading_goes_on_with_the_columns_of_the_page_before():
    first = grid("科目编码|科目名称|合计|基本支出|项目支出", "|合计|9.00|5.00|4.00", "205|教育支出|9.00|5.00|4.00")
    found = read("支出总表", first, grid("20508|进修及培训|9.00|5.00|4.00", page=2))
    assert found["20508", "project"] == "4.00"


def test_parts_of_income_of_schools():
    rows = "科目编码|科目名称|合计|事业收入<2", "^|^|^|小计|其中：教育收费", "205|教育支出|9.00|9.00|4.00"
    assert columns_of(read("收入总表", grid(*rows))) == ["total", "institutional", "education_fees"]


def test_a_unit_in_the_column_of_subjects_is_told_by_its_code():
    rows = "科目编码|单位代码|单位名称（科目）|合计", "|117|示范市粮食局|9.00", "205|117|教育支出|9.00"
    assert rows_of(read("支出总表", grid(*rows))) == ["unit:示范市粮食局", "205"]


def test_amounts_in_front_of_those_of_the_form_are_of_no_form():
    rows = (
        "科目编码|科目名称|2025年预算数|2026年预算数<3",
        "^|^|^|小计|基本支出|项目支出",
        "205|教育支出|8.00|9.00|5.00|4.00",
    )
    found = read("一般公共预算支出表", grid(*rows))
    assert columns_of(found) == ["other:2025年预算数", "total", "basic", "project"]
    assert found["205", "total"] == "9.00"


def test_last_years_amounts_are_not_those_of_this_year():
    rows = (
        "科目编码|科目名称|2025年预算数<2|2026年预算数<3",
        "^|^|小计|基本支出|小计|基本支出|项目支出",
        "205|教育支出|8.00|7.00|9.00|5.00|4.00",
    )
    found = read("一般公共预算支出表", grid(*rows))
    assert (found["205", "total"], found["205", "basic"], found["205", "project"]) == ("9.00", "5.00", "4.00")
    assert columns_of(found)[:2] == ["other:2025年预算数", "other:2025年预算数基本支出"]


def test_a_department_and_its_only_unit_that_is_named_in_each_row_are_one_body():
    rows = (
        "单位编码|单位名称|科目编码|科目名称|合计",
        "117|示范市粮食局|||9.00",
        "117001|示范市粮库|||9.00",
        "117001|示范市粮库|205|教育支出|9.00",
    )
    assert rows_of(read("支出总表", grid(*rows))) == ["unit:示范市粮食局", "unit:示范市粮食局/示范市粮库", "205"]


HEAD = "科目编码|科目名称|合计|基本支出|项目支出"
UNIT_HEAD = "单位代码|单位名称|合计|一般公共预算"


def test_a_row_that_the_page_break_cuts_has_the_amounts_of_its_second_half():
    first = grid(HEAD, "|合计|9.00|9.00|", "205|教育支出|9.00|9.00|", "20508|进修及|||")
    found = read("支出总表", first, grid("|培训|9.00|9.00|", page=2))
    assert (rows_of(found), found["20508", "basic"]) == (["TOTAL", "205", "20508"], "9.00")


def test_a_second_half_that_is_not_the_name_of_the_code_is_a_row_without_key():
    first = grid(HEAD, "|合计|9.00|9.00|", "205|教育支出|9.00|9.00|", "20508|进修及|||")
    found = read("支出总表", first, grid("|其他|9.00|9.00|", page=2))
    assert found["20508", "basic"] is None


@pytest.mark.parametrize(
    "halves", [("117002|示范市教育|4.00|4.00", "|考试院||"), ("117002|示范市教育||", "|考试院|4.00|4.00")]
)
def test_the_name_of_a_unit_goes_on_behind_the_page_break(halves):
    first = grid(UNIT_HEAD, "|合计|9.00|9.00", "117|示范市教育局|9.00|9.00", "117001|示范市一中|5.00|5.00", halves[0])
    found = read("收入总表", first, grid(halves[1], page=2))
    assert rows_of(found)[-1] == "unit:示范市教育局/示范市教育考试院"
    assert found["unit:示范市教育局/示范市教育考试院", "total"] == "4.00"


def test_the_rest_of_the_name_of_a_second_code_is_no_part_of_the_label():
    head = grid("部门经济分类<2|政府经济分类<2|合计", "编码|名称|编码|名称|^", "30201|办公费|50201|办公|9.00")
    (amounts,) = amounts_in_blocks(
        "一般公共预算基本支出表", "单位：万元", head, grid("|||经费|", page=2), kind=BUDGET
    ).values()
    assert {one.row_label for one in amounts.values()} == {"办公费"}

"""Tables of projects and of purchases: names on several levels, units among them, rows with one key."""

from ingest.document import RawTable
from ingest.tables.read import read_tables
from ingest.tables.recognise import recognise
from ingest.tables.sections import sections
from tests.ingest.made_documents import amounts_in_blocks, document, merged_row, merged_table, table
from tests.kinds import BUDGET
from warehouse.records.doubts import DoubtKind

Found = dict[tuple[str, str], str | None]


def grid(*rows: str, page: int = 1) -> RawTable:
    return merged_table(*(merged_row(*row.split("|"), page=page) for row in rows))


def read(title: str, *grids: RawTable) -> Found:
    """(row, measure) → value in 万元, or the count."""
    (amounts,) = amounts_in_blocks(title, "单位：万元", *grids, kind=BUDGET).values()
    return {
        key: None if one.value is None else f"{one.value / (10_000 if one.value_unit == '元' else 1):.2f}"
        for key, one in amounts.items()
    }


def projects(*rows: str) -> Found:
    return read("项目支出表", grid(*rows))


def rows_of(found: Found) -> list[str]:
    return list(dict.fromkeys(row for row, _ in found))


def test_projects_with_the_sources_of_their_money() -> None:
    found = projects(
        "项目名称|项目类别|合计|财政拨款<2|单位资金",
        "^|^|^|小计|一般公共预算|^",
        "合计||9.00|8.00|8.00|1.00",
        "河道清淤|特定目标类|5.00|5.00|5.00|",
        "道路养护|特定目标类|4.00|3.00|3.00|1.00",
    )
    assert rows_of(found) == ["TOTAL", "project:河道清淤", "project:道路养护"]
    assert found["project:道路养护", "unit_funds"] == "1.00"
    assert found["project:河道清淤", "unit_funds"] is None
    assert found["TOTAL", "fiscal_appropriation"] == "8.00"


def test_a_project_that_is_printed_twice_is_their_sum_where_the_total_says_so() -> None:
    rows = "项目名称|合计", "合计|9.00", "车辆租用|5.00", "河道清淤|3.00", "车辆租用|1.00"
    assert projects(*rows)["project:车辆租用", "total"] == "6.00"


def test_a_project_that_is_printed_twice_is_one_where_the_total_does_not_have_both() -> None:
    rows = "项目名称|合计", "合计|8.00", "车辆租用|5.00", "河道清淤|3.00", "车辆租用|1.00"
    assert projects(*rows)["project:车辆租用", "total"] == "5.00"


CENTRED = "单位|项目名称|合计", "合计||15.00", "|河道清淤|1.00", "示范市粮食局|道路养护|2.00", "|业务培训|3.00"


def test_the_name_of_a_unit_in_the_middle_of_its_projects_holds_for_all_of_them() -> None:
    """As on a page of placed texts, where a merged cell is its text alone."""
    odd = projects(*CENTRED, "示范市粮站|河道清淤|9.00")
    assert rows_of(odd)[1:] == [
        *(f"unit:示范市粮食局/project:{name}" for name in ("河道清淤", "道路养护", "业务培训")),
        "unit:示范市粮站/project:河道清淤",
    ]
    even = projects(*CENTRED, "|河道清淤|4.00", "示范市粮站||", "|设备购置|5.00")
    assert rows_of(even)[4:] == ["unit:示范市粮站/project:河道清淤", "unit:示范市粮站/project:设备购置"]
    assert even["unit:示范市粮站/project:河道清淤", "total"] == "4.00"


def test_of_a_project_above_the_first_name_the_unit_is_unknown_where_that_is_not_in_the_middle() -> None:
    printed = grid(*CENTRED, "|设备购置|4.00", "示范市粮站|河道清淤|5.00")
    assert rows_of(read("项目支出表", printed))[1:3] == [
        "unit:示范市粮食局/project:道路养护",
        "unit:示范市粮食局/project:业务培训",
    ]
    matches = recognise(sections(document("项目支出表", "单位：万元", printed)), BUDGET).matches
    ((_, found),) = read_tables(matches).values()
    assert [(one.what, one.reason) for one in found.doubts] == [
        (DoubtKind.ROW_WITHOUT_KEY, "有数而所属单位无从确定,未入库")
    ]
    assert not found.is_whole


def test_units_with_codes_above_their_projects() -> None:
    found = projects(
        "单位编码|单位（项目）名称|项目金额|项目简介",
        "合计||9.00|",
        "117|示范市粮食局|9.00|",
        "117001|示范市粮食局|9.00|",
        "|河道清淤|5.00|清淤5.00公里",
        "|道路养护|4.00|",
    )
    assert rows_of(found) == [
        "TOTAL",
        "unit:示范市粮食局",
        "unit:示范市粮食局/示范市粮食局",
        "project:河道清淤",
        "project:道路养护",
    ]


def test_a_body_above_its_projects_is_told_by_its_sum() -> None:
    found = projects("支出项目类别|总计", "示范市粮食局（本级）|9.00", "河道清淤|5.00", "道路养护（二期）|4.00")
    assert rows_of(found) == ["unit:示范市粮食局（本级）", "project:河道清淤", "project:道路养护（二期）"]


def test_a_project_named_like_a_body_and_without_that_sum_is_a_project() -> None:
    found = projects("项目名称|合计", "合计|9.00", "示范市应急中心|5.00", "道路养护|4.00")
    assert rows_of(found) == ["TOTAL", "project:示范市应急中心", "project:道路养护"]


def test_projects_of_several_units_in_a_column_of_their_own() -> None:
    found = projects(
        "单位名称|项目名称|合计", "示范市粮食局|河道清淤|5.00", "^|道路养护|4.00", "示范市粮库|河道清淤|1.00"
    )
    assert rows_of(found) == [
        "unit:示范市粮食局/project:河道清淤",
        "unit:示范市粮食局/project:道路养护",
        "unit:示范市粮库/project:河道清淤",
    ]


def test_projects_on_two_levels() -> None:
    found = projects("一级项目|二级项目|合计", "水利|<1|9.00", "|河道清淤|5.00", "|水库养护|4.00")
    assert rows_of(found) == ["project:水利", "project:水利/河道清淤", "project:水利/水库养护"]


def test_a_long_code_before_the_name_of_a_project_is_no_part_of_it() -> None:
    assert rows_of(projects("项目名称|合计", "11000022T000000460216-河道清淤|5.00")) == ["project:河道清淤"]


def test_purchases_by_kind_and_unit_in_one_column() -> None:
    found = read(
        "政府采购支出表",
        grid(
            "采购品目大类|专项名称|经济科目|采购品目名称|采购组织形式|资金来源<2|总计",
            "^|^|^|^|^|一般公共预算资金|其他资金|^",
            "合计|||||9.00||9.00",
            "货物|||||5.00||5.00",
            "示范市粮食局|||||5.00||5.00",
            "|定额|办公费|复印纸|集中采购|5.00||5.00",
            "服务|||||4.00||4.00",
            "示范市粮食局|||||4.00||4.00",
            "|物业费|物业费|物业服务|分散采购|4.00||4.00",
        ),
    )
    assert rows_of(found) == [
        "TOTAL",
        "货物",
        "货物/示范市粮食局",
        "货物/示范市粮食局/定额/办公费/复印纸/集中采购",
        "服务",
        "服务/示范市粮食局",
        "服务/示范市粮食局/物业费/物业费/物业服务/分散采购",
    ]
    assert found["货物", "other"] is None


def test_purchases_go_on_below_their_kind_over_a_page_break() -> None:
    head = "采购品目大类|专项名称|经济科目|采购物品名称|总计"
    first = grid(head, "合计||||9.00", "一、货物A||||9.00", "|设备费|办公设备购置||9.00", "|||打印机|4.00")
    second = grid("|||电脑|5.00", page=2)
    found = read("政府采购预算表", first, second)
    assert rows_of(found)[-2:] == ["货物A/设备费/办公设备购置/打印机", "货物A/设备费/办公设备购置/电脑"]


def test_purchases_by_codes_in_parts_with_counts() -> None:
    found = read(
        "政府采购（资产配置、购买服务）预算表",
        grid(
            "科目编码<3|采购项目|采购目录|规格型号|数量|部门预算支出经济科目编码<2|预算金额|说明",
            "类|款|项|^|^|^|^|类|款|^|^",
            "合计||||||3|||9.00|",
            "201|08|01|办公经费|C040701体检服务|12.5寸|2|302|99|5.00|",
            "201|08|04|培训|C020600培训服务||1|302|16|4.00|",
        ),
    )
    assert rows_of(found) == ["TOTAL", "2010801/办公经费/C040701体检服务/30299", "2010804/培训/C020600培训服务/30216"]
    assert found["TOTAL", "other:数量"] == "3.00"


def test_purchases_by_functional_code_each_row_with_its_own_part() -> None:
    found = read(
        "政府采购预算表",
        grid(
            "科目编码<3|科目名称|合计|一般公共预算",
            "类|款|项|^|^|^",
            "|||合计|9.00|9.00",
            "215|||工业支出|9.00|9.00",
            "|05||工业产业|9.00|9.00",
            "||01|行政运行|9.00|9.00",
        ),
    )
    assert rows_of(found) == ["TOTAL", "215", "21505", "2150501"]


def test_kinds_of_purchases_with_a_letter_before_them() -> None:
    found = read("政府采购预算表", grid("采购类别|合计", "A-货物|5.00", "C-服务|4.00", "合计|9.00"))
    assert rows_of(found) == ["A/货物", "C/服务", "TOTAL"]


def test_a_row_of_converted_text_that_has_lost_a_blank_is_not_believed() -> None:
    head = "项目名称", "合计", "一般公共预算", "政府性基金预算"
    rows = ("合计", "9.00", "5.00", "4.00"), ("河道清淤", "4.00", "4.00"), ("道路养护", "5.00", "5.00", "")
    found = read("项目支出表", table(head, *rows))
    assert found["project:河道清淤", "general_public_budget"] is None
    assert found["project:道路养护", "general_public_budget"] == "5.00"


def test_names_in_the_middle_of_their_rows_above_a_total() -> None:
    head, total, *rows = CENTRED
    found = projects(head, *rows, "示范市粮站|河道清淤|9.00", total)
    assert rows_of(found)[0] == "unit:示范市粮食局/project:河道清淤"


def test_a_level_that_the_next_page_does_not_print_leaves_its_rows_without_a_key() -> None:
    first = grid("单位|项目名称|合计", "合计||6.00", "示范市粮食局|河道清淤|1.00", "示范市气象局|道路养护|2.00")
    found = read("项目支出表", first, grid("项目名称|合计", "业务培训|3.00", page=2))
    assert rows_of(found) == ["TOTAL", "unit:示范市粮食局/project:河道清淤", "unit:示范市气象局/project:道路养护"]

"""Forms of other publishers, each in the one table that shows what is particular to it."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.pipeline import extract
from tests.budgets.typeset import Family, Table, drawn
from warehouse.records.reading import Extraction

COVER = ("示范市粮食局", "2026年部门预算")
BOTH_SIDES = ("收入<2|支出<2", "项目|预算数|项目|预算数", "财政拨款|1.00|教育支出|1.00", "收入总计|1.00|支出总计|1.00")
IN_10_000, IN_YUAN = "单位：万元", "单位：元"
Values = dict[str, dict[str, Decimal | None]]  # row key → measure → amount in 万元, or percentage


def read_from(folder: Path, title: str, rows: tuple[str, ...], unit: str = IN_10_000, cover=COVER) -> Extraction:
    return extract(drawn(Family("形式", cover, (Table("", (title, unit), (rows,), {}),)), folder))


def values_of(read: Extraction, code: str) -> Values:
    found: Values = {}
    for one in read.amounts:
        if one.table_code == code:
            value = one.value / 10_000 if one.value is not None and one.value_unit == "元" else one.value
            found.setdefault(one.row_key, {})[one.measure] = value
    return found


def printed(text: str) -> dict[str, Decimal | None]:
    pairs = (pair.split("=") for pair in text.split())
    return {name: Decimal(value) if value else None for name, value in pairs}


# title, unit, rows, code of the table, and what some of its rows hold
FORMS: Mapping[str, tuple[str, str, tuple[str, ...], str, dict[str, str]]] = {
    "percentages beside amounts in 元": (
        "支出总表",
        IN_YUAN,
        (
            "科目编码|科目名称|合计|基本支出|项目支出|项目支出占比",
            "合计<2|1000000|600000|400000|40.00",
            "205|教育支出|1000000|600000|400000|40.00",
            "20502|普通教育|300000|200000|100000|33.33%",
            "20508|进修及培训|700000|400000|300000|42.86%",
        ),
        "YS03",
        {
            "TOTAL": "total=100 basic=60 project=40 other:项目支出占比=40",
            "20502": "total=30 basic=20 project=10 other:项目支出占比=33.33",
        },
    ),
    "last year, the change and its percentage": (
        "一般公共预算支出表",
        IN_10_000,
        (
            "科目编码|科目名称|2025年执行数<2|2026年预算数<3|增减额|增减（%）",
            "^|^|执行数|扣除中央基建投资后执行数|小计|基本支出|项目支出|^|^",
            "201|一般公共服务支出|280.00|270.00|140.00|100.00|40.00|-140.00|-50.00%",
            "20129|群众团体事务|280.00|270.00|140.00|100.00|40.00|-140.00|-50.00%",
            "合计<2|280.00|270.00|140.00|100.00|40.00|-140.00|-50.00%",
        ),
        "YS05",
        {
            "201": "prior_final=280 prior_final_excluding_capital_construction=270 total=140 basic=100 project=40 "
            "change=-140 change_pct=-50"
        },
    ),
    "projects by source, of this year and carried over": (
        "项目支出表",
        IN_10_000,
        (
            "项目单位|项目名称|类型|合计|本年拨款<2|财政拨款结转结余<2|单位资金",
            "^|^|^|^|一般公共预算|政府性基金预算|一般公共预算|政府性基金预算|^",
            "示范市粮食局|粮食质量抽检|特定目标类|20.00|18.00||2.00||",
            "示范市粮食局|信息系统运维|其他运转类|10.00|10.00||||",
            "合计<3|30.00|28.00||2.00||",
        ),
        "YS10",
        {
            "project:粮食质量抽检": "total=20 current.general_public_budget=18 current.government_fund= "
            "carry_over_in.general_public_budget=2 carry_over_in.government_fund= unit_funds="
        },
    ),
    "units among projects, under one heading with their codes": (
        "专项业务经费支出表",
        IN_10_000,
        (
            "单位（项目）编码|单位（项目）名称|项目金额|项目简介",
            "|合计|30.00|",
            "340|示范市粮食局|30.00|",
            "340001|示范市粮食局|30.00|",
            "|粮食质量抽检|20.00|抽检储备粮",
            "|信息系统运维|10.00|维护",
        ),
        "YS10",
        {
            "unit:示范市粮食局": "total=30",
            "unit:示范市粮食局/示范市粮食局": "total=30",
            "project:粮食质量抽检": "total=20",
        },
    ),
    "purchases by functional code": (
        "政府采购预算表",
        IN_10_000,
        (
            "科目编码|科目名称|总计|财政拨款<2|单位资金",
            "^|^|^|一般公共预算|政府性基金预算|^",
            "|合计|12.00|12.00||",
            "201|一般公共服务支出|12.00|12.00||",
            "2012901|行政运行|12.00|12.00||",
        ),
        "YS11",
        {
            "201": "total=12 general_public_budget=12 government_fund= unit_funds=",
            "2012901": "total=12 general_public_budget=12 government_fund= unit_funds=",
        },
    ),
    "purchases with the codes of their economic items behind the quantity": (
        "政府采购（资产配置、购买服务）预算表",
        IN_10_000,
        (
            "科目编码|单位名称|采购项目|采购目录|数量|部门预算支出经济科目编码|政府预算支出经济科目编码|预算金额",
            "2010801|示范市粮食局|体检|C04070100体检服务|2|30299|50299|37.00",
            "2010801|示范市粮食局|审计|C05020200审计服务|1|30227|50205|12.00",
        ),
        "YS11",
        {
            "2010801/示范市粮食局/体检/C04070100体检服务/30299/50299": "other:数量=2 total=37",
            "2010801/示范市粮食局/审计/C05020200审计服务/30227/50205": "other:数量=1 total=12",
        },
    ),
    "basic expenditure by function": (
        "一般公共预算基本支出明细表（按功能科目）",
        IN_10_000,
        ("科目编码|科目名称|合计|人员经费|公用经费", "合计<2|9.00|7.00|2.00", "205|教育支出|9.00|7.00|2.00"),
        "YS19",
        {"205": "total=9 personnel=7 public=2"},
    ),
    "one class of codes in three columns, each printed once": (
        "政府性基金预算支出表",
        IN_10_000,
        (
            "科目编码<3|科目名称|合计|基本支出|项目支出",
            "类|款|项|^|^|^|^",
            "合计<4|130.00||130.00",
            "212|||城乡社区支出|130.00||130.00",
            "|08||国有土地使用权出让收入安排的支出|130.00||130.00",
            "||99|其他国有土地使用权出让收入安排的支出|130.00||130.00",
        ),
        "YS08",
        {"212": "total=130 basic= project=130", "2120899": "total=130 basic= project=130"},
    ),
    "a unit in the column of subjects, without a code": (
        "支出总表",
        IN_10_000,
        (
            "科目编码<3|单位代码|单位名称（科目）|合计|基本支出|项目支出",
            "类|款|项|^|^|^|^|^",
            "||||合计|30.00|20.00|10.00",
            "||||示范市粮食局|30.00|20.00|10.00",
            "204|02|01|340001|行政运行|20.00|20.00|",
            "205|08|03|340001|培训支出|10.00||10.00",
        ),
        "YS03",
        {"unit:示范市粮食局": "total=30 basic=20 project=10", "2040201": "total=20 basic=20 project="},
    ),
    "an empty column at the end": (
        "国有资本经营预算支出表",
        IN_10_000,
        ("科目编码|科目名称|项目支出|", "合计<2|10.00|", "223|国有资本经营预算支出|10.00|"),
        "YS09",
        {"TOTAL": "project=10", "223": "project=10"},
    ),
    "the whole below the projects of one unit": (
        "项目支出表",
        IN_10_000,
        (
            "项目名称|合计|一般公共预算",
            "示范市粮食局（本级）|40.00|40.00",
            "粮食质量抽检|30.00|30.00",
            "信息系统运维|10.00|10.00",
            "合计|40.00|40.00",
        ),
        "YS10",
        {
            "unit:示范市粮食局（本级）": "total=40 general_public_budget=40",
            "TOTAL": "total=40 general_public_budget=40",
        },
    ),
    "the three kinds of cost below bare years": (
        "“三公”经费支出预算表",
        IN_10_000,
        (
            "2025年<6|2026年<6",
            "合计|因公出国（境）费支出|公务用车购置及运行维护费支出<3|公务接待费支出"
            "|合计|因公出国（境）费支出|公务用车购置及运行维护费支出<3|公务接待费支出",
            "^|^|小计|公务用车购置费|公务用车运行维护费|^|^|^|小计|公务用车购置费|公务用车运行维护费|^",
            "9.00|1.00|6.00||6.00|2.00|8.00|1.00|5.00||5.00|2.00",
        ),
        "YS07",
        {
            "all": "prior_budget_total=9 prior_budget_overseas=1 prior_budget_vehicle_total=6 "
            "prior_budget_vehicle_purchase= prior_budget_vehicle_operation=6 prior_budget_reception=2 "
            "budget_total=8 budget_overseas=1 "
            "budget_vehicle_total=5 budget_vehicle_purchase= budget_vehicle_operation=5 budget_reception=2"
        },
    ),
    "amounts of one column below its heading and beside it": (
        "一般公共预算支出表",
        IN_10_000,
        (
            "科目编码|科目名称|合计||基本支出||项目支出|",
            "合计<2|100.00||60.00||40.00|",
            "205|教育支出||100.00||60.00||40.00",
            "20508|进修及培训|60.00||60.00|||",
            "20502|普通教育||40.00||||40.00",
        ),
        "YS05",
        {
            "205": "total=100 basic=60 project=40",
            "20508": "total=60 basic=60 project=",
            "20502": "total=40 basic= project=40",
        },
    ),
    "by economic class, without what was carried over": (
        "部门综合预算一般公共预算支出明细表（按支出经济分类科目-不含上年结转）",
        IN_10_000,
        (
            "部门经济科目编码|部门经济科目名称|政府经济科目编码|政府经济科目名称|合计|人员经费支出|公用经费支出|专项业务经费支出",
            "|合计|||35.00||10.00|25.00",
            "302|商品和服务支出|||35.00||10.00|25.00",
            "30227|委托业务费|50205|委托业务费|20.00||5.00|15.00",
            "30227|委托业务费|50502|商品和服务支出|15.00||5.00|10.00",
        ),
        "YS14",
        {"30227/50502": "total=15 personnel= public=5 project=10"},
    ),
}

# Columns and rows that are none of the form's, and the doubt that names what they print.
BESIDE: Mapping[str, tuple[str, tuple[str, ...], str, dict[str, str], tuple[str, str]]] = {
    "shares beside both sides": (
        "收支总表",
        (
            "收入<3|支出<3",
            "项目|预算数|占比|项目|预算数|占比",
            "财政拨款|100.00|83.33%|教育支出|70.00|58.33%",
            "事业收入|20.00|16.67%|农林水支出|50.00|41.67%",
            "收入总计|120.00|100.00%|支出总计|120.00|100.00%",
        ),
        "YS01",
        {"income:事业收入": "budget=20", "expenditure:农林水支出": "budget=50"},
        ("column_left_out", "83.33%"),
    ),
    "the rate of change in a row of its own": (
        "“三公”经费支出预算表",
        (
            "年度|合计|因公出国（境）费|公务用车购置费|公务用车运行费|公务接待费",
            "2025年|10.00||2.00|4.00|4.00",
            "2026年|8.00||2.00|4.00|2.00",
            "增减率（%）|-20.00||0.00|0.00|-50.00",
        ),
        "YS07",
        {
            "all": "prior_budget_total=10 prior_budget_overseas= prior_budget_vehicle_purchase=2 "
            "prior_budget_vehicle_operation=4 prior_budget_reception=4 budget_total=8 budget_overseas= "
            "budget_vehicle_purchase=2 budget_vehicle_operation=4 budget_reception=2"
        },
        ("row_left_out", "-20.00"),
    ),
    "a list of income beside the codes of expenditure": (
        "政府性基金收支表",
        (
            "收入<2|支出<4",
            "项目|预算数|科目编码|科目名称|合计|项目支出",
            "政府性基金预算拨款|2.00|212|城乡社区支出|2.00|2.00",
            "收入总计|2.00|支出总计<2|2.00|2.00",
        ),
        "YS08",
        {},
        ("table_not_understood", "收入"),
    ),
    "an amount in a column without a heading": (
        "“三公”经费支出预算表",
        (
            "合计||因公出国（境）费||公务用车购置费||公务用车运行费||公务接待费|",
            "10.00|||10.00|||||0.00|",
        ),
        "YS07",
        {},
        ("table_not_understood", "公务接待费"),
    ),
}


@pytest.mark.parametrize("form", BESIDE.values(), ids=BESIDE)
def test_what_is_not_of_the_form_has_a_doubt_of_its_own(tmp_path: Path, form) -> None:
    title, rows, code, expected, (what, words) = form
    tables = (
        Table("", (title, IN_10_000), (rows,), {}),
        Table("", ("财政拨款收支总表", IN_10_000), (BOTH_SIDES,), {}),
    )
    read = extract(drawn(Family("形式", COVER, tables), tmp_path))
    found = values_of(read, code)
    assert {row: found.get(row) for row in expected} == {row: printed(text) for row, text in expected.items()}
    assert expected.keys() >= found.keys() or code == "YS01"
    assert [doubt for doubt in read.doubts if doubt.what.value == what and words in (doubt.printed or "")]
    assert read.counts.amounts_unaccounted == 0


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_of_other_publishers_is_read_as_it_is_printed(tmp_path: Path, form) -> None:
    title, unit, rows, code, expected = form
    read = read_from(tmp_path, title, rows, unit)
    found = values_of(read, code)
    assert {row: found.get(row) for row in expected} == {row: printed(text) for row, text in expected.items()}
    assert read.counts.amounts_unaccounted == 0
    assert {doubt.what.value for doubt in read.doubts} <= {"place_unknown"}
    assert {check.outcome.value for check in read.checks} <= {"exact", "not_applicable", "undetermined"}


def test_a_percentage_that_is_none_is_a_doubt(tmp_path: Path) -> None:
    rows = ("科目编码|科目名称|合计|占比", "合计<2|100.00|100.00%", "205|教育支出|90.00|90%%5")
    read = read_from(tmp_path, "收入总表", rows)
    assert [doubt.measure for doubt in read.doubts if doubt.printed == "90%%5"] == ["other:占比"]


COVERS = {
    ("示范市粮食局", "2026年部门综合预算"): "示范市粮食局",
    ("示范市粮食局2026年综合预算公开说明",): "示范市粮食局",
    ("示范市综合预算管理中心2026年部门预算",): "示范市综合预算管理中心",
}


@pytest.mark.parametrize("cover", COVERS)
def test_the_body_of_a_budget_that_is_called_comprehensive(tmp_path: Path, cover) -> None:
    profile = read_from(tmp_path, "收支总表", BOTH_SIDES, cover=cover).profile
    assert (profile.department, profile.fiscal_year) == (COVERS[cover], 2026)


def test_the_budget_of_one_unit_lists_it(tmp_path: Path) -> None:
    of_unit = read_from(tmp_path, "收支总表", BOTH_SIDES, cover=("示范市粮食检测中心", "2026年单位预算"))
    of_department = read_from(tmp_path, "收支总表", BOTH_SIDES)
    assert [(one.unit, one.is_head_office) for one in of_unit.units] == [("示范市粮食检测中心", True)]
    assert of_department.units == ()


def test_a_code_that_is_printed_twice_is_told_by_its_name(tmp_path: Path) -> None:
    rows = (
        "科目编码|科目名称|合计|人员经费|公用经费",
        "合计<2|10.00||10.00",
        "302|商品和服务支出|10.00||10.00",
        "30208|取暖费|4.00||4.00",
        "30208|物业管理费|6.00||6.00",
    )
    read = read_from(tmp_path, "一般公共预算基本支出表", rows)
    found = values_of(read, "YS06")
    assert (found["30208"]["total"], found["30209"]["total"]) == (4, 6)
    assert {one.status.value for one in read.amounts if one.row_key == "30209"} == {"repaired"}


def test_a_code_that_is_printed_twice_with_a_name_of_no_code_stays(tmp_path: Path) -> None:
    rows = (
        "科目编码|科目名称|合计|人员经费|公用经费",
        "合计<2|10.00||10.00",
        "302|商品和服务支出|10.00||10.00",
        "30208|取暖费|4.00||4.00",
        "30208|另一种费用|7.00||7.00",
    )
    read = read_from(tmp_path, "一般公共预算基本支出表", rows)
    assert values_of(read, "YS06")["30208"]["total"] == 4
    assert "row_repeated" in {doubt.what.value for doubt in read.doubts}


BOTH_CODES = "部门经济科目编码|部门经济科目名称|政府经济科目编码|政府经济科目名称|合计|人员经费|公用经费"


def test_two_rows_with_the_same_codes_and_amounts_are_both_in_the_sum(tmp_path: Path) -> None:
    of_one = "30227|委托业务费|50205|委托业务费|5.00||5.00"
    rows = (BOTH_CODES, "合计<4|10.00||10.00", "302|商品和服务支出|||10.00||10.00", of_one, of_one)
    read = read_from(tmp_path, "一般公共预算基本支出表", rows)
    assert values_of(read, "YS06")["30227/50205"]["total"] == 10
    assert [one.printed for one in read.amounts if one.row_key == "30227/50205"] == ["5.00 + 5.00", "", "5.00 + 5.00"]


def test_a_row_printed_twice_on_a_page_is_a_doubt_where_the_whole_does_not_hold_both(tmp_path: Path) -> None:
    of_one = "2050803|培训支出|5.00|5.00|"
    rows = ("科目编码|科目名称|合计|基本支出|项目支出", "合计<2|5.00|5.00|", "205|教育支出|5.00|5.00|", of_one, of_one)
    read = read_from(tmp_path, "一般公共预算支出表", rows)
    assert values_of(read, "YS05")["2050803"]["total"] == 5
    assert [one.row_key for one in read.doubts if one.what.value == "row_repeated"] == ["2050803", "2050803"]
    assert read.counts.amounts_unaccounted == 0


def test_a_note_inside_the_grid_is_no_row(tmp_path: Path) -> None:
    rows = ("科目编码|科目名称|合计|基本支出|项目支出", "合计<2|||", "（注：本部门无此项支出，本表为空表。）<5")
    read = read_from(tmp_path, "政府性基金预算支出表", rows)
    (table,) = (one for one in read.tables if one.table_code == "YS08")
    assert table.status.value == "empty_with_statement"
    assert {amount.row_key for amount in read.amounts} == {"TOTAL"}


def test_a_form_of_targets_whose_indicators_have_one_level(tmp_path: Path) -> None:
    rows = (
        "项目名称|粮食质量抽检<2|主管部门|示范市粮食局<2",
        "当年预算（万元）|20.00<5",
        "当年绩效目标|完成抽检<5",
        "绩效指标|指标名称|指标权重|计量单位|指标性质|指标值",
        "^|抽检批次|50|批次|≥|300",
        "^|合格率|40|%|≥|95",
    )
    tables = (
        Table("", ("收支总表", IN_10_000), (BOTH_SIDES,), {}),
        Table("", ("项目支出绩效目标表",), (rows,), {}),
    )
    (project,) = extract(drawn(Family("目标", COVER, tables), tmp_path)).projects
    assert (project.initial_budget, project.target_text) == (20, "完成抽检")
    read = [(one.level1, one.level3, one.target_operator, one.target_unit, one.weight) for one in project.indicators]
    assert read == [(None, "抽检批次", ">=", "批次", 50), (None, "合格率", ">=", "%", 40)]


CODED = {
    "in a column": (
        "项目编码|项目名称|合计|一般公共预算",
        "|合计|30.00|30.00",
        "11000026T000000000001|粮食质量抽检|20.00|20.00",
        "—|仓库维修|10.00|10.00",
    ),
    "in a column behind the name": (
        "单位名称|项目名称|项目代码|合计|一般公共预算",
        "合计<3|30.00|30.00",
        "示范市粮食局|粮食质量抽检|11000026T000000000001|20.00|20.00",
        "|仓库维修||10.00|10.00",
    ),
    "before the name": (
        "单位名称|项目名称|合计|一般公共预算",
        "合计<2|30.00|30.00",
        "示范市粮食局|11000026T000000000001-粮食质量抽检|20.00|20.00",
        "|仓库维修|10.00|10.00",
    ),
}


@pytest.mark.parametrize("rows", CODED.values(), ids=CODED)
def test_the_code_of_a_project_is_kept_beside_its_name(tmp_path: Path, rows) -> None:
    read = read_from(tmp_path, "项目支出表", rows)
    found = {one.row_key: (one.project_code, one.value) for one in read.amounts if one.measure == "total"}
    assert found["project:粮食质量抽检"] == ("11000026T000000000001", 200_000)
    assert found["project:仓库维修"] == (None, 100_000)
    assert found["TOTAL"][0] is None
    assert read.counts.amounts_unaccounted == 0


@pytest.mark.parametrize(
    "head",
    [
        ("项目名称|粮食质量抽检<2|项目编码|11000026T000000000001",),
        ("项目名称|11000026T000000000001-粮食质量抽检|主管部门|示范市粮食局<2",),
    ],
)
def test_the_code_of_a_project_in_its_form_of_targets(tmp_path: Path, head) -> None:
    rows = (
        "当年预算（万元）|20.00<4",
        "当年绩效目标|完成抽检<4",
        "绩效指标|指标名称|指标性质|指标值|指标权重",
        "^|抽检批次|≥|300|50",
    )
    (project,) = projects_of(tmp_path, *head, *rows)
    assert (project.project, project.project_code) == ("粮食质量抽检", "11000026T000000000001")


FUND = ("科目编码|科目名称|合计|基本支出|项目支出", "合计<2|1.00||1.00", "212|城乡社区支出|1.00||1.00")
TARGETS = {
    "指标名称|指标权重|指标性质|指标值": ("抽检批次|50|≥|300", "合格率|40|≥|95%"),
    "指标名称|指标性质|指标值|指标权重": ("抽检批次|≥|300|50", "合格率|≥|95%|40"),
    "指标名称|指标权重|指标值|计量单位": ("抽检批次|50|≥300|", "合格率|40|≥95|%"),
}


def projects_of(folder: Path, *rows: str):
    """Of a form of targets in front of a table of amounts."""
    tables = (
        Table("", ("项目支出绩效目标表", IN_10_000), (rows,), {}),
        Table("", ("政府性基金预算支出表", IN_10_000), (FUND,), {}),
    )
    read = extract(drawn(Family("目标", COVER, tables), folder))
    assert values_of(read, "YS08")["212"]["total"] == 1
    return read.projects


@pytest.mark.parametrize("header", TARGETS)
def test_operator_value_and_unit_stand_in_one_cell_or_in_several(tmp_path: Path, header: str) -> None:
    first, second = TARGETS[header]
    head = ("项目名称|粮食质量抽检<2|主管部门|示范市粮食局", "当年预算（万元）|20.00<4", "当年绩效目标|完成抽检<4")
    (project,) = projects_of(tmp_path, *head, f"绩效指标|{header}", f"^|{first}", f"^|{second}")
    read = [(one.target_operator, one.target_value, one.target_unit, one.weight) for one in project.indicators]
    assert read == [(">=", 300, None, 50), (">=", 95, "%", 40)]


@pytest.mark.parametrize(("amounts", "total"), [("30.00|28.00|2.00", 30), ("30.00|28.00|3.00", None)])
def test_the_money_of_a_form_stands_below_its_labels_where_it_adds_up(tmp_path: Path, amounts: str, total) -> None:
    head = (
        "项目名称|粮食质量抽检<3",
        "年度预算（万元）|合计|财政拨款|其他资金",
        f"^|{amounts}",
        "当年绩效目标|完成抽检<3",
    )
    (project,) = projects_of(tmp_path, *head, "绩效指标|指标名称|指标性质|指标值", "^|抽检批次|≥|300")
    assert project.initial_budget == total


LISTS = (
    "预算单位|支出项目名称|当年预算金额|总体目标",
    "预算单位名称|预算项目名称|2026年预算数|项目绩效目标",
    "单位编码|单位名称|项目名称|预算安排数|绩效目标描述",  # as many columns as the table behind it
)


@pytest.mark.parametrize("header", LISTS)
def test_a_list_of_targets_ends_where_another_table_begins(tmp_path: Path, header: str) -> None:
    code = "101|" * (header.count("|") - 3)
    rows = (f"{code}示范市粮食局|{name}|{amount}|完成任务" for name, amount in (("抽检", "20.00"), ("运维", "10.00")))
    read = projects_of(tmp_path, header, *rows)
    assert [(one.project, one.implementing_unit, one.initial_budget) for one in read] == [
        ("抽检", "示范市粮食局", 20),
        ("运维", "示范市粮食局", 10),
    ]


OF_THIS_YEAR = ("科目编码|科目名称|总计|本年收入<3|上年结转", "^|^|^|小计|财政拨款收入|事业收入|^")


@pytest.mark.parametrize(
    ("row", "outcomes"),
    [
        ("205|教育支出|9.00|8.00|7.00|1.00|1.00", ["exact", "exact"]),
        ("205|教育支出|9.00|8.00|7.00|1.00|3.00", ["broken", "exact"]),
    ],
)
def test_the_sources_of_this_year_are_parts_of_its_sum_beside_what_was_carried_over(tmp_path: Path, row, outcomes):
    read = read_from(tmp_path, "收入总表", (*OF_THIS_YEAR, row))
    found = [(check.measure, check.outcome.value) for check in read.checks if check.rule_id == "YB1"]
    assert found == list(zip(("total", "current.total"), outcomes, strict=True))

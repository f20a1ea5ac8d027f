"""收支总表 and 财政拨款收支总表 of budgets: two sides, more lists of expenditure, items below one another."""

from ingest.document import RawTable
from tests.ingest.made_documents import amounts_in_blocks, merged_row, merged_table, numbers
from tests.kinds import BUDGET


def read(title: str, *rows: str) -> dict[str, list[str | None]]:
    """Row → values of the table whose rows are given with | between their cells."""
    grid = merged_table(*(merged_row(*row.split("|")) for row in rows))
    return read_grids(title, grid)


def read_grids(title: str, *grids: RawTable) -> dict[str, list[str | None]]:
    (amounts,) = amounts_in_blocks(title, "单位：万元", *grids, kind=BUDGET).values()
    return numbers(amounts)


def test_two_sides_with_what_is_carried_over_below() -> None:
    found = read(
        "财政拨款收支总表",
        "收入<2|支出<2",
        "项目|2026年预算数|项目|2026年预算数",
        "一、本年收入|8.00|一、本年支出|9.00",
        "（一）一般公共预算拨款|7.00|（一）教育支出|9.00",
        "（二）政府性基金预算拨款|1.00|（二）其他支出|",
        "二、上年结转|1.00||",
        "（一）一般公共预算拨款|1.00|二、年终结转结余|0.00",
        "收入总计|9.00|支出总计|9.00",
    )
    assert found == {
        "income:本年收入": ["8.00"],
        "income:一般公共预算拨款": ["7.00"],
        "income:政府性基金预算拨款": ["1.00"],
        "income:上年结转": ["1.00"],
        "income:上年结转/一般公共预算拨款": ["1.00"],
        "income:收入总计": ["9.00"],
        "expenditure:本年支出": ["9.00"],
        "expenditure:教育支出": ["9.00"],
        "expenditure:其他支出": [None],
        "expenditure:年终结转结余": ["0.00"],
        "expenditure:支出总计": ["9.00"],
    }


def test_kinds_of_expenditure_below_one_heading() -> None:
    found = read(
        "收支预算总表",
        "本年收入<2|本年支出<5",
        "项目|预算数|项目|预算数<4",
        "^|^|^|合计|基本支出<2|项目支出",
        "^|^|^|^|人员经费|公用经费|^",
        "一、财政拨款收入|9.00|一、教育支出|9.00|5.00|1.00|3.00",
        "收入总计|9.00|支出总计|9.00|5.00|1.00|3.00",
    )
    assert found["expenditure:教育支出"] == ["9.00", "5.00", "1.00", "3.00"]
    assert found["income:财政拨款收入"] == ["9.00"]


def test_lists_by_function_and_by_use_with_closing_rows_over_both() -> None:
    found = read(
        "收支预算总表",
        "收入<2|支出<4",
        "项目|金额|功能分类<2|支出用途<2",
        "^|^|功能科目名称|金额|项目名称|金额",
        "一、财政拨款|9.00|一、教育支出|6.00|一、基本支出|5.00",
        "||二、其他支出|3.00|二、项目支出|4.00",
        "当年收入小计|9.00|当年支出小计<3|9.00",
        "收入合计|9.00|支出合计<3|9.00",
    )
    assert found == {
        "income:财政拨款": ["9.00"],
        "function:教育支出": ["6.00"],
        "use:基本支出": ["5.00"],
        "function:其他支出": ["3.00"],
        "use:项目支出": ["4.00"],
        "income:当年收入小计": ["9.00"],
        "expenditure:当年支出小计": ["9.00"],
        "income:收入合计": ["9.00"],
        "expenditure:支出合计": ["9.00"],
    }


def test_four_lists_with_closing_rows_of_their_own() -> None:
    found = read(
        "部门综合预算收支总表",
        "收入<2|支出<6",
        "项目|预算数|支出功能分类科目（按大类）|预算数|部门预算支出经济分类科目（按大类）|预算数|政府预算支出经济分类科目（按大类）|预算数",
        "一、部门预算|9.00|一、部门预算|9.00|一、部门预算|9.00|一、部门预算|9.00",
        "1、财政拨款|9.00|1、教育支出|9.00|1、人员经费和公用经费支出|5.00|1、机关工资福利支出|5.00",
        "||2、国防支出||(1)工资福利支出|5.00|2、机关商品和服务支出|4.00",
        "||||2、专项业务经费支出|4.00||",
        "||||(1)工资福利支出|4.00||",
        "收入总计|9.00|支出总计|9.00|支出总计|9.00|支出总计|9.00",
    )
    assert found["department_economic:人员经费和公用经费支出/工资福利支出"] == ["5.00"]
    assert found["department_economic:专项业务经费支出/工资福利支出"] == ["4.00"]
    assert found["government_economic:机关商品和服务支出"] == ["4.00"]
    assert found["function:支出总计"] == found["department_economic:支出总计"] == ["9.00"]


def test_subjects_below_their_class_without_codes_go_on_over_a_page_break() -> None:
    head = merged_row("项目", "预算数", "项目", "预算数")
    first = merged_table(
        head,
        merged_row("一、财政拨款", "9.00", "一、教育支出", "9.00"),
        merged_row("", "", "普通教育", "9.00"),
        merged_row("", "", "小学教育", "4.00"),
    )
    second = merged_table(
        merged_row("项目", "预算数", "项目", "预算数", page=2),
        merged_row("", "", "初中教育", "5.00", page=2),
        merged_row("收入总计", "9.00", "支出总计", "9.00", page=2),
    )
    assert list(read_grids("收支总表", first, second)) == [
        "income:财政拨款",
        "expenditure:教育支出",
        "expenditure:教育支出/普通教育",
        "expenditure:教育支出/普通教育/小学教育",
        "expenditure:教育支出/普通教育/初中教育",
        "income:收入总计",
        "expenditure:支出总计",
    ]


def test_a_name_torn_above_and_below_its_amount_is_one_name() -> None:
    found = read(
        "收支总表",
        "项目|金额|项目|金额",
        "一、财政拨款|9.00|一、教育支出|6.00",
        "||二、某某预留机动经|",
        "二、事业收入|||3.00",
        "||费|",
        "收入总计|9.00|支出总计|9.00",
    )
    assert found["expenditure:某某预留机动经费"] == ["3.00"]


def test_an_amount_without_a_name_is_refused() -> None:
    found = read("收支总表", "项目|金额|项目|金额", "一、财政拨款|9.00||3.00", "收入总计|9.00|支出总计|9.00")
    assert list(found) == ["income:财政拨款", "income:收入总计", "expenditure:支出总计"]


def test_the_upper_row_of_a_heading_that_a_page_break_cut_off() -> None:
    head = merged_table(merged_row("收入", "支出"))
    below = merged_table(
        merged_row("", "", "支出用途<2", page=2),
        merged_row("项目名称", "金额", "项目名称", "金额", page=2),
        merged_row("一、一般公共预算", "9.00", "一、基本支出", "5.00", page=2),
        merged_row("", "", "二、项目支出", "4.00", page=2),
        merged_row("收入合计", "9.00", "支出合计", "9.00", page=2),
    )
    found = read_grids("四、财政拨款收支预算总表", head, below)
    assert found["use:基本支出"] == ["5.00"]
    assert found["income:收入合计"] == found["use:支出合计"] == ["9.00"]


def test_money_of_this_year_and_of_last_year_beside_the_amount_of_both() -> None:
    found = read(
        "收支总表",
        "收入<4|支出<4",
        "项目|本年预算|编制预算|上年结转|项目|本年预算|编制预算|上年结转",
        "一、财政拨款|9.00|8.00|1.00|一、教育支出|9.00|8.00|1.00",
        "收入总计|9.00|8.00|1.00|支出总计|9.00|8.00|1.00",
    )
    assert found["income:财政拨款"] == found["expenditure:教育支出"] == ["9.00", "8.00", "1.00"]


def test_the_budget_of_the_year_alone_is_no_part_of_anything() -> None:
    found = read("收支总表", "项目|当年预算|项目|当年预算", "一、财政拨款|9.00|一、教育支出|9.00")
    assert found["income:财政拨款"] == ["9.00"]

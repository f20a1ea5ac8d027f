"""What items without codes are called: by their numbers, by the lists of subjects, and by their sums."""

from decimal import Decimal

from ingest.tables.shapes.nested_items import Item, names_of

CLASSES = {"教育支出", "住房保障支出", "其他支出"}


def called(*rows: Item, by_function: bool = False) -> list[str]:
    return names_of(rows, CLASSES.__contains__ if by_function else None)


def item(label: str, amount: str | None = None, **more: bool) -> Item:
    return Item(label, None if amount is None else Decimal(amount), **more)


def test_items_are_called_without_their_numbers() -> None:
    rows = item("一、财政拨款"), item("1.一般公共预算拨款"), item("其中：专项资金"), item("收入总计", is_closing=True)
    assert called(*rows) == ["财政拨款", "一般公共预算拨款", "专项资金", "收入总计"]


def test_what_is_carried_over_is_told_from_the_income_of_the_year() -> None:
    rows = (
        item("一、本年收入"),
        item("（一）一般公共预算拨款", "8"),
        item("二、上年结转", is_carry_over=True),
        item("（一）一般公共预算拨款", "2"),
    )
    assert called(*rows) == ["本年收入", "一般公共预算拨款", "上年结转", "上年结转/一般公共预算拨款"]


def test_a_name_under_two_items_is_called_by_both_and_so_are_its_neighbours() -> None:
    rows = (
        item("一、部门预算"),
        item("1、人员和公用经费"),
        item("(1)工资"),
        item("(2)商品"),
        item("2、专项业务"),
        item("(1)商品"),
        item("3、上缴上级"),
    )
    assert called(*rows) == [
        "部门预算",
        "人员和公用经费",
        "人员和公用经费/工资",
        "人员和公用经费/商品",
        "专项业务",
        "专项业务/商品",
        "上缴上级",
    ]


def test_subjects_without_codes_are_told_by_the_reference_list() -> None:
    rows = (
        item("一、教育支出", "9"),
        item("普通教育", "9"),
        item("小学教育", "4"),
        item("初中教育", "5"),
        item("二、住房保障支出", "3"),
        item("住房改革支出", "3"),
        item("住房公积金", "3"),
        item("本年支出合计", "12", is_closing=True, is_of_form=True),
        item("未安排支出的资金", "0"),
    )
    assert called(*rows, by_function=True) == [
        "教育支出",
        "教育支出/普通教育",
        "教育支出/普通教育/小学教育",
        "教育支出/普通教育/初中教育",
        "住房保障支出",
        "住房保障支出/住房改革支出",
        "住房保障支出/住房改革支出/住房公积金",
        "本年支出合计",
        "未安排支出的资金",
    ]


def test_subjects_of_no_list_are_told_by_their_sums() -> None:
    rows = (
        item("教育支出", "9"),
        item("星际教育", "4"),
        item("星际小学", "4"),
        item("海底教育", "5"),
        item("海底小学", "2"),
        item("海底初中", "3"),
        item("住房保障支出", "1"),
    )
    assert called(*rows, by_function=True) == [
        "教育支出",
        "教育支出/星际教育",
        "教育支出/星际教育/星际小学",
        "教育支出/海底教育",
        "教育支出/海底教育/海底小学",
        "教育支出/海底教育/海底初中",
        "住房保障支出",
    ]


def test_an_unknown_name_below_a_class_told_in_full_is_none_of_its_subjects() -> None:
    rows = item("一、教育支出", "9"), item("普通教育", "9"), item("小学教育", "9"), item("预留经费", "1")
    assert called(*rows, by_function=True)[-1] == "预留经费"

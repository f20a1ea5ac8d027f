"""三公经费支出表 of budgets: one row, a row for each year or unit, a row for each item."""

import pytest

from ingest.document import RawTable
from tests.ingest.made_documents import amounts_in_blocks, merged_row, merged_table, table
from tests.kinds import BUDGET

TITLE = "一般公共预算“三公”经费支出表"
ITEMS = "合计|因公出国（境）费|公务用车购置及运行维护费<3|公务接待费"
BELOW = "^|^|小计|公务用车购置费|公务用车运行维护费|^"
SIX = "10.00|1.00|7.00|3.00|4.00|2.00"
OF_SIX = {
    "total": "10.00",
    "overseas": "1.00",
    "vehicle_total": "7.00",
    "vehicle_purchase": "3.00",
    "vehicle_operation": "4.00",
    "reception": "2.00",
}


def grid(*rows: str) -> RawTable:
    return merged_table(*(merged_row(*row.split("|")) for row in rows))


def read(*rows: str, title: str = TITLE) -> dict[tuple[str, str], str | None]:
    """(row, measure) → value in 万元."""
    (amounts,) = amounts_in_blocks(title, "单位：万元", grid(*rows), kind=BUDGET).values()
    values = {key: amount.value for key, amount in amounts.items()}
    return {key: None if value is None else f"{value / 10_000:.2f}" for key, value in values.items()}


def of_stage(stage: str, row: str = "all") -> dict[tuple[str, str], str | None]:
    return {(row, f"{stage}_{item}"): value for item, value in OF_SIX.items()}


def test_one_row_of_six_columns() -> None:
    assert read(ITEMS, BELOW, SIX) == of_stage("budget")


def test_last_year_beside_this_year() -> None:
    found = read("2025年预算数<6|2026年预算数<6", f"{ITEMS}|{ITEMS}", f"{BELOW}|{BELOW}", f"{SIX}|{SIX}")
    assert found == of_stage("prior_budget") | of_stage("budget")


def test_meetings_and_training_in_the_sum_beside_that_of_the_three() -> None:
    found = read(
        "合计|“三公”经费<6|会议费|培训费",
        "^|小计|因公出国（境）费|公务用车购置及运行维护费<3|公务接待费|^|^",
        "^|^|^|小计|公务用车购置费|公务用车运行维护费|^|^|^",
        f"15.00|{SIX}|2.00|3.00",
    )
    assert found["all", "budget_total"] == "15.00"
    assert found["all", "budget_three_public"] == "10.00"
    assert found["all", "budget_training"] == "3.00"


def test_a_sum_of_the_three_alone_is_the_total_whatever_stands_behind() -> None:
    head = ITEMS.replace("合计", "“三公”经费合计")
    found = read(f"{head}|会议费|培训费", f"{BELOW}|^|^", f"{SIX}|2.00|3.00")
    assert found["all", "budget_total"] == "10.00"
    assert ("all", "budget_three_public") not in found


def test_the_operating_cost_stands_behind() -> None:
    title = "2026年单位“三公”经费和机关运行经费预算表"
    found = read("“三公”经费预算数<6|机关运行经费预算数", f"{ITEMS}|^", f"{BELOW}|^", f"{SIX}|20.00", title=title)
    assert found == of_stage("budget") | {("all", "budget_operating_cost"): "20.00"}


def test_a_row_for_each_year_and_columns_for_each_budget() -> None:
    budgets = "一般公共预算|政府性基金预算"
    found = read(
        "预算单位|年度|总计<2|因公出国（境）费<2|公务接待费<2|公务用车购置及运行维护费<6",
        "^|^|^|^|^|^|^|^|小计<2|公务用车购置费<2|公务用车运行维护费<2",
        f"^|^|{'|'.join([budgets] * 6)}",
        "示范市粮食局|2025年|9.00|1.00" + "|0.00" * 10,
        "^|2026年|8.00|1.00" + "|0.00" * 10,
        "^|增减变化金额|-1.00|0.00" + "|0.00" * 10,
    )
    unit = "unit:示范市粮食局"
    assert found[unit, "prior_budget_total.general_public_budget"] == "9.00"
    assert found[unit, "budget_total.government_fund"] == "1.00"
    assert found[unit, "change_total.general_public_budget"] == "-1.00"
    assert found[unit, "budget_vehicle_purchase.government_fund"] == "0.00"


def test_a_row_for_each_unit_below_its_department() -> None:
    found = read(
        "单位编码|单位名称|上年<6|当年<6|增减变化情况<6",
        f"^|^|{ITEMS}|{ITEMS}|{ITEMS}",
        f"^|^|{BELOW}|{BELOW}|{BELOW}",
        f"合计||{SIX}|{SIX}" + "|0.00" * 6,
        f"117|示范市粮食局|{SIX}|{SIX}" + "|0.00" * 6,
        f"117001|示范市粮食局|{SIX}|{SIX}" + "|0.00" * 6,
        "117002|示范市粮库" + "|" * 18,
    )
    assert {row for row, _ in found} == {
        "TOTAL",
        "unit:示范市粮食局",
        "unit:示范市粮食局/示范市粮食局",
        "unit:示范市粮食局/示范市粮库",
    }
    assert found["TOTAL", "prior_budget_vehicle_operation"] == "4.00"
    assert found["unit:示范市粮食局/示范市粮库", "budget_total"] is None


@pytest.mark.parametrize("halves", [(SIX, "|" * 5), ("|" * 5, SIX)])
def test_the_name_of_a_unit_goes_on_behind_the_page_break(halves) -> None:
    rows = f"单位编码|单位名称|{ITEMS}", f"^|^|{BELOW}", f"合计||{SIX}", f"117|示范市粮食|{halves[0]}"
    second = merged_table(merged_row(*f"|储备局|{halves[1]}".split("|"), page=2))
    (amounts,) = amounts_in_blocks(TITLE, "单位：万元", grid(*rows), second, kind=BUDGET).values()
    assert {row for row, _ in amounts} == {"TOTAL", "unit:示范市粮食储备局"}
    assert amounts["unit:示范市粮食储备局", "budget_total"].value == 100_000


LIST = (
    "合计|10.00",
    "1、因公出国（境）费用|1.00",
    "2、公务接待费|2.00",
    "3、公务用车费|7.00",
    "其中：（1）公务用车运行维护费|4.00",
    "（2）公务用车购置|3.00",
)


def test_a_row_for_each_item() -> None:
    assert read("项目|2026年预算数", *LIST) == of_stage("budget")


@pytest.mark.parametrize("heading", ["一般公共预算", "一般公共预算拨款"])
def test_a_row_for_each_item_with_columns_for_each_budget(heading: str) -> None:
    rows = (f"{row}|{row.partition('|')[2]}|0.00" for row in LIST)
    found = read(f"项目|合计|{heading}|政府性基金预算", "一、行政经费|30.00|30.00|0.00", *rows)
    assert found["all", "budget_operating_cost"] == "30.00"
    assert found["all", "budget_overseas"] == found["all", "budget_overseas.general_public_budget"] == "1.00"
    assert found["all", "budget_reception.government_fund"] == "0.00"


def test_money_of_this_year_and_of_last_year() -> None:
    found = read(
        "合计<6|当年预算<6|上年结转结余<6", "|".join([ITEMS] * 3), "|".join([BELOW] * 3), f"{SIX}|{SIX}" + "|0.00" * 6
    )
    assert found["all", "budget_total"] == found["all", "current.budget_total"] == "10.00"
    assert found["all", "carry_over_in.budget_reception"] == "0.00"


def test_columns_of_unknown_items_are_left_out() -> None:
    assert read(f"{ITEMS}|某某费", f"{BELOW}|^", f"{SIX}|20.00") == of_stage("budget")


def test_a_row_of_converted_text_that_has_lost_a_blank_is_not_believed() -> None:
    head = "合计", "因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"
    text = table(head, ("8.00", "2.00", "4.00", "2.00"))
    (amounts,) = amounts_in_blocks(TITLE, "单位：万元", text, kind=BUDGET).values()
    assert {amount.value for amount in amounts.values()} == {None}

"""GK09 with 会议费 and 培训费, with one 合计, and as lists in which rows are no items."""

import pytest

from tests.ingest.made_documents import SOUND_TABLE, amounts_of, doubts_of, read_disclosure, table_of
from warehouse.records.reading import CheckOutcome, Extraction, TableStatus

TITLE = "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表\n单位：万元\n"
ITEMS = {"因公出国（境）费": "1.00", "公务用车购置费": "3.00", "公务用车运行维护费": "4.00", "公务接待费": "2.00"}
MORE = {"会议费": "0.60", "培训费": "0.40"}


def read(tmp_path, *rows: tuple[str, ...]) -> Extraction:
    return read_disclosure(tmp_path, TITLE + "".join("\t".join(row) + "\n" for row in rows))


def finals(extraction: Extraction) -> dict[str, str | None]:
    """Measures of 决算 → 万元; None where the value is in doubt."""
    amounts = amounts_of(extraction, "GK09").values()
    printed = {one.measure: one.value for one in amounts if one.measure.startswith("final")}
    return {name[6:]: None if value is None else f"{value / 10_000:.2f}" for name, value in printed.items()}


def one_row(tmp_path, total: str) -> Extraction:
    """One row of 决算: 合计, the items of the 三公, 会议费 and 培训费."""
    words = ("合计", *ITEMS, *MORE)
    return read(tmp_path, ("决算数", *[""] * 6), words, (total, *ITEMS.values(), *MORE.values()))


@pytest.mark.parametrize(
    ("printed", "measure"),
    [("10.00", "total"), ("11.00", "grand_total")],
    ids=["of the 三公", "of all"],
)
def test_one_total_is_the_sum_that_its_figures_say(tmp_path, printed, measure):
    extraction = one_row(tmp_path, printed)
    assert {name: value for name, value in finals(extraction).items() if "total" in name} == {measure: printed}
    assert not any(check.outcome is CheckOutcome.BROKEN for check in extraction.checks)


def test_one_total_that_is_no_sum_is_in_doubt_and_breaks_no_rule(tmp_path):
    extraction = one_row(tmp_path, "12.00")
    assert finals(extraction)["total"] is None
    assert "row_misaligned" in doubts_of(extraction, "GK09")
    assert not any(check.outcome is CheckOutcome.BROKEN for check in extraction.checks)


LIST = (
    ("合计", "", "11.00"),
    ("一、“三公”经费小计", "", "10.00"),
    ("因公出国（境）费", "", "1.00"),
    ("公务用车购置及运行维护费", "小计", "7.00"),
    ("", "公务用车购置费", "3.00"),
    ("", "其中：公务用车运行维护费", "4.00"),
    ("公务接待费", "", "2.00"),
    ("二、会议费", "", "0.60"),
    ("三、培训费", "", "0.40"),
)


def test_a_list_with_two_columns_of_labels(tmp_path):
    extraction = read(tmp_path, ("项目", "", "决算数"), *LIST)
    assert finals(extraction) == {
        "grand_total": "11.00",
        "total": "10.00",
        "overseas": "1.00",
        "vehicle_total": "7.00",
        "vehicle_purchase": "3.00",
        "vehicle_operation": "4.00",
        "reception": "2.00",
        "meeting": "0.60",
        "training": "0.40",
    }
    assert table_of(extraction, "GK09").status is TableStatus.PRESENT


def test_the_sum_of_all_is_checked(tmp_path):
    extraction = read(tmp_path, ("项目", "", "决算数"), ("合计", "", "11.50"), *LIST[1:])
    broken = {(check.rule_id, check.measure) for check in extraction.checks if check.outcome is CheckOutcome.BROKEN}
    assert broken == {("H5", "final_grand_total")}


def test_the_heading_of_a_part_of_a_list_is_no_sum(tmp_path):
    rows = (("一、“三公”经费支出", "", "—"), ("（一）支出合计", "", "10.00"), *LIST[2:7])
    extraction = read(tmp_path, ("项目", "", "决算数"), *rows, ("团组数（个）", "", "2"))
    assert finals(extraction)["total"] == "10.00" and "grand_total" not in finals(extraction)
    assert doubts_of(extraction, "GK09") == ["row_left_out"]


def test_a_row_of_the_list_with_an_unknown_name_is_missing(tmp_path):
    rows = [row for row in LIST if row[1] != "公务用车购置费"]
    extraction = read(tmp_path, ("项目", "", "决算数"), *rows, ("买车的钱", "", "3.00"))
    assert table_of(extraction, "GK09").status is TableStatus.PARTIAL
    assert {"row_left_out", "table_incomplete"} <= set(doubts_of(extraction, "GK09"))


def test_a_list_without_the_items_that_name_it_is_refused(tmp_path):
    text = "".join("\t".join(row) + "\n" for row in (("项目", "", "决算数"), *LIST[:2], *LIST[7:]))
    extraction = read_disclosure(tmp_path, SOUND_TABLE + TITLE + text)
    assert not amounts_of(extraction, "GK09")
    assert table_of(extraction, "GK09").status is TableStatus.UNRECOGNISED

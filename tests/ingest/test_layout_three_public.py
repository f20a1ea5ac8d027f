"""Budget and final figures of the 三公 items: GK09."""

import pytest

from tests.ingest.made_documents import (
    SOUND_TABLE,
    amounts_in_blocks,
    amounts_of,
    doubts_of,
    merged_row,
    merged_table,
    read_disclosure,
    table_of,
)
from warehouse.records.reading import Status, TableStatus

GK09 = "财政拨款“三公”经费支出决算表\n单位：万元\n"
ITEMS = ("total", "overseas", "vehicle_total", "vehicle_purchase", "vehicle_operation", "reception")
BUDGET = ["10.00", "1.00", "7.00", "3.00", "4.00", "2.00"]
FINAL = ["8.00", "0.00", "6.50", "3.00", "3.50", "1.50"]
EXPECTED = dict(
    [(f"budget_{item}", value) for item, value in zip(ITEMS, BUDGET, strict=True)]
    + [(f"final_{item}", value) for item, value in zip(ITEMS, FINAL, strict=True)]
)
HALF = ["合计", "因公出国（境）费", "公务用车购置及运行维护费<3", "公务接待费"]
HALF_BELOW = ["^", "^", "小计", "公务用车购置费", "公务用车运行维护费", "^"]
SIX_AND_SIX = [merged_row("预算数<6", "决算数<6"), merged_row(*HALF * 2), merged_row(*HALF_BELOW * 2)]
NUMBERS = merged_row(*map(str, range(1, 13)))
INTERLEAVED = [
    merged_row("合计<2", "因公出国（境）费<2", "公务用车购置及运行费<6", "公务接待费<2"),
    merged_row("^", "^", "^", "^", "小计<2", "公务用车购置费<2", "公务用车运行费<2", "^", "^"),
    merged_row(*["预算数", "决算数"] * 6),
]
IN_TURN = [value for pair in zip(BUDGET, FINAL, strict=True) for value in pair]


def values(amounts):
    return {measure: f"{amount.value / 10_000:.2f}" for (_, measure), amount in amounts.items()}


@pytest.mark.parametrize(
    ("header", "figures"),
    [(SIX_AND_SIX, BUDGET + FINAL), ([*SIX_AND_SIX, NUMBERS], BUDGET + FINAL)],
    ids=["six and six", "with a number row"],
)
def test_six_of_budget_then_six_of_final(header, figures):
    table = merged_table(*header, merged_row(*figures))
    assert values(amounts_in_blocks(("财政拨款“三公”经费支出决算表", 1), table)["GK09"]) == EXPECTED


def test_budget_and_final_in_turn():
    table = merged_table(*INTERLEAVED, merged_row(*IN_TURN))
    assert values(amounts_in_blocks(("财政拨款“三公”经费支出决算表", 1), table)["GK09"]) == EXPECTED


def text_of(*rows):
    return GK09 + "".join("\t".join(row) + "\n" for row in rows)


FLAT = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费", "公务接待费"]


def test_six_of_budget_then_six_of_final_as_text(tmp_path):
    text = text_of(["预算数", *[""] * 5, "决算数", *[""] * 5], FLAT * 2, BUDGET + FINAL)
    assert values(amounts_of(read_disclosure(tmp_path, text), "GK09")) == EXPECTED


def test_a_torn_header_is_read_by_its_twelve_numbers(tmp_path):
    torn = ["合计", "囚公出国", "小汁", "购置", "运行", "公务接侍费"] * 2
    text = text_of(["预算数", *[""] * 5, "决算数", *[""] * 5], torn, map(str, range(1, 13)), BUDGET + FINAL)
    extraction = read_disclosure(tmp_path, text)
    assert values(amounts_of(extraction, "GK09")) == EXPECTED
    assert any("列头残缺" in line for line in table_of(extraction, "GK09").evidence)


def test_a_torn_header_without_numbers_is_refused(tmp_path):
    text = text_of(["预算数", *[""] * 5, "决算数", *[""] * 5], ["囚公"] * 12, BUDGET + FINAL)
    extraction = read_disclosure(tmp_path, SOUND_TABLE + text)
    assert table_of(extraction, "GK09").status is TableStatus.UNRECOGNISED


def test_a_list_of_items_with_a_column_each_for_budget_and_final(tmp_path):
    names = [
        "合计",
        "1.因公出国（境）费",
        "2.公务用车购置及运行维护费",
        "（1）公务用车购置费",
        "（2）公务用车运行维护费",
        "3.公务接待费",
    ]
    rows = [["项目", "预算数", "决算数"], *([name, *pair] for name, *pair in zip(names, BUDGET, FINAL, strict=True))]
    assert values(amounts_of(read_disclosure(tmp_path, text_of(*rows)), "GK09")) == EXPECTED


def test_several_rows_of_figures_are_a_doubt(tmp_path):
    text = text_of(["预算数", *[""] * 5, "决算数", *[""] * 5], FLAT * 2, BUDGET + FINAL, FINAL + BUDGET)
    extraction = read_disclosure(tmp_path, text)
    assert values(amounts_of(extraction, "GK09")) == EXPECTED
    assert doubts_of(extraction, "GK09") == ["several_rows"]


@pytest.mark.parametrize(
    ("printed", "value", "status"),
    [("无", "0.00", Status.REPAIRED), ("略", None, Status.DOUBTFUL), ("不适用", None, Status.DOUBTFUL)],
)
def test_a_word_instead_of_one_figure_does_not_affect_the_other_eleven(printed, value, status):
    """The sum 8.00 = 0 + 6.50 + 1.50 proves the value of the word."""
    figures = [*BUDGET, FINAL[0], printed, *FINAL[2:]]
    table = merged_table(*SIX_AND_SIX, merged_row(*figures))
    amounts = amounts_in_blocks(("财政拨款“三公”经费支出决算表", 1), table)["GK09"]
    overseas = amounts.pop(("all", "final_overseas"))
    assert (overseas.printed, overseas.status) == (printed, status)
    assert overseas.value == (None if value is None else 0)
    assert values(amounts) == {measure: one for measure, one in EXPECTED.items() if measure != "final_overseas"}


def test_a_row_of_fewer_figures_than_items_keeps_the_total_only(tmp_path):
    header = (
        "\t".join(["预算数"] + [""] * 5 + ["决算数"] + [""] * 5)
        + "\n"
        + "\t".join(["合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费"] * 2)
        + "\n"
        + "\t".join(["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""] * 2)
        + "\n"
    )
    read = read_disclosure(tmp_path, GK09 + header + "10.00\t8.00\t8.00\t2.00\t9.00\t7.00\t7.00\t2.00\n")
    amounts = amounts_of(read, "GK09")
    assert {measure for (_, measure), one in amounts.items() if one.value is not None} == {"budget_total"}
    assert {one.status for (_, measure), one in amounts.items() if measure != "budget_total"} == {Status.DOUBTFUL}
    assert "row_misaligned" in doubts_of(read, "GK09")


def test_numbers_of_columns_above_a_remark_are_no_amounts(tmp_path):
    header = [["预算数", *[""] * 5, "决算数", *[""] * 5], FLAT * 2, list(map(str, range(1, 13)))]
    rows = [*[[*row, "备注"] for row in header], [*BUDGET, *FINAL, ""]]
    assert values(amounts_of(read_disclosure(tmp_path, text_of(*rows)), "GK09")) == EXPECTED


def test_numbers_of_columns_behind_the_index_of_their_row_are_no_amounts(tmp_path):
    header = [["预算数", *[""] * 5, "决算数", *[""] * 5], FLAT * 2, list(map(str, range(1, 13)))]
    rows = [["1", *row] for row in [*header, [*BUDGET, *FINAL]]]
    read = amounts_of(read_disclosure(tmp_path, text_of(*rows)), "GK09")
    assert not [amount for amount in read.values() if "." not in amount.printed]


def test_a_row_of_the_budget_alone_is_not_read_as_the_final_one(tmp_path):
    """The title says 决算; of a table whose only row says 预算数 that is not believed."""
    for label, count in (("决算数", 6), ("预算数", 0)):
        read = read_disclosure(tmp_path, SOUND_TABLE + "\n" + text_of(["项目", *FLAT], [label, *BUDGET]))
        assert len(amounts_of(read, "GK09")) == count
        assert (table_of(read, "GK09").status is TableStatus.UNRECOGNISED) is (count == 0)

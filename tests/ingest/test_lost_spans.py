"""Merged cells of a header printed as one cell each: the only way to lay them out that the form and the rows allow."""

import pytest

from ingest.document import Cell, GridKind, RawRow, RawTable
from ingest.tables.lost_spans import layout_with_spans
from tests.ingest.made_documents import SOUND_TABLE, amounts_of, doubts_of, numbers, read_disclosure, table_of
from warehouse.kinds.kind import load_kinds
from warehouse.records.reading import TableStatus

ACCOUNTS = next(kind for kind in load_kinds() if kind.name == "final_accounts")
FUND_HEADER = """项目\t年初结转和结余\t本年收入\t本年支出\t年末结转和结余
科目编码\t科目名称\t小计\t基本支出\t项目支出
"""
FUND_ROWS = """合计\t40.00\t300.00\t320.00\t0.00\t320.00\t20.00
212\t城乡社区支出\t40.00\t300.00\t320.00\t0.00\t320.00\t20.00
21208\t国有土地使用权出让收入安排的支出\t40.00\t300.00\t320.00\t0.00\t320.00\t20.00
"""
ONLY_TOTAL = "合计\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\n"
ITEMS = "合计\t因公出国（境）费\t公务用车购置及运行维护费\t公务接待费"
OF_VEHICLES = "小计\t公务用车购置费\t公务用车运行维护费"
THREE_PUBLIC = f"预算数\t决算数\n{ITEMS}\t{ITEMS}\n{OF_VEHICLES}\t{OF_VEHICLES}\n"
THREE_ROW = "9.00\t1.00\t6.00\t2.00\t4.00\t2.00\t8.00\t0.00\t6.50\t2.50\t4.00\t1.50\n"


def layout(code, text, kind=GridKind.CONVERTED):
    rows = (RawRow(tuple(map(Cell, line.split("\t")))) for line in text.splitlines())
    return layout_with_spans(ACCOUNTS.table(code), RawTable(tuple(rows), kind))


@pytest.mark.parametrize("rows", [FUND_ROWS, ONLY_TOTAL])
def test_headings_above_two_rows_of_headings_cover_the_columns_of_their_parts(rows):
    assert layout("GK07", FUND_HEADER + rows).measures == {
        2: "opening_balance", 3: "income", 4: "total", 5: "basic", 6: "project", 7: "closing_balance",
    }  # fmt: skip


def test_three_rows_of_headings():
    found = layout("GK09", THREE_PUBLIC + THREE_ROW).measures
    assert [found[column] for column in (0, 2, 3, 5, 6, 11)] == [
        "budget_total", "budget_vehicle_total", "budget_vehicle_purchase", "budget_reception", "final_total",
        "final_reception",
    ]  # fmt: skip


def test_the_first_heading_covers_code_and_name_where_no_others_stand_below_it():
    header, row = "项目\t本年支出合计\t基本支出\t项目支出\n", "205\t教育支出\t5.00\t3.00\t2.00\n"
    assert layout("GK05", header + row).measures == {2: "total", 3: "basic", 4: "project"}


UNTOLD = {
    "a measure is not named": (FUND_HEADER.replace("项目支出", "人员支出"), FUND_ROWS),
    "a heading above what is no part of it": (FUND_HEADER.replace("本年支出", "上年结转和结余"), FUND_ROWS),
    "the rows do not add up": (FUND_HEADER, FUND_ROWS.replace("320.00\t0.00", "310.00\t0.00")),
    "fewer headings than columns": (FUND_HEADER.replace("\t基本支出", ""), FUND_ROWS),
    "a heading is blank": (FUND_HEADER.replace("科目编码\t科目名称", "科目编码\t"), FUND_ROWS),
}


@pytest.mark.parametrize("case", UNTOLD)
def test_what_no_way_or_several_ways_explain_has_no_layout(case):
    assert layout("GK07", "".join(UNTOLD[case])) is None


def test_cells_that_say_how_far_they_reach_are_taken_at_their_word():
    assert layout("GK07", FUND_HEADER + FUND_ROWS, GridKind.SPREADSHEET) is None


def test_the_amounts_of_such_a_table_are_read(tmp_path):
    text = f"{SOUND_TABLE}\n政府性基金预算财政拨款收入支出决算表\n单位：万元\n{FUND_HEADER}{FUND_ROWS}"
    extraction = read_disclosure(tmp_path, text)
    amounts = amounts_of(extraction, "GK07")
    assert list(numbers(amounts).values()) == [line.split("\t")[-6:] for line in FUND_ROWS.splitlines()]
    assert doubts_of(extraction, "GK07") == []
    spoilt = read_disclosure(tmp_path, text.replace("小计", "人员支出"))
    assert table_of(spoilt, "GK07").status is TableStatus.UNRECOGNISED
    assert doubts_of(spoilt, "GK07") == ["table_not_understood"]

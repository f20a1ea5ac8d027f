"""Tables by functional code in the layouts and with the damage that publishers and converters give them."""

import pytest

from tests.ingest.made_documents import (
    SOUND_TABLE,
    amounts_in_blocks,
    amounts_of,
    doubts_of,
    merged_row,
    merged_table,
    numbers,
    read_disclosure,
    table_of,
)
from warehouse.records.reading import CheckOutcome, Presence, Status, TableStatus

GK05 = "一般公共预算财政拨款支出决算表\n单位：万元\n"
HEADER = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
ROWS = """208\t社会保障和就业支出\t10.00\t8.00\t2.00
20805\t行政事业单位养老支出\t10.00\t8.00\t2.00
2080501\t行政单位离退休\t6.00\t6.00\t0.00
2080505\t机关事业单位基本养老保险缴费支出\t4.00\t2.00\t2.00
"""
TOTAL = "\t合计\t10.00\t8.00\t2.00\n"
EXPECTED = {
    "TOTAL": ["10.00", "8.00", "2.00"],
    "208": ["10.00", "8.00", "2.00"],
    "20805": ["10.00", "8.00", "2.00"],
    "2080501": ["6.00", "6.00", "0.00"],
    "2080505": ["4.00", "2.00", "2.00"],
}


@pytest.fixture
def gk05(tmp_path):
    def read(text):
        return read_disclosure(tmp_path, GK05 + text)

    return read


def assert_read(extraction, expected=None, doubts=()):
    assert numbers(amounts_of(extraction, "GK05")) == (expected or EXPECTED)
    assert doubts_of(extraction, "GK05") == list(doubts)
    assert {amount.status for amount in extraction.amounts} == {Status.AS_PRINTED}


LAYOUTS = {
    "合计 first": HEADER + TOTAL + ROWS,
    "合计 last": HEADER + ROWS + TOTAL,
    "合计 in the first cell": HEADER + TOTAL.replace("\t合计", "合计\t") + ROWS,
    "合计 spaced": HEADER + TOTAL.replace("合计", "合　计") + ROWS,
    "总计": HEADER + TOTAL.replace("合计", "总计") + ROWS,
    "a number row": HEADER + "栏次\t\t1\t2\t3\n" + TOTAL + ROWS,
    "a number row of nothing but numbers": HEADER + "1\t2\t3\t4\t5\n" + TOTAL + ROWS,
    "a heading over three columns": "项目\t\t本年支出\t\t\n" + HEADER.replace("合计", "小计") + TOTAL + ROWS,
    "three rows of headings": "项　目\t\t本年支出\t\t\n" + HEADER + "类 款 项\t栏次\t1\t2\t3\n" + TOTAL + ROWS,
    "a heading torn over rows": "科目\t科目名称\t合计\t基本\t项目\n编码\t\t\t支出\t支出\n" + TOTAL + ROWS,
    "blanks in headings": HEADER.replace("项目支出", "项 目 支 出") + TOTAL + ROWS,
    "the header again": HEADER + TOTAL + ROWS.replace("2080501", HEADER + "2080501"),
    "the header again on another page": HEADER + TOTAL + ROWS.replace("2080501", "\n12\n\n" + HEADER + "2080501"),
    "the title again on another page": HEADER + TOTAL + ROWS.replace("2080501", "\n" + GK05 + HEADER + "2080501"),
    "no header on the next page": HEADER + TOTAL + ROWS.replace("2080501", "\n12\n\n2080501"),
    "a blank row": HEADER + TOTAL + "\t\t\t\t\n" + ROWS,
    "a number row among the figures": HEADER + TOTAL + ROWS.replace("2080501", "1\t2\t3\t4\t5\n2080501"),
    "a total twice": HEADER + TOTAL + ROWS + TOTAL,
    "code and name in one cell": "科目\t合计\t基本支出\t项目支出\n合计\t10.00\t8.00\t2.00\n"
    + "".join(line.replace("\t", "", 1) + "\n" for line in ROWS.splitlines()),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_is_read(layout, gk05):
    assert_read(gk05(LAYOUTS[layout]))


THREE = """类\t款\t项\t科目名称\t合计\t基本支出\t项目支出
\t\t\t合计\t10.00\t8.00\t2.00
208\t\t\t社会保障和就业支出\t10.00\t8.00\t2.00
208\t05\t\t行政事业单位养老支出\t10.00\t8.00\t2.00
208\t05\t01\t行政单位离退休\t6.00\t6.00\t0.00
208\t05\t05\t机关事业单位基本养老保险缴费支出\t4.00\t2.00\t2.00
"""
GROWING = THREE.replace("208\t05\t01", "208\t20805\t2080501").replace("208\t05\t05", "208\t20805\t2080505")
ONCE = THREE.replace("208\t05\t01", "\t\t01").replace("208\t05\t05", "\t\t05").replace("208\t05\t\t", "\t05\t\t")


@pytest.mark.parametrize(
    "text",
    [
        THREE,
        GROWING.replace("208\t05\t\t", "208\t20805\t\t"),
        ONCE,
        THREE.replace("\t\t\t合计", "合计\t\t\t"),
        THREE.replace("\t\t\t合计", "类\t款\t项\t合计").replace("类\t款\t项\t科目名称", "科目编码\t\t\t科目名称", 1),
    ],
    ids=["apart", "growing", "printed once", "合计 first", "heading shares the row of 合计"],
)
def test_three_code_columns(text, gk05):
    assert_read(gk05(text))


def test_merged_headings_of_a_ruled_table():
    table = merged_table(
        merged_row("项目<2", "本年支出<3"),
        merged_row("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        merged_row("合计<2", "10.00", "8.00", "2.00"),
        merged_row("208", "社会保障和就业支出", "10.00", "8.00", "2.00"),
    )
    read = amounts_in_blocks(("一般公共预算财政拨款支出决算表", 1), table)["GK05"]
    assert numbers(read) == {"TOTAL": ["10.00", "8.00", "2.00"], "208": ["10.00", "8.00", "2.00"]}


def test_a_title_on_the_page_before():
    table = merged_table(
        merged_row("科目编码", "科目名称", "合计", "基本支出", "项目支出", page=2),
        merged_row("合计<2", "10.00", "8.00", "2.00", page=2),
    )
    read = amounts_in_blocks(("一般公共预算财政拨款支出决算表", 1), ("公开05表", 1), ("- 7 -", 1), table)
    assert numbers(read["GK05"]) == {"TOTAL": ["10.00", "8.00", "2.00"]}


def test_a_page_that_ends_one_table_and_starts_the_next(tmp_path):
    next_one = "国有资本经营预算财政拨款支出决算表\n单位：万元\n" + HEADER + "\t合计\t1.00\t0.00\t1.00\n"
    extraction = read_disclosure(tmp_path, GK05 + HEADER + TOTAL + "\n" + ROWS + next_one)
    assert numbers(amounts_of(extraction, "GK05")) == EXPECTED
    assert numbers(amounts_of(extraction, "GK08")) == {"TOTAL": ["1.00", "0.00", "1.00"]}


# --- damage


def test_a_row_moved_by_a_column_is_moved_back_and_proved(gk05):
    extraction = gk05(HEADER + TOTAL + ROWS.replace("离退休\t6.00", "离退休\t\t6.00"))
    amounts = amounts_of(extraction, "GK05")
    assert numbers(amounts) == EXPECTED
    assert {key[0] for key, amount in amounts.items() if amount.status is Status.REPAIRED} == {"2080501"}


def test_a_row_that_lost_a_cell_is_moved_back_and_proved(gk05):
    extraction = gk05(HEADER + TOTAL + ROWS.replace("2080501\t行政单位离退休\t", "2080501行政单位离退休\t"))
    amounts = amounts_of(extraction, "GK05")
    assert numbers(amounts) == EXPECTED


def test_damaged_text_of_a_page_header_is_no_row(gk05):
    garbage = "木牛\tΠ级\t亊亚収\t坚莒\t阝付\n"
    extraction = gk05(HEADER + TOTAL + ROWS.replace("2080501", garbage + "2080501"))
    assert numbers(amounts_of(extraction, "GK05")) == EXPECTED
    assert "row_not_understood" in doubts_of(extraction, "GK05")


def test_a_row_with_figures_and_no_key_is_a_doubt(gk05):
    extraction = gk05(HEADER + TOTAL + "\t\t3.00\t3.00\t0.00\n" + ROWS)
    assert numbers(amounts_of(extraction, "GK05")) == EXPECTED
    assert doubts_of(extraction, "GK05") == ["row_without_key"]
    assert not table_of(extraction, "GK05").is_whole


def test_a_repeated_row_with_other_figures_is_doubted(gk05):
    extraction = gk05(HEADER + TOTAL + ROWS + TOTAL.replace("8.00", "9.00"))
    assert numbers(amounts_of(extraction, "GK05")) == EXPECTED
    assert doubts_of(extraction, "GK05") == ["row_repeated"]


def test_a_blank_total_is_filled_by_the_one_that_is_printed_later(gk05):
    assert_read(gk05(HEADER + "\t合计\t\t\t\n" + ROWS + TOTAL))


GK03 = """支出决算表
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出
\t合计\t10.00\t8.00\t2.00\t0.00\t0.00\t0.00
208\t社会保障和就业支出\t10.00\t8.00\t2.00\t0.00\t0.00\t0.00
20805\t行政事业单位养老支出\t10.00\t8.00\t2.00\t0.00\t0.00\t0.00
2080501\t行政单位离退休\t6.00\t6.00\t0.00\t0.00\t0.00\t0.00
2080505\t机关事业单位基本养老保险缴费支出\t4.00\t2.00\t2.00\t0.00\t0.00\t0.00
"""


def cut(text):
    return text.replace("2080501", "208050").replace("2080505", "208050")


def test_cut_codes_are_repaired_by_the_names_in_another_table(tmp_path):
    extraction = read_disclosure(tmp_path, GK03 + GK05 + HEADER + TOTAL + cut(ROWS))
    amounts = amounts_of(extraction, "GK05")
    assert numbers(amounts) == EXPECTED
    repaired = {key[0] for key, amount in amounts.items() if amount.status is Status.REPAIRED}
    assert repaired == {"2080501", "2080505"}
    assert "208050" in amounts["2080501", "total"].repair_reason


def test_a_cut_code_without_proof_is_doubtful(gk05):
    extraction = gk05(HEADER + TOTAL + ROWS.replace("2080505", "208050"))
    amounts = amounts_of(extraction, "GK05")
    assert amounts["208050", "total"].status is Status.DOUBTFUL
    assert amounts["208050", "total"].functional_code is None
    assert "code_unresolved" in doubts_of(extraction, "GK05")


def test_rows_with_the_same_cut_code_are_all_read(gk05):
    """208050 is printed twice, and no other table distinguishes the codes: both figures must be read."""
    extraction = gk05(HEADER + TOTAL + cut(ROWS))
    kept = [amount.printed for amount in amounts_of(extraction, "GK05").values()]
    doubted = [doubt.printed for doubt in extraction.doubts if doubt.table_code == "GK05"]
    assert "6.00" in kept and ("4.00" in kept or any("4.00" in (printed or "") for printed in doubted))
    assert "code_unresolved" in doubts_of(extraction, "GK05")


@pytest.mark.parametrize("name", ["别的科目", ""])
def test_a_cut_code_with_another_name_is_not_repaired(name, tmp_path):
    other = cut(ROWS).replace("行政单位离退休", name)
    extraction = read_disclosure(tmp_path, GK03 + GK05 + HEADER + TOTAL + other)
    assert "2080501" not in numbers(amounts_of(extraction, "GK05"))


def test_a_repair_needs_proof(gk05):
    extraction = gk05(HEADER + TOTAL + ROWS.replace("离退休\t6.00\t6.00", "离退休\t6.0l\t6.00"))
    amount = amounts_of(extraction, "GK05")["2080501", "total"]
    assert amount.status is not Status.AS_PRINTED and amount.printed == "6.0l"
    assert (amount.status is Status.DOUBTFUL) or str(amount.value / 10_000) in ("6.01", "6.0")


@pytest.mark.parametrize(
    ("printed", "value"),
    [("1 0.00", "10.00"), ("10.00l", "10.00"), ("10,00", "10.00"), ("I0.00", "10.00"), ("1\u30000.00", "10.00")],
)
def test_a_damaged_number_is_repaired_where_the_sums_prove_it(printed, value, gk05):
    extraction = gk05(HEADER + TOTAL.replace("10.00", printed) + ROWS)
    amount = amounts_of(extraction, "GK05")["TOTAL", "total"]
    assert (amount.status, f"{amount.value / 10_000:.2f}", amount.printed) == (Status.REPAIRED, value, printed)
    assert amount.repair_reason


# --- what is not understood


UNKNOWN = {
    "an unknown column": "科目编码\t科目名称\t合计\t基本支出\t项目支出\t上年结余\n\t合计\t1.00\t1.00\t0.00\t5.00\n",
    "columns without headings": "科目编码\t科目名称\t\t\t\n\t合计\t1.00\t1.00\t0.00\n",
    "headings of another table": "科目编码\t科目名称\t甲\t乙\t丙\n\t合计\t1.00\t1.00\t0.00\n",
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_a_table_with_an_unknown_header_is_refused(case, tmp_path):
    extraction = read_disclosure(tmp_path, SOUND_TABLE + GK05 + UNKNOWN[case])
    assert amounts_of(extraction, "GK05") == {}
    assert table_of(extraction, "GK05").status is TableStatus.UNRECOGNISED
    assert doubts_of(extraction, "GK05") == ["table_not_understood"]


def test_a_damaged_header_is_read_by_its_numbers(gk05):
    damaged = "科目编码\t科目名称\t合计\t甚木支岀\t坝目攴出\n栏次\t\t1\t2\t3\n"
    extraction = gk05(damaged + TOTAL + ROWS)
    assert numbers(amounts_of(extraction, "GK05")) == EXPECTED
    assert any("列头残缺" in line for line in table_of(extraction, "GK05").evidence)


def test_a_damaged_header_without_numbers_is_refused(tmp_path):
    damaged = "科目编码\t科目名称\t合计\t甚木支岀\t坝目攴出\n"
    extraction = read_disclosure(tmp_path, SOUND_TABLE + GK05 + damaged + TOTAL + ROWS)
    assert table_of(extraction, "GK05").status is TableStatus.UNRECOGNISED


def test_headings_in_another_order_are_followed(gk05):
    extraction = gk05("科目编码\t科目名称\t项目支出\t基本支出\t合计\n\t合计\t2.00\t8.00\t10.00\n")
    amounts = {measure: f"{a.value / 10_000:.2f}" for (_, measure), a in amounts_of(extraction, "GK05").items()}
    assert amounts == {"project": "2.00", "basic": "8.00", "total": "10.00"}


def test_a_second_table_of_the_same_title_is_left_out_with_a_doubt(tmp_path):
    other = "国有资本经营预算财政拨款支出决算表\n单位：万元\n" + HEADER + "\t合计\t1.00\t0.00\t1.00\n"
    again = GK05 + HEADER + TOTAL.replace("10.00", "99.00") + ROWS
    extraction = read_disclosure(tmp_path, GK05 + HEADER + TOTAL + ROWS + "以下为下属单位的表。\n" + other + again)
    assert numbers(amounts_of(extraction, "GK05")) == EXPECTED
    assert doubts_of(extraction, "GK05") == ["table_repeated"]


def test_rows_of_a_table_of_a_subordinate_unit_below_are_not_mixed_in(tmp_path):
    again = (
        GK05 + HEADER + TOTAL.replace("10.00", "99.00").replace("8.00", "97.00") + ROWS.replace("2080501", "2080502")
    )
    extraction = read_disclosure(tmp_path, GK05 + HEADER + TOTAL + ROWS + "部门：海州市粮食局下属仓库\n" + again)
    assert "2080502" not in numbers(amounts_of(extraction, "GK05"))
    assert set(doubts_of(extraction, "GK05")) & {"table_repeated", "row_repeated"}


@pytest.mark.parametrize("sentence", ["本表无数据。", "本部门没有此项支出，故本表为空表。", "注：本年度无此项支出。"])
def test_an_empty_form_with_a_statement(sentence, tmp_path):
    good = GK05 + HEADER + TOTAL
    empty = "国有资本经营预算财政拨款支出决算表\n单位：万元\n" + HEADER + "\t合计\t\t\t\n" + sentence + "\n"
    found = table_of(read_disclosure(tmp_path, good + empty), "GK08")
    assert found.status is TableStatus.EMPTY_WITH_STATEMENT
    assert found.statement and found.statement in sentence


def test_an_empty_form_without_a_statement(tmp_path):
    empty = "国有资本经营预算财政拨款支出决算表\n单位：万元\n" + HEADER + "\t合计\t\t\t\n"
    assert table_of(read_disclosure(tmp_path, GK05 + HEADER + TOTAL + empty), "GK08").status is TableStatus.BLANK


def test_a_zero_is_a_figure(tmp_path):
    zero = "国有资本经营预算财政拨款支出决算表\n单位：万元\n" + HEADER + "\t合计\t0.00\t0.00\t0.00\n"
    assert table_of(read_disclosure(tmp_path, zero), "GK08").status is TableStatus.PRESENT


SPENDING = "支出决算表\n单位：万元\n"
SPENDING_HEADER = "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出\n"


def spending(folder, rows):
    return read_disclosure(folder, SPENDING + SPENDING_HEADER + rows)


def test_of_a_row_with_fewer_cells_only_the_total_is_certain(tmp_path):
    """A converter left out blank cells: 10.00 = 10.00 + 0 holds for either column of the second 10.00."""
    read = spending(
        tmp_path, "合计\t15.00\t5.00\t10.00\n208\t社会保障和就业支出\t10.00\t10.00\n210\t卫生健康支出\t5.00\t5.00\n"
    )
    amounts = amounts_of(read, "GK03")
    assert {row: values[0] for row, values in numbers(amounts).items()} == {
        "TOTAL": "15.00",
        "208": "10.00",
        "210": "5.00",
    }
    assert amounts["208", "total"].status is Status.AS_PRINTED
    others = [one for (_, measure), one in amounts.items() if measure != "total"]
    assert {(one.value, one.status) for one in others} == {(None, Status.DOUBTFUL)}
    assert doubts_of(read, "GK03").count("row_misaligned") == 3  # one for each row
    assert not table_of(read, "GK03").is_whole
    assert [check.explanation for check in read.checks if check.outcome is CheckOutcome.BROKEN] == []


def test_a_row_with_as_many_amounts_as_columns_is_certain_without_its_blank_code(tmp_path):
    read = spending(
        tmp_path,
        "".join(f"{key}\t10.00\t10.00\t0.00\t0.00\t0.00\t0.00\n" for key in ("合计", "208\t社会保障和就业支出")),
    )
    whole = ["10.00", "10.00", *["0.00"] * 4]
    assert numbers(amounts_of(read, "GK03")) == {"TOTAL": whole, "208": whole}
    assert amounts_of(read, "GK03")["TOTAL", "basic"].status is Status.REPAIRED


def test_blanks_cut_at_the_end_of_rows_leave_the_others_in_place(tmp_path):
    """This converter writes blank cells between amounts, so only those at the end of a row are missing."""
    rows = "\t合计\t15.00\t5.00\t\t\t\t10.00\n208\t社会保障和就业支出\t10.00\t\t\t\t\t10.00\n"
    rows += "210\t卫生健康支出\t5.00\t5.00\n"
    read = spending(tmp_path, rows)
    assert numbers(amounts_of(read, "GK03"))["210"] == ["5.00", "5.00", None, None, None, None]
    assert amounts_of(read, "GK03")["210", "basic"].status is Status.AS_PRINTED
    assert doubts_of(read, "GK03") == []


def test_the_first_amount_of_a_short_row_is_not_certain_where_the_first_column_is_no_total(tmp_path):
    gk07 = "政府性基金预算财政拨款收入支出决算表\n单位：万元\n"
    gk07 += "科目编码\t科目名称\t年初结转和结余\t本年收入\t小计\t基本支出\t项目支出\t年末结转和结余\n"
    read = read_disclosure(tmp_path, gk07 + "合计\t50.00\t50.00\t50.00\n212\t城乡社区支出\t50.00\t50.00\t50.00\n")
    assert {one.value for one in amounts_of(read, "GK07").values()} == {None}
    assert doubts_of(read, "GK07").count("row_misaligned") == 2


@pytest.mark.parametrize(
    ("rows", "printed"),
    [
        (
            ROWS.replace("208\t", "208.0\t").replace("20805\t", "20805.0\t").replace("2080501\t", "2080501.0\t"),
            "2080501.0",
        ),
        (ROWS.replace("2080501\t", "2080501.0\t"), "2080501.0"),
    ],
)
def test_codes_that_a_program_stored_as_numbers_are_codes(gk05, rows, printed):
    read = gk05(HEADER + TOTAL + rows)
    assert numbers(amounts_of(read, "GK05")) == EXPECTED
    row = amounts_of(read, "GK05")["2080501", "total"]
    assert row.status is Status.REPAIRED and f"印作{printed}" in row.repair_reason
    assert amounts_of(read, "GK05")["TOTAL", "total"].status is Status.AS_PRINTED


def test_parts_of_a_code_without_their_leading_zero_are_completed(gk05):
    rows = "208\t\t\t社会保障和就业支出\t10.00\t8.00\t2.00\n"
    rows += "208\t5\t\t行政事业单位养老支出\t10.00\t8.00\t2.00\n208\t5\t1\t行政单位离退休\t10.00\t8.00\t2.00\n"
    read = gk05("类\t款\t项\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t\t\t10.00\t8.00\t2.00\n" + rows)
    assert set(numbers(amounts_of(read, "GK05"))) == {"TOTAL", "208", "20805", "2080501"}
    assert amounts_of(read, "GK05")["2080501", "total"].status is Status.REPAIRED


def test_an_amount_of_a_measure_that_is_split_is_read_and_the_split_is_named(tmp_path):
    header = "科目编码\t科目名称\t本年收入合计\t财政拨款收入\t上级补助收入\t事业收入\t\t"
    header += "经营收入\t附属单位上缴收入\t其他收入\n"
    header += "\t\t\t\t\t金额\t其中：教育收费\t\t\t\n"
    row = "\t9.00\t5.00\t0.00\t4.00\t1.00\t0.00\t0.00\t0.00\n"
    read = read_disclosure(tmp_path, f"收入决算表\n单位：万元\n{header}\t合计{row}205\t教育支出{row}")
    assert amounts_of(read, "GK02")["205", "institutional"].value == 40000
    assert doubts_of(read, "GK02") == ["column_left_out"]


@pytest.mark.parametrize("printed", ["4.00（含追加）", "4.00万元", "△4.00", "负4.00", "无", "略"])
def test_words_in_one_cell_do_not_affect_other_cells(gk05, printed):
    read = gk05(HEADER + TOTAL + ROWS.replace("离休\t", "").replace("支出\t4.00", f"支出\t{printed}"))
    amounts = amounts_of(read, "GK05")
    assert amounts["2080505", "total"].printed == printed
    assert amounts["2080505", "total"].presence is Presence.NUMBER
    assert amounts["2080505", "basic"].status is Status.AS_PRINTED
    assert {row: values for row, values in numbers(amounts).items() if row != "2080505"} == {
        row: values for row, values in EXPECTED.items() if row != "2080505"
    }

"""What proves the value of a damaged number and what does not; impossible numbers are not loaded."""

from decimal import Decimal

import pytest

from ingest.prove.amounts import LONGEST_NAME
from tests.ingest.made_documents import amounts_of, read_disclosure, table_of
from warehouse.records.reading import LARGEST_AMOUNT, Status

HEAD = "国有资本经营预算财政拨款支出决算表\n单位：{unit}\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
TABS = "\t" * 6
TOTAL = "\t合计\t1.00\t0.00\t1.00\n"
WAN = HEAD.format(unit="万元")


@pytest.mark.parametrize(
    ("unit", "printed", "value", "what"),
    [
        ("万元", "10000000000.00", None, "number_unreadable"),  # 10¹⁴ yuan
        ("万元", "9999999999.99", Decimal("99999999999900"), None),
        ("万元", "123456789012 34.56", None, "number_unreadable"),  # its only candidate is greater than any amount
        ("万元", "1234 5.67", Decimal("123456700"), "number_unproved"),
        ("元", "123456789012 34.56", Decimal("12345678901234.56"), "number_unproved"),  # in yuan it is possible
        ("元", "100000000000000", None, "number_unreadable"),
    ],
)
def test_no_candidate_is_larger_than_any_amount(tmp_path, unit, printed, value, what):
    row = f"223\t国有资本经营预算支出\t{printed}\t0.00\t1.00\n"
    read = read_disclosure(tmp_path, HEAD.format(unit=unit) + TOTAL + row)
    amount = amounts_of(read, "GK08")["223", "total"]
    assert (amount.value, amount.printed) == (value, printed)
    assert amount.status is (Status.AS_PRINTED if what is None else Status.DOUBTFUL)
    assert [doubt.what for doubt in read.doubts if doubt.row_key == "223"] == ([what] if what else [])
    assert all(abs(one.value or 0) < LARGEST_AMOUNT for one in read.amounts)


@pytest.mark.parametrize(("length", "is_kept"), [(193, True), (194, False), (5000, False)])
def test_a_row_with_a_paragraph_as_its_name_is_left_out_with_a_doubt(tmp_path, length, is_kept):
    """The row key, `income:` and the name, has a maximal length."""
    name = "其" * length
    sides = "收入支出决算总表\n单位：万元\n项目\t行次\t金额\t项目\t行次\t金额\n"
    row = f"{name}\t1\t5.00\t一、外交支出\t31\t0.00\n本年收入合计\t27\t5.00\t本年支出合计\t57\t0.00\n"
    row += "总计\t30\t5.00\t总计\t60\t5.00\n"
    read = read_disclosure(tmp_path, sides + row + WAN + TOTAL)
    assert ((f"income:{name}", "final") in amounts_of(read, "GK01")) is is_kept
    assert ("expenditure:外交支出", "final") in amounts_of(read, "GK01")
    said = [(doubt.reason, doubt.printed) for doubt in read.doubts if doubt.what == "row_unreadable"]
    assert said == ([] if is_kept else [(f"行名{length + 7}字,不成行名,此行未入库", f"{name[:LONGEST_NAME]} 5.00")])
    assert table_of(read, "GK01").is_whole is is_kept
    assert max(len(amount.row_key) for amount in read.amounts) <= LONGEST_NAME


GK03 = """支出决算表
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出
\t合计\t{total}\t90.00\t{project}\t0.00\t0.00\t0.00
201\t一般公共服务支出\t{total}\t90.00\t{project}\t0.00\t0.00\t0.00
"""


def gk03(folder, total, project, everywhere=str):
    rows = GK03.format(total=total, project=project)
    return amounts_of(read_disclosure(folder, everywhere(rows)), "GK03")


def wan(amount):
    return None if amount.value is None else amount.value / 10_000


@pytest.mark.parametrize(
    ("total", "project"),
    [("100·00", "10.00"), ("100。00", "10.00"), ("100,00", "10.00"), ("85.00", "△5.00"), ("85.00", "(5.00)")],
)
def test_undamaged_numbers_prove_scale_and_sign_of_damaged_ones(tmp_path, total, project):
    read = gk03(tmp_path, total, project)
    assert [wan(read["201", name]) for name in ("total", "basic")] == [Decimal(total[:-3] + ".00"), Decimal("90.00")]
    assert wan(read["201", "project"]) == wan(read["201", "total"]) - 90
    assert {one.status for one in read.values()} == {Status.AS_PRINTED, Status.REPAIRED}


@pytest.mark.parametrize("mark", "·。’:、")
def test_the_same_mark_in_every_number_proves_no_scale(tmp_path, mark):
    """All numbers multiplied by 100 add up, too."""
    read = gk03(tmp_path, "100.00", "10.00", everywhere=lambda rows: rows.replace(".00", f"{mark}00"))
    assert {wan(one) for one in read.values()} == {
        Decimal("100.00"),
        Decimal("90.00"),
        Decimal("10.00"),
        Decimal("0.00"),
    }
    assert {one.status for one in read.values() if one.value} == {Status.DOUBTFUL}


@pytest.mark.parametrize("shape", ["△{}", "({})", "{}-", "负{}", "–{}"])
def test_the_same_sign_on_both_sides_proves_no_sign(tmp_path, shape):
    """Both 5.00 = 5.00 and -5.00 = -5.00 hold."""
    row = f"20199\t其他一般公共服务支出\t{shape}\t0.00\t{shape}\t0.00\t0.00\t0.00\n".format("5.00", "5.00")
    read = gk03(tmp_path, "100.00", "10.00", everywhere=lambda rows: rows + row)
    for measure in ("total", "project"):
        assert (wan(read["20199", measure]), read["20199", measure].status) == (Decimal("-5.00"), Status.DOUBTFUL)


@pytest.mark.parametrize("printed", ["1О.00", "IO.00"])
def test_the_same_unclear_digit_on_both_sides_proves_no_digit(tmp_path, printed):
    read = gk03(
        tmp_path,
        "100.00",
        "10.00",
        everywhere=lambda rows: (
            rows.replace("\t10.00", f"\t{printed}").replace("90.00", "0.00").replace("100.00", printed)
        ),
    )
    assert read["201", "total"].status is Status.DOUBTFUL


@pytest.mark.parametrize(
    ("caption", "printed", "value", "status"),
    [
        ("万元", "10.00万元", "10.00", Status.AS_PRINTED),
        ("元", "10.00元", "0.0010", Status.AS_PRINTED),
        ("万元", "100000.00元", "10.00", Status.REPAIRED),  # 90.00 + 10.00 = 100.00
        ("万元", "90000.00元", None, Status.DOUBTFUL),
    ],
)
def test_a_unit_in_the_cell_is_compared_with_the_caption(tmp_path, caption, printed, value, status):
    read = gk03(tmp_path, "100.00", printed, everywhere=lambda rows: rows.replace("单位：万元", f"单位：{caption}"))
    project = read["TOTAL", "project"]
    assert (wan(project), project.status, project.printed) == (value and Decimal(value), status, printed)


def test_a_word_for_nothing_is_0_if_sums_prove_it(tmp_path):
    proved, open_ = gk03(tmp_path, "90.00", "无"), gk03(tmp_path, "100.00", "无")
    assert (proved["201", "project"].value, proved["201", "project"].status) == (0, Status.REPAIRED)
    assert (open_["201", "project"].value, open_["201", "project"].status) == (None, Status.DOUBTFUL)
    assert proved["201", "project"].printed == open_["201", "project"].printed == "无"


def test_a_sum_that_is_not_printed_proves_no_unit(tmp_path):
    """0.003845 is 0 within rounding: a grand total that the table does not have says nothing of it."""
    items = "合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费"
    below = "\t\t小计\t公务用车购置费\t公务用车运行费\t"
    values = "\t".join(
        f"{value}亿元" for value in ("0.003845", "0.000000", "0.002371", "0.000000", "0.002371", "0.001474")
    )
    head = f"财政拨款“三公”经费支出决算表\n单位：万元\n预算数{TABS}决算数{TABS}\n"
    table = f"{head}{items}\t{items}\n{below}\t{below}\n{values}\t{values}\n"
    amounts = amounts_of(read_disclosure(tmp_path, WAN + TOTAL + table), "GK09")
    assert len(amounts) == 12
    assert {amount.status for amount in amounts.values()} == {Status.DOUBTFUL}
    assert {amount.value for amount in amounts.values()} == {None}

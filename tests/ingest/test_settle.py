"""What no form prints never becomes an amount: numbers beyond any, rows whose name is a paragraph."""

from decimal import Decimal

import pytest

from ingest.settle import LONGEST_NAME
from tests.ingest.build import amounts_of, read_disclosure, table_of
from warehouse.records import LARGEST_AMOUNT, Status

HEAD = "国有资本经营预算财政拨款支出决算表\n单位：{unit}\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
TOTAL = "\t合计\t1.00\t0.00\t1.00\n"
WAN = HEAD.format(unit="万元")


@pytest.mark.parametrize(
    ("unit", "printed", "value", "what"),
    [
        ("万元", "10000000000.00", None, "number_unreadable"),  # 10¹⁴ yuan, read as it stands
        ("万元", "9999999999.99", Decimal("99999999999900"), None),
        ("万元", "123456789012 34.56", None, "number_unreadable"),  # its one candidate is beyond any amount
        ("万元", "1234 5.67", Decimal("123456700"), "number_unproved"),
        ("元", "123456789012 34.56", Decimal("12345678901234.56"), "number_unproved"),  # the same in yuan is not
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
def test_a_row_whose_name_is_a_paragraph_is_left_out_and_said(tmp_path, length, is_kept):
    """The key of the row is `income:` and the name."""
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

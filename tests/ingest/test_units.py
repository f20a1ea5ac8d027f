"""In what unit a table is printed, and what is doubted where it is not."""

from decimal import Decimal

import pytest

from tests.ingest.build import amounts_of, doubts_of, read_disclosure, table_of


def gk08(above="", heading="基本支出", below="", amount="1.50"):
    return (
        f"国有资本经营预算财政拨款支出决算表\n{above}\n科目编码\t科目名称\t合计\t{heading}\t项目支出\n"
        f"\t合计\t{amount}\t0.00\t{amount}\n223\t国有资本经营预算支出\t{amount}\t0.00\t{amount}\n{below}\n"
    )


def gk05(above=""):
    return gk08(above).replace("国有资本经营预算财政拨款支出决算表", "一般公共预算财政拨款支出决算表")


@pytest.mark.parametrize(
    ("caption", "yuan"),
    [
        ("单位：元", "1.50"),
        ("金额单位：万元", "15000"),
        ("单位:千元", "1500"),
        ("单位：亿元", "150000000"),
        ("单位：百万元", "1500000"),
        ("单位：人民币万元", "15000"),
        ("部门：海州市粮食局\u3000\u30002024年度\u3000\u3000金额单位：万元", "15000"),
        ("单位名称：海州市粮食局\n单位：元", "1.50"),
        ("单 位 ： 万 元", "15000"),
    ],
)
def test_the_caption_says_the_unit(caption, yuan, tmp_path):
    extraction = read_disclosure(tmp_path, gk08(caption))
    assert amounts_of(extraction, "GK08")["TOTAL", "total"].value == Decimal(yuan)
    assert "unit_not_printed" not in doubts_of(extraction)


@pytest.mark.parametrize(
    "text",
    [
        gk08().replace("支出决算表\n", "支出决算表（单位：元）\n"),
        gk08().replace("科目编码\t", "单位：元\t\t\t\t\n科目编码\t"),
        gk08(below="注：本表金额转换为元。"),
        gk08(heading="基本支出(元)"),
    ],
)
def test_title_header_or_note_say_the_unit(text, tmp_path):
    assert table_of(read_disclosure(tmp_path, text), "GK08").printed_unit == "元"


def test_every_table_has_its_own_unit(tmp_path):
    extraction = read_disclosure(tmp_path, gk05("单位：万元") + gk08("单位：元"))
    assert [table_of(extraction, code).printed_unit for code in ("GK05", "GK08")] == ["万元", "元"]
    assert amounts_of(extraction, "GK05")["TOTAL", "total"].value == Decimal(15000)
    assert amounts_of(extraction, "GK08")["TOTAL", "total"].value == Decimal("1.50")


def test_a_table_that_prints_none_takes_that_of_the_others_with_a_doubt(tmp_path):
    extraction = read_disclosure(tmp_path, gk05("单位：元") + gk08())
    assert table_of(extraction, "GK08").printed_unit == "元"
    assert doubts_of(extraction, "GK08") == ["unit_not_printed"]


def test_no_unit_anywhere_is_taken_for_ten_thousand_yuan_with_a_doubt(tmp_path):
    extraction = read_disclosure(tmp_path, gk08())
    assert table_of(extraction, "GK08").printed_unit == "万元"
    assert doubts_of(extraction, "GK08") == ["unit_not_printed"]


def test_pages_of_one_table_with_two_units_are_a_doubt(tmp_path):
    next_page = "单位：元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n22301\t解决历史遗留问题\t1.50\t0.00\t1.50\n"
    extraction = read_disclosure(tmp_path, gk08("单位：万元") + next_page)
    assert "unit_changes" in doubts_of(extraction, "GK08")

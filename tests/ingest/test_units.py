"""The unit of a table, and the doubts if no unit or several units are printed."""

import re
from decimal import Decimal

import pytest

from tests.ingest.made_documents import amounts_of, doubts_of, read_disclosure, table_of
from tests.ingest.truth import SAMPLES
from warehouse.records.reading import CheckOutcome, Status


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
        ("编制单位：海州市粮食局\u3000\u3000\u3000单位：元", "1.50"),
        ("编制单位：元谋县民政局 单位：万元", "15000"),
        ("单位：万元 币种：人民币", "15000"),
        ("单位：元（人民币）", "1.50"),
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


def test_the_cells_may_say_the_unit_themselves(tmp_path):
    extraction = read_disclosure(tmp_path, gk08(amount="1.50元").replace("0.00", "0.00元"))
    assert table_of(extraction, "GK08").printed_unit == "元"
    assert amounts_of(extraction, "GK08")["TOTAL", "total"].value == Decimal("1.50")
    assert doubts_of(extraction, "GK08") == []


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
    assert not table_of(extraction, "GK08").is_unit_certain
    assert {one.value for one in extraction.amounts if one.value} == set()


SOUND = (SAMPLES / "shifan_gongxin_2023.txt").read_text("gb18030")  # all its tables and its narrative are in 万元


def table_text(title):
    """The text of one table of the sample, with the lines above it."""
    start = SOUND.index(f"\n{title}\n", SOUND.index("\t"))
    return SOUND[start : SOUND.index("\n\n", SOUND.index("\t", start))]


def read_changed(folder, title, change):
    text = table_text(title)
    path = folder / "made.txt"
    path.write_text(SOUND.replace(text, change(text)), encoding="utf-8")
    return read_disclosure(folder, path.read_text("utf-8"), cover="")


THREE_PUBLIC = "财政拨款“三公”经费支出决算表"


def in_wan(extraction, code):
    return {key: None if one.value is None else one.value / 10_000 for key, one in amounts_of(extraction, code).items()}


def broken(extraction):
    return [check.explanation for check in extraction.checks if check.outcome is CheckOutcome.BROKEN]


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    "line", ["单位：元、万元", "单位：万元/元", "单位：元或万元", "金额单位：元（万元）", "单位：元\n单位：万元"]
)
def test_of_two_units_the_one_that_the_other_figures_prove_is_taken(tmp_path, line):
    read = read_changed(tmp_path, _title("三公"), lambda text: text.replace("单位：万元", line))
    assert doubts_of(read, "GK09") == ["unit_ambiguous"]
    assert in_wan(read, "GK09")["all", "budget_total"] == Decimal("8.60")
    assert {one.status for one in amounts_of(read, "GK09").values()} == {Status.REPAIRED}
    assert broken(read) == []


def test_of_two_units_without_proof_none_is_used(tmp_path):
    read = read_disclosure(tmp_path, gk08("单位：元、万元"))
    assert not table_of(read, "GK08").is_unit_certain
    assert {(one.value, one.status) for one in read.amounts} == {(None, Status.DOUBTFUL)}


def _title(word):
    """The line of the sample with the title of a table."""
    at = SOUND.index("\t")
    return next(line for line in SOUND[at:].splitlines() if word in line and line.endswith("表") and "\t" not in line)


@pytest.mark.parametrize(("title", "code"), [("三公", "GK09"), ("支出决算表", "GK03")])
def test_a_table_in_yuan_below_a_caption_of_ten_thousand_yuan_is_named(tmp_path, title, code):
    read = read_changed(tmp_path, _title(title) if title == "三公" else "支出决算表", _in_yuan)
    assert "unit_contradicted" in doubts_of(read, code)
    assert not table_of(read, code).is_unit_certain
    assert {one.status for one in amounts_of(read, code).values() if one.value} == {Status.DOUBTFUL}
    assert broken(read) == []
    assert {one.table_code for one in read.tables if not one.is_unit_certain} == {code}


def _in_yuan(text):
    """The table with its amounts multiplied by 10,000 and its caption unchanged."""
    return re.sub(r"[\d,]+\.\d\d(?=[\t\n]|$)", lambda one: f"{Decimal(one[0].replace(',', '')) * 10_000:,.2f}", text)


def test_a_unit_that_the_narrative_proves_is_certain(tmp_path):
    """No table prints a unit, but the sentences state the same figures with one."""
    path = tmp_path / "made.txt"
    at = SOUND.index("\t")
    path.write_text(SOUND[:at].replace("单位：万元", "") + SOUND[at:].replace("单位：万元", ""), encoding="utf-8")
    read = read_disclosure(tmp_path, path.read_text("utf-8"), cover="")
    assert "unit_not_printed" in doubts_of(read, "GK03")
    assert table_of(read, "GK03").is_unit_certain
    assert {one.status for one in amounts_of(read, "GK03").values()} == {Status.REPAIRED}

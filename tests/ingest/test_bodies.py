"""Two bodies in one file: the first is read, the second is named in a doubt, and none of its amounts is read."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.pipeline import extract
from tests.ingest.made_documents import amounts_of, doubts_of, read_disclosure, table_of
from tests.ingest.truth import SAMPLE_FILES, extraction_of
from warehouse.records.reading import Extraction, TableStatus

CASE = Path(os.environ.get("JUESUAN_CORPUS", "no_corpus")).parent / "cases/several_bodies_in_one_file"
FIRST, SECOND = "海州市粮食局", "海州市粮油质量检验中心"
TITLES = {
    "GK02": "收入决算表",
    "GK03": "支出决算表",
    "GK05": "一般公共预算财政拨款支出决算表",
    "GK08": "国有资本经营预算财政拨款支出决算表",
}
HEADINGS = {
    "GK02": "科目编码\t科目名称\t本年收入合计\t财政拨款收入\t上级补助收入\t事业收入"
    "\t经营收入\t附属单位上缴收入\t其他收入\n",
    "GK03": "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出\n",
    "GK05": "科目编码\t科目名称\t本年支出\t基本支出\t项目支出\n",
    "GK08": "科目编码\t科目名称\t合计\t基本支出\t项目支出\n",
}
SAID = "一、收入决算情况说明\n本年收入合计{0}万元，其中：财政拨款收入{0}万元，占100.00%。\n"


def cover(body: str) -> str:
    return f"2024年度\n{body}\n部门决算\n第二部分 2024年度部门决算表\n"


def tables(amount: str, *codes: str, body: str | None = None) -> str:
    """Tables of a body with `amount` as income and expenditure; with a caption if `body` is given."""
    return "".join(_table(code, amount, body) for code in codes)


def _table(code: str, amount: str, body: str | None) -> str:
    width = HEADINGS[code].count("\t") - 1
    rest = "\t".join([amount, *["0.00"] * (width - 2)])
    caption = f"部门：{body}\n" if body else ""
    row = f"{amount}\t{rest}\n"
    return (
        f"{TITLES[code]}\n{caption}单位：万元\n\n{HEADINGS[code]}\t合计\t{row}222\t粮油物资储备支出\t{row}"
        f"22201\t粮油物资事务\t{row}2220101\t行政运行\t{row}\n"
    )


def totals(read: Extraction) -> dict[str, Decimal]:
    rows = {code: amounts_of(read, code).get(("TOTAL", "total")) for code in TITLES}
    return {code: row.value / 10_000 for code, row in rows.items() if row and row.value}


def several(read: Extraction) -> list[tuple[str | None, str | None]]:
    return [(doubt.taken_as, doubt.printed) for doubt in read.doubts if doubt.what == "several_bodies"]


@pytest.mark.parametrize("is_captioned", [True, False], ids=["captions", "covers"])
def test_the_first_body_is_read_and_the_second_named(tmp_path, is_captioned):
    names = (FIRST, SECOND) if is_captioned else (None, None)
    codes = ("GK02", "GK03", "GK05")
    text = (
        cover(FIRST)
        + tables("10.00", *codes, body=names[0])
        + "第三部分 情况说明\n"
        + SAID.format("10.00")
        + cover(SECOND)
        + tables("4.00", *codes, "GK08", body=names[1])
        + "第三部分 情况说明\n"
        + SAID.format("4.00")
    )
    read = read_disclosure(tmp_path, text, cover="")
    assert (read.profile.department, several(read)) == (FIRST, [(FIRST, SECOND)])
    assert totals(read) == {"GK02": 10, "GK03": 10, "GK05": 10}
    assert table_of(read, "GK08").status is TableStatus.ABSENT
    assert doubts_of(read).count("table_of_another_body") == 4
    assert {"table_repeated", "stated_twice", "department_differs"}.isdisjoint(doubts_of(read))
    assert {figure.value for figure in read.stated if figure.unit == "万元"} == {Decimal(10)}
    assert read.counts.amounts_unaccounted == 0


def test_a_statement_of_the_second_body_about_a_table_does_not_apply_to_the_first(tmp_path):
    nothing = "国有资本经营预算财政拨款支出决算表\n部门：{}\n本表无数据\n"
    text = (
        cover(FIRST)
        + tables("10.00", "GK02", "GK03", body=FIRST)
        + cover(SECOND)
        + tables("4.00", "GK02", "GK03", body=SECOND)
        + nothing.format(SECOND)
    )
    read = read_disclosure(tmp_path, text, cover="")
    assert table_of(read, "GK08").status is TableStatus.ABSENT


def test_a_narrative_after_tables_of_a_unit_belongs_to_the_first_body(tmp_path):
    text = (
        cover(FIRST)
        + tables("10.00", "GK02", "GK03", body=FIRST)
        + tables("4.00", "GK02", "GK03", "GK08", body=SECOND)
        + "第三部分 情况说明\n"
        + SAID.format("10.00")
    )
    read = read_disclosure(tmp_path, text, cover="")
    assert several(read) == [(FIRST, SECOND)]
    assert totals(read) == {"GK02": 10, "GK03": 10}
    assert {figure.value for figure in read.stated if figure.unit == "万元"} == {Decimal(10)}


def test_tables_of_two_bodies_in_turn(tmp_path):
    pairs = (tables("10.00", code, body=FIRST) + tables("4.00", code, body=SECOND) for code in ("GK02", "GK03", "GK05"))
    read = read_disclosure(tmp_path, cover(FIRST) + "".join(pairs), cover="")
    assert totals(read) == {"GK02": 10, "GK03": 10, "GK05": 10}
    assert several(read) == [(FIRST, SECOND)]


def test_accounts_of_the_unit_alone_are_not_read_as_those_of_the_department(tmp_path):
    alone = f"{FIRST}（本级）"
    text = cover(FIRST) + tables("10.00", "GK02", "GK03", body=FIRST) + tables("4.00", "GK02", "GK03", body=alone)
    read = read_disclosure(tmp_path, text, cover="")
    assert several(read) == [(FIRST, f"{FIRST}(本级)")]
    assert totals(read) == {"GK02": 10, "GK03": 10}


def test_three_bodies_are_all_named(tmp_path):
    third = "海州市粮食储备库"
    text = "".join(cover(body) + tables("4.00", "GK02", "GK03", body=body) for body in (FIRST, SECOND, third))
    assert several(read_disclosure(tmp_path, text, cover="")) == [(FIRST, f"{SECOND}、{third}")]


@pytest.mark.parametrize("says", ["cover", "captions"])
def test_two_years_of_one_body_in_one_file(tmp_path, says):
    """GK08 is printed for last year only, so it is not a table of this year."""
    last = tables("4.00", "GK02", "GK03", "GK08", body=FIRST)
    if says == "captions":
        last = last.replace(f"部门：{FIRST}", f"部门：{FIRST} 2023年度")
        this = tables("10.00", "GK02", "GK03", body=FIRST).replace(f"部门：{FIRST}", f"部门：{FIRST} 2024年度")
    else:
        last, this = cover(FIRST).replace("2024", "2023") + last, tables("10.00", "GK02", "GK03", body=FIRST)
    read = read_disclosure(tmp_path, cover(FIRST) + this + last, cover="")
    assert [(d.taken_as, d.printed) for d in read.doubts if d.what == "several_years"] == [
        (f"{FIRST}2024年度", f"{FIRST}2023年度")
    ]
    assert (read.profile.fiscal_year, totals(read)) == (2024, {"GK02": 10, "GK03": 10})
    assert table_of(read, "GK08").status is TableStatus.ABSENT
    assert "fiscal_year_differs" not in doubts_of(read)


def test_a_unit_that_is_listed_before_the_tables_takes_nothing_from_the_first_body(tmp_path):
    listed = f"决算编制范围\n1.{SECOND}2024年度单位决算\n"
    text = (
        cover(FIRST)
        + listed
        + tables("10.00", "GK02", "GK03", body=FIRST)
        + "第三部分 情况说明\n"
        + SAID.format("10.00")
        + cover(SECOND)
        + tables("4.00", "GK02", "GK03", "GK08", body=SECOND)
    )
    read = read_disclosure(tmp_path, text, cover="")
    assert (several(read), totals(read)) == ([(FIRST, SECOND)], {"GK02": 10, "GK03": 10})
    assert {figure.value for figure in read.stated if figure.unit == "万元"} == {Decimal(10)}


@pytest.mark.parametrize("again", [FIRST, "粮食局", None], ids=["whole name", "short name", "no name"])
def test_a_repeated_table_of_the_same_body_is_no_second_body(tmp_path, again):
    text = cover(FIRST) + tables("10.00", "GK02", "GK03", body=FIRST) + tables("10.00", "GK02", "GK03", body=again)
    read = read_disclosure(tmp_path, text, cover="")
    assert several(read) == []
    assert totals(read) == {"GK02": 10, "GK03": 10}


def test_different_captions_without_a_repeated_table_are_one_body(tmp_path):
    text = cover(FIRST) + tables("10.00", "GK02", "GK03", body=FIRST) + tables("10.00", "GK05", body=SECOND)
    read = read_disclosure(tmp_path, text, cover="")
    assert several(read) == []
    assert totals(read) == {"GK02": 10, "GK03": 10, "GK05": 10}


@pytest.mark.takes(4)
@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_every_sample_is_of_one_body(path):
    assert several(extraction_of(path)) == []


@pytest.mark.skipif(not CASE.exists(), reason="no cases beside JUESUAN_CORPUS")
def test_the_case_of_two_units_in_one_pdf():
    read = extract(CASE / "b01_two_units_one_pdf.pdf")
    assert several(read) == [("示例市档案局(本级)", "示例市城建档案中心")]
    assert len(read.amounts) == 490
    assert totals(read)["GK05"] == Decimal("1200.00")

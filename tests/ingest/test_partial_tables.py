"""A table is `partial` instead of `present` if a printed number, or a row that its form always has, is missing."""

from dataclasses import replace

import pytest

from ingest.tables.partial import told_partial
from tests.ingest.made_documents import SOUND_TABLE, doubts_of, read_disclosure, table_of
from tests.ingest.test_checks_records import all_amounts, all_tables, amount
from tests.kinds import ACCOUNTS
from warehouse.records.places import Place
from warehouse.records.reading import Doubt, TableStatus

PRESENT, PARTIAL = TableStatus.PRESENT, TableStatus.PARTIAL
SPENDING = (
    "一般公共预算财政拨款支出决算表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    "\t合计\t30.00\t10.00\t20.00\n208\t社会保障和就业支出\t{}\n"
)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ("30.00\t10.00\t20.00", PRESENT),
        ("10.00\t10.00\t0.00\n\t某项不知何类\t20.00\t0.00\t20.00", PARTIAL),
    ],
)
def test_a_row_without_key_makes_its_table_partial(tmp_path, rows, status):
    read = read_disclosure(tmp_path, SPENDING.format(rows) + SOUND_TABLE)
    found = table_of(read, "GK05")
    assert (found.status, found.is_whole) == (status, status is PRESENT)
    assert ("row_without_key" in doubts_of(read, "GK05")) == (status is PARTIAL)
    assert table_of(read, "GK08").status is PRESENT


def without(*lost: tuple[str, str, str]):
    """The amounts of a whole disclosure without those of `lost`; `*` matches any part of a key."""
    return [
        cell
        for key, cell in all_amounts().items()
        if not any(all(asked in ("*", own) for asked, own in zip(one, key, strict=True)) for one in lost)
    ]


def told(amounts, doubts=(), **changes):
    tables = all_tables() | {code: replace(all_tables()[code], **change) for code, change in changes.items()}
    found, more = told_partial(ACCOUNTS, tables.values(), amounts, doubts)
    return {table.table_code: table for table in found if table.status is PARTIAL}, more


def test_a_whole_disclosure_has_no_partial_table():
    assert told(all_amounts().values()) == ({}, [])


@pytest.mark.parametrize(
    ("lost", "code", "said"),
    [
        (("GK03", "*", "project"), "GK03", "“项目支出”栏"),
        (("GK03", "2290402", "*"), "GK03", "“2290402其他地方自行试点项目收益专项债券收入安排的支出”行"),
        (("GK05", "TOTAL", "*"), "GK05", "“合计”行"),
        (("GK04", "expenditure:总计", "*"), "GK04", "“总计”行"),
        (("GK09", "all", "final_reception"), "GK09", "“公务接待”栏"),
        (("GK06", "303", "*"), "GK06", "“303”类"),
    ],
)
def test_a_row_that_the_form_always_has_is_reported_as_missing(lost, code, said):
    amounts = without(lost, ("GK06", "30302", "*")) if code == "GK06" else without(lost)
    if code == "GK06":  # only one 款 of the group remains, without its 类
        amounts.append(amount("GK06", "30301", "final", "1.00"))
    partial, more = told(amounts)
    assert list(partial) == [code] and not partial[code].is_whole
    assert [(one.what, one.table_code) for one in more] == [("table_incomplete", code)]
    assert said in more[0].reason


def test_a_doubt_that_names_missing_numbers_makes_a_table_partial_and_another_does_not():
    missing = Doubt("part_not_understood", "列头无法辨认", table_code="GK02")
    other = Doubt("unit_not_printed", "未见金额单位", table_code="GK03")
    nowhere = Doubt("number_unaccounted", "所印3个数字不属任何已读的表", place=Place(7))
    pages = {"GK05": {"first_page": 7, "last_page": 8}, "GK07": {"first_page": 9, "last_page": 9}}
    partial, more = told(all_amounts().values(), (missing, other, nowhere), **pages)
    assert (list(partial), more) == (["GK02", "GK05"], [])


@pytest.mark.parametrize("status", [TableStatus.EMPTY_WITH_STATEMENT, TableStatus.BLANK, TableStatus.ABSENT])
def test_a_table_without_figures_is_not_partial(status):
    partial, more = told(without(("GK08", "*", "*")), GK08={"status": status, "is_whole": False})
    assert (partial, more) == ({}, [])


def test_a_total_without_a_number_is_reported_as_missing():
    blank = [amount("GK01", "expenditure:总计", "final", "")]
    partial, more = told([*without(("GK01", "expenditure:总计", "*")), *blank])
    assert list(partial) == ["GK01"] and "“总计”行" in more[0].reason

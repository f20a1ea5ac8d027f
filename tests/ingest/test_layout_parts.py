"""Columns of amounts with a part of them beside: 金额 | 其中. The part is left out with a doubt."""

import pytest

from tests.ingest.made_documents import SOUND_TABLE, amounts_of, doubts_of, read_disclosure, table_of
from warehouse.records.reading import Extraction, TableStatus

GK06 = "一般公共预算财政拨款基本支出决算表\n单位：万元\n"
GK07 = "政府性基金预算财政拨款收入支出决算表\n单位：万元\n"


def read(tmp_path, title: str, *rows: tuple[str, ...]) -> Extraction:
    return read_disclosure(tmp_path, SOUND_TABLE + title + "".join("\t".join(row) + "\n" for row in rows))


def economic(tmp_path, *heads: str) -> Extraction:
    """GK06 as one list with two columns of amounts."""
    rows = (("301", "工资福利支出", "9.00", "2.00"), ("30101", "基本工资", "9.00", "2.00"))
    top = ("科目编码", "科目名称", *([heads[0], ""] if len(heads) == 3 else heads))
    below = [("", "", *heads[1:])] if len(heads) == 3 else []
    return read(tmp_path, GK06, top, *below, *rows, ("人员经费合计", "", "9.00", "2.00"))


def test_a_part_of_the_amounts_of_a_list_is_left_out(tmp_path):
    extraction = economic(tmp_path, "决算数", "金额", "其中：上年结转")
    found = {row: one.value for (row, _), one in amounts_of(extraction, "GK06").items()}
    assert found == {"301": 90_000, "30101": 90_000, "PERSONNEL_TOTAL": 90_000}
    assert "column_left_out" in doubts_of(extraction, "GK06")


def test_two_columns_of_amounts_are_refused(tmp_path):
    extraction = economic(tmp_path, "决算数", "金额")
    assert not amounts_of(extraction, "GK06")
    assert table_of(extraction, "GK06").status is TableStatus.UNRECOGNISED


@pytest.mark.parametrize(("below", "is_read"), [(("金额", "其中：上级补助"), True), (("省里给的", "市里给的"), False)])
def test_the_whole_of_an_income_is_its_amount_and_never_a_part(tmp_path, below, is_read):
    """Where two parts and no whole are printed, the measure is missing and a doubt says so."""
    head = ("科目编码", "科目名称", "年初结转和结余", "本年收入", "", "本年支出", "", "", "年末结转和结余")
    second = ("", "", "", *below, "小计", "基本支出", "项目支出", "")
    row = ("1.00", "7.00", "3.00", "5.00", "0.00", "5.00", "3.00")
    extraction = read(
        tmp_path, GK07, head, second, ("合计", "", *row), ("21208", "国有土地使用权出让收入安排的支出", *row)
    )
    incomes = [one.value for (_, measure), one in amounts_of(extraction, "GK07").items() if measure == "income"]
    assert incomes == ([70_000, 70_000] if is_read else [])
    assert "column_left_out" in doubts_of(extraction, "GK07")

"""A text with one damaged row: no value with the status as_printed is wrong, and no value is lost without a doubt."""

from functools import cache

import pytest

from ingest.pipeline import extract
from tests.ingest.truth import SAMPLES, figures_of, in_wan, true_amounts
from warehouse.records.reading import Status

SOUND = SAMPLES / "pingdingshan_gongxin_2023.txt"
TEXT = SOUND.read_text("utf-8")
TRUE = {(t.table, t.row, t.column): t.value for t in true_amounts(figures_of(SOUND))}

INCOME = "<b>本年收入合计</b>\t27\t2,175.87\t<b>本年支出合计</b>\t58\t2,175.87"
GK04_ITEM = "二、政府性基金预算财政拨款\t2\t0.00\t二、外交支出\t34\t0.00\t0.00\t0.00\t0.00"
GK04_RIGHT = "\t22\t\t二十二、灾害防治及应急管理支出\t54\t0.00\t0.00\t0.00\t0.00"
GK02_ROW = "22102\t住房改革支出\t90.22\t90.22\t0.00\t0.00\t0.00\t0.00\t0.00"
GK05_ROW = "2150501\t行政运行\t1,089.47\t960.06\t129.41\n"
GK06_ROW = "30101\t基本工资\t655.79\t30201\t办公费\t68.65\t30701\t国内债务付息\t0.00"
DAMAGES = {
    "income one column to the right": (INCOME, INCOME.replace("</b>\t27", "</b>\t\t27")),
    "expenditure one column to the right": (INCOME, INCOME.replace("</b>\t58", "</b>\t\t58")),
    "行次 and amount changed places": (INCOME, INCOME.replace("58\t2,175.87", "2,175.87\t58")),
    "GK04: a blank before 行次": (GK04_ITEM, GK04_ITEM.replace("外交支出\t34", "外交支出\t\t34")),
    "GK04: a blank among the amounts": (GK04_ITEM, GK04_ITEM.replace("34\t0.00", "34\t0.00\t")),
    "GK04: a row broken before its item": (GK04_RIGHT, GK04_RIGHT.replace("\t二十二", "\n二十二")),
    "GK04: a row broken behind its item": (GK04_RIGHT, GK04_RIGHT.replace("\t54", "\n54\t")),
    "GK02: name and amount in one cell": (GK02_ROW, GK02_ROW.replace("支出\t90.22", "支出90.22")),
    "GK02: two amounts in one cell": (GK02_ROW, GK02_ROW.replace("90.22\t90.22", "90.2290.22")),
    "GK02: two amounts in one cell, a blank between": (GK02_ROW, GK02_ROW.replace("90.22\t90.22", "90.22 90.22")),
    "GK02: a blank in front": (GK02_ROW, "\t" + GK02_ROW),
    "GK02: a blank before the name": (GK02_ROW, GK02_ROW.replace("22102\t", "22102\t\t")),
    "GK02: code and name in one cell": (GK02_ROW, GK02_ROW.replace("22102\t", "22102")),
    "GK02: a row broken behind its code": (GK02_ROW, GK02_ROW.replace("22102\t", "22102\n")),
    "GK05: a blank among the amounts": (GK05_ROW, GK05_ROW.replace("960.06\t", "960.06\t\t")),
    "GK05: a blank before the amounts": (GK05_ROW, GK05_ROW.replace("行政运行\t", "行政运行\t\t")),
    "GK05: no thousands before the comma": (GK05_ROW, GK05_ROW.replace("960.06", "0,960")),
    "GK05: a row broken among its amounts": (GK05_ROW, GK05_ROW.replace("960.06\t", "960.06\n")),
    "GK05: a row broken before its amounts": (GK05_ROW, GK05_ROW.replace("行政运行\t", "行政运行\n")),
    "GK05: the row twice": (GK05_ROW, GK05_ROW * 2),
    "GK05: a page break": (GK05_ROW, f"12\n\n{GK05_ROW}"),
    "GK06: code and name in one cell": (GK06_ROW, GK06_ROW.replace("30101\t", "30101")),
    "GK06: name and amount in one cell": (GK06_ROW, GK06_ROW.replace("基本工资\t", "基本工资")),
    "GK06: amount and code in one cell": (GK06_ROW, GK06_ROW.replace("655.79\t", "655.79")),
    "GK06: amount and code in one cell, a blank between": (GK06_ROW, GK06_ROW.replace("655.79\t", "655.79 ")),
    "GK06: a blank in front": (GK06_ROW, "\t" + GK06_ROW),
    "GK06: a blank before an amount": (GK06_ROW, GK06_ROW.replace("\t68.65", "\t\t68.65")),
    "GK06: a code lost": (GK06_ROW, GK06_ROW.replace("30201", "")),
    "GK06: a row broken between its groups": (GK06_ROW, GK06_ROW.replace("\t30201", "\n30201")),
}


@pytest.fixture(scope="module")
def read_damaged(tmp_path_factory):
    """A function that reads each case once, for both tests."""

    @cache
    def read(case):
        sound, broken = DAMAGES[case]
        assert sound in TEXT and sound != broken
        path = tmp_path_factory.mktemp("damaged") / SOUND.name
        path.write_text(TEXT.replace(sound, broken, 1), encoding="utf-8")
        return extract(path)

    return read


@pytest.fixture
def damaged(request, read_damaged):
    return read_damaged(request.param)


@pytest.mark.takes(10)
@pytest.mark.parametrize("damaged", list(DAMAGES), indirect=True)
def test_no_value_with_the_status_as_printed_is_wrong_after_the_damage(damaged):
    """A cell that is now blank is accepted if there is a doubt."""
    wrong = []
    for amount in damaged.amounts:
        true = TRUE.get((amount.table_code, amount.row_key, amount.measure))
        excused = amount.value is None and damaged.doubts
        if amount.status is Status.AS_PRINTED and in_wan(amount) != true and not excused:
            wrong.append((amount.table_code, amount.row_key, amount.measure, amount.printed))
    assert wrong == []


@pytest.mark.parametrize("damaged", list(DAMAGES), indirect=True)
def test_a_lost_value_has_a_doubt(damaged):
    read = {(a.table_code, a.row_key, a.measure) for a in damaged.amounts if a.value is not None}
    lost = {key for key, value in TRUE.items() if value is not None} - read
    assert not lost or damaged.doubts

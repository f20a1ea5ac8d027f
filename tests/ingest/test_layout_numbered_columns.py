"""Heading rows that nobody can read, under a sound title: the column numbers (栏次) and the identities of the form."""

import pytest

from tests.ingest.made_documents import SOUND_TABLE, amounts_of, doubts_of, numbers, read_disclosure, table_of
from warehouse.records.reading import Status, TableStatus

TITLE = "政府性基金预算财政拨款收入支出决算表\n单位：万元\n"
RUBBISH = "坝目\t\t平初绪转和绪佘\t本午收人\t小汁\t墓本攴出\t坝目攴出\t午木绪转\n"
BESIDE = "\t项目\t年初结转和结余\t本年收入\t\t\t年末结转和结余\t\n"  # the last one stands left of its column
NUMBERS = "\t栏次\t1\t2\t3\t4\t5\t6\n"
ROWS = """\t合计\t40.00\t300.00\t320.00\t0.00\t320.00\t20.00
212\t城乡社区支出\t40.00\t300.00\t320.00\t0.00\t320.00\t20.00
21208\t国有土地使用权出让收入安排的支出\t40.00\t300.00\t320.00\t0.00\t320.00\t20.00
2120803\t城市建设支出\t30.00\t100.00\t120.00\t0.00\t120.00\t10.00
2120804\t农村基础设施建设支出\t10.00\t200.00\t200.00\t0.00\t200.00\t10.00
"""
OTHERS = "\t项目\t年初结转和结余\t本年收入\t本年支出\t征地和拆迁补偿支出\t其他支出\t年末结转和结余\n"
IN_ANOTHER_ORDER = "\t项目\t平初绪转\t本午收人\t小汁\t项目支出\t墓本攴出\t午木绪转\n"
PRINTED = [line.split("\t")[2:] for line in ROWS.splitlines()]


def read(tmp_path, header, rows=ROWS):
    return read_disclosure(tmp_path, SOUND_TABLE + "\n" + TITLE + header + rows)


@pytest.mark.parametrize("header", [RUBBISH + NUMBERS, BESIDE + NUMBERS, RUBBISH + BESIDE + NUMBERS])
def test_the_column_numbers_of_the_form_and_its_identities_tell_the_columns(tmp_path, header):
    extraction = read(tmp_path, header)
    amounts = amounts_of(extraction, "GK07")
    assert list(numbers(amounts).values()) == PRINTED
    assert {amount.status for amount in amounts.values()} == {Status.AS_PRINTED}
    assert doubts_of(extraction, "GK07") == []


def without_last_column(line):
    return line.rpartition("\t")[0]


REFUSED = {
    "no column numbers": (RUBBISH, ROWS),
    "not counted from 1": (RUBBISH + NUMBERS.replace("\t1\t", "\t\t"), ROWS),
    "one column less": tuple("".join(f"{without_last_column(line)}\n" for line in part.splitlines())
                             for part in (RUBBISH + NUMBERS, ROWS)),
    "legible headings in another order": ("\t项目\t年末结转和结余\t本年收入\t\t\t年初结转和结余\t\n" + NUMBERS, ROWS),
    "sound headings of other measures": (OTHERS + NUMBERS, ROWS),
    "the one legible heading above a column that the identities do not tell from its own": (
        IN_ANOTHER_ORDER + NUMBERS, ROWS),
    "a row that no identity of the form allows": (BESIDE + NUMBERS, ROWS.replace("10.00\t200", "90.00\t200")),
    "nothing but zeros": (BESIDE + NUMBERS, "\t合计\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_proves_no_columns_is_refused(tmp_path, case):
    extraction = read(tmp_path, *REFUSED[case])
    assert table_of(extraction, "GK07").status is TableStatus.UNRECOGNISED
    assert amounts_of(extraction, "GK07") == {}
    assert doubts_of(extraction, "GK07") == ["table_not_understood"]

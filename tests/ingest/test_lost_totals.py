"""A row 总计 of which a converter kept the name and a stray mark: restored only where two identities agree."""

import pytest

from tests.ingest.made_documents import amounts_of, numbers, read_disclosure
from warehouse.records.reading import Presence, Status

GK04 = """财政拨款收入支出决算总表
单位：万元
收入\t\t支出\t\t\t\t
项目\t金额\t项目\t合计\t一般公共预算财政拨款\t政府性基金预算财政拨款\t国有资本经营预算财政拨款
一、一般公共预算财政拨款\t50.00\t一、教育支出\t52.00\t52.00\t0.00\t0.00
二、政府性基金预算财政拨款\t30.00\t二、其他支出\t29.00\t0.00\t29.00\t0.00
三、国有资本经营预算财政拨款\t0.00\t三、外交支出\t0.00\t0.00\t0.00\t0.00
本年收入合计\t80.00\t本年支出合计\t81.00\t52.00\t29.00\t0.00
年初财政拨款结转和结余\t5.00\t年末财政拨款结转和结余\t4.00\t2.00\t2.00\t0.00
一般公共预算财政拨款\t4.00\t\t\t\t\t
政府性基金预算财政拨款\t1.00\t\t\t\t\t
国有资本经营预算财政拨款\t0.00\t\t\t\t\t
"""
LOST = "总计\t85.00\t总计\t\t·\t\t\n"
WHOLE = ["85.00", "54.00", "31.00", "0.00"]


def total(tmp_path, text):
    read = read_disclosure(tmp_path, text)
    row = {key: one for key, one in amounts_of(read, "GK04").items() if key[0] == "expenditure:总计"}
    return numbers(row)["expenditure:总计"], list(row.values())


def test_a_lost_total_is_what_two_identities_say(tmp_path):
    values, amounts = total(tmp_path, GK04 + LOST)
    assert values == WHOLE
    assert {amount.status for amount in amounts} == {Status.REPAIRED}
    assert all(amount.presence is Presence.NUMBER and "两式相符" in amount.repair_reason for amount in amounts)


LEFT_AS_IT_IS = {
    "blank without a mark": (GK04 + LOST.replace("·", ""), [None, None, None, None]),
    "a number is left of it": (GK04 + LOST.replace("·", "54.00"), [None, "54.00", None, None]),
    "the two do not agree": (GK04 + LOST.replace("85.00", "88.00"), [None, "54.00", "31.00", "0.00"]),
    "only one of them": (GK04.replace("政府性基金预算财政拨款\t1.00", "政府性基金预算财政拨款\t") + LOST,
                         ["85.00", "54.00", None, "0.00"]),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT_AS_IT_IS)
def test_what_two_identities_do_not_say_is_not_filled_in(tmp_path, case):
    text, expected = LEFT_AS_IT_IS[case]
    assert total(tmp_path, text)[0] == expected

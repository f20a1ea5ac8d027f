"""A list of items, some of which are amounts of money and some counts: GK10."""

from decimal import Decimal

import pytest

from tests.ingest.made_documents import amounts_of, doubts_of, read_disclosure

GK10 = """部门决算公开相关信息统计表
单位：万元
项目\t行次\t统计数
一、政府采购情况\t\t
合计\t1\t12.50
1.货物\t2\t10.00
2.服务\t3\t2.50
二、机关运行经费\t\t
项目\t行次\t统计数
（一）行政单位\t4\t7.00
三、国有资产占用情况\t\t
（一）车辆数合计（辆）\t5\t3
1.机要通信用车\t6\t1
2.其他用车\t7\t2
（二）单价100万元（含）以上设备（不含车辆）\t8\t4
"""


@pytest.fixture
def gk10(tmp_path):
    return lambda text: read_disclosure(tmp_path, text)


def test_items_by_name_without_numbering(gk10):
    keys = [key for key, _ in amounts_of(gk10(GK10), "GK10")]
    assert keys[:4] == ["合计", "货物", "服务", "行政单位"]
    assert len(keys) == 8


@pytest.mark.parametrize(
    ("item", "value", "unit"),
    [
        ("货物", 100_000, "元"),
        ("行政单位", 70_000, "元"),
        ("车辆数合计（辆）", 3, "辆"),
        ("机要通信用车", 1, "辆"),
        ("单价100万元（含）以上设备（不含车辆）", 4, "台(套)"),
    ],
)
def test_money_is_in_yuan_and_a_count_is_a_count(item, value, unit, gk10):
    amount = amounts_of(gk10(GK10), "GK10")[item, "value"]
    assert (amount.value, amount.value_unit) == (Decimal(value), unit)


def test_a_figure_without_item_is_a_doubt(gk10):
    assert doubts_of(gk10(GK10.replace("1.货物\t2", "\t2").replace("2.服务\t3", "2\t3")), "GK10") != []

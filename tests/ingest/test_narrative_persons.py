"""Names of persons and telephone numbers are masked in texts of the narrative; other words are not changed."""

import pytest

from ingest.narrative import without_persons


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("退休人员经费增加，陈小明去世", "陈小明"),
        ("支付刘大海等3人抚恤金", "刘大海"),
        ("原局长何一鸣退休，工资减少", "何一鸣"),
        ("填报人：郑文，电话：0379-61234567", "郑文"),
        ("发放欧阳雪同志丧葬费", "欧阳雪"),
        ("联系方式13912345678", "13912345678"),
        ("联系电话0379-61234567", "61234567"),
    ],
)
def test_persons_are_masked(printed, name):
    assert name not in without_persons(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "退休人员去世,人员减少",
        "因单位退休人员增加",
        "年初预算为1,234.56万元,支出决算为2,345.67万元",
        "缴费基数调整，养老保险按在册人数缴纳",
        "严格控制机关运行成本，合理安排支出",
        "退休职工高温补贴增加",
        "人员调入，基本工资增加",
    ],
)
def test_other_words_are_not_masked(printed):
    assert without_persons(printed) == printed

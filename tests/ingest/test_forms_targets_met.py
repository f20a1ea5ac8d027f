"""Whether a target was met: decided by its operator, otherwise by the subject of the indicator, otherwise unknown."""

import pytest

from tests.ingest.test_checks_records import checks_of, indicator, project
from warehouse.records.reading import CheckOutcome, Status


@pytest.mark.parametrize(
    ("target", "actual", "level2", "level3", "met"),
    [
        ("20次", "30次", "数量指标", "组织培训", True),
        ("20次", "19次", "数量指标", "组织培训", False),
        ("95%", "96.15%", "质量指标", "设备验收", True),
        ("95%", "94.00%", "满意度指标", "群众", False),
        ("390万元", "334万元", "成本指标", "项目总投入", True),
        ("390万元", "391万元", "成本指标", "项目总投入", False),
        ("390万元", "334万元", "经济效益指标", "带动投资", None),
        ("100万元", "80万元", "成本指标", "节约资金", None),  # a cost indicator about savings, for which more is better
        ("30天", "25天", "时效指标", "平均用时", True),
        ("30天", "31天", "时效指标", "平均用时", False),
        ("100%", "99%", "时效指标", "项目进度", False),
        ("5件", "9件", "数量指标", "群众投诉", False),
        ("5%", "9%", "数量指标", "投诉处理率", None),
        ("390万元", "42元", "成本指标", "项目总投入", None),
        ("45万元", "420000元", "成本指标", "项目总投入", None),
        ("≥80000元", "79000元", "成本指标", "活动经费", False),  # a printed operator decides
        ("=100%", "100%", "社会效益指标", "影响", True),
        ("=100%", "90%", "社会效益指标", "影响", None),
        ("=100%", "90%", "产出指标", "任务完成率", False),
    ],
)
def test_whether_an_indicator_is_met_depends_on_its_direction(target, actual, level2, level3, met):
    assert indicator(1, target, actual, "10", "10", level1="指标", level2=level2, level3=level3).is_met is met


def test_a_doubtful_indicator_is_not_judged():
    assert indicator(1, "≥20次", "19次", "10", "10", status=Status.DOUBTFUL).is_met is None


@pytest.mark.parametrize(
    ("status", "target", "actual", "met"),
    [
        (Status.AS_PRINTED, ">90%", "90%", False),
        (Status.REPAIRED, ">90%", "90%", None),  # the cut may have removed the lower line of ≥
        (Status.REPAIRED, "<90%", "90%", None),
        (Status.REPAIRED, ">90%", "89%", False),
        (Status.REPAIRED, ">90%", "91%", True),
        (Status.REPAIRED, "≥90%", "90%", True),
    ],
)
def test_a_strict_sign_of_a_torn_cell_is_not_certain(status, target, actual, met):
    assert indicator(1, target, actual, "10", "10", status=status).is_met is met


@pytest.mark.parametrize(
    ("target", "actual", "level2", "is_broken"),
    [
        ("20次", "30次", "数量指标", False),
        ("20次", "19次", "数量指标", True),
        ("390万元", "334万元", "成本指标", False),
        ("390万元", "334万元", "经济效益指标", False),
        ("390万元", "400万元", "成本指标", True),
    ],
)
def test_full_points_for_a_target_that_was_missed(target, actual, level2, is_broken):
    """P8."""
    lines = (indicator(1, target, actual, "70", "70", level2=level2, level3="本年"),)
    found = checks_of(projects={"粮库维修": project(indicators=lines)})
    assert (CheckOutcome.BROKEN in {one.outcome for one in found if one.rule_id == "P8"}) is is_broken

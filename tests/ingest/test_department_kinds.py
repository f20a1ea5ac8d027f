"""The kind of a department: comparable across cities and years."""

import pytest

from ingest.about.department_kinds import department_kind


@pytest.mark.parametrize(
    ("name", "place", "kind"),
    [
        ("海州市工业和信息化局", "海州市", "工业和信息化"),
        ("海州市经济和信息化委员会", "海州市", "工业和信息化"),
        ("海州市科技和工业信息化局", "海州市", "工业和信息化"),
        ("海州市规划和自然资源局", "海州市", "自然资源"),
        ("海州市国土资源局", "海州市", "自然资源"),
        ("海州省财政厅", "海州省", "财政"),
        ("海州县教育体育局", "海州县", "教育"),
        ("海州市财政局(本级)", "海州市", "财政"),
        ("海州市水务(海洋)局", "海州市", "水利"),
        ("海州市交通委员会", "海州市", "交通运输"),
        ("海州县卫生和计划生育委员会", "海州县", "卫生健康"),
        ("海州区档案馆", "海州区", "档案"),
        ("中共海州市委宣传部", "中共海州市", "宣传"),
        ("无此市财政局", "", "财政"),  # a place that is not in the list
        ("无此市轨道交通局", "", "轨道交通"),  # the longest word of the list, not 交通
    ],
)
def test_one_kind_for_many_names(name, place, kind):
    assert department_kind(name, place) == kind


def test_an_unlisted_body_is_of_the_kind_it_is_named():
    assert department_kind("海州市桥梁博览局", "海州市") == "桥梁博览"


def test_a_name_of_nothing_but_a_place_has_no_kind():
    assert department_kind("海州市", "海州市") is None

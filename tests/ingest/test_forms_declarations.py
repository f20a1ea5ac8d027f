"""The declared labels of forms, and the small readers that they rest on."""

import tomllib
from decimal import Decimal as D

import pytest

from ingest.forms.contacts import without_contacts
from ingest.forms.spec import FOLDER, build_spec, load_specs, spec_of
from ingest.forms.targets import Quantity, quantity
from warehouse.kinds.declared import DeclarationError

GENERIC = tomllib.loads((FOLDER / "generic.toml").read_text("utf-8"))


def test_all_declarations_load():
    assert {spec.name for spec in load_specs()} == {"henan_project", "henan_department", "shanxi_project", "generic"}


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"name": "x", "kind": "city"}, "city"),
        ({"name": "x", "kind": "project", "colour": 1}, "colour"),
        ({"name": "x", "kind": "project", "money": {"gift": ["赠款"]}}, "money.gift"),
        ({"name": "x", "kind": "project", "money": {"executed": ["年初预算数"]}}, "年初预算数"),
        ({"name": "x", "kind": "project", "indicator_order": ["level4"]}, "level4"),
        ({"name": "x", "kind": "project", "groups": {"效益指标": ["数量指标"]}}, "数量指标"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_name(own, says):
    with pytest.raises(DeclarationError, match=says):
        build_spec(GENERIC, own)


def test_a_form_is_known_by_its_marks():
    assert spec_of(["部门预算总额", "投入管理指标"]).name == "henan_department"
    assert spec_of(["项目名称"]).name == "generic"


@pytest.mark.parametrize(
    ("printed", "taken"),
    [
        ("≥95%", Quantity(">=", D(95), "%")),
        ("不低于3,200人次", Quantity(">=", D(3200), "人次")),
        ("不超过12.5万元", Quantity("<=", D("12.5"), "万元")),
        ("大于等于6", Quantity(">=", D(6), None)),
        ("30天以内", Quantity("<=", D(30), "天")),
        ("0.35元/千瓦时", Quantity(None, D("0.35"), "元/千瓦时")),
        ("> 8 家", Quantity(">", D(8), "家")),
        ("2022年12月底前", Quantity()),
        ("12月", Quantity()),
        ("10-20家", Quantity()),
        ("逐步提高", Quantity()),
        ("-260万元", Quantity()),  # a misread = is as likely
        ("≥-5%", Quantity(">=", D(-5), "%")),
        (None, Quantity()),
    ],
)
def test_targets(printed, taken):
    assert quantity(printed) == taken


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("已整改。联系人：甄有财 13812345678", "已整改。"),
        ("负责人:贾大山,电话:0391-6628134", ""),
        ("服务企业13家，发放资料20000份", "服务企业13家，发放资料20000份"),
        ("项目负责人培训2次", "项目负责人培训2次"),
    ],
)
def test_contacts_leave_no_trace(printed, left):
    assert without_contacts(printed).strip(" ，,") == left

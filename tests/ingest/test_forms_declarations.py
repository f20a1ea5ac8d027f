"""The declared labels of forms, and the functions that read targets and contacts."""

from decimal import Decimal as D

import pytest

from ingest.forms.form_spec import build_spec, load_specs, spec_of
from ingest.forms.layout.contacts import without_contacts
from ingest.forms.values.quantities import Quantity, quantity
from warehouse.kinds.declared import DeclarationError, checked, read_toml
from warehouse.kinds.form_declarations import FOLDER, LABELS, Directions, form_labels

GENERIC = form_labels(read_toml(LABELS / "generic.toml"), "generic.toml")


def test_all_declarations_load():
    assert {spec.name for spec in load_specs()} == {"henan_project", "henan_department", "shanxi_project", "generic"}


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"kind": "city"}, r"kind: .*'city'"),
        ({"kind": "project", "colour": 1}, r"colour: "),
        ({"kind": "project", "money": {"gift": ["赠款"]}}, r"money\.gift"),
        ({"kind": "project", "money": {"executed": "全年执行数"}}, r"money\.executed: "),
        ({"kind": "project", "money": {"executed": ["年初预算数"]}}, r"money\.executed: “年初预算数” means both"),
        ({"kind": "project", "money": {"executed": ["、"]}}, r"money\.executed: .* is no label"),
        ({"kind": "project", "indicator_order": ["level4"]}, r"indicator_order\.0: .*'level4'"),
        ({"kind": "project", "groups": {"效益指标": ["数量指标"]}}, r"groups\.效益指标: 数量指标"),
    ],
)
def test_a_wrong_declaration_is_refused_with_file_and_key(own, says):
    with pytest.raises(DeclarationError, match=rf"^x\.toml: {says}"):
        build_spec(GENERIC, form_labels({"name": "x", **own}, "x.toml"))


def test_a_file_that_is_no_toml_is_refused_with_its_name(tmp_path):
    (tmp_path / "torn.toml").write_text("name = ", "utf-8")
    with pytest.raises(DeclarationError, match=r"^torn\.toml: "):
        read_toml(tmp_path / "torn.toml")


@pytest.mark.parametrize("section", ["words", "timely"])
def test_a_missing_section_of_directions_is_named(section):
    declared = read_toml(FOLDER / "directions.toml")
    declared[section].popitem()
    with pytest.raises(DeclarationError, match=rf"^directions\.toml: {section}\..*required"):
        checked(declared, Directions, "directions.toml")


def test_a_form_is_recognised_by_its_labels():
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
        ("-260万元", Quantity()),  # the minus may be a misread equals sign
        ("≥-5%", Quantity(">=", D(-5), "%")),
        ("达到95%以上", Quantity(">=", D(95), "%")),
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
def test_contacts_are_removed(printed, left):
    assert without_contacts(printed).strip(" ，,") == left

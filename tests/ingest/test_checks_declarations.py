"""Our own declarations: complete, and refused with the fault named where they are wrong."""

from decimal import Decimal

import pytest

from ingest.checks.class_names import items_of_classes
from ingest.checks.declarations import read_rules, rules_of
from ingest.checks.equations import equations
from ingest.checks.likely_causes import slips
from tests.kinds import ACCOUNTS
from warehouse.kinds.declared import DeclarationError

TABLES = [
    *(f"A{n}" for n in range(1, 6)), *(f"B{n}" for n in range(1, 11)), *(f"C{n}" for n in range(1, 7)),
    *(f"D{n}" for n in range(1, 11)), *(f"E{n}" for n in range(1, 7)), "F1", "F3", *(f"G{n}" for n in range(1, 5)),
    *(f"H{n}" for n in range(1, 5)), *(f"J{n}" for n in range(1, 4)),
]  # fmt: skip


def test_every_identity_of_the_domain_is_declared():
    declared = list(dict.fromkeys(rule.id for rule in rules_of(ACCOUNTS)))
    assert [rule for rule in declared if rule[0] not in "NP"] == TABLES
    assert [rule for rule in declared if rule[0] in "NP"] == [f"N{n}" for n in range(1, 10)] + [
        f"P{n}" for n in range(1, 15)
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('kind = "link"\nsays = "x"', "id is missing"),
        ('id = "X1"\nkind = "magic"\nsays = "x"', "kind 'magic' is none of"),
        ('id = "X1"\nkind = "link"\nsays = "x"\nleft = ["GK01/a/b"]', "kind link needs right"),
        ('id = "X1"\nkind = "row_sum"\nsays = "x"\ntable = "GK02"\nrwo = "*"', "unknown key rwo"),
        ('id = "X1"\nkind = "link"\nsays = "x"\nleft = ["GK01"]\nright = ["GK01/a/b"]', "'GK01' is no cell"),
    ],
)
def test_a_faulty_declaration_is_refused(tmp_path, text, fault):
    path = tmp_path / "faulty.toml"
    path.write_text(f"[[rule]]\n{text}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=fault) as raised:
        read_rules(path)
    assert "faulty.toml" in str(raised.value)


def test_equations_prove_without_knowing_values():
    rows = {("GK07", "TOTAL"): "合计", ("GK07", "229"): "其他支出"}
    balance = [one for one in equations(ACCOUNTS, rows) if one.rule == "B8" and one.cells[0][1] == "229"]
    (found,) = balance
    assert set(found.left) == {("GK07", "229", "closing_balance"), ("GK07", "229", "total")}
    assert set(found.right) == {("GK07", "229", "opening_balance"), ("GK07", "229", "income")}


@pytest.mark.parametrize(
    ("label", "item"),
    [
        ("资源勘探工业信息等支出", "expenditure:资源勘探信息等支出"),
        ("卫生健康支出", "expenditure:卫生健康"),
        ("战略储备安排", None),
    ],
)
def test_classes_find_their_items(label, item):
    rows = ["expenditure:资源勘探信息等支出", "expenditure:卫生健康", "expenditure:援助其他地区支出"]
    assert items_of_classes({"298": label}, rows).get("298") == item


def test_other_expenditure_is_not_aid_to_other_regions():
    assert items_of_classes({"229": "其他支出"}, ["expenditure:援助其他地区支出"]) == {}


@pytest.mark.parametrize(
    ("printed", "wanted", "how"),
    [
        ("5249.23", "249.23", "多印一位“5”"),
        ("113.40", "13.40", "“1”重复"),
        ("31.82", "13.82", "两位颠倒"),
        ("3.40", "34.0", "小数点错一位"),
        ("52300", "5.23", "以元为万元"),
        ("12.00", "99.00", None),
    ],
)
def test_slips_of_the_pen(printed, wanted, how):
    found = next(slips(Decimal(printed), Decimal(wanted), Decimal("0.005")), None)
    assert found is None if how is None else how in found

"""The declared rules are complete; a faulty declaration is refused with the fault."""

from decimal import Decimal
from pathlib import Path

import pytest

from ingest.checks.equations import equations
from ingest.checks.likely_causes import slips
from ingest.values.class_names import items_of_classes
from tests.kinds import ACCOUNTS
from warehouse.kinds.checks import Rule, Term, read_checks
from warehouse.kinds.declared import DeclarationError

TABLES = [
    *(f"A{n}" for n in range(1, 6)), *(f"B{n}" for n in range(1, 11)), *(f"C{n}" for n in range(1, 7)),
    *(f"D{n}" for n in range(1, 11)), *(f"E{n}" for n in range(1, 7)), "F1", "F3", *(f"G{n}" for n in range(1, 5)),
    *(f"H{n}" for n in range(1, 5)), *(f"J{n}" for n in range(1, 4)),
]  # fmt: skip
OTHERS = [*(f"N{n}" for n in range(1, 10)), *(f"P{n}" for n in range(1, 15))]
DOMAIN = {*TABLES, *OTHERS}


def test_every_identity_of_the_domain_is_declared_in_order():
    declared = dict.fromkeys(rule.id for rule in ACCOUNTS.rules)
    assert [rule for rule in declared if rule in TABLES] == TABLES
    assert [rule for rule in declared if rule in OTHERS] == OTHERS


def test_the_rules_that_are_warnings_and_those_that_block_comparison():
    by_id = {rule.id: rule for rule in ACCOUNTS.rules if rule.id in DOMAIN}
    assert sorted(one.id for one in by_id.values() if one.is_warning) == ["H3", "P11"]
    unfit = {one.id for one in by_id.values() if one.blocks_comparison}
    assert unfit == {one for one in by_id if one[0] != "P" and one != "H3"}
    assert {one.id[0] for one in by_id.values() if one.is_of_narrative} == {"N"}


FAMILY = '[[family]]\nletter = "X"\nname = "试用"\nabout = "x"\n'


def rules_in(folder: Path, text: str, family: str = FAMILY) -> tuple[Rule, ...]:
    (folder / "faulty.toml").write_text(f"{family}[[rule]]\n{text}\n", encoding="utf-8")
    return read_checks(folder, ACCOUNTS.tables).rules


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('kind = "link"\nsays = "x"', r"rule \?: id: field required"),
        ('id = "X1"\nkind = "magic"\nsays = "x"', "rule X1: kind 'magic' is none of"),
        ('id = "X1"\nkind = "link"\nsays = "x"\nleft = ["GK02/total/total"]', "rule X1: kind link needs right"),
        ('id = "X1"\nkind = "row_sum"\nsays = "x"\ntable = "GK02"\nrwo = "*"', "rule X1: rwo: extra inputs"),
        ('id = "X1"\nkind = "row_sum"\nsays = "x"\ntable = "GK02"\nseverity = "fatal"', "rule X1: severity: "),
        ('id = "X1"\nkind = "row_sum"\nsays = "x"\ntable = "GK88"', "rule X1: GK88 is no table of this kind"),
        ('id = "Y1"\nkind = "row_sum"\nsays = "x"\ntable = "GK02"', "rule Y1: no family Y is declared"),
        ('id = "X1"\nkind = "side_sum"\nsays = "x"\ntable = "GK01"\ntotal = "本年收入合计"', "is no row of GK01"),
        ('id = "X1"\nkind = "side_sum"\nsays = "x"\ntable = "GK01"\ntotal = "opening_balance"', "sums no items"),
    ],
)
def test_a_faulty_rule_is_refused(tmp_path, text, fault):
    with pytest.raises(DeclarationError, match=fault) as raised:
        rules_in(tmp_path, text)
    assert "faulty.toml" in str(raised.value)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("GK01", "'GK01' is no cell"),
        ("GK01/income:年初结转和结余/final", "is no row of GK01"),
        ("GK01/opening_balance/total", "total is no measure of GK01"),
        ("GK99/total/total", "GK99 is no table"),
        ("GK03/parts(opening_balance)/total", "opening_balance is no row of GK03"),
    ],
)
def test_a_cell_that_the_form_does_not_have_is_refused(tmp_path, cell, fault):
    with pytest.raises(DeclarationError, match=f"faulty.toml: rule X1: .*{fault}"):
        rules_in(tmp_path, f'id = "X1"\nkind = "link"\nsays = "x"\nleft = ["{cell}"]\nright = ["GK02/total/total"]')


COLUMNS = 'id = "X1"\nkind = "column_sum"\nsays = "x"\ntable = "GK03"\nsums = { total = ["basic", "project"] }\n'


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ('optional = ["basics"]', "basics is no measure of GK03"),
        ('within = { total = ["projects"] }', "projects is no measure of GK03"),
        ('within = { basic = ["project"] }', "within: basic is no sum of this rule"),
        ('checked = ["basic"]', "checked: basic is no sum of this rule"),
    ],
)
def test_a_column_that_the_form_or_the_rule_does_not_have_is_refused(tmp_path, more, fault):
    assert rules_in(tmp_path, COLUMNS + 'within = { total = ["project"] }')
    with pytest.raises(DeclarationError, match=f"faulty.toml: rule X1: {fault}"):
        rules_in(tmp_path, COLUMNS + more)


def test_a_cell_names_a_row_of_the_form(tmp_path):
    (rule,) = rules_in(
        tmp_path,
        'id = "X1"\nkind = "link"\nsays = "x"\nleft = ["-GK01/opening_balance/final or =0"]\n'
        'right = ["ΣGK10/parts(vehicles)/value"]\nseverity = "warning"',
    )
    assert rule.left == ((Term(-1, "GK01", "opening_balance", "final"), Term(-1, "=", "", "0")),)
    assert rule.right == (((Term(1, "GK10", "vehicles", "value", every=True, is_parts=True),),),)
    assert rule.is_warning and rule.blocks_comparison and rule.source == "表间勾稽"


def test_rules_of_one_id_are_equally_severe(tmp_path):
    one = 'id = "X1"\nkind = "row_sum"\nsays = "x"\ntable = "GK02"\n'
    with pytest.raises(DeclarationError, match="rule X1: severity and blocks_comparison differ"):
        rules_in(tmp_path, f'{one}[[rule]]\n{one}severity = "warning"')


def test_a_kind_without_a_folder_of_checks_has_none(tmp_path):
    assert read_checks(tmp_path / "checks", ACCOUNTS.tables).rules == ()


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
def test_an_item_is_matched_to_its_class(label, item):
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
def test_typing_errors_are_recognised(printed, wanted, how):
    found = next(slips(Decimal(printed), Decimal(wanted), Decimal("0.005")), None)
    assert found is None if how is None else how in found

"""A row is recognised by its declared wordings. A row with an unknown wording makes the sums of its side
undetermined."""

from dataclasses import replace

import pytest

from tests.ingest.made_documents import read_disclosure
from tests.ingest.test_checks_records import Key, all_amounts, all_tables, amount, checks_of, result_at, table
from warehouse.records.reading import Amount, CheckOutcome

EXACT, BROKEN, UNDETERMINED = CheckOutcome.EXACT, CheckOutcome.BROKEN, CheckOutcome.UNDETERMINED
OPENING = {"GK01": "income:年初结转和结余", "GK04": "income:年初财政拨款结转和结余"}
CLOSING = {"GK01": "expenditure:年末结转与结余", "GK04": "expenditure:年末财政拨款结转和结余"}
OPENING_WORDINGS = ["年初结转结余", "上年结转", "年初结转及结余", "上年结转结余"]
CLOSING_WORDINGS = ["结转下年", "年末结转及结余", "年末结转"]
FISCAL_OPENING = ["上年财政拨款结转", "年初财政拨款结转及结余", "上年财政拨款结转结余"]
FISCAL_CLOSING = ["年末财政拨款结转及结余", "财政拨款结转下年", "年末财政拨款结转结余"]


def renamed(code: str, row: str, wording: str) -> dict[Key, Amount]:
    """The whole disclosure with another name for one row, in the same position."""
    side = row.partition(":")[0]
    return {
        (table, f"{side}:{wording}" if (table, key) == (code, row) else key, measure): (
            replace(cell, row_key=f"{side}:{wording}", row_label=wording) if (table, key) == (code, row) else cell
        )
        for (table, key, measure), cell in all_amounts().items()
    }


def with_rows(changes: dict[Key, str], before: Key | None = None, unit: str = "万元") -> dict[Key, Amount]:
    """The whole disclosure with changed figures; new rows are inserted above the row `before`."""
    new = {key: amount(*key, text, unit=unit) for key, text in changes.items()}
    cells = {}
    for key, cell in all_amounts().items():
        if key == before:
            cells |= {one: made for one, made in new.items() if one not in all_amounts()}
        cells[key] = new.get(key, cell)
    return cells | {key: made for key, made in new.items() if key not in cells}


@pytest.mark.parametrize("wording", OPENING_WORDINGS)
def test_an_opening_balance_in_any_wording(wording):
    results = checks_of(renamed("GK01", OPENING["GK01"], wording))
    at = [("A3", "income:总计"), ("A5", "income:总计"), ("C6", "TOTAL"), ("F3", "TOTAL")]
    assert [result_at(results, rule, row).outcome for rule, row in at] == [EXACT] * 4
    assert f"GK01/income:{wording}/final" in result_at(results, "A3", "income:总计").cells


@pytest.mark.parametrize("wording", CLOSING_WORDINGS)
def test_a_closing_balance_in_any_wording(wording):
    results = checks_of(renamed("GK01", CLOSING["GK01"], wording))
    at = [("A4", "expenditure:总计"), ("C6", "TOTAL"), ("F3", "TOTAL")]
    assert [result_at(results, rule, row).outcome for rule, row in at] == [EXACT] * 3


@pytest.mark.parametrize("wording", [*OPENING_WORDINGS, *FISCAL_OPENING])
def test_an_opening_balance_of_fiscal_money_in_any_wording(wording):
    results = checks_of(renamed("GK04", OPENING["GK04"], wording))
    at = [("D3", "income:总计"), ("D2", f"income:{wording}"), ("F3", "TOTAL")]
    assert [result_at(results, rule, row).outcome for rule, row in at] == [EXACT] * 3


@pytest.mark.parametrize("wording", [*CLOSING_WORDINGS, *FISCAL_CLOSING])
def test_a_closing_balance_of_fiscal_money_in_any_wording(wording):
    results = checks_of(renamed("GK04", CLOSING["GK04"], wording))
    assert {one.outcome for one in results if one.rule_id == "D4"} == {EXACT}
    assert result_at(results, "F3", "TOTAL").outcome is EXACT


@pytest.mark.parametrize("wording", [*OPENING_WORDINGS, *CLOSING_WORDINGS])
def test_a_balance_of_any_wording_that_does_not_add_up_is_broken(wording):
    code, rows, rule = ("GK01", OPENING, "A3") if wording in OPENING_WORDINGS else ("GK01", CLOSING, "A4")
    cells = renamed(code, rows[code], wording)
    key = next(key for key in cells if key[1].endswith(f":{wording}"))
    cells[key] = amount(*key, "40.00")
    total = "income:总计" if rule == "A3" else "expenditure:总计"
    assert result_at(checks_of(cells), rule, total).outcome is BROKEN


@pytest.mark.parametrize(
    ("row", "code", "rules"),
    [
        (OPENING, "GK01", ["A3", "C6", "F3"]),
        (CLOSING, "GK01", ["A4", "C6", "F3"]),
        (OPENING, "GK04", ["D3", "F3"]),
        (CLOSING, "GK04", ["D4", "F3"]),
    ],
)
def test_a_row_of_an_unknown_name_leaves_its_sums_undetermined(row, code, rules):
    results = [one for one in checks_of(renamed(code, row[code], "往来沉淀经费")) if one.rule_id in rules]
    assert {one.rule_id: one.outcome for one in results} == dict.fromkeys(rules, UNDETERMINED)
    assert all(f"公开{code[2:]}表另有“往来沉淀经费”一行不知归属" in one.explanation for one in results)


@pytest.mark.parametrize(("name", "outcome"), [("专门基金滚存", UNDETERMINED), ("政府性基金预算财政拨款", BROKEN)])
def test_a_detail_of_an_unknown_name_leaves_the_sum_of_the_details_undetermined(name, outcome):
    """The balance is more than its known details; a row of another name may be what it is more."""
    balance = "income:年初财政拨款结转和结余"
    key = f"{balance}/{name}" if outcome is BROKEN else f"income:{name}"
    cells = {one: cell for one, cell in all_amounts().items() if one[1] != f"{balance}/政府性基金预算财政拨款"}
    cells["GK04", key, "amount"] = amount("GK04", key, "amount", "3.00")
    cells["GK04", balance, "amount"] = amount("GK04", balance, "amount", "777.77")
    results = checks_of(cells)
    assert result_at(results, "D2", balance).outcome is outcome


def test_a_row_of_an_unknown_name_without_a_figure_changes_nothing():
    cells = with_rows({("GK01", "income:往来沉淀经费", "final"): "0.00"}, ("GK01", "income:总计", "final"))
    cells["GK01", "income:年初结转和结余", "final"] = amount("GK01", "income:年初结转和结余", "final", "49.00")
    assert result_at(checks_of(cells), "A3", "income:总计").outcome is BROKEN


UNKNOWN_ITEM = ("GK01", "expenditure:专项安排", "final")
TOTAL_SPENT = ("GK01", "expenditure:本年支出合计", "final")
SPENT = ("GK01", "expenditure:其他支出", "final")


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({UNKNOWN_ITEM: "5.00", SPENT: "85.00"}, EXACT),
        ({UNKNOWN_ITEM: "5.00"}, UNDETERMINED),
        ({("GK01", "expenditure:教育", "final"): "5.00"}, BROKEN),
    ],
)
def test_an_item_of_an_unknown_name_leaves_the_sum_of_items_undetermined(changes, outcome):
    found = result_at(checks_of(with_rows(changes, TOTAL_SPENT)), "A2", "expenditure:本年支出合计")
    assert found.outcome is outcome
    assert ("另有“专项安排”一行不知归属" in found.explanation) == (outcome is UNDETERMINED)


def test_an_item_whose_name_is_no_class_breaks_no_rule():
    """C5: the item may be any 类 of GK03."""
    cells = with_rows({UNKNOWN_ITEM: "5.00", ("GK01", "expenditure:教育支出", "final"): "6.00"}, TOTAL_SPENT)
    results = checks_of(cells)
    assert result_at(results, "C5", "expenditure:教育支出").outcome is BROKEN
    assert result_at(results, "C5", "expenditure:专项安排").outcome is UNDETERMINED


@pytest.mark.parametrize(("wording", "outcome"), [("政府性基金收入", EXACT), ("基金类拨款", UNDETERMINED)])
def test_a_source_that_is_missing_may_be_a_row_of_an_unknown_name(wording, outcome):
    """C3: an amount of 1010.00 in GK02 is the sum of three sources in GK01."""
    found = result_at(
        checks_of(renamed("GK01", "income:政府性基金预算财政拨款收入", wording)), "C3", "TOTAL", "fiscal_appropriation"
    )
    assert found.outcome is outcome
    assert ("另有“基金类拨款”一行不知归属" in found.explanation) == (outcome is UNDETERMINED)


ALL_FISCAL = {
    ("GK01", "income:本年收入合计", "final"): "100.00", ("GK01", "income:使用非财政拨款结余", "final"): "",
    ("GK01", "income:年初结转和结余", "final"): "", ("GK01", "income:总计", "final"): "100.00",
    ("GK02", "TOTAL", "total"): "100.00", ("GK02", "TOTAL", "fiscal_appropriation"): "100.00",
    ("GK03", "TOTAL", "total"): "100.00", ("GK03", "208", "total"): "60.00", ("GK03", "222", "total"): "40.00",
    ("GK04", "income:年初财政拨款结转和结余", "amount"): "0.00",
    ("GK05", "TOTAL", "total"): "100.00", ("GK05", "208", "total"): "50.00", ("GK05", "222", "total"): "50.00",
}  # fmt: skip


@pytest.mark.parametrize(("wording", "outcome"), [("使用非财政拨款结余", BROKEN), ("动用往来经费", EXACT)])
def test_money_of_an_unknown_name_may_have_paid_for_more_than_the_budgets(wording, outcome):
    """F1: 60.00 is more than the 50.00 of the budgets, which is an error only if there is no other money."""
    spent = dict(ALL_FISCAL)
    if wording != "使用非财政拨款结余":
        spent = {
            (code, f"income:{wording}" if row == "income:使用非财政拨款结余" else row, measure): (
                "5.00" if row == "income:使用非财政拨款结余" else text
            )
            for (code, row, measure), text in spent.items()
        }
    cells = {key: amount(*key, text) for key, text in spent.items()}
    found = result_at(checks_of(cells, {}, {}), "F1", "208", "total")
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("row", "unit", "outcome"),
    [("巡逻用车", "辆", UNDETERMINED), ("执法执勤用车", "辆", BROKEN), ("巡逻设备", "台(套)", BROKEN)],
)
def test_a_kind_of_vehicle_of_an_unknown_name(row, unit, outcome):
    """J2: 3 vehicles in total, but 2 and 2 of two kinds."""
    known = ("GK10", "应急保障用车", "value")
    cells = with_rows({("GK10", row, "value"): "1"}, ("GK10", "车辆数合计(辆)", "value"), unit)
    cells[known] = amount(*known, "2", unit="辆")
    found = result_at(checks_of(cells), "J2", "车辆数合计(辆)")
    assert found.outcome is outcome
    assert ("“巡逻用车”一行不知归属" in found.explanation) == (outcome is UNDETERMINED)


@pytest.mark.parametrize(
    ("code", "key", "rule"),
    [
        ("GK02", ("208", "institutional"), "B1"),
        ("GK05", ("208", "project"), "B5"),
        ("GK04", ("expenditure:社会保障和就业支出", "government_fund"), "D5"),
        ("GK09", ("all", "final_reception"), "H1"),
    ],
)
@pytest.mark.parametrize("unread", [("会议费",), ()])
def test_every_row_of_a_table_with_an_unread_column_is_undetermined(code, key, rule, unread):
    cells = all_amounts() | {(code, *key): amount(code, *key, "77.00")}
    tables = all_tables() | {code: replace(table(code), is_whole=not unread, unread_columns=unread)}
    found = [one for one in checks_of(cells, tables=tables) if (one.rule_id, one.row_key) == (rule, key[0])]
    assert {one.outcome for one in found if one.difference} == {UNDETERMINED if unread else BROKEN}


PRINTED = """收入支出决算总表
单位：万元
收入\t\t支出\t
项目\t决算数\t项目\t决算数
一、一般公共预算财政拨款收入\t8.00\t一、一般公共服务支出\t6.00
二、事业收入\t2.00\t二、教育支出\t3.00
本年收入合计\t10.00\t本年支出合计\t9.00
使用非财政拨款结余\t0.00\t结余分配\t0.00
{opening}\t1.00\t{closing}\t2.00
总计\t11.00\t总计\t11.00
"""


@pytest.mark.parametrize(
    ("opening", "closing", "outcome"),
    [
        ("年初结转结余", "年末结转", EXACT),
        ("上年结转", "结转下年", EXACT),
        ("年初结转及结余", "年末结转及结余", EXACT),
        ("上年结转结余", "年末结转和结余", EXACT),
        ("往来沉淀经费", "往来沉淀经费", UNDETERMINED),
    ],
)
def test_wordings_of_balances_in_a_file(tmp_path, opening, closing, outcome):
    checks = read_disclosure(tmp_path, PRINTED.format(opening=opening, closing=closing)).checks
    found = [result_at(checks, rule, row) for rule, row in (("A3", "income:总计"), ("A4", "expenditure:总计"))]
    assert [one.outcome for one in found] == [outcome] * 2
    assert all(("另有“往来沉淀经费”一行不知归属" in one.explanation) == (outcome is UNDETERMINED) for one in found)

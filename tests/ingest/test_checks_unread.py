"""Rules about numbers that were not read are undetermined; with all numbers read the same rules are broken."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ingest.test_checks_records import (
    ITEM_208,
    all_amounts,
    all_stated,
    all_tables,
    amount,
    checks_of,
    project,
    result_at,
    stated,
    table,
)
from warehouse.records.reading import CheckOutcome, PerformanceFund, TableStatus

EXACT, BROKEN, UNDETERMINED = CheckOutcome.EXACT, CheckOutcome.BROKEN, CheckOutcome.UNDETERMINED


def tables_with(code: str, **changes):
    return all_tables() | {code: replace(table(code, changes.pop("status", TableStatus.PRESENT)), **changes)}


def without(*keys: tuple[str, str]):
    return {key: cell for key, cell in all_amounts().items() if key[:2] not in keys}


def changed(key, text: str):
    return all_amounts() | {key: amount(*key, text)}


UNREAD_COLUMN = {"is_whole": False, "unread_columns": ("事业收入/金额",)}
UNREAD_ROW = {"is_whole": False, "unread_rows": ("其他支出 90.00",)}


@pytest.mark.parametrize(("table_changes", "outcome"), [(UNREAD_COLUMN, UNDETERMINED), (UNREAD_ROW, BROKEN)])
def test_a_row_sum_is_undetermined_if_a_column_was_not_read(table_changes, outcome):
    cells = changed(("GK02", "208", "institutional"), "7.00")
    found = result_at(checks_of(cells, tables=tables_with("GK02", **table_changes)), "B1", "208")
    assert found.outcome is outcome
    assert ("事业收入/金额”一栏未能读出" in found.explanation) == (outcome is UNDETERMINED)


@pytest.mark.parametrize(("table_changes", "outcome"), [(UNREAD_COLUMN, BROKEN), (UNREAD_ROW, UNDETERMINED)])
def test_a_sum_over_rows_is_undetermined_if_a_row_was_not_read(table_changes, outcome):
    cells = changed(("GK03", "20805", "total"), "299.00")
    found = result_at(checks_of(cells, tables=tables_with("GK03", **table_changes)), "B4", "208", "total")
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("label", "outcome"), [("年初结转及结余", EXACT), ("上年结转结余", EXACT), ("其他转入", UNDETERMINED)]
)
def test_a_balance_of_another_wording(label, outcome):
    cells = without(("GK01", "income:年初结转和结余"), ("GK01", "income:总计"))
    for row, text in ((f"income:{label}", "50.00"), ("income:总计", "1160.00")):
        cells["GK01", row, "final"] = amount("GK01", row, "final", text)
    assert result_at(checks_of(cells), "A3", "income:总计").outcome is outcome


def test_a_known_balance_that_does_not_add_up_is_broken():
    assert (
        result_at(checks_of(changed(("GK01", "income:年初结转和结余", "final"), "49.00")), "A3", "income:总计").outcome
        is BROKEN
    )


RESTATED = "year_over_year/total_income_and_expenditure"


@pytest.mark.parametrize(
    ("code", "status", "outcome"),
    [
        ("GK01", TableStatus.ABSENT, None),
        ("GK01", TableStatus.PARTIAL, UNDETERMINED),
        ("GK10", TableStatus.ABSENT, BROKEN),
    ],
)
def test_a_total_of_the_narrative_is_not_broken_by_another_table(code, status, outcome):
    """N1: without GK01 the stated 收、支总计 may agree with the 合计 of GK02; a difference does not break the rule."""
    key = ("year_over_year", "total_income_and_expenditure", "current")
    cells = {at: cell for at, cell in all_amounts().items() if at[0] != code}
    if status is TableStatus.PARTIAL:  # one row was read, but not 总计
        cells["GK01", "income:其他收入", "final"] = all_amounts()["GK01", "income:其他收入", "final"]
    figures = all_stated()
    figures[key] = replace(figures[key], value=figures[key].value + 1)
    results = checks_of(cells, figures, tables=all_tables() | {code: table(code, status, False)})
    found = [one for one in results if one.rule_id == "N1" and one.row_key == RESTATED]
    assert [one.outcome for one in found] == ([outcome] if outcome else [])
    assert outcome is BROKEN or all(one.cells == (f"stated/{RESTATED}/current",) for one in found)


def test_a_total_of_the_narrative_may_agree_with_another_table():
    """N1: 收、支总计 is 1105.00, as the 合计 of GK02."""
    key = ("year_over_year", "total_income_and_expenditure", "current")
    cells = {at: cell for at, cell in all_amounts().items() if at[0] != "GK01"}
    figures = all_stated() | {key: replace(all_stated()[key], value=Decimal("1105.00"))}
    results = checks_of(cells, figures, tables=all_tables() | {"GK01": table("GK01", TableStatus.ABSENT)})
    assert result_at(results, "N1", RESTATED).outcome is EXACT


@pytest.mark.parametrize(("changes", "outcome"), [({}, BROKEN), (UNREAD_ROW, UNDETERMINED)])
def test_an_item_without_class_is_undetermined_if_a_row_was_not_read(changes, outcome):
    """C5."""
    cells = changed(("GK01", "expenditure:教育支出", "final"), "6.00")
    found = result_at(checks_of(cells, tables=tables_with("GK03", **changes)), "C5", "expenditure:教育支出")
    assert found.outcome is outcome


def test_an_item_without_class_is_undetermined_if_the_classes_are_less_than_the_total():
    """C5: a row was not read, and no doubt reports it."""
    cells = changed(("GK01", "expenditure:教育支出", "final"), "6.00")
    cells = {key: cell for key, cell in cells.items() if not (key[0] == "GK03" and key[1].startswith("229"))}
    assert result_at(checks_of(cells), "C5", "expenditure:教育支出").outcome is UNDETERMINED


@pytest.mark.parametrize(
    ("status", "outcome"), [(TableStatus.BLANK, UNDETERMINED), (TableStatus.EMPTY_WITH_STATEMENT, BROKEN)]
)
def test_a_table_without_figures_is_zero_only_if_it_states_so(status, outcome):
    cells = {key: cell for key, cell in all_amounts().items() if key[0] != "GK08"}
    assert result_at(checks_of(cells, tables=tables_with("GK08", status=status)), "E5", "TOTAL").outcome is outcome


@pytest.mark.parametrize(("lost", "outcome"), [("final_reception", UNDETERMINED), (None, BROKEN)])
def test_the_sum_of_three_public_is_undetermined_if_a_column_was_not_read(lost, outcome):
    cells = changed(("GK09", "all", "final_total"), "39.00")
    cells = {key: cell for key, cell in cells.items() if key[2] != lost}
    assert result_at(checks_of(cells), "H1", "all", "final_total").outcome is outcome


def test_a_group_without_the_row_of_its_class_is_undetermined():
    cells = without(("GK06", "303"))
    assert result_at(checks_of(cells), "G2", "PERSONNEL_TOTAL").outcome is UNDETERMINED


def figures_with(*more, without=()):
    figures = {key: one for key, one in all_stated().items() if key not in without}
    return figures | {(one.kind, one.subject, one.measure): one for one in more}


FUND_ITEM = "其他支出/其他政府性基金及对应专项债务收入安排的支出/其他地方自行试点项目收益专项债券收入安排的支出"
WRONG_TOTAL = stated("budget_vs_final", "TOTAL", "initial_budget", "900.00")
OF_FUND = [
    stated("budget_vs_final", FUND_ITEM, "initial_budget", "100.00", functional_code="2290402"),
    stated("budget_vs_final", FUND_ITEM, "final", "90.00", functional_code="2290402"),
]


def test_items_of_the_fund_are_not_added_to_those_of_the_general_budget():
    """N5: two items are 800.00; with the 100.00 of the fund they would be 900.00."""
    results = checks_of(figures=figures_with(*OF_FUND))
    assert result_at(results, "N5", "budget_vs_final/TOTAL", "initial_budget").outcome is EXACT
    results = checks_of(figures=figures_with(*OF_FUND, WRONG_TOTAL))
    assert result_at(results, "N5", "budget_vs_final/TOTAL", "initial_budget").outcome is BROKEN


@pytest.mark.parametrize(("words", "outcome"), [("年初无预算", BROKEN), ("支出决算为280.00万元", UNDETERMINED)])
def test_a_sum_is_undetermined_if_the_budget_of_an_item_was_not_read(words, outcome):
    """N5."""
    final = stated("budget_vs_final", ITEM_208, "final", "280.00", printed=words)
    third = [stated("budget_vs_final", f"{ITEM_208}甲", measure, "0.00") for measure in ("initial_budget", "final")]
    figures = figures_with(final, *third, WRONG_TOTAL, without=[("budget_vs_final", ITEM_208, "initial_budget")])
    assert result_at(checks_of(figures=figures), "N5", "budget_vs_final/TOTAL", "initial_budget").outcome is outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [("决算数小于全年预算数", EXACT), ("决算数小于年初预算数", BROKEN), ("决算数小于预算数", EXACT)],
)
def test_the_direction_is_compared_with_the_named_budget(said, outcome):
    """N6: initial 0.00, adjusted 321.02, final 300.00."""
    figures = figures_with(
        stated("budget_vs_final", ITEM_208, "initial_budget", "0.00"),
        stated("budget_vs_final", ITEM_208, "adjusted_budget", "321.02"),
        stated("budget_vs_final", ITEM_208, "final", "300.00", printed=said),
    )
    assert result_at(checks_of(figures=figures), "N6", f"budget_vs_final/{ITEM_208}").outcome is outcome


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [("增加5.00万元,下降1.00%", BROKEN), ("其中本级下降1.00%", UNDETERMINED)],
)
def test_opposite_directions_of_one_sentence_only(printed, outcome):
    """N6."""
    figures = figures_with(
        stated("year_over_year", "personnel", "change", "5.00", printed="增加5.00万元"),
        stated("year_over_year", "personnel", "change_pct", "-1.00", "%", printed=printed),
    )
    assert result_at(checks_of(figures=figures), "N6", "year_over_year/personnel").outcome is outcome


@pytest.mark.parametrize(
    ("percent", "printed", "outcome"),
    [
        ("93.45", "年初预算0.00万元,全年预算321.02万元,支出决算300.00万元,完成全年预算的93.45%", EXACT),
        ("94.45", "年初预算0.00万元,全年预算321.02万元,支出决算300.00万元,完成全年预算的94.45%", BROKEN),
    ],
)
def test_a_completion_is_compared_with_the_named_budget(percent, printed, outcome):
    """N2."""
    figures = figures_with(
        stated("budget_vs_final", ITEM_208, "initial_budget", "0.00"),
        stated("budget_vs_final", ITEM_208, "adjusted_budget", "321.02"),
        stated("budget_vs_final", ITEM_208, "final", "300.00"),
        stated("budget_vs_final", ITEM_208, "completion_pct", percent, "%", printed=printed),
    )
    assert result_at(checks_of(figures=figures), "N2", f"budget_vs_final/{ITEM_208}").outcome is outcome


def test_a_completion_of_a_budget_that_was_not_read_is_no_percentage_of_zero():
    """N7 and N2: the sentence compares with 全年预算, but only the 年初预算 of 0.00 was read."""
    figures = figures_with(
        stated("budget_vs_final", ITEM_208, "initial_budget", "0.00"),
        stated("budget_vs_final", ITEM_208, "completion_pct", "93.45", "%", printed="完成全年预算的93.45%"),
    )
    results = checks_of(figures=figures)
    assert not [one for one in results if one.row_key == f"budget_vs_final/{ITEM_208}" and one.rule_id in ("N2", "N7")]


@pytest.mark.parametrize(
    ("lost", "outcome"), [([], BROKEN), ([("income_composition", "total", "amount")], UNDETERMINED)]
)
def test_a_share_of_a_total_that_is_not_stated(lost, outcome):
    """N3: without the stated total the 合计 of GK02 may confirm the share, but not break the rule."""
    share = stated("income_composition", "fiscal_appropriation", "share_pct", "81.40", "%")
    results = checks_of(figures=figures_with(share, without=lost))
    assert result_at(results, "N3", "income_composition/fiscal_appropriation").outcome is outcome


def funds(*sources: tuple[str, int]):
    """A form with a budget of 100 and 90 spent."""
    made = tuple(PerformanceFund(source, None, None, Decimal(value)) for source, value in sources)
    return {"粮库维修": project(funds=made)}


@pytest.mark.parametrize(
    ("sources", "outcome"),
    [
        ([("财政拨款", 80), ("单位资金", 10)], EXACT),
        ([("财政拨款", 90), ("中央资金", 60), ("市级资金", 30)], UNDETERMINED),
        ([("财政拨款", 80), ("单位资金", 5)], BROKEN),
    ],
)
def test_sources_of_which_one_contains_another(sources, outcome):
    """P6."""
    assert result_at(checks_of(projects=funds(*sources)), "P6", "粮库维修", "executed").outcome is outcome


@pytest.mark.parametrize(("text", "outcome"), [("-5.00", UNDETERMINED), ("270.00", BROKEN)])
def test_a_part_may_exceed_a_whole_that_is_negative(text, outcome):
    """F1: 280.00 of fiscal money in a total of 270.00 is an error; with -5.00 of other money it may be right."""
    cells = changed(("GK03", "2080501", "total"), text)
    assert result_at(checks_of(cells), "F1", "2080501", "total").outcome is outcome


@pytest.mark.parametrize(("part", "outcome"), [("300.00", UNDETERMINED), ("", BROKEN)])
def test_a_blank_total_with_printed_parts_is_not_zero(part, outcome):
    """B4: the amount of 2080501 was shifted to another cell, or its row prints nothing."""
    cells = all_amounts()
    for measure, text in (("total", ""), ("basic", part)):
        cells["GK03", "2080501", measure] = amount("GK03", "2080501", measure, text)
    cells["GK03", "2080502", "total"] = amount("GK03", "2080502", "total", "1.00")
    assert result_at(checks_of(cells), "B4", "20805", "total").outcome is outcome


@pytest.mark.parametrize(("text", "outcome"), [("90.00", EXACT), ("91.00", BROKEN)])
def test_the_amount_used_instead_of_a_missing_table_is_subtracted_too(text, outcome):
    """F3: without GK07 the expenditure of the fund is that in GK04."""
    key = ("GK04", "expenditure:本年支出合计", "government_fund")
    cells = {at: cell for at, cell in changed(key, text).items() if at[0] != "GK07"}
    tables = all_tables() | {"GK07": table("GK07", TableStatus.ABSENT)}
    assert result_at(checks_of(cells, tables=tables), "F3", "TOTAL").outcome is outcome

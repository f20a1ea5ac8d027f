"""The money of a torn form that the narrative and the sums prove, and what they do not prove."""

from decimal import Decimal as D

import pytest

from ingest.document import Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.forms import read_forms
from tests.ingest.test_forms_torn import ROWS
from warehouse.records.places import Place
from warehouse.records.reading import StatedFigure

NAME = "河道保洁经费"


def torn(**instead):
    """The form, in which these rows replace those of the total, the two first funds and the total score."""
    places = {"total": 3, "first": 4, "second": 5, "score": 18}
    lines = list(ROWS)
    for name, text in instead.items():
        lines[places[name]] = text
    rows = tuple(RawRow(tuple(map(Cell, row.split("|"))), Place(line_no=n)) for n, row in enumerate(lines, 1))
    return Document("text", (Line("项目支出绩效自评情况表"), RawTable(rows, GridKind.CONVERTED)))


def said(**values):
    return [StatedFigure("project_score", f"2024年{NAME}", key, D(value), None, value) for key, value in values.items()]


def money(document, **values):
    (project,), doubts = read_forms(document, stated=said(**values))
    total = (project.initial_budget, project.adjusted_budget, project.executed)
    funds = {fund.source: (fund.initial_budget, fund.adjusted_budget, fund.executed) for fund in project.funds}
    return project, total, funds, doubts


ALL, NONE = (D(40), D(40), D(38)), (D(0), D(0), D(0))
WITHOUT_RATE = {"total": "项目资金|年度资金|总额:|40|40||38|10||", "first": "(万元)|财政拨|款|40|40||38|-||-"}


def test_the_other_funds_are_nothing_where_one_is_the_whole_total():
    _, total, funds, _ = money(torn(second="|财政专户管|理资金|0|0||38|-|0.00%|-"))
    assert (total, funds) == (ALL, {"财政拨款": ALL, "财政专户管理资金": NONE, "单位资金": NONE})


def test_a_cut_amount_of_the_only_open_fund_is_what_the_others_leave_of_the_total():
    _, _, funds, doubts = money(torn(first="(万元)|财政拨|款|40|4||38|-|95. 0 %|-"))
    assert funds["财政拨款"] == ALL
    assert any(doubt.reason.startswith("财政拨款:由合计行") for doubt in doubts)


def test_a_fund_of_a_total_that_nothing_proves_stays_open():
    _, total, funds, _ = money(torn(**WITHOUT_RATE))
    assert total == (None, None, None)
    assert funds["财政拨款"] == (None, None, None)


@pytest.mark.parametrize(("amount", "executed"), [("38", D(38)), ("83", None)])
def test_the_narrative_proves_what_it_names_and_the_form_prints(amount, executed):
    document = torn(**WITHOUT_RATE, score="||总分||||100|||")
    assert money(document, amount=amount)[1] == (None, None, executed)


def test_of_several_possible_totals_the_one_that_the_narrative_names_is_taken():
    document = torn(score="||总分||||100|9|8.5|")
    assert money(document)[0].total_score is None
    assert money(document, score="98.5")[0].total_score == D("98.5")
    assert money(document, score="77")[0].total_score is None


def test_points_left_for_the_execution_prove_the_budget_that_the_border_kept():
    document = torn(**WITHOUT_RATE)
    project, total, funds, _ = money(document, amount="38", score="98.5")
    assert (total, project.execution_rate_pct, project.execution_score) == (ALL, D(95), D("9.5"))
    assert funds == {"财政拨款": ALL, "财政专户管理资金": NONE, "单位资金": NONE}
    assert money(document, amount="38", score="98")[1] == (None, None, D(38))  # another score than the form prints

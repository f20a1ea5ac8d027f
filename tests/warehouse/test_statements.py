"""Narrative, performance forms and check results are loaded and shown by the public views."""

from collections.abc import Iterator
from decimal import Decimal

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.warehouse.factory import extraction
from tests.warehouse.factory_statements import checked, said, small_form
from tests.warehouse.test_loader import violations
from tests.warehouse.test_marts import pick
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.records.places import Place
from warehouse.records.reading import CheckOutcome, Indicator, Status

CONTACTS = "%(contact|phone|telephone|filler|person_name|mobile|联系|填报人|电话)%"


@pytest.fixture
def small(module_database: str) -> Iterator[psycopg.Cursor]:
    with connect(module_database) as connection:
        load(connection, extraction())
        yield connection.cursor(row_factory=dict_row)


def test_a_stated_figure_has_its_unit_place_and_subject(small):
    query = "select * from mart.stated_figure where subject = '行政运行' and measure = 'final'"
    row = small.execute(query).fetchone()
    assert pick(row, "kind", "value", "unit", "amount_wan") == ("budget_vs_final", 450000, "元", 45)
    assert pick(row, "functional_code", "printed", "page", "status") == ("2150501", "450000元", 8, "as_printed")
    assert row["is_current"] is True


def test_a_reason_is_text_without_a_value(small):
    row = small.execute("select * from mart.stated_figure where measure = 'reason'").fetchone()
    assert pick(row, "value", "text", "unit", "amount_wan") == (None, "人员增加", None, None)


def test_a_count_has_no_amount_of_money(small):
    row = small.execute("select * from mart.stated_figure where measure = 'vehicles_owned'").fetchone()
    assert pick(row, "value", "unit", "amount_wan") == (0, "辆", None)


def test_two_forms_of_one_name_are_two_rows(small):
    first, second = small.execute("select * from mart.performance_project order by form_no").fetchall()
    assert pick(first, "project", "kind", "functional_code", "grade") == ("产业扶持资金", "project", "2150502", "优")
    money = ("initial_budget_wan", "adjusted_budget_wan", "executed_wan", "execution_rate_pct")
    assert pick(first, *money) == (12, 10, Decimal("9.5"), 95)
    assert pick(first, "execution_weight", "execution_score", "total_score") == (10, Decimal("9.5"), Decimal("99.5"))
    assert pick(second, "form_no", "project", "executed_wan", "total_score") == (2, "产业扶持资金", 0, None)


def test_the_rows_of_a_form_belong_to_it(small):
    funds = small.execute("select * from mart.performance_fund where form_no = 1 order by fund_no").fetchall()
    assert [pick(row, "project", "source", "executed_wan") for row in funds] == [
        ("产业扶持资金", "财政拨款", Decimal("9.5")),
        ("产业扶持资金", "单位资金", None),
    ]
    managed = small.execute("select * from mart.performance_management where form_no = 2").fetchall()
    assert [pick(row, "project", "item", "weight", "score") for row in managed] == [
        ("产业扶持资金", "安排科学性", 4, 4)
    ]


def test_an_indicator_as_printed_and_taken_apart(small):
    query = "select * from mart.performance_indicator where form_no = 1 order by seq"
    number, words = small.execute(query).fetchall()
    assert pick(number, "level1", "level2", "level3", "target", "actual") == (
        "产出指标",
        "数量指标",
        "扶持企业数",
        "≥10家",
        "12家",
    )
    assert pick(number, "target_operator", "target_value", "target_unit", "actual_value") == (">=", 10, "家", 12)
    assert pick(words, "seq", "level2", "target_operator", "target_value") == (2, None, None, None)


def test_a_check_shows_both_sides_in_its_unit(small):
    row = small.execute("select * from mart.check_result where outcome = 'broken'").fetchone()
    assert pick(row, "rule_id", "table_code", "row_key", "unit") == ("P4", None, "产业扶持资金", "%")
    assert pick(row, "left_wan", "right_wan", "difference_wan", "also_fits") == (96, 95, 1, "邻项")
    assert row["cells"] == ["GK03/TOTAL/total", "GK03/215/total"]


def test_a_check_needs_neither_table_nor_row(small):
    row = small.execute("select * from mart.check_result where outcome = 'not_applicable'").fetchone()
    assert pick(row, "rule_id", "table_code", "row_key", "measure") == ("E6", None, None, None)


def test_a_duplicate_check_is_loaded_and_found_by_the_audit(connection):
    load(connection, extraction(checks=(checked("B4", CheckOutcome.EXACT), checked("B4", CheckOutcome.BROKEN))))
    ((view, _, times),) = violations(connection)["010_grain_of_marts"]
    assert (view, times) == ("check_result", 2)


def test_a_code_of_the_narrative_only_becomes_a_subject(connection):
    stated = (said("budget_vs_final", "新科目", "final", "1.00", functional_code="2999901"),)
    load(connection, extraction(stated=stated))
    query = "select functional_code from mart.stated_figure"
    assert connection.execute(query).fetchall() == [("2999901",)]
    assert violations(connection) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"stated": (said("structure", "教育支出", "amount", None),)},
        {"stated": (said("structure", "教育支出", "amount", "1", status=Status.REPAIRED),)},
        {"stated": (said("structure", "教育支出", "amount", "1", place=Place(0)),)},
        {"projects": (small_form(kind="programme"),)},
        {"projects": (small_form(indicators=(Indicator(0, "产出指标", None, None),)),)},
        {"projects": (small_form(indicators=(Indicator(1, None, None, None, target_operator="≥"),)),)},
    ],
    ids=["says nothing", "repair without reason", "page zero", "kind", "sequence from zero", "operator"],
)
def test_the_database_refuses_impossible_records(connection, wrong):
    with pytest.raises(psycopg.errors.CheckViolation):
        load(connection, extraction(**wrong))
    assert connection.execute("select count(*) from warehouse.document_version").fetchone() == (0,)


def test_an_older_version_stays_readable_and_is_not_current(connection):
    load(connection, extraction("first"))
    load(connection, extraction("corrected", stated=(), projects=(), checks=()))
    for view in ("stated_figure", "performance_project", "performance_fund", "performance_indicator", "check_result"):
        assert connection.execute(f"select bool_or(is_current), count(*) > 0 from mart.{view}").fetchone() == (
            False,
            True,
        )


def test_a_reading_without_narrative_and_forms_is_loaded(connection):
    loaded = load(connection, extraction(stated=(), projects=(), checks=()))
    assert (loaded.stated, loaded.projects, loaded.indicators, loaded.checks) == (0, 0, 0, 0)
    assert connection.execute("select checks_exact, checks_broken from mart.disclosure").fetchone() == (0, 0)


def test_no_mart_has_a_column_for_contacts(connection):
    query = "select table_name, column_name from information_schema.columns where table_schema = 'mart'"
    found = connection.execute(f"{query} and column_name similar to %s", [CONTACTS]).fetchall()
    assert found == []

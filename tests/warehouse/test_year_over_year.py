"""mart.year_over_year: last year's amount from its document, from this year's narrative, and whether both agree."""

from dataclasses import replace
from decimal import Decimal

import pytest
from psycopg.rows import dict_row

from tests.warehouse.budgets import budget, budget_row
from tests.warehouse.factory import cell, row
from tests.warehouse.factory_statements import changed, checked, said
from tests.warehouse.test_year_checks import year
from warehouse.load.document import load
from warehouse.load.series import load_series
from warehouse.publish import refresh
from warehouse.records.reading import CheckOutcome, Scope, Status, TableFound, TableStatus

HEADLINE = "general_public_expenditure"


def compared(connection, metric: str = HEADLINE, fiscal_year: int = 2024) -> dict:
    cursor = connection.cursor(row_factory=dict_row)
    query = "select * from mart.year_over_year where metric = %s and fiscal_year = %s"
    return cursor.execute(query, [metric, fiscal_year]).fetchone()


def pick(found: dict, *columns: str) -> tuple:
    return tuple(found[column] for column in columns)


def spent(fiscal_year: int, wan: str, *stated, **changes):
    return year(fiscal_year, [cell("GK05", "TOTAL", "total", wan)], stated, **changes)


def bridge(connection, relation: str, *pairs: tuple[str, str], from_year: int = 2024, classification="functional"):
    """Replaces the list of bridges by these; the names are those of the codes."""
    connection.execute("delete from warehouse.subject_bridge")
    for old, new in pairs:
        connection.execute(
            "insert into warehouse.subject_bridge values (%s, %s, %s, %s, %s, %s, %s, '财政部通知')",
            [classification, from_year, old, f"旧{old}", new, f"新{new}", relation],
        )
    refresh.rebuild(connection)


def test_with_one_document_the_prior_amount_is_that_of_its_sentence(connection):
    load(connection, spent(2024, "70.00", *changed(HEADLINE, "70.00", "-5.00")))
    found = compared(connection)
    assert pick(found, "amount_wan", "prior_amount_wan", "prior_source", "change_wan", "stated_change_wan") == (
        70, 75, "stated", -5, -5
    )  # fmt: skip
    assert pick(found, "published_prior_wan", "published_minus_stated_wan", "outcome") == (None, None, "not_applicable")
    assert pick(found, "change_pct", "is_comparable", "why_not") == (Decimal("-6.67"), True, None)


def test_without_document_or_sentence_there_is_no_prior_amount_but_a_reason(connection):
    load(connection, spent(2024, "70.00"))
    found = compared(connection)
    assert pick(found, "prior_amount_wan", "prior_source", "change_wan", "is_comparable") == (None, None, None, False)
    assert found["why_not"] == "上年文件未入库，本年文件也未述此数的增减"


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("last", "outcome", "difference"),
    [("75.00", "exact", "0"), ("75.01", "rounding", "0.01"), ("94.88", "broken", "19.88")],
)
def test_with_two_documents_both_prior_amounts_are_shown_and_compared(connection, last, outcome, difference):
    load(connection, spent(2024, "70.00", *changed(HEADLINE, "70.00", "-5.00")))
    load(connection, spent(2023, last))
    found = compared(connection)
    assert pick(found, "published_prior_wan", "stated_prior_wan", "prior_source") == (Decimal(last), 75, "published")
    assert pick(found, "outcome", "published_minus_stated_wan") == (outcome, Decimal(difference))
    assert found["change_wan"] == 70 - Decimal(last)
    assert (f"相差 {difference} 万元" in found["explanation"]) == (outcome == "broken")


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("this", "last", "finding"),
    [
        (("70.00", "-5.00"), ("94.88", "-5.00"), "stale_copy"),  # the change of last year's sentence
        (("94.88", "-5.00"), ("94.88", "3.00"), "stale_copy"),  # the figure of last year's table
        (("70.00", "5.00"), ("75.00", None), "wrong_direction"),
        (("70.00", "-5.00"), ("94.88", None), None),
    ],
)
def test_a_difference_with_a_known_cause_is_named(connection, this, last, finding):
    load(connection, spent(2024, "70.00", *changed(HEADLINE, *this)))
    load(connection, spent(2023, last[0], *(changed(HEADLINE, *last) if last[1] else ())))
    found = compared(connection)
    assert pick(found, "outcome", "finding") == ("broken", finding)
    assert ("疑为" in found["explanation"]) == (finding is not None)


@pytest.mark.takes(3)
@pytest.mark.parametrize(
    ("metric", "address"),
    [
        ("expenditure", ("GK03", "TOTAL", "total")),
        ("income", ("GK01", "income:本年收入合计", "final")),
        ("three_public_vehicle_operation", ("GK09", "all", "final_vehicle_operation")),
        ("functional:2150501", ("GK03", "2150501", "total")),
        ("general_public:2150501", ("GK05", "2150501", "total")),
        ("economic:30201", ("GK06", "30201", "final")),
    ],
)
def test_every_kind_of_metric_has_a_prior_amount(connection, metric, address):
    load(connection, year(2024, [cell(*address, "12.00")]))
    load(connection, year(2023, [cell(*address, "10.00")]))
    found = compared(connection, metric)
    assert pick(found, "change_wan", "change_pct", "is_comparable") == (2, 20, True)


def test_operating_cost_and_procurement_come_from_the_narrative(connection):
    for fiscal_year, cost, bought in ((2023, "10.00", "30"), (2024, "12.00", "40")):
        stated = (said("operating_cost", "all", "final", cost), said("procurement", "all", "total", bought))
        load(connection, year(fiscal_year, stated=stated))
    assert compared(connection, "operating_cost")["change_wan"] == 2
    assert compared(connection, "procurement")["change_wan"] == 10


def test_a_class_the_narrative_names_is_one_of_the_general_public_budget(connection):
    stated = changed("教育支出", None, "5.00", functional_code="205")
    load(connection, year(2024, [cell("GK05", "205", "total", "30.00", row_label="教育支出")], stated))
    assert pick(compared(connection, "general_public:205"), "prior_amount_wan", "prior_source") == (25, "stated")


def test_a_base_of_zero_has_no_percentage(connection):
    load(connection, spent(2024, "70.00"))
    load(connection, spent(2023, "0.00"))
    assert pick(compared(connection), "change_wan", "change_pct") == (70, None)


@pytest.mark.parametrize("which", [2023, 2024])
def test_a_broken_identity_in_either_year_is_not_comparable(connection, which):
    broken = checked("E1", CheckOutcome.BROKEN, cells=("GK05/TOTAL/total",), explanation="与公开04表不等")
    for fiscal_year in (2023, 2024):
        made = spent(fiscal_year, "70.00", *changed(HEADLINE, "70.00", "0.00"))
        load(connection, replace(made, checks=(broken,)) if fiscal_year == which else made)
    found = compared(connection)
    assert pick(found, "is_comparable", "outcome") == (False, "undetermined")
    assert found["why_not"].endswith("所涉勾稽关系不符（E1）：与公开04表不等")
    assert found["why_not"].startswith("上年数：") == (which == 2023)


def test_a_doubtful_number_of_last_year_is_no_prior_amount(connection):
    load(connection, spent(2024, "70.00"))
    unread = cell("GK05", "TOTAL", "total", "9.00", value=None, status=Status.DOUBTFUL, repair_reason="不清")
    load(connection, year(2023, [unread]))
    assert pick(compared(connection), "prior_amount_wan", "why_not") == (None, "上年数：数字未能确切读出")


def test_department_and_unit_accounts_are_not_compared(connection):
    load(connection, spent(2024, "70.00"))
    load(connection, spent(2023, "75.00", profile={"scope": Scope.UNIT}))
    assert compared(connection)["prior_amount_wan"] is None


# --- codes that were renamed, moved, split or merged


def test_a_code_renamed_between_the_years_needs_its_bridge(connection):
    old, new = "行政事业单位离退休", "行政事业单位养老支出"  # the list renames 20805 in 2021
    connection.execute("delete from warehouse.subject_bridge")
    load(connection, year(2021, [cell("GK03", "20805", "total", "12.00", row_label=new)]))
    load(connection, year(2020, [cell("GK03", "20805", "total", "10.00", row_label=old)]))
    refresh.rebuild(connection)
    found = compared(connection, "functional:20805", 2021)
    assert pick(found, "prior_amount_wan", "bridge", "is_comparable") == (None, None, False)
    assert found["why_not"] == f"科目名称由“{old}”变为“{new}”，科目衔接表未载"
    connection.execute(
        "insert into warehouse.subject_bridge"
        " values ('functional', 2021, '20805', %s, '20805', %s, 'renamed', '参考表')",
        [old, new],
    )
    refresh.rebuild(connection)
    found = compared(connection, "functional:20805", 2021)
    assert pick(found, "prior_amount_wan", "is_comparable") == (10, True)
    assert pick(found, "bridge", "bridge_relation", "bridge_source") == (
        f"20805 {old} → 20805 {new}", "renamed", "参考表"
    )  # fmt: skip


def test_a_moved_code_is_compared_with_where_it_came_from(connection):
    bridge(connection, "moved", ("2150605", "2240106"))
    load(connection, year(2024, [cell("GK03", "2240106", "total", "12.00", row_label="新2240106")]))
    load(connection, year(2023, [cell("GK03", "2150605", "total", "10.00", row_label="旧2150605")]))
    found = compared(connection, "functional:2240106")
    assert pick(found, "change_wan", "bridge_relation", "bridge") == (
        2,
        "moved",
        "2150605 旧2150605 → 2240106 新2240106",
    )


def test_a_code_whose_content_moved_to_others_is_not_compared(connection):
    bridge(connection, "moved", ("2150605", "2240106"))
    for fiscal_year in (2023, 2024):
        load(connection, year(fiscal_year, [cell("GK03", "2150605", "total", "10.00", row_label="旧2150605")]))
    found = compared(connection, "functional:2150605")
    assert pick(found, "prior_amount_wan", "is_comparable") == (None, False)
    assert "无从分列或相比" in found["why_not"]


def test_merged_codes_are_added_up(connection):
    bridge(connection, "merged", ("20115", "20138"), ("20117", "20138"))
    load(connection, year(2024, [cell("GK03", "20138", "total", "50.00", row_label="新20138")]))
    last = [*row("GK03", "20115", total="20.00"), *row("GK03", "20117", total="25.00")]
    load(connection, year(2023, last))
    found = compared(connection, "functional:20138")
    assert pick(found, "published_prior_wan", "is_comparable") == (45, True)
    assert found["bridge"] == "20115 旧20115、20117 旧20117 → 20138 新20138"


def test_a_code_that_received_content_needs_its_own_bridge_for_its_former_content(connection):
    for fiscal_year, codes in ((2024, ["20138"]), (2023, ["20115", "20138"])):
        load(connection, year(fiscal_year, [cell("GK03", code, "total", "20.00") for code in codes]))
    bridge(connection, "merged", ("20115", "20138"))
    assert pick(compared(connection, "functional:20138"), "published_prior_wan", "is_comparable") == (None, False)
    bridge(connection, "merged", ("20115", "20138"), ("20138", "20138"))
    assert pick(compared(connection, "functional:20138"), "published_prior_wan", "is_comparable") == (40, True)


def test_the_class_content_moved_into_and_the_one_it_left_are_not_comparable(connection):
    bridge(connection, "moved", ("2150605", "2240106"))
    for fiscal_year in (2023, 2024):
        load(connection, year(fiscal_year, [cell("GK03", code, "total", "20.00") for code in ("215", "224", "208")]))
    assert pick(compared(connection, "functional:215"), "published_prior_wan", "is_comparable") == (20, False)
    assert compared(connection, "functional:224")["why_not"].startswith("所属科目有改列：2150605")
    assert compared(connection, "functional:208")["is_comparable"]


def test_a_sum_over_a_table_that_was_not_read_whole_may_lack_a_part(connection):
    bridge(connection, "merged", ("20115", "20138"), ("20117", "20138"))
    load(connection, year(2024, [cell("GK03", "20138", "total", "50.00")]))
    torn = (TableFound("GK03", TableStatus.PRESENT, is_whole=False),)
    load(connection, year(2023, row("GK03", "20115", total="20.00"), tables=torn))
    assert "相加的科目可能不全" in compared(connection, "functional:20138")["why_not"]


def test_one_name_printed_in_both_years_is_no_rename(connection):
    for fiscal_year in (2020, 2021):  # the list's name changes between them
        label = "行政事业单位离退休"
        load(connection, year(fiscal_year, [cell("GK03", "20805", "total", "12.00", row_label=label)]))
    connection.execute("delete from warehouse.subject_bridge")
    assert pick(compared(connection, "functional:20805", 2021), "prior_amount_wan", "is_comparable") == (12, True)


# --- the amount of last year that a sentence implies


def test_a_sentence_that_contradicts_its_table_gives_no_prior_amount(connection):
    load(connection, spent(2024, "400.00", *changed(HEADLINE, "4000.00", "50.00")))
    found = compared(connection)
    assert pick(found, "prior_amount_wan", "change_wan", "is_comparable") == (None, None, False)
    assert found["why_not"].startswith("情况说明所述本年数 4000.00 万元与表中的 400.00 万元不符")


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("current", "change", "half", "last", "outcome"),
    [
        ("12000", "500", "50", "11523.45", "rounding"),  # 1.20亿元 and 0.05亿元
        ("12000", "500", "50", "11650.00", "broken"),
        ("12000.00", "500.00", "0.005", "11500.02", "broken"),
    ],
)
def test_the_rounding_of_a_sentence_is_allowed_for(connection, current, change, half, last, outcome):
    stated = [replace(one, half_unit=Decimal(half)) for one in changed(HEADLINE, current, change)]
    load(connection, spent(2024, "12000.00", *stated))
    load(connection, spent(2023, last))
    assert compared(connection)["outcome"] == outcome
    query = "select outcome from mart.check_result where rule_id = 'Y1'"
    assert connection.execute(query).fetchall() == [(outcome,)]


def test_a_sentence_may_agree_with_last_years_narrative_instead_of_its_table(connection):
    load(connection, spent(2024, "70.00", *changed(HEADLINE, "70.00", "-5.00")))
    load(connection, spent(2023, "75.10", *changed(HEADLINE, "75.00", "1.00")))
    found = compared(connection)
    assert pick(found, "outcome", "published_minus_stated_wan") == ("exact", Decimal("0.10"))
    assert "情况说明" in found["explanation"]


def test_a_percentage_alone_is_kept_and_implies_no_amount(connection):
    stated = said("year_over_year", HEADLINE, "change_pct", "-6.67", "%")
    load(connection, spent(2024, "70.00", stated))
    found = compared(connection)
    assert pick(found, "stated_change_pct", "stated_change_wan", "prior_amount_wan") == (Decimal("-6.67"), None, None)
    assert found["why_not"] == "上年文件未入库，本年文件只述增减率"


def test_a_change_without_current_figure_uses_the_amount_of_the_metric(connection):
    stated = (said("operating_cost", "all", "final", "12.00"), *changed("operating_cost", None, "2.00"))
    load(connection, year(2024, stated=stated))
    assert pick(compared(connection, "operating_cost"), "prior_amount_wan", "is_comparable") == (10, True)


def test_a_table_that_was_not_read_is_not_reported_as_unpublished(connection):
    load(connection, spent(2024, "70.00"))
    lost = (TableFound("GK05", TableStatus.UNRECOGNISED),)
    load(connection, year(2023, tables=lost))
    assert compared(connection)["why_not"] == "上年数：公开05表未能读出"


def test_a_certain_sentence_is_used_before_a_doubtful_number(connection):
    load(connection, spent(2024, "70.00", *changed(HEADLINE, "70.00", "-5.00")))
    unsure = cell("GK05", "TOTAL", "total", "750.00", status=Status.DOUBTFUL, repair_reason="小数点不清")
    load(connection, year(2023, [unsure]))
    found = compared(connection)
    assert pick(found, "prior_amount_wan", "prior_source", "published_prior_wan") == (75, "stated", 750)


def test_two_documents_of_unknown_scope_are_not_compared(connection):
    for fiscal_year in (2023, 2024):
        load(connection, spent(fiscal_year, "70.00", profile={"scope": None}))
    assert compared(connection)["prior_amount_wan"] is None


def test_two_spellings_of_one_class_are_one_row(connection):
    stated = [
        one for name in ("教育支出", "教育支出（类）") for one in changed(name, "30.00", "5.00", functional_code="205")
    ]
    load(connection, year(2024, [cell("GK05", "205", "total", "30.00", row_label="教育支出")], stated))
    assert compared(connection, "general_public:205")["prior_amount_wan"] == 25


def test_a_split_code_has_no_prior_of_its_parts(connection):
    bridge(connection, "split", ("20107", "20138"), ("20107", "20139"))
    load(connection, year(2024, [cell("GK03", "20138", "total", "50.00", row_label="新20138")]))
    load(connection, year(2023, [cell("GK03", "20107", "total", "60.00", row_label="旧20107")]))
    found = compared(connection, "functional:20138")
    assert pick(found, "published_prior_wan", "bridge_relation", "is_comparable") == (None, "split", False)


def test_over_the_reform_of_2018_economic_codes_are_not_compared_without_a_bridge(connection):
    for fiscal_year in (2017, 2018):
        load(connection, year(fiscal_year, [cell("GK06", "30201", "final", "10.00")]))
        planned = budget_row("YS06", "30201", total="10.00")
        load(connection, budget(f"budget {fiscal_year}", planned, profile={"fiscal_year": fiscal_year}))
    for metric in ("economic:30201", "budget_economic:30201"):
        found = compared(connection, metric, 2018)
        assert pick(found, "prior_amount_wan", "is_comparable") == (None, False)
        assert "财预〔2017〕98号" in found["why_not"]


def test_in_constant_prices_where_both_years_have_one_index(connection, tmp_path):
    load(connection, spent(2024, "110.00"))
    load(connection, spent(2023, "100.00"))
    file = tmp_path / "prices.csv"
    header = "series,division_code,fiscal_year,value,unit,base_year,source\n"
    file.write_text(header + "price_index,410000,2024,110,%,2020,年鉴\n", "utf-8")
    load_series(connection, file)
    assert pick(compared(connection), "constant_price_wan", "real_change_pct") == (100, None)
    file.write_text(header + "price_index,410000,2023,105,%,2020,年鉴\n", "utf-8")
    load_series(connection, file)
    assert pick(compared(connection), "prior_constant_price_wan", "real_change_pct") == (
        Decimal("95.238095"), Decimal("5.00")
    )  # fmt: skip

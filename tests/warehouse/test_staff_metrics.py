"""Staff as printed, and amounts per member of staff, per head and at constant prices, are metrics like others."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.cli.compare_tables import comparison_tables
from tests.warehouse.peers import peer
from warehouse.base.database import connect
from warehouse.comparison import queries
from warehouse.comparison.choices import question
from warehouse.load.document import load
from warehouse.load.series import load_series
from warehouse.records.places import Place
from warehouse.records.reading import BodyFact

METRICS = """
select metric, value, unit, why_not, cause, rank, peers, per_capita_yuan, constant_price_wan, page
from mart.city_comparison where county = %s and fiscal_year = 2024 and metric = any(%s)
"""
CHANGE = """
select value, prior_value, value_change, change_pct, unit from mart.year_over_year
where county = '子县' and metric = %s and fiscal_year = 2024
"""
COMPARED = ("metric_value", "peer_position", "yearly_change", "city_comparison", "year_over_year")
IN_WAN = {
    "amount_wan": "value",
    "prior_amount_wan": "prior_value",
    "change_wan": "value_change",
    "peer_median_wan": "peer_median",
}
SERIES = """series,division_code,fiscal_year,value,unit,base_year,source
population,990101,2024,4,万人,,年鉴
price_index,000000,2023,100,%,2020,年鉴
price_index,000000,2024,125,%,2020,年鉴
"""


def with_staff(number: int, persons: int | None, fiscal_year: int = 2024, **changes):
    """A body that prints how many are in service; of the year before with 800.00."""
    made = peer(number, fiscal_year, **changes)
    facts = () if persons is None else (BodyFact("staff_in_service", Decimal(persons), None, "在职", Place(2)),)
    return replace(made, facts=facts)


@pytest.fixture(scope="module")
def staffed(module_database, tmp_path_factory):
    """Six counties of which one prints no staff and one none at all, and the year before of the first."""
    file = tmp_path_factory.mktemp("series") / "series.csv"
    file.write_text(SERIES, "utf-8")
    with connect(module_database) as connection:
        for number, persons in enumerate((40, 20, 30, None, 0, 10)):
            load(connection, with_staff(number, persons))
        load(connection, with_staff(0, 50, 2023, expenditure="800.00"))
        load_series(connection, file)
        yield connection


def found(connection, county: str, *metrics: str) -> dict[str, tuple]:
    return {row[0]: row[1:] for row in connection.execute(METRICS, [county, list(metrics)])}


def test_staff_and_amounts_per_member_of_staff_are_ranked(staffed):
    row = found(staffed, "子县", "staff_in_service", "expenditure_per_staff", "expenditure")
    assert row["staff_in_service"] == (40, "人", None, None, 1, 5, None, None, 2)
    # 820.00 万元 of 40 persons; 丑县 640.50 of 20, 寅县 910.25 of 30 and 巳县 1,200.00 of 10 spend more for each.
    assert row["expenditure_per_staff"][:6] == (205000, "元/人", None, None, 4, 4)
    assert row["expenditure_per_staff"][6:8] == (None, None)
    assert row["expenditure"][6:8] == (Decimal("205.00"), Decimal("656.000000"))


@pytest.mark.parametrize(("county", "why_not"), [("卯县", "文件未印在职人员"), ("辰县", "印出的在职人员为 0")])
def test_without_staff_there_is_a_reason_and_no_number(staffed, county, why_not):
    row = found(staffed, county, "personnel_per_staff")
    assert row["personnel_per_staff"][:4] == (None, "元/人", why_not, "publishing")


def test_per_head_and_at_constant_prices(staffed):
    row = found(staffed, "子县", "expenditure_per_head", "expenditure_real")
    assert row["expenditure_per_head"][:4] == (205, "元/人", None, None)
    assert row["expenditure_real"][:4] == (656, "万元", None, None)
    other = found(staffed, "丑县", "expenditure_per_head")
    assert other["expenditure_per_head"][:4] == (None, "元/人", "所属地区当年人口未载入", "series")


def test_the_years_are_compared(staffed):
    assert staffed.execute(CHANGE, ["staff_in_service"]).fetchone() == (40, 50, -10, -20, "人")
    assert staffed.execute(CHANGE, ["expenditure_per_staff"]).fetchone() == (
        205000, 160000, 45000, Decimal("28.13"), "元/人",
    )  # fmt: skip
    assert staffed.execute(CHANGE, ["expenditure_real"]).fetchone() == (656, 800, -144, -18, "万元")


def test_the_median_is_in_the_unit_of_the_metric(staffed):
    query = """
    select metric, peer_median, peer_median_wan, ratio_to_median from mart.city_comparison
    where county = '子县' and fiscal_year = 2024 and metric in ('staff_in_service', 'expenditure') order by metric
    """
    of_money, of_persons = staffed.execute(query).fetchall()
    assert of_money == ("expenditure", Decimal("730.25"), Decimal("730.25"), Decimal("1.1229"))
    assert of_persons == ("staff_in_service", 20, None, 2)


def test_a_ranking_by_persons_is_shown_in_persons(staffed):
    found = queries.compare(staffed, question(staffed, "工业和信息化", 2024, ["staff_in_service"]))
    (ranking,) = found.rankings()
    assert [(row.county, row.value, row.amount_wan) for row in ranking.ranked[:2]] == [
        ("子县", 40, None), ("寅县", 30, None),
    ]  # fmt: skip
    assert any("20.00 人" in said for said in comparison_tables(found) if isinstance(said, str))


@pytest.mark.parametrize("name", COMPARED)
def test_only_money_stands_in_columns_of_money(staffed, name):
    query = f"select metric.unit, to_jsonb(shown) from mart.{name} as shown inner join mart.metric using (metric)"
    rows = staffed.execute(query).fetchall()
    assert {unit for unit, _ in rows} == {"万元", "人", "元/人"}
    for unit, row in rows:
        if unit == "万元":
            assert [row[column] for column in IN_WAN if column in row] == [
                row[value] for column, value in IN_WAN.items() if column in row
            ]
        else:  # the gross product is that of the place, not of the metric
            assert {row[column] for column in row if column.endswith("_wan") and column != "gdp_wan"} == {None}


def test_indices_of_two_base_years_are_not_compared(connection, tmp_path):
    file = tmp_path / "series.csv"
    file.write_text(SERIES + "price_index,990101,2024,110,%,2022,年鉴\n", "utf-8")
    for number in range(2):
        load(connection, peer(number))
    assert found(connection, "丑县", "expenditure_real")["expenditure_real"][2:4] == ("当年价格指数未载入", "series")
    load_series(connection, file)
    for county in ("子县", "丑县"):
        assert found(connection, county, "expenditure_real")["expenditure_real"][2] == "载入的价格指数基年不一"

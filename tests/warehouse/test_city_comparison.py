"""mart.city_comparison: only bodies of one kind, level, scope and year are ranked together; others have a reason."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from psycopg.rows import dict_row

from tests.warehouse.factory import cell, extraction, profile, row
from tests.warehouse.factory_statements import checked
from tests.warehouse.peers import EXPENDITURE, NAMES, load_all, peer, peers
from warehouse.base.database import connect
from warehouse.base.sql_files import audit_queries
from warehouse.load.document import load
from warehouse.load.series import load_series
from warehouse.records.reading import CheckOutcome, Level, Presence, Scope, Status, TableFound, TableStatus

METRICS = ["expenditure", "basic", "project", "personnel", "three_public", "functional:2150501", "economic:30201"]


def rows(connection, metric: str = "expenditure", view: str = "mart.city_comparison") -> dict[str, dict]:
    """County → its row."""
    cursor = connection.cursor(row_factory=dict_row)
    return {row["county"]: row for row in cursor.execute(f"select * from {view} where metric = %s", [metric])}


@pytest.fixture(scope="module")
def fourteen(module_database):
    with connect(module_database) as connection:
        load_all(connection, peers())
        yield connection


@pytest.mark.takes(3)
@pytest.mark.parametrize("metric", METRICS)
def test_rank_median_ratio_and_percentile_are_those_of_pandas(fourteen, metric):
    found = pd.DataFrame(rows(fourteen, metric).values())
    amounts = found["amount_wan"].astype(float)
    assert len(found) == 14 and found["is_comparable"].all() and (found["peers"] == 14).all()
    assert (found["rank"] == amounts.rank(ascending=False, method="min")).all()
    assert (found["peer_median_wan"].astype(float) - amounts.median()).abs().max() < 1e-6
    assert (found["ratio_to_median"].astype(float) - amounts / amounts.median()).abs().max() <= 0.00005001
    percentile = (amounts.rank(method="min") - 1) / (len(found) - 1) * 100
    assert (found["percentile"].astype(float) - percentile).abs().max() <= 0.005001
    totals = pd.DataFrame(rows(fourteen).values()).set_index("county")["amount_wan"].astype(float)
    share = amounts.to_numpy() * 100 / totals[found["county"]].to_numpy()
    assert (found["share_of_total_pct"].astype(float) - share).abs().max() <= 0.005001


def test_equal_amounts_share_a_rank_and_the_next_is_skipped(fourteen):
    found = rows(fourteen)
    assert [found[f"{name}县"]["rank"] for name in "卯辰未丑"] == [12, 12, 14, 9]


def test_a_row_leads_to_its_cell(fourteen):
    row = rows(fourteen, "personnel")["子县"]
    assert (row["table_code"], row["row_key"], row["measure"], row["printed"], row["page"]) == (
        "GK06", "PERSONNEL_TOTAL", "final", "393.60", 1
    )  # fmt: skip
    assert (row["amount_wan"], row["left_out"], row["why_no_median"]) == (Decimal("393.60"), 0, None)


@pytest.mark.parametrize(("bodies", "median"), [(4, None), (5, Decimal("640.50"))])
def test_fewer_than_five_peers_have_no_median(connection, bodies, median):
    load_all(connection, peers()[:bodies])
    row = rows(connection)["子县"]
    assert (row["rank"], row["peers"], row["peer_median_wan"]) == (2, bodies, median)
    assert (row["ratio_to_median"] is None) == (row["percentile"] is None) == (median is None)
    assert row["why_no_median"] == (None if median else "可比部门仅 4 个，不足 5 个")


def test_a_median_of_zero_has_no_ratio(connection):
    nothing = (cell("GK09", "all", "final_total", "0.00"),)
    load_all(connection, [*(peer(number, amounts=nothing) for number in range(4)), peer(4)])
    row = rows(connection, "three_public")["辰县"]
    assert (row["peer_median_wan"], row["ratio_to_median"], row["percentile"]) == (0, None, 100)
    assert row["why_no_median"] == "中位数不大于 0，不计比值"


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("other", "others_left_out"),
    [
        ({"jurisdiction_level": Level.PREFECTURE}, 0),
        ({"fiscal_year": 2023}, 0),
        ({"department_kind": "财政"}, 0),
        ({"scope": Scope.UNIT}, 1),
    ],
    ids=lambda value: str(value),
)
def test_only_bodies_of_equal_kind_level_scope_and_year_are_ranked_together(connection, other, others_left_out):
    load_all(connection, peers()[:5])
    stranger = peer(5)
    load(connection, replace(stranger, profile=replace(stranger.profile, **other)))
    found = rows(connection)
    assert (found["子县"]["peers"], found["子县"]["left_out"]) == (5, others_left_out)
    assert (found["巳县"]["rank"], found["巳县"]["peers"]) == (1, 1)


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("unknown", "reason"),
    [
        ({"department": None}, "部门不明"),
        ({"department_kind": None}, "部门类别不明"),
        ({"jurisdiction_level": None}, "地区层级不明"),
        ({"fiscal_year": None}, "决算年度不明"),
        ({"scope": None}, "口径不明"),
    ],
    ids=lambda value: str(value),
)
def test_a_body_with_unknown_level_scope_or_year_is_not_ranked(connection, unknown, reason):
    load_all(connection, peers()[:5])
    stranger = peer(5)
    load(connection, replace(stranger, profile=replace(stranger.profile, **unknown)))
    row = rows(connection)["巳县"]
    assert (row["is_comparable"], row["rank"], row["why_not"]) == (False, None, reason)


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ({"wan": ""}, "单元格为空白"),
        ({"wan": "——"}, "单元格印有横线"),
        ({"wan": "1.2.3", "value": None, "status": Status.DOUBTFUL, "repair_reason": "小数点两处"}, "数字未能确切读出"),
        ({"wan": "9.00", "status": Status.DOUBTFUL, "repair_reason": "小数点不清"}, "数字存疑：小数点不清"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_unusable_number_is_left_out_with_a_reason(connection, amount, reason):
    load_all(connection, peers()[:5])
    wan = amount.pop("wan")
    changes = {"presence": Presence.NUMBER, "value": Decimal(90000), **amount} if amount else {}
    printed = cell("GK03", "TOTAL", "total", "9.00" if amount else wan, **changes)
    load(connection, peer(5, amounts=(replace(printed, printed=wan),)))
    row = rows(connection)["巳县"]
    assert (row["is_comparable"], row["rank"], row["why_not"]) == (False, None, reason)
    assert (rows(connection)["子县"]["peers"], rows(connection)["子县"]["left_out"]) == (5, 1)


@pytest.mark.parametrize("outcome", [CheckOutcome.BROKEN, CheckOutcome.UNDETERMINED])
def test_a_number_in_a_broken_or_undetermined_identity_is_left_out(connection, outcome):
    load_all(connection, peers()[:5])
    check = checked("B3", outcome, cells=("GK03/TOTAL/total", "GK03/TOTAL/basic"), explanation="基本加项目不等于合计")
    load(connection, peer(5, checks=(check,)))
    words = {"broken": "不符", "undetermined": "无法判定"}[outcome]
    for metric in ("expenditure", "basic"):
        assert rows(connection, metric)["巳县"]["why_not"] == f"所涉勾稽关系{words}（B3）：基本加项目不等于合计"
    assert rows(connection, "personnel")["巳县"]["rank"] == 1


@pytest.mark.takes(1)
@pytest.mark.parametrize("rule_id", ["H3", "N1", "P9"])
def test_a_warning_or_an_error_of_the_narrative_does_not_exclude_the_number_of_the_table(connection, rule_id):
    check = checked(rule_id, CheckOutcome.BROKEN, cells=("GK03/TOTAL/total",))
    load(connection, peer(5, checks=(check,)))
    assert rows(connection)["巳县"]["is_comparable"]


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("label", "is_comparable", "note"),
    [
        ("行政运行", True, None),
        ("行政运行（工业和信息产业）", True, None),
        ("", True, None),
        ("行政运作", True, "印出的科目名称“行政运作”与参考名称“行政运行”不同"),
        ("行政单位离退休", False, "印出的科目名称“行政单位离退休”与参考名称“行政运行”不同"),
    ],
)
def test_a_code_with_the_name_of_another_code_is_not_compared(connection, label, is_comparable, note):
    load(connection, peer(0, amounts=(cell("GK03", "2150501", "total", "5.00", row_label=label),)))
    row = rows(connection, "functional:2150501")["子县"]
    assert (row["is_comparable"], row["note"]) == (is_comparable, note)
    assert is_comparable or "而是 2080501 的，科目衔接表未载" in row["why_not"]


def test_a_code_that_is_not_in_the_list_is_compared(connection):
    for number, label in enumerate(("新设科白", "新设科目")):
        load(connection, peer(number, amounts=(cell("GK03", "2159998", "total", "5.00", row_label=label),)))
    assert [row["is_comparable"] for row in rows(connection, "functional:2159998").values()] == [True, True]


def test_a_table_that_was_not_read_or_not_published_gives_a_row_with_the_reason(connection):
    load_all(connection, peers()[:5])
    tables = (
        TableFound("GK03", TableStatus.UNRECOGNISED),
        TableFound("GK06", TableStatus.EMPTY_WITH_STATEMENT),
        TableFound("GK09", TableStatus.ABSENT),
    )
    load(connection, peer(5, amounts=(cell("GK01", "income:本年收入合计", "final", "5.00"),), tables=tables))
    reasons = {
        metric: rows(connection, metric)["巳县"]["why_not"] for metric in ("expenditure", "personnel", "three_public")
    }
    assert reasons == {
        "expenditure": "公开03表未能读出", "personnel": "公开06表声明无数据", "three_public": "未公开09表",
    }  # fmt: skip
    assert (rows(connection)["子县"]["peers"], rows(connection)["子县"]["left_out"]) == (5, 1)


def of_the_unit(one):
    unit = replace(one.profile, scope=Scope.UNIT)
    return replace(one, profile=unit, source=replace(one.source, sha256=one.source.sha256[::-1]))


def test_a_body_that_publishes_both_scopes_is_ranked_in_both(connection):
    load_all(connection, [document for one in peers()[:5] for document in (one, of_the_unit(one))])
    assert {(row["peers"], row["left_out"]) for row in rows(connection).values()} == {(5, 0)}


def test_no_share_of_a_total_in_a_broken_identity(connection):
    unsure = cell("GK03", "TOTAL", "total", "9.00", status=Status.DOUBTFUL, repair_reason="小数点不清")
    load(connection, peer(0, amounts=(unsure, cell("GK06", "PERSONNEL_TOTAL", "final", "432.00"))))
    row = rows(connection, "personnel")["子县"]
    assert (row["is_comparable"], row["share_of_total_pct"]) == (True, None)


def test_a_printed_number_is_used_before_a_blank_with_another_wording(connection):
    amounts = (*row("GK01", "income:年初结转和结余", final=""), *row("GK01", "income:上年结转", final="3.00"))
    load(connection, peer(0, amounts=amounts))
    assert rows(connection, "opening_balance")["子县"]["amount_wan"] == 3


def test_a_broken_identity_excludes_a_body_until_it_is_corrected(connection):
    load_all(connection, [peer(number) for number in range(1, 7)])
    broken = checked(
        "B4", CheckOutcome.BROKEN, cells=("GK03/TOTAL/total", "GK03/215/total"), explanation="类之和少 10.00"
    )
    load(connection, peer(0, expenditure="830.00", content="as first published", checks=(broken,)))
    connection.execute("update warehouse.publication set published_at = published_at - interval '3 days'")
    before = rows(connection)
    assert (before["子县"]["rank"], before["子县"]["why_not"]) == (None, "所涉勾稽关系不符（B4）：类之和少 10.00")
    assert (before["丑县"]["peers"], before["丑县"]["left_out"]) == (6, 1)

    load(connection, peer(0, expenditure="820.00", content="as corrected"))
    after = rows(connection)
    assert (after["子县"]["rank"], after["子县"]["amount_wan"], after["丑县"]["peers"]) == (3, 820, 7)

    yesterday = "mart.city_comparison_as_of((now() at time zone 'Asia/Shanghai')::date - 1)"
    today = "mart.city_comparison_as_of((now() at time zone 'Asia/Shanghai')::date)"
    assert rows(connection, view=yesterday) == before
    assert rows(connection, view=today) == after
    assert rows(connection, view="mart.city_comparison_as_of('2020-01-01')") == {}


def test_per_head_and_in_constant_prices_where_a_series_is_loaded(connection, tmp_path):
    load_all(connection, peers()[:3])
    file = tmp_path / "series.csv"
    file.write_text(
        "series,division_code,fiscal_year,value,unit,base_year,source\n"
        "population,990101,2024,41,万人,,统计年鉴\n"
        "population,990102,2023,30,万人,,统计年鉴\n"
        "gdp,990101,2024,82,亿元,,统计公报\n"
        "staff,990101,2024,4100,人,,财政年鉴\n"
        "price_index,000000,2024,104.0,%,2020,统计年鉴\n",
        "utf-8",
    )
    assert load_series(connection, file) == 5
    found = rows(connection)
    columns = ("population", "per_capita_yuan", "per_staff_yuan", "share_of_gdp_pct", "price_base_year")
    assert [found["子县"][column] for column in columns] == [410000, 20, 2000, Decimal("0.1"), 2020]
    assert [found["丑县"][column] for column in columns] == [
        None,
        None,
        None,
        None,
        2020,
    ]  # the series has no value for 2024, and that of 2023 is not used for it
    assert found["子县"]["constant_price_wan"] == Decimal("788.461538")
    assert found["子县"]["price_division_code"] == "000000"


def test_the_generated_peers_violate_no_audit(fourteen):
    broken = {name: fourteen.execute(query).fetchall() for name, query in audit_queries().items()}
    assert {name: found for name, found in broken.items() if found} == {}
    assert len(NAMES) == len(EXPENDITURE) == 14


def test_the_metrics_of_the_small_accounts(connection):
    load(connection, extraction(profile=profile()))
    connection.execute("select 1")
    found = dict(
        connection.execute(
            "select metric, amount_wan from mart.metric_value where amount_wan is not null and metric !~ ':'"
        ).fetchall()
    )
    expected = {
        "income": 100, "expenditure": 90, "basic": 60, "project": 30, "opening_balance": 0, "closing_balance": 10,
        "general_public_expenditure": 70, "basic_expenditure": 60, "project_expenditure": 10, "personnel": 50,
        "public_funds": 10, "three_public": Decimal("0.5"), "three_public_reception": Decimal("0.5"),
        "three_public_budget": 2, "three_public_reception_budget": 2,
    }  # fmt: skip
    assert expected.items() <= found.items()
    assert found.keys().isdisjoint({"government_fund", "state_capital", "three_public_overseas", "procurement"})

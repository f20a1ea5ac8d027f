"""A balance is the same item in every declared wording; with another wording the views have null and a reason."""

from dataclasses import replace
from decimal import Decimal
from shutil import copytree

import pytest

from tests.warehouse.factory import extraction, profile, row, small_accounts, source
from warehouse.kinds.kind import load_kind, read_kind
from warehouse.load.document import load
from warehouse.records.reading import Extraction
from warehouse.schema.upgrade import upgrade

OPENING, CLOSING = "income:年初结转和结余", "expenditure:年末结转与结余"
WORDINGS = {
    "年初结转结余": OPENING, "上年结转": OPENING, "年初结转及结余": OPENING, "上年结转结余": OPENING,
    "结转下年": CLOSING, "年末结转及结余": CLOSING, "年末结转": CLOSING,
}  # fmt: skip
COLUMNS = {OPENING: "opening_balance", CLOSING: "closing_balance"}


def worded(wording: str, printed: str, year: int, wan: str) -> Extraction:
    """The small accounts of a year, in which the row `printed` has another wording and amount."""
    side = printed.partition(":")[0]
    changed = row("GK01", f"{side}:{wording}", final=wan)
    kept = tuple(one for one in small_accounts() if (one.table_code, one.row_key) != ("GK01", printed))
    totals = row("GK01", "income:总计", final="100.00"), row("GK01", "expenditure:总计", final="100.00")
    amounts = (replace(one, row_no=number) for number, one in enumerate((*kept, *changed, *totals[0], *totals[1]), 1))
    return extraction(
        amounts=tuple(amounts),
        profile=profile(fiscal_year=year),
        source=source(f"{wording}{year}", f"{year}.pdf"),
        checks=(),
        doubts=(),
        stated=(),
    )


def two_years(connection, wording: str, printed: str) -> None:
    load(connection, worded(wording, printed, 2023, "8.00"))
    load(connection, worded(wording, printed, 2024, "12.00"))


def in_balance(connection, column: str) -> tuple:
    query = f"select {column}_wan, is_sound, why_not from mart.balance where fiscal_year = 2024"
    return connection.execute(query).fetchone()


def compared(connection, metric: str) -> tuple:
    query = (
        "select amount_wan, is_comparable, why_not, cause from mart.city_comparison"
        " where metric = %s and fiscal_year = 2024"
    )
    return connection.execute(query, [metric]).fetchone()


def over_years(connection, metric: str) -> tuple:
    query = (
        "select amount_wan, prior_amount_wan, is_comparable, why_not from mart.year_over_year"
        " where metric = %s and fiscal_year = 2024"
    )
    return connection.execute(query, [metric]).fetchone()


@pytest.mark.takes(8)
@pytest.mark.parametrize(("wording", "printed"), WORDINGS.items())
def test_each_wording_is_the_balance_in_every_view(connection, wording, printed):
    two_years(connection, wording, printed)
    column = COLUMNS[printed]
    assert in_balance(connection, column)[0] == Decimal(12)
    assert compared(connection, column) == (Decimal(12), True, None, None)
    assert over_years(connection, column) == (Decimal(12), Decimal(8), True, None)
    key = f"{printed.partition(':')[0]}:{wording}"
    shown = "select row_key, item_key from mart.amount where row_label = %s and fiscal_year = 2024"
    assert connection.execute(shown, [wording]).fetchall() == [(key, column)]


@pytest.mark.parametrize("printed", [OPENING, CLOSING])
def test_an_undeclared_wording_gives_null_with_a_reason(connection, printed):
    two_years(connection, "历年滚存数", printed)
    column, why = COLUMNS[printed], "公开01表另有“历年滚存数”一行不知归属"
    amount, is_sound, why_not = in_balance(connection, column)
    assert (amount, is_sound) == (None, False)
    assert why_not == why
    assert compared(connection, column) == (None, False, why, "reading")
    amount, prior, is_comparable, why_not = over_years(connection, column)
    assert (amount, prior, is_comparable, why_not) == (None, None, False, why)


def test_an_unknown_row_does_not_affect_printed_balances(connection):
    extra = row("GK01", "income:历年滚存数", final="1.00")
    known = worded("年初结转和结余", OPENING, 2024, "12.00")
    surplus = row("GK01", "income:使用非财政拨款结余", final="")
    amounts = (*known.amounts, *(replace(one, row_no=99) for one in (*surplus, *extra)))
    load(connection, replace(known, amounts=amounts))
    assert compared(connection, "opening_balance") == (Decimal(12), True, None, None)
    assert "不知归属" not in (in_balance(connection, "opening_balance")[2] or "")


@pytest.mark.long
def test_a_new_metric_needs_one_entry(connection, database, tmp_path):
    """After an upgrade with a further declared metric every view compares it, also for documents loaded before."""
    two_years(connection, "年初结转和结余", OPENING)
    connection.commit()
    folder = tmp_path / "final_accounts"
    copytree(load_kind("final_accounts").folder, folder)
    with (folder / "metrics.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[metrics]]\nkey = "other_income"\nlabel = "其他收入"\nfamily = "headline"\nside = "income"\n'
            'table = "GK02"\nitem = "total"\nmeasure = "other"\n'
        )
    upgrade(database, kinds=[read_kind(folder)])
    assert compared(connection, "other_income") == (Decimal(5), True, None, None)
    assert over_years(connection, "other_income") == (Decimal(5), Decimal(5), True, None)
    named = "select metric_name, metric_family, side, table_code, row_key, measure from mart.metric where metric = %s"
    assert connection.execute(named, ["other_income"]).fetchone() == (
        "其他收入", "headline", "income", "GK02", "TOTAL", "other",
    )  # fmt: skip
    share = "select share_of_total_pct from mart.metric_value where metric = 'other_income' and fiscal_year = 2024"
    assert connection.execute(share).fetchone() == (Decimal("5.00"),)

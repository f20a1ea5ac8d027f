"""Package juesuan and warehouse.frames return DataFrames with the types of pandas, all digits of amounts, and nulls as
missing values."""

import inspect
from datetime import date
from decimal import Decimal

import juesuan
import psycopg
import pytest

from tests.reader_role import as_reader
from tests.warehouse.factory import extraction, profile
from tests.warehouse.whole_frames import PUBLIC, assert_whole
from warehouse import frames
from warehouse.base.database import connect
from warehouse.base.errors import ServerDidNotStart, UnknownChoice, UnknownMart
from warehouse.base.sql_files import project_views
from warehouse.load.document import load


@pytest.fixture(scope="module")
def url(module_database: str) -> str:
    """The URL as juesuan_reader: analysts are not the owner of the database."""
    with connect(module_database) as connection:
        load(connection, extraction())
        load(connection, extraction("last year", profile=profile(fiscal_year=2023)))
    return as_reader(module_database)


def test_a_view_keeps_every_digit_and_adds_up_exactly(url):
    balance = frames.view("balance", url=url)
    assert sorted(balance["fiscal_year"]) == [2023, 2024]
    assert {str(amount) for amount in balance["expenditure_wan"]} == {"90.000000"}
    total = balance.groupby("department")["expenditure_wan"].sum()
    assert total.tolist() == [Decimal("180.000000")] and type(total.iloc[0]) is Decimal


def test_columns_have_the_types_pandas_needs(url):
    amount = frames.view("mart.amount", url=url)
    assert {name: str(amount[name].dtype) for name in ("document_id", "row_key", "is_leaf", "amount_wan")} == {
        "document_id": "Int64",
        "row_key": "str",
        "is_leaf": "boolean",
        "amount_wan": "object",
    }
    assert str(frames.query("select now() as at", url=url)["at"].dtype) == "datetime64[us, UTC]"


def test_null_is_missing_and_never_0(url):
    frame = frames.query("select 1::int as whole, 0::numeric as money union all select null, null order by 1", url=url)
    assert frame["whole"].isna().tolist() == [False, True] and frame["money"].isna().tolist() == [False, True]
    assert frame["money"][0] == Decimal(0) and frame["money"].sum() == Decimal(0)


def test_a_view_is_narrowed_by_values_lists_and_null(url):
    def years(**equal) -> list[int]:
        return sorted(frames.view("disclosure", url=url, **equal)["fiscal_year"])

    assert years(fiscal_year=2024) == [2024]
    assert years(fiscal_year=(2023, 2024)) == [2023, 2024]
    assert years(fiscal_year=2022) == years(fiscal_year=None) == []
    assert years(county=None) == [2023, 2024]


def test_no_row_still_has_every_column_and_its_type(url):
    some, none = frames.view("amount", url=url), frames.view("amount", url=url, fiscal_year=1999)
    assert none.empty and none.dtypes.tolist() == some.dtypes.tolist() and list(none) == list(some)


def test_a_view_at_an_earlier_day(url):
    assert len(frames.view("disclosure", url=url, as_of=date(2999, 1, 1))) == 2
    assert frames.view("disclosure", url=url, as_of=date(2001, 1, 1), fiscal_year=2024).empty


@pytest.fixture(scope="module")
def opened(url: str) -> juesuan.Warehouse:
    return juesuan.open(url)


def test_every_public_view_is_a_function():
    views = {view.name for view in project_views() if view.schema == "mart"}
    assert views & set(dir(juesuan.Warehouse)) == set()  # no view is named like a method


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_view_as_a_frame(opened, url, name):
    assert name in dir(opened)
    assert_whole(opened, url, name)


def test_a_function_takes_short_names_where_the_view_has_no_such_column(opened):
    assert len(opened.balance(year=2024, kind="工业和信息化")) == 1
    assert len(opened.disclosure(year=[2023, 2024], kind="final_accounts")) == 2  # disclosure has a column `kind`
    with pytest.raises(juesuan.UnknownChoice, match="twice"):
        opened.balance(year=2024, fiscal_year=2023)


def test_a_function_names_its_columns(opened):
    assert "expenditure_wan: 本年支出合计" in opened.balance.__doc__
    assert {"as_of", "year", "kind", "expenditure_wan"} <= set(inspect.signature(opened.balance).parameters)
    with pytest.raises(juesuan.UnknownMart, match=r"balances.*balance"):
        opened.balances()
    with pytest.raises(juesuan.UnknownChoice, match=r"mart\.balance has no column nobody"):
        opened.balance(nobody=1)


def test_the_listing_of_an_opened_warehouse_holds_no_password(opened):
    assert "reader:" not in repr(opened) and "tables and views" in repr(opened)
    assert opened.views().set_index("view").loc["balance", "meaning"].startswith("收支总表")


def test_the_evidence_of_a_number_is_its_cell_its_checks_and_its_file(opened):
    frame = opened.city_comparison(year=2024, metric="expenditure")
    found = opened.evidence(frame.iloc[0])
    assert list(found) == list(found.attrs["columns"])
    (cell,) = found[found["what"] == "cell"].to_dict("records")
    assert (cell["table_code"], cell["row_key"], cell["measure"]) == ("GK03", "TOTAL", "total")
    assert cell["amount_wan"] == frame["amount_wan"].iloc[0] and cell["source_name"] == frame["source_name"].iloc[0]
    assert set(found["what"]) >= {"cell", "check", "file"}


def test_the_evidence_of_a_whole_document_and_of_no_document(opened):
    whole = opened.evidence({"document_id": opened.disclosure(year=2024)["document_id"].iloc[0]})
    assert len(whole[whole["what"] == "cell"]) == len(opened.amount(year=2024))
    assert len(whole[whole["what"] == "doubt"]) == len(opened.doubt(year=2024))
    with pytest.raises(juesuan.UnknownChoice, match="document_id"):
        opened.evidence({"department": "甲市工业和信息化局"})


def test_a_database_without_a_warehouse_is_refused(empty_database):
    with pytest.raises(juesuan.NoWarehouse):
        juesuan.open(empty_database)


def test_a_query_takes_values_and_a_percent_sign_means_itself_without_them(url):
    one = "select fiscal_year from mart.balance where fiscal_year = %(year)s"
    assert frames.query(one, url=url, year=2024)["fiscal_year"].tolist() == [2024]
    assert frames.query("select 7 % 4 as rest", url=url)["rest"].tolist() == [3]
    assert frames.query("select 1 as a, 2 as a", url=url).to_numpy().tolist() == [[1, 2]]


def test_a_value_is_never_read_as_sql(url):
    assert frames.view("disclosure", url=url, department="' or true --").empty
    with pytest.raises(UnknownChoice):
        frames.view("disclosure", url=url, **{'department" is not null or "department': "x"})


def test_the_codebook_of_a_view(url):
    book = frames.columns("balance", url=url).set_index("column")
    assert book.loc["expenditure_wan", "type"] == "numeric(20,6)" and "支出" in book.loc["expenditure_wan", "meaning"]


def test_a_name_that_is_not_in_schema_mart_is_refused(url):
    for ask in (frames.view, frames.columns):
        with pytest.raises(UnknownMart, match="balances"):
            ask("balances", url=url)
    with pytest.raises(UnknownMart, match="balances_as_of"):
        frames.view("balances", url=url, as_of=date(2024, 1, 1))


def test_an_unknown_column_is_named(url):
    with pytest.raises(UnknownChoice, match=r"mart\.balance.*nobody"):
        frames.view("balance", url=url, nobody=1)


def test_a_query_cannot_change_anything(module_database):
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        frames.query("delete from warehouse.amount returning 1", url=module_database)


def test_without_a_url_it_is_the_database_of_the_environment(module_database, url, monkeypatch, tmp_path):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", url)
    assert len(frames.view("balance")) == 2
    monkeypatch.delenv("JUESUAN_DATABASE_URL")
    monkeypatch.setenv("JUESUAN_HOME", str(tmp_path / "nothing here"))
    with pytest.raises(ServerDidNotStart, match="juesuan db start"):
        frames.view("balance")

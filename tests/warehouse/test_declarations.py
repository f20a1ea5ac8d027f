"""An upgrade writes the declarations of warehouse/kinds to the database; every loaded row of a table has its item."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from alembic import command
from alembic.config import Config

from tests.conftest import new_database
from tests.kinds import ACCOUNTS
from tests.warehouse.factory import extraction, profile, row, small_accounts, source
from warehouse.base.database import connect, engine
from warehouse.base.project_files import ROOT
from warehouse.base.sql_files import project_views
from warehouse.kinds.declared import DeclarationError
from warehouse.kinds.kind import load_kinds, read_kind
from warehouse.load.bulk import rebuild
from warehouse.load.document import load
from warehouse.publish import refresh
from warehouse.schema.upgrade import upgrade

TABLES = """
select table_name, string_agg(quote_ident(column_name), ', ' order by ordinal_position)
from information_schema.columns
where table_schema = 'warehouse' and table_name not in ('alembic_version', 'project_view')
group by table_name
"""
# Tables of later revisions whose rows only a new reading gives.
SINCE_ADDED = ("department_unit", "body_fact")
OF_ACCOUNTS = "coalesce(to_jsonb(given) ->> 'table_code', 'GK') like 'GK%'"
ITEMS = "select distinct row_key, item_key from mart.amount where table_code = %s order by row_key"


def at_revision(url: str, revision: str) -> None:
    """Upgrades the tables to a revision, as in a warehouse of an older version."""
    with engine(url).begin() as connection:
        connection.exec_driver_sql("create schema warehouse")
        config = Config(ROOT / "alembic.ini")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def copy_rows(source_url: str, target_url: str, only: Collection[str] = ()) -> None:
    """Copies all rows, or those of some tables, to a warehouse of an older revision, without columns and tables of
    other kinds that it lacks."""
    with connect(source_url) as giver, connect(target_url) as taker:
        taker.execute("set session_replication_role = replica")
        for table, columns in taker.execute(TABLES).fetchall():
            if only and table not in only:
                continue
            taker.execute(f"delete from warehouse.{table}")
            with (
                giver.cursor().copy(
                    f"copy (select {columns} from warehouse.{table} as given where {OF_ACCOUNTS}) to stdout"
                ) as sent,
                taker.cursor().copy(f"copy warehouse.{table} ({columns}) from stdin") as received,
            ):
                for block in sent:
                    received.write(block)


def in_views(url: str) -> dict[str, list[str]]:
    """Every row of every public view and table."""
    with connect(url) as connection:
        return {
            view.name: sorted(row for (row,) in connection.execute(f"select to_jsonb(t)::text from {view.full_name} t"))
            for view in project_views()
            if view.schema == "mart"
        }


def worded(opening: str, closing: str, year: int = 2024):
    """The small accounts with other wordings of opening and closing balance."""
    names = {"income:年初结转和结余": f"income:{opening}", "expenditure:年末结转与结余": f"expenditure:{closing}"}
    amounts = (replace(one, row_key=names.get(one.row_key, one.row_key)) for one in small_accounts())
    return extraction(
        amounts=tuple(amounts), profile=profile(fiscal_year=year), source=source(f"{opening}{year}", f"{year}.pdf")
    )


@pytest.fixture
def older(server_url: str) -> Iterator[str]:
    """The URL of a warehouse of the revision before kinds and items."""
    with new_database(server_url) as created:
        at_revision(created, "0008")
        yield created


@pytest.fixture
def own_kind(tmp_path: Path) -> Path:
    """A copy of the declarations of final accounts that a test may change."""
    return Path(copytree(ACCOUNTS.folder, tmp_path / "final_accounts"))


@pytest.mark.long
def test_an_upgraded_older_warehouse_has_the_same_rows_as_a_new_one(database, older):
    with connect(database) as connection:
        load(connection, extraction())
        load(connection, worded("上年结转", "结转下年", 2023))
        load(connection, worded("年初结余数", "年末结转及结余", 2022))
    copy_rows(database, older)
    upgrade(older)
    copy_rows(database, older, only=SINCE_ADDED)
    with connect(older) as connection:
        refresh.rebuild(connection)
    assert in_views(older) == in_views(database)
    with connect(older) as connection:
        found = dict(connection.execute(ITEMS, ["GK01"]).fetchall())
    assert found["income:上年结转"] == "opening_balance"
    assert found["expenditure:年末结转及结余"] == "closing_balance"
    assert found["income:年初结余数"] is None


def test_declarations_are_written_and_measures_keep_their_ids(connection):
    declared = {(table.code, name) for kind in load_kinds() for table in kind.tables for name in table.measure_names}
    measures = connection.execute("select table_code, measure, measure_id from warehouse.measure").fetchall()
    numbers = {(code, name): number for code, name, number in measures}
    assert numbers.keys() == declared
    assert (numbers["GK01", "final"], numbers["GK04", "state_capital"], numbers["GK10", "value"]) == (101, 405, 1001)
    tables = connection.execute(
        "select table_code, kind, number, row_key_kind from mart.standard_table where kind = 'final_accounts'"
        " order by sort_order"
    ).fetchall()
    assert tables[0] == ("GK01", "final_accounts", "公开01表", "item")
    assert tables[8] == ("GK09", "final_accounts", "公开09表", "all")
    items = "select side, label, row_key, parent_key from warehouse.item where table_code = 'GK04' and item_key = %s"
    assert connection.execute(items, ["opening_state_capital"]).fetchone() == (
        "income", "国有资本经营预算财政拨款", "income:年初财政拨款结转和结余/国有资本经营预算财政拨款",
        "opening_balance",
    )  # fmt: skip


def test_every_way_of_loading_writes_the_items(connection, database, server_url, template):
    load(connection, extraction(amounts=(*small_accounts(), *row("GK01", "expenditure:教育支出", final="90.00"))))
    one_by_one = connection.execute(ITEMS, ["GK01"]).fetchall()
    assert ("income:使用非财政拨款结余（含专用结余）", "non_fiscal_surplus_used") in one_by_one
    assert ("expenditure:教育支出", None) in one_by_one
    assert connection.execute(ITEMS, ["GK06"]).fetchall() == [
        ("301", None), ("30101", None), ("302", None),
        ("PERSONNEL_TOTAL", "personnel"), ("PUBLIC_TOTAL", "public_funds"),
    ]  # fmt: skip
    assert connection.execute(ITEMS, ["GK09"]).fetchall() == [("all", "all")]
    with new_database(server_url, template) as other, connect(other) as bulk:
        amounts = (*small_accounts(), *row("GK01", "expenditure:教育支出", final="90.00"))
        rebuild(bulk, [extraction(amounts=amounts)])
        assert bulk.execute(ITEMS, ["GK01"]).fetchall() == one_by_one


@pytest.mark.long
def test_a_wording_that_is_declared_later_applies_to_loaded_rows(connection, database, own_kind):
    load(connection, worded("年初结余数", "年末结转和结余"))
    connection.commit()
    file = own_kind / "tables" / "GK01.toml"
    file.write_text(file.read_text("utf-8").replace('"年初结余",', '"年初结余", "年初结余数",'), "utf-8")
    upgrade(database, kinds=[read_kind(own_kind)])
    assert ("income:年初结余数", "opening_balance") in connection.execute(ITEMS, ["GK01"]).fetchall()
    connection.commit()
    upgrade(database)
    assert ("income:年初结余数", None) in connection.execute(ITEMS, ["GK01"]).fetchall()


@pytest.mark.long
def test_a_measure_added_to_a_form_gets_a_number_of_its_own(connection, database, own_kind):
    file = own_kind / "tables" / "GK03.toml"
    more = '\n[[measures]]\nname = "unforeseen"\nlabel = "预备费"\nheaders = ["预备费"]\n\n[[rows]]'
    form, _, _sheet = file.read_text("utf-8").partition("[sheet]")  # [sheet] is the layout of the workbook
    file.write_text(form.replace("\n[[rows]]", more, 1), "utf-8")
    (last,) = connection.execute("select max(measure_id) from warehouse.measure").fetchone()
    connection.commit()
    upgrade(database, kinds=[read_kind(own_kind)])
    new = "select measure_id, label, sort_order from warehouse.measure where measure = 'unforeseen'"
    assert connection.execute(new).fetchone() == (last + 1, "预备费", 7)
    connection.commit()
    upgrade(database)
    assert connection.execute(new).fetchone() == (last + 1, "预备费", 7)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('item = "opening_balance"', 'item = "opening"', "opening_balance: opening is no row of GK01"),
        ('measure = "final_total"', 'measure = "final"', "three_public: final is no measure of GK09"),
        ('key = "basic"', 'key = "income"', "metric income is declared twice"),
        ('family = "operating_cost"', 'family = "cost"', "metric operating_cost: family cost is not declared"),
        ('stated = ["procurement/all/goods"]', "", "metrics.*it stands neither in a table nor in the narrative"),
        ('prefix = "支出"\n', "", "families.*prefix, classification, table and measure go together"),
        ('"GK02"\nitem = "total"\nmeasure = "total"', '"GK99"\nitem = "total"\nmeasure = "total"', "GK99 is no table"),
    ],
)
def test_a_faulty_metric_is_refused_with_its_file(own_kind, old, new, fault):
    file = own_kind / "metrics.toml"
    more = '\n[[metrics]]\nkey = "income_total"\nlabel = "收入"\nfamily = "headline"\ntable = "GK02"\nitem = "total"\n'
    text = file.read_text("utf-8") + more + 'measure = "total"\n'
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DeclarationError, match=rf"metrics\.toml: .*{fault}"):
        read_kind(own_kind)
    file.write_text(text, "utf-8")
    assert read_kind(own_kind).metrics.metrics[-1].key == "income_total"


def test_rules_say_whether_they_block_a_comparison(connection):
    rules = "select rule_id from warehouse.check_rule where kind = 'final_accounts' and not blocks_comparison"
    not_blocking = {rule for (rule,) in connection.execute(rules)}
    assert not_blocking == {rule.id for rule in ACCOUNTS.rules if not rule.blocks_comparison}
    assert "H3" in not_blocking and "A1" not in not_blocking
    narrative = "select distinct left(rule_id, 1) from warehouse.check_rule where is_of_narrative"
    assert connection.execute(narrative).fetchall() == [("N",)]

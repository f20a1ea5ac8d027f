"""An upgrade runs the revisions and creates the views from their files in one transaction."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from shutil import copy, copytree

import pytest
from alembic.config import CommandLine, Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from psycopg import Connection

from tests.warehouse.factory import extraction, profile
from warehouse.base.database import connect
from warehouse.base.errors import (
    BrokenView,
    IncompleteInstallation,
    UnorderedViews,
    UpgradeBlocked,
    UpgradeWaitsForReaders,
    WarehouseTooNew,
)
from warehouse.base.project_files import ROOT
from warehouse.base.sql_files import SQL, audit_queries, project_views
from warehouse.load.document import load
from warehouse.records.reading import Counts, Doubt, TableStatus
from warehouse.schema import upgrade as upgrading
from warehouse.schema.filling import digest
from warehouse.schema.this_version import newest_revision
from warehouse.schema.upgrade import downgrade, upgrade


def relations(url: str) -> set[str]:
    query = (
        "select format('%I.%I', nspname, relname) from pg_class join pg_namespace as n on n.oid = relnamespace"
        " where nspname in ('warehouse', 'staging', 'intermediate', 'mart') and relkind in ('r', 'v')"
    )
    with connect(url) as connection:
        return {name for (name,) in connection.execute(query)}


@pytest.fixture
def own_sql(tmp_path: Path) -> Path:
    """A copy of sql/ that a test may change."""
    return Path(copytree(SQL, tmp_path / "sql"))


@pytest.mark.long
def test_empty_to_head_to_base_to_head(empty_database):
    upgrade(empty_database)
    at_head = relations(empty_database)
    downgrade(empty_database)
    assert relations(empty_database) == {"warehouse.alembic_version"}
    upgrade(empty_database)
    assert relations(empty_database) == at_head


@pytest.mark.long
def test_downgrade_and_upgrade_of_the_second_revision_keep_the_standard_tables(database, connection):
    load(connection, extraction())
    connection.commit()
    downgrade(database, "0001")
    assert "warehouse.stated_figure" not in relations(database)
    upgrade(database)
    assert connection.execute("select count(*) from mart.amount").fetchone() == (58,)
    assert connection.execute("select count(*) from mart.stated_figure").fetchone() == (0,)


@pytest.mark.long
def test_readings_of_an_older_revision_keep_the_unit_of_their_doubts(database, connection):
    guessed = Doubt("unit_not_printed", "全文未见金额单位,暂按万元", table_code="GK03", taken_as="万元")
    proved = Doubt("unit_not_printed", "本表未见金额单位,同一文件其余9表均为万元", table_code="GK05", taken_as="万元")
    counts = Counts(amounts_printed=58, amounts_loaded=58)
    torn = tuple(
        replace(table, status=TableStatus.PARTIAL) if table.table_code == "GK06" else table
        for table in extraction().tables
    )
    load(connection, extraction(doubts=(guessed, proved), counts=counts, tables=torn))
    connection.commit()
    downgrade(database, "0007")
    upgrade(database)
    uncertain = "select table_code from staging.parse_table where not is_unit_certain"
    assert connection.execute(uncertain).fetchall() == [("GK03",)]
    partial = "select table_code from staging.parse_table where status = 'partial'"
    assert connection.execute(partial).fetchall() == [("GK06",)]
    counted = "select amounts_printed, amounts_unaccounted, narrative_numbers from mart.disclosure"
    assert connection.execute(counted).fetchone() == (None, None, None)


def test_every_file_creates_the_view_of_its_name(database):
    assert {view.full_name for view in project_views()} <= relations(database)


def tables_of_mart(connection: Connection) -> set[tuple[str, int]]:
    """Name and object id of each. A table that is created again has another one."""
    query = (
        "select relname::text, oid::integer from pg_class where relnamespace = 'mart'::regnamespace and relkind = 'r'"
    )
    with connection.transaction():
        return set(connection.execute(query).fetchall())


def test_an_upgrade_keeps_the_data_and_the_tables_of_mart_until_what_fills_them_changes(database, connection, own_sql):
    first = load(connection, extraction())
    waiting = load(connection, extraction("year before", profile=profile(fiscal_year=2023)), refresh=False)
    connection.commit()
    before = tables_of_mart(connection)
    assert upgrade(database).views == len(project_views())
    assert tables_of_mart(connection) == before
    upgrade(database, refill=True)
    assert tables_of_mart(connection).isdisjoint(before)
    before = tables_of_mart(connection)
    connection.commit()
    public = [(first.document_id,), (waiting.document_id,)]
    assert connection.execute("select document_id from mart.disclosure order by 1").fetchall() == public
    connection.commit()
    change(
        own_sql / "staging" / "065_metric.sql", "from warehouse.metric;", "from warehouse.metric where unit <> '人';"
    )
    upgrade(database, sql_root=own_sql)
    assert tables_of_mart(connection).isdisjoint(before)
    assert connection.execute("select document_id from mart.disclosure order by 1").fetchall() == public
    assert connection.execute("select count(*) from mart.metric_value where unit = '人'").fetchone() == (0,)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "is_other"),
    [
        ("staging/065_metric.sql", "from warehouse.metric;", "from warehouse.metric where unit <> '人';", True),
        ("tables.toml", 'key = ["document_id", "place"]', 'key = ["place", "document_id"]', True),
        ("staging/065_metric.sql", "的中文名称'", "的名称'", False),
        ("marts/170_check_result.sql", "\nselect\n", "\nselect distinct\n", False),
    ],
)
def test_what_fills_the_tables_of_mart_is_what_their_views_read(connection, own_sql, file, old, new, is_other):
    change(own_sql / file, old, new)
    assert (digest(connection, own_sql) != digest(connection)) is is_other


def test_what_fills_the_tables_of_mart_are_declarations_too_but_no_measures_that_documents_bring(connection):
    before = digest(connection)
    connection.execute("update warehouse.standard_table set open_measures = '{score}' where table_code = 'GK09'")
    open_measure = digest(connection)
    assert open_measure != before
    connection.execute(
        "insert into warehouse.measure (measure_id, table_code, measure, label, sort_order)"
        " select max(measure_id) + 1, 'GK09', 'score', '得分', 99 from warehouse.measure"
    )
    assert digest(connection) == open_measure
    connection.execute("update warehouse.metric set label = '支出' where metric = 'expenditure'")
    assert digest(connection) != open_measure


def test_tables_of_a_newer_version_are_refused_and_stay(database):
    with connect(database, autocommit=True) as connection:
        connection.execute("update warehouse.alembic_version set version_num = '9999'")
        before = relations(database)
        with pytest.raises(WarehouseTooNew, match=f"of revision 9999, this version knows {newest_revision()}$"):
            upgrade(database)
        assert relations(database) == before


@pytest.mark.long
def test_two_upgrades_at_once_follow_one_another(empty_database):
    with ThreadPoolExecutor(2) as pool:
        assert {done.revision for done in pool.map(upgrade, [empty_database] * 2)} == {newest_revision()}


def test_an_analysts_own_view_stops_the_upgrade_and_is_named(database, connection):
    connection.execute("create schema analyst")
    connection.execute("create view analyst.my_totals as select * from mart.amount")
    connection.commit()
    before = relations(database)
    with pytest.raises(UpgradeBlocked, match=r"analyst\.my_totals"):
        upgrade(database)
    assert relations(database) == before
    connection.execute("select * from analyst.my_totals")


def test_an_analysts_view_inside_schema_mart_is_left_alone(database, connection):
    connection.execute("create view mart.my_own as select 1 as one")
    connection.commit()
    upgrade(database)
    assert connection.execute("select one from mart.my_own").fetchone() == (1,)


def test_a_view_in_the_way_of_a_new_one_stops_the_upgrade(database, connection, own_sql):
    connection.execute("create view mart.headline as select 1 as one")
    connection.commit()
    (own_sql / "marts" / "900_headline.sql").write_text("create view mart.headline as select 2 as two;")
    with pytest.raises(UpgradeBlocked, match=r"mart\.headline"):
        upgrade(database, sql_root=own_sql)
    assert connection.execute("select one from mart.headline").fetchone() == (1,)


def test_a_broken_view_rolls_everything_back(database, connection, own_sql):
    loaded = load(connection, extraction())
    before = relations(database)
    (own_sql / "marts" / "900_broken.sql").write_text("create view mart.broken as select nothing from mart.amount;")
    with pytest.raises(BrokenView, match=r"900_broken\.sql.*nothing"):
        upgrade(database, sql_root=own_sql)
    assert relations(database) == before
    assert connection.execute("select document_id from mart.disclosure").fetchall() == [(loaded.document_id,)]


@pytest.mark.long
def test_a_broken_view_leaves_an_empty_database_empty(empty_database, own_sql):
    (own_sql / "staging" / "900_broken.sql").write_text("create view staging.broken as selekt;")
    with pytest.raises(BrokenView, match=r"900_broken\.sql"):
        upgrade(empty_database, sql_root=own_sql)
    assert relations(empty_database) == set()


def test_a_file_must_create_the_view_of_its_name(database, own_sql):
    (own_sql / "marts" / "900_promised.sql").write_text("create view mart.another as select 1 as one;")
    with pytest.raises(BrokenView, match=r"does not create mart\.promised"):
        upgrade(database, sql_root=own_sql)


def test_a_file_without_a_number_has_no_place_in_the_order(database, own_sql):
    (own_sql / "marts" / "late.sql").write_text("create view mart.late as select 1 as one;")
    with pytest.raises(UnorderedViews, match=r"late\.sql"):
        upgrade(database, sql_root=own_sql)


def test_an_upgrade_without_view_files_is_refused_and_keeps_the_existing_views(database, tmp_path):
    before = relations(database)
    with pytest.raises(IncompleteInstallation, match=f"lacks files of juesuan.*: no view in {tmp_path}"):
        upgrade(database, sql_root=tmp_path)
    assert relations(database) == before


def test_an_upgrade_without_revisions_is_refused(empty_database, tmp_path, monkeypatch):
    monkeypatch.setattr(upgrading, "ROOT", tmp_path)
    with pytest.raises(IncompleteInstallation, match=r"alembic\.ini"):
        upgrade(empty_database)
    copy(ROOT / "alembic.ini", tmp_path)
    (tmp_path / "migrations").mkdir()
    with pytest.raises(IncompleteInstallation, match=f"no revision in {tmp_path}"):
        upgrade(empty_database)
    assert relations(empty_database) == set()


def test_verification_without_audit_queries_is_refused(tmp_path):
    with pytest.raises(IncompleteInstallation, match="no audit query"):
        audit_queries(tmp_path)


@pytest.mark.parametrize(
    "command", ["upgrade head", "downgrade base", "stamp head", "upgrade head --sql", "current", "check"]
)
def test_alembics_own_command_changes_no_database(empty_database, monkeypatch, command):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", empty_database)
    with pytest.raises(CommandError, match="without views: `juesuan db upgrade` brings tables and views"):
        CommandLine().main(["--raiseerr", "-c", str(ROOT / "alembic.ini"), *command.split()])
    assert relations(empty_database) == set()


def test_alembics_own_command_writes_revisions(tmp_path):
    copy(ROOT / "alembic.ini", tmp_path)
    copytree(ROOT / "migrations", tmp_path / "migrations")
    CommandLine().main(
        ["--raiseerr", "-c", str(tmp_path / "alembic.ini"), "revision", "-m", "next", "--rev-id", "9999"]
    )
    written = (tmp_path / "migrations" / "versions" / "9999_next.py").read_text("utf-8")
    (head,) = ScriptDirectory.from_config(Config(ROOT / "alembic.ini")).get_heads()
    assert f"down_revision = '{head}'" in written


def test_a_view_without_a_file_is_dropped_by_the_next_upgrade(database, own_sql):
    (own_sql / "marts" / "110_three_public.sql").unlink()
    upgrade(database, sql_root=own_sql)
    assert "mart.three_public" not in relations(database)


@pytest.mark.long
def test_an_upgrade_does_not_wait_for_a_long_reader(database, connection, monkeypatch):
    monkeypatch.setattr(upgrading, "LOCK_SECONDS", 1)
    connection.execute("select count(*) from mart.amount")  # the open transaction holds its locks
    with pytest.raises(UpgradeWaitsForReaders):
        upgrade(database)
    connection.rollback()
    upgrade(database)

"""A new public view needs one SQL file; a new fact table needs one view and one declaration."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.warehouse.peers import peer
from warehouse.base import mart_tables
from warehouse.base.catalog import marts
from warehouse.base.database import connect
from warehouse.base.errors import BadSqlDeclaration
from warehouse.base.sql_files import SQL, audit_queries, project_views
from warehouse.load.document import load
from warehouse.publish import refresh
from warehouse.schema.dictionary import render
from warehouse.schema.upgrade import upgrade

TODAY = "(now() at time zone 'Asia/Shanghai')::date"
VIEW = """
-- What a body spent. Grain: one current document.
-- Key: document_id.
create view mart.outlay as
select
    metric_value.{shared},
    metric_value.amount_wan as spent_wan
from mart.metric_value
where metric_value.metric = 'expenditure';

comment on view mart.outlay is '本年支出。粒度：每个现行决算文件一行';
comment on column mart.outlay.spent_wan is '本年支出合计（万元）';
"""
FACT = (
    VIEW.replace("mart.outlay", "intermediate.outlay")
    .replace("spent_wan\nfrom", "spent_wan,\n    metric_value.slot_id\nfrom")
    .replace("from mart.metric_value", "from intermediate.metric_value")
)
DECLARED = """
[outlay]
rewritten = "slot"
key = ["document_id"]
references = { published_document = ["document_id"] }
indexes = { department = { columns = ["department", "fiscal_year"], include = ["spent_wan"] } }
"""


@pytest.fixture
def own_sql(tmp_path: Path) -> Path:
    return Path(copytree(SQL, tmp_path / "sql"))


@pytest.fixture
def with_fact(database, own_sql, monkeypatch) -> Path:
    """The SQL folder with one more view and declaration, after an upgrade of `database` with it."""
    (own_sql / "intermediate" / "900_outlay.sql").write_text(FACT)
    with (own_sql / "tables.toml").open("a") as declared:
        declared.write(DECLARED)
    monkeypatch.setattr(refresh, "facts", lambda: mart_tables.facts(own_sql))
    upgrade(database, sql_root=own_sql)
    return own_sql


def spent(connection, relation: str = "mart.outlay") -> list[tuple]:
    return connection.execute(f"select department, spent_wan from {relation} order by 1").fetchall()


@pytest.mark.long
def test_a_public_view_is_one_file(database, connection, own_sql):
    (own_sql / "marts" / "900_outlay.sql").write_text(VIEW)
    upgrade(database, sql_root=own_sql)
    load(connection, peer(0, expenditure="500.00"))
    connection.commit()
    assert spent(connection) == spent(connection, f"mart.outlay_as_of({TODAY})") == [("子县工业和信息化局", 500)]
    assert spent(connection, "mart.outlay_as_of('2001-01-01')") == []
    (exported,) = marts(connection, ["outlay"])
    assert exported.comment == "本年支出。粒度：每个现行决算文件一行"
    assert [column.comment for column in exported.columns if not column.comment] == []
    assert "| fiscal_year | smallint | 决算年度；无法判断时为空 |\n| spent_wan | numeric(" in render(connection)
    assert "mart.outlay" in audit_queries(own_sql)["010_grain_of_marts"]
    with connect(database) as reader:
        reader.execute("set session authorization juesuan_reader")
        assert spent(reader) == [("子县工业和信息化局", 500)]


def test_a_fact_is_one_view_and_one_declaration(connection, with_fact):
    load(connection, peer(0, expenditure="400.00"))
    load(connection, peer(1, expenditure="70.00"))
    load(connection, peer(0, expenditure="500.00", content="corrected"), refresh=False)
    assert spent(connection) == [("丑县工业和信息化局", 70), ("子县工业和信息化局", 400)]
    refresh.refresh_stale(connection)
    assert spent(connection) == [("丑县工业和信息化局", 70), ("子县工业和信息化局", 500)]
    assert spent(connection, f"mart.outlay_as_of({TODAY})") == spent(connection)
    at_once = spent(connection)
    refresh.rebuild(connection)
    assert spent(connection) == at_once
    assert [mart.comment for mart in marts(connection, ["outlay"])] == ["本年支出。粒度：每个现行决算文件一行"]


def test_the_keys_of_a_fact_are_in_the_catalog(connection, with_fact):
    keys = connection.execute(
        "select pg_get_constraintdef(oid) from pg_constraint"
        " where conrelid = 'mart.outlay'::regclass and contype in ('p', 'f') order by contype"
    ).fetchall()
    assert keys == [
        ("FOREIGN KEY (document_id) REFERENCES mart.published_document(document_id)",),
        ("PRIMARY KEY (document_id)",),
    ]
    (index,) = connection.execute("select pg_get_indexdef('mart.outlay_department_idx'::regclass)").fetchone()
    assert index.endswith("(department, fiscal_year) INCLUDE (spent_wan)")


@pytest.mark.long
def test_the_audit_compares_it_with_its_view(connection, with_fact):
    load(connection, peer(0, expenditure="400.00"))
    audit = audit_queries(with_fact)["090_star_equals_its_views"]
    assert connection.execute(audit).fetchall() == []
    connection.execute("update mart.outlay set spent_wan = 401")
    assert connection.execute(audit).fetchall() == [("outlay", 1, 1)]


def test_two_rows_with_the_same_key_are_found(connection, own_sql):
    (own_sql / "marts" / "900_outlay.sql").write_text(VIEW)
    connection.execute("create view mart.outlay as select 7 as document_id union all select 7")
    audit = audit_queries(own_sql)["010_grain_of_marts"]
    assert connection.execute(audit).fetchall() == [("outlay", "{7}", 2)]


def test_every_public_view_names_its_key():
    assert [
        view.name for view in project_views() if view.schema == "mart" and view.kind == "view" and not view.key
    ] == []


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("[outlay]\nrewritten = 'slot'", "outlay.key"),
        ("[outlay]\nkey = ['document_id']\nrewritten = 'night'", "outlay.rewritten"),
        ("[outlay]\nkey = ['code']\nfollows = { code = 'names' }", "outlay.follows.code"),
        ("[outlay]\nkey = ['code']\nrewritten = 'slot'\nfollows = { code = 'codes' }", "not both"),
        ("[outlay]\nkey = ['metric']\nrewritten = 'two years'", "needs document_id in the key"),
        ("[outlay]\nkey = ['year']\nreferences = { year = ['year'] }", "no table year stands above it"),
        (
            "[year]\nkey = ['year']\n[outlay]\nkey = ['a', 'b']\nreferences = { year = ['a', 'b'] }",
            "the key of year is year",
        ),
        ("[outlay]\nkey = ['year']\nsorted = true", "outlay.sorted"),
    ],
)
def test_a_faulty_declaration_of_a_fact_is_refused(tmp_path, declared, said):
    (tmp_path / "tables.toml").write_text(declared)
    with pytest.raises(BadSqlDeclaration, match=said):
        mart_tables.mart_tables(tmp_path)


def test_a_table_without_its_view_stops_the_upgrade(database, own_sql):
    with (own_sql / "tables.toml").open("a") as declared:
        declared.write(DECLARED)
    with pytest.raises(BadSqlDeclaration, match=r"no view intermediate\.outlay"):
        upgrade(database, sql_root=own_sql)

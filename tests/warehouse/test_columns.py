"""sql/columns.toml: comments and lists of columns that several views share are written there once."""

import re
from pathlib import Path
from shutil import copytree

import pytest

from warehouse.base.errors import BadSqlDeclaration, BrokenView
from warehouse.base.sql_files import COLUMNS, SQL, columns, project_views
from warehouse.schema.upgrade import upgrade

COMMENT = re.compile(r"comment on column \w+\.(\w+)\.(\w+) is\s+'((?:[^']|'')*)'")
SAID = """
select attname, col_description(attrelid, attnum) from pg_attribute
where attrelid = 'mart.own'::regclass and attnum > 0 order by attnum
"""
LABEL = ("kind_label", "kind 的中文名称")  # every column of codes has one, at the end of the view
NOT_A_LIST = "create view mart.own as select document.{share} from mart.published_document as document;"


@pytest.fixture
def own_sql(tmp_path: Path) -> Path:
    return Path(copytree(SQL, tmp_path / "sql"))


def test_a_list_stands_for_its_columns_in_order(own_sql):
    file = own_sql / "marts" / "900_own.sql"
    file.write_text("select d.{shared}, 'a.{3}' from mart.published_document as d")
    assert columns().script(file) == (
        "select d.document_id, d.source_name, d.province, d.city, d.county, d.division_code, d.jurisdiction_level,"
        " d.department, d.department_kind, d.scope, d.fiscal_year, 'a.{3}' from mart.published_document as d"
    )


def test_an_unknown_list_of_columns_stops_the_upgrade_and_is_named(database, own_sql):
    (own_sql / "marts" / "900_own.sql").write_text(NOT_A_LIST)
    with pytest.raises(BadSqlDeclaration, match=r"900_own\.sql: document\.\{share\}"):
        upgrade(database, sql_root=own_sql)


def test_a_view_takes_shared_comments_for_columns_without_one(database, connection, own_sql):
    (own_sql / "marts" / "900_own.sql").write_text(
        "create view mart.own as select document_id, kind, 1 as own from mart.published_document;"
        "comment on view mart.own is '试一试';"
        "comment on column mart.own.kind is '另一种类'"
    )
    upgrade(database, sql_root=own_sql)
    said = connection.execute(SAID).fetchall()
    assert said == [("document_id", columns().comments["document_id"]), ("kind", "另一种类"), ("own", None), LABEL]


def test_no_sql_file_repeats_a_shared_comment():
    comments = columns().comments
    repeated = [
        f"{view.path.name}: {column}"
        for view in project_views()
        for _, column, said in COMMENT.findall(view.path.read_text("utf-8"))
        if comments.get(column) == said
    ]
    assert repeated == []


def test_every_shared_comment_is_used_by_two_views_or_more(connection):
    used = connection.execute(
        "select attname, col_description(attrelid, attnum) from pg_attribute join pg_class on pg_class.oid = attrelid"
        " where relkind = 'v' and relnamespace::regnamespace::text in ('staging', 'intermediate', 'mart')"
    ).fetchall()
    assert [column for column, said in columns().comments.items() if used.count((column, said)) < 2] == []


def test_a_view_without_a_comment_stops_the_upgrade_and_is_named(database, own_sql):
    file = own_sql / "marts" / "900_own.sql"
    file.write_text("create view mart.own as select document_id from mart.published_document")
    with pytest.raises(BrokenView, match=r"900_own\.sql does not comment on mart\.own"):
        upgrade(database, sql_root=own_sql)


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("[lists]\nshared = []\n[comments]", "lists.shared"),
        ("[lists]\n[comments]\npage = 'the page'", "comments.page"),
        ("[lists]\n[comments]\n'Page' = '页码'", "comments.Page"),
        ("[lists]\n[comments]\n[views]", "views"),
        ("[lists", COLUMNS),
    ],
)
def test_a_faulty_declaration_is_refused(tmp_path, declared, said):
    (tmp_path / COLUMNS).write_text(declared, "utf-8")
    with pytest.raises(BadSqlDeclaration, match=said):
        columns(tmp_path)

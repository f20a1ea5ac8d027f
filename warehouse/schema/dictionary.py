"""Writes the data dictionary docs/data_dictionary.md from the comments in the database.

Run `python -m warehouse.schema.dictionary` in a checkout. A test fails while the file is not current.
"""

from collections.abc import Iterator
from itertools import groupby

from psycopg import Connection

from warehouse import server
from warehouse.base.database import connect
from warehouse.base.messages import _
from warehouse.base.project_files import IS_INSTALLED, ROOT

FILE = ROOT / "docs" / "data_dictionary.md"
TITLE = "# 数据字典\n\n由数据库中的注释生成（`python -m warehouse.schema.dictionary`），请勿手工修改。\n"
PARTS = {
    "mart": "公开视图（模式 `mart`）：分析人员与 BI 工具使用",
    "warehouse": "规范化表（模式 `warehouse`）：仅供程序使用",
}
COLUMNS = """
select relation.relname, obj_description(relation.oid, 'pg_class'), attribute.attname,
    format_type(attribute.atttypid, attribute.atttypmod), col_description(relation.oid, attribute.attnum)
from pg_class as relation
join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0 and not attisdropped
where relation.relnamespace = %s::regnamespace and relation.relkind in ('r', 'v')
    and relation.relname <> 'alembic_version'
order by relation.oid, attribute.attnum
"""


def render(connection: Connection) -> str:
    """The dictionary as Markdown: the views of mart in the order of creation, then the tables of warehouse."""
    return "\n".join([TITLE, *(line for schema in PARTS for line in _part(connection, schema))])


def _part(connection: Connection, schema: str) -> Iterator[str]:
    yield f"## {PARTS[schema]}\n"
    rows = connection.execute(COLUMNS, [schema]).fetchall()
    for (name, comment), columns in groupby(rows, key=lambda row: row[:2]):
        yield f"### {schema}.{name}\n\n{comment or ''}\n"
        yield "| 列 | 类型 | 说明 |\n|---|---|---|"
        for _name, _comment, column, kind, meaning in columns:
            yield f"| {column} | {kind} | {_cell(meaning)} |"
        yield ""


def _cell(meaning: str | None) -> str:
    return (meaning or "").replace("|", "\\|")


def main() -> None:
    """Writes FILE. Exits with a message in an installed wheel, which has no docs/."""
    if IS_INSTALLED:
        raise SystemExit(
            _("the data dictionary is a file of the checkout, and this is an installed wheel: run it there")
        )
    with connect(server.start()) as connection:
        FILE.write_text(render(connection), "utf-8")


if __name__ == "__main__":
    main()

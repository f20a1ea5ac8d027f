"""Writes the data dictionary from the comments in the database: docs/data_dictionary.md in Chinese, and of schema mart
docs/data_dictionary.en.md, by the translations in sql/descriptions_en.toml.

Run `python -m warehouse.schema.dictionary` in a checkout. A test fails while the files are not current.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from psycopg import Connection

from warehouse import server
from warehouse.base.database import connect
from warehouse.base.messages import _
from warehouse.base.project_files import IS_INSTALLED, ROOT
from warehouse.schema.descriptions import in_english

COLUMNS = """
select relation.relname, obj_description(relation.oid, 'pg_class'), attribute.attname,
    format_type(attribute.atttypid, attribute.atttypmod), col_description(relation.oid, attribute.attnum)
from pg_class as relation
join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0 and not attisdropped
where relation.relnamespace = %s::regnamespace and relation.relkind in ('r', 'v')
    and relation.relname <> 'alembic_version'
order by relation.oid, attribute.attnum
"""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The document in one language. `parts` are its schemas and their headings."""

    file: Path
    title: str
    parts: dict[str, str]
    headings: str
    is_english: bool = False

    def said(self, comment: str | None) -> str:
        return (in_english(comment or "") or "") if self.is_english else comment or ""


CHINESE = Dictionary(
    ROOT / "docs" / "data_dictionary.md",
    "[English](data_dictionary.en.md)\n\n# 数据字典\n\n"
    "由数据库中的注释生成（`python -m warehouse.schema.dictionary`），请勿手工修改。\n",
    {
        "mart": "公开视图（模式 `mart`）：分析人员与 BI 工具使用",
        "warehouse": "规范化表（模式 `warehouse`）：仅供程序使用",
    },
    "| 列 | 类型 | 说明 |",
)
ENGLISH = Dictionary(
    ROOT / "docs" / "data_dictionary.en.md",
    "[中文](data_dictionary.md)\n\n# Data dictionary\n\n"
    "Made from the comments in the database and their translations in"
    " `sql/descriptions_en.toml`\n(`python -m warehouse.schema.dictionary`); do not edit it.\n",
    {"mart": "Public tables and views (schema `mart`): for analysts and BI tools"},
    "| column | type | meaning |",
    is_english=True,
)


def render(connection: Connection, dictionary: Dictionary = CHINESE) -> str:
    """The dictionary as Markdown: tables and views in the order of creation."""
    lines = (line for schema in dictionary.parts for line in _part(connection, dictionary, schema))
    return "\n".join([dictionary.title, *lines])


def _part(connection: Connection, dictionary: Dictionary, schema: str) -> Iterator[str]:
    yield f"## {dictionary.parts[schema]}\n"
    rows = connection.execute(COLUMNS, [schema]).fetchall()
    for (name, comment), columns in groupby(rows, key=lambda row: row[:2]):
        yield f"### {schema}.{name}\n\n{dictionary.said(comment)}\n"
        yield f"{dictionary.headings}\n|---|---|---|"
        for _name, _comment, column, kind, meaning in columns:
            yield f"| {column} | {kind} | {_cell(dictionary.said(meaning))} |"
        yield ""


def _cell(meaning: str) -> str:
    return meaning.replace("|", "\\|")


def main() -> None:
    """Writes both files. Exits with a message in an installed wheel, which has no docs/."""
    if IS_INSTALLED:
        raise SystemExit(
            _("the data dictionary is a file of the checkout, and this is an installed wheel: run it there")
        )
    with connect(server.start()) as connection:
        for dictionary in (CHINESE, ENGLISH):
            dictionary.file.write_text(render(connection, dictionary), "utf-8")


if __name__ == "__main__":
    main()

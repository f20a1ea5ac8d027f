"""The tables and views of schema mart with their columns, from PostgreSQL's catalog."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from psycopg import Connection

from warehouse.base.errors import UnknownMart

COLUMNS = """
select relation.relname, obj_description(relation.oid, 'pg_class'), attribute.attname,
    format_type(attribute.atttypid, attribute.atttypmod), col_description(relation.oid, attribute.attnum)
from pg_class as relation
join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0 and not attisdropped
where relation.relnamespace = to_regnamespace('mart') and relation.relkind in ('r', 'p', 'v', 'm')
order by relation.relname, attribute.attnum
"""
TEXT = {"text", "character varying", "character"}
NATIVE = TEXT | {
    "smallint", "integer", "bigint", "boolean", "date", "numeric", "real", "double precision",
    "timestamp with time zone", "timestamp without time zone",
}  # fmt: skip
MOST_DIGITS = 38  # Parquet's decimal128 holds no more


@dataclass(frozen=True, slots=True)
class Column:
    """`type` as PostgreSQL spells it: numeric(20,6), text[], timestamp with time zone."""

    name: str
    type: str
    comment: str

    @property
    def is_array(self) -> bool:
        return self.type.endswith("[]")

    @property
    def element(self) -> str:
        """The type without brackets and length: numeric of numeric(20,6), text of text[]."""
        return re.sub(r"\(.*?\)", "", self.type.removesuffix("[]"))

    @property
    def is_cast(self) -> bool:
        """Types that are exported as text: jsonb, uuid, intervals, arrays of other than text."""
        return self.element not in (TEXT if self.is_array else NATIVE)

    @property
    def is_text(self) -> bool:
        return self.is_cast or self.element in TEXT

    @property
    def precision(self) -> tuple[int, int] | None:
        """Digits and scale as declared: (20, 6) for numeric(20,6). None if not declared, or too many for decimal128."""
        declared = re.fullmatch(r"numeric\((\d+),(\d+)\)", self.type)
        digits, scale = map(int, declared.groups()) if declared else (0, 0)
        return (digits, scale) if declared and scale <= digits <= MOST_DIGITS else None

    @property
    def is_unscaled(self) -> bool:
        return self.type.startswith("numeric") and not self.is_array and self.precision is None


@dataclass(frozen=True, slots=True)
class Mart:
    """One table or view of schema mart."""

    name: str
    comment: str
    columns: tuple[Column, ...]


def marts(connection: Connection, names: Sequence[str] = ()) -> list[Mart]:
    """All tables and views, or those named (with or without `mart.`), sorted by name. Raises UnknownMart."""
    found = {mart.name: mart for mart in _all(connection)}
    wanted = {name.removeprefix("mart.") for name in names} or set(found)
    if unknown := sorted(wanted - set(found)):
        raise UnknownMart(f"{', '.join(unknown)}; there is {', '.join(found) or 'nothing in it'}")
    return [mart for name, mart in found.items() if name in wanted]


def _all(connection: Connection) -> Iterator[Mart]:
    rows = connection.execute(COLUMNS).fetchall()
    for (name, comment), columns in groupby(rows, key=lambda row: row[:2]):
        yield Mart(name, comment or "", tuple(Column(column, of, said or "") for _, _, column, of, said in columns))

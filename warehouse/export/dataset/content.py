"""A digest of the rows of each file-to-be, made by the database: what has not changed need not be written again."""

from collections.abc import Mapping

from psycopg import Connection, sql

from warehouse.base.catalog import Mart
from warehouse.export.dataset.partitions import Partitions

# Sums of two independent hashes of each row, so that the order of the rows does not matter.
DIGESTS = """
select {keys} concat_ws('-', count(*), sum(hashtextextended(said, 0)), sum(hashtextextended(said, 1)))
from (select {expressions} row({columns})::text as said from mart.{view}) as one
group by {groups}
"""


def contents(connection: Connection, mart: Mart, parted: Partitions) -> Mapping[tuple[object, ...], str]:
    """The digest of each group of rows, by the values of its keys. A view without rows has one group of nulls."""
    names = [sql.Identifier(f"key_{number}") for number in range(len(parted.keys))]
    expressions = [
        sql.SQL("{} as {},").format(expression, name)
        for expression, name in zip(parted.expressions, names, strict=True)
    ]
    query = sql.SQL(DIGESTS).format(
        keys=sql.SQL("").join(sql.SQL("{},").format(name) for name in names),
        expressions=sql.SQL("").join(expressions),
        columns=sql.SQL(", ").join(sql.Identifier(column.name) for column in mart.columns),
        view=sql.Identifier(mart.name),
        groups=sql.SQL(", ").join(names) if names else sql.SQL("()"),
    )
    found = {tuple(keys): content for *keys, content in connection.execute(query)}
    return found or {(None,) * len(parted.keys): "0"}

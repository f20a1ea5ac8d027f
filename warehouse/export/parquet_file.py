"""Parquet for programs: numeric columns as decimal128, never floating point; comments of columns as metadata.

A column declared numeric(p, s) keeps p and s. A numeric column without a scale gets 38 digits, with six decimals or
as many as its values need. A value that does not fit raises ValueDoesNotFit.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from psycopg import Connection, sql

from warehouse.base.catalog import MOST_DIGITS, TEXT, Column, Mart
from warehouse.base.database import one_row
from warehouse.base.errors import ValueDoesNotFit

LEAST_SCALE = 6  # the scale of amounts in the views; so the type rarely depends on the values
TYPES = {
    "smallint": pa.int16(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
    "real": pa.float32(),  # floating point in the database too
    "double precision": pa.float64(),
    "date": pa.date32(),
    "timestamp with time zone": pa.timestamp("us", tz="UTC"),
    "timestamp without time zone": pa.timestamp("us"),
}


class ParquetFile:
    """One view as Parquet. `rows`: rows written so far."""

    def __init__(self, path: Path, mart: Mart, schema: pa.Schema):
        self.rows = 0
        self._mart, self._schema = mart, schema
        self._writer = pq.ParquetWriter(path, schema)

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Writes one row group. Raises ValueDoesNotFit, naming the column."""
        columns = [
            self._array(field, values) for field, values in zip(self._schema, zip(*rows, strict=True), strict=True)
        ]
        self._writer.write_batch(pa.record_batch(columns, schema=self._schema))
        self.rows += len(rows)

    def close(self) -> None:
        self._writer.close()

    def _array(self, field: pa.Field, values: Sequence[Any]) -> pa.Array:
        try:
            return pa.array(values, type=field.type)
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise ValueDoesNotFit(f"mart.{self._mart.name}.{field.name} as {field.type}: {error}") from error


def schema(connection: Connection, mart: Mart) -> pa.Schema:
    """The Parquet schema of a view, with comments and PostgreSQL's types as metadata."""
    scales = _scales(connection, mart)
    fields = [pa.field(column.name, _type(column, scales), metadata=_about(column)) for column in mart.columns]
    return pa.schema(fields, metadata={"view": f"mart.{mart.name}", "comment": mart.comment})


def _type(column: Column, scales: Mapping[str, int]) -> pa.DataType:
    if column.is_text:
        return pa.list_(pa.string()) if column.element in TEXT and column.is_array else pa.string()
    if column.precision:
        return pa.decimal128(*column.precision)
    return pa.decimal128(MOST_DIGITS, scales[column.name]) if column.is_unscaled else TYPES[column.element]


def _about(column: Column) -> dict[str, str]:
    return {"comment": column.comment, "postgresql_type": column.type}


def _scales(connection: Connection, mart: Mart) -> dict[str, int]:
    """The number of decimals that the values of each numeric column without a declared scale need."""
    names = [column.name for column in mart.columns if column.is_unscaled]
    if not names:
        return {}
    query = sql.SQL("select {} from mart.{}").format(
        sql.SQL(", ").join(sql.SQL("max(min_scale({}))").format(sql.Identifier(name)) for name in names),
        sql.Identifier(mart.name),
    )
    needed = one_row(connection.execute(query))
    return {name: _scale(mart, name, found or 0) for name, found in zip(names, needed, strict=True)}


def _scale(mart: Mart, name: str, needed: int) -> int:
    if needed > MOST_DIGITS:
        raise ValueDoesNotFit(f"mart.{mart.name}.{name}: {needed} decimals")
    return max(LEAST_SCALE, needed)

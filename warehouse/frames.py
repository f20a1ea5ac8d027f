"""Answers as pandas DataFrames: a view of schema mart, or any query of it.

    from warehouse import frames

    balance = frames.view("balance", fiscal_year=2024, city=["甲市", "乙市"])
    frames.query("select department, expenditure_wan from mart.balance where fiscal_year = %(year)s", year=2024)

Amounts are exact: a `numeric` column holds Decimal (dtype object), which pandas adds without rounding. Integers are
Int64, truth values boolean, texts str, days datetime64, times datetime64 in UTC; arrays are lists. Null is a missing
value in the frame, never 0. A frame is in memory completely.

Without `url` the database is that of JUESUAN_DATABASE_URL or the embedded server, if it runs. All queries are
read-only, and the role juesuan_reader may run them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas
import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from warehouse import server
from warehouse.base.database import snapshot
from warehouse.base.errors import ServerDidNotStart, UnknownChoice, UnknownMart

DTYPES = {  # PostgreSQL's type → pandas'
    "int2": "Int64",
    "int4": "Int64",
    "int8": "Int64",
    "bool": "boolean",
    "float4": "Float64",
    "float8": "Float64",
    "text": "str",
    "varchar": "str",
    "date": "datetime64[s]",
    "timestamptz": "datetime64[us, UTC]",
}
COLUMNS = """
select attname as column, format_type(atttypid, atttypmod) as type, col_description(attrelid, attnum) as meaning
from pg_attribute where attrelid = to_regclass('mart.' || quote_ident(%(name)s)) and attnum > 0 and not attisdropped
order by attnum
"""


def view(name: str, *, url: str | None = None, as_of: date | None = None, **equal: Any) -> pandas.DataFrame:
    """All columns of mart.<name>; the rows in no particular order.

    `equal` selects rows: column and value, a list of values, or None for null. `as_of` is a day: the view as it was at
    the end of it, Beijing time. Raises UnknownMart, UnknownChoice (no such column) and ServerDidNotStart.
    """
    name = name.removeprefix("mart.")
    source = sql.Identifier("mart", name) if as_of is None else _as_of(name)
    conditions = [_condition(column, value) for column, value in equal.items()] or [sql.SQL("true")]
    asked = sql.SQL("select * from {} where {}").format(source, sql.SQL(" and ").join(conditions))
    try:
        return _frame(asked, {**equal, "as_of": as_of}, url)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedFunction):
        raise UnknownMart(f"{name}_as_of" if as_of else name) from None
    except psycopg.errors.UndefinedColumn as error:
        raise UnknownChoice(f"mart.{name}: {error.diag.message_primary}") from None


def query(text: str, *, url: str | None = None, **values: Any) -> pandas.DataFrame:
    """The result of a query, in its order. `values` are its parameters, written %(name)s in the text.

    Without parameters `%` needs no escape. Raises ServerDidNotStart, and psycopg.Error where the database refuses it.
    """
    return _frame(sql.SQL(text), values or None, url)


def columns(name: str, *, url: str | None = None) -> pandas.DataFrame:
    """The columns of mart.<name>: `column`, `type` as PostgreSQL spells it, `meaning` in Chinese.

    Raises UnknownMart and ServerDidNotStart.
    """
    name = name.removeprefix("mart.")
    found = query(COLUMNS, url=url, name=name)
    if found.empty:
        raise UnknownMart(name)
    return found


def _as_of(name: str) -> sql.Composable:
    return sql.SQL("{}(%(as_of)s::date)").format(sql.Identifier("mart", f"{name}_as_of"))


def _condition(column: str, value: Any) -> sql.Composable:
    compared = "{} = any({})" if isinstance(value, (list, tuple, set)) else "{} is not distinct from {}"
    return sql.SQL(compared).format(sql.Identifier(column), sql.Placeholder(column))


def _frame(asked: sql.SQL | sql.Composed, values: Mapping[str, Any] | None, url: str | None) -> pandas.DataFrame:
    with snapshot(url or _running_url()) as connection:
        answer = connection.execute(asked, values and {key: _as_list(value) for key, value in values.items()})
        return _typed(connection, answer.description or (), answer.fetchall())


def _running_url() -> str:
    url = server.url()
    if url is None:
        raise ServerDidNotStart("start it first: juesuan db start")
    return url


def _as_list(value: Any) -> Any:
    return list(value) if isinstance(value, (tuple, set)) else value


def _typed(
    connection: psycopg.Connection, described: Sequence[psycopg.Column], rows: list[TupleRow]
) -> pandas.DataFrame:
    cells = list(zip(*rows, strict=True)) or [()] * len(described)
    dtypes = [_dtype(connection, column.type_code) for column in described]
    series = [pandas.Series(values, dtype=dtype) for values, dtype in zip(cells, dtypes, strict=True)]
    frame = pandas.concat(series, axis="columns") if series else pandas.DataFrame()
    return frame.set_axis([column.name for column in described], axis="columns")


def _dtype(connection: psycopg.Connection, oid: int) -> str:
    """The registry finds an array under the type of its elements; its values stay lists."""
    known = connection.adapters.types.get(oid)
    return DTYPES.get(known.name, "object") if known and known.oid == oid else "object"

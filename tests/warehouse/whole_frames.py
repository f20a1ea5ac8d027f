"""Holds a view as a DataFrame against the same view in SQL."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import juesuan
import psycopg

from warehouse import frames
from warehouse.base.sql_files import project_views

PUBLIC = [view.name for view in project_views() if view.schema == "mart"]  # with the tables


def assert_whole(opened: juesuan.Warehouse, url: str, name: str) -> int:
    """As many rows and columns as in SQL, each column of its dtype, with its meaning and the same values; no amount
    became a float. Returns the number of rows."""
    frame = getattr(opened, name)()
    with psycopg.connect(url) as connection:
        cursor = connection.execute(f"select * from mart.{name}")
        rows = cursor.fetchall()
    assert frame.shape == (len(rows), len(cursor.description))
    assert [str(dtype) for dtype in frame.dtypes] == [dtype_of(column.type_code) for column in cursor.description]
    for column, values in zip(frame, zip(*rows, strict=True), strict=bool(rows)):
        assert counted(frame[column].dropna()) == counted(value for value in values if value is not None), column
    money = [column for column in frame if column.endswith(("_wan", "_yuan"))]
    assert {type(value) for column in money for value in frame[column].dropna()} <= {Decimal}
    assert list(frame.attrs["columns"]) == list(frame) and all(frame.attrs["columns"].values())
    assert frame.attrs["view"] == name and frame.attrs["meaning"]
    return len(rows)


def dtype_of(code: int) -> str:
    """The registry finds an array under the type of its elements."""
    found = psycopg.adapters.types.get(code)
    return frames.DTYPES.get(found.name, "object") if found and found.oid == code else "object"


def counted(values: Iterable[object]) -> Counter[object]:
    """How often each value is there; days as the moment they begin."""
    return Counter(str(value).removesuffix(" 00:00:00") for value in values)

"""Fields of a record are copied to the columns of the same name; the loader has no list of them."""

from dataclasses import dataclass, field, make_dataclass

import pytest

from warehouse.load.fields import fields_of
from warehouse.load.rows import TABLES
from warehouse.load.tables_and_doubts import AMOUNT
from warehouse.records.reading import Amount

COLUMNS = "select attname::text from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"


@dataclass(frozen=True)
class Printed:
    code: str
    left: int
    right: int
    rows: tuple[str, ...] = field(default=())


def test_columns_and_values_are_in_the_same_order():
    fields = fields_of(Printed, without=("code",), renamed={"left": "left_value"})
    assert fields.columns == "left_value, right, rows"
    assert fields.values(Printed("208", 1, 2, ("一", "二"))) == (1, 2, ["一", "二"])


def test_a_new_field_of_an_amount_is_copied_under_its_name():
    wider = make_dataclass("Wider", [("box", str)], bases=(Amount,), frozen=True, kw_only=True)
    without = ("table_code", "measure", "functional_code", "economic_code")
    assert fields_of(wider, without=without).columns == f"{AMOUNT.columns}, box"


@pytest.mark.parametrize("copied", TABLES, ids=lambda copied: copied.table)
def test_every_column_of_a_table_is_filled(connection, copied):
    columns = {name for (name,) in connection.execute(COLUMNS, [f"warehouse.{copied.table}"])}
    assert set(copied.columns.split(", ")) == columns

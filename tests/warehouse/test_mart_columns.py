"""Every public column of the list still exists with its type, and every public column is in the list."""

import pytest

from tests.mart_columns import in_database, missing, recorded


def test_every_public_column_is_still_there(connection):
    assert missing(recorded(), in_database(connection)) == []


def test_every_public_column_is_on_the_list(connection):
    assert in_database(connection) - recorded() == set(), "python -m tests.mart_columns adds them"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("alter table mart.own rename column amount to number", "own.amount: numeric(20,6) promised, not there"),
        (
            "alter table mart.own alter column amount type numeric(20,2)",
            "own.amount: numeric(20,6) promised, numeric(20,2)",
        ),
        ("drop function mart.own_as_of(date)", "own_as_of(day date).amount: numeric(20,6) promised, not there"),
    ],
)
def test_a_removed_or_changed_column_is_named(connection, change, said):
    connection.execute("create table mart.own (amount numeric(20, 6))")
    connection.execute(
        "create function mart.own_as_of(day date) returns setof mart.own language sql as 'select * from mart.own'"
    )
    before = in_database(connection)
    connection.execute(change)
    assert f"mart.{said}" in missing(before, in_database(connection))

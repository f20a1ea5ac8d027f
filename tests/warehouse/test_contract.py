"""mart.contract names only what is in schema mart, or was where it was removed, and how long the deprecated stays."""

import pytest

from tests.mart_columns import recorded
from warehouse.base.database import connect

CHANGES = "select contract_version, change, object, column_name, says, until_version, is_latest from mart.contract"


@pytest.fixture(scope="module")
def changes(template: str) -> list[tuple]:
    with connect(template) as connection:
        return connection.execute(CHANGES).fetchall()


def test_every_table_and_view_was_added_once(changes):
    added = sorted(object_ for _, change, object_, *_ in changes if change == "added")
    assert added == sorted({name for name, *_ in recorded() if "(" not in name})


def test_a_change_names_a_column_that_is_there_and_a_removal_one_that_is_gone(changes):
    known = {(name, column) for name, column, _ in recorded()}
    for _, change, object_, column, says, *_ in changes:
        if change != "added":
            assert says and ((object_, column) in known) == (change != "removed"), (object_, column)


def test_what_is_deprecated_stays_for_a_named_version(changes):
    latest = max(version for version, *_ in changes)
    for version, change, _, _, _, until, is_latest in changes:
        assert is_latest == (version == latest)
        assert (until is not None) == (change == "deprecated") and (until is None or until >= latest)

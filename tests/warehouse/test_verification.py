"""What the verification of a night looks at, and that it finds what is wrong there."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.warehouse.factory import extraction, profile
from warehouse.base.database import connect
from warehouse.base.sql_files import audit_queries
from warehouse.load.document import load
from warehouse.work import runs, verification
from warehouse.work.verification import Moment, verify

WEEK, DAY = 7, 86_400
NIGHT = Moment(Decimal(5_000), Decimal(1), Decimal(10 * DAY), 100, Decimal(0), False)
LAST = {
    "verified: transaction": Decimal(4_000),
    "verified: cluster": Decimal(1),
    "verified: all at": Decimal(9 * DAY),
    "verified: forgotten": Decimal(0),
    "verified: violations": Decimal(0),
}


@pytest.mark.database
def test_what_changed_is_looked_at_and_a_fault_in_it_is_found(database, monkeypatch):
    monkeypatch.setattr(verification, "MANY", 1)  # two of four documents are not many
    with connect(database, autocommit=True) as connection:
        for year in (2022, 2023, 2024):
            load(connection, extraction(str(year), profile=profile(fiscal_year=year)))
        assert noted(connection, verify(connection, WEEK)).documents == 3
        assert noted(connection, verify(connection, WEEK)).documents == 0
        load(connection, extraction("2022 again", profile=profile(fiscal_year=2022)))
        first = noted(connection, verify(connection, WEEK))
        assert (first.documents, first.of, first.violations) == (3, 4, {})  # both versions, and the year after
        changed = load(connection, extraction("2024 again", profile=profile(fiscal_year=2024)))
        connection.execute("update mart.metric_value set amount_wan = -1 where document_id = %s", [changed.document_id])
        found = verify(connection, WEEK)
        assert (found.documents, [*found.violations]) == (2, ["090_star_equals_its_views"])


def noted(connection, verified: verification.Verified) -> verification.Verified:
    runs.end(connection, runs.start(connection, "sources.toml"), 0, verified.measures, ())
    return verified


@pytest.mark.parametrize(
    ("last", "now"),
    [
        ({"verified: all at": Decimal(2 * DAY)}, {}),
        ({"verified: cluster": Decimal(2)}, {}),
        ({"verified: transaction": Decimal(5_001)}, {}),
        ({"verified: violations": Decimal(1)}, {}),
        ({}, {"transaction": Decimal(4_000 + 2**31)}),
        ({}, {"forgotten": Decimal(1)}),
        ({}, {"seconds": Decimal(8 * DAY)}),
        ({}, {"has_nodes": True}),
    ],
)
def test_everything_is_looked_at_where_what_changed_cannot_be_told(last, now):
    assert not verification.is_everything_due(LAST, NIGHT, WEEK)
    assert verification.is_everything_due(LAST | last, replace(NIGHT, **now), WEEK)


def test_everything_is_looked_at_the_first_time_and_where_the_setting_says_so():
    assert verification.is_everything_due({}, NIGHT, WEEK)
    assert verification.is_everything_due(LAST, NIGHT, 0)


def test_queries_of_many_rows_are_asked_of_the_changed_documents():
    ids = {name: [1, 2] for name in ("document_id", "parse_id", "slot_id", "department_id")}
    asked = audit_queries(ids=ids)
    assert asked.keys() == audit_queries().keys()
    assert [name for name, query in asked.items() if "'{1,2}'" in query] == [
        "015_one_body_is_compared_once",
        "020_one_current_version",
        "070_amounts_stand_in_a_table_found",
        "080_subject_agrees_with_row_key",
        "100_items_are_declared",
        "120_places_are_in_a_file",
        "010_grain_of_marts",
    ]

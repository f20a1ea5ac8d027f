"""mart.slot_coverage: which slots are published, late, missing, not due, only scanned, or unreadable."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from tests.warehouse.budgets import budget
from tests.warehouse.factory import extraction, profile
from tests.warehouse.test_loader import violations
from warehouse.load.document import load
from warehouse.records.reading import Scope
from warehouse.work import runs, withdrawals
from warehouse.work.stored_documents import find

BODY, OTHER = "甲市工业和信息化局", "乙市财政局"
TODAY = date.today()
LONG_AGO, FAR_AHEAD = TODAY - timedelta(days=400), TODAY + timedelta(days=400)
STATES = "select department, fiscal_year, slot_status from mart.slot_coverage order by 1, 2"


def expect(connection, *departments: str, due_on=None, year=2024, listed=LONG_AGO, **more) -> int:
    """Records a source of a manifest, as a sync does."""
    values = {
        "manifest": "sources.toml", "name": f"source {datetime.now()}", "type": "folder", "address": "folder",
        "departments": list(departments), "fiscal_year": year, "kind": "final_accounts", "due_on": due_on,
        "first_listed_at": listed, "last_listed_at": datetime.now(UTC), **more,
    }  # fmt: skip
    columns, holders = ", ".join(values), ", ".join(f"%({name})s" for name in values)
    statement = f"insert into warehouse.source ({columns}) values ({holders}) returning source_id"
    return connection.execute(statement, values).fetchone()[0]


def unread(
    connection, source_id: int, name: str, error: str, status: str = "failed", counts_as: str = "document"
) -> None:
    """Records a file of the source that could not be read."""
    digest = sha256(name.encode()).hexdigest()
    connection.execute(
        "insert into warehouse.source_file (source_id, address, sha256, file_name, media_type, size_bytes, is_current,"
        " first_seen_at, last_seen_at, verified_at, counts_as)"
        " select %s, %s, %s, %s, 'application/pdf', 1, true, moment, moment, moment, %s"
        " from (select now() - interval '1 day') as seen (moment)",
        [source_id, f"file:///{name}", digest, name, counts_as],
    )
    connection.execute(
        "insert into warehouse.reading (sha256, parser_version, source_name, status, attempts, faults, reason, error,"
        " queued_at, ended_at) values (%s, '1', %s, %s, 1, 0, 'its reason', %s, now(), now() - interval '1 hour')",
        [digest, name, status, error],
    )


def states(connection) -> list[tuple]:
    return connection.execute(STATES).fetchall()


def test_without_a_manifest_there_are_only_published_documents(connection):
    load(connection, extraction())
    assert states(connection) == [(BODY, 2024, "published")]
    assert connection.execute("select count(*), count(distinct slot_status) from mart.coverage").fetchone() == (10, 1)


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("name", "scope", "found"),
    [
        (f"{BODY}(本级)", Scope.UNIT, [(f"{BODY}(本级)", 2024, "published")]),
        (f"{BODY}(南区)", Scope.UNIT, [(BODY, 2024, "missing"), (f"{BODY}(南区)", 2024, "published")]),
    ],
)
def test_a_budget_of_the_office_is_that_which_the_manifest_expects(connection, name, scope, found):
    load(connection, budget(profile={"department": name, "scope": scope}))
    expect(connection, BODY, kind="budget")
    assert states(connection) == found
    assert violations(connection) == {}


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("due_on", "printed", "listed", "state"),
    [
        (None, date(2025, 9, 1), LONG_AGO, "published"),
        (date(2025, 9, 30), date(2025, 9, 1), LONG_AGO, "published"),
        (date(2025, 8, 31), date(2025, 9, 1), LONG_AGO, "late"),
        (TODAY - timedelta(days=3), None, LONG_AGO, "late"),
        (TODAY - timedelta(days=3), None, TODAY, "published"),  # it was added to the manifest after it was due
    ],
)
def test_a_document_published_after_its_due_date_is_late(connection, due_on, printed, listed, state):
    load(connection, extraction(profile=profile(published_on=printed)))
    expect(connection, BODY, due_on=due_on, listed=listed)
    assert states(connection) == [(BODY, 2024, state)]


def test_a_correction_after_the_due_date_does_not_make_a_body_late(connection):
    load(connection, extraction(profile=profile(published_on=date(2025, 9, 1))))
    load(connection, extraction("corrected", profile=profile(published_on=date(2025, 12, 1))))
    expect(connection, BODY, due_on=date(2025, 9, 30))
    assert states(connection) == [(BODY, 2024, "published")]


def test_a_body_whose_document_is_withdrawn_is_not_said_to_be_late(connection):
    document = load(connection, extraction())
    for due_on in (LONG_AGO, FAR_AHEAD):
        expect(connection, BODY, due_on=due_on)
    withdrawals.withdraw(connection, find(connection, str(document.document_id)), "金额有误")
    assert states(connection) == [(BODY, 2024, "withdrawn")]
    tables = "select distinct status, missing from mart.coverage"
    assert connection.execute(tables).fetchall() == [("absent", "文件已撤回")]
    assert runs.not_public(connection, "sources.toml") == []
    assert violations(connection) == {}


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("due_on", "year", "state"),
    [
        (LONG_AGO, 2024, "missing"),
        (FAR_AHEAD, 2024, "not_due"),
        (None, TODAY.year - 2, "missing"),
        (None, TODAY.year, "not_due"),
    ],
)
def test_an_unpublished_document_is_missing_after_its_due_date(connection, due_on, year, state):
    expect(connection, OTHER, due_on=due_on, year=year)
    assert states(connection) == [(OTHER, year, state)]
    rows = connection.execute("select status, slot_status, document_id from mart.coverage").fetchall()
    assert rows == [("absent", state, None)] * 10
    assert violations(connection) == {}


@pytest.mark.parametrize(
    ("error", "status", "state", "tables"),
    [
        ("Scanned", "failed", "scan_only", "unrecognised"),
        ("ScannedWithText", "failed", "scan_only", "unrecognised"),
        ("Encrypted", "failed", "unreadable", "unrecognised"),
        ("TooSlow", "quarantined", "unreadable", "unrecognised"),
        ("AnotherKind", "failed", "missing", "absent"),  # a budget instead of final accounts
    ],
)
def test_an_unreadable_file_is_distinguished_from_no_file(connection, error, status, state, tables):
    unread(connection, expect(connection, OTHER, due_on=LONG_AGO), "accounts.pdf", error, status)
    assert states(connection) == [(OTHER, 2024, state)]
    assert connection.execute("select distinct status from mart.coverage").fetchall() == [(tables,)]
    reason = connection.execute("select slot_reason from mart.slot_coverage").fetchone()[0]
    assert reason == (None if state == "missing" else "accounts.pdf: its reason")


def test_a_part_of_a_disclosure_that_cannot_be_read_alone_is_not_the_disclosure(connection):
    source_id = expect(connection, OTHER, due_on=LONG_AGO)
    unread(connection, source_id, "tables.pdf", "Scanned", counts_as="part")
    assert states(connection) == [(OTHER, 2024, "missing")]
    unread(connection, source_id, "list", "Encrypted", counts_as="whole")
    assert states(connection) == [(OTHER, 2024, "unreadable")]


def test_in_a_folder_of_many_bodies_a_file_belongs_to_the_body_in_its_name(connection):
    source_id = expect(connection, BODY, OTHER, due_on=LONG_AGO)
    unread(connection, source_id, f"{OTHER}2024年决算.pdf", "Scanned")
    assert states(connection) == [(OTHER, 2024, "scan_only"), (BODY, 2024, "missing")]


def test_a_name_two_places_share_is_matched_by_division_only(connection):
    load(connection, extraction())
    load(connection, extraction("other", profile=profile(division_code="411000", city="许昌市")))
    expect(connection, BODY)
    assert [state for *_, state in states(connection)] == ["published", "published", "missing"]
    connection.execute("update warehouse.source set division_code = '411300'")
    assert [state for *_, state in states(connection)] == ["published", "published"]


def test_as_of_an_earlier_day_a_document_was_not_due(connection):
    expect(connection, OTHER, due_on=TODAY - timedelta(days=5))
    before = TODAY - timedelta(days=10)
    found = connection.execute("select slot_status from mart.slot_coverage_as_of(%s)", [before]).fetchall()
    assert found == [("not_due",)]
    assert states(connection) == [(OTHER, 2024, "missing")]

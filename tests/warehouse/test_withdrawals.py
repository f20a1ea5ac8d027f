"""A withdrawn version is in no public view until the withdrawal is undone."""

from decimal import Decimal

import pytest

from tests.warehouse.factory import cell, extraction, of_two_files, profile, source
from tests.warehouse.public_rows import differing, public_rows, public_rows_as_of
from tests.warehouse.test_loader import violations, with_total
from tests.warehouse.test_newest_files import seen
from warehouse.base.database import connect
from warehouse.base.errors import AlreadyWithdrawn, AmbiguousDocument, NotWithdrawn, UnknownDocument
from warehouse.load.document import Outcome, load
from warehouse.load.gate import Gate
from warehouse.publish import refresh
from warehouse.work import decisions, newest_files, withdrawals
from warehouse.work.stored_documents import find

TODAY = "(now() at time zone 'Asia/Shanghai')::date"
CURRENT = """
select disclosure.version, amount.amount_wan from mart.amount join mart.disclosure using (document_id)
where amount.table_code = 'GK03' and amount.row_key = 'TOTAL' and amount.measure = 'total' and amount.is_current
    and amount.fiscal_year = 2024 and amount.department = '甲市工业和信息化局'
"""


def accounts(content: str, parser_version: str = "1", **changes):
    """A file with another total expenditure than others."""
    return extraction(content, parser_version, amounts=with_total(content), **changes)


@pytest.fixture(scope="module")
def loaded(module_database):
    """The slot's first version, the year before and the year after, and a peer."""
    with connect(module_database) as connection:
        yield with_peers(connection)
        connection.rollback()


@pytest.fixture
def filled(loaded):
    with loaded.transaction(force_rollback=True):
        yield loaded


def with_peers(connection):
    for one in (
        accounts("91.00"),
        extraction("2023", profile=profile(fiscal_year=2023)),
        extraction("2025", profile=profile(fiscal_year=2025)),
        extraction("peer", profile=profile(department="乙市工业和信息化局", city="信阳市", division_code="411500")),
    ):
        load(connection, one)
    return connection


def withdraw(connection, content: str, why: str = "金额有误") -> None:
    withdrawals.withdraw(connection, find(connection, source(content).sha256[:8]), why)


def undo(connection, content: str) -> None:
    withdrawals.undo(connection, find(connection, source(content).sha256))


def current(connection) -> list[tuple]:
    assert violations(connection) == {}
    return connection.execute(CURRENT).fetchall()


def test_every_view_shows_the_version_before_and_after_an_undo_what_it_showed(filled):
    first = public_rows(filled)
    load(filled, accounts("95.00"))
    second = public_rows(filled)
    assert {"amount", "city_comparison", "year_over_year", "disclosure", "metric_value"} <= differing(
        first, second
    ).keys()
    withdraw(filled, "95.00")
    assert violations(filled) == {}
    after = public_rows(filled)
    assert differing(first, after).keys() == {"withdrawn"}
    shown = "select sha256, department, fiscal_year, version, why_withdrawn from mart.withdrawn"
    assert filled.execute(shown).fetchall() == [(source("95.00").sha256, "甲市工业和信息化局", 2024, 2, "金额有误")]
    undo(filled, "95.00")
    assert differing(second, public_rows(filled)) == {}
    assert violations(filled) == {}
    refresh.rebuild(filled)
    assert differing(second, public_rows(filled)) == {}


def test_a_slot_without_another_version_is_empty(filled):
    withdraw(filled, "91.00")
    assert current(filled) == []
    peers = "select department, peers from mart.city_comparison where metric = 'expenditure' and fiscal_year = 2024"
    assert filled.execute(peers).fetchall() == [("乙市工业和信息化局", 0)]
    undo(filled, "91.00")
    assert current(filled) == [(1, 91)]


@pytest.mark.long
def test_each_day_shows_what_was_public_on_it(filled):
    """Loaded nine days ago, corrected seven days ago, withdrawn five days ago, public again two days ago."""
    filled.execute("update warehouse.publication set published_at = now() - interval '9 days'")
    load(filled, accounts("95.00"))
    filled.execute(
        "update warehouse.publication set published_at = now() - interval '7 days'"
        " where publication_id = (select max(publication_id) from warehouse.publication)"
    )
    second = public_rows_as_of(filled, f"{TODAY} - 6")
    withdraw(filled, "95.00")
    filled.execute("update warehouse.withdrawal set withdrawn_at = now() - interval '5 days'")
    undo(filled, "95.00")
    filled.execute("update warehouse.withdrawal set undone_at = now() - interval '2 days'")
    days = {ago: public_rows_as_of(filled, f"{TODAY} - {ago}") for ago in (8, 6, 4, 1)}
    first_and_withdrawn = differing(days[8], days[4])
    assert first_and_withdrawn.keys() == {"withdrawn"}
    assert differing(second, days[6]) == differing(second, days[1]) == {}
    assert [len(days[ago]["withdrawn"]) for ago in (8, 6, 4, 1)] == [0, 0, 1, 0]


@pytest.mark.long
def test_the_same_file_read_anew_is_stored_and_stays_withdrawn(filled):
    load(filled, accounts("95.00"))
    withdraw(filled, "95.00")
    assert load(filled, accounts("95.00", "2")).outcome is Outcome.REPARSED
    assert load(filled, accounts("95.00", "2")).outcome is Outcome.UNCHANGED
    assert current(filled) == [(1, 91)]
    undo(filled, "95.00")
    assert current(filled) == [(2, 95)]
    assert filled.execute("select parser_version from mart.disclosure where version = 2").fetchall() == [("2",)]


@pytest.mark.long
def test_a_newer_file_becomes_current(filled):
    load(filled, accounts("95.00"))
    withdraw(filled, "95.00")
    assert load(filled, accounts("96.00")).outcome is Outcome.NEW_VERSION
    assert current(filled) == [(3, 96)]
    undo(filled, "95.00")
    assert current(filled) == [(3, 96)]


@pytest.mark.long
@pytest.mark.takes(1)
@pytest.mark.parametrize("withdrawn", ["91.00", "95.00"])
def test_a_file_that_the_publisher_puts_back_stays_withdrawn(filled, withdrawn):
    load(filled, accounts("95.00"))
    withdraw(filled, withdrawn)
    seen(filled, "91.00", 0, is_current=True)
    seen(filled, "95.00", 24)
    newest_files.restore(filled)
    refresh.refresh_stale(filled)
    ((_, amount),) = current(filled)
    assert str(amount) != f"{Decimal(withdrawn):.6f}"
    assert newest_files.restore(filled) == []
    undo(filled, withdrawn)
    assert current(filled) == [(3, 91)]  # what lies at the address now


@pytest.mark.long
def test_a_load_that_waits_for_the_refresh_keeps_its_day(filled):
    load(filled, accounts("95.00"), refresh=False)
    withdraw(filled, "95.00")
    assert refresh.refresh_stale(filled) == 0
    assert current(filled) == [(1, 91)]


@pytest.mark.long
def test_publishing_a_held_reading_of_a_withdrawn_version_shows_nothing_until_the_undo(filled):
    load(filled, accounts("95.00"))
    withdraw(filled, "95.00")
    changed = extraction("95.00", "2", amounts=(cell("GK03", "TOTAL", "total", "94.00"),))
    assert load(filled, changed, Gate(Decimal("0.05"))).outcome is Outcome.HELD
    (held,) = decisions.held_readings(filled)
    assert held.is_withdrawn
    decisions.publish(filled, held.parse_id)
    assert current(filled) == [(1, 91)]
    undo(filled, "95.00")
    assert current(filled) == [(2, 94)]


def test_a_disclosure_of_several_files_is_found_by_any_of_them(filled):
    by_number = find(filled, str(load(filled, of_two_files()).document_id))
    main, attachment = source("narrative").sha256, source("tables").sha256
    assert find(filled, main[:8]) == find(filled, attachment) == find(filled, by_number.sha256) == by_number
    load(filled, of_two_files("narrative", "corrected tables"))
    with pytest.raises(AmbiguousDocument, match="may be\n"):
        find(filled, main)


@pytest.mark.parametrize("asked", ["abcdefab", "abc", "99999", "", "x" * 64, "1; drop table", "१२"])
def test_what_is_no_document_is_said(filled, asked):
    with pytest.raises(UnknownDocument):
        find(filled, asked)


def test_twice_is_an_error(filled):
    withdraw(filled, "91.00")
    with pytest.raises(AlreadyWithdrawn):
        withdraw(filled, "91.00")
    undo(filled, "91.00")
    with pytest.raises(NotWithdrawn):
        undo(filled, "91.00")

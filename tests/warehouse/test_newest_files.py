"""The newest file of a slot is the one that was last seen at its address, not the one that was loaded last."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.warehouse.factory import cell, extraction, source
from tests.warehouse.test_loader import violations
from warehouse.load.document import Outcome, load
from warehouse.load.gate import Gate
from warehouse.publish import refresh
from warehouse.work import decisions, newest_files

ADDRESS, ELSEWHERE = "http://www.example.gov.cn/a.pdf", "http://www.example.gov.cn/b.pdf"
NOW = datetime.now(UTC)
SHOWN = "select amount_wan from mart.metric_value where metric = 'expenditure'"
TODAY = "(now() at time zone 'Asia/Shanghai')::date"
DATED = f"select amount_wan from mart.metric_value_as_of({TODAY}) where metric = 'expenditure'"


def accounts(content: str, parser_version: str = "1"):
    """A file with `content` as its content and as its expenditure."""
    return extraction(content, parser_version, amounts=(cell("GK03", "TOTAL", "total", content),))


def seen(
    connection,
    content: str,
    hours_ago: float,
    is_current: bool = False,
    address: str = ADDRESS,
    counts_as: str = "document",
) -> None:
    """Records that a sync saw the file at its address, for the last time `hours_ago`."""
    connection.execute(
        "insert into warehouse.source (manifest, name, type, address, departments, kind, first_listed_at,"
        " last_listed_at) values ('sources.toml', 'one', 'url', %s, '{}', 'final_accounts', now(), now())"
        " on conflict do nothing",
        [ADDRESS],
    )
    connection.execute(
        "insert into warehouse.source_file (source_id, address, sha256, file_name, media_type, size_bytes, is_current,"
        " first_seen_at, last_seen_at, verified_at, counts_as)"
        " select source_id, %s, %s, 'a.pdf', 'application/pdf', 1, %s, %s, %s, now(), %s from warehouse.source",
        [
            address,
            source(content).sha256,
            is_current,
            NOW - timedelta(days=9),
            NOW - timedelta(hours=hours_ago),
            counts_as,
        ],
    )


def restored(connection, *slot_ids) -> list[newest_files.Restored]:
    found = newest_files.restore(connection, *slot_ids)
    refresh.refresh_stale(connection)
    return found


def shown(connection) -> str:
    assert violations(connection) == {}
    ((amount,),) = connection.execute(SHOWN).fetchall()
    ((same,),) = connection.execute("select amount_wan from mart.amount where is_current").fetchall()
    dated = connection.execute(DATED).fetchone()[0]
    assert amount == same == dated
    return f"{amount:.2f}"


def versions(connection) -> list[tuple]:
    return connection.execute("select version, is_current from mart.disclosure order by document_id").fetchall()


@pytest.mark.long
def test_a_former_file_that_is_seen_again_becomes_current(connection):
    for content in ("90.00", "95.00"):
        load(connection, accounts(content))
    seen(connection, "90.00", 0, is_current=True)
    seen(connection, "95.00", 24)
    assert shown(connection) == "95.00"
    connection.execute("update warehouse.publication set published_at = published_at - interval '1 day'")
    (one,) = restored(connection)
    assert (one.address, one.sha256) == (ADDRESS, source("90.00").sha256)
    assert shown(connection) == "90.00"
    assert versions(connection) == [(3, True), (2, False)]
    yesterday = f"select version, is_current from mart.disclosure_as_of({TODAY} - 1) order by document_id"
    assert connection.execute(yesterday).fetchall() == [(1, False), (2, True)]
    assert restored(connection) == []


def test_a_disclosure_of_several_files_is_followed_as_a_whole(connection):
    """For one night the page linked to one of its two files only, which is there all the time."""
    for content in ("90.00", "95.00"):
        load(connection, accounts(content))
    seen(connection, "90.00", 0, is_current=True, address=f"{ADDRESS}#parts", counts_as="whole")
    seen(connection, "95.00", 24, address=f"{ADDRESS}#parts", counts_as="whole")
    seen(connection, "95.00", 0, is_current=True, counts_as="part")
    (one,) = restored(connection)
    assert (one.address, shown(connection)) == (f"{ADDRESS}#parts", "90.00")
    assert restored(connection) == []


def test_an_older_file_that_is_loaded_late_does_not_become_current(connection):
    seen(connection, "90.00", 24)
    seen(connection, "95.00", 0, is_current=True)
    load(connection, accounts("95.00"))
    late = load(connection, accounts("90.00"))
    restored(connection, [late.slot_id])
    assert shown(connection) == "95.00"
    assert versions(connection) == [(3, True), (2, False)]


@pytest.mark.long
def test_of_two_former_files_the_one_seen_later_is_newer(connection):
    """The file that is at the address now cannot be read."""
    seen(connection, "90.00", 48)
    seen(connection, "95.00", 24)
    seen(connection, "unreadable", 0, is_current=True)
    for content in ("95.00", "90.00"):
        load(connection, accounts(content))
    assert len(restored(connection)) == 1
    assert shown(connection) == "95.00"
    assert restored(connection) == []


@pytest.mark.long
def test_a_held_correction_that_is_published_late_does_not_become_current(connection):
    gate = Gate(Decimal("0.05"))
    load(connection, extraction("first"), gate)
    load(connection, accounts("90.00"), gate)
    load(connection, accounts("95.00"))
    seen(connection, "90.00", 24)
    seen(connection, "95.00", 0, is_current=True)
    earlier, later = decisions.held_readings(connection)
    for one in (later, earlier):
        decisions.publish(connection, one.parse_id)
    assert shown(connection) == "95.00"


@pytest.mark.parametrize("is_current", [True, False])
def test_files_of_two_addresses_do_not_replace_each_other_repeatedly(connection, is_current):
    """Each address had the file of the other one before. The file that was loaded last stays current."""
    for content in ("90.00", "95.00"):
        load(connection, accounts(content))
    seen(connection, "90.00", 30)
    seen(connection, "95.00", 10, is_current)
    seen(connection, "95.00", 30, address=ELSEWHERE)
    seen(connection, "90.00", 9, is_current, address=ELSEWHERE)
    first = restored(connection)
    assert len(first) == (0 if is_current else 1)
    assert restored(connection) == []


@pytest.mark.long
def test_files_that_no_sync_has_seen_keep_the_order_of_loading(connection):
    for content in ("90.00", "95.00"):
        load(connection, accounts(content))
    seen(connection, "90.00", 0, is_current=True)
    assert restored(connection) == []
    assert shown(connection) == "95.00"


@pytest.mark.long
def test_files_loaded_before_one_refresh_are_public_in_the_right_order(connection):
    """Both wait for the next refresh. The newer one is put into the queue again when the older one is loaded."""
    seen(connection, "90.00", 24)
    seen(connection, "95.00", 0, is_current=True)
    for content in ("95.00", "90.00"):
        loaded = load(connection, accounts(content), refresh=False)
        newest_files.restore(connection, [loaded.slot_id])
    refresh.refresh_stale(connection)
    assert shown(connection) == "95.00"


@pytest.mark.long
def test_a_file_that_is_read_again_becomes_public_at_the_refresh(connection):
    load(connection, accounts("90.00"))
    again = load(connection, accounts("90.00", "2"), refresh=False)
    assert (again.outcome, refresh.refresh_stale(connection)) == (Outcome.REPARSED, 1)
    assert shown(connection) == "90.00"

"""Who may publish for a body, and what a file of anybody else comes to: it is held, with a reason that names both."""

import threading
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.warehouse.factory import extraction, profile, small_accounts
from tests.warehouse.factory_statements import said
from tests.warehouse.listed import NAMESAKE, entry, manifest, placeless
from tests.warehouse.test_loader import violations
from warehouse.base.database import connect
from warehouse.load.bulk import rebuild
from warehouse.load.document import Outcome, load
from warehouse.load.gate import Gate
from warehouse.records.reading import CheckOutcome
from warehouse.work import decisions, sources, withdrawals
from warehouse.work.reopening import reopen
from warehouse.work.stored_documents import find

BODY = "甲市工业和信息化局"
OF_ONE, OF_TWO = "source one of sources.toml", "source two of sources.toml"
FIRST, SECOND = extraction(), extraction("second file")
OTHER_YEAR = extraction("other year", profile=profile(fiscal_year=2023))
CURRENT = "select sha256, version from mart.disclosure where is_current"


def reason(connection, read) -> str | None:
    loaded = load(connection, read)
    assert violations(connection) == {}
    return loaded.reason


def publish_all(connection) -> None:
    for held in decisions.held_readings(connection):
        decisions.publish(connection, held.parse_id)


def test_a_new_version_from_another_source_is_held(connection):
    listed = manifest(connection, entry("one"), entry("two"))
    listed.has("one", FIRST)
    listed.has("two", SECOND)
    assert reason(connection, FIRST) is None
    assert reason(connection, SECOND) == f"{BODY}: comes from {OF_TWO}, and the public version comes from {OF_ONE}"
    assert connection.execute(CURRENT).fetchall() == [(FIRST.source.sha256, 1)]


@pytest.mark.takes(1)
@pytest.mark.parametrize(
    ("one", "two"),
    [
        (entry("one"), entry("one")),
        (entry("one"), entry("two", address="http://one.example.gov.cn/2025/")),
        (entry("one", BODY), entry("two", address="http://one.example.gov.cn/2025/")),
        (entry("one", BODY), entry("two", BODY)),
    ],
    ids=["same entry", "same host", "same host, one declared", "both declared"],
)
def test_a_new_version_of_the_same_publisher_or_of_one_that_is_declared_is_published(connection, one, two):
    listed = manifest(connection, *{entry.name: entry for entry in (one, two)}.values())
    listed.has(one.name, FIRST)
    listed.has(two.name, SECOND)
    assert [reason(connection, read) for read in (FIRST, SECOND)] == [None, None]
    assert connection.execute(CURRENT).fetchall() == [(SECOND.source.sha256, 2)]


@pytest.mark.long
def test_a_source_that_is_declared_replaces_what_another_published(connection):
    manifest(connection, entry("one")).has("one", FIRST)
    load(connection, FIRST)
    manifest(connection, entry("one"), entry("two", BODY)).has("two", SECOND)
    assert reason(connection, SECOND) is None


@pytest.mark.long
def test_sources_on_one_host_for_two_bodies_are_two_publishers(connection):
    listed = manifest(
        connection, entry("one", BODY), entry("two", "乙市财政局", address="http://one.example.gov.cn/z/")
    )
    listed.has("one", FIRST)
    listed.has("two", SECOND)
    assert reason(connection, FIRST) is None
    assert reason(connection, SECOND) == (
        f"{BODY}: comes from {OF_TWO}, which is for 乙市财政局, and the public version comes from {OF_ONE}, "
        f"which is for {BODY}"
    )


@pytest.mark.long
def test_a_body_for_which_a_source_speaks_is_not_begun_by_another(connection):
    listed = manifest(connection, entry("one", BODY), entry("two"), entry("three", "工业和信息化局"))
    listed.has("two", FIRST)
    listed.has("three", OTHER_YEAR)
    assert reason(connection, FIRST) == (
        f"{BODY}: comes from {OF_TWO}, and {OF_ONE}, which is for {BODY}, speaks for the body"
    )
    assert reason(connection, OTHER_YEAR) is None


@pytest.mark.long
def test_the_first_publisher_of_a_body_owns_its_other_years(connection):
    listed = manifest(connection, entry("one"), entry("two"))
    listed.has("one", FIRST)
    listed.has("two", OTHER_YEAR)
    assert reason(connection, FIRST) is None
    assert reason(connection, OTHER_YEAR) == (
        f"{BODY}: comes from {OF_TWO}, and what is public of the body comes from {OF_ONE}"
    )
    listed.has("one", OTHER_YEAR)
    earlier = extraction("earlier", profile=profile(fiscal_year=2022))
    listed.has("one", earlier)
    assert reason(connection, earlier) is None


@pytest.mark.long
def test_a_body_that_nobody_owns_may_be_begun_by_a_source_for_another(connection):
    listed = manifest(connection, entry("one", "乙市财政局"))
    listed.has("one", FIRST, SECOND)
    assert reason(connection, FIRST) is None
    assert reason(connection, SECOND) == (
        f"{BODY}: comes from {OF_ONE}, which is for 乙市财政局, "
        "and would replace the public version of a body that it is not for"
    )


@pytest.mark.long
def test_what_came_by_hand_is_adopted_by_the_first_source(connection):
    load(connection, FIRST)
    manifest(connection, entry("one")).has("one", SECOND)
    assert reason(connection, SECOND) is None


@pytest.mark.long
def test_what_came_by_hand_stays_where_a_source_is_for_another_body(connection):
    load(connection, FIRST)
    manifest(connection, entry("one", "乙市财政局")).has("one", SECOND)
    assert "would replace the public version of a body that it is not for" in reason(connection, SECOND)


@pytest.mark.long
def test_what_came_from_a_source_that_is_listed_no_more_is_adopted(connection):
    manifest(connection, entry("one")).has("one", FIRST)
    load(connection, FIRST)
    manifest(connection, entry("two")).has("two", SECOND)
    assert reason(connection, SECOND) is None


@pytest.mark.takes(1)
@pytest.mark.parametrize(("host", "is_held"), [("one", False), ("two", True)])
def test_an_older_manifest_of_the_same_host_is_the_same_publisher(connection, host, is_held):
    manifest(connection, entry("one", BODY), name="older.toml").has("one", FIRST)
    load(connection, FIRST)
    later = entry("two", address=f"http://{host}.example.gov.cn/2025/")
    manifest(connection, later).has("two", SECOND)
    assert (load(connection, SECOND).outcome is Outcome.HELD) is is_held


@pytest.mark.long
def test_a_person_may_not_replace_unasked_what_a_source_published(connection):
    manifest(connection, entry("one")).has("one", FIRST)
    load(connection, FIRST)
    assert reason(connection, SECOND) == f"{BODY}: was ingested by hand, and the public version comes from {OF_ONE}"
    assert reason(connection, OTHER_YEAR) is None


@pytest.mark.long
def test_the_published_version_decides_who_owns(connection):
    listed = manifest(connection, entry("one"), entry("two"))
    third, fourth = extraction("third file"), extraction("fourth file")
    listed.has("one", FIRST, fourth)
    listed.has("two", SECOND, third)
    for read in (FIRST, SECOND):
        load(connection, read)
    publish_all(connection)
    assert connection.execute(CURRENT).fetchall() == [(SECOND.source.sha256, 2)]
    assert reason(connection, third) is None
    assert reason(connection, fourth) == f"{BODY}: comes from {OF_ONE}, and the public version comes from {OF_TWO}"


@pytest.mark.long
def test_whoever_copies_a_file_does_not_own_it(connection):
    listed = manifest(connection, entry("one"), entry("two"))
    listed.has("one", FIRST)
    listed.has("two", FIRST, SECOND)
    assert reason(connection, FIRST) is None
    assert reason(connection, SECOND) == f"{BODY}: comes from {OF_TWO}, and the public version comes from {OF_ONE}"


@pytest.mark.long
def test_without_a_place_two_sources_are_not_merged(connection):
    listed = manifest(connection, entry("one", NAMESAKE), entry("two", NAMESAKE))
    first, second = extraction(profile=placeless()), extraction("second", profile=placeless())
    other_year = extraction("2023", profile=placeless(fiscal_year=2023))
    listed.has("one", first)
    listed.has("two", second, other_year)
    assert reason(connection, first) is None
    held = (
        f"{NAMESAKE}: comes from {OF_TWO}, which is for {NAMESAKE}, what is public comes from {OF_ONE}, "
        f"which is for {NAMESAKE}, and nothing tells the place of either: they may be two bodies"
    )
    assert [reason(connection, read) for read in (second, other_year)] == [held, held]


@pytest.mark.takes(1)
@pytest.mark.parametrize(("years", "is_held"), [((2024, 2024), True), ((2024, 2023), False)])
def test_two_entries_of_one_host_for_one_year_may_be_two_bodies(connection, years, is_held):
    host = "http://www.example.gov.cn"
    listed = manifest(
        connection,
        entry("one", NAMESAKE, fiscal_year=years[0], address=f"{host}/a/"),
        entry("two", NAMESAKE, fiscal_year=years[1], address=f"{host}/b/"),
    )
    first, second = extraction(profile=placeless()), extraction("second", profile=placeless())
    listed.has("one", first)
    listed.has("two", second)
    load(connection, first)
    assert (load(connection, second).outcome is Outcome.HELD) is is_held


def test_the_rules_hold_for_a_night_and_for_a_bulk_load(connection, database):
    listed = manifest(connection, entry("one"), entry("two"))
    listed.has("one", FIRST)
    listed.has("two", SECOND, OTHER_YEAR)
    done = rebuild(connection, [FIRST, SECOND, OTHER_YEAR])
    assert done.documents == 1
    assert [why.rpartition(" comes from ")[2] for _, why in done.held_back] == [OF_ONE, OF_ONE]
    assert load(connection, SECOND, Gate(Decimal("0.05"))).outcome is Outcome.HELD


@pytest.mark.long
def test_another_reading_does_not_move_a_file_over_that_of_another_publisher(connection):
    listed = manifest(connection, entry("one"), entry("two"))
    other = extraction("other body", profile=profile(department="乙市财政局"))
    listed.has("one", FIRST)
    listed.has("two", other)
    for read in (FIRST, other):
        assert reason(connection, read) is None
    again = replace(other, parser_version="2", profile=profile())
    assert reason(connection, again) == f"{BODY}: comes from {OF_TWO}, and the public version comes from {OF_ONE}"
    assert load(connection, replace(other, parser_version="3")).outcome is Outcome.REPARSED


def test_of_two_publishers_at_once_one_wins(database):
    with connect(database, autocommit=True) as connection:
        listed = manifest(connection, entry("one"), entry("two"))
        listed.has("one", FIRST)
        listed.has("two", SECOND, OTHER_YEAR)
    outcomes: list[Outcome] = []
    begun = threading.Barrier(3)

    def work(read) -> None:
        with connect(database, autocommit=True) as own:
            begun.wait()
            outcomes.append(load(own, read, refresh=False).outcome)

    workers = [threading.Thread(target=work, args=[read]) for read in (FIRST, SECOND, OTHER_YEAR)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    published = [outcome for outcome in outcomes if outcome is not Outcome.HELD]
    with connect(database, autocommit=True) as connection:
        winners = connection.execute(
            "select sha256 from intermediate.published_parse join warehouse.document_version"
            " on version_id = published_parse.document_id"
        ).fetchall()
    won_by_two = {(SECOND.source.sha256,), (OTHER_YEAR.source.sha256,)}
    assert winners == [(FIRST.source.sha256,)] or set(winners) <= won_by_two
    assert len(published) == len(winners)


def with_expenditure(wan: str):
    """The small accounts with another total of expenditure."""
    return tuple(
        replace(amount, value=Decimal(wan) * 10000, printed=wan)
        if (amount.table_code, amount.row_key, amount.measure) == ("GK03", "TOTAL", "total")
        else amount
        for amount in small_accounts()
    )


def stated(wan: str, unit: str = "万元"):
    return (said("expenditure_composition", "total", "amount", wan, unit),)


@pytest.mark.takes(1)
@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ((), "does not say so"),
        (stated("90.00"), "still states the former"),
        (stated("810.02"), "does not say so"),
        (stated("810.00"), None),
        (stated("810"), None),
        (stated("8100000", "元"), None),
        (stated("0.08", "亿元"), None),
    ],
)
def test_a_total_that_moves_is_held_unless_the_narrative_states_it(connection, stated, why):
    load(connection, FIRST)
    moved = extraction("moved", amounts=with_expenditure("810.00"), stated=stated)
    held = f"本年支出合计 would be 810.00 in place of 90.00 万元, and the narrative of the file {why}" if why else None
    assert reason(connection, moved) == held


@pytest.mark.long
def test_a_total_that_is_printed_otherwise_has_not_moved(connection):
    load(connection, FIRST)
    assert reason(connection, extraction("rounded", amounts=with_expenditure("90.01"))) is None


@pytest.mark.takes(1)
@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_file_with_an_identity_that_is_newly_broken_is_held(connection, in_bulk):
    (first, *others) = FIRST.checks
    broken = extraction("broken", checks=(replace(first, outcome=CheckOutcome.BROKEN), *others))
    undetermined = extraction("undetermined", checks=(replace(first, outcome=CheckOutcome.UNDETERMINED), *others))
    held = "identities broken here and not where it is public: 1 (B4 GK03 TOTAL total)"
    if in_bulk:
        done = rebuild(connection, [FIRST, broken, undetermined])
        assert [why for _, why in done.held_back] == [held]
    else:
        load(connection, FIRST)
        assert reason(connection, broken) == held
        assert reason(connection, undetermined) is None


@pytest.mark.long
def test_the_publisher_of_a_withdrawn_file_owns_the_body_while_nothing_else_is_public(connection):
    listed = manifest(connection, entry("one"), entry("two"))
    listed.has("one", FIRST, extraction("corrected"))
    listed.has("two", SECOND)
    load(connection, FIRST)
    withdrawals.withdraw(connection, find(connection, FIRST.source.sha256), "wrong unit")
    assert (
        reason(connection, SECOND)
        == f"{BODY}: comes from {OF_TWO}, and what was public of the body comes from {OF_ONE}"
    )
    assert reason(connection, extraction("corrected")) is None
    assert connection.execute(CURRENT).fetchall() == [(extraction("corrected").source.sha256, 2)]


@pytest.mark.takes(1)
@pytest.mark.parametrize(("one", "two"), [("411300", "411303"), ("411303", "411300")])
def test_a_source_for_the_bureau_of_a_city_does_not_speak_for_that_of_its_district(connection, one, two):
    """宛城区 is a district of 南阳市; both entries leave the place to their division code."""
    names = {"411300": "南阳市教育局", "411303": "宛城区教育局"}
    body = profile(department=names[one], division_code=one)
    listed = manifest(connection, entry("one", "教育局", division_code=one), entry("two", "教育局", division_code=two))
    genuine, other = extraction(profile=body), extraction("second file", profile=body)
    listed.has("one", genuine)
    listed.has("two", other)
    assert reason(connection, genuine) is None
    assert "which is for 教育局, and the public version comes from" in str(reason(connection, other))


@pytest.mark.long
def test_a_held_file_that_its_publisher_brings_too_is_read_again_and_published(connection):
    listed = manifest(connection, entry("one", BODY), entry("two"), entry("three"))
    listed.has("two", FIRST)
    assert reason(connection, FIRST) is not None
    assert reopen(connection) == 0
    listed.has("one", FIRST)
    assert reopen(connection) == 1
    assert [known.sha256 for known in sources.not_loaded(connection)] == 2 * [FIRST.source.sha256]
    assert reason(connection, FIRST) is None
    listed.has("three", FIRST)
    assert reopen(connection) == 0
    assert connection.execute(CURRENT).fetchall() == [(FIRST.source.sha256, 1)]


@pytest.mark.long
def test_a_rejected_file_stays_rejected_where_its_publisher_brings_it_too(connection):
    listed = manifest(connection, entry("one", BODY), entry("two"))
    listed.has("two", FIRST)
    load(connection, FIRST)
    decisions.reject(connection, decisions.held_readings(connection)[0].parse_id)
    listed.has("one", FIRST)
    assert reopen(connection) == 0


@pytest.mark.long
def test_a_withdrawn_file_that_is_held_is_read_again_after_the_undo_only(connection):
    listed = manifest(connection, entry("one", BODY), entry("two"))
    listed.has("two", FIRST)
    load(connection, FIRST)
    document = find(connection, FIRST.source.sha256)
    withdrawals.withdraw(connection, document, "wrong unit")
    listed.has("one", FIRST)
    assert reopen(connection) == 0
    assert withdrawals.undo(connection, document) is False
    assert reopen(connection) == 1
    assert reason(connection, FIRST) is None

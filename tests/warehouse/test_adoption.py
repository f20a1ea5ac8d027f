"""A warehouse filled by hand meets a manifest: what it names a place for moves there, and nothing is held for it."""

import pytest

from tests.warehouse.factory import extraction, profile
from tests.warehouse.listed import BEIJING, CHANGCHUN, NAMESAKE, entry, manifest, placeless
from tests.warehouse.test_loader import violations
from warehouse.kinds.places import place_of_code
from warehouse.kinds.reference_lists import divisions
from warehouse.kinds.wordings import body_words
from warehouse.load.document import Outcome, load
from warehouse.records.reading import Doubt
from warehouse.work import adoption, decisions

PUBLIC = """
select fiscal_year, division_code, version, is_current, (select name from warehouse.jurisdiction as j
    where j.division_code = disclosure.division_code)
from mart.disclosure order by fiscal_year, division_code, version
"""
SLOTS = "select department, division_code, fiscal_year, slot_status from mart.slot_coverage order by 3"
UNKNOWN = Doubt("place_unknown", "省、市、县留空", printed=NAMESAKE)


def year(fiscal_year: int, content: str = "", **changes):
    return extraction(
        content or f"{fiscal_year}", profile=placeless(fiscal_year=fiscal_year), doubts=(UNKNOWN,), **changes
    )


def test_what_was_loaded_by_hand_moves_to_the_place_of_the_one_source_that_declares_it(connection):
    for read in (year(2022), year(2023), extraction("other", profile=profile())):
        load(connection, read)
    listed = manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN))
    assert adoption.adopt(connection).moved == 2
    assert adoption.adopt(connection).moved == 0
    corrected = year(2023, "corrected")
    listed.has("one", corrected)
    assert load(connection, corrected).outcome is Outcome.NEW_VERSION
    assert connection.execute(PUBLIC).fetchall() == [
        (2022, CHANGCHUN, 1, True, "朝阳区"),
        (2023, CHANGCHUN, 1, False, "朝阳区"),
        (2023, CHANGCHUN, 2, True, "朝阳区"),
        (2024, "411300", 1, True, "南阳市"),
    ]
    place = "select distinct province, city, county, jurisdiction_level from mart.disclosure where division_code = %s"
    assert connection.execute(place, [CHANGCHUN]).fetchall() == [("吉林省", "长春市", "朝阳区", "county")]
    assert decisions.held_readings(connection) == []
    assert violations(connection) == {}


@pytest.mark.long
def test_versions_of_a_slot_keep_their_order(connection):
    for content in ("first", "second"):
        load(connection, year(2023, content))
    manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN))
    assert adoption.adopt(connection).moved == 2
    current = "select sha256 from mart.disclosure where is_current and version = 2"
    assert connection.execute(current).fetchall() == [(year(2023, "second").source.sha256,)]
    assert violations(connection) == {}


@pytest.mark.long
def test_where_two_sources_claim_a_name_each_file_follows_its_own(connection):
    one, two, by_hand = year(2022), year(2023), year(2024)
    for read in (one, two, by_hand):
        load(connection, read)
    listed = manifest(
        connection,
        entry("one", NAMESAKE, division_code=CHANGCHUN),
        entry("two", NAMESAKE, division_code=BEIJING),
    )
    listed.has("one", one)
    listed.has("two", two)
    assert adoption.adopt(connection).moved == 2
    assert [row[:2] for row in connection.execute(PUBLIC)] == [(2022, CHANGCHUN), (2023, BEIJING), (2024, None)]
    assert violations(connection) == {}


@pytest.mark.parametrize(("is_listed", "place"), [(False, CHANGCHUN), (True, None)])
def test_a_file_of_a_source_that_is_listed_no_more_is_adopted_like_one_by_hand(connection, is_listed, place):
    former, later = entry("one", NAMESAKE), entry("two", NAMESAKE, division_code=CHANGCHUN)
    manifest(connection, former).has("one", year(2023))
    load(connection, year(2023))
    manifest(connection, *([former] if is_listed else []), later)
    adoption.adopt(connection)
    assert [row[:2] for row in connection.execute(PUBLIC)] == [(2023, place)]


def test_a_file_stays_where_the_place_it_would_have_is_taken(connection):
    by_hand, of_source = year(2023), year(2023, "of the source")
    listed = manifest(
        connection,
        entry("one", NAMESAKE, division_code=CHANGCHUN),
        entry("two", NAMESAKE, division_code=BEIJING),
    )
    listed.has("one", of_source)
    for read in (by_hand, of_source):
        load(connection, read)
    manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN))
    assert adoption.adopt(connection).moved == 0
    assert [row[:4] for row in connection.execute(PUBLIC)] == [(2023, CHANGCHUN, 1, True), (2023, None, 1, True)]


def test_the_expected_slot_is_that_of_the_body_with_the_place(connection):
    load(connection, year(2023))
    manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN, fiscal_year=2023))
    adoption.adopt(connection)
    assert connection.execute(SLOTS).fetchall() == [(NAMESAKE, CHANGCHUN, 2023, "published")]
    manifest(connection, entry("one", NAMESAKE, fiscal_year=2023))
    assert connection.execute(SLOTS).fetchall() == [(NAMESAKE, CHANGCHUN, 2023, "published")]


@pytest.mark.long
def test_a_held_reading_has_the_place_that_is_known_when_it_is_published(connection):
    early = year(2199)
    load(connection, early)
    manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN)).has("one", early)
    decisions.publish(connection, decisions.held_readings(connection)[0].parse_id)
    assert [row[:2] for row in connection.execute(PUBLIC)] == [(2199, CHANGCHUN)]
    assert violations(connection) == {}


def test_the_past_shows_the_document_once(connection):
    load(connection, year(2023))
    day = "(now() at time zone 'Asia/Shanghai')::date"
    connection.execute("update warehouse.publication set published_at = published_at - interval '2 days'")
    manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN))
    adoption.adopt(connection)
    for days in (1, 0):
        shown = connection.execute(f"select department from mart.disclosure_as_of({day} - %s)", [days]).fetchall()
        assert shown == [(NAMESAKE,)]


def test_the_places_of_the_views_are_those_of_the_reader(connection):
    rows = connection.execute(
        "select division_code, province, city, county, jurisdiction_level from intermediate.place"
    )
    names = {division.code: division.name for division in divisions()}
    for code, *shown in rows:
        place = place_of_code(code)
        if code in names and names[code] not in body_words().no_places:
            assert shown == [place.province, place.city, place.county, place.level], code

"""Whose accounts a document holds: what it prints, and beside it what the manifest says of its source."""

import pytest

from tests.warehouse.factory import extraction, profile
from tests.warehouse.listed import BEIJING, CHANGCHUN, NAMESAKE, entry, manifest, placeless
from tests.warehouse.test_loader import violations
from warehouse.kinds.body_names import is_same_body
from warehouse.load.bulk import rebuild
from warehouse.load.document import Outcome, load
from warehouse.records.reading import Doubt
from warehouse.work import decisions

PUBLIC = """
select department, province, city, county, division_code, jurisdiction_level, version
from mart.disclosure where is_current order by division_code
"""
DOUBTS = "select what, printed, taken_as, reason from mart.doubt where what <> 'number_unreadable' order by 1"
IN_BEIJING = (NAMESAKE, "北京市", "北京市", "朝阳区", BEIJING, "county", 1)
IN_CHANGCHUN = (NAMESAKE, "吉林省", "长春市", "朝阳区", CHANGCHUN, "county", 1)
UNKNOWN = Doubt("place_unknown", "省、市、县留空", printed=NAMESAKE)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("平顶山市审计局", "审计局", True),
        ("平顶山市审计局（本级）", "平顶山市审计局", True),
        ("河南省洛阳市财政局", "洛阳市财政局", True),
        ("示范市财政局", "财政局", True),
        ("平顶山市审计局", "洛阳市财政局", False),
        ("平顶山市审计局", "洛阳市审计局", False),
        ("浙江省洛阳市财政局", "洛阳市财政局", False),
        ("示范市审计局", "示范市审计局审计中心", False),
        ("示范市教育体育局", "体育局", False),
        ("示范市财政局", "", False),
    ],
)
def test_names_of_one_body(one, other, is_same):
    assert is_same_body(one, other) is is_same_body(other, one) is is_same


def test_a_document_that_names_no_place_has_that_of_its_source(connection):
    read = extraction(profile=placeless(), doubts=(UNKNOWN,))
    manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN)).has("one", read)
    load(connection, read)
    assert connection.execute(PUBLIC).fetchall() == [IN_CHANGCHUN]
    said = "来源清单sources.toml的“one”:220104"
    assert connection.execute("select evidence ->> 'division_code' from warehouse.parse").fetchall() == [(said,)]
    assert connection.execute(DOUBTS).fetchall() == [
        ("place_from_manifest", NAMESAKE, CHANGCHUN, f"文件未示所属地区,依{said}确定")
    ]
    assert violations(connection) == {}


def test_the_place_may_stand_in_the_name_of_the_department(connection):
    read = extraction(profile=placeless())
    manifest(connection, entry("one", "长春市朝阳区教育局")).has("one", read)
    load(connection, read)
    assert connection.execute(PUBLIC).fetchall() == [IN_CHANGCHUN]


@pytest.mark.takes(1)
@pytest.mark.parametrize("in_bulk", [False, True])
def test_two_bodies_of_one_name_in_two_places_are_two(connection, in_bulk):
    one, two = extraction("one", profile=placeless()), extraction("two", profile=placeless())
    listed = manifest(
        connection,
        entry("one", NAMESAKE, division_code=CHANGCHUN),
        entry("two", NAMESAKE, division_code=BEIJING),
    )
    listed.has("one", one)
    listed.has("two", two)
    if in_bulk:
        rebuild(connection, [one, two])
    else:
        assert [load(connection, read).outcome for read in (one, two)] == 2 * [Outcome.NEW_DOCUMENT]
    assert connection.execute(PUBLIC).fetchall() == [IN_BEIJING, IN_CHANGCHUN]
    assert violations(connection) == {}


def test_sources_that_do_not_agree_give_no_place(connection):
    read = extraction(profile=placeless(), doubts=(UNKNOWN,))
    listed = manifest(
        connection,
        entry("one", NAMESAKE, division_code=CHANGCHUN),
        entry("two", NAMESAKE, division_code=BEIJING),
    )
    listed.has("one", read)
    listed.has("two", read)
    load(connection, read)
    assert connection.execute(PUBLIC).fetchall() == [(NAMESAKE, None, None, None, None, None, 1)]
    assert [what for what, *_ in connection.execute(DOUBTS)] == ["place_unknown"]


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("division_code", "doubts"),
    [("410300", [("place_differs", "410300", "411300")]), ("410000", []), (None, []), ("411303", [])],
)
def test_a_place_that_the_document_names_stands(connection, division_code, doubts):
    read = extraction()
    manifest(connection, entry("one", "甲市工业和信息化局", division_code=division_code)).has("one", read)
    assert load(connection, read).outcome is Outcome.NEW_DOCUMENT
    assert connection.execute("select division_code from mart.disclosure").fetchall() == [("411300",)]
    assert [(what, *values) for what, *values, _ in connection.execute(DOUBTS)] == doubts


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("departments", "doubts"),
    [
        (("乙市财政局",), [("body_not_of_source", "乙市财政局", "甲市工业和信息化局")]),
        (("工业和信息化局",), []),
        (("乙市财政局", "甲市工业和信息化局（本级）"), []),
        ((), []),
    ],
)
def test_a_body_that_the_source_is_not_for_is_doubted(connection, departments, doubts):
    read = extraction()
    manifest(connection, entry("one", *departments)).has("one", read)
    assert load(connection, read).outcome is Outcome.NEW_DOCUMENT
    assert [(what, *values) for what, *values, _ in connection.execute(DOUBTS)] == doubts


def test_another_reading_of_the_same_file_keeps_the_place(connection):
    read = extraction(profile=placeless())
    manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN)).has("one", read)
    load(connection, read)
    assert load(connection, extraction(parser_version="2", profile=placeless())).outcome is Outcome.REPARSED
    assert connection.execute(PUBLIC).fetchall() == [IN_CHANGCHUN]


@pytest.mark.long
def test_publishing_a_held_reading_keeps_the_place(connection):
    early = extraction(profile=placeless(fiscal_year=2199))
    listed = manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN))
    listed.has("one", early)
    assert load(connection, early).outcome is Outcome.HELD
    decisions.publish(connection, decisions.held_readings(connection)[0].parse_id)
    assert connection.execute(PUBLIC).fetchall() == [IN_CHANGCHUN]
    assert violations(connection) == {}


def test_a_file_ingested_by_hand_has_the_one_place_that_the_manifest_gives_its_body(connection):
    manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN))
    load(connection, extraction(profile=placeless()))
    assert connection.execute(PUBLIC).fetchall() == [IN_CHANGCHUN]


def test_a_document_without_a_name_or_a_source_stays_as_read(connection):
    manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN))
    load(connection, extraction("nameless", profile=placeless(None)))
    load(connection, extraction("another", profile=profile()))
    assert [row[:2] for row in connection.execute(PUBLIC)] == [("甲市工业和信息化局", "河南省"), (None, None)]


@pytest.mark.long
def test_a_file_keeps_the_place_of_the_files_before_it_at_its_address(connection):
    """The manifest names no place any more, and another source has a body of that name."""
    first, second, other = (extraction(content, profile=placeless()) for content in ("one", "two", "other"))
    listed = manifest(connection, entry("one", NAMESAKE, division_code=CHANGCHUN))
    for read in (first, second):
        listed.has("one", read, address="http://one.example.gov.cn/2024/a.pdf")
    load(connection, first)
    listed = manifest(connection, entry("one", NAMESAKE), entry("two", NAMESAKE))
    listed.has("two", other)
    assert load(connection, second).outcome is Outcome.NEW_VERSION
    assert load(connection, other).outcome is Outcome.NEW_DOCUMENT
    places = connection.execute("select division_code, version from mart.disclosure where is_current order by 1")
    assert places.fetchall() == [(CHANGCHUN, 2), (None, 1)]
    assert violations(connection) == {}

"""The place of a body, found by its name in the list of divisions."""

import pytest

from warehouse.kinds.places import place_in_text, place_of
from warehouse.records.reading import Level


@pytest.mark.parametrize(
    ("name", "province", "city", "county", "level"),
    [
        ("浙江省财政厅", "浙江省", None, None, Level.PROVINCE),
        ("内蒙古自治区财政厅", "内蒙古自治区", None, None, Level.PROVINCE),
        ("舟山市水利局", "浙江省", "舟山市", None, Level.PREFECTURE),
        ("浙江省舟山市水利局", "浙江省", "舟山市", None, Level.PREFECTURE),
        ("恩施土家族苗族自治州审计局", "湖北省", "恩施土家族苗族自治州", None, Level.PREFECTURE),
        ("东莞市商务局", "广东省", "东莞市", None, Level.PREFECTURE),
        ("吉林市财政局", "吉林省", "吉林市", None, Level.PREFECTURE),
        ("沁水县民政局", "山西省", "晋城市", "沁水县", Level.COUNTY),
        ("晋城市沁水县民政局", "山西省", "晋城市", "沁水县", Level.COUNTY),
        ("济源市教育局", "河南省", None, "济源市", Level.COUNTY),  # a county directly below its province
    ],
)
def test_the_place_a_name_begins_with(name, province, city, county, level):
    place = place_of(name, "")
    assert (place.province, place.city, place.county, place.level) == (province, city, county, level)
    assert name.startswith(place.printed)


@pytest.mark.parametrize(
    ("name", "county", "level"),
    [
        ("天津市财政局", None, Level.PROVINCE),
        ("天津市河西区财政局", "河西区", Level.COUNTY),
        ("重庆市城口县财政局", "城口县", Level.COUNTY),
    ],
)
def test_a_municipality_is_its_own_city(name, county, level):
    place = place_of(name, "")
    assert place.province == place.city == name[:3]
    assert (place.county, place.level) == (county, level)


@pytest.mark.parametrize("name", ["中共沁水县委组织部", "政协沁水县委员会", "共青团沁水县委员会"])
def test_a_body_of_party_or_league_may_be_named_before_its_place(name):
    assert place_of(name, "").county == "沁水县"


def test_a_name_of_many_counties_is_decided_by_the_city_before_it():
    cities = {city: place_of(f"{city}鼓楼区审计局", "").code for city in ("南京市", "徐州市", "福州市", "开封市")}
    assert cities == {"南京市": "320106", "徐州市": "320302", "福州市": "350102", "开封市": "410204"}


def test_a_name_of_many_counties_is_decided_by_the_text():
    assert place_of("鼓楼区审计局", "本区位于福州市中心。").code == "350102"


@pytest.mark.parametrize("text", ["", "与别处往来。", "南京市与福州市签约。"])
def test_a_name_of_many_counties_stays_undecided_without_one_answer(text):
    assert not place_of("鼓楼区审计局", text).is_known


@pytest.mark.parametrize("name", ["示范市财政局", "财政局", "", "市", "第一中学"])
def test_a_name_that_begins_with_no_place(name):
    assert not place_of(name, "").is_known


def test_a_central_body_has_a_level_and_no_division():
    place = place_of("国家博物馆", "")
    assert (place.level, place.code, place.province) == (Level.CENTRAL, None, None)


def test_the_place_that_the_text_names_often_is_used():
    assert place_in_text("沁水县本年……沁水县上年……沁水县各单位。").county == "沁水县"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "沁水县本年。沁水县上年。",  # twice is too few
        "沁水县、阳泉市、沁水县、沁水县；高平市、陵川县、陵川县。",  # another county more than half as often
        "鼓楼区。鼓楼区。鼓楼区。",  # several counties have this name
    ],
)
def test_the_text_gives_no_place(text):
    assert not place_in_text(text).is_known

"""Departments for generated documents: places from the list of divisions, and kinds of departments."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from warehouse.kinds.kind import load_kind
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.kinds.reference_lists import Division, divisions
from warehouse.records.reading import Level, Profile, Scope

PLACES = 400
KINDS_OF_A_PLACE = 10
# Kind of department → the 款 of the functional classification on which it mainly spends.
MAIN_CATEGORY = {
    "工业和信息化": "21505",
    "发展和改革": "20104",
    "财政": "20106",
    "教育": "20502",
    "科学技术": "20601",
    "民族宗教事务": "20123",
    "公安": "20402",
    "民政": "20802",
    "司法": "20406",
    "人力资源和社会保障": "20801",
    "自然资源": "22001",
    "生态环境": "21101",
    "住房和城乡建设": "21201",
    "城市管理": "21205",
    "交通运输": "21401",
    "轨道交通": "21402",
    "水利": "21303",
    "农业农村": "21301",
    "商务": "20113",
    "文化和旅游": "20701",
    "卫生健康": "21001",
    "退役军人事务": "20828",
    "应急管理": "22401",
    "审计": "20108",
    "国有资产监督管理": "21507",
    "市场监督管理": "20138",
    "统计": "20105",
    "医疗保障": "21015",
    "林业和草原": "21302",
    "信访": "20140",
    "体育": "20703",
    "广播电视": "20708",
    "机关事务管理": "20103",
    "行政审批和政务服务": "20141",
    "地方金融监督管理": "21701",
    "乡村振兴": "21305",
    "人民防空": "20306",
    "供销合作": "21602",
    "档案": "20126",
}


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    level: Level
    province: str
    city: str
    county: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """One department; `number` counts from 0 and is the seed of its random figures."""

    number: int
    kind: str
    place: Place

    @property
    def name(self) -> str:
        return f"{self.place.city}{self.place.county or ''}{self.kind}局"

    def profile(self, year: int, kind: str = FINAL_ACCOUNTS) -> Profile:
        place, title = self.place, f"{self.name}{year}年度部门{load_kind(kind).label}"
        return Profile(
            department=self.name,
            department_kind=self.kind,
            fiscal_year=year,
            kind=kind,
            scope=Scope.DEPARTMENT,
            province=place.province,
            city=place.city,
            county=place.county,
            division_code=place.code,
            jurisdiction_level=place.level,
            evidence={"department": title, "fiscal_year": title, "place": place.city, "scope": title},
        )


@cache
def bodies(seed: int) -> tuple[Body, ...]:
    """4,000 departments: ten kinds in each of 400 places, in random order."""
    chance = random.Random(seed)
    pairs = [
        (kind, place)
        for place in sorted(chance.sample(_places(), PLACES), key=lambda place: place.code)
        for kind in chance.sample(list(MAIN_CATEGORY), KINDS_OF_A_PLACE)
    ]
    chance.shuffle(pairs)
    return tuple(Body(number, *pair) for number, pair in enumerate(pairs))


def _places() -> list[Place]:
    by_code = {division.code: division for division in divisions()}
    return [place for division in divisions() for place in _place(division, by_code)]


def _place(division: Division, by_code: dict[str, Division]) -> Iterator[Place]:
    """A prefecture, or a county below a prefecture. Divisions that only group others (市辖区 of a municipality) are
    left out."""
    parent = by_code.get(division.parent_code or "")
    if division.level == Level.PREFECTURE and division.name[-1] in "市州盟" and parent:
        yield Place(division.code, Level.PREFECTURE, parent.name, division.name, None)
    elif division.level == Level.COUNTY and parent and parent.name[-1] in "市州盟" and parent.parent_code:
        yield Place(division.code, Level.COUNTY, by_code[parent.parent_code].name, parent.name, division.name)

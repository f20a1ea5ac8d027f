"""Whose accounts a document holds, of which year, published when: from cover, captions and text."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from ingest.characters import comparable, name_of, squeeze
from ingest.document import Document
from ingest.kinds import department_kind
from ingest.places import Place, place_in_text, place_of
from warehouse.records import Doubt, Kind, Profile, Scope

COVER_LINES, CAPTION_ROWS = 40, 3
_CONTENTS = re.compile(r"^目录$|^目次$|^第一部分")
_YEAR = r"(?P<year>(?:19|20)\d\d)年度?"
_WHAT = r"(?P<scope>部门|单位)?(?:\(?(?:汇总|本级)\)?)?(?:收支|财务)?(?P<kind>决算|预算)"
_TITLES = (
    re.compile(rf"{_YEAR}(?P<body>(?!度)[^\d年]{{3,40}}?){_WHAT}"),
    re.compile(rf"(?P<body>[^\d年]{{3,40}}?){_YEAR}{_WHAT}"),
)
_NOISE_BEFORE = re.compile(r"^(?:附件[一二三四五六七八九十\d]*[:、]?|附[:、]|关于|公开|\d+[、.])+")
_MARKS = re.compile(r"\((?:汇总|本级|部门|机关|含下属单位)\)|本级$")
_CAPTION = re.compile(
    r"(?:编制|填报|预算|公开)?(?:部门|单位)(?:名称)?(?:\([^)]{1,6}\))?:(?P<body>[^:]{4,40}?)(?=(?:19|20)\d\d年|金额|单位:|公开|$)"
)
_CAPTION_YEAR = re.compile(r"^((?:19|20)\d\d)年度?$|((?:19|20)\d\d)年度")
_PART_ONE = re.compile(r"第一部分(?P<body>.{4,40}?)(?:概况|基本情况|部门概况|单位概况)")
_DIGITS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
_CHINESE_YEAR = re.compile(r"[二一][〇○Ｏ零一二三四五六七八九]{3}(?=年)")
_PUBLISHED = re.compile(r"((?:20)\d\d)年(\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(\d{1,2})日)?")
_NO_BODY = re.compile(r"^(?:本|我|各|该|此|某)?(?:部门|单位|万元|元|人民币)")


@dataclass(frozen=True, slots=True)
class Cover:
    body: str | None = None
    year: int | None = None
    scope: Scope | None = None
    kind: Kind | None = None
    printed: str = ""


def profile(document: Document) -> tuple[Profile, list[Doubt]]:
    """The profile with its evidence, and a doubt for each thing that could not be told."""
    lines = [_arabic(squeeze(line.text)) for line in document.lines()]
    cover = read_cover(lines)
    captions = Counter(_caption_bodies(document, lines))
    department, how, doubts = _department(cover, captions, lines)
    year, year_doubts = _year(cover, lines)
    text = "".join(lines)
    place = _place(department, text)
    printed, published = _published(lines)
    evidence = {"department": how, "fiscal_year": cover.printed or "表头年度", "place": place.printed}
    return Profile(
        department=department,
        department_kind=department_kind(department, place.printed) if department else None,
        fiscal_year=year,
        kind=cover.kind or Kind.FINAL_ACCOUNTS,
        scope=_scope(cover, captions),
        province=place.province,
        city=place.city,
        county=place.county,
        division_code=place.code,
        jurisdiction_level=place.level,
        published_on=published,
        published_printed=printed,
        evidence={field: text for field, text in evidence.items() if text},
    ), [*doubts, *year_doubts, *_place_doubts(department, place)]


def read_cover(lines: list[str]) -> Cover:
    """What the title on the first lines says: body, year, 部门 or 单位, 决算 or 预算."""
    front = list(takewhile(lambda line: not _CONTENTS.match(line), islice(lines, COVER_LINES))) or lines[:3]
    text = "".join(line for line in front if not line.isdigit())
    for title in _TITLES:
        for found in title.finditer(text):
            body = _clean(found["body"])
            if body:
                scope = Scope.UNIT if found["scope"] == "单位" or "本级" in found[0] else Scope.DEPARTMENT
                kind = Kind.FINAL_ACCOUNTS if found["kind"] == "决算" else Kind.BUDGET
                return Cover(body, int(found["year"]), scope if found["scope"] else None, kind, found[0])
    return Cover()


def _arabic(text: str) -> str:
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), text)


def _clean(body: str) -> str | None:
    body = _MARKS.sub("", _NOISE_BEFORE.sub("", body)).strip("-—:,、()")
    body = body.removesuffix("部门") if body.endswith(("局部门", "会部门", "厅部门", "委部门")) else body
    return None if len(body) < 3 or _NO_BODY.match(body) or "。" in body else body


def _caption_bodies(document: Document, lines: list[str]) -> Iterator[str]:
    """The bodies that captions (部门：…) name, beside the tables and inside their first rows."""
    rows = ("".join(row.texts()) for table in document.tables() for row in table.rows[:CAPTION_ROWS])
    for text in (*lines, *map(squeeze, rows)):
        if len(text) <= 60 and (found := _CAPTION.search(text)):
            body = _clean(found["body"])
            if body:
                yield body


def _department(cover: Cover, captions: Counter[str], lines: list[str]) -> tuple[str | None, str, list[Doubt]]:
    """Cover before captions before the heading of the first part; a contradiction is a doubt."""
    captioned = captions.most_common(1)[0][0] if captions else None
    heading = next((_clean(found["body"]) for line in lines if (found := _PART_ONE.search(line))), None)
    department = cover.body or captioned or heading
    if not department:
        return None, "", [Doubt("department_unknown", "封面、表头与正文均未见部门名称")]
    how = cover.printed if cover.body else (f"表头:{captioned}" if captioned else f"第一部分标题:{heading}")
    if cover.body and captioned and comparable(cover.body) != comparable(captioned):
        reason = f"封面作“{cover.body}”,表头作“{captioned}”,取封面所印"
        return department, how, [Doubt("department_differs", reason, printed=captioned, taken_as=cover.body)]
    return name_of(department), how, []


def _year(cover: Cover, lines: list[str]) -> tuple[int | None, list[Doubt]]:
    years = Counter(
        int(found[1] or found[2]) for line in lines if len(line) <= 60 and (found := _CAPTION_YEAR.search(line))
    )
    common = years.most_common(1)[0][0] if years else None
    if cover.year and common and cover.year != common:
        reason = f"封面作{cover.year}年度,表头与标题多作{common}年度,取封面所印"
        return cover.year, [Doubt("fiscal_year_differs", reason, printed=str(common), taken_as=str(cover.year))]
    if not (cover.year or common):
        return None, [Doubt("fiscal_year_unknown", "封面与表头均未见决算年度")]
    return cover.year or common, []


def _scope(cover: Cover, captions: Counter[str]) -> Scope | None:
    if any("本级" in body for body in captions):
        return Scope.UNIT
    return cover.scope


def _place(department: str | None, text: str) -> Place:
    named = place_of(department, text) if department else Place()
    return named if named.is_known else place_in_text(text)


def _place_doubts(department: str | None, place: Place) -> Iterator[Doubt]:
    if not place.is_known:
        yield Doubt("place_unknown", "部门名称与正文均不足以确定所属地区,省、市、县留空", printed=department)
    elif department and not department.startswith(place.printed):
        reason = f"部门名称未含地名,按正文多次出现的“{place.printed}”确定"
        yield Doubt("place_from_text", reason, printed=department, taken_as=place.printed)


def _published(lines: list[str]) -> tuple[str | None, date | None]:
    """The month on the cover; the day where it is printed, else the first."""
    for line in takewhile(lambda line: not _CONTENTS.match(line), islice(lines, COVER_LINES)):
        found = _PUBLISHED.search(line)
        if found and len(line) <= 20:
            month = int(found[2]) if found[2].isdigit() else _chinese_month(found[2])
            if 1 <= month <= 12:
                return found[0], date(int(found[1]), month, int(found[3] or 1))
    return None, None


def _chinese_month(text: str) -> int:
    return {"十": 10, "十一": 11, "十二": 12}.get(text) or int(text.translate(_DIGITS)[0])

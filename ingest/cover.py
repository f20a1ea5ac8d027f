"""What the first lines of a disclosure say of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from ingest.profile_patterns import (
    CHINESE_YEAR,
    CONTENTS,
    DIGITS,
    MARKS,
    NO_BODY,
    NOISE_BEFORE,
    PUBLISHED,
    TITLES,
)
from warehouse.records import Doubt, Kind, Scope

COVER_LINES = 40
DATE_LINE_AT_MOST = 20  # characters; a date inside a sentence is not the date of publication


@dataclass(frozen=True, slots=True)
class Cover:
    body: str | None = None
    year: int | None = None
    scope: Scope | None = None
    kind: Kind | None = None
    printed: str = ""


def read_cover(lines: list[str]) -> Cover:
    """Body, year, 部门 or 单位, 决算 or 预算. `lines` are squeezed."""
    front = [line for line in _front(lines) if not line.isdigit()] or lines[:3]
    text = "".join("|" if _is_date(line) else arabic_years(line) for line in front)
    for title in TITLES:
        for found in title.finditer(text):
            body = body_of(found["body"])
            if body:
                kind = Kind.FINAL_ACCOUNTS if found["kind"] == "决算" else Kind.BUDGET
                return Cover(body, int(found["year"]), _scope(found["scope"], found[0]), kind, found[0].strip("|"))
    return Cover()


def _front(lines: list[str]) -> Iterator[str]:
    return takewhile(lambda line: not CONTENTS.match(line), islice(lines, COVER_LINES))


def _is_date(line: str) -> bool:
    return len(line) <= DATE_LINE_AT_MOST and bool(PUBLISHED.fullmatch(line))


def _scope(said: str | None, title: str) -> Scope | None:
    """部门(单位)决算 is the wording of a template that leaves it open."""
    if "本级" in title or said == "单位":
        return Scope.UNIT
    return Scope.DEPARTMENT if said == "部门" or "汇总" in title else None


def body_of(text: str) -> str | None:
    """The name of a body without what covers print around it; None if it is none."""
    body = MARKS.sub("", NOISE_BEFORE.sub("", text)).strip("-—:,、()")
    body = body.removesuffix("部门") if body.endswith(("局部门", "会部门", "厅部门", "委部门")) else body
    return None if len(body) < 3 or NO_BODY.match(body) or "。" in body else body


def arabic_years(text: str) -> str:
    """二〇二四年 → 2024年."""
    return CHINESE_YEAR.sub(lambda year: year[0].translate(DIGITS), text)


def published_on(lines: list[str]) -> tuple[str | None, date | None, list[Doubt]]:
    """The date on the cover as printed, and as a date: the first of the month where no day is printed."""
    for line in _front(lines):
        found = PUBLISHED.search(line)
        if found and len(line) <= DATE_LINE_AT_MOST:
            year, month, day = (_number(part) for part in found.groups("1"))
            try:
                return found[0], date(year, month, day), []
            except ValueError:
                return found[0], None, [Doubt("date_impossible", "封面所印日期不存在,公开时间留空", printed=found[0])]
    return None, None, []


def _number(text: str) -> int:
    """12, 二〇二四, 十二, 二十, 二十一 as a number."""
    if text.isdigit() and text.isascii():
        return int(text)
    if "十" not in text:
        return int(text.translate(DIGITS))
    tens, _, ones = text.partition("十")
    return int(tens.translate(DIGITS) or 1) * 10 + int(ones.translate(DIGITS) or 0)

"""What the first lines of a disclosure say of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from ingest.about.places import is_place
from ingest.values.cover_patterns import (
    ANOTHER,
    CHINESE_YEAR,
    CONTENTS,
    DIGITS,
    ENDS_A_TITLE,
    GAP,
    HEADING,
    LABELLED,
    LINE_END,
    MARKS,
    NO_BODY,
    NOISE_BEFORE,
    NOISE_BEHIND,
    PROSE,
    PROSE_ENDS,
    PUBLISHED,
    SENTENCE_BEGINS,
    TITLES,
)
from warehouse.records.reading import Doubt, Kind, Scope

COVER_LINES = 40
_KINDS = {"决算": Kind.FINAL_ACCOUNTS, "预算": Kind.BUDGET, "预决算": None}
PROSE_LINE_AT_LEAST = 16  # characters of a line that a sentence fills and runs over
DATE_LINE_AT_MOST = 20  # characters; a date inside a sentence is not the date of publication


@dataclass(frozen=True, slots=True)
class Cover:
    body: str | None = None
    year: int | None = None
    scope: Scope | None = None
    kind: Kind | None = None
    printed: str = ""


def read_cover(lines: list[str]) -> Cover:
    """Body, year, 部门 or 单位, 决算 or 预算. `lines` are squeezed.

    A title may be broken over lines anywhere, but it does not run over into a sentence or a caption.
    """
    front = [line for line in _front(lines) if not line.isdigit()] or lines[:3]
    text = "".join(_without_prose(front))
    covers = [cover for title in TITLES for found in title.finditer(text) if (cover := _cover(found, text))]
    named = (cover for cover in covers if cover.body and not is_place(cover.body))
    return next(named, covers[0] if covers else Cover())


def _cover(found: re.Match[str], text: str) -> Cover | None:
    """None where what stands for the body is none, unless the title names nobody."""
    body = body_of(found["body"])
    if found["body"] and body is None:
        return None
    printed = found[0].strip(GAP).replace(LINE_END, "")
    scope = _scope(found["scope"] or found["scope_too"], printed)
    return Cover(body, int(found["year"]), scope, _kind(found, text), printed)


def _kind(found: re.Match[str], text: str) -> Kind | None:
    """None where the title names both: 预决算公开, 2024年度部门决算和2025年部门预算."""
    another = ANOTHER.match(text, found.end("kind"))
    kinds = {found["kind"], another["kind"] if another else found["kind"]}
    return _KINDS[kinds.pop()] if len(kinds) == 1 else None


def title_lines(lines: list[str]) -> list[str]:
    """The lines of the cover that may be part of a title."""
    parts = _without_prose(list(_front(lines)))
    return [part.replace(LINE_END, "").strip(GAP) for part in parts if part != GAP]


def _without_prose(lines: list[str]) -> Iterator[str]:
    """The lines to be joined: a mark in place of what is no title, and behind a line that may end one."""
    so_far, in_prose = "", False
    for line in map(arabic_years, lines):
        is_apart = _is_date(line) or bool(HEADING.match(line) or LABELLED.match(line))
        title = "" if in_prose or is_apart else _before_prose(line)
        goes_on = in_prose or (title != line and not is_apart and len(line) >= PROSE_LINE_AT_LEAST)
        in_prose = goes_on and not PROSE_ENDS.search(line)
        end = LINE_END * (so_far + title).endswith(("决算", "预算")) + GAP * (title != line)
        part = title + end if title else GAP
        so_far += part
        yield part


def _before_prose(line: str) -> str:
    """The line, or what of it is a title before its sentence begins; empty where all of it is prose."""
    if not PROSE.search(line):
        return line
    begins = SENTENCE_BEGINS.search(line)
    title = line[: begins.start()] if begins else ""
    return title if ENDS_A_TITLE.search(title) else ""


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
    body = MARKS.sub("", NOISE_BEHIND.sub("", NOISE_BEFORE.sub("", text))).strip("-—:,、()")
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

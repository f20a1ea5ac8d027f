"""What the first lines of a disclosure say of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.naming import Kinds, titles
from warehouse.kinds.places import is_place
from warehouse.kinds.wordings import TitleWords, body_words, document_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, Scope

LINE_END = "¶"  # put behind a line of a cover that ends in the word of a kind: there the title may end
GAP = "|"  # put in place of what no title runs through: a date, a sentence, a caption
COVER_LINES = 40
PROSE_LINE_AT_LEAST = 16  # characters of a line that a sentence fills and runs over
DATE_LINE_AT_MOST = 20  # characters; a date inside a sentence is not the date of publication
_SAYS, _OF_BODIES = document_words(), body_words()
_DIGITS = str.maketrans(_SAYS.chinese_digits, "000123456789")


@dataclass(frozen=True, slots=True)
class Cover:
    body: str | None = None
    year: int | None = None
    scope: Scope | None = None
    kind: DocumentKind | None = None
    printed: str = ""


def read_cover(lines: list[str], kinds: Kinds) -> Cover:
    """Body, year, 部门 or 单位, and which of the kinds. `lines` are squeezed.

    A title may be broken over lines anywhere, but it does not run over into a sentence or a caption.
    """
    front = [line for line in _front(lines) if not line.isdigit()] or lines[:3]
    text = "".join(_without_prose(front, titles(kinds)))
    hits = (found for title in titles(kinds).titles for found in title.finditer(text))
    covers = [cover for found in hits if (cover := _cover(found, text, kinds))]
    named = [cover for cover in covers if cover.body and not is_place(cover.body)]
    of_bodies = (cover for cover in named if not any(is_place_of(cover.body, other.body) for other in named))
    return next(of_bodies, covers[0] if covers else Cover())


def is_place_of(name: str | None, body: str | None) -> bool:
    """示范市 beside 示范市粮食局: a place that the list of divisions has not, and a body of it."""
    is_longer = bool(name and body) and name != body
    return is_longer and str(body).startswith(str(name)) and str(name).endswith(_OF_BODIES.place_endings)


def _cover(found: re.Match[str], text: str, kinds: Kinds) -> Cover | None:
    """None where what stands for the body is none, unless the title names nobody."""
    body = body_of(found["body"])
    if found["body"] and body is None:
        return None
    printed = found[0].strip(GAP).replace(LINE_END, "")
    scope = _scope(found["scope"] or found["scope_too"], printed)
    return Cover(body, int(found["year"]), scope, _kind(found, text, kinds), printed)


def _kind(found: re.Match[str], text: str, kinds: Kinds) -> DocumentKind | None:
    """None where the title names several: 预决算公开, 2024年度部门决算和2025年部门预算."""
    another = titles(kinds).another.match(text, found.end("kind"))
    words = {found["kind"], another["kind"] if another else found["kind"]}
    named = [kind for kind in kinds if words <= set(kind.named.words)]
    return named[0] if len(named) == 1 else None


def title_lines(lines: list[str], kinds: Kinds) -> list[str]:
    """The lines of the cover that may be part of a title."""
    parts = _without_prose(list(_front(lines)), titles(kinds))
    return [part.replace(LINE_END, "").strip(GAP) for part in parts if part != GAP]


def _without_prose(lines: Sequence[str], titles: TitleWords) -> Iterator[str]:
    """The lines to be joined: a mark in place of what is no title, and behind a line that may end one."""
    so_far, in_prose = "", False
    for line in map(arabic_years, lines):
        is_apart = _is_date(line) or any(one.match(line) for one in (_SAYS.numbered, _SAYS.labelled, _SAYS.of_table))
        title = "" if in_prose or is_apart else _before_prose(line, titles)
        goes_on = in_prose or (title != line and not is_apart and len(line) >= PROSE_LINE_AT_LEAST)
        in_prose = goes_on and not _SAYS.prose_ends.search(line)
        end = LINE_END * bool(titles.ends_in_kind.search(so_far + title)) + GAP * (title != line)
        part = title + end if title else GAP
        so_far += part
        yield part


def _before_prose(line: str, titles: TitleWords) -> str:
    """The line, or what of it is a title before its sentence begins; empty where all of it is prose."""
    if not _SAYS.prose.search(line):
        return line
    begins = _SAYS.sentence_begins.search(line)
    title = line[: begins.start()] if begins else ""
    return title if titles.ends_a_title.search(title) else ""


def _front(lines: list[str]) -> Iterator[str]:
    return takewhile(lambda line: not _SAYS.contents.match(line), islice(lines, COVER_LINES))


def _is_date(line: str) -> bool:
    return len(line) <= DATE_LINE_AT_MOST and bool(_SAYS.published.fullmatch(line))


def _scope(said: str | None, title: str) -> Scope | None:
    """部门(单位)决算 is the wording of a template that leaves it open."""
    if _OF_BODIES.body_alone in _OF_BODIES.of_government.sub("", title) or said == _OF_BODIES.unit:
        return Scope.UNIT
    is_department = said == _OF_BODIES.department or _OF_BODIES.with_subordinates in title
    return Scope.DEPARTMENT if is_department else None


def body_of(text: str) -> str | None:
    """The name of a body without what covers print around it; None if it is none."""
    bare = _SAYS.noise_behind.sub("", _SAYS.noise_before.sub("", text))
    body = _SAYS.scope_behind_body.sub("", bare).strip("-—:,、()")
    body = _OF_BODIES.department_behind.sub("", body)
    return None if len(body) < 3 or _SAYS.no_body.match(body) or "。" in body else body


def arabic_years(text: str) -> str:
    """二〇二四年 → 2024年."""
    return _SAYS.year_in_chinese.sub(lambda year: year[0].translate(_DIGITS), text)


def published_on(lines: list[str]) -> tuple[str | None, date | None, list[Doubt]]:
    """The date on the cover as printed, and as a date: the first of the month where no day is printed."""
    for line in _front(lines):
        found = _SAYS.published.search(line)
        if found and len(line) <= DATE_LINE_AT_MOST:
            year, month, day = (_number(part) for part in found.groups("1"))
            try:
                return found[0], date(year, month, day), []
            except ValueError:
                return (
                    found[0],
                    None,
                    [Doubt(DoubtKind.DATE_IMPOSSIBLE, "封面所印日期不存在,公开时间留空", printed=found[0])],
                )
    return None, None, []


def _number(text: str) -> int:
    """12, 二〇二四, 十二, 二十, 二十一 as a number."""
    if text.isdigit() and text.isascii():
        return int(text)
    if "十" not in text:
        return int(text.translate(_DIGITS))
    tens, _, ones = text.partition("十")
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)

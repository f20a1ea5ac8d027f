"""Several bodies bound into one file: whose each table is, by its caption and by the covers between.

A table whose title was printed for one body already, and is printed again for another, belongs to that other body;
so does all that stands with it. Only the accounts of the first body are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.characters import as_printed, comparable, squeeze
from ingest.cover import read_cover
from ingest.document import Block, Document, Line, RawTable
from ingest.profile_patterns import CAPTION, CONTENTS
from ingest.recognise import titles
from ingest.sections import Section, titles_above
from warehouse.records import Doubt, Kind

REPEATED_AT_LEAST = 2  # standard tables printed again for another body: one alone may be an annex
COVER_LINES_AT_MOST = 4  # lines of a cover between the accounts of two bodies
COVER_LINE_AT_MOST = 40  # characters
Position = tuple[int, int, float]  # page, line, points from the top
Stretch = tuple[Position, Position]
END = (10**9, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Bodies:
    """`document` and `sections` of the first body, tables of others with the body's name, and a doubt for them all."""

    document: Document
    sections: list[Section]
    others: tuple[tuple[str, Section], ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Owned:
    """A table, the standard table its title names, and the body it is printed for (None: nothing says so)."""

    section: Section
    code: str | None
    body: str | None


@dataclass(frozen=True, slots=True)
class _Cover:
    start: Position
    end: Position
    body: str


def first_body(document: Document, sections: Sequence[Section]) -> Bodies:
    owned = list(_owned(document, sections)) if _has_repeated(sections) else []
    others = _others(owned)
    if not others:
        return Bodies(document, list(sections))
    of_others = [one for one in owned if one.body in others]
    of_first = [one.section for one in owned if one.body not in others]
    blocks = without(document.blocks, list(_stretches(document, owned, others)))
    first = next(one.body for one in owned if one.code and one.body)
    doubt = _doubt(first, others, of_others[0].section)
    own = replace(document, blocks=tuple(blocks))
    return Bodies(own, of_first, tuple((one.body, one.section) for one in of_others), (doubt,))


def _stretches(document: Document, owned: Sequence[_Owned], others: Sequence[str]) -> Iterator[Stretch]:
    """From the cover or title of another body to the last of its tables; to the end where it has a cover and nothing
    of the first body follows."""
    covers = list(_covers(document))
    runs = [list(run) for is_other, run in groupby(owned, key=lambda one: one.body in others) if is_other]
    for run in runs:
        title, last = title_position(run[0].section), position(run[-1].section.table, last=True)
        own = [cover for cover in covers if cover.start < title and _is_same(cover.body, run[0].body)]
        is_bound_in = own and run[-1] is owned[-1]
        yield min([title, *(cover.start for cover in own)]), (END if is_bound_in else last)


def title_position(section: Section) -> Position:
    found = next(titles_above(section, titles()), None)
    return position(found[2] if found else section.table)


def without(blocks: Iterable[Block], stretches: Sequence[Stretch]) -> Iterator[Block]:
    return (block for block in blocks if not any(start <= position(block) <= end for start, end in stretches))


def _has_repeated(sections: Iterable[Section]) -> bool:
    """Nearly every document says at once that there is nothing to look for: no title comes back."""
    printed = [(code, _captioned(section)) for section in sections if (code := _code(section))]
    turns = [code for code, _ in groupby(printed, key=lambda one: one[0])]
    return max(len(turns), len(set(printed))) - len(set(turns)) >= REPEATED_AT_LEAST


def _code(section: Section) -> str | None:
    found = next(titles_above(section, titles()), None)
    return found[0] if found else None


def _owned(document: Document, sections: Iterable[Section]) -> Iterator[_Owned]:
    """A table without a caption is the body's whose cover or caption came last."""
    covers = list(_covers(document))
    body: str | None = None
    for section in sections:
        while covers and covers[0].end <= position(section.table):
            body = covers.pop(0).body
        body = _captioned(section) or body
        yield _Owned(section, _code(section), body)


def _captioned(section: Section) -> str | None:
    found = (CAPTION.search(squeeze(line.text)) for line in section.above)
    return next((as_printed(one["body"]) for one in found if one), None)


def _covers(document: Document) -> Iterator[_Cover]:
    """A few short lines that name a body, a year and 决算."""
    window: list[Line] = []
    for block in document.blocks:
        is_short = isinstance(block, Line) and _may_be_of_a_cover(squeeze(block.text))
        window = [*window[1 - COVER_LINES_AT_MOST :], block] if is_short else []
        if is_short and "决算" in squeeze("".join(line.text for line in window[-2:])):
            yield from _cover_in([line for line in window if line.page == block.page])


def _may_be_of_a_cover(text: str) -> bool:
    return len(text) <= COVER_LINE_AT_MOST and not CONTENTS.match(text)


def _cover_in(lines: Sequence[Line]) -> Iterator[_Cover]:
    """The shortest run of lines up to the last that is one."""
    for size in range(1, len(lines) + 1):
        cover = read_cover([squeeze(line.text) for line in lines[-size:]])
        if cover.body and cover.kind is Kind.FINAL_ACCOUNTS:
            body = cover.body + "本级" * ("本级" in cover.printed)
            yield _Cover(position(lines[-size]), position(lines[-1]), body)
            return


def _others(owned: Sequence[_Owned]) -> list[str]:
    """Bodies for which tables come again that were printed for the first one, in their order."""
    first = next((one.body for one in owned if one.code and one.body), None)
    codes: dict[str, set[str]] = defaultdict(set)
    for one in owned:
        if one.code and one.body:
            codes[one.body].add(one.code)
    if first is None:
        return []
    return [
        body
        for body, printed in codes.items()
        if not _is_same(body, first) and len(printed & codes[first]) >= REPEATED_AT_LEAST
    ]


def _is_same(one: str, other: str) -> bool:
    """示例市档案局 and 市档案局, but not 示例市档案局(本级): the accounts of the body alone are others."""
    names = sorted((_bare(one), _bare(other)), key=len)
    return names[1].endswith(names[0])


def _bare(name: str) -> str:
    return comparable(name).replace("(", "").replace(")", "")


def position(block: Block, last: bool = False) -> Position:
    at = block.rows[-1 if last else 0] if isinstance(block, RawTable) else block
    return at.page or 0, at.line_no or 0, at.top or 0.0


def _doubt(first: str, others: Sequence[str], section: Section) -> Doubt:
    names = "、".join(f"“{name}”" for name in others)
    reason = f"一份文件装有几个单位的决算:“{first}”与{names},只取“{first}”的,其余未入库"
    return Doubt("several_bodies", reason, printed="、".join(others), taken_as=first, page=section.page)

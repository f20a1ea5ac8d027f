"""Several bodies, or years, bound into one file: whose each table is, by its caption and by the covers between.

A table whose title was printed for one body already, and is printed again for another, belongs to that other body;
so does all that stands with it. Only the accounts of the first body are read. The same holds for years.

Of a disclosure of several files, a file whose cover or captions name another body or year is left out as a whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.about.cover import arabic_years, read_cover
from ingest.document import Block, Document, Line, RawTable
from ingest.tables.sections import Section, titles_above
from warehouse.kinds.characters import as_printed, comparable, squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.naming import Kinds
from warehouse.kinds.wordings import body_words, document_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import Doubt

REPEATED_AT_LEAST = 2  # standard tables printed again for another body: one alone may be an annex
COVER_LINES_AT_MOST = 4  # lines of a cover between the accounts of two bodies
COVER_LINE_AT_MOST = 40  # characters
Position = tuple[int, int, int, float]  # file, page, line, points from the top
Stretch = tuple[Position, Position]
START, END = (0, 0, 0, 0.0), (10**9, 0, 0, 0.0)
_SAYS, _ALONE = document_words(), body_words().body_alone


@dataclass(frozen=True, slots=True)
class Bodies:
    """`document` and `sections` of the first body, tables of others with the body's name, and a doubt for them all."""

    document: Document
    sections: list[Section]
    others: tuple[tuple[str, Section], ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Whose:
    """The body and the year that accounts are printed for, where something says so."""

    body: str | None = None
    year: int | None = None

    def is_same(self, other: "Whose") -> bool:
        same_year = None in (self.year, other.year) or self.year == other.year
        return same_year and self.is_same_body(other)

    def is_same_body(self, other: "Whose") -> bool:
        """示例市档案局 and 市档案局, but not 示例市档案局(本级): the accounts of the body alone are others."""
        if self.body is None or other.body is None:
            return True
        names = sorted((_bare(self.body), _bare(other.body)), key=len)
        return names[1].endswith(names[0])

    def may_be(self, other: "Whose") -> bool:
        """As `is_same`, and where a name lacks a part that the other has: 示例市档案局 and 示例市示例区档案局.

        Cover and tables of one disclosure often differ so, and somebody has said that the files are one.
        """
        same_year = None in (self.year, other.year) or self.year == other.year
        shorter, longer = sorted((_bare(self.body or ""), _bare(other.body or "")), key=len)
        rest = iter(longer)
        return same_year and all(character in rest for character in shorter)

    def label(self, beside: "Whose") -> str:
        """The body; the year too where only that differs."""
        return f"{self.body or ''}{self.year}年度" if self.is_same_body(beside) else str(self.body)


@dataclass(frozen=True, slots=True)
class _Owned:
    """A table, the standard table its title names, and whose accounts it is part of."""

    section: Section
    code: str | None
    whose: Whose


@dataclass(frozen=True, slots=True)
class _Cover:
    start: Position
    end: Position
    whose: Whose


def first_body(document: Document, sections: Sequence[Section], kind: DocumentKind, kinds: Kinds) -> Bodies:
    files = _without_other_files(document, sections, kind, kinds)
    within = _first_within(files.document, files.sections, kind, kinds)
    return replace(within, others=(*files.others, *within.others), doubts=(*files.doubts, *within.doubts))


def _without_other_files(document: Document, sections: Sequence[Section], kind: DocumentKind, kinds: Kinds) -> Bodies:
    """Without the files whose body or year cannot be that of the first file that names one."""
    said = _said_by_files(document, sections, kinds)
    first = next((whose for whose in said.values() if whose.body), Whose())
    others = {file_no: whose.label(first) for file_no, whose in said.items() if not whose.may_be(first)}
    if not others:
        return Bodies(document, list(sections), doubts=tuple(_names_that_differ(first, said)))
    own = tuple(block for block in document.blocks if block.place.file_no not in others)
    of_first = [section for section in sections if section.place.file_no not in others]
    left_out = [(others[no], section) for section in sections if (no := section.place.file_no) in others]
    doubt = _doubt_of_files(first, [said[no] for no in others], Place(file_no=next(iter(others))), kind)
    return Bodies(replace(document, blocks=own), of_first, tuple(left_out), (doubt,))


def _said_by_files(document: Document, sections: Sequence[Section], kinds: Kinds) -> dict[int, Whose]:
    """For each file of several whose accounts it has, by its cover or else by the captions of its tables."""
    files = {no: tuple(blocks) for no, blocks in groupby(document.blocks, key=lambda block: block.place.file_no)}
    if len(files) < 2:
        return {}
    return {
        no: said_by(replace(document, blocks=blocks), [one for one in sections if one.place.file_no == no], kinds)
        for no, blocks in files.items()
    }


def said_by(file: Document, sections: Sequence[Section], kinds: Kinds) -> Whose:
    cover = read_cover([squeeze(line.text) for line in file.lines()], kinds)
    body = cover.body or next(filter(None, map(_captioned, sections)), None)
    return Whose(body, cover.year or next(filter(None, map(_captioned_year, sections)), None))


def _first_within(document: Document, sections: Sequence[Section], kind: DocumentKind, kinds: Kinds) -> Bodies:
    owned = list(_owned(document, sections, kind, kinds)) if _has_repeated(sections, kind) else []
    first = next((one.whose for one in owned if one.code), None)
    others = _others(first, owned) if first else {}
    if first is None or not others:
        return Bodies(document, list(sections))
    of_others = [one for one in owned if one.whose in others]
    of_first = [one.section for one in owned if one.whose not in others]
    stretches = list(_stretches(document, owned, others, kind, kinds))
    own = replace(document, blocks=tuple(without(document.blocks, stretches)))
    left_out = tuple((others[one.whose], one.section) for one in of_others)
    return Bodies(own, of_first, left_out, (_doubt(first, others, of_others[0].section, kind),))


def _stretches(
    document: Document, owned: Sequence[_Owned], others: Mapping[Whose, str], kind: DocumentKind, kinds: Kinds
) -> Iterator[Stretch]:
    """From the cover or title of another body to the last of its tables; to the end where it has a cover and nothing
    of the first body follows."""
    covers = list(_covers(document, kind, kinds))
    before: Position = START
    for is_other, group in groupby(owned, key=lambda one: one.whose in others):
        run = list(group)
        title, last = title_position(run[0].section, kind), position(run[-1].section.table, last=True)
        if is_other:
            own = [c.start for c in covers if before < c.start < title and c.whose.is_same(run[0].whose)]
            yield min([title, *own]), (END if own and run[-1] is owned[-1] else last)
        before = last


def title_position(section: Section, kind: DocumentKind) -> Position:
    found = next(titles_above(section, kind.titles), None)
    return position(found[2] if found else section.table)


def without(blocks: Iterable[Block], stretches: Sequence[Stretch]) -> Iterator[Block]:
    return (block for block in blocks if not any(start <= position(block) <= end for start, end in stretches))


def _has_repeated(sections: Iterable[Section], kind: DocumentKind) -> bool:
    """Nearly every document says at once that there is nothing to look for: no title comes back."""
    printed = [
        (code, _captioned(section), _captioned_year(section)) for section in sections if (code := _code(section, kind))
    ]
    turns = [code for code, _ in groupby(printed, key=lambda one: one[0])]
    return max(len(turns), len(set(printed))) - len(set(turns)) >= REPEATED_AT_LEAST


def _code(section: Section, kind: DocumentKind) -> str | None:
    found = next(titles_above(section, kind.titles), None)
    return found[0] if found else None


def _owned(document: Document, sections: Iterable[Section], kind: DocumentKind, kinds: Kinds) -> Iterator[_Owned]:
    """A table without a caption is part of the accounts whose cover or caption came last."""
    covers = list(_covers(document, kind, kinds))
    whose = Whose()
    for section in sections:
        while covers and covers[0].end <= position(section.table):
            whose = covers.pop(0).whose
        said = Whose(_captioned(section), _captioned_year(section))
        year = said.year or (whose.year if said.is_same_body(whose) else None)
        whose = Whose(said.body or whose.body, year)
        yield _Owned(section, _code(section, kind), whose)


def _captioned_year(section: Section) -> int | None:
    found = (_SAYS.caption_year.search(arabic_years(squeeze(line.text))) for line in reversed(section.above))
    return next((int(one[1] or one[2]) for one in found if one), None)


def _captioned(section: Section) -> str | None:
    found = (_SAYS.caption.search(squeeze(line.text)) for line in section.above)
    return next((as_printed(one["body"]) for one in found if one), None)


def _covers(document: Document, kind: DocumentKind, kinds: Kinds) -> Iterator[_Cover]:
    """A few short lines that name a body, a year and the kind."""
    window: list[Line] = []
    for block in document.blocks:
        if not isinstance(block, Line) or not _may_be_of_a_cover(squeeze(block.text)):
            window = []
            continue
        window = [*window[1 - COVER_LINES_AT_MOST :], block]
        text = squeeze("".join(line.text for line in window[-2:]))
        if any(word in text for word in kind.named.words):
            page = block.place.page_of_file
            yield from _cover_in([line for line in window if line.place.page_of_file == page], kind, kinds)


def _may_be_of_a_cover(text: str) -> bool:
    return len(text) <= COVER_LINE_AT_MOST and not _SAYS.contents.match(text)


def _cover_in(lines: Sequence[Line], kind: DocumentKind, kinds: Kinds) -> Iterator[_Cover]:
    """The shortest run of lines up to the last that is one."""
    for size in range(1, len(lines) + 1):
        cover = read_cover([squeeze(line.text) for line in lines[-size:]], kinds)
        if cover.body and cover.kind is kind:
            body = cover.body + _ALONE * (_ALONE in cover.printed)
            yield _Cover(position(lines[-size]), position(lines[-1]), Whose(body, cover.year))
            return


def _others(first: Whose, owned: Sequence[_Owned]) -> dict[Whose, str]:
    """Accounts for which tables come again that were printed for the first ones, with what they are called."""
    codes: dict[Whose, set[str]] = defaultdict(set)
    for one in owned:
        if one.code:
            codes[one.whose].add(one.code)
    of_first = set().union(*(printed for whose, printed in codes.items() if whose.is_same(first)))
    return {
        whose: whose.label(first)
        for whose, printed in codes.items()
        if not whose.is_same(first) and len(printed & of_first) >= REPEATED_AT_LEAST
    }


def _bare(name: str) -> str:
    return comparable(name).replace("(", "").replace(")", "")


def position(block: Block, last: bool = False) -> Position:
    at = block.rows[-1 if last else 0] if isinstance(block, RawTable) else block
    return at.place.order


def _names_that_differ(first: Whose, said: Mapping[int, Whose]) -> Iterator[Doubt]:
    for file_no, whose in said.items():
        if first.body and whose.body and comparable(whose.body) != comparable(first.body):
            reason = f"所属文件作“{whose.body}”,此前的文件作“{first.body}”,视为同一单位"
            yield Doubt(DoubtKind.DEPARTMENT_DIFFERS, reason, printed=whose.body, place=Place(file_no=file_no))


def _doubt_of_files(first: Whose, others: Sequence[Whose], place: Place, kind: DocumentKind) -> Doubt:
    own, names = first.label(others[0]), list(dict.fromkeys(whose.label(first) for whose in others))
    differ = "年度" if all(whose.is_same_body(first) for whose in others) else "单位"
    listed = "、".join(f"“{name}”" for name in names)
    reason = f"各文件分属几个{differ}的{kind.label}:“{own}”与{listed},只取“{own}”的,其余未入库"
    what = DoubtKind.SEVERAL_YEARS if differ == "年度" else DoubtKind.SEVERAL_BODIES
    return Doubt(what, reason, printed="、".join(names), taken_as=own, place=place)


def _doubt(first: Whose, others: Mapping[Whose, str], section: Section, kind: DocumentKind) -> Doubt:
    names, own = list(dict.fromkeys(others.values())), first.label(next(iter(others)))
    differ = "年度" if all(whose.is_same_body(first) for whose in others) else "单位"
    listed = "、".join(f"“{name}”" for name in names)
    reason = f"一份文件装有几个{differ}的{kind.label}:“{own}”与{listed},只取“{own}”的,其余未入库"
    what = DoubtKind.SEVERAL_YEARS if differ == "年度" else DoubtKind.SEVERAL_BODIES
    return Doubt(what, reason, printed="、".join(names), taken_as=own, place=section.place)

"""The narrative cut into sections by its headings, wherever they stand and however they are numbered."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ingest.document import Document, Line
from ingest.narrative.joined import Joined, clean, join, normal, without_page_marks
from ingest.narrative.patterns import Headings
from warehouse.kinds.characters import squeeze

_NUMBERED = re.compile(
    r"(?P<chapter>[一二三四五六七八九十]{1,3}[、.])|(?P<part>\([一二三四五六七八九十]{1,3}\)[、.]?)|(?P<item>\d{1,2}[、.](?!\d))"
)
_PART = re.compile(r"第[一二三四五六七八九]部分")
_NO_HEADING = re.compile(r"\d元|万元|[,;]|\(类\)|\(款\)")
_DOTS = re.compile(r"[.·…。]{0,150}\d{0,4}$")
_LONGEST = 50  # characters of a heading
_LONGEST_LINE = 200  # characters of a line that may be one, the dots of a contents list included

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NarrativeSection:
    """What the patterns of `names` are looked for in, its heading first."""

    names: Names
    text: Joined


class Role(Enum):
    TEXT = auto()
    HEADING = auto()  # nothing but a heading
    HEADING_WITH_TEXT = auto()


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line does: `names` None leaves the open section open, () ends it."""

    role: Role
    names: Names | None = None


_TEXT = Opening(Role.TEXT)
_END = Opening(Role.HEADING, ())


def narrative_sections(document: Document, headings: Headings) -> Iterator[NarrativeSection]:
    """The sections that have a known heading and a text, in order."""
    for blocks in document.by_file():
        lines = [block for block in blocks if isinstance(block, Line)]
        yield from _sections(without_page_marks(lines), headings)


def _sections(lines: Iterable[Line], headings: Headings) -> Iterator[NarrativeSection]:
    names: Names = ()
    paragraphs: list[list[Line]] = []
    after_heading = False
    for opening, line in _openings(lines, headings):
        if opening.names is not None and opening.names != names:
            yield from _section(names, paragraphs)
            names, paragraphs = opening.names, []
        if not paragraphs or after_heading or opening.role is not Role.TEXT:
            paragraphs.append([])
        paragraphs[-1].append(line)
        after_heading = opening.role is Role.HEADING
    yield from _section(names, paragraphs)


def _section(names: Names, paragraphs: list[list[Line]]) -> Iterator[NarrativeSection]:
    if names and paragraphs:
        yield NarrativeSection(names, join(paragraphs))


def _openings(lines: Iterable[Line], headings: Headings) -> Iterator[tuple[Opening, Line]]:
    """Every line of the narrative with what it opens; the other parts of the document only end it."""
    inside = True
    for line in lines:
        bare = "".join(map(normal, squeeze(clean(line.text)))).replace('"', "")
        if _PART.match(bare) or (headings.glossary.search(bare) and len(bare) <= 15):
            inside = not headings.other_part.search(bare)
            names = headings.sections_of(bare) if inside and headings.parts_are_sections else None
            yield Opening(Role.HEADING, names) if names else _END, line
            continue
        inside = inside or (bool(headings.begins) and bare.endswith(headings.begins))
        if inside:
            yield _opening(bare, headings), line


def _opening(bare: str, headings: Headings) -> Opening:
    numbered = _NUMBERED.match(bare)
    title, rest = _title(bare[numbered.end() :] if numbered else bare) if len(bare) <= _LONGEST_LINE else ("", bare)
    if not title or len(title) > _LONGEST or _NO_HEADING.search(title):
        return _with_text(bare, numbered, headings)
    names = headings.sections_of(title)
    if numbered is None or numbered["item"]:
        if rest or not title.endswith(headings.ends_surely):
            return _TEXT
        return Opening(Role.HEADING, names) if names or numbered else _TEXT
    if title.endswith(headings.of_tables):
        return _END if numbered["chapter"] else _TEXT
    if rest:
        return _with_text(bare, numbered, headings)
    if names is None and numbered["chapter"]:
        return _END
    return Opening(Role.HEADING, names) if names or title.endswith(headings.ends_surely) else _TEXT


def _with_text(bare: str, numbered: re.Match[str] | None, headings: Headings) -> Opening:
    """（一）机关运行经费支出情况。2024年度…: a heading and its text on one line."""
    if numbered is None or numbered["item"]:
        return _TEXT
    title = re.split(r"[。:]", bare[numbered.end() : numbered.end() + _LONGEST], maxsplit=1)[0]
    if _NO_HEADING.search(title) or not headings.ends_perhaps.search(title):
        return _TEXT
    names = headings.sections_of(title)
    return Opening(Role.HEADING_WITH_TEXT, names) if names else _TEXT


def _title(text: str) -> tuple[str, str]:
    """A heading and what is printed behind it on the same line."""
    found = re.search(r"[。:]", text)
    if found and not _DOTS.fullmatch(text[found.start() :]) and text[found.end() :]:
        return text[: found.start()], text[found.end() :]
    return _DOTS.sub("", text, count=1).rstrip(":"), ""

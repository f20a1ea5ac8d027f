"""Which standard table a raw table is part of: by its title, by what its header says, by what it continues.

The evidence is kept. A raw table that carries the title of a standard table and whose header is not
understood is "unrecognised", never guessed at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ingest import codes
from ingest.characters import squeeze
from ingest.parse import SHAPES
from ingest.parse.readrows import Layout, is_total, looks_like_amount
from ingest.profile_patterns import CAPTION
from ingest.sections import Section, has_other_title, is_caption, titles_above
from ingest.spec import Spec, load_specs, spec_of

_SOUNDS_STANDARD = re.compile(r"(?:决算|三公\"?经费.{0,20})(?:总|明细|情况)?表$")


@dataclass(frozen=True, slots=True)
class Part:
    """One raw table of a standard table, with the layout that holds for it."""

    section: Section
    layout: Layout
    how: str
    has_header: bool = True


@dataclass(slots=True)
class Match:
    """A standard table of the document: its parts in order, or none if only its title was understood."""

    spec: Spec
    title: str | None
    parts: list[Part] = field(default_factory=list)
    refused: list[Section] = field(default_factory=list)
    repeated: list[Section] = field(default_factory=list)  # a second table of the same kind, left out

    @property
    def parts_sections(self) -> list[Section]:
        return [part.section for part in self.parts]


@cache
def titles() -> dict[str, str]:
    """Every known title → the code of its table."""
    return {title: spec.code for spec in load_specs() for title in spec.titles}


@dataclass(frozen=True, slots=True)
class Recognition:
    """`matches`: code → match, for every table of which at least a title or a header was found.
    `strangers`: raw tables with codes and amounts that belong to none of them."""

    matches: dict[str, Match]
    strangers: list[Section]


def recognise(found: Iterable[Section]) -> Recognition:
    """Every raw table given to the standard table that it is part of, or to none."""
    matches: dict[str, Match] = {}
    strangers: list[Section] = []
    known = titles()
    current: Match | None = None
    for section in found:
        named = next(titles_above(section, known), None)
        before = current
        current = _named(section, named, matches, current) if named else _unnamed(section, matches, current)
        if current is None and _looks_standard(section, before):
            strangers.append(section)
    return Recognition(matches, strangers)


def _looks_standard(section: Section, before: Match | None) -> bool:
    """Right below a standard table, or with codes like one: what is lost here must be seen."""
    rows = [[squeeze(text) for text in row.texts()] for row in section.table.rows]
    with_figures = [row for row in rows if any("." in text and looks_like_amount(text) for text in row)]
    first_cells = [next((text for text in row if text), "") for row in with_figures]
    coded = [text for text in first_cells if any(codes.is_code(text, key) for key in codes.LENGTHS)]
    untitled = all(is_caption(line.text) for line in section.above)
    goes_on = before is not None and not section.broken_off and untitled and bool(with_figures)
    titled_like_one = any(_SOUNDS_STANDARD.search(squeeze(line.text)) for line in section.above) and bool(with_figures)
    return goes_on or titled_like_one or len(coded) >= 2 or (len(with_figures) > 4 and _has_two_sides(rows))


def _has_two_sides(rows: list[list[str]]) -> bool:
    """项目 | 行次 | 金额 | 项目 | 行次 | …: the form of GK01 and GK04."""
    return any(row.count("项目") > 1 or row.count("行次") > 1 for row in rows[:4])


def _named(section: Section, named: tuple, matches: dict[str, Match], current: Match | None) -> Match | None:
    code, title, line = named
    spec = spec_of(code)
    layout = _layout(spec, section)
    match = matches.get(code)
    if match and match.parts and (match is not current or _is_of_another_body(match.parts[0].section, section)):
        match.repeated.append(section)
        return None
    if match is None:
        match = matches[code] = Match(spec, line.text)
    part = Part(section, layout, f"标题“{title}”;{layout.evidence}") if layout else _headless(match, section)
    (match.parts if part else match.refused).append(part or section)
    return match


def _is_of_another_body(first: Section, section: Section) -> bool:
    """The same title again with another body in its caption or with another 合计: a unit's own table."""
    bodies = [
        {found["body"] for line in one.above if (found := CAPTION.search(squeeze(line.text)))}
        for one in (first, section)
    ]
    totals = [_total_row(one) for one in (first, section)]
    return (all(bodies) and bodies[0].isdisjoint(bodies[1])) or (all(totals) and totals[0] != totals[1])


def _total_row(section: Section) -> list[str]:
    """The amounts of the first 合计 row of a part."""
    for row in section.table.rows:
        texts = [squeeze(text) for text in row.texts()]
        if any(is_total(text) for text in texts):
            amounts = [text for text in texts if looks_like_amount(text)]
            if amounts:
                return amounts
    return []


def _unnamed(section: Section, matches: dict[str, Match], current: Match | None) -> Match | None:
    """No known title: the continuation of the table before, or a table that its header alone tells."""
    if has_other_title(section):
        return None
    if current and not section.broken_off and (part := _continuation(current, section)):
        current.parts.append(part)
        return current
    spec = _by_header(section)
    if spec is None or (spec.code in matches and matches[spec.code].parts):
        return None
    layout = _layout(spec, section)
    match = matches.setdefault(spec.code, Match(spec, None))
    match.parts.append(Part(section, layout, f"无标题,按列头识别;{layout.evidence}"))
    return match


def _continuation(current: Match, section: Section) -> Part | None:
    layout = _layout(current.spec, section)
    if layout is None:
        return _headless(current, section)
    if current.parts and layout.holds == current.parts[-1].layout.holds:
        return Part(section, layout, "续表:列头与前页一致")
    return None


def _headless(match: Match, section: Section) -> Part | None:
    """A part without header takes the columns of the part before, if it has as many."""
    if not match.parts or not _follows(match, section) or _by_header(section):
        return None
    layout, before, table = match.parts[-1].layout, match.parts[-1].section.table, section.table
    fits = table.width == layout.width or table.used_width == before.used_width
    if not table.has_spans:  # a displaced row makes a text table wider, blanks at its end narrower
        fits = table.width <= layout.width + 2
    fits = fits and SHAPES[match.spec.shape].goes_on(match.spec, layout, table)
    return Part(section, layout, "续表:无列头,列数与前页一致", has_header=False) if fits else None


def _follows(current: Match, section: Section) -> bool:
    """On the page of the part before or on the next one; text has no pages."""
    last = (current.parts[-1].section if current.parts else current.refused[-1]).page
    return last is None or section.page is None or section.page - last <= 1


@lru_cache(maxsize=64)  # several questions about a section follow each other
def _layout(spec: Spec, section: Section) -> Layout | None:
    return SHAPES[spec.shape].find_layout(spec, section.table)


def _by_header(section: Section) -> Spec | None:
    """The one spec all of whose measures the header names; several: none. 项目|金额 alone tells nothing."""
    complete = [spec for spec in load_specs() if _is_complete(spec, _layout(spec, section))]
    return complete[0] if len(complete) == 1 else None


def _is_complete(spec: Spec, layout: Layout | None) -> bool:
    if layout is None or not layout.evidence.startswith("列头:"):
        return False
    return set(spec.measure_names) <= set(layout.holds) if spec.shape == "keyed_rows" else spec.shape != "items"

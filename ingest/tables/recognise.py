"""Which standard table a raw table is part of: by its title, by what its header says, by what it continues.

The evidence is kept. A raw table that carries the title of a standard table and whose header is not
understood is "unrecognised", never guessed at.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ingest.document import GridKind, Line, RawTable
from ingest.tables.column_edges import in_columns_of
from ingest.tables.headings import lacks_headings
from ingest.tables.lost_spans import layout_with_spans, may_name_all, names_all
from ingest.tables.sections import (
    Section,
    goes_on_from,
    has_other_title,
    is_caption,
    is_continued,
    is_header_only,
    is_rest_of,
    is_right_below,
    titles_above,
)
from ingest.tables.shapes import SHAPES
from ingest.tables.shapes.readrows import Layout, is_total, looks_like_amount
from ingest.tables.table_marks import is_by_unit, names_a_subject, names_a_unit
from ingest.tables.told_by_rows import form_by_rows
from ingest.values import codes
from ingest.values.crowded_cells import holds_rows, is_beside, is_stacked
from warehouse.kinds.characters import comparable, squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.naming import titles
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import document_words, table_words

HEADER_ROWS_READ = 3
OTHER_COLUMNS = "续表:同样的各行,其余各栏"
_BRACKETS_AT_END = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class TablePart:
    """One raw table of a standard table, with the layout that holds for it."""

    section: Section
    layout: Layout
    how: str
    has_header: bool = True

    @property
    def is_list(self) -> bool:
        """Lines of text: only the other tables of the document can prove it."""
        return self.section.table.kind is GridKind.LISTED


@dataclass(slots=True)
class TableMatch:
    """A standard table of the document: its parts in order, or none if only its title was understood."""

    form: StandardTable
    title: str | None
    parts: list[TablePart] = field(default_factory=list)
    refused: list[Section] = field(default_factory=list)
    repeated: list[Section] = field(default_factory=list)  # a second table of the same kind, left out

    @property
    def parts_sections(self) -> list[Section]:
        return [part.section for part in self.parts]


Matches = dict[str, TableMatch]  # by the codes of the tables


@dataclass(frozen=True, slots=True)
class Recognition:
    """`kind`: whose standard tables were looked for.
    `matches`: code → match, for every table of which at least a title or a header was found.
    `unknown`: raw tables with codes and amounts that belong to none of them.
    `by_unit`: tables whose rows are units, which are no standard tables.
    `contradictory`: tables whose codes are not those of the table that their title names, nor of another.
    `set_aside`: tables of another body, or of another kind of document bound into the file."""

    kind: DocumentKind
    matches: Matches
    unknown: list[Section]
    by_unit: list[Section] = field(default_factory=list)
    contradictory: list[Section] = field(default_factory=list)
    set_aside: list[Section] = field(default_factory=list)


def recognise(found: Iterable[Section], kind: DocumentKind) -> Recognition:
    """Every raw table given to the standard table of a kind that it is part of, or to none."""
    matches: Matches = {}
    unknown: list[Section] = []
    by_unit: list[Section] = []
    contradictory: list[Section] = []
    current: TableMatch | None = None
    unit_table: Section | None = None  # the section before, if its rows are units
    left_out: list[Section] | None = None  # where the section before was put, if it is refused or repeated
    file_no = 1
    for section in found:
        if section.place.file_no != file_no:  # no table goes on in another file
            file_no, current, unit_table, left_out = section.place.file_no, None, None, None
        if left_out and goes_on_from(left_out[-1], section):
            left_out.append(section)
            continue
        named = next(titles_above(section, kind.titles), None)
        reads_units = named is not None and "unit" in kind.table(named[0]).row_key_kind.split("+")
        is_by_unit = not reads_units and _is_by_unit(section, kind)
        unit_table = section if is_by_unit or _goes_on_by_unit(unit_table, section, kind) else None
        if unit_table:
            by_unit.append(section)
            current = left_out = None
            continue
        if named and _form_by_codes(kind.table(named[0]), section, kind) is None:
            contradictory.append(section)
            current, left_out = None, contradictory
            continue
        before = current
        current = _named(section, named, matches, current, kind) if named else _unnamed(section, matches, current, kind)
        if current is None and not named and before and before.parts and is_rest_of(before.parts[-1].section, section):
            before.refused.append(section)
            current = before
        left_out = _left_out(section, matches.values())
        if current is None and left_out is None and _looks_standard(section, before, kind):
            unknown.append(section)
    return Recognition(kind, matches, unknown, by_unit, contradictory)


def first_table(recognition: Recognition) -> RawTable | None:
    """The standard table of the document that is printed first, of those that were found."""
    tables = (part.section.table for match in recognition.matches.values() for part in match.parts)
    return min(tables, key=lambda table: table.place.order, default=None)


def _left_out(section: Section, matches: Iterable[TableMatch]) -> list[Section] | None:
    """The list of refused or repeated sections to which this one was added last."""
    lists = (each for match in matches for each in (match.refused, match.repeated))
    return next((each for each in lists if each and each[-1] is section), None)


def _is_by_unit(section: Section, kind: DocumentKind) -> bool:
    """收入决算表（分单位）, or a header that names units and no subject; rows keyed by a subject say otherwise."""
    if any(_coded(section, key) for key in kind.classifications) or not _has_figures(section):
        return False
    if (named := next(titles_above(section, kind.titles), None)) and kind.table(named[0]).has_rows_of_units:
        return False
    bare_lines = (_BRACKETS_AT_END.sub("", text) for text in _other_lines(section))
    if not any(map(titles((kind,)).is_about_money.search, bare_lines)):
        return False
    headings = [squeeze(text) for row in section.table.rows[:HEADER_ROWS_READ] for text in row.texts()]
    says_units = any(map(is_by_unit, _other_lines(section))) or any(map(names_a_unit, headings))
    return says_units and not any(map(names_a_subject, headings))


def _other_lines(section: Section) -> list[str]:
    """The lines above that are no captions."""
    return [squeeze(line.text) for line in section.above if not is_caption(line.text)]


def _goes_on_by_unit(before: Section | None, section: Section, kind: DocumentKind) -> bool:
    """The next page of a table by unit: no title, as many columns, no subject."""
    if before is None or section.is_behind_text or section.table.width != before.table.width:
        return False
    untitled = all(is_caption(line.text) for line in section.above)
    return untitled and not any(_coded(section, key) for key in kind.classifications)


def _coded(section: Section, key: str) -> list[str]:
    """The codes of 款 and 项 that begin the rows of a table; 类 may as well be any number."""
    return [text for text in _first_texts(section) if len(text) > 3 and codes.is_code(text, key)]


@lru_cache(maxsize=64)  # several functions ask for those of one section
def _first_texts(section: Section) -> tuple[str, ...]:
    """What stands first in each row."""
    return tuple(next(filter(None, row.bare), "") for row in section.table.rows)


def _has_figures(section: Section) -> bool:
    return any("." in text and looks_like_amount(text) for row in section.table.rows for text in row.texts())


def _looks_standard(section: Section, before: TableMatch | None, kind: DocumentKind) -> bool:
    """Right below a standard table, or with codes like one: what is lost here must be seen."""
    rows = [row.bare for row in section.table.rows]
    with_figures = [row for row in rows if any("." in text and looks_like_amount(text) for text in row)]
    first_cells = [next((text for text in row if text), "") for row in with_figures]
    coded = [text for text in first_cells if any(codes.is_code(text, key) for key in kind.classifications)]
    untitled = all(is_caption(line.text) for line in section.above)
    goes_on = before is not None and not section.is_behind_text and untitled and bool(with_figures)
    sounds = titles((kind,)).sounds_standard
    titled_like_one = any(sounds.search(squeeze(line.text)) for line in section.above) and bool(with_figures)
    return goes_on or titled_like_one or len(coded) >= 2 or (len(with_figures) > 4 and _has_two_sides(rows))


def _has_two_sides(rows: Sequence[tuple[str, ...]]) -> bool:
    """项目 | 行次 | 金额 | 项目 | 行次 | …: a table with two sides."""
    return any(any(row.count(word) > 1 for word in table_words().two_sides) for row in rows[:4])


def _named(
    section: Section,
    named: tuple[str, str, Line],
    matches: Matches,
    current: TableMatch | None,
    kind: DocumentKind,
) -> TableMatch | None:
    code, title, line = named
    form = _form_by_codes(kind.table(code), section, kind) or kind.table(code)
    how = f"标题“{title}”" if form.code == code else f"标题“{title}”而科目编码属{form.code}"
    layout = _layout(form, section)
    match = matches.get(form.code)
    if match and layout and match is current and _has_other_columns(match, section, layout):
        match.parts.append(TablePart(section, layout, f"{OTHER_COLUMNS};{layout.evidence}"))
        return match
    if match and match.parts and _is_repeated(match, section, layout, current):
        match.repeated.append(section)
        return None
    if match is None:
        match = matches[form.code] = TableMatch(form, line.text)
    part = TablePart(section, layout, f"{how};{layout.evidence}") if layout else _headless(match, section, kind)
    if part:
        match.parts.append(part)
    else:
        match.refused.append(section)
    return match


def _form_by_codes(form: StandardTable, section: Section, kind: DocumentKind) -> StandardTable | None:
    """The form that a title names, or the one that the codes of its rows tell of; None if they contradict the title.

    一般公共预算财政拨款支出决算表（二）, whose rows are economic subjects under 人员经费 and 公用经费, is that by
    economic subject.
    """
    said = [key for key in kind.classifications if _coded(section, key)]
    if form.key is None or len(said) != 1 or said == [form.key]:
        return form
    others = [other for other in kind.tables if other.key == said[0] and _tells(other, section)]
    return others[0] if len(others) == 1 else None


def _tells(form: StandardTable, section: Section) -> bool:
    """The header names all measures of this table, and where it has totals of its own some of them stand here."""
    named = {comparable(text) for row in section.table.rows for text in row.texts()}
    of_its_own = set().union(*(names for key, names in form.totals.items() if key != form.grand_total))
    return _is_complete(form, _layout(form, section)) and (not of_its_own or bool(named & of_its_own))


def _is_repeated(match: TableMatch, section: Section, layout: Layout | None, current: TableMatch | None) -> bool:
    """The title of a table that was read already, and nothing says that this goes on with it."""
    if layout and is_continued(section) and layout.holds == match.parts[-1].layout.holds and _follows(match, section):
        return False
    return match is not current or _is_of_another_body(match.parts[0].section, section)


def _is_of_another_body(first: Section, section: Section) -> bool:
    """The same title again with another body in its caption or with another 合计: a unit's own table."""
    bodies = [
        {found["body"] for line in one.above if (found := document_words().caption.search(squeeze(line.text)))}
        for one in (first, section)
    ]
    totals = [_total_row(one) for one in (first, section)]
    return (all(bodies) and bodies[0].isdisjoint(bodies[1])) or (all(totals) and totals[0] != totals[1])


def _total_row(section: Section) -> list[str]:
    """The amounts of the first 合计 row of a part."""
    for row in section.table.rows:
        texts = row.bare
        if any(is_total(text) for text in texts):
            amounts = [text for text in texts if looks_like_amount(text)]
            if amounts:
                return amounts
    return []


def _unnamed(section: Section, matches: Matches, current: TableMatch | None, kind: DocumentKind) -> TableMatch | None:
    """No known title: the continuation of the table before, or a table that its header alone tells."""
    if has_other_title(section):
        return None
    goes_on = not section.is_behind_text or is_continued(section)
    if current and goes_on and (part := _continuation(current, section, kind)):
        current.parts.append(part)
        return current
    by_header = _by_header(section, kind)
    form = by_header or form_by_rows(section.table, kind)
    if form is None or (form.code in matches and matches[form.code].parts):
        return None
    layout = _layout(form, section)
    if layout is None:
        return None
    match = matches.setdefault(form.code, TableMatch(form, None))
    how = "无标题,按列头识别" if by_header else "无标题,按所列各行识别"
    match.parts.append(TablePart(section, layout, f"{how};{layout.evidence}"))
    return match


def _continuation(current: TableMatch, section: Section, kind: DocumentKind) -> TablePart | None:
    layout = _layout(current.form, section)
    if layout is None:
        return _headless(current, section, kind)
    if current.parts and _holds_alike(current.parts[-1], section, layout):
        return TablePart(section, layout, "续表:列头与前页一致")
    if _has_other_columns(current, section, layout):
        return TablePart(section, layout, OTHER_COLUMNS)
    if not current.parts and is_header_only(current.refused[-1].table) and is_right_below(current.refused[-1], section):
        head = current.refused.pop()  # the upper rows of the heading, which a page break cut off
        joined = replace(section, above=(*head.above, *section.above))
        return TablePart(joined, layout, f"标题“{current.title}”;{layout.evidence}")
    return None


def _has_other_columns(match: TableMatch, section: Section, layout: Layout) -> bool:
    """The right half of a wide table: measures that no part has had, for the same rows in the same order."""
    held = {measure for part in match.parts for measure in part.layout.holds}
    keys = [_keys(part.section, match.form.key) for part in match.parts]
    own = _keys(section, match.form.key)
    return len(own) > 1 and own in keys and held.isdisjoint(layout.holds) and _follows(match, section)


def _keys(section: Section, key: str | None) -> list[str]:
    """The codes and totals that begin the rows of a part."""
    return [text for text in _first_texts(section) if codes.is_code(text, key) or is_total(text)]


def _holds_alike(before: TablePart, section: Section, layout: Layout) -> bool:
    """The same measures; of a list in lines of text the number of columns says nothing."""
    if before.is_list or section.table.kind is GridKind.LISTED:
        return set(before.layout.holds) == set(layout.holds)
    return before.layout.holds == layout.holds


def _headless(match: TableMatch, section: Section, kind: DocumentKind) -> TablePart | None:
    """A part without header takes the columns of the part before, if it has as many."""
    if not match.parts or not _follows(match, section) or _is_crowded(section) or _by_header(section, kind):
        return None
    layout, before = match.parts[-1].layout, match.parts[-1].section.table
    table = in_columns_of(before, section.table) if _holds_amounts(section.table) else section.table
    fits = table.width == layout.width or table.used_width == before.used_width
    if not table.kind.keeps_columns:  # a displaced row makes a text table wider, blanks at its end narrower
        fits = table.width <= layout.width + 2
    fits = fits and SHAPES[match.form.shape].goes_on(match.form, layout, table)
    part = section if table is section.table else replace(section, table=table)
    return TablePart(part, layout, "续表:无列头,列数与前页一致", has_header=False) if fits else None


def _holds_amounts(table: RawTable) -> bool:
    """A row with an amount behind its name; a box with a note has none."""
    return any(looks_like_amount(text) for row in table.rows for text in row.texts()[1:])


def _follows(current: TableMatch, section: Section) -> bool:
    """On the page of the part before or on the next one; text has no pages."""
    last = current.parts[-1].section if current.parts else current.refused[-1]
    return section.place.adjoins(last.place)


@lru_cache(maxsize=64)  # several functions ask for that of one section
def _layout(form: StandardTable, section: Section) -> Layout | None:
    layout = SHAPES[form.shape].find_layout(form, section.table) or layout_with_spans(form, section.table)
    return None if layout is None or _is_crowded(section) or lacks_headings(section.table) else layout


@lru_cache(maxsize=16)  # 4 calls per table, and costly
def _is_crowded(section: Section) -> bool:
    """Cells hold several numbers and nothing told them apart: rows or columns lack their lines.

    Two numbers beside one another in a few rows are damage of these rows, not of the table.
    """
    rows = [row.texts() for row in section.table.rows]
    broken = (row for row in rows if "\n" in "".join(row))
    if any(is_stacked(row) or any(map(holds_rows, row)) for row in broken):
        return True
    beside = sum(" " in "".join(row) and any(map(is_beside, row)) for row in rows)
    return beside > sum(any(map(looks_like_amount, row)) for row in rows) / 3


def _by_header(section: Section, kind: DocumentKind) -> StandardTable | None:
    """The one form all of whose measures the header names; several: none. 项目|金额 alone tells nothing."""
    possible = [form for form in kind.tables if may_name_all(form, section.table)]
    complete = [form for form in possible if _is_complete(form, _layout(form, section))]
    return complete[0] if len(complete) == 1 else None


def _is_complete(form: StandardTable, layout: Layout | None) -> bool:
    return layout is not None and layout.evidence.startswith("列头:") and names_all(form, layout)

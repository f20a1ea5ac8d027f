"""What a disclosure shows of each standard table: figures, a blank form, a statement, or nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import repeat
from typing import Any

from ingest.document import Document, Line
from ingest.tables.headings import lacks_headings
from ingest.tables.recognise import TableMatch
from ingest.tables.sections import Section, title_of
from ingest.tables.shapes.readrows import ReadTable, looks_like_amount
from ingest.tables.unheaded_columns import has_amounts_without_heading
from ingest.tables.units import Unit
from warehouse.kinds.characters import comparable, squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import NOWHERE, Place
from warehouse.records.reading import Doubt, Presence, TableFound, TableStatus

STATEMENT_WITHIN = 6  # lines between a title and the sentence that stands for its table
_WORDS = table_words()


def found_tables(
    kind: DocumentKind,
    document: Document,
    matches: Mapping[str, TableMatch],
    tables: Mapping[str, tuple[StandardTable, ReadTable]],
    units: Mapping[str, Unit],
) -> tuple[list[TableFound], list[Doubt]]:
    """One TableFound per standard table, absent ones included."""
    found: list[TableFound] = []
    doubts: list[Doubt] = []
    for form in kind.tables:
        match = matches.get(form.code)
        if match and match.parts:
            found.append(_read_table(kind, match, tables[form.code][1], units[form.code]))
            doubts.extend(_left_out(match))
        else:
            table, doubt = _without_grid(kind, form, match, document)
            found.append(table)
            doubts.extend(doubt)
    return found, doubts


def _read_table(kind: DocumentKind, match: TableMatch, table: ReadTable, unit: Unit) -> TableFound:
    sections = match.parts_sections
    has_figures = any(cell.reading.presence is Presence.NUMBER for row in table.rows for cell in row.cells)
    statement = _statement_below(kind, sections)
    if has_figures:
        status = TableStatus.PRESENT
    else:
        status = TableStatus.EMPTY_WITH_STATEMENT if statement else TableStatus.BLANK
    places = [row.place for section in sections for row in section.table.rows]
    pages = [place.page for place in places if place.page]
    return TableFound(
        table_code=match.form.code,
        status=status,
        title=match.title,
        first_page=min(pages, default=None),
        last_page=max(pages, default=None),
        file_no=places[0].file_no,
        printed_unit=unit.printed,
        statement=statement,
        is_whole=table.is_whole,
        unread_rows=tuple(table.unread_rows),
        unread_columns=tuple(table.unread_columns),
        is_unit_certain=unit.is_certain,
        evidence=tuple(dict.fromkeys([*(part.how for part in match.parts), unit.how])),
    )


def _left_out(match: TableMatch) -> Iterator[Doubt]:
    code = match.form.code
    for section in match.repeated:
        yield Doubt(DoubtKind.TABLE_REPEATED, "同名表再次出现,只取第一张", code, **_place(section))
    yield from map(_part_refused, repeat(code), match.refused)


def _part_refused(code: str, section: Section) -> Doubt:
    return Doubt(DoubtKind.PART_NOT_UNDERSTOOD, "同一表的一部分列头无法辨认,该部分未入库", code, **_place(section))


def _place(section: Section) -> dict[str, Any]:
    """Where a section stands, and its first row."""
    return {"printed": _header_text(section), "place": section.place}


def _has_figures(section: Section) -> bool:
    return any(looks_like_amount(text) for row in section.table.rows for text in row.texts())


def _header_text(section: Section) -> str:
    return " | ".join(text for text in map(squeeze, section.table.rows[0].texts()) if text)[:200]


def _statement_below(kind: DocumentKind, sections: list[Section]) -> str | None:
    for section in sections:
        for line in section.below:
            if title_of(line.text, kind.titles):
                break
            if _WORDS.statement.search(squeeze(line.text)):
                return line.text
        for row in section.table.rows:
            for text in row.texts():
                if _WORDS.statement.search(squeeze(text)):
                    return text
    return None


def _without_grid(
    kind: DocumentKind, form: StandardTable, match: TableMatch | None, document: Document
) -> tuple[TableFound, list[Doubt]]:
    """No table was read: a sentence stands for it, or its grid was not understood, or it is absent."""
    title, statement = _title_with_statement(kind, form, list(document.lines()))
    place = match.refused[0].place if match and match.refused else (title.place if title else NOWHERE)
    refused = match.refused if match else []
    if statement and title:
        doubts = [_part_refused(form.code, section) for section in refused if _has_figures(section)]
        status = TableStatus.EMPTY_WITH_STATEMENT
        return _at(place, TableFound(form.code, status, title.text, statement=statement)), doubts
    if match and refused and _is_blank_form(form, refused):
        return _at(place, TableFound(form.code, TableStatus.BLANK, match.title)), []
    if match and refused:
        first, *others = refused
        doubt = Doubt(DoubtKind.TABLE_NOT_UNDERSTOOD, _why_not_understood(first), form.code, **_place(first))
        table = TableFound(form.code, TableStatus.UNRECOGNISED, match.title, is_whole=False)
        return _at(place, table), [doubt, *map(_part_refused, repeat(form.code), others)]
    if title:
        doubt = Doubt(
            DoubtKind.TABLE_NOT_FOUND,
            "有标题而其下未见表格,本表未入库",
            table_code=form.code,
            place=place,
            printed=title.text,
        )
        return _at(place, TableFound(form.code, TableStatus.UNRECOGNISED, title.text, is_whole=False)), [doubt]
    return TableFound(form.code, TableStatus.ABSENT), []


def _why_not_understood(section: Section) -> str:
    if has_amounts_without_heading(section.table):
        return "部分金额所在的列没有列头,属于哪一栏无从确定,本表未入库"
    if lacks_headings(section.table):
        return "一行列头缺一格,各列头属于哪一栏无从确定,本表未入库"
    return "有标题而列头无法辨认,本表未入库"


def _is_blank_form(form: StandardTable, refused: list[Section]) -> bool:
    """The whole of a form whose columns publishers choose, down to its closing row, without a number in it.

    Whatever its header says, nothing is lost.
    """
    texts = [text for section in refused for row in section.table.rows for text in row.texts()]
    closes = any(comparable(text).endswith(tuple(_WORDS.totals)) for text in texts)
    is_printed = any(map(looks_like_amount, texts)) or any(section.unruled_rows for section in refused)
    return form.shape == "several_keys" and closes and not is_printed


def _at(place: Place, table: TableFound) -> TableFound:
    return replace(table, first_page=place.page, last_page=place.page, file_no=place.file_no)


def _title_with_statement(kind: DocumentKind, form: StandardTable, lines: list[Line]) -> tuple[Line | None, str | None]:
    """The title of a table outside the contents, and the sentence below it that says there is nothing."""
    for n, line in enumerate(lines):
        found = title_of(line.text, kind.titles)
        if not found or found[0] != form.code or _WORDS.numbered.search(squeeze(line.text)):
            continue
        for below in lines[n + 1 : n + 1 + STATEMENT_WITHIN]:
            if title_of(below.text, kind.titles):
                break
            if _WORDS.statement.search(squeeze(below.text)):
                return line, below.text
        return line, None
    return None, None

"""Doubts about tables and lines that print figures and were not loaded, each with its place and its beginning."""

from collections.abc import Iterable, Iterator, Mapping

from ingest.tables.figures_in_lines import FiguresInLines
from ingest.tables.recognise import Recognition
from ingest.tables.sections import Section, is_caption
from ingest.tables.shapes.readrows import ReadTable
from warehouse.kinds.characters import as_printed
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

LONGEST_BEGINNING = 200  # characters


def doubts_about_tables(
    tables: Mapping[str, tuple[StandardTable, ReadTable]], recognition: Recognition
) -> Iterator[Doubt]:
    """What was doubted while tables were read, and what belongs to none of them."""
    yield from (doubt for _, table in tables.values() for doubt in table.doubts)
    yield from map(_unknown, recognition.unknown)
    yield from map(_by_unit, recognition.by_unit)
    yield from map(_contradictory, recognition.contradictory)


def refused_in_lines(
    figures: Iterable[FiguresInLines], tables: Mapping[str, tuple[StandardTable, ReadTable]]
) -> Iterator[Doubt]:
    """What stands below the title of a standard table and in no grid; of a table that was read it is missing."""
    for block in figures:
        if block.code:
            doubt = block.doubt()
            if block.code in tables:
                table = tables[block.code][1]
                table.is_whole = False
                table.unread_rows.append(doubt.printed or "")
            yield doubt


def _unknown(section: Section) -> Doubt:
    reason = "有科目编码或金额而不属任何一张标准表,未入库"
    return Doubt(DoubtKind.TABLE_UNKNOWN, reason, printed=_beginning(section), place=section.place)


def _by_unit(section: Section) -> Doubt:
    reason = "按单位列示的表,不是按科目列示的标准表,未入库"
    return Doubt(DoubtKind.TABLE_BY_UNIT, reason, printed=_beginning(section), place=section.place)


def _contradictory(section: Section) -> Doubt:
    reason = "表题与表中科目编码所属的表不符,未入库"
    return Doubt(DoubtKind.TABLE_CONTRADICTORY, reason, printed=_beginning(section), place=section.place)


def of_another_kind(kind: DocumentKind, other: DocumentKind, section: Section) -> Doubt:
    reason = f"属{other.label}部分的表,不是{kind.label},未入库"
    what = DoubtKind.__members__.get(f"TABLE_OF_{other.name.upper()}", DoubtKind.TABLE_OF_ANOTHER_KIND)
    return Doubt(what, reason, printed=_beginning(section), place=section.place)


def of_another_body(kind: DocumentKind, body: str, section: Section) -> Doubt:
    reason = f"属“{body}”的表,不是本文件首先所载的{kind.label},未入库"
    return Doubt(DoubtKind.TABLE_OF_ANOTHER_BODY, reason, printed=_beginning(section), place=section.place)


def _beginning(section: Section) -> str:
    """The nearest line above a table that is no caption, and its first row."""
    title = next((as_printed(line.text) for line in reversed(section.above) if not is_caption(line.text)), "")
    first = " | ".join(" ".join(text.split()) for text in section.table.rows[0].texts() if text.strip())
    return ": ".join(filter(None, (title, first)))[:LONGEST_BEGINNING]

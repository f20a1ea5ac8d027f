"""The flow line: bytes → Document → matches → rows → Extraction. A pure function of a file."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import errors
from ingest.about.another_kind import without_other_kinds
from ingest.about.bodies import first_body
from ingest.about.document_kind import kind_of
from ingest.about.profile import profile
from ingest.checks import run_checks
from ingest.document import Document
from ingest.forms import RawForm, forms_of, read_forms
from ingest.narrative import read_narrative
from ingest.prove.amounts import settle
from ingest.prove.codes import repair_codes
from ingest.prove.ledger import Account, account_of
from ingest.prove.projects import linked
from ingest.prove.units import judge_units
from ingest.readers import read, read_bytes
from ingest.readers.gc_paused import garbage_collection_paused
from ingest.readers.parts import Part, joined, read_parts
from ingest.readers.pdf.read import MAX_PAGES
from ingest.tables.figures_in_lines import FiguresInLines, figures_in_lines
from ingest.tables.found import found_tables
from ingest.tables.partial import told_partial
from ingest.tables.recognise import Recognition, TableMatch, recognise
from ingest.tables.sections import Section, is_caption, sections, title_of, with_headers_rejoined
from ingest.tables.shapes import SHAPES
from ingest.tables.shapes.readrows import ReadTable, looks_like_amount
from ingest.tables.units import units_of
from ingest.version import parser_version
from warehouse.kinds.characters import as_printed, squeeze
from warehouse.kinds.kind import DocumentKind, load_kinds
from warehouse.kinds.naming import Kinds
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, Extraction, FileRole, Presence, Source, SourceFile


@dataclass(frozen=True, slots=True)
class Understood:
    """Every intermediate of one file beside the result, for whoever looks at how it was read."""

    document: Document
    kind: DocumentKind
    recognition: Recognition
    tables: dict[str, tuple[StandardTable, ReadTable]]
    extraction: Extraction
    account: Account


def extract(
    path: Path,
    url: str | None = None,
    max_pages: int = MAX_PAGES,
    name: str | None = None,
    kinds: Kinds | None = None,
    attachments: Sequence[Part] = (),
) -> Extraction:
    """Everything that a disclosure says. Raises an IngestError (file, page, reason).

    `url` and `name` are where an archived file came from and what it was called there. `kinds` are those that
    the document may be of: all of the project where none are given. `attachments` are the other files of a disclosure
    whose main file is `path`; `max_pages` holds for each file.
    """
    return understand(path, url, max_pages, name, kinds, attachments).extraction


def understand(
    path: Path,
    url: str | None = None,
    max_pages: int = MAX_PAGES,
    name: str | None = None,
    kinds: Kinds | None = None,
    attachments: Sequence[Part] = (),
) -> Understood:
    """`extract` with its intermediates."""
    with garbage_collection_paused():
        main = replace(Part.of(path), url=url)
        document, source = _read_files(replace(main, name=name) if name else main, attachments, max_pages)
        return understand_document(document, path, source, kinds or load_kinds())


def _read_files(main: Part, attachments: Sequence[Part], max_pages: int) -> tuple[Document, Source]:
    document = read(main.path, max_pages)
    others = list(zip(attachments, read_parts(attachments, max_pages), strict=True))
    files = tuple(_file(part, other, FileRole.ATTACHMENT) for part, other in others)
    return joined(document, others), Source.of(_file(main, document, FileRole.MAIN), files)


def _file(part: Part, document: Document, role: FileRole) -> SourceFile:
    data = read_bytes(part.path)
    sha256 = hashlib.sha256(data).hexdigest()
    return SourceFile(part.name, sha256, document.format, len(data), document.pages, part.url, role)


def understand_document(document: Document, path: Path, source: Source, kinds: Kinds | None = None) -> Understood:
    """What a document says, once its reader has handed it on. Errors name `path`."""
    kinds = kinds or load_kinds()
    parted = list(with_headers_rejoined(sections(document)))
    kind, kind_doubts = require_kind(document, parted, path, kinds)
    of_kind = without_other_kinds(document, parted, kind, kinds)
    bodies = first_body(of_kind.document, of_kind.sections, kind, kinds)
    own = bodies.document
    about, doubts = profile(own, kind, kinds)
    of_others = [section for _, section in (*of_kind.others, *bodies.others)]
    recognition = replace(recognise(bodies.sections, kind), set_aside=of_others)
    matches = recognition.matches
    if not any(match.parts for match in matches.values()):
        raise _nothing_found(kind, document, matches, path)
    tables = read_tables(matches)
    repair_codes(tables)
    figures = figures_in_lines(document, kind.titles)
    own_figures = figures if own is document else figures_in_lines(own, kind.titles)
    in_lines = list(_refused_in_lines(own_figures, tables))
    units, unit_doubts = units_of(kind, {code: matches[code] for code in tables})
    amounts, amount_doubts = settle(kind, tables, units)
    found, table_doubts = found_tables(kind, own, matches, tables, units)
    stated, stated_doubts = read_narrative(kind, own, amounts, about.fiscal_year)
    forms = forms_of(document)
    recognition = _without_forms(recognition, forms)
    found_projects, project_doubts = read_forms(own, forms if own is document else forms_of(own))
    projects = linked(kind, found_projects, amounts)
    of_bodies = (_of_another_body(kind, body, section) for body, section in bodies.others)
    left_out = (*(_of_another_kind(kind, other, section) for other, section in of_kind.others), *of_bodies)
    of_tables = (*_about_tables(tables, recognition), *left_out, *in_lines, *table_doubts, *amount_doubts)
    found, _ = told_partial(kind, found, amounts, of_tables)
    checks = run_checks(kind, found, amounts, stated, projects, about)
    judged = judge_units(kind, units, found, amounts, checks)
    found, amounts = judged.tables, judged.amounts
    of_document = (*doubts, *kind_doubts, *bodies.doubts, *_about_pages(document))
    all_doubts = (*of_document, *of_tables, *unit_doubts, *judged.doubts, *stated_doubts, *project_doubts)
    account = account_of(document, parted, recognition, tables, amounts, all_doubts, forms, figures)
    told, incomplete = told_partial(kind, found, amounts, (*all_doubts, *account.doubts))
    if judged.is_changed or told != found:  # what the checks rest on is no longer what they were made with
        checks = run_checks(kind, told, amounts, stated, projects, about)
    extraction = Extraction(
        source=source,
        profile=about,
        parser_version=parser_version(),
        tables=tuple(told),
        amounts=tuple(amounts),
        doubts=(*all_doubts, *incomplete, *account.doubts),
        stated=stated,
        projects=projects,
        checks=checks,
        counts=account.counts,
    )
    return Understood(document, kind, recognition, tables, extraction, account)


def _without_forms(recognition: Recognition, forms: Iterable[RawForm]) -> Recognition:
    """What was left out of the standard tables, without the tables that are part of a self-evaluation form."""
    of_forms = {id(row.source) for form in forms for row in form.rows}

    def others(found: Iterable[Section]) -> list[Section]:
        return [section for section in found if not any(id(row) in of_forms for row in section.table.rows)]

    return replace(
        recognition,
        unknown=others(recognition.unknown),
        by_unit=others(recognition.by_unit),
        contradictory=others(recognition.contradictory),
    )


def _about_tables(tables: Mapping[str, tuple[StandardTable, ReadTable]], recognition: Recognition) -> Iterator[Doubt]:
    """What was doubted while tables were read, and what belongs to none of them."""
    yield from (doubt for _, table in tables.values() for doubt in table.doubts)
    yield from map(_unknown, recognition.unknown)
    yield from map(_by_unit, recognition.by_unit)
    yield from map(_contradictory, recognition.contradictory)


def _about_pages(document: Document) -> Iterator[Doubt]:
    """What its reader left out or was unsure of."""
    yield from (Doubt(DoubtKind.PAGE_NOT_READ, note) for note in document.notes)
    yield from (Doubt(one.what, one.reason, place=one.place, printed=one.printed or None) for one in document.remarks)


def _refused_in_lines(
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


def _nothing_found(
    kind: DocumentKind, document: Document, matches: dict[str, TableMatch], path: Path
) -> errors.PublisherError:
    refused = [match.title for match in matches.values() if match.refused and match.title]
    if refused:
        return errors.NotUnderstood(path.name, titles="、".join(refused))
    named = {found[0] for line in document.lines() if (found := title_of(line.text, kind.titles))}
    if len(named) > 2:
        return errors.NoRuledTables(path.name, titles=len(named))
    return errors.NotADisclosure(path.name, read=kind.called)


def _unknown(section: Section) -> Doubt:
    reason = "有科目编码或金额而不属任何一张标准表,未入库"
    return Doubt(DoubtKind.TABLE_UNKNOWN, reason, printed=_beginning(section), place=section.place)


def _contradictory(section: Section) -> Doubt:
    reason = "表题与表中科目编码所属的表不符,未入库"
    return Doubt(DoubtKind.TABLE_CONTRADICTORY, reason, printed=_beginning(section), place=section.place)


def _by_unit(section: Section) -> Doubt:
    reason = "按单位列示的表,不是按科目列示的标准表,未入库"
    return Doubt(DoubtKind.TABLE_BY_UNIT, reason, printed=_beginning(section), place=section.place)


def _of_another_kind(kind: DocumentKind, other: DocumentKind, section: Section) -> Doubt:
    reason = f"属{other.label}部分的表,不是{kind.label},未入库"
    what = DoubtKind.__members__.get(f"TABLE_OF_{other.name.upper()}", DoubtKind.TABLE_OF_ANOTHER_KIND)
    return Doubt(what, reason, printed=_beginning(section), place=section.place)


def _of_another_body(kind: DocumentKind, body: str, section: Section) -> Doubt:
    reason = f"属“{body}”的表,不是本文件首先所载的{kind.label},未入库"
    return Doubt(DoubtKind.TABLE_OF_ANOTHER_BODY, reason, printed=_beginning(section), place=section.place)


def _beginning(section: Section) -> str:
    """The nearest line above a table that is no caption, and its first row."""
    title = next((as_printed(line.text) for line in reversed(section.above) if not is_caption(line.text)), "")
    first = " | ".join(" ".join(text.split()) for text in section.table.rows[0].texts() if text.strip())
    return ": ".join(filter(None, (title, first)))[:200]


KindAndDoubts = tuple[DocumentKind, tuple[Doubt, ...]]


def require_kind(document: Document, parted: Sequence[Section], path: Path, kinds: Kinds) -> KindAndDoubts:
    """What the document is, by what it says or else by its tables, and the doubts about that.

    Raises AnotherKind, GovernmentAccounts, and where nothing tells the kind an error that says what is missing.
    """
    found = kind_of(document, kinds)
    if found.government:
        raise errors.GovernmentAccounts(path.name, called=found.government.called, printed=found.printed)
    if found.kind is None:
        return _by_tables(document, parted, path, kinds, found.alike)
    if not found.kind.tables:
        raise errors.AnotherKind(path.name, called=found.kind.called, read=_read(kinds), printed=found.printed)
    return found.kind, found.doubts


def _by_tables(document: Document, parted: Sequence[Section], path: Path, kinds: Kinds, alike: Kinds) -> KindAndDoubts:
    """The kind of which most tables have a header that is understood: of those named `alike`, else of all.

    Of all only where every kind has tables: one without cannot be ruled out.
    """
    asked = alike or tuple(kind for kind in kinds if kind.tables)
    found = {kind: recognise(parted, kind).matches for kind in asked}
    if not any(match.parts for matches in found.values() for match in matches.values()):
        raise _nothing_found(asked[0], document, found[asked[0]], path)
    read = {kind: sum(bool(match.parts) for match in matches.values()) for kind, matches in found.items()}
    best = [kind for kind in asked if read[kind] == max(read.values())]
    words = "、".join(kind.label for kind in asked)
    if alike and len(best) > 1:
        raise errors.SeveralKinds(path.name, words=words)
    if not alike and (len(asked) < len(kinds) or len(best) > 1):
        raise errors.NothingSaysAccounts(path.name, read=_read(kinds), words=words)
    said = f"标题与列头作{words}之处一样多" if alike else "标题与列头均未说明文种"
    reason = f"封面未说明文种,{said},按能够辨认的{read[best[0]]}张表认定为{best[0].label}"
    return best[0], (Doubt(DoubtKind.KIND_BY_TABLES, reason, taken_as=best[0].label),)


def _read(kinds: Kinds) -> str:
    return " or ".join(kind.called for kind in kinds if kind.tables)


def read_tables(matches: dict[str, TableMatch]) -> dict[str, tuple[StandardTable, ReadTable]]:
    """The rows of every table of which at least one part was understood.

    A table that prints figures of which none was read is not blank but was not understood: its parts are refused.
    """
    tables = {}
    for code, match in sorted(matches.items()):
        if match.parts:
            table = _read_table(match)
            if not _has_figures(table) and any(map(_prints_figures, match.parts_sections)):
                match.refused[:0], match.parts[:] = match.parts_sections, []
            else:
                tables[code] = (match.form, table)
    return tables


def _read_table(match: TableMatch) -> ReadTable:
    table = ReadTable()
    for part in match.parts:
        SHAPES[match.form.shape].read_rows(match.form, part.layout, part.section.table, part.has_header, table)
        for line in part.section.unruled_rows:
            table.unclear(
                Doubt(
                    DoubtKind.ROW_OUTSIDE_TABLE,
                    "表格线之外成行的数字,未入库",
                    table_code=match.form.code,
                    printed=line.text,
                    place=line.place,
                )
            )
    table.is_whole = table.is_whole and not match.refused
    return table


def _prints_figures(section: Section) -> bool:
    texts = (squeeze(text) for row in section.table.rows for text in row.texts())
    return bool(section.unruled_rows) or any("." in text and looks_like_amount(text) for text in texts)


def _has_figures(table: ReadTable) -> bool:
    return any(cell.reading.presence is Presence.NUMBER for row in table.rows for cell in row.cells)

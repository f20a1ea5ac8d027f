"""The flow line: bytes → Document → matches → rows → Extraction. A pure function of a file."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.about.another_kind import without_other_kinds
from ingest.about.bodies import first_body
from ingest.about.composition import composition
from ingest.about.personal_rows import leave_out_contacts
from ingest.about.profile import profile
from ingest.about.required_kind import nothing_found, require_kind
from ingest.checks import run_checks
from ingest.document import Document
from ingest.forms import RawForm, forms_of, read_forms
from ingest.narrative import read_narrative
from ingest.narrative.history import read_history
from ingest.prove.amounts import settle
from ingest.prove.codes import repair_codes
from ingest.prove.copied_forms import forms_once
from ingest.prove.copies import differences, without_copies
from ingest.prove.ledger import Account, account_of
from ingest.prove.projects import linked
from ingest.prove.recognised import doubted_figures, doubted_projects
from ingest.prove.units import judge_units
from ingest.readers import read_bytes
from ingest.readers.as_seen import as_seen
from ingest.readers.formats import MAX_PAGES
from ingest.readers.gc_paused import garbage_collection_paused
from ingest.readers.parts import Part, joined, read_parts
from ingest.tables.code_lists import with_code_lists
from ingest.tables.figures_in_lines import figures_in_lines
from ingest.tables.found import found_tables
from ingest.tables.known_words import with_known_words
from ingest.tables.left_out import doubts_about_tables, of_another_body, of_another_kind, refused_in_lines
from ingest.tables.partial import told_cut_off, told_partial
from ingest.tables.read import read_tables
from ingest.tables.recognise import Recognition, first_table, recognise
from ingest.tables.sections import Section, sections, with_headers_rejoined
from ingest.tables.shapes.readrows import ReadTable
from ingest.tables.units import units_of
from ingest.version import parser_version
from warehouse.kinds.kind import DocumentKind, load_kinds
from warehouse.kinds.naming import Kinds
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, Extraction, FileRole, Source, SourceFile


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
    documents = read_parts(main, attachments, max_pages)
    roles = (FileRole.MAIN, *(FileRole.ATTACHMENT for _ in attachments))
    first, *others = map(_file, (main, *attachments), documents, roles)
    return joined(documents, attachments), Source.of(first, tuple(others))


def _file(part: Part, document: Document, role: FileRole) -> SourceFile:
    data = read_bytes(part.path)
    sha256 = hashlib.sha256(data).hexdigest()
    return SourceFile(part.name, sha256, document.format, len(data), document.pages, part.url, role)


def understand_document(document: Document, path: Path, source: Source, kinds: Kinds | None = None) -> Understood:
    """What a document says, once its reader has handed it on. Errors name `path`."""
    kinds = kinds or load_kinds()
    document = with_code_lists(with_known_words(document, kinds), kinds)
    parted = list(with_headers_rejoined(sections(document)))
    kind, kind_doubts = require_kind(document, parted, path, kinds)
    of_kind = without_other_kinds(document, parted, kind, kinds)
    bodies = first_body(of_kind.document, of_kind.sections, kind, kinds)
    own = bodies.document
    about, doubts = profile(own, kind, kinds)
    of_others = [section for _, section in (*of_kind.others, *bodies.others)]
    chosen = without_copies(bodies.sections, kind)
    recognition = replace(recognise(chosen.sections, kind), set_aside=of_others)
    matches = recognition.matches
    if all(part.is_list for match in matches.values() for part in match.parts):
        raise nothing_found({kind: matches}, document, path, bodies.doubts if bodies.others else ())
    tables = read_tables(matches)
    repair_codes(tables)
    leave_out_contacts(table for _, table in tables.values())
    figures = figures_in_lines(document, kind.titles)
    own_figures = figures if own is document else figures_in_lines(own, kind.titles)
    in_lines = list(refused_in_lines(own_figures, tables))
    units, unit_doubts = units_of(kind, {code: matches[code] for code in tables})
    amounts, amount_doubts = settle(kind, tables, units, document.recognised)
    found, table_doubts = found_tables(kind, own, matches, tables, units)
    stated, stated_doubts = read_narrative(kind, own, amounts, about.fiscal_year)
    stated = tuple(doubted_figures(stated, document.recognised))
    covered = composition(own, about, first_table(recognition), is_unit_listed=kind.lists_single_unit)
    forms = forms_of(document)
    recognition = _without_forms(recognition, forms)
    names = {number: file.name for number, file in enumerate(source.files, start=1)}
    found_projects, project_doubts = forms_once(
        *read_forms(own, forms if own is document else forms_of(own), stated), names
    )
    projects = tuple(doubted_projects(linked(kind, found_projects, amounts), document.recognised))
    of_bodies = (of_another_body(kind, body, section) for body, section in bodies.others)
    left_out = (*(of_another_kind(kind, other, section) for other, section in of_kind.others), *of_bodies)
    of_tables = (*doubts_about_tables(tables, recognition), *left_out, *in_lines, *table_doubts, *amount_doubts)
    found, _ = told_partial(kind, found, amounts, of_tables)
    checks = run_checks(kind, found, amounts, stated, projects, about)
    judged = judge_units(kind, units, found, amounts, checks)
    found, amounts = judged.tables, judged.amounts
    of_document = (*doubts, *kind_doubts, *bodies.doubts, *covered.doubts, *_about_pages(document))
    differing = tuple(differences(chosen.copies, amounts, names))
    all_doubts = (*of_document, *of_tables, *unit_doubts, *judged.doubts, *differing, *stated_doubts, *project_doubts)
    account = account_of(document, parted, recognition, tables, amounts, all_doubts, forms, figures, chosen.copies)
    told, incomplete = told_partial(kind, found, amounts, (*all_doubts, *account.doubts))
    if judged.is_changed or told != found:  # what the checks rest on is no longer what they were made with
        checks = run_checks(kind, told, amounts, stated, projects, about)
    told, cut_off = told_cut_off(document, told, checks, (*all_doubts, *account.doubts))
    if cut_off:
        checks = run_checks(kind, told, amounts, stated, projects, about)
    extraction = Extraction(
        source=source,
        profile=about,
        parser_version=parser_version(bool(document.recognised)),
        tables=tuple(told),
        amounts=tuple(amounts),
        doubts=(*all_doubts, *incomplete, *cut_off, *account.doubts),
        stated=stated,
        projects=projects,
        checks=checks,
        counts=account.counts,
        units=covered.units,
        facts=covered.facts,
        successions=read_history(own, about.department),
    )
    return Understood(document, kind, recognition, tables, as_seen(extraction, document.recognised), account)


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


def _about_pages(document: Document) -> Iterator[Doubt]:
    """What its reader left out or was unsure of."""
    yield from (Doubt(DoubtKind.PAGE_NOT_READ, note) for note in document.notes)
    yield from (Doubt(one.what, one.reason, place=one.place, printed=one.printed or None) for one in document.remarks)

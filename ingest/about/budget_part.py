"""A budget bound into one file with final accounts: its tables and words are not those of the accounts.

Only where a document says 预算 of a part of itself: 第四部分 2025年部门预算表, or a table that is titled so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.about.bodies import END, Position, Stretch, position, title_position, without
from ingest.about.document_kind import IS_PART, kind_of_heading, kind_of_table
from ingest.document import Document
from ingest.tables.sections import Section, titles_above
from ingest.values.characters import squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.records.reading import Kind


@dataclass(frozen=True, slots=True)
class Parted:
    """`document` and `sections` without the part that is a budget, and the tables of that part."""

    document: Document
    sections: list[Section]
    of_budget: tuple[Section, ...] = ()


def without_budget(document: Document, sections: Sequence[Section], accounts: DocumentKind) -> Parted:
    headings = list(_headings(document))
    if not any(kind is Kind.BUDGET for _, kind in headings):
        return Parted(document, list(sections))
    of_budget = [section for section in sections if _kind(section, headings, accounts) is Kind.BUDGET]
    if not of_budget:
        return Parted(document, list(sections))
    own = [section for section in sections if section not in of_budget]
    stretches = list(_stretches(document, headings, of_budget, own, accounts))
    return Parted(replace(document, blocks=tuple(without(document.blocks, stretches))), own, tuple(of_budget))


def _headings(document: Document) -> Iterator[tuple[Position, Kind]]:
    """Headings of parts and titles of documents that say 决算 or 预算, where they stand."""
    for line in document.lines():
        if kind := kind_of_heading(squeeze(line.text)):
            yield position(line), kind


def _kind(section: Section, headings: Sequence[tuple[Position, Kind]], accounts: DocumentKind) -> Kind | None:
    """What a table says of itself; of a standard table that says neither, what the part says that it stands in."""
    own = kind_of_table(section.table, (squeeze(line.text) for line in section.above))
    if own or not any(titles_above(section, accounts.titles)):
        return own
    before = [kind for place, kind in headings if place < position(section.table)]
    return before[-1] if before else None


def _stretches(
    document: Document,
    headings: Sequence[tuple[Position, Kind]],
    of_budget: Sequence[Section],
    own: Sequence[Section],
    accounts: DocumentKind,
) -> Iterator[Stretch]:
    """The tables, and the whole part where none of the accounts' tables stands in it: up to the next part."""
    for section in of_budget:
        yield title_position(section, accounts), position(section.table, last=True)
    last_own = max((position(section.table) for section in own), default=(0, 0, 0.0))
    behind = [place for place, kind in headings if kind is Kind.BUDGET and place > last_own]
    if behind:
        last = position(of_budget[-1].table)
        parts = (position(line) for line in document.lines() if _is_of_no_budget(squeeze(line.text)))
        yield behind[0], min((place for place in parts if place > last), default=END)


def _is_of_no_budget(text: str) -> bool:
    return bool(IS_PART.match(text)) and kind_of_heading(text) is not Kind.BUDGET

"""A document of another kind bound into the file, such as a budget: its tables and words are not this document's.

Only where a document names the other kind for a part of itself: 第四部分 2025年部门预算表, or a table titled so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.about.bodies import END, START, Position, Stretch, position, title_position, without
from ingest.about.document_kind import is_part, kind_of_heading, kind_of_table
from ingest.document import Document
from ingest.tables.sections import Section, titles_above
from warehouse.kinds.characters import squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.naming import Kinds


@dataclass(frozen=True, slots=True)
class Parted:
    """`document` and `sections` without the parts of another kind, and the tables of these parts."""

    document: Document
    sections: list[Section]
    others: tuple[tuple[DocumentKind, Section], ...] = ()


def without_other_kinds(document: Document, sections: Sequence[Section], kind: DocumentKind, kinds: Kinds) -> Parted:
    headings = list(_headings(document, kinds))
    if all(named is kind for _, named in headings):
        return Parted(document, list(sections))
    kind_by_section = {section: _kind(section, headings, kind, kinds) or kind for section in sections}
    others = [section for section in sections if kind_by_section[section] is not kind]
    if not others:
        return Parted(document, list(sections))
    own = [section for section in sections if section not in others]
    stretches = list(_stretches(document, headings, others, own, kind, kinds))
    blocks = tuple(without(document.blocks, stretches))
    return Parted(replace(document, blocks=blocks), own, tuple((kind_by_section[one], one) for one in others))


def _headings(document: Document, kinds: Kinds) -> Iterator[tuple[Position, DocumentKind]]:
    """Headings of parts and titles of documents that name a kind, where they stand."""
    for line in document.lines():
        if kind := kind_of_heading(squeeze(line.text), kinds):
            yield position(line), kind


def _kind(
    section: Section, headings: Sequence[tuple[Position, DocumentKind]], kind: DocumentKind, kinds: Kinds
) -> DocumentKind | None:
    """What a table says of itself; of a standard table that says nothing, what the part says that it stands in."""
    own = kind_of_table(section.table, (squeeze(line.text) for line in section.above), kinds)
    if own or not any(titles_above(section, kind.titles)):
        return own
    before = [named for place, named in headings if place < position(section.table)]
    return before[-1] if before else None


def _stretches(
    document: Document,
    headings: Sequence[tuple[Position, DocumentKind]],
    others: Sequence[Section],
    own: Sequence[Section],
    kind: DocumentKind,
    kinds: Kinds,
) -> Iterator[Stretch]:
    """The tables, and the whole part where none of the document's own tables stands in it: up to the next part."""
    for section in others:
        yield title_position(section, kind), position(section.table, last=True)
    last_own = max((position(section.table) for section in own), default=START)
    behind = [place for place, named in headings if named is not kind and place > last_own]
    if behind:
        last = position(others[-1].table)
        parts = (position(line) for line in document.lines() if _is_own_part(squeeze(line.text), kind, kinds))
        yield behind[0], min((place for place in parts if place > last), default=END)


def _is_own_part(text: str, kind: DocumentKind, kinds: Kinds) -> bool:
    return is_part(text) and kind_of_heading(text, kinds) in (kind, None)

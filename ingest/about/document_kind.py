"""Which kind of document a file is, and whether its accounts are those of a whole government: by what it says.

The cover decides where it says so and the rest of the document does not say the opposite all over. Without it the
majority of titles, headings and columns decides. A document of which nothing names a kind is of none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.about.cover import read_cover, title_lines
from ingest.document import Document, RawTable
from ingest.tables.sections import title_of
from warehouse.kinds.characters import squeeze, without_numbering
from warehouse.kinds.kind import DocumentKind, Government
from warehouse.kinds.naming import Kinds, kind_named, titles, words
from warehouse.kinds.wordings import document_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

ALL_OF_THEM = 3  # titles, headings and columns: so many, with none that says otherwise, outweigh a cover
GOVERNMENT_TITLES = 2  # titles of a government's tables: from so many on the document is a government's
GOVERNMENT_ROWS = 3  # a department may print one of these rows; not several
DEPARTMENT_TABLES_AT_LEAST = 3
TITLE_ENDS = 20  # characters: behind 表 there may stand a bracket
CAPTION_ROWS = 3  # rows of a grid in which publishers print what others print above it
HEADER_ROWS = 6
_SAYS = document_words()


@dataclass(frozen=True, slots=True)
class KindFound:
    """What a document is: `kind` None where nothing says so, or where several are named `alike`; `government` where its
    accounts are those of one."""

    kind: DocumentKind | None
    printed: str = ""
    government: Government | None = None
    alike: Kinds = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Said:
    """The places that name each kind, as printed."""

    titles: dict[DocumentKind, list[str]] = field(default_factory=dict)
    headings: dict[DocumentKind, list[str]] = field(default_factory=dict)
    columns: dict[DocumentKind, list[str]] = field(default_factory=dict)

    def all(self, kind: DocumentKind) -> list[str]:
        return [text for place in (self.titles, self.headings, self.columns) for text in place.get(kind, ())]

    def only_columns(self, kind: DocumentKind) -> bool:
        return kind not in self.titles and kind not in self.headings


def kind_of(document: Document, kinds: Kinds) -> KindFound:
    """Which of the kinds the document says it is. None also where it names several alike."""
    lines = [squeeze(line.text) for line in document.lines()]
    cover = read_cover(lines, kinds)
    said = _said(document, lines, kinds)
    found = _by_cover(cover.kind, cover.printed, said, kinds) if cover.kind else _by_majority(said, lines, kinds)
    if found.kind and (government := found.kind.government):
        printed = _government(document, lines, found.kind, government, kinds)
        return KindFound(found.kind, printed, government) if printed else found
    return found


def _by_cover(kind: DocumentKind, printed: str, said: _Said, kinds: Kinds) -> KindFound:
    other = max(kinds, key=lambda one: len(said.all(one)))
    if said.all(kind) or len(said.all(other)) < ALL_OF_THEM:
        return KindFound(kind, printed)
    reason = f"封面作{kind.label},各表与各部分的标题、列头均作{other.label},按{other.label}认定"
    return KindFound(other, said.all(other)[0], doubts=(Doubt(DoubtKind.KIND_DIFFERS, reason, printed=printed),))


def _by_majority(said: _Said, lines: list[str], kinds: Kinds) -> KindFound:
    """Of kinds that are named as often, one without tables: what may be of it is not taken for another."""
    named = sorted((kind for kind in kinds if said.all(kind)), key=lambda kind: len(said.all(kind)), reverse=True)
    if not named:
        return _by_sentence(lines, kinds)
    alike = [kind for kind in named if len(said.all(kind)) == len(said.all(named[0]))]
    taken = next((kind for kind in alike if not kind.tables), alike[0] if len(alike) == 1 else None)
    if taken is None:
        return KindFound(None, alike=tuple(alike))
    others = [kind for kind in named if kind is not taken and not said.only_columns(kind)]
    doubts = (_outvoted(taken, others, said),) if others else ()  # a form of an annex may print 预算数 alone
    return KindFound(taken, said.all(taken)[0], doubts=doubts)


def _by_sentence(lines: list[str], kinds: Kinds) -> KindFound:
    asked = ((kind, pattern, line) for kind in kinds if (pattern := kind.named.sentence) for line in lines)
    return next((KindFound(kind, line) for kind, pattern, line in asked if pattern.search(line)), KindFound(None))


def _outvoted(taken: DocumentKind, others: list[DocumentKind], said: _Said) -> Doubt:
    labels = "或".join(kind.label for kind in (taken, *others))
    counted = "、".join(f"作{kind.label}{len(said.all(kind))}处" for kind in (taken, *others))
    reason = f"封面未见{labels}字样,标题与列头{counted},按{taken.label}认定"
    return Doubt(DoubtKind.KIND_DIFFERS, reason, printed=said.all(others[0])[0])


def _said(document: Document, lines: list[str], kinds: Kinds) -> _Said:
    """Each line once; what stands on the cover was asked there."""
    said, cover = _Said(), set(title_lines(lines, kinds))
    for text in dict.fromkeys((*lines, *_captions_in_tables(document))):
        place = _place(text, kinds)
        if place and not (place == "running" and text in cover) and (kind := kind_named(text, kinds)):
            (said.titles if place == "title" else said.headings).setdefault(kind, []).append(text)
    for table in document.tables():
        if column := _column(table, kinds):
            said.columns.setdefault(column[0], []).append(column[1])
    return said


def kind_of_heading(text: str, kinds: Kinds) -> DocumentKind | None:
    """Of the heading of a part or of a document: 第四部分 2025年部门预算表. `text` is squeezed."""
    place = _place(text, kinds)
    return kind_named(text, kinds) if place == "running" or (place and is_part(text)) else None


def is_part(text: str) -> bool:
    """第四部分 …: the heading of a part. `text` is squeezed."""
    return bool(_SAYS.part.match(text))


def kind_of_table(table: RawTable, above: Iterable[str], kinds: Kinds) -> DocumentKind | None:
    """By the title above it, else by the headings of its columns."""
    said = [kind for text in above if _place(text, kinds) == "title" and (kind := kind_named(text, kinds))]
    column = None if said else _column(table, kinds)
    return said[-1] if said else column[0] if column else None


def _captions_in_tables(document: Document) -> Iterator[str]:
    rows = (row for table in document.tables() for row in table.rows[:CAPTION_ROWS])
    return (squeeze("".join(row.texts())) for row in rows)


def _place(text: str, kinds: Kinds) -> str | None:
    """Which of the places that name the kind a line is: a title, a heading, a line that runs over all pages."""
    if not words(kinds).search(text) or _SAYS.sentence.search(text):
        return None
    bare = _SAYS.page_number.sub("", text)
    places = (("title", _SAYS.title), ("heading", _SAYS.heading), ("running", titles(kinds).runs_over_pages))
    return next((name for name, pattern in places if pattern.search(bare)), None)


def _column(table: RawTable, kinds: Kinds) -> tuple[DocumentKind, str] | None:
    """What the headings of the columns say: 决算数 beside 预算数 of the same year is final accounts."""
    cells = [squeeze(text) for row in table.rows[:HEADER_ROWS] for text in row.texts() if text]
    found = {kind: hits for kind in kinds if (hits := [hit for cell in cells if (hit := _heads(cell, kind))])}
    latest = {kind: max(int(year or 0) for year, _ in hits) for kind, hits in found.items()}
    last = [kind for kind, year in latest.items() if year == max(latest.values())]
    alone = [kind for kind in last if all(one is kind or one.name in kind.named.has_columns_of for one in last)]
    if len(alone) != 1:
        return None
    beside = alone[0].named.column_beside
    return None if beside and any(map(beside.search, cells)) else (alone[0], found[alone[0]][0][1])


@lru_cache(maxsize=8192)  # cells of a header repeat from page to page: 8 calls per text
def _heads(cell: str, kind: DocumentKind) -> tuple[str | None, str] | None:
    """The year and the text of a heading of a column that names the kind."""
    hit = kind.named.column.search(cell) if kind.named.column else None
    return (hit.groupdict().get("year"), hit[0]) if hit else None


def _government(
    document: Document, lines: list[str], kind: DocumentKind, government: Government, kinds: Kinds
) -> str | None:
    """What shows that these are the accounts of a whole government; None where they are a department's."""
    named = _department_tables(lines, kind, government)
    if len(named) >= DEPARTMENT_TABLES_AT_LEAST:
        return None
    of_government = [text for text in (*lines, *_captions_in_tables(document)) if _is_title_of(government, text)]
    rows = _rows_of(government, document)
    cover = next((line for line in title_lines(lines, kinds) if government.cover.search(line)), None)
    if len(set(of_government)) >= GOVERNMENT_TITLES or len(rows) >= GOVERNMENT_ROWS:
        return cover or (of_government or rows)[0]
    return cover if cover and (of_government or rows or not named) else None


def _department_tables(lines: list[str], kind: DocumentKind, government: Government) -> set[str]:
    """Those tables of a department that the lines name, until there are enough."""
    named: set[str] = set()
    for line in lines:
        found = title_of(line, kind.titles) if "表" in line[-TITLE_ENDS:] else None
        if found and found[0] in government.department_tables:
            named.add(found[0])
            if len(named) >= DEPARTMENT_TABLES_AT_LEAST:
                break
    return named


def _is_title_of(government: Government, text: str) -> bool:
    return text.endswith("表") and any(pattern.search(text) for pattern in government.titles)


def _rows_of(government: Government, document: Document) -> list[str]:
    cells = (
        without_numbering(squeeze(text)) for table in document.tables() for row in table.rows for text in row.texts()
    )
    return list(dict.fromkeys(cell for cell in cells if cell in government.rows))

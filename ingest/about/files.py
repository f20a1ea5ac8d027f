"""Which files of an archive are one disclosure: by whose each of them says it is, and by the folder it lies in.

Nothing is guessed. A file that does not say whose it is belongs to the only disclosure of its folder; where there are
several, it belongs to none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ingest.about.bodies import Whose, said_by
from ingest.about.cover import read_cover
from ingest.about.document_kind import kind_of
from ingest.document import Document
from ingest.narrative import read_narrative
from ingest.tables.recognise import recognise
from ingest.tables.sections import Section, sections, with_headers_rejoined
from warehouse.kinds.characters import squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.naming import Kinds
from warehouse.records.reading import Scope

SENTENCE_AT_LEAST = 30  # characters; captions and titles are shorter


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of itself, None where it does not.

    `prose`: its characters in lines as long as sentences; `figures`: how many standard tables and figures of a
    narrative it holds.
    """

    body: str | None = None
    year: int | None = None
    kind: str | None = None
    scope: Scope | None = None
    prose: int = 0
    figures: int = 0

    @property
    def known(self) -> int:
        return sum(one is not None for one in (self.body, self.year, self.kind, self.scope))

    def may_be(self, other: "Said") -> bool:
        """Whether nothing that both say differs."""
        pairs = ((self.kind, other.kind), (self.scope, other.scope))
        return self.whose.is_same(other.whose) and all(None in pair or pair[0] == pair[1] for pair in pairs)

    @property
    def whose(self) -> Whose:
        return Whose(self.body, self.year)


@dataclass(frozen=True, slots=True)
class InArchive:
    """A file of an archive: its path there and what it says."""

    path: PurePosixPath
    said: Said


@dataclass(slots=True)
class Groups:
    """`disclosures`: the files of each, the main one first. `nobodys`: files of which nothing says whose they are."""

    disclosures: list[list[InArchive]] = field(default_factory=list)
    nobodys: list[InArchive] = field(default_factory=list)


def said_of(document: Document, kinds: Kinds) -> Said:
    """What a document says of itself: on its cover, or else above its tables."""
    parted = list(sections(document))
    whose = said_by(document, parted, kinds)
    lines = [squeeze(line.text) for line in document.lines()]
    kind = kind_of(document, kinds).kind
    figures = _figures(document, parted, kind) if kind else 0
    name = kind.name if kind else None
    prose = sum(len(line) for line in lines if len(line) >= SENTENCE_AT_LEAST)
    return Said(whose.body, whose.year, name, read_cover(lines, kinds).scope, prose, figures)


def _figures(document: Document, parted: Sequence[Section], kind: DocumentKind) -> int:
    tables = sum(bool(match.parts) for match in recognise(with_headers_rejoined(parted), kind).matches.values())
    stated, _ = read_narrative(kind, document)
    return tables + len(stated)


def grouped(files: Sequence[InArchive]) -> Groups:
    """The disclosures of an archive. Those that say most are put together first, so that the others find them."""
    groups = Groups()
    named = [file for file in files if file.said.body]
    for file in sorted(named, key=lambda one: -one.said.known):
        _put(file, _fitting(file, groups.disclosures), groups)
    unnamed = [file for file in files if not file.said.body]
    if not named and len({file.path.parent for file in unnamed}) == 1:
        groups.disclosures.append(unnamed)
        unnamed = []
    given = [list(group) for group in groups.disclosures]
    for file in unnamed:
        near = _nearest(file, given)
        (groups.disclosures[near].append if near is not None else groups.nobodys.append)(file)
    groups.disclosures = [_main_first(group, files) for group in groups.disclosures]
    groups.disclosures.sort(key=lambda group: files.index(group[0]))
    return groups


def _put(file: InArchive, fitting: list[list[InArchive]], groups: Groups) -> None:
    if not fitting:
        groups.disclosures.append([file])
    elif len(fitting) == 1:
        fitting[0].append(file)
    else:
        groups.nobodys.append(file)


def _fitting(file: InArchive, groups: Iterable[list[InArchive]]) -> list[list[InArchive]]:
    return [group for group in groups if all(file.said.may_be(other.said) for other in group)]


def _nearest(file: InArchive, groups: Sequence[list[InArchive]]) -> int | None:
    """The only disclosure in the folder of the file that it may be part of, or in the next folder around it that
    holds any."""
    for folder in file.path.parents:
        within = [
            number
            for number, group in enumerate(groups)
            if any(folder in other.path.parents for other in group) and _fitting(file, [group])
        ]
        if within:
            return within[0] if len(within) == 1 else None
    return None


def _main_first(group: Sequence[InArchive], files: Sequence[InArchive]) -> list[InArchive]:
    """The one with the most sentences is the main one; the others stay in the order of the archive."""
    main = max(group, key=lambda one: (bool(one.said.body), one.said.prose))
    return [main, *(one for one in files if one in group and one is not main)]

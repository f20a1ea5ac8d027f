"""Final accounts, a budget, or the accounts of a whole government: by all that a document says of itself.

The cover decides where it says so and the rest of the document does not say the opposite all over. Without it the
majority of titles, headings and columns decides. A document of which nothing says 决算 is no final accounts.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from ingest.about.cover import read_cover, title_lines
from ingest.document import Document, RawTable
from ingest.tables.sections import title_of
from ingest.values.characters import squeeze, without_numbering
from warehouse.kinds.kind import DocumentKind
from warehouse.records.reading import Doubt, Kind

FILE = Path(__file__).with_suffix(".toml")
ALL_OF_THEM = 3  # as many titles, headings and columns, and none that says otherwise, outweigh a cover
GOVERNMENT_TITLES = 2  # as many titles of a government's tables make a document a government's
GOVERNMENT_ROWS = 3  # a department may print one of these rows; not several
DEPARTMENT_FORMS = frozenset({"GK01", "GK02", "GK03", "GK04"})  # a government has none of these
DEPARTMENT_FORMS_AT_LEAST = 3
TITLE_ENDS = 20  # characters: behind 表 there may stand a bracket
CAPTION_ROWS = 3  # rows of a grid in which publishers print what others print above it
HEADER_ROWS = 6
IS_PART = re.compile(r"^第[一二三四五六七八九十]+部分")
_SENTENCE = re.compile(r"[。;,]")
_PAGE_NUMBER = re.compile(r"[.…·\-—]*\d{0,3}$")
_WORDS = {Kind.FINAL_ACCOUNTS: "决算", Kind.BUDGET: "预算"}


@dataclass(frozen=True, slots=True)
class KindFound:
    """What a document is: `kind` None where nothing says so, `is_of_government` with the text that tells it."""

    kind: Kind | None
    printed: str = ""
    is_of_government: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Said:
    """The places that say 决算 and those that say 预算, as printed."""

    titles: dict[Kind, list[str]] = field(default_factory=lambda: {kind: [] for kind in _WORDS})
    headings: dict[Kind, list[str]] = field(default_factory=lambda: {kind: [] for kind in _WORDS})
    columns: dict[Kind, list[str]] = field(default_factory=lambda: {kind: [] for kind in _WORDS})

    def all(self, kind: Kind) -> list[str]:
        return self.titles[kind] + self.headings[kind] + self.columns[kind]


def kind_of(document: Document, accounts: DocumentKind) -> KindFound:
    """`accounts`: the declarations of final accounts, whose titles no government's accounts have."""
    lines = [squeeze(line.text) for line in document.lines()]
    cover = read_cover(lines)
    said = _said(document, lines)
    found = _by_cover(cover.kind, cover.printed, said) if cover.kind else _by_majority(said, lines)
    if found.kind is Kind.FINAL_ACCOUNTS and (printed := _government(document, lines, accounts)):
        return KindFound(found.kind, printed, is_of_government=True)
    return found


def _by_cover(kind: Kind, printed: str, said: _Said) -> KindFound:
    (other,) = _WORDS.keys() - {kind}
    if len(said.all(other)) < ALL_OF_THEM or said.all(kind):
        return KindFound(kind, printed)
    reason = f"封面作{_WORDS[kind]},各表与各部分的标题、列头均作{_WORDS[other]},按{_WORDS[other]}认定"
    return KindFound(other, said.all(other)[0], doubts=(Doubt("kind_differs", reason, printed=printed),))


def _by_majority(said: _Said, lines: list[str]) -> KindFound:
    accounts, budget = said.all(Kind.FINAL_ACCOUNTS), said.all(Kind.BUDGET)
    if not accounts and not budget:
        stated = next((line for line in lines if _declared().stated.search(line)), None)
        return KindFound(Kind.FINAL_ACCOUNTS, stated) if stated else KindFound(None)
    if len(budget) >= len(accounts):
        return KindFound(Kind.BUDGET, budget[0])
    if len(budget) == len(said.columns[Kind.BUDGET]):  # a form of an annex may print 预算数 alone
        return KindFound(Kind.FINAL_ACCOUNTS, accounts[0])
    reason = f"封面未见决算或预算字样,标题与列头作决算{len(accounts)}处、作预算{len(budget)}处,按决算认定"
    return KindFound(Kind.FINAL_ACCOUNTS, accounts[0], doubts=(Doubt("kind_differs", reason, printed=budget[0]),))


def _said(document: Document, lines: list[str]) -> _Said:
    """Each line once; what stands on the cover was asked there."""
    said, cover = _Said(), set(title_lines(lines))
    for text in dict.fromkeys((*lines, *_captions_in_tables(document))):
        place = _place(text)
        if place and not (place == "running" and text in cover) and (kind := _kind_said(text)):
            (said.titles if place == "title" else said.headings)[kind].append(text)
    for table in document.tables():
        if column := _column(table):
            said.columns[column[0]].append(column[1])
    return said


def kind_of_heading(text: str) -> Kind | None:
    """Of the heading of a part or of a document: 第四部分 2025年部门预算表. `text` is squeezed."""
    place = _place(text)
    return _kind_said(text) if place == "running" or (place and IS_PART.match(text)) else None


def kind_of_table(table: RawTable, above: Iterable[str]) -> Kind | None:
    """By the title above it, else by the headings of its columns."""
    said = [kind for text in above if _place(text) == "title" and (kind := _kind_said(text))]
    column = None if said else _column(table)
    return said[-1] if said else column[0] if column else None


def _captions_in_tables(document: Document) -> Iterator[str]:
    rows = (row for table in document.tables() for row in table.rows[:CAPTION_ROWS])
    return (squeeze("".join(row.texts())) for row in rows)


@lru_cache(maxsize=4096)
def _place(text: str) -> str | None:
    """Which of the places that name the kind a line is: a title, a heading, a line that runs over all pages."""
    if not ("决算" in text or "预算" in text) or _SENTENCE.search(text):
        return None
    bare = _PAGE_NUMBER.sub("", text)
    return next((name for name, pattern in _declared().places if pattern.search(bare)), None)


def _kind_said(text: str) -> Kind | None:
    bare = _declared().no_kind.sub("", text)
    kinds = [kind for kind, word in _WORDS.items() if word in bare]
    return kinds[0] if len(kinds) == 1 else None


def _column(table: RawTable) -> tuple[Kind, str] | None:
    """What the headings of the columns say: 决算数 beside 预算数 of the same year is final accounts."""
    cells = [squeeze(text) for row in table.rows[:HEADER_ROWS] for text in row.texts() if "算" in text or "执" in text]
    declared = _declared()
    accounts = [found for cell in cells if (found := declared.accounts.search(cell))]
    budget = [found for cell in cells if (found := declared.budget.search(cell))]
    if accounts and max(map(_year, accounts)) >= max(map(_year, budget), default=0):
        return Kind.FINAL_ACCOUNTS, accounts[0][0]
    if not budget or any(map(declared.executed.search, cells)):
        return None
    return Kind.BUDGET, budget[0][0]


def _year(found: re.Match[str]) -> int:
    return int(found["year"] or 0)


def _government(document: Document, lines: list[str], accounts: DocumentKind) -> str | None:
    """What shows that these are the accounts of a whole government; None where they are a department's."""
    named = _department_forms(lines, accounts)
    if len(named) >= DEPARTMENT_FORMS_AT_LEAST:
        return None
    of_government = [text for text in (*lines, *_captions_in_tables(document)) if _is_title_of_government(text)]
    rows = _rows_of_government(document)
    cover = next((line for line in title_lines(lines) if _declared().government_cover.search(line)), None)
    if len(set(of_government)) >= GOVERNMENT_TITLES or len(rows) >= GOVERNMENT_ROWS:
        return cover or (of_government or rows)[0]
    return cover if cover and (of_government or rows or not named) else None


def _department_forms(lines: list[str], accounts: DocumentKind) -> set[str]:
    """Those forms of a department that the lines name, until there are enough."""
    named: set[str] = set()
    for line in lines:
        if "表" in line[-TITLE_ENDS:] and (found := title_of(line, accounts.titles)) and found[0] in DEPARTMENT_FORMS:
            named.add(found[0])
            if len(named) >= DEPARTMENT_FORMS_AT_LEAST:
                break
    return named


def _is_title_of_government(text: str) -> bool:
    return text.endswith("表") and any(pattern.search(text) for pattern in _declared().government_titles)


def _rows_of_government(document: Document) -> list[str]:
    cells = (
        without_numbering(squeeze(text)) for table in document.tables() for row in table.rows for text in row.texts()
    )
    return list(dict.fromkeys(cell for cell in cells if cell in _declared().government_rows))


@dataclass(frozen=True, slots=True)
class _Declared:
    no_kind: re.Pattern[str]
    places: tuple[tuple[str, re.Pattern[str]], ...]
    stated: re.Pattern[str]
    accounts: re.Pattern[str]
    budget: re.Pattern[str]
    executed: re.Pattern[str]
    government_cover: re.Pattern[str]
    government_titles: tuple[re.Pattern[str], ...]
    government_rows: frozenset[str]


@cache
def _declared() -> _Declared:
    data = tomllib.loads(FILE.read_text("utf-8"))
    places = {name: re.compile(pattern) for name, pattern in data["places"].items()}
    stated = places.pop("stated")
    return _Declared(
        no_kind=re.compile("|".join(data["no_kind"])),
        places=tuple(places.items()),
        stated=stated,
        **{name: re.compile(pattern) for name, pattern in data["columns"].items()},
        government_cover=re.compile(data["government"]["cover"]),
        government_titles=tuple(map(re.compile, data["government"]["titles"])),
        government_rows=frozenset(data["government"]["rows"]),
    )

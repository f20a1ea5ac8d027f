"""Owners of the numbers that stand in cells: the tables that were read, those left out, the forms."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from ingest.document import PrintedNumber, RawRow
from ingest.prove.ledger.digits import digits_in, digits_of, is_amount, is_dated, may_be_amount, runs_in, take
from ingest.prove.ledger.owners import Owned, Owner
from ingest.prove.ledger.places import InCells
from ingest.prove.ledger.read_rows import Entry, RowAsRead, RowsAsRead, by_digits, taken
from ingest.tables.headings import is_number_row
from ingest.tables.recognise import Recognition, TablePart
from ingest.tables.sections import Section, goes_on_from, is_caption, is_note, title_of
from ingest.tables.shapes.readrows import is_plain_amount
from warehouse.kinds.characters import squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import Doubt

FORM_UNREAD = "绩效自评表"  # a form so torn that not even its name was found
LINE_NUMBER = 3  # digits of 序号 at most
MIN_AMOUNTS = 5  # in one table or block: so many and more are figures of a table, whether or not it is a known one
_SENTENCE = re.compile(r"[。；;]|[，,、].{12,}[，,、]")
_WORDS = table_words()
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_LEFT_OUT_BY_NAME = (DoubtKind.TABLE_NOT_UNDERSTOOD, DoubtKind.PART_NOT_UNDERSTOOD, DoubtKind.TABLE_REPEATED)


TablePage = tuple[str | None, tuple[int, int | None]]  # code of a table, file and page


@dataclass(slots=True, eq=False)
class Unread:
    """What is printed in one raw table that was recognised as none of the standard ones."""

    section: Section
    name: str | None
    is_doubted: bool = False
    found: list[InCells] = field(default_factory=list)


class TableOwners:
    """Tells who owns what a cell prints."""

    def __init__(
        self,
        sections: Sequence[Section],
        recognition: Recognition,
        read: RowsAsRead,
        doubts: Iterable[Doubt],
        in_forms: frozenset[Place],
    ) -> None:
        self._kind, self._read, self._in_forms = recognition.kind, read, in_forms
        self._doubted: dict[TablePage, Counter[str]] = defaultdict(Counter)
        self._left_out: set[TablePage] = set()
        self._columns_left_out: set[str | None] = set()
        self.doubts: list[Doubt] = []
        for doubt in doubts:
            self._learn(doubt)
        self._captions = {line.place for section in sections for line in section.above}
        self._unread = {
            row.place: unread for unread in _with_names(sections, recognition.kind) for row in unread.section.table.rows
        }
        self._parts = {
            row.place: (code, part)
            for code, match in recognition.matches.items()
            for part in match.parts
            for row in part.section.table.rows
        }
        self._bodies = {id(part): self._body(part) for match in recognition.matches.values() for part in match.parts}
        for section in _left_out_by_name(recognition, self._left_out):
            for row in section.table.rows:
                if unread := self._unread.get(row.place):
                    unread.is_doubted = True

    def _learn(self, doubt: Doubt) -> None:
        if doubt.what in _LEFT_OUT_BY_NAME:
            self._left_out.add((doubt.table_code, doubt.place.page_of_file))
        elif doubt.what == DoubtKind.COLUMN_LEFT_OUT:
            self._columns_left_out.add(doubt.table_code)
        elif doubt.table_code and doubt.measure is None:
            self._doubted[doubt.table_code, doubt.place.page_of_file].update(runs_in(doubt.printed or ""))

    def _body(self, part: TablePart) -> frozenset[Place]:
        """The rows of a part from the first that was read."""
        rows = part.section.table.rows
        first = next((n for n, row in enumerate(rows) if self._read.of(row)), len(rows))
        return frozenset(row.place for row in rows[first:])

    def owners(self, cells: Iterable[InCells]) -> Iterator[Owned]:
        waiting: dict[int, Unread] = {}
        others: list[InCells] = []
        for found in cells:  # first what stands where it was read, so that nothing else takes its place
            if entries := self._read.entries_of(found):
                yield _taken(found, entries)
            else:
                others.append(found)
        for found in others:
            place = found.row.place
            if owned := self._moved(found):
                yield owned
            elif place in self._in_forms:
                yield Owned(Owner.FORM, found.numbers, len(found.numbers), found.row)
            elif place in self._parts:
                yield from self._beside(*self._parts[place], found)
            elif unread := self._unread.get(place):
                unread.found.append(found)
                waiting[id(unread)] = unread
            else:
                yield from _each(found, partial(self._above, found.row))
        for unread in waiting.values():
            yield from self._of_unread(unread)

    def _moved(self, found: InCells) -> Owned | None:
        """Cells whose text was read as an amount in another place of the row, or taken apart."""
        read = self._read.of(found.row)
        entries = by_digits(read, digits_in(found.numbers)) if read else ()
        return _taken(found, entries) if entries else None

    def _beside(self, code: str, part: TablePart, found: InCells) -> Iterator[Owned]:
        """What stands in a table that was read, and in none of its amount cells."""
        read = self._read.of(found.row)
        if read and set(found.columns) <= part.layout.repeating and read.prints(digits_in(found.numbers)):
            yield Owned(Owner.LOADED, found.numbers, 1, found.row)
            return
        is_numbering = is_number_row(found.row)
        for number in found.numbers:
            is_ours = (is_numbering and not is_amount(number)) or is_dated(number) or _is_key(number, found, part, read)
            owner = Owner.CLASS if is_ours else self._in_table(code, part, found, number)
            yield Owned(owner, (number,), 1, found.row)

    def _in_table(self, code: str, part: TablePart, found: InCells, number: PrintedNumber) -> Owner:
        is_left_out = code in self._columns_left_out and set(found.columns) <= part.layout.left_out
        if is_left_out or take(number, self._doubted[code, number.place.page_of_file]):
            return Owner.DOUBTFUL
        is_heading = found.row.place not in self._bodies[id(part)] or _is_note_row(found.row)
        return Owner.CLASS if is_heading and not is_amount(number) and not _is_amount(found) else Owner.NOBODY

    def _above(self, row: RawRow, number: PrintedNumber) -> Owner:
        """A title or caption that an office program printed as a row of the grid."""
        is_caption_row = row.place in self._captions and not is_amount(number)
        return Owner.CLASS if is_caption_row or is_dated(number) else Owner.NOBODY

    def _of_unread(self, unread: Unread) -> Iterator[Owned]:
        sentences = [found for found in unread.found if _is_prose(found)]
        for found in sentences:
            yield Owned(Owner.NARRATIVE, found.numbers, len(found.numbers), found.row)
        figures = [found for found in unread.found if not _is_prose(found)]
        counted = sum(map(_amounts_in, figures))
        owner = self._owner_of_unread(unread, counted)
        for found in figures:
            if _is_amount(found):
                yield Owned(owner, found.numbers, 1, found.row)
            else:
                yield from _each(found, lambda number: owner if may_be_amount(number) else Owner.CLASS)

    def _owner_of_unread(self, unread: Unread, counted: int) -> Owner:
        if unread.is_doubted or not counted:
            return Owner.DOUBTFUL
        if unread.name is None and counted >= MIN_AMOUNTS:
            return Owner.NOBODY
        self.doubts.append(_left_out(unread, self._kind))
        return Owner.FORM if unread.name == FORM_UNREAD else Owner.DOUBTFUL


def _with_names(sections: Iterable[Section], kind: DocumentKind) -> Iterator[Unread]:
    """Each raw table with the name of its own, which holds for the pages that it goes on over."""
    before: Unread | None = None
    for section in sections:
        name = name_of_section(section, kind)
        if name is None and before and goes_on_from(before.section, section):
            name = before.name
        before = Unread(section, name)
        yield before


def _taken(found: InCells, entries: Sequence[Entry]) -> Owned:
    owners = set(taken(entries))
    owner = next(one for one in (Owner.NOBODY, Owner.DOUBTFUL, Owner.LOADED) if one in owners)
    return Owned(owner, found.numbers, len(entries), found.row)


def _left_out_by_name(recognition: Recognition, named: set[TablePage]) -> Iterator[Section]:
    """Sections left out with a doubt that says so: of a standard table, or under a name of their own."""
    for code, match in recognition.matches.items():
        yield from (
            section for section in (*match.refused, *match.repeated) if (code, section.place.page_of_file) in named
        )
    yield from (section for section in recognition.unknown if name_of_section(section, recognition.kind))
    yield from recognition.by_unit
    yield from recognition.contradictory
    yield from recognition.set_aside


def _left_out(unread: Unread, kind: DocumentKind) -> Doubt:
    row = next(found.row for found in unread.found if _amounts_in(found))
    printed = " | ".join(text for text in map(squeeze, row.texts()) if text)
    return Doubt(
        DoubtKind.TABLE_LEFT_OUT,
        f"不是标准{kind.label}表的表格,所印数字未入库",
        printed=": ".join(filter(None, (unread.name, printed)))[:200],
        place=row.place,
    )


def name_of_section(section: Section, kind: DocumentKind) -> str | None:
    """The title that a table of another kind has of its own: 政府采购支出表."""
    for line in reversed(section.above):
        if title_of(line.text, kind.titles):
            return None
        bare = _IN_BRACKETS.sub("", squeeze(line.text))
        if _WORDS.name_of_another.search(bare) and len(bare) > 3 and not is_caption(line.text):
            return bare
    is_form = any(_WORDS.self_evaluation.search(squeeze("".join(row.texts()))) for row in section.table.rows)
    return FORM_UNREAD if is_form else None


def _is_key(number: PrintedNumber, found: InCells, part: TablePart, read: RowAsRead | None) -> bool:
    """A code, a line number or part of a name, in its column or moved out of it."""
    if set(found.columns) <= part.layout.left_out and len(number.text) <= LINE_NUMBER:
        return True  # 序号
    is_word = read is not None and digits_of(number.text) in read.words
    is_in_place = set(found.columns) <= part.layout.keys
    return is_word and is_in_place if is_amount(number) else is_word or is_in_place  # 208.0 may be a code


def _is_amount(found: InCells) -> bool:
    """A cell that is one amount as a whole, whatever mark is printed for its decimal point."""
    return len(found.columns) == 1 and any(map(is_plain_amount, found.row.text(found.columns[0]).splitlines()))


def _amounts_in(found: InCells) -> int:
    return 1 if _is_amount(found) else sum(map(may_be_amount, found.numbers))


def _is_note_row(row: RawRow) -> bool:
    texts = [text for text in row.texts() if text.strip()]
    return len(texts) == 1 and is_note(texts[0])


def _is_prose(found: InCells) -> bool:
    return bool(_SENTENCE.search(squeeze("".join(found.row.text(column) for column in found.columns))))


def _each(found: InCells, owner_of: Callable[[PrintedNumber], Owner]) -> Iterator[Owned]:
    return (Owned(owner_of(number), (number,), 1, found.row) for number in found.numbers)

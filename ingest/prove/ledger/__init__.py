"""Nothing is lost in silence: every number that a document prints, held against what was made of it.

The numbers were found before any table was looked for (`Document.numbers`). Each has one owner: a loaded cell, a
doubt that names its page and text, a class proved by its place (code, heading, page number, date …), a form or a
sentence. What nobody owns is unaccounted, and a doubt says where it stands.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from ingest.document import Document, Line, PrintedNumber
from ingest.forms import RawForm
from ingest.prove.copies import Copy
from ingest.prove.ledger.digits import is_dated
from ingest.prove.ledger.lines import owners_in_lines
from ingest.prove.ledger.owners import Owned, Owner
from ingest.prove.ledger.places import InCells, places_of
from ingest.prove.ledger.read_rows import RowsAsRead
from ingest.prove.ledger.tables import TableOwners
from ingest.tables.figures_in_lines import FiguresInLines
from ingest.tables.recognise import Recognition
from ingest.tables.sections import Section
from ingest.tables.shapes.readrows import ReadTable
from warehouse.kinds.characters import squeeze
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import Amount, Counts, Doubt

WATERMARK = 2.5  # times the usual height of a number
LONGEST_PRINTED = 200  # characters of a doubt


@dataclass(frozen=True, slots=True)
class Account:
    """`owned`: every number of the document with its owner; `doubts`: what only this account says."""

    counts: Counts
    doubts: tuple[Doubt, ...]
    owned: tuple[Owned, ...]

    @property
    def unaccounted(self) -> list[PrintedNumber]:
        return [number for one in self.owned if one.owner is Owner.NOBODY for number in one.numbers]


def account_of(
    document: Document,
    sections: Sequence[Section],
    recognition: Recognition,
    tables: Mapping[str, tuple[StandardTable, ReadTable]],
    amounts: Sequence[Amount],
    doubts: Sequence[Doubt],
    forms: Iterable[RawForm],
    figures: Iterable[FiguresInLines],
    copies: Iterable[Copy] = (),
) -> Account:
    """Who owns each number of a document that was read. What `copies` print was held against what was loaded."""
    places = places_of(document)
    in_forms = _places_in(forms)
    in_tables = TableOwners(sections, recognition, RowsAsRead(tables, amounts, doubts), doubts, in_forms)
    in_copies, cells = _apart(places.cells, list(copies))
    owned = (
        *in_tables.owners(cells),
        *(one for copy, found in in_copies for one in _owners_in_copy(copy, found)),
        *owners_in_lines(places.lines, figures, in_forms),
        *_owners_of_lost(places.lost, document.numbers),
    )
    return Account(_counts(owned), (*in_tables.doubts, *_unaccounted(owned)), owned)


def _apart(cells: Iterable[InCells], copies: Sequence[Copy]) -> tuple[list[tuple[Copy, list[InCells]]], list[InCells]]:
    """The cells of each copy, and all others."""
    of_row = {
        row.place: number
        for number, copy in enumerate(copies)
        for section in copy.sections
        for row in section.table.rows
    }
    of_copy: list[list[InCells]] = [[] for _ in copies]
    others: list[InCells] = []
    for found in cells:
        number = of_row.get(found.row.place)
        (others if number is None else of_copy[number]).append(found)
    return list(zip(copies, of_copy, strict=True)), others


def _owners_in_copy(copy: Copy, cells: Sequence[InCells]) -> Iterator[Owned]:
    """What was read of a copy was compared, and is no number of its own; what was not read of it is nobody's."""
    read = RowsAsRead(copy.tables, copy.amounts, ())
    doubts = [doubt for _, table in copy.tables.values() for doubt in table.doubts]
    owners = TableOwners(copy.sections, copy.recognition, read, doubts, frozenset())
    for one in owners.owners(cells):
        yield one if one.owner is Owner.NOBODY else one._replace(owner=Owner.CLASS)


def _owners_of_lost(lost: Sequence[PrintedNumber], numbers: Sequence[PrintedNumber]) -> Iterator[Owned]:
    """What no block holds is nobody's, unless it is a watermark or says itself that it is no amount."""
    tallest = WATERMARK * median(number.bottom - number.top for number in numbers) if lost else 0.0
    for number in lost:
        is_ours = is_dated(number) or (number.place.page is not None and number.bottom - number.top > tallest)
        yield Owned(Owner.CLASS if is_ours else Owner.NOBODY, (number,))


def _places_in(forms: Iterable[RawForm]) -> frozenset[Place]:
    return frozenset(row.source.place for form in forms for row in form.rows if row.source)


def _counts(owned: Iterable[Owned]) -> Counts:
    counted: Counter[Owner] = Counter()
    for one in owned:
        counted[one.owner] += one.amounts
    loaded, doubtful, nobody = counted[Owner.LOADED], counted[Owner.DOUBTFUL], counted[Owner.NOBODY]
    return Counts(
        amounts_printed=loaded + doubtful + nobody,
        amounts_loaded=loaded,
        amounts_doubtful=doubtful,
        amounts_unaccounted=nobody,
        form_numbers=counted[Owner.FORM],
        narrative_numbers=counted[Owner.NARRATIVE],
    )


def _unaccounted(owned: Iterable[Owned]) -> Iterator[Doubt]:
    """One doubt for each run of rows or lines on a page, with the words printed there."""
    lost = sorted((one for one in owned if one.owner is Owner.NOBODY), key=_height)
    for _, group in groupby(lost, key=lambda one: one.numbers[0].place.page_of_file):
        rows = list(group)
        printed = dict.fromkeys(map(_printed, rows))
        count = sum(one.amounts for one in rows)
        yield Doubt(
            DoubtKind.NUMBER_UNACCOUNTED,
            f"所印{count}个数字不属任何已读的表,未入库",
            printed="；".join(printed)[:LONGEST_PRINTED],
            place=rows[0].numbers[0].place,
        )


def _height(one: Owned) -> tuple[int, int, int, float]:
    first = one.numbers[0]
    return *first.place.order[:3], first.top


def _printed(one: Owned) -> str:
    if one.block is None:
        return " ".join(number.text for number in one.numbers)
    if isinstance(one.block, Line):
        return squeeze(one.block.text)
    return " ".join(text for text in map(squeeze, one.block.texts()) if text)

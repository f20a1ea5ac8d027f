"""The rows that were read of the standard tables, and what became of each of their cells."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.document import Cell, RawRow
from ingest.prove.ledger.digits import digits_of, runs_in
from ingest.prove.ledger.owners import Owner
from ingest.prove.ledger.places import InCells
from ingest.tables.shapes.readrows import ReadCell, ReadRow, ReadTable
from ingest.values.amounts import ADDED
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import Amount, Doubt, Presence, Status


@dataclass(slots=True, eq=False)
class Entry:
    """One amount cell of a row that was read."""

    digits: str
    owner: Owner | None  # None: the cell was read as holding no number
    is_taken: bool = False


@dataclass(slots=True)
class RowAsRead:
    """What was read of one printed row: its amount cells, its codes and the numbers in its names."""

    entries: list[Entry] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)

    def prints(self, digits: str) -> bool:
        """Whether an amount with these digits was read in this row."""
        return any(entry.digits == digits and entry.owner is Owner.LOADED for entry in self.entries)


class RowsAsRead:
    """Looks up what was read of a row, by the cells themselves or by the row's place."""

    def __init__(
        self, tables: Mapping[str, tuple[StandardTable, ReadTable]], amounts: Iterable[Amount], doubts: Iterable[Doubt]
    ) -> None:
        self._amounts = {(one.table_code, one.row_key, one.measure): one for one in amounts}
        self._repeated = {
            (one.table_code, one.row_key, one.measure, one.printed)
            for one in doubts
            if one.what == DoubtKind.ROW_REPEATED
        }
        self._cells: dict[int, Entry] = {}
        self._rows: dict[Place, RowAsRead] = defaultdict(RowAsRead)
        for code, (_, table) in tables.items():
            for row in (*table.rows, *table.addends):
                self._add(code, row)

    def of(self, row: RawRow) -> RowAsRead | None:
        return self._rows.get(row.place)

    def entries_of(self, found: InCells) -> Sequence[Entry] | None:
        """The cells that were read from these printed cells, all of them or none; a code of the row may stand beside
        an amount."""
        cells = [cell for column in found.columns if (cell := found.row.cells[column]) and digits_of(cell.text)]
        amounts = [cell for cell in cells if id(cell) in self._cells or not self._is_code(found.row, cell)]
        known = [(self._cells.get(id(cell)), cell) for cell in amounts]
        free = [(entry, cell) for entry, cell in known if entry and not entry.is_taken]
        if not known or len(free) < len(known):
            return None
        agree = all(entry.digits == digits_of(cell.text) for entry, cell in free)
        return [entry for entry, _ in free] if agree else None

    def _is_code(self, row: RawRow, cell: Cell) -> bool:
        read = self.of(row)
        return read is not None and cell.text.isdigit() and cell.text in read.words

    def _add(self, code: str, row: ReadRow) -> None:
        read = self._rows[row.row.place]
        if row.key_row:
            self._rows[row.key_row.place].words.update([digits_of(row.code)])
        read.words.update(
            [digits_of(row.code), *runs_in(row.label), *runs_in(row.code), *runs_in(row.key_repair or "")]
        )
        for cell in row.cells:
            digits = digits_of(cell.printed)
            if digits:
                entry = Entry(digits, self._owner(code, row.key, cell))
                read.entries.append(entry)
                if cell.column < len(row.row.cells):
                    self._cells[id(row.row.cells[cell.column])] = entry

    def _owner(self, code: str, row_key: str, cell: ReadCell) -> Owner | None:
        amount = self._amounts.get((code, row_key, cell.measure))
        if amount is None or cell.reading.presence is not Presence.NUMBER:
            return None
        if cell.printed not in (amount.printed, *amount.printed.split(ADDED)):
            is_doubted = (code, row_key, cell.measure, cell.printed) in self._repeated
            return Owner.DOUBTFUL if is_doubted else None
        return Owner.DOUBTFUL if amount.value is None or amount.status is Status.DOUBTFUL else Owner.LOADED


def by_digits(read: RowAsRead, digits: str) -> list[Entry]:
    """Cells of a row, not yet taken, that follow each other and together print these digits: taken apart or moved."""
    free = [entry for entry in read.entries if not entry.is_taken]
    for first in range(len(free)):
        joined = ""
        for end in range(first, len(free)):
            joined += free[end].digits
            if joined == digits:
                return free[first : end + 1]
            if not digits.startswith(joined):
                break
    return []


def taken(entries: Sequence[Entry]) -> Iterator[Owner]:
    """Marks entries as owning a number, each once."""
    for entry in entries:
        entry.is_taken = True
        yield entry.owner or Owner.NOBODY

"""Where the reader's view of a document holds each printed number: in a cell, in a line, or nowhere."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple, TypeVar

from ingest.document import Block, Document, GridKind, Line, PrintedNumber, RawRow, RawTable
from ingest.prove.ledger.digits import digits_in, digits_of, runs_in, take
from warehouse.records.places import Place

Numbers = list[PrintedNumber]
PageOfFile = tuple[int, int | None]
Key = TypeVar("Key")
PLACE, CELL, LEFT = attrgetter("place"), attrgetter("cell"), attrgetter("x0")


class InCells(NamedTuple):
    """Numbers of one cell of a row, or of neighbouring cells whose numbers touch each other on the page."""

    row: RawRow
    columns: tuple[int, ...]
    numbers: tuple[PrintedNumber, ...]


class InLine(NamedTuple):
    line: Line
    numbers: tuple[PrintedNumber, ...]


@dataclass(slots=True)
class Places:
    """`lost`: numbers that are printed and that no block holds, or holds with other digits."""

    cells: list[InCells] = field(default_factory=list)
    lines: list[InLine] = field(default_factory=list)
    lost: Numbers = field(default_factory=list)


def places_of(document: Document) -> Places:
    places = Places()
    _by_line(document, places)
    _by_page(document, places)
    return places


def _by_line(document: Document, places: Places) -> None:
    """In a text every number says its line."""
    in_lines = [number for number in document.numbers if number.place.line_no is not None]
    if not in_lines:
        return
    held: dict[Place, Line | RawRow] = {}
    for block in document.blocks:
        held.update((row.place, row) for row in ([block] if isinstance(block, Line) else block.rows))
    for place, numbers in _grouped(in_lines, PLACE).items():
        there = held.get(place)
        if isinstance(there, Line):
            _put_into_line(there, numbers, places)
        elif there is not None:
            _put_into_row(there, _in_order(there, _grouped(numbers, CELL)), places)
        else:
            places.lost += numbers


def _in_order(row: RawRow, printed: Mapping[int, Numbers]) -> dict[int, Numbers]:
    """Printed cells → the columns of the row that say the same; as they stand, or each at the next that does."""
    if all(digits_in(numbers) == digits_of(row.text(column)) for column, numbers in printed.items()):
        return dict(printed)
    found: dict[int, Numbers] = {}
    free = 0
    for column, numbers in sorted(printed.items()):
        digits = digits_in(numbers)
        place = next((n for n in range(free, len(row.cells)) if digits_of(row.text(n)) == digits), None)
        if place is not None:
            found[place], free = numbers, place + 1
        else:
            found.setdefault(max(column, len(row.cells)), []).extend(numbers)
    missed = sum(column >= len(row.cells) for column in found)
    as_they_stand = sum(digits_in(numbers) != digits_of(row.text(column)) for column, numbers in printed.items())
    return found if missed < as_they_stand else dict(printed)


def _by_page(document: Document, places: Places) -> None:
    blocks: dict[PageOfFile, list[Block]] = defaultdict(list)
    for block in document.blocks:
        blocks[block.place.page_of_file].append(block)
    on_pages = (number for number in document.numbers if number.place.line_no is None)
    for place, numbers in _grouped(on_pages, PLACE).items():
        page = place.page_of_file
        raw = [block for block in blocks[page] if isinstance(block, RawTable)]
        tables = [_Frame(table) for table in raw if table.kind is not GridKind.LISTED]
        listed = [row for table in raw if table.kind is GridKind.LISTED for row in table.rows]
        lines = [block for block in blocks[page] if isinstance(block, Line)]
        _on_page(numbers, tables, [*lines, *listed], places)


def _on_page(numbers: Numbers, tables: list["_Frame"], lines: list[Line | RawRow], places: Places) -> None:
    rows: dict[int, tuple[RawRow, dict[int, Numbers]]] = {}
    outside: dict[int, Numbers] = defaultdict(list)
    for number in numbers:
        x, y = (number.x0 + number.x1) / 2, (number.top + number.bottom) / 2
        found = next((cell for table in tables if (cell := table.cell_at(x, y))), None)
        if found:
            row, column = found
            rows.setdefault(id(row), (row, {}))[1].setdefault(column, []).append(number)
        else:
            near = [n for n, line in enumerate(lines) if (line.top or 0) <= y <= (line.bottom or 0)]
            outside[_holding(number, near, lines)].append(number)
    for row, printed in rows.values():
        _put_into_row(row, printed, places)
    for n, held in outside.items():
        if n < 0:
            places.lost += held
        elif isinstance(there := lines[n], Line):
            _put_into_line(there, held, places)
        else:
            _put_into_row(there, {0: sorted(held, key=LEFT)}, places)


def _holding(number: PrintedNumber, near: list[int], lines: list[Line | RawRow]) -> int:
    """The line at this height in which the number occurs, else the first, else -1."""
    if len(near) < 2:
        return near[0] if near else -1
    digits = digits_of(number.text)
    return next((n for n in near if digits in runs_in(_text(lines[n]))), near[0])


def _text(line: Line | RawRow) -> str:
    return line.text if isinstance(line, Line) else "".join(line.texts())


class _Frame:
    """A table on its page: which cell covers a point."""

    def __init__(self, table: RawTable) -> None:
        self.rows = table.rows
        self.tops = [row.top or 0.0 for row in table.rows]
        self.bottom = max((row.bottom or 0.0) for row in table.rows)
        self.covering: list[list[tuple[float, float, int, int]]] = [[] for _ in table.rows]
        for nth, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                if cell:
                    for below in range(nth, min(nth + cell.rowspan, len(table.rows))):
                        self.covering[below].append((cell.x0, cell.x1, nth, column))

    def cell_at(self, x: float, y: float) -> tuple[RawRow, int] | None:
        nth = bisect_right(self.tops, y) - 1
        if nth < 0 or y >= self.bottom:
            return None
        for x0, x1, row, column in self.covering[nth]:
            if x0 <= x < x1:
                return self.rows[row], column
        return None


def _put_into_row(row: RawRow, printed: Mapping[int, Numbers], places: Places) -> None:
    """Cells whose digits agree; what is left of a row as one, for numbers that touch; else number by number."""
    open_columns: list[int] = []
    for column in sorted(printed):
        if _agree(printed[column], row.text(column)):
            places.cells.append(InCells(row, (column,), tuple(printed[column])))
        else:
            open_columns.append(column)
    if not open_columns:
        return
    unseen = [n for n, text in enumerate(row.texts()) if n not in printed and digits_of(text)]
    columns = sorted([*open_columns, *unseen])
    numbers = [number for column in open_columns for number in printed[column]]
    if runs := _runs(row, columns, numbers):
        places.cells += runs
        return
    if _agree(numbers, "".join(row.text(column) for column in columns)):
        places.cells.append(InCells(row, tuple(columns), tuple(numbers)))
        return
    for column in open_columns:
        pool = Counter(runs_in(row.text(column)))
        for number in printed[column]:
            if take(number, pool):
                places.cells.append(InCells(row, (column,), (number,)))
            else:
                places.lost.append(number)


def _runs(row: RawRow, columns: Sequence[int], numbers: Numbers) -> list[InCells]:
    """The fewest cells and numbers that have the same digits, one after the other: `405, 50` is two numbers in one
    cell, `0.000.00` one number in two. Empty where the digits differ."""
    runs: list[InCells] = []
    held, printed = "", ""
    cells: list[int] = []
    waiting = list(reversed(numbers))
    own: Numbers = []
    for column in columns:
        cells.append(column)
        held += digits_of(row.text(column))
        while waiting and len(printed) < len(held):
            own.append(waiting.pop())
            printed += digits_of(own[-1].text)
        if held == printed:
            runs.append(InCells(row, tuple(cells), tuple(own)))
            held, printed, cells, own = "", "", [], []
        elif not printed.startswith(held):
            return []
    return [] if waiting or cells else [run for run in runs if run.numbers]


def _agree(numbers: Numbers, text: str) -> bool:
    """The same digits; of several numbers in one cell the order in which they were drawn says nothing."""
    printed, held = digits_in(numbers), digits_of(text)
    return printed == held or (len(numbers) > 1 and sorted(printed) == sorted(held))


def _put_into_line(line: Line, numbers: Numbers, places: Places) -> None:
    if _agree(numbers, line.text):
        places.lines.append(InLine(line, tuple(numbers)))
        return
    pool = Counter(runs_in(line.text))
    held = [number for number in numbers if take(number, pool)]
    if held:
        places.lines.append(InLine(line, tuple(held)))
    kept = set(map(id, held))
    places.lost += [number for number in numbers if id(number) not in kept]


def _grouped(numbers: Iterable[PrintedNumber], by: Callable[[PrintedNumber], Key]) -> dict[Key, Numbers]:
    groups: dict[Key, Numbers] = {}
    for number in numbers:
        groups.setdefault(by(number), []).append(number)
    return groups


def flat(groups: Iterable[InCells | InLine]) -> Iterator[PrintedNumber]:
    return (number for group in groups for number in group.numbers)

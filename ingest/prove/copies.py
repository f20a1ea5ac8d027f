"""Two forms of the same tables in the files of one disclosure: a PDF and a workbook, Word tables and a page.

They are never added. Of each table the form is taken that is read whole and without a doubt, a workbook before Word and
a page, these before a PDF, and whatever is printed as text before a picture. Every cell of the others is held against
it: equal ones are of no account, a difference is a doubt that shows both.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.document import GridKind, RawRow
from ingest.prove.amounts import settle
from ingest.prove.codes import repair_codes
from ingest.tables.read import read_tables
from ingest.tables.recognise import Recognition, TableMatch, recognise
from ingest.tables.sections import Section
from ingest.tables.shapes.readrows import ReadTable
from ingest.tables.units import units_of
from ingest.values.amounts import UNITS
from warehouse.kinds.characters import squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Amount, Doubt, Presence

ALIKE = 2  # of a copy at least every second amount is the same; else it is another table under the same name
_GRIDS = (GridKind.SPREADSHEET, GridKind.RULED, GridKind.CONVERTED, GridKind.LISTED, GridKind.RECOGNISED)
Cell = tuple[str, str, str]  # table, row, measure
Tables = dict[str, tuple[StandardTable, ReadTable]]


@dataclass(frozen=True, slots=True)
class Copy:
    """The tables of one file that another file of the disclosure has as well, and that are not taken from this one."""

    file_no: int
    recognition: Recognition
    tables: Tables
    amounts: tuple[Amount, ...]

    @property
    def sections(self) -> list[Section]:
        return [section for match in self.recognition.matches.values() for section in _sections(match)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """`sections` without those of copies."""

    sections: list[Section]
    copies: tuple[Copy, ...] = ()


def without_copies(sections: Sequence[Section], kind: DocumentKind) -> Chosen:
    """Of each standard table that several files hold, the form that is taken; the others are copies."""
    files = _by_file(sections)
    if len(files) < 2:
        return Chosen(list(sections))
    read = {file_no: _read(file_no, own, kind) for file_no, own in files.items()}
    left_out: dict[int, list[str]] = defaultdict(list)
    for code in dict.fromkeys(code for one in read.values() for code in one.tables):
        holding = [one for one in read.values() if code in one.tables]
        taken = min(holding, key=lambda one: _order(one, code))
        for one in holding:
            if one is not taken and _is_copy(code, one, taken):
                left_out[one.file_no].append(code)
    copies = tuple(_only(read[file_no], codes) for file_no, codes in left_out.items())
    out = {id(section.table) for copy in copies for section in copy.sections}
    return Chosen([section for section in sections if id(section.table) not in out], copies)


def _by_file(sections: Iterable[Section]) -> dict[int, list[Section]]:
    files: dict[int, list[Section]] = defaultdict(list)
    for section in sections:
        files[section.place.file_no].append(section)
    return files


def _read(file_no: int, sections: Sequence[Section], kind: DocumentKind) -> Copy:
    """All standard tables of one file."""
    recognition = recognise(sections, kind)
    tables = read_tables(recognition.matches)
    repair_codes(tables)
    units, _ = units_of(kind, {code: recognition.matches[code] for code in tables})
    amounts, _ = settle(kind, tables, units)
    return Copy(file_no, recognition, tables, tuple(amounts))


def _only(read: Copy, codes: Sequence[str]) -> Copy:
    matches = {code: read.recognition.matches[code] for code in codes}
    tables = {code: read.tables[code] for code in codes}
    amounts = tuple(one for one in read.amounts if one.table_code in codes)
    return Copy(read.file_no, Recognition(read.recognition.kind, matches, []), tables, amounts)


def _order(read: Copy, code: str) -> tuple[bool, bool, int, bool, int]:
    """The form that is taken comes first: no picture, whole and not doubted, the most exact kind of file."""
    match, (_, table) = read.recognition.matches[code], read.tables[code]
    grid = max(_GRIDS.index(section.table.kind) for section in match.parts_sections)
    doubted = not table.is_whole or bool(table.doubts) or any(_is_doubted(one) for one in _of(code, read.amounts))
    has_values = any(cell and cell.value is not None for row in _rows(match) for cell in row.cells)
    return _GRIDS[grid] is GridKind.RECOGNISED, doubted, grid, not has_values, read.file_no


def _is_doubted(amount: Amount) -> bool:
    return amount.value is None and amount.presence is Presence.NUMBER


def _rows(match: TableMatch) -> Iterator[RawRow]:
    return (row for section in match.parts_sections for row in section.table.rows)


def _sections(match: TableMatch) -> list[Section]:
    return [*match.parts_sections, *match.refused, *match.repeated]


def _of(code: str, amounts: Iterable[Amount]) -> Iterator[Amount]:
    return (amount for amount in amounts if amount.table_code == code)


def _is_copy(code: str, one: Copy, taken: Copy) -> bool:
    """Most of what both print is the same, or neither prints a figure."""
    own = {_cell(amount): amount for amount in _of(code, one.amounts) if amount.value}
    other = {_cell(amount): amount for amount in _of(code, taken.amounts) if amount.value}
    same = sum(_is_same(own[cell], other[cell]) for cell in own.keys() & other.keys())
    return ALIKE * same >= len(own.keys() & other.keys()) > 0 or not (own or other)


def _cell(amount: Amount) -> Cell:
    return amount.table_code, amount.row_key, amount.measure


def differences(copies: Iterable[Copy], amounts: Iterable[Amount], names: Mapping[int, str]) -> Iterator[Doubt]:
    """What copies print otherwise than the amounts that were taken. `names`: file_no → name of the file."""
    taken = {_cell(amount): amount for amount in amounts}
    for copy in copies:
        marks: dict[str, list[tuple[Amount, Amount]]] = defaultdict(list)
        for amount in copy.amounts:
            other = taken.get(_cell(amount))
            if other is None:
                yield from _only_in_copy(amount, names)
            elif amount.value is not None and other.value is not None and not _is_same(amount, other):
                yield _differs(amount, other, names)
            elif amount.presence is not other.presence:
                marks[amount.table_code].append((amount, other))
        yield from (_marks_differ(pairs, names) for pairs in marks.values())
        yield from _not_in_copy(copy, taken.values(), names)


def _is_same(one: Amount, other: Amount) -> bool:
    """Equal as far as both are printed: one may be in 元, the other rounded to 万元."""
    if one.value is None or other.value is None:
        return one.value == other.value
    return abs(one.value - other.value) <= max(map(_rounding, (one, other)))


def _rounding(amount: Amount) -> Decimal:
    """How far rounding can have moved it, in the unit of its value; nothing where both print as many decimals."""
    decimals = len(squeeze(amount.printed).partition(".")[2])
    return UNITS.get(amount.printed_unit, Decimal(1)) * Decimal(10) ** -decimals / 2


def _differs(amount: Amount, taken: Amount, names: Mapping[int, str]) -> Doubt:
    reason = f"{_where(amount, names)}作“{amount.printed}”,{_where(taken, names)}作“{taken.printed}”,取后者"
    return _doubt(amount, reason, taken.printed)


def _only_in_copy(amount: Amount, names: Mapping[int, str]) -> Iterator[Doubt]:
    if amount.value:
        yield _doubt(amount, f"{_where(amount, names)}作“{amount.printed}”,所取的表没有此行或此栏,未入库", None)


def _marks_differ(pairs: Sequence[tuple[Amount, Amount]], names: Mapping[int, str]) -> Doubt:
    amount, taken = pairs[0]
    shown = (amount.printed or "空白", taken.printed or "空白")
    reason = (
        f"{len(pairs)}格的0、横线与空白在两个文件中不同,如{_where(amount, names)}作“{shown[0]}”,"
        f"{_where(taken, names)}作“{shown[1]}”,取后者"
    )
    return _doubt(amount, reason, taken.printed)


def _not_in_copy(copy: Copy, taken: Iterable[Amount], names: Mapping[int, str]) -> Iterator[Doubt]:
    """Amounts of a table that is whole in both files, of rows or columns that the copy does not print."""
    printed = {_cell(amount) for amount in copy.amounts}
    for code, (_, table) in copy.tables.items():
        missing = [one for one in _of(code, taken) if one.value and _cell(one) not in printed]
        if missing and table.is_whole:
            first = missing[0]
            reason = f"{_where(first, names)}等{len(missing)}个数在“{names[copy.file_no]}”的同一表中没有"
            yield _doubt(first, reason, first.printed)


def _where(amount: Amount, names: Mapping[int, str]) -> str:
    place = amount.place
    at = place.cell or (f"第{place.page}页" if place.page else f"第{place.line_no}行" if place.line_no else "")
    sheet = f"{place.sheet} " if place.sheet else ""
    return f"“{names[place.file_no]}”{sheet}{at}"


def _doubt(amount: Amount, reason: str, taken_as: str | None) -> Doubt:
    return Doubt(
        DoubtKind.COPY_DIFFERS,
        reason,
        amount.table_code,
        amount.row_key,
        amount.measure,
        printed=amount.printed,
        taken_as=taken_as,
        place=amount.place,
        row_no=amount.row_no,
        column_no=amount.column_no,
    )

"""What every shape parser hands on: rows with a key, their cells as printed, and what stayed unclear."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from ingest.document import Cell, RawRow, RawTable
from ingest.tables.sections import is_note
from ingest.tables.shapes.alignment import MISALIGNED
from ingest.values import codes
from ingest.values.amounts import PLACE, Candidate, Reading, has_digit, plain_amount, read_amount
from ingest.values.cell_words import stands_for_amount
from warehouse.kinds.characters import as_printed, comparable, name_of, squeeze, without_marks
from warehouse.kinds.tables import PERCENT
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, Presence

_WORDS = table_words()
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
UNPLACED = "行内各格与表头对不上,所印数字不作数"
_MARK_WITHIN = re.compile(r"\d[^\d=+()-]\d")
_NO_DECIMALS = re.compile(r"\.0+$")
_PLAIN_AMOUNT = re.compile(r"-?[\d,]+\.\d+")
NO_MEASURE = "不属本表的标准栏目,所印数字未入库"


class Layout(Protocol):
    """Which columns of a part hold what; every shape has a class of its own."""

    evidence: str  # in words, why the columns are taken so
    width: int  # columns of the raw table

    @property
    def holds(self) -> tuple[str, ...]:
        """The measures in the order of their columns: two parts of one table hold the same."""

    @property
    def keys(self) -> frozenset[int]:
        """The columns of codes, names and line numbers."""

    @property
    def left_out(self) -> frozenset[int]:
        """The columns that the form may have and that hold no measure of ours."""

    @property
    def repeating(self) -> frozenset[int]:
        """The columns that print the amount of their row once more: 合计 | 人员经费 | 公用经费."""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One amount cell of a row as its shape parser found it."""

    measure: str
    printed: str
    reading: Reading
    column: int  # from 0, in the raw table
    is_placed: bool = True  # False: the row does not fit its header, and a doubt about the row says so

    def moved(self, how: str) -> "ReadCell":
        """The cell taken from a place that the heading does not name: its value must be proved, and in a
        row that fits in no way there is none."""
        if how == MISALIGNED:
            return self.unplaced()
        if self.reading.value is None:
            return self
        only = (Candidate(self.reading.value, how, changes=frozenset({PLACE})),)
        return replace(self, reading=Reading(Presence.NUMBER, None, only))

    def unplaced(self) -> "ReadCell":
        """The cell of a row in which nothing says what stands where: what is blank here may be printed elsewhere."""
        return replace(self, reading=Reading(Presence.NUMBER), is_placed=False)


@dataclass(frozen=True, slots=True)
class KeyParts:
    """What tells a row where that is more than one code, as printed.

    `units` are the unit of the row and those above it, the widest first; `unit_code` is its code. `is_unit`: the row is
    that of the unit itself. `codes` have all their digits, in the order of their columns.
    """

    units: tuple[str, ...] = ()
    unit_code: str = ""
    is_unit: bool = False
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRow:
    """`code` is as printed (damaged or not); `key` is what identifies the row unless the code is repaired."""

    key: str
    label: str
    code: str
    cells: tuple[ReadCell, ...]
    row: RawRow
    unit: str | None = None  # where the row says its own, e.g. 辆
    key_repair: str | None = None
    key_row: RawRow | None = None  # where its code is printed, if that is another row
    parts: KeyParts = KeyParts()  # where its key has several
    project_code: str | None = None


@dataclass(slots=True)
class ReadTable:
    """All rows of one standard table, from all its raw parts."""

    rows: list[ReadRow] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    is_whole: bool = True
    unread_rows: list[str] = field(default_factory=list)  # printed text of rows with amounts and without a key
    unread_columns: list[str] = field(default_factory=list)  # headings of columns that hold what a measure says
    addends: list[ReadRow] = field(default_factory=list)  # printed rows of which a row of `rows` is the sum
    # Of the last row, for a part that goes on below it: the names on its levels, (code, name) of the units above it.
    names_above: list[str] = field(default_factory=list)
    units_above: list[tuple[str, str]] = field(default_factory=list)

    def misaligned(self, table_code: str, row: RawRow) -> None:
        self.unclear(
            Doubt(
                DoubtKind.ROW_MISALIGNED,
                UNPLACED,
                table_code,
                printed=printed_row(row),
                place=row.place,
            )
        )

    def short(self, table_code: str, row: RawRow) -> None:
        reason = "此行比表头少格,除首个金额外各数属于哪一栏无从确定,不作数"
        self.unclear(
            Doubt(
                DoubtKind.ROW_MISALIGNED,
                reason,
                table_code,
                printed=printed_row(row),
                place=row.place,
            )
        )

    def unclear(self, doubt: Doubt) -> None:
        self.doubts.append(doubt)
        self.is_whole = False

    def leave_out(self, table_code: str, columns: Sequence[int], rows: Sequence[RawRow], why: str = NO_MEASURE) -> None:
        """Columns that hold amounts and no measure of ours: one doubt for the table, with what they print."""
        if columns and not any(doubt.what == DoubtKind.COLUMN_LEFT_OUT for doubt in self.doubts):
            numbers = "、".join(str(column + 1) for column in columns)
            texts = [row.text(column) for row in rows for column in columns]
            printed = as_printed(" ".join(text for text in texts if text.strip()))[:200]
            first, reason = rows[0], f"第{numbers}列{why}"
            self.doubts.append(
                Doubt(
                    DoubtKind.COLUMN_LEFT_OUT,
                    reason,
                    table_code,
                    printed=printed,
                    place=first.place,
                )
            )

    def unread(self, doubt: Doubt) -> None:
        """A row whose amounts no key owns; `printed` of the doubt is its text."""
        self.unclear(doubt)
        self.unread_rows.append(doubt.printed or "")


def is_cut_between(before: RawRow, row: RawRow) -> bool:
    """Whether two rows that follow one another stand on two pages, or in two parts of a page of placed texts."""
    one, other = before.place, row.place
    return one.page_of_file != other.page_of_file or one.sheet != other.sheet


def read_cell(measure: str, row: RawRow, column: int, unit: str | None = None) -> ReadCell:
    """`unit`: what the column says that its numbers are, where they are no money; its sign may stand behind them."""
    text = row.text(column)
    number = text.strip().removesuffix(PERCENT).removesuffix("％") if unit == PERCENT else text
    return ReadCell(measure, without_marks(text), read_amount(number), column)


def is_total(label: str) -> bool:
    return comparable(label) in _WORDS.totals


@lru_cache(maxsize=8192)  # 18 calls per text, and costly
def looks_like_amount(text: str) -> bool:
    """A number, or a damaged one that is still mostly digits, or one with a note or its unit beside it."""
    if not has_digit(text):
        return False
    if plain_amount(text) is not None:
        return True
    bare = squeeze(text)
    is_mostly_digits = 2 * sum(map(str.isdigit, bare)) >= len(bare)
    return bool(read_amount(text).candidates) if is_mostly_digits else _has_note(text)


@lru_cache(maxsize=8192)  # 24 calls per text
def is_wording(text: str) -> bool:
    """Words where an amount is expected, other than those that stand beside a number or in its place."""
    return has_words(text) and not stands_for_amount(squeeze(text)) and not _has_note(text)


def _has_note(text: str) -> bool:
    """10.00(含追加), 700.00万元, 负5.00. In 0.00二、外交支出 the words are the name of the next item."""
    found = _WORDS.number_with_note.fullmatch(squeeze(text))
    candidates = read_amount(text).candidates if found else ()
    return found is not None and bool(candidates) and (bool(candidates[0].unit) or found["decimals"] is not None)


def has_words(text: str) -> bool:
    return not text.isascii() and bool(_IDEOGRAPH.search(text))


def code_at(row: RawRow, column: int) -> str:
    """What a column of codes holds, squeezed: 208 of 208.0. A sheet that shows 2,080,501 or 208.00 stores the code."""
    cell = row.cells[column] if column < len(row.cells) else None
    return _stored_code(cell) if cell and cell.value is not None else codes.without_point(squeeze(row.text(column)))


def _stored_code(cell: Cell) -> str:
    """Its number where it is whole and the same as the one that is shown, which thousands and decimals only clothe."""
    shown = squeeze(cell.text)
    bare = _NO_DECIMALS.sub("", shown.replace(",", ""))
    is_whole = isinstance(cell.value, Decimal) and bare == f"{cell.value.normalize():f}"
    return bare if is_whole else codes.without_point(shown)


def label_of(texts: Iterable[str]) -> str:
    return "".join(name_of(text) for text in texts)


def printed_row(row: RawRow) -> str:
    return as_printed(" ".join(text for text in row.texts() if text.strip()))


def body_rows(table_code: str, table: RawTable, header_rows: int, into: ReadTable) -> list[RawRow]:
    """The rows below the header. A row with amounts that counts as header is a doubt."""
    for row in table.rows[:header_rows]:
        amounts = [text for text in row.texts() if any(map(is_plain_amount, text.splitlines()))]
        if len(amounts) > 1:
            printed = printed_row(row)
            doubt = Doubt(
                DoubtKind.ROW_ABOVE_BODY,
                "表头之内有数的行,未入库",
                table_code,
                printed=printed,
                place=row.place,
            )
            into.unread(doubt)
    return [row for row in table.rows[header_rows:] if not _is_note_row(row)]


def is_plain_amount(text: str) -> bool:
    """12.34, or 12·34 with another mark in it; 1, 1=2+3 number the columns."""
    bare = squeeze(text)
    is_marked = bool(_MARK_WITHIN.search(bare)) and looks_like_amount(text)
    return bool(_PLAIN_AMOUNT.fullmatch(bare)) or is_marked


def _is_note_row(row: RawRow) -> bool:
    """注：… printed as the last row of the grid, over all its columns."""
    texts = [text for text in row.texts() if text.strip()]
    return len(texts) == 1 and is_note(texts[0])


def amounts_in(row: RawRow, columns: Iterable[int]) -> Iterator[str]:
    return (row.text(column) for column in columns if row.text(column).strip())

"""The visible cells of a workbook → Document: rows of a sheet are tables, or lines where they hold one text alone."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable, Remark
from ingest.readers.addresses import address, range_of_row
from ingest.readers.markup import without_tags
from ingest.readers.numbers import numbers_in_blocks
from ingest.readers.workbook.number_formats import as_kept, hides_text, shown
from ingest.readers.workbook.sheet import Range, Sheet, StoredCell
from ingest.values.amounts import has_digit
from warehouse.kinds.characters import INVISIBLE, NO_RESULT, NOT_SHOWN, STRUCK, as_printed
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place

_UNSEEN = str.maketrans("", "", INVISIBLE)
_SAYS_NEGATIVE = frozenset("-−(（△▲")
_AMOUNT = re.compile(r"\d\.\d")
_WIDEST = 64  # columns of a table, with room; a row of as many cells as the sheet has columns is not made
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)  # of the dates that are printed
_LONGEST = 100  # characters of what a remark says to be struck out
_SAID = {True: "TRUE", False: "FALSE"}


def document_of(sheets: Iterable[Sheet], format_name: str, pictures: int = 0) -> Document:
    """What the visible sheets show; remarks say what is hidden."""
    blocks: list[Block] = []
    remarks: list[Remark] = []
    for sheet in (one.with_merged_texts_shown() for one in sheets):
        remarks += _hidden(sheet)
        if not sheet.is_hidden:
            shown = _shown(sheet)
            remarks += [_struck(block) for block in shown if _is_struck(block)]
            blocks += [block for block in shown if not _is_struck(block)]
    numbered = tuple(_numbered(blocks))
    numbers = tuple(numbers_in_blocks(numbered))
    return Document(format_name, numbered, numbers=numbers, remarks=tuple(remarks), pictures=pictures)


def _shown(sheet: Sheet) -> list[Block]:
    """Its rows, and where there are amounts its name, which may be the only title or unit of its table."""
    blocks = [block for run in _Shown(sheet).runs() for block in _lines_and_table(run)]
    values = (cell.value for cell in sheet.cells.values())
    has_amounts = any(isinstance(value, Decimal) or _AMOUNT.search(str(value)) for value in values)
    return [Line(sheet.name, Place(sheet=sheet.name)), *blocks] if blocks and has_amounts else blocks


@dataclass(frozen=True)
class _Shown:
    """The visible part of a sheet, from its first cell to the last that holds a text."""

    sheet: Sheet

    @cached_property
    def _texts(self) -> dict[tuple[int, int], str]:
        visible = ((where, cell) for where, cell in self.sheet.cells.items() if self.sheet.shows(*where))
        return {where: text for where, cell in visible if (text := self._text(where, cell)).strip()}

    def _text(self, where: tuple[int, int], cell: StoredCell) -> str:
        if cell.value == 0 and isinstance(cell.value, Decimal) and not self.sheet.shows_zeros:
            return ""
        if cell.shows_date and isinstance(cell.value, Decimal):
            day = _day(cell.value, self.sheet.day_zero) if where[0] not in self._rows_without_dates else None
            return f"{day.year}年{day.month}月{day.day}日" if day else f"{NOT_SHOWN}{cell.value:f}"
        text = _text(cell)
        return STRUCK + text if cell.is_struck and has_digit(text) else text

    @cached_property
    def _rows_without_dates(self) -> frozenset[int]:
        """Rows of amounts under a format of dates, which shows a day of a year in which nothing of it happened."""
        dates = ((where, cell.value) for where, cell in self.sheet.cells.items() if cell.shows_date)
        return frozenset(
            row for (row, _), value in dates if isinstance(value, Decimal) and _day(value, self.sheet.day_zero) is None
        )

    @cached_property
    def _spans(self) -> dict[tuple[int, int], Range]:
        return {(one.top, one.left): one for one in self.sheet.merged}

    def runs(self) -> Iterator[list[RawRow]]:
        """The visible rows that hold texts, those without a blank row between them together."""
        rows = sorted(self._ends)
        for _, run in groupby(enumerate(rows), key=lambda one: self._visible_before(one[1]) - one[0]):
            yield self._run([row for _, row in run])

    def _visible_before(self, row: int) -> int:
        """How many visible rows there are down to this one."""
        return row - bisect_right(self._hidden_rows, row)

    @cached_property
    def _hidden_rows(self) -> list[int]:
        return sorted(self.sheet.hidden_rows)

    @cached_property
    def _width(self) -> int:
        return max(column for _, column in self._texts)

    @cached_property
    def _columns(self) -> list[int]:
        """The visible columns. Of a sheet that a text far out makes wide, those that hold a text somewhere."""
        visible = [n for n in range(1, self._width + 1) if n not in self.sheet.hidden_columns]
        if self._width <= _WIDEST:
            return visible
        filled = {column for _, column in self._texts}
        return [n for n in visible if n in filled]

    @cached_property
    def _left_out(self) -> set[int]:
        return self.sheet.hidden_columns | set(range(1, self._width + 1)).difference(self._columns)

    def _run(self, rows: list[int]) -> list[RawRow]:
        end = self._ends_at(rows)
        columns = [n for n in self._columns if n <= end]
        covered = {
            where
            for one in self.sheet.merged
            if one.top <= rows[-1] and one.bottom >= rows[0]
            for where in one.covered(range(rows[0], rows[-1] + 1), columns)
        }
        return [
            RawRow(
                tuple(None if (row, column) in covered else self._cell(row, column) for column in columns),
                Place(sheet=self.sheet.name, cell=range_of_row(row, self._columns[-1])),
            )
            for row in rows
        ]

    def _ends_at(self, rows: list[int]) -> int:
        """The last column that a text in these rows reaches, in a merged range too."""
        return min(self._width, max(self._ends[row] for row in rows))

    @cached_property
    def _ends(self) -> dict[int, int]:
        """The last column that a text in a row reaches, by row."""
        ends: dict[int, int] = defaultdict(int)
        for row, column in self._texts:
            span = self._spans.get((row, column))
            ends[row] = max(ends[row], span.right if span else column)
        return ends

    def _cell(self, row: int, column: int) -> Cell:
        stored, span = self.sheet.cells.get((row, column)), self._spans.get((row, column))
        return Cell(
            text=self._texts.get((row, column), ""),
            colspan=_visible(span.left, span.right, self._left_out) if span else 1,
            rowspan=_visible(span.top, span.bottom, self.sheet.hidden_rows) if span else 1,
            value=as_kept(stored.value) if stored and isinstance(stored.value, Decimal) else None,
            number_format=stored.number_format if stored else None,
            address=address(row, column),
        )


def _visible(first: int, last: int, hidden: set[int]) -> int:
    return last - first + 1 - sum(first <= n <= last for n in hidden)


def _day(number: Decimal, day_zero: date) -> date | None:
    """The day that a number shows under a format of dates; None of a year that no such document is about."""
    first, last = ((day - day_zero).days for day in (_EARLIEST, _LATEST))
    return day_zero + timedelta(days=int(number)) if first <= number <= last else None


def _text(cell: StoredCell) -> str:
    """What is shown in a cell, with a mark where the file does not tell it."""
    value = cell.value
    if value is None:
        return NO_RESULT
    if isinstance(value, bool):
        return _SAID[value]
    if isinstance(value, Decimal):
        return _number(value, cell.number_format)
    return "" if hides_text(cell.number_format) else without_tags(as_printed(value.translate(_UNSEEN)))


def _number(value: Decimal, number_format: str) -> str:
    """A format that shows a negative number by its colour alone shows another number to whoever reads text."""
    text = shown(value, number_format)
    if text is None:
        return f"{NOT_SHOWN}{value:f}"
    hides_sign = value < 0 and any(digit in text for digit in "123456789") and not _SAYS_NEGATIVE & set(text)
    return f"{NOT_SHOWN}{text}" if hides_sign else text


def _lines_and_table(rows: Sequence[RawRow]) -> Iterator[Block]:
    """Rows between blank ones: a table, and above it the texts that stand alone in their row as lines."""
    first = next((n for n, row in enumerate(rows) if _alone(row) is None), len(rows))
    yield from (Line(_alone(row) or "", row.place) for row in rows[:first])
    if first < len(rows):
        yield RawTable(_without_empty_end(rows[first:]), GridKind.SPREADSHEET)


def _is_struck(block: Block) -> bool:
    """A line of text that is struck out: a sentence that does not hold."""
    return isinstance(block, Line) and block.text.startswith(STRUCK)


def _struck(block: Block) -> Remark:
    printed = block.text.removeprefix(STRUCK) if isinstance(block, Line) else ""
    reason = f"工作表“{block.place.sheet}”中划有删除线的文字,其中的数字未读"
    return Remark(DoubtKind.TEXT_HIDDEN, reason, block.place, printed=printed[:_LONGEST])


def _alone(row: RawRow) -> str | None:
    """The text of a row that holds no other."""
    texts = [text for text in row.texts() if text.strip()]
    return " ".join(texts[0].split()) if len(texts) == 1 else None


def _without_empty_end(rows: Sequence[RawRow]) -> tuple[RawRow, ...]:
    """The rows without the columns to the right that hold no text in any of them."""
    ends = (n + cell.colspan for row in rows for n, cell in enumerate(row.cells) if cell and cell.text.strip())
    width = max(ends)
    return tuple(replace(row, cells=row.cells[:width]) for row in rows)


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the number of each row and line in their places, counted through the workbook."""
    line_no = 0
    for block in blocks:
        if isinstance(block, Line):
            line_no += 1
            yield replace(block, place=replace(block.place, line_no=line_no))
        else:
            rows = enumerate(block.rows, start=line_no + 1)
            yield replace(block, rows=tuple(replace(row, place=replace(row.place, line_no=n)) for n, row in rows))
            line_no += len(block.rows)


def _hidden(sheet: Sheet) -> Iterator[Remark]:
    """What of a sheet is not read because it is hidden."""
    if sheet.is_hidden:
        if sheet.cells:
            yield _not_read(f"工作表“{sheet.name}”是隐藏的,未读", sheet, None)
        return
    if rows := sorted({row for row, _ in sheet.cells if row in sheet.hidden_rows}):
        yield _not_read(f"工作表“{sheet.name}”有{len(rows)}个隐藏的行,未读", sheet, f"A{rows[0]}")
    if columns := sorted({column for _, column in sheet.cells if column in sheet.hidden_columns}):
        yield _not_read(f"工作表“{sheet.name}”有{len(columns)}个隐藏的列,未读", sheet, address(1, columns[0]))
    if unseen := sorted(where for where in sheet.unseen if sheet.shows(*where)):
        reason = f"工作表“{sheet.name}”有{len(unseen)}个单元格的文字与底色相同,未读"
        yield _not_read(reason, sheet, address(*unseen[0]))
    if formatted := sorted(
        where for where, cell in sheet.cells.items() if sheet.shows(*where) and _is_formatted_away(cell)
    ):
        reason = f"工作表“{sheet.name}”有{len(formatted)}个单元格的数字格式不显示所存的内容,未读"
        yield _not_read(reason, sheet, address(*formatted[0]))


def _is_formatted_away(cell: StoredCell) -> bool:
    """Whether a number format shows nothing of a number, other than 0, or of a text."""
    if isinstance(cell.value, Decimal):
        return bool(cell.value) and not cell.shows_date and shown(cell.value, cell.number_format) == ""
    return isinstance(cell.value, str) and bool(cell.value.strip()) and hides_text(cell.number_format)


def _not_read(reason: str, sheet: Sheet, cell: str | None) -> Remark:
    return Remark(DoubtKind.TEXT_HIDDEN, reason, Place(sheet=sheet.name, cell=cell))

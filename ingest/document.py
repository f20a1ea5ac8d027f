"""A document as its reader hands it on: lines and raw tables in reading order, nothing interpreted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from warehouse.records.doubts import DoubtKind


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a raw table. `text` keeps its line breaks; spans are 1 where they are unknown."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    x0: float = 0.0
    x1: float = 0.0


@dataclass(frozen=True, slots=True)
class RawRow:
    """One printed row. None stands where a merged cell of the same table covers the place.

    `top` and `bottom` are points from the top of the page, None for text.
    """

    cells: tuple[Cell | None, ...]
    page: int | None = None
    line_no: int | None = None
    top: float | None = None
    bottom: float | None = None

    def text(self, column: int) -> str:
        cell = self.cells[column] if column < len(self.cells) else None
        return cell.text if cell else ""

    def texts(self) -> list[str]:
        return [cell.text if cell else "" for cell in self.cells]


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    rows: tuple[RawRow, ...]
    has_spans: bool  # True: None means covered. False: an empty cell may be covered or blank.

    @property
    def page(self) -> int | None:
        return self.rows[0].page

    @property
    def width(self) -> int:
        return max(len(row.cells) for row in self.rows)

    @property
    def used_width(self) -> int:
        """Columns up to the last that holds any text."""
        return 1 + max((n for row in self.rows for n, text in enumerate(row.texts()) if text.strip()), default=-1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text outside every table; `top` and `bottom` as for a row."""

    text: str
    page: int | None = None
    line_no: int | None = None
    top: float | None = None
    bottom: float | None = None


Block = Line | RawTable


class PrintedNumber(NamedTuple):
    """A run of digits with the separators between them, found before any table was looked for.

    In a PDF `x0`, `x1`, `top` and `bottom` are points; in a text `x0` and `x1` are characters from the start of
    cell `cell` of its line. `after` is the character printed next to it, "" where a gap or nothing follows.
    """

    text: str
    page: int | None
    line_no: int | None
    x0: float
    x1: float
    top: float = 0.0
    bottom: float = 0.0
    cell: int = 0
    after: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader found on a page that is no part of what the page prints, or that it could not read."""

    what: DoubtKind
    reason: str  # one sentence in Chinese
    page: int | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """`blocks` in reading order; `pages` is None for a text file."""

    format: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    notes: tuple[str, ...] = ()  # what the reader itself was unsure of
    numbers: tuple[PrintedNumber, ...] = ()  # every number that is printed, whatever became of it in `blocks`
    remarks: tuple[Remark, ...] = ()

    def lines(self) -> Iterator[Line]:
        return (block for block in self.blocks if isinstance(block, Line))

    def tables(self) -> Iterator[RawTable]:
        return (block for block in self.blocks if isinstance(block, RawTable))

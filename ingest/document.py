"""A document as its reader hands it on: lines and raw tables in reading order, nothing interpreted."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from warehouse.kinds.characters import squeeze
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import NOWHERE, Box, Place, Placed


class GridKind(Enum):
    """Where a grid comes from, and so what its cells can be trusted to say.

    `knows_spans`: None in a row means that a merged cell covers the place; otherwise an empty cell may be covered or
    blank. `keeps_columns`: a cell stands in the column it was printed in; in a converted text a row may have lost or
    gained one.
    """

    RULED = "ruled"  # lines drawn on a page
    SPREADSHEET = "spreadsheet"  # cells of a sheet, or of a table in a word processor's file or web page
    CONVERTED = "converted"  # text in columns, made from another format
    LISTED = "listed"  # lines of text into which codes, names and amounts were run together: a cell has no column
    RECOGNISED = "recognised"  # lines found in a picture

    @property
    def knows_spans(self) -> bool:
        return self not in (GridKind.CONVERTED, GridKind.LISTED)

    @property
    def keeps_columns(self) -> bool:
        return self not in (GridKind.CONVERTED, GridKind.LISTED)


class Cell(NamedTuple):
    """A cell of a raw table. `text` is what is shown and keeps its line breaks; spans are 1 where they are unknown.

    A tuple, which is made in a quarter of the time of a record: a document has ten thousand cells.
    """

    text: str
    colspan: int = 1
    rowspan: int = 1
    x0: float = 0.0
    x1: float = 0.0
    value: Decimal | date | str | None = None  # typed value of a spreadsheet's cell
    number_format: str | None = None  # of that value: how it is shown as `text`
    confidence: float | None = None  # 0 to 1, of a text that was recognised in a picture
    address: str | None = None  # on its sheet: B5
    read_again: str | None = None  # of a number that was recognised in a picture: what another model read


@dataclass(frozen=True)
class RawRow(Placed):
    """One printed row. None stands where a merged cell of the same table covers the place."""

    cells: tuple[Cell | None, ...]
    place: Place = NOWHERE

    @cached_property
    def _printed(self) -> tuple[str, ...]:
        return tuple([cell.text if cell else "" for cell in self.cells])

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """What its cells print, squeezed."""
        return tuple(map(squeeze, self._printed))

    def text(self, column: int) -> str:
        cell = self.cells[column] if column < len(self.cells) else None
        return cell.text if cell else ""

    def texts(self) -> list[str]:
        return list(self._printed)

    def place_of(self, column: int) -> Place:
        """The place of one of its cells: that of the row, as wide as the cell where its extent is known."""
        cell, box = self.cells[column] if column < len(self.cells) else None, self.place.box
        if cell and cell.address:
            return self.place.with_cell(cell.address)
        if cell is None or box is None or cell.x1 <= cell.x0:
            return self.place
        return self.place.with_box(Box(cell.x0, box.top, cell.x1, box.bottom))


@dataclass(frozen=True, eq=False)
class RawTable:
    rows: tuple[RawRow, ...]
    kind: GridKind

    @property
    def place(self) -> Place:
        return self.rows[0].place

    @property
    def page(self) -> int | None:
        return self.place.page

    @cached_property
    def has_merged_cells(self) -> bool:
        return any(cell is None or cell.colspan > 1 for row in self.rows for cell in row.cells)

    @cached_property
    def width(self) -> int:
        return max(len(row.cells) for row in self.rows)

    @cached_property
    def used_width(self) -> int:
        """Columns up to the last that holds any text."""
        return 1 + max((n for row in self.rows for n, text in enumerate(row.texts()) if text.strip()), default=-1)


@dataclass(frozen=True, slots=True)
class Line(Placed):
    """A line of text outside every table."""

    text: str
    place: Place = NOWHERE


Block = Line | RawTable


class PrintedNumber(NamedTuple):
    """A run of digits with the separators between them, found before any table was looked for.

    In a PDF `x0`, `x1`, `top` and `bottom` are points; in a text `x0` and `x1` are characters from the start of
    cell `cell` of its line. `after` is the character printed next to it, "" where a gap or nothing follows.
    """

    text: str
    place: Place  # of its page or line
    x0: float
    x1: float
    top: float = 0.0
    bottom: float = 0.0
    cell: int = 0
    after: str = ""


@dataclass(frozen=True, slots=True)
class Remark(Placed):
    """Something a reader found on a page that is no part of what the page prints, or that it could not read."""

    what: DoubtKind
    reason: str  # one sentence in Chinese
    place: Place = NOWHERE
    printed: str = ""


class Laid(NamedTuple):
    """How a page that is a picture was laid straight: turned clockwise by `turn` degrees, then each of its sheets
    counterclockwise about the middle by its tilt in degrees. A second sheet begins at `gutter`.

    `width`, `height` and `gutter` are points of the turned page. A box on the page as laid, and one as it is seen.
    """

    turn: int
    tilts: tuple[float, ...]
    gutter: float
    width: float
    height: float

    def as_seen(self, box: Box) -> Box:
        """The box around what is in a box of the page as laid, in points of the page as it is seen."""
        tilt = math.radians(self.tilts[-1 if (box.x0 + box.x1) / 2 > self.gutter else 0])
        corners = [self._corner(x, y, tilt) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _corner(self, x: float, y: float, tilt: float) -> tuple[float, float]:
        right, down = x - self.width / 2, y - self.height / 2
        x = self.width / 2 + math.cos(tilt) * right - math.sin(tilt) * down
        y = self.height / 2 + math.sin(tilt) * right + math.cos(tilt) * down
        return {
            0: (x, y),
            90: (y, self.width - x),
            180: (self.width - x, self.height - y),
            270: (self.height - y, x),
        }[self.turn]


STRAIGHT = Laid(0, (0.0,), 0.0, 0.0, 0.0)  # of a page that lies as it is seen


@dataclass(frozen=True, slots=True)
class Document:
    """`blocks` in reading order, those of the main file first; `format` and `pages` (None for text) are of that one."""

    format: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    notes: tuple[str, ...] = ()  # what the reader itself was unsure of
    numbers: tuple[PrintedNumber, ...] = ()  # every number that is printed, whatever became of it in `blocks`
    remarks: tuple[Remark, ...] = ()
    recognised: Mapping[tuple[int, int | None], Laid] = field(default_factory=dict)  # file and page of a picture
    unread: frozenset[tuple[int, int | None]] = frozenset()  # file and page of pictures that were not recognised
    pictures: int = 0  # of a workbook or a Word file: a table may be one of them

    def by_file(self) -> Iterator[list[Block]]:
        """The blocks of each file of the disclosure: no table, form or sentence goes on from one into the next."""
        return (list(blocks) for _, blocks in groupby(self.blocks, key=lambda block: block.place.file_no))

    def lines(self) -> Iterator[Line]:
        return (block for block in self.blocks if isinstance(block, Line))

    def tables(self) -> Iterator[RawTable]:
        return (block for block in self.blocks if isinstance(block, RawTable))

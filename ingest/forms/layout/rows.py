"""The rows of a form: printed pieces with their place across the page.

A merged cell is repeated as an inherited piece in every row that it covers, so that each row can be read alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ingest.document import Cell, GridKind, Line, RawRow, RawTable
from warehouse.kinds.characters import name_of
from warehouse.records.places import NOWHERE, Place


class Piece(NamedTuple):
    """What one cell prints. `start` and `end` in points, or in columns where the reader knows no points."""

    text: str
    start: float
    end: float
    inherited: bool = False  # printed in a row above, in a cell that covers this row too

    @property
    def name(self) -> str:
        return name_of(self.text)

    def overlap(self, other: "Piece") -> float:
        return min(self.end, other.end) - max(self.start, other.start)


@dataclass(frozen=True, eq=False)
class FormRow:
    """`exact`: the place of a piece tells its column; in converted text it need not."""

    pieces: tuple[Piece, ...]
    exact: bool
    place: Place = NOWHERE
    begins_table: bool = False
    source: RawRow | Line | None = None  # what the reader handed on
    torn: bool = False  # phantom borders cut the cells of its form

    @cached_property
    def own(self) -> tuple[Piece, ...]:
        """The pieces printed in this row itself."""
        return tuple([piece for piece in self.pieces if not piece.inherited])

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What the pieces printed in this row itself say."""
        return tuple([piece.text for piece in self.own])

    @cached_property
    def text(self) -> str:
        return "".join(map(name_of, self.texts))


def rows_of(block: RawTable | Line) -> Iterator[FormRow]:
    """The rows of a table; a line of text is a row of one piece, for a torn form has lines of text among its rows."""
    if isinstance(block, Line):
        yield FormRow((Piece(block.text, 0, 1),), False, block.place, source=block)
        return
    above: list[tuple[Piece, int]] = []
    keeps_columns = _keeps_columns(block)
    for nth, row in enumerate(block.rows):
        printed = [(_piece(n, cell), cell.rowspan) for n, cell in enumerate(row.cells) if cell and _counts(cell)]
        pieces = [piece for piece, _ in printed if piece.text.strip()]
        if above:
            pieces = sorted(pieces + [piece for piece, _ in above], key=lambda piece: piece.start)
        yield FormRow(tuple(pieces), keeps_columns, row.place, nth == 0, row)
        above = [(piece._replace(inherited=True), left - 1) for piece, left in (*above, *printed) if left > 1]


def _keeps_columns(block: RawTable) -> bool:
    """A form has merged cells. In a Word file or a page without any it was pasted as text whose cells were torn."""
    return block.kind.keeps_columns and (block.kind is not GridKind.SPREADSHEET or block.has_merged_cells)


def _counts(cell: Cell) -> bool:
    """A blank cell counts where it covers rows below."""
    return cell.rowspan > 1 or bool(cell.text.strip())


def _piece(column: int, cell: Cell) -> Piece:
    if cell.x1 > cell.x0:
        return Piece(cell.text, cell.x0, cell.x1)
    return Piece(cell.text, column, column + cell.colspan)

"""A sheet as its file holds it: cells by row and column, merged ranges, and what is hidden. Counted from 1."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

FROM_1900, FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
Value = Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class StoredCell:
    """`value` as it is stored; None is an unknown one: a formula whose result the file does not hold.

    `shows_date`: a number under a format of dates or times. `is_struck`: a line is drawn through it.
    """

    value: Value
    number_format: str = "General"
    shows_date: bool = False
    is_struck: bool = False


class Range(NamedTuple):
    """A merged range; its text stands in its first cell."""

    top: int
    left: int
    bottom: int
    right: int

    def covered(self, rows: range, columns: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Of these rows and columns all its cells but the first."""
        within = [column for column in columns if self.left <= column <= self.right]
        for row in range(max(self.top, rows.start), min(self.bottom + 1, rows.stop)):
            for column in within:
                if (row, column) != (self.top, self.left):
                    yield row, column


@dataclass(slots=True)
class Sheet:
    """`day_zero`: the day that the number 0 stands for under a format of dates.

    `unseen`: the cells with a text in the colour of what lies behind it; `cells` does not hold this text.
    `shows_zeros`: a cell that holds 0 is not shown as an empty one.
    """

    name: str
    day_zero: date = FROM_1900
    is_hidden: bool = False
    cells: dict[tuple[int, int], StoredCell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unseen: set[tuple[int, int]] = field(default_factory=set)
    shows_zeros: bool = True

    def shows(self, row: int, column: int) -> bool:
        return row not in self.hidden_rows and column not in self.hidden_columns

    def with_merged_texts_shown(self) -> "Sheet":
        """The sheet with the text of each merged range in the first of its cells that is visible, as it is shown.

        A range without a visible cell stays as it is.
        """
        moved = {one: seen for one in self.merged if (seen := self._visible_part(one)) not in (None, one)}
        starts = {(one.top, one.left): (seen.top, seen.left) for one, seen in moved.items() if seen}
        cells = {starts.get(where, where): cell for where, cell in self.cells.items()}
        return replace(self, cells=cells, merged=[moved.get(one) or one for one in self.merged]) if moved else self

    def _visible_part(self, one: Range) -> Range | None:
        top = next((n for n in range(one.top, one.bottom + 1) if n not in self.hidden_rows), None)
        left = next((n for n in range(one.left, one.right + 1) if n not in self.hidden_columns), None)
        return None if top is None or left is None else one._replace(top=top, left=left)

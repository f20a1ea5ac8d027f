"""The cells of a table as columns and rows."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ingest.document import RawRow
from ingest.readers.pdf.page_objects import Char
from warehouse.records.places import Box

_NOWHERE = (None, math.inf, math.inf, math.inf, math.inf)


class PlacedCells:
    """The cells of a table on a grid of its lines: a cell covers squares between neighbouring lines, counted from 0."""

    def __init__(self, boxes: list[Box]) -> None:
        self.boxes = boxes
        self.xs = sorted({box.x0 for box in boxes})
        self.tops = sorted({box.top for box in boxes})
        self.places = list(map(self._place, boxes))
        self._cells = {
            (i, j): n
            for n, (column, right, row, below) in enumerate(self.places)
            for i in range(column, right)
            for j in range(row, below)
        }

    @property
    def bottoms(self) -> list[float]:
        """Of the rows."""
        return [*self.tops[1:], max(box.bottom for box in self.boxes)]

    def _place(self, box: Box) -> tuple[int, int, int, int]:
        """The half-open ranges of a box: (first column, end column, first row, end row)."""
        xs, tops = self.xs, self.tops
        right, below = bisect_right(xs, box.x1 - 0.01), bisect_right(tops, box.bottom - 0.01)
        return bisect_left(xs, box.x0), right, bisect_left(tops, box.top), below

    def cell_numbers(self, chars: list[Char]) -> list[int | None]:
        """For each character the number of the cell that holds its middle; None where no cell does."""
        cell_of: list[int | None] = []
        number, left, upper, right, lower = _NOWHERE
        for _, x0, top, x1, bottom in chars:
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            if not (left <= x < right and upper <= y < lower):  # most characters are in the square of the one before
                number, left, upper, right, lower = self._square(x, y)
            cell_of.append(number)
        return cell_of

    def _square(self, x: float, y: float) -> tuple[int | None, float, float, float, float]:
        """The number of the cell at a point, or None, and the bounds within which the answer is the same."""
        i, j = bisect_right(self.xs, x), bisect_right(self.tops, y)
        number = self._cells.get((i - 1, j - 1))
        if number is None:
            return _NOWHERE
        right = min([self.boxes[number].x1, *self.xs[i : i + 1]])
        lower = min([self.boxes[number].bottom, *self.tops[j : j + 1]])
        return (number, self.xs[i - 1], self.tops[j - 1], right, lower) if x < right and y < lower else _NOWHERE


def cells_of(rows: Sequence[RawRow]) -> Iterator[tuple[RawRow, list[Box | None]]]:
    """Each row of a table with the boxes of its cells, as high as all rows that they span; None where there is none."""
    for number, row in enumerate(rows):
        boxes: list[Box | None] = []
        for cell in row.cells:
            box, last = row.place.box, rows[min(number + (cell.rowspan if cell else 1), len(rows)) - 1].place.box
            boxes.append(Box(cell.x0, box.top, cell.x1, last.bottom) if cell and box and last else None)
        yield row, boxes

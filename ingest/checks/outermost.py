"""Which rows of a list add up to its total where nothing printed tells which row takes in which."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from ingest.checks.document_cells import CellKey
from ingest.checks.figures import ZERO, DocumentFigures

MOST_ROWS = 40  # with figures


def outermost(total: CellKey, keys: Sequence[CellKey], doc: DocumentFigures) -> list[CellKey]:
    """The cells that add up to a total, in printed order, if each of the others is part of the cell before it that it
    adds up to. None where there is no such reading, or a number is in doubt."""
    cells = [cell for key in keys if (cell := doc.cells.get(key)) and (cell.doubt or cell.value)]
    whole = doc.cell(total)
    if whole.doubt or not whole.value or len(cells) > MOST_ROWS or any(cell.doubt for cell in cells):
        return []
    tolerance = sum((cell.half for cell in (whole, *cells)), ZERO)
    return [cells[n].key for n in _outermost([cell.number for cell in cells], whole.number, tolerance) or ()]


def _outermost(values: Sequence[Decimal], total: Decimal, tolerance: Decimal) -> tuple[int, ...] | None:
    """Numbers of the values that add up to a total, where each of the others is one of the values just behind a value
    that add up to it. None where there is no such choice."""

    @cache  # one end is reached on several ways
    def rest(n: int, amount: Decimal) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Where the values from n on that add up to an amount may end, and which of them are outermost."""
        ends: list[tuple[int, tuple[int, ...]]] = [(n, ())] if abs(amount) <= tolerance else []
        if n < len(values) and (amount > tolerance or amount < -tolerance):
            for behind in dict.fromkeys([n + 1, *(end for end, _ in rest(n + 1, values[n]))]):
                ends += [(end, (n, *found)) for end, found in rest(behind, amount - values[n])]
        return tuple({end: (end, found) for end, found in ends}.values())

    return next((found for end, found in rest(0, total) if end == len(values)), None)

"""Names of units in the middle of the rows that they hold for: a merged cell, of which a page of placed texts has the
text alone. Between two middle rows the name has a line of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document import Cell, RawRow


@dataclass(frozen=True, slots=True)
class Block:
    """Rows with figures, from `start` up to `end`, counted among such rows."""

    name: str
    start: int
    end: int


def with_centred_names(rows: Sequence[RawRow], column: int, has_figures: Callable[[RawRow], bool]) -> list[RawRow]:
    """The rows with the name of each block in all of its rows. As they are where a name stands in the first row, or
    where the blocks around the names do not cover the rows exactly."""
    blocks = _blocks(rows, column, has_figures)
    count = sum(map(has_figures, rows))
    if not blocks or blocks[-1].end != count or not any(block.end - block.start > 1 for block in blocks):
        return list(rows)
    names = [block.name for block in blocks for _ in range(block.start, block.end)]
    numbered = iter(names)
    return [_with_text(row, column, next(numbered)) for row in rows if has_figures(row)]


def _blocks(rows: Sequence[RawRow], column: int, has_figures: Callable[[RawRow], bool]) -> list[Block]:
    """A block from the end of the last one, as far below its name as it begins above it. None where two overlap."""
    found: list[Block] = []
    start = 0
    for name, twice_middle in _names(rows, column, has_figures):
        end = twice_middle - start + 1
        if end <= start:
            return []
        found.append(Block(name, start, end))
        start = end
    return found


def _names(rows: Sequence[RawRow], column: int, has_figures: Callable[[RawRow], bool]) -> Iterator[tuple[str, int]]:
    """Each name and twice the number of its row; of a line between rows 2 and 3 it is 5."""
    number = 0
    for row in rows:
        if row.text(column).strip():
            yield row.text(column), 2 * number - (not has_figures(row))
        number += has_figures(row)


def _with_text(row: RawRow, column: int, text: str) -> RawRow:
    cell = row.cells[column] if column < len(row.cells) else None
    cells = [*row.cells, *[None] * (column + 1 - len(row.cells))]
    cells[column] = cell._replace(text=text) if cell else Cell(text)
    return replace(row, cells=tuple(cells))

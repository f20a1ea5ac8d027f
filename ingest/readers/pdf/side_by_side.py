"""Two tables beside one another on a page: what stands above and below each belongs to it, not to both.

The left table comes first with its lines, then the right one with its own.
"""

from collections.abc import Iterator, Sequence

from ingest.readers.pdf.missing_lines import Grid
from ingest.readers.pdf.page_objects import Char

Block = Grid | list[Char]
_MOST_OVERLAP = 0.5  # of the height of the lower table: two tables side by side share more than this
_APART = 2.0  # heights of a character: a line is two where a gap as wide stands between the tables


def in_reading_order(grids: Sequence[Grid], lines: Sequence[list[Char]]) -> list[Block]:
    """Tables and lines from top to bottom; of tables side by side the left with its lines, then the right."""
    blocks: list[Block] = sorted([*grids, *lines], key=_top)
    for left, right in _pairs(grids):
        blocks = list(_left_first(blocks, left, right))
    return blocks


def _top(block: Block) -> float:
    return block.boxes[0].top if isinstance(block, Grid) else block[0].top


def _pairs(grids: Sequence[Grid]) -> Iterator[tuple[Grid, Grid]]:
    for left in grids:
        for right in grids:
            a, b = left.frame, right.frame
            shared = min(a.bottom, b.bottom) - max(a.top, b.top)
            if a.x1 <= b.x0 and shared > _MOST_OVERLAP * min(a.bottom - a.top, b.bottom - b.top):
                yield left, right


def _left_first(blocks: Sequence[Block], left: Grid, right: Grid) -> Iterator[Block]:
    """The blocks down to the table above, then those of the left and those of the right, then what follows."""
    middle = (left.frame.x1 + right.frame.x0) / 2
    others = [block for block in blocks if isinstance(block, Grid) and block is not left and block is not right]
    start = max((one.frame.bottom for one in others if one.frame.bottom <= left.frame.top), default=0.0)
    end = min((one.frame.top for one in others if one.frame.top >= left.frame.bottom), default=float("inf"))
    sides: tuple[list[Block], list[Block]] = ([], [])
    yield from (block for block in blocks if _top(block) < start)
    for block in (block for block in blocks if start <= _top(block) < end):
        if isinstance(block, Grid):
            sides[block is not left].append(block)
        else:
            for part in _parted(block, middle):
                sides[part[0].x0 > middle].append(part)
    yield from sides[0]
    yield from sides[1]
    yield from (block for block in blocks if _top(block) >= end)


def _parted(line: list[Char], middle: float) -> list[list[Char]]:
    """A line that stands above both tables as two."""
    before = [char for char in line if char.x1 <= middle]
    behind = [char for char in line if char.x0 >= middle]
    if not before or not behind or len(before) + len(behind) < len(line):
        return [line]
    gap = min(char.x0 for char in behind) - max(char.x1 for char in before)
    return [before, behind] if gap > _APART * (line[0].bottom - line[0].top) else [line]

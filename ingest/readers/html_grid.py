"""The rows of an HTML table with each cell in its column, behind those that cover its place."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

MOST_COLUMNS, MOST_ROWS = 50, 2000  # the greatest colspan and rowspan; a larger one is cut to this
_WIDEST = 1000  # columns of a row behind which cells cover only one


class Spanning(Protocol):
    """A cell that covers `colspan` columns and `rowspan` rows."""

    @property
    def colspan(self) -> int: ...

    @property
    def rowspan(self) -> int: ...


C = TypeVar("C", bound=Spanning)


def span(said: str | None, most: int) -> int:
    """The number of columns or rows that an attribute says, 1 where it says no number."""
    text = (said or "").strip()
    return min(max(int(text[:6]), 1), most) if text.isascii() and text.isdigit() else 1


def laid_out(rows: Iterable[Sequence[C]]) -> Iterator[tuple[C | None, ...]]:
    """Each row with None where a cell from the left or from above covers the place."""
    reaching: dict[int, int] = {}  # column → rows that a cell above still covers
    for cells in rows:
        placed: list[C | None] = []
        below: dict[int, int] = {}
        for cell in cells:
            if reaching:
                _skip_covered(placed, reaching)
            start = len(placed)
            placed += [cell, *[None] * (cell.colspan - 1 if start < _WIDEST else 0)]
            if cell.rowspan > 1:
                below |= dict.fromkeys(range(start, len(placed)), cell.rowspan - 1)
        _skip_covered(placed, reaching)
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1} | below
        yield tuple(placed)


def _skip_covered(placed: list[C | None], reaching: dict[int, int]) -> None:
    while len(placed) in reaching:
        placed.append(None)

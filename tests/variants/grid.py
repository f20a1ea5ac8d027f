"""Positions of the cells of a table on a page, and the default functions that draw their lines and texts."""

from dataclasses import dataclass

from tests.variants.canvas import SIZE, Box, Page, width_of
from tests.variants.forms import ABOVE, LEFT, Cell, Money, Row

MARGIN, PADDING, LEADING = 20.0, 2.0, 8.0


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell: its content, its lines of text and its box."""

    cell: Cell
    lines: tuple[str, ...]
    box: Box
    row: int
    column: int
    is_head: bool

    def starts(self) -> list[tuple[float, float, str]]:
        """x and baseline of each line of text: amounts are aligned right, headings centred, words left."""
        left, bottom, right, top = self.box
        baseline = (top + bottom) / 2 + (len(self.lines) - 1) * LEADING / 2 - SIZE * 0.36
        return [(self._x(left, right, line), baseline - n * LEADING, line) for n, line in enumerate(self.lines) if line]

    def _x(self, left: float, right: float, line: str) -> float:
        if isinstance(self.cell, Money):
            return right - PADDING - width_of(line)
        return (left + right - width_of(line)) / 2 if self.is_head else left + PADDING


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table on one page; `xs` from left to right, `ys` from top to bottom."""

    placed: tuple[Placed, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    heads: int  # rows of the header on this page


def lay_out(
    rows: list[Row], texts: list[tuple[str, ...]], heads: int, widths: tuple[float, ...], top: float, width: float
) -> Grid:
    """`texts` are the printed texts of the cells."""
    unit = (width - 2 * MARGIN) / sum(widths)
    xs = tuple(MARGIN + unit * sum(widths[:n]) for n in range(len(widths) + 1))
    spans = {
        (r, c): _span(texts, r, c)
        for r, row in enumerate(texts)
        for c, text in enumerate(row)
        if text not in (LEFT, ABOVE)
    }
    lines = {(r, c): _lines(rows[r][c], texts[r][c], xs[c + across] - xs[c]) for (r, c), (_, across) in spans.items()}
    heights = [
        max([len(lines[place]) for place, (down, _) in spans.items() if place[0] == r and down == 1], default=1)
        for r in range(len(texts))
    ]
    ys = tuple(top - sum(height * LEADING + 4 for height in heights[:n]) for n in range(len(heights) + 1))
    placed = tuple(
        Placed(rows[r][c], lines[r, c], (xs[c], ys[r + down], xs[c + across], ys[r]), r, c, r < heads)
        for (r, c), (down, across) in spans.items()
    )
    return Grid(placed, xs, ys, heads)


def _span(texts: list[tuple[str, ...]], r: int, c: int) -> tuple[int, int]:
    row = texts[r]
    across = next((n for n in range(1, len(row) - c) if row[c + n] != LEFT), len(row) - c)
    down = next((n for n in range(1, len(texts) - r) if texts[r + n][c] != ABOVE), len(texts) - r)
    return down, across


def _lines(cell: Cell, text: str, width: float) -> tuple[str, ...]:
    """Lines of a cell; an amount is broken only at line breaks in its text."""
    return tuple(text.split("\n")) if isinstance(cell, Money) else _wrapped(text, width)


def _wrapped(text: str, width: float) -> tuple[str, ...]:
    lines, line = [], ""
    for char in text:
        if char == "\n" or (
            width_of(line + char) > width - 2 * PADDING and line and not (char.isascii() and char != " ")
        ):
            lines.append(line)
            line = ""
        line += "" if char == "\n" else char
    return (*lines, line)


def ruled(page: Page, grid: Grid) -> None:
    """Draws the four sides of every cell."""
    for placed in grid.placed:
        left, bottom, right, top = placed.box
        for side in (
            (left, bottom, left, top),
            (right, bottom, right, top),
            (left, bottom, right, bottom),
            (left, top, right, top),
        ):
            page.line(*side)


def written(page: Page, placed: Placed) -> None:
    for x, y, line in placed.starts():
        page.text(x, y, line)

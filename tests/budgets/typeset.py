"""Makes a budget of its cover, its tables and lines: a PDF with ruled grids, or a text with tabs.

A row is written `名<3|^|5.00`: `名` spans three columns, `^` is covered by the cell above.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.variants.canvas import Page, Pdf, width_of

Expected = dict[tuple[str, str], str | None]  # (row, measure) → value in 万元
LEFT, TOP, HEIGHT, SIZE, WIDE = 30.0, 760.0, 16.0, 6.0, (1190, 842)
ROWS_OF_A_PAGE = 38


@dataclass(frozen=True, slots=True)
class Table:
    """`above` are the lines above its grid; `pages` the rows on each page, with the heading where it is repeated."""

    code: str
    above: tuple[str, ...]
    pages: tuple[tuple[str, ...], ...]
    expected: Expected
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    name: str
    cover: tuple[str, ...]
    tables: tuple[Table, ...]


def written(family: Family, folder: Path) -> Path:
    """The text: a converter prints nothing in place of what a merged cell covers."""
    lines = [*family.cover, "目录", ""]
    for table in family.tables:
        lines += ["", *table.above, *(_tabbed(row) for rows in table.pages for row in rows), *table.below]
    path = folder / f"{family.name}.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _tabbed(row: str) -> str:
    cells = [cell for text, span in _cells(row) for cell in ("" if text == "^" else text, *[""] * (span - 1))]
    return "\t".join(cells)


def drawn(family: Family, folder: Path) -> Path:
    pdf = Pdf()
    page = pdf.page(WIDE)
    for n, line in enumerate(family.cover):
        page.text(200, 600 - 30 * n, line, 16)
    for table in family.tables:
        for n, rows in enumerate(table.pages):
            page = pdf.page(WIDE)
            for k, line in enumerate(table.above if n == 0 else ()):
                page.text(200, 820 - 14 * k, line, 9)
            _grid(page, rows)
            for k, line in enumerate(table.below if n == len(table.pages) - 1 else ()):
                page.text(LEFT, TOP - HEIGHT * len(rows) - 20 - 12 * k, line, 8)
    path = folder / f"{family.name}.pdf"
    path.write_bytes(pdf.assembled())
    return path


def _cells(row: str) -> list[tuple[str, int]]:
    marks = (mark.partition("<") for mark in row.split("|"))
    return [(text, int(span or 1)) for text, _, span in marks]


def _grid(page: Page, rows: tuple[str, ...]) -> None:
    placed = [_placed(row) for row in rows]
    count = max(column + span for row in placed for _, column, span in row)
    widths = [_width(placed, column) for column in range(count)]
    xs = [LEFT + sum(widths[:n]) for n in range(count + 1)]
    for n, row in enumerate(placed):
        y = TOP - HEIGHT * n
        for text, column, span in row:
            left, right = xs[column], xs[column + span]
            is_covered = text == "^"
            if not is_covered:
                page.line(left, y, right, y)
                page.text(left + 2, y - HEIGHT + 5, text, SIZE)
            page.line(left, y, left, y - HEIGHT)
            page.line(right, y, right, y - HEIGHT)
    bottom = TOP - HEIGHT * len(rows)
    page.line(xs[0], bottom, xs[-1], bottom)


def _placed(row: str) -> list[tuple[str, int, int]]:
    column, found = 0, []
    for text, span in _cells(row):
        found.append((text, column, span))
        column += span
    return found


def _width(rows: list[list[tuple[str, int, int]]], column: int) -> float:
    texts = [text for row in rows for text, at, span in row if at == column and span == 1]
    return max([30.0, *(width_of(text, SIZE) + 8 for text in texts)])

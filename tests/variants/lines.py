"""Variants whose ruling lines are missing, doubled, dashed or replaced by shading; a person reads all of them."""

from collections.abc import Callable
from functools import partial

from tests.variants.canvas import BLACK, GREY, SIZE, WHITE, Page
from tests.variants.grid import Grid, Placed, ruled
from tests.variants.look import Look
from tests.variants.variant import Variant

Rules = Callable[[Page, Grid], None]
BLUE, PALE = (0.2, 0.35, 0.6), (0.93, 0.95, 0.99)


def sides(
    page: Page,
    grid: Grid,
    left: Callable[[Placed], bool] = lambda placed: True,
    top: Callable[[Placed], bool] = lambda placed: True,
    frame: bool = True,
    **options,
) -> None:
    """Draws the left and the top side of the cells for which `left` and `top` are true, and the frame of the table."""
    for placed in grid.placed:
        x0, bottom, x1, upper = placed.box
        if placed.column and left(placed):
            page.line(x0, bottom, x0, upper, **options)
        if placed.row and top(placed):
            page.line(x0, upper, x1, upper, **options)
    if frame:
        _frame(page, grid, **options)


def _frame(page: Page, grid: Grid, **options) -> None:
    x0, x1, top, bottom = grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]
    for side in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, bottom, x0, top), (x1, bottom, x1, top)):
        page.line(*side, **options)


def _never(placed: Placed) -> bool:
    return False


def _three_lines(page: Page, grid: Grid) -> None:
    """Draws three lines: above the table, below its header, and below the table."""
    for n in (0, grid.heads, len(grid.ys) - 1):
        page.line(grid.xs[0], grid.ys[n], grid.xs[-1], grid.ys[n], 1.0)


def _across(page: Page, grid: Grid) -> None:
    for y in grid.ys:
        page.line(grid.xs[0], y, grid.xs[-1], y)


def _down(page: Page, grid: Grid) -> None:
    sides(page, grid, top=lambda placed: placed.row <= grid.heads)


def _double(page: Page, grid: Grid, gap: float) -> None:
    ruled(page, grid)
    for placed in grid.placed:
        x0, bottom, x1, top = placed.box
        page.line(x0, top - gap, x1, top - gap)
        page.line(x0 + gap, bottom, x0 + gap, top)


def _boxes(page: Page, grid: Grid, gap: float) -> None:
    """Draws each cell as a separate box, `gap` from its neighbours."""
    for placed in grid.placed:
        x0, bottom, x1, top = placed.box
        x0, bottom, x1, top = x0 + gap, bottom + gap, x1 - gap, top - gap
        for side in ((x0, bottom, x1, bottom), (x1, bottom, x1, top), (x1, top, x0, top), (x0, top, x0, bottom)):
            page.line(*side)


def _thin_boxes(page: Page, grid: Grid) -> None:
    """Draws each line as a thin filled box, as word processors do."""
    for placed in grid.placed:
        x0, bottom, x1, top = placed.box
        for box in (
            (x0, bottom, x1, bottom + 0.48),
            (x0, top - 0.48, x1, top),
            (x0, bottom, x0 + 0.48, top),
            (x1, bottom, x1 + 0.48, top),
        ):
            page.fill(box, BLACK)


def _pieces(page: Page, grid: Grid) -> None:
    """Draws every side in three pieces."""
    for placed in grid.placed:
        x0, bottom, x1, top = placed.box
        for n in range(3):
            a, b = x0 + (x1 - x0) * n / 3, x0 + (x1 - x0) * (n + 1) / 3
            page.line(a, bottom, b, bottom)
            page.line(a, top, b, top)
            c, d = bottom + (top - bottom) * n / 3, bottom + (top - bottom) * (n + 1) / 3
            page.line(x0, c, x0, d)
            page.line(x1, c, x1, d)


def _shaded(page: Page, grid: Grid, lines: Rules | None, by_row: bool = False, head=BLUE, stripe=PALE) -> None:
    """Shades the header and every second row, cell by cell or row by row."""
    for row in range(len(grid.ys) - 1):
        colour = head if row < grid.heads else stripe if (row - grid.heads) % 2 else None
        if colour and by_row:
            page.fill((grid.xs[0], grid.ys[row + 1], grid.xs[-1], grid.ys[row]), colour)
        for placed in grid.placed:
            if colour and not by_row and placed.row == row:
                page.fill(placed.box, colour)
    if lines:
        lines(page, grid)


def _page_frame(page: Page, grid: Grid) -> None:
    ruled(page, grid)
    for side in ((8, 8, 587, 8), (8, 834, 587, 834), (8, 8, 8, 834), (587, 8, 587, 834)):
        page.line(*side, width=1.5)


def _white_head(page: Page, placed: Placed) -> None:
    for x, y, line in placed.starts():
        page.text(x, y, line, SIZE, colour=WHITE if placed.is_head else BLACK)


def _body_row(placed: Placed, grid: Grid) -> int:
    return placed.row - grid.heads


RULES: dict[str, Rules] = {
    "none": lambda page, grid: None,
    "frame_only": _frame,
    "three_lines": _three_lines,
    "across_only": _across,
    "down_only": _down,
    "no_line_between_pairs": lambda page, grid: sides(
        page, grid, top=lambda p: p.row <= grid.heads or _body_row(p, grid) % 2 == 0
    ),
    "no_line_in_threes": lambda page, grid: sides(
        page, grid, top=lambda p: p.row <= grid.heads or _body_row(p, grid) % 3 == 0
    ),
    "one_row_line_missing": lambda page, grid: sides(page, grid, top=lambda p: _body_row(p, grid) != 3),
    "one_column_line_missing": lambda page, grid: sides(page, grid, left=lambda p: p.column != len(grid.xs) - 3),
    "column_line_missing_in_body": lambda page, grid: sides(
        page, grid, left=lambda p: p.is_head or p.column != len(grid.xs) - 3
    ),
    "column_lines_in_head_only": lambda page, grid: sides(page, grid, left=lambda p: p.is_head),
    "between_code_and_name_missing": lambda page, grid: sides(page, grid, left=lambda p: p.is_head or p.column != 1),
    "open_sides": lambda page, grid: sides(page, grid, frame=False),
    "no_frame_but_top": lambda page, grid: (
        sides(page, grid, frame=False),
        page.line(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[0]),
    ),
    "double_narrow": partial(_double, gap=0.8),
    "double_wide": partial(_double, gap=2.0),
    "dashed": lambda page, grid: sides(page, grid, dash="[3 2] 0 d"),
    "dotted": lambda page, grid: sides(page, grid, dash="[0.5 1] 0 d"),
    "boxes_touching": partial(_boxes, gap=0.0),
    "boxes_apart": partial(_boxes, gap=0.7),
    "boxes_far_apart": partial(_boxes, gap=1.6),
    "thin_filled_boxes": _thin_boxes,
    "in_pieces": _pieces,
    "thick": lambda page, grid: sides(page, grid, width=2.0),
    "hairlines": lambda page, grid: sides(page, grid, width=0.05),
    "page_frame": _page_frame,
}
SHADED: dict[str, Rules] = {
    "stripes_by_cell": partial(_shaded, lines=None),
    "stripes_by_row": partial(_shaded, lines=None, by_row=True),
    "stripes_and_lines": partial(_shaded, lines=ruled),
    "stripes_and_across": partial(_shaded, lines=_across),
    "stripes_by_row_and_down": partial(_shaded, lines=_down, by_row=True),
    "stripes_on_white_by_cell": partial(_shaded, lines=None, head=GREY, stripe=GREY),
    "head_only_by_cell": partial(_shaded, lines=None, stripe=None),
    "head_only_and_frame": partial(_shaded, lines=_frame, stripe=None, by_row=True),
}


def variants() -> list[Variant]:
    found = [Variant("lines", name, Look(rules=rules)) for name, rules in RULES.items()]
    return found + [
        Variant("lines", f"shaded_{name}", Look(rules=rules, write=_white_head)) for name, rules in SHADED.items()
    ]

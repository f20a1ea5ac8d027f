"""Writes the accounts as a PDF with a given appearance."""

from typing import Any

from tests.variants.canvas import SIZE, Page, Pdf, width_of
from tests.variants.forms import Form
from tests.variants.grid import MARGIN, Grid, lay_out
from tests.variants.look import Look

TITLE_SIZE = 12.0
LINE = 12.0


def pdf_of(look: Look) -> bytes:
    pdf = Pdf()
    for one in (look, *look.more):
        _draw(pdf, one)
    look.finish_pdf(pdf)
    return pdf.assembled()


def _draw(pdf: Pdf, look: Look) -> None:
    _lines_page(pdf, [line.format(body=look.body) for line in look.cover], top=600, size=TITLE_SIZE, look=look)
    by_code = {form.code: form for form in look.forms()}
    before = list(look.before_tables)
    for codes in look.pages:
        page, y = pdf.page(), 800.0
        for line in before:
            page.text(MARGIN, y, line, TITLE_SIZE)
            y -= 2 * LINE
        before = []
        for code in codes:
            if look.beside and code == look.beside[0]:
                y = _beside(pdf, page, y, [by_code[one] for one in look.beside], look)
                continue
            for form in look.split(by_code[code]):
                page, y = _form(pdf, page, y, form, look)
        look.finish_page(page)
    if look.narrative:
        _lines_page(pdf, look.told(), top=780, size=10, look=look)


class Half:
    """The left or right half of a page, drawn on as a page of its own."""

    def __init__(self, page: Page, left: float, width: float) -> None:
        self._page, self._left, self.size = page, left, (width, page.size[1])

    def text(self, x: float, *rest: Any, **named: Any) -> None:
        self._page.text(self._left + x, *rest, **named)

    def line(self, x0: float, y0: float, x1: float, y1: float, **named: Any) -> None:
        self._page.line(self._left + x0, y0, self._left + x1, y1, **named)


def _beside(pdf: Pdf, page: Page, y: float, pair: list[Form], look: Look) -> float:
    """Draws two tables beside one another; returns the y below both."""
    width = page.size[0] / 2
    halves = (Half(page, side * width, width) for side in (0, 1))
    return min(_form(pdf, half, y, form, look)[1] for half, form in zip(halves, pair, strict=True))


def _lines_page(pdf: Pdf, lines: list[str], top: float, size: float, look: Look) -> None:
    page = pdf.page()
    for n, line in enumerate(lines):
        page.text(60, top - 2 * n * size, line, size)
    look.finish_page(page)


def _form(pdf: Pdf, page: Page, y: float, form: Form, look: Look) -> tuple[Page, float]:
    """Draws a table; returns the page and the y at which to continue."""
    y = _heading(page, y, [*look.title(form)], look.caption_of(form))
    first = look.breaks.get(form.code, len(form.body))
    y = _part(page, y, form, look, form.head, form.body[:first])
    if form.body[first:]:
        look.finish_page(page)
        page = pdf.page()
        caption = look.caption_of(form) if "caption" in look.repeated else []
        title = list(look.title(form)) if "title" in look.repeated else []
        y = _heading(page, 800, [*look.continued, *title], caption)
        y = _part(page, y, form, look, form.head if "head" in look.repeated else (), form.body[first:])
    if form.note:
        page.text(MARGIN, y - LINE, form.note)
        y -= LINE
    return page, y - 2 * LINE


def _heading(page: Page, y: float, titles: list[str], caption: list[str]) -> float:
    for title in titles:
        page.text((page.size[0] - width_of(title, TITLE_SIZE)) / 2, y, title, TITLE_SIZE)
        y -= 1.5 * LINE
    for line in caption:
        left, _, right = line.rpartition("|")
        page.text(MARGIN, y, left)
        page.text(page.size[0] - MARGIN - width_of(right), y, right)
        y -= LINE
    return y + LINE - 0.4 * SIZE - 2 if caption else y


def _part(page: Page, y: float, form: Form, look: Look, head: tuple, body: tuple) -> float:
    rows = [*head, *body]
    texts = [tuple(look.printed(cell) for cell in row) for row in rows]
    grid: Grid = lay_out(rows, texts, len(head), form.widths, y - 4, page.size[0])
    look.rules(page, grid)
    for placed in grid.placed:
        look.write(page, placed)
    return grid.ys[-1]

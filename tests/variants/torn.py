"""Variants of converted text in which headings cannot be read, or a table was run together into a line."""

from collections.abc import Callable
from dataclasses import replace

from tests.variants.canvas import Page
from tests.variants.changes import cells_of, in_tables
from tests.variants.forms import ABOVE, LEFT, Cell, Form
from tests.variants.grid import Grid, ruled
from tests.variants.look import Look, plain
from tests.variants.variant import Variant

KEYED = in_tables("GK02", "GK03", "GK05", "GK07", "GK08")
ON_A_LINE = 11  # cells of a paragraph
MISREAD = "坝木攴岀佘緒"  # characters that converters put for those of headings


def _misread(cell: Cell) -> Cell:
    if cell in (LEFT, ABOVE) or not isinstance(cell, str):
        return cell
    return "".join(MISREAD[ord(char) % len(MISREAD)] for char in cell)


@KEYED
def _rubbish_headings(form: Form) -> Form:
    head = tuple(row if row[0] == "栏次" else tuple(map(_misread, row)) for row in form.head)
    return replace(form, head=head)


@KEYED
def _rubbish_without_numbers(form: Form) -> Form:
    return replace(form, head=_rubbish_headings(form).head[:-1])


def _basic_in_running_text(text: str) -> str:
    """Puts all cells of GK06 into one line behind its caption, blanks between them."""
    before, title, rest = text.partition("一般公共预算财政拨款基本支出决算明细表\n")
    caption, rows, after = rest.split("\n\n", 2)
    return f"{before}{title}{' '.join(f'{caption} {rows}'.split())}\n\n{after}"


def _as_paragraph(blank: str) -> Callable[[Form], Form]:
    """GK06 as lines of text: its cells with a blank, or nothing, between them; the header first."""

    @in_tables("GK06")
    def changed(form: Form) -> Form:
        cells = [cell for row in (*form.head, *form.body) for cell in row if cell not in (LEFT, ABOVE)]
        words = [cell if isinstance(cell, str) else plain(cell.value) for cell in cells]
        lines = [blank.join(words[n : n + ON_A_LINE]) for n in range(0, len(words), ON_A_LINE)]
        return replace(form, head=(), body=tuple((line,) for line in lines), widths=(1,))

    return changed


def _ruled_but_paragraphs(page: Page, grid: Grid) -> None:
    if len(grid.xs) > 2:
        ruled(page, grid)


def variants() -> list[Variant]:
    page = Look(rules=_ruled_but_paragraphs, holds=cells_of("GK06"), form=_as_paragraph(" "))
    listed = Look(finish_text=_basic_in_running_text)
    return [
        Variant("torn", "headings_misread", Look(form=_rubbish_headings), format="text"),
        Variant("torn", "headings_misread_without_numbers", Look(form=_rubbish_without_numbers), format="text"),
        Variant("torn", "basic_expenditure_in_running_text", listed, format="text"),
        Variant("torn", "basic_expenditure_in_lines_of_a_page", page),
        Variant("torn", "basic_expenditure_run_together", replace(page, form=_as_paragraph(""))),
    ]

"""Variants of converted text in which headings cannot be read, or a table was run together into a line."""

from dataclasses import replace

from tests.variants.changes import in_tables
from tests.variants.forms import ABOVE, LEFT, Cell, Form
from tests.variants.look import Look
from tests.variants.variant import Variant

KEYED = in_tables("GK02", "GK03", "GK05", "GK07", "GK08")
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


def variants() -> list[Variant]:
    listed = Look(finish_text=_basic_in_running_text)
    return [
        Variant("torn", "headings_misread", Look(form=_rubbish_headings), format="text"),
        Variant("torn", "headings_misread_without_numbers", Look(form=_rubbish_without_numbers), format="text"),
        Variant("torn", "basic_expenditure_in_running_text", listed, format="text"),
    ]

"""One layout that publishers print: what is printed, how it looks, and which part of the project reads it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.variants.forms import Form
from tests.variants.look import Look
from tests.variants.variant import Variant

DECLARED = "declarations"  # headings, titles and rows in warehouse/kinds/ alone; else the module that reads it
ONE_A_PAGE = (("GK01",), ("GK02",), ("GK03",), ("GK04",), ("GK05", "GK06"), ("GK07", "GK08", "GK09"))


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """`says`: what is printed, in words. `code`: the table that is printed so; "" for all.
    `read_by`: DECLARED, or what else the reading of this layout needed."""

    name: str
    says: str
    look: Look
    code: str = ""
    read_by: str = DECLARED
    format: str = "pdf"


def changing(code: str, change: Callable[[Form], Form], **look: object) -> Look:
    """The look of accounts in which one table is printed otherwise."""
    return Look(form=lambda form: change(form) if form.code == code else form, pages=ONE_A_PAGE, **look)  # type: ignore[arg-type]


def variants_of(kind: str, layouts: Iterable[Layout]) -> list[Variant]:
    return [Variant(kind, layout.name, layout.look, format=layout.format) for layout in layouts]

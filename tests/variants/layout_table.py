"""`python -m tests.variants.layout_table` writes docs/layouts.md: every layout, with what was read of it."""

from collections.abc import Iterator
from pathlib import Path

from tests.variants import layouts
from tests.variants.assessed_variants import assessed_variant
from tests.variants.catalogue import variants
from tests.variants.layout import DECLARED
from tests.variants.variant import Variant

TARGET = Path(__file__).parents[2] / "docs" / "layouts.md"
# Layouts that another module of variants writes: variant → what is printed, and what reads it.
OTHERS: dict[str, tuple[str, str]] = {
    "bodies-by_unit_before_by_subject": ("GK02, GK03: a table by unit before that by subject", "tables/recognise.py"),
    "bodies-parts_one_and_two": ("GK06 as part （二） of the title of GK05", "tables/recognise.py"),
    "bodies-two_in_one_file": ("all: the accounts of two bodies in one file", "about/"),
    "continuation-bare_xubiao_with_head": ("GK03 goes on below 续表, headings repeated", DECLARED),
    "continuation-xubiao_without_head": ("GK03 goes on below 续表, without headings", "tables/recognise.py"),
    "continuation-sideways_short_last_page_drawn_90": ("a short last page drawn sideways", "readers/pdf/"),
    "marks-unit_in_every_cell": ("all: 700.00万元 in each cell", "values/amounts.py"),
    "rows-merged_cells_repeated": ("all, in text: merged cells repeated by a converter", "tables/headings.py"),
}
ABOUT = """\
# Layouts of the standard tables

The accounts of the synthetic department of [variants.md](variants.md), each time with one table or all of them in
another layout. *Printed* counts the numbers of all tables with a known value; right, doubtful and missing are the
cells that were read as the printed number, with a doubt, or not at all; *false* the cells with another number, the
identities reported as broken that hold, and the numbers with which nothing was done. *Read by* says whether the
declarations in `warehouse/kinds/` alone teach it, or names what else reads it. `python -m tests.variants.layout_table`
writes this page; `python -m tests.variants NAME --into FOLDER` writes the sample.

| layout | sample | printed | right | doubtful | missing | false | read by |
|---|---|---:|---:|---:|---:|---:|---|
"""


def main() -> None:
    TARGET.write_text(ABOUT + "".join(f"{line}\n" for line in lines()), encoding="utf-8")


def described() -> Iterator[tuple[Variant, str, str]]:
    """Each variant that is a layout, what is printed, and what reads it."""
    said = {f"{layouts.KIND}-{one.name}": (one.says, one.read_by) for one in layouts.LAYOUTS} | OTHERS
    by_id = {variant.id: variant for variant in variants()}
    return ((by_id[name], *words) for name, words in said.items())


def lines() -> Iterator[str]:
    return (_line(*one) for one in described())


def _line(variant: Variant, says: str, read_by: str) -> str:
    found = assessed_variant(variant)
    printed = sum(value is not None for value in variant.look.truth().values())
    figures = (printed, found.right, found.doubtful, found.missing, len(found.falsehoods))
    words = says.replace("|", "\\|")
    return f"| {words} | `{variant.id}` | {' | '.join(map(str, figures))} | {read_by} |"


if __name__ == "__main__":
    main()

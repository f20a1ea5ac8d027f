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
    "bodies-two_in_one_file": (
        "all: two bodies in one file: the first, and a doubt that names both",
        "about/bodies.py",
    ),
    "continuation-bare_xubiao_with_head": ("GK03 goes on below 续表, headings repeated", DECLARED),
    "continuation-xubiao_without_head": ("GK03 goes on below 续表, without headings", "tables/recognise.py"),
    "continuation-sideways_short_last_page_drawn_90": (
        "GK01, GK03, GK06: a short last page drawn sideways",
        "tables/column_edges.py",
    ),
    "continuation-break_totals_of_economic_without_head": (
        "GK06: the totals alone on the last page, their cells merged",
        "tables/column_edges.py",
    ),
    "lines-across_only": ("all: lines between the rows alone", "readers/pdf/open_tables.py"),
    "lines-three_lines": ("all: three lines in each table", "readers/pdf/open_tables.py"),
    "text_layouts-columns_continued": (
        "GK02, GK03: the right columns in a table of their own on the next page",
        "tables/recognise.py",
    ),
    "text_layouts-income_without_codes": ("GK02 with names and no codes", "tables/shapes/named_subjects.py"),
    "text_layouts-basic_without_codes": ("GK06 with names and no codes", "tables/shapes/named_subjects.py"),
    "text_layouts-title_in_lenticular_brackets": ("all: titles in 【】", "tables/sections.py"),
    "text_layouts-title_in_round_brackets": ("all: titles in （）", "tables/sections.py"),
    "text_layouts-title_without_table": ("all: titles without the word 表", "tables/sections.py"),
    "text_layouts-shares_between_amounts": ("GK03, GK05: 占比 between the amounts", DECLARED),
    "marks-unit_in_every_cell": ("all: 700.00万元 in each cell", "values/amounts.py"),
    "rows-merged_cells_repeated": ("all, in text: merged cells repeated by a converter", "tables/headings.py"),
    "torn-headings_misread": ("headings misread below a sound title, with 栏次", "tables/shapes/numbered_columns.py"),
    "torn-headings_misread_without_numbers": ("the same without 栏次: refused with a doubt", "–"),
    "torn-basic_expenditure_in_running_text": (
        "GK06 as codes, names and amounts in running text",
        "tables/shapes/listed.py",
    ),
    "encodings-markdown": ("all, in text: Markdown", "readers/plain_text/"),
    "encodings-pandas_codes_and_numbers": ("all, in text: codes as 201.0, written by pandas", "values/codes.py"),
    "encodings-pandas_nan": ("all, in text: blanks as nan", DECLARED),
    "encodings-utf_16_without_bom": ("all, in text: UTF-16 without a mark", "readers/plain_text/encoding.py"),
    "text_layouts-aligned_wide_letters": ("all, in text: columns aligned with blanks", "readers/plain_text/"),
    "text_layouts-html_over_lines": (
        "all, in text: tables of HTML over many lines",
        "readers/plain_text/html_tables.py",
    ),
    "text_layouts-commas": ("all, in text: rows with commas", "readers/plain_text/separated_values.py"),
    "text_layouts-traditional": ("all, in text: traditional characters", "warehouse/kinds/characters.py"),
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
    TARGET.write_text(page(), encoding="utf-8")


def page() -> str:
    return ABOUT + "".join(f"{line}\n" for line in lines())


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

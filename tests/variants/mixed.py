"""Variants that combine two kinds of layout, or apply one to other cells than the other modules do."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from tests.assessment import Key
from tests.variants.canvas import GREY, SIZE, WHITE, Page
from tests.variants.changes import PERSONNEL_CELL, REFUND, cells_of, in_tables, refunded, value_of
from tests.variants.forms import LEFT, Form, Row
from tests.variants.grid import Grid, Placed, ruled, written
from tests.variants.lines import PALE, SHADED, sides
from tests.variants.look import Look, plain
from tests.variants.rows import CHANGED
from tests.variants.titles import COVERS
from tests.variants.variant import Variant, in_text, named
from tests.variants.visibility import SECRET, beside_cell, is_cell

Mark = Callable[[str], str]
DARK = (0.15, 0.15, 0.2)


def _points(code: str, point: str) -> Look:
    """Another decimal mark in one table only: the same amounts in other tables prove what it means."""
    return Look(marked={key: plain(value).replace(".", point) for key, value in cells_of(code).items()})


def _one(mark: Mark) -> Look:
    return Look(marked={PERSONNEL_CELL: mark(plain(value_of(PERSONNEL_CELL)))})


def _signed(mark: str, key: tuple[str, str, str]) -> Look:
    return Look(form=refunded, marked={key: mark.format("5.00")})


def _swapped_columns(form: Form) -> Form:
    """项目支出 before 基本支出."""
    if form.code not in ("GK03", "GK05"):
        return form

    def swapped(row: Row) -> Row:
        if row[4] == LEFT:  # the heading 本年支出, merged over all three columns
            return row
        return (*row[:3], row[4], row[3], *row[5:])

    return replace(form, head=(*map(swapped, form.head[:2]), form.head[2]), body=tuple(map(swapped, form.body)))


def of_items(form: Form) -> Form:
    """GK01 and GK04 without 行次."""
    columns = [n for n in range(form.columns) if form.head[1][n] != "行次"]

    def kept(row: Row) -> Row:
        return tuple(row[n] for n in columns)

    return replace(
        form,
        head=tuple(map(kept, form.head)),
        body=tuple(map(kept, form.body)),
        widths=tuple(form.widths[n] for n in columns),
    )


def _list_of_classes(form: Form) -> Form:
    """GK06 with one group of columns: the rows of the second group follow those of the first, each with its total."""
    left, right = [row[:3] for row in form.body], [row[3:] for row in form.body]
    head = (("科目编码", "科目名称", "决算数"),)
    return replace(form, head=head, body=(*left, *right), widths=(1, 3, 1.2))


def _without_row_names(form: Form) -> Form:
    return replace(form, body=tuple((row[0], "" if row[0] != "合计" else row[1], *row[2:]) for row in form.body))


def _white_body(page: Page, placed: Placed) -> None:
    for x, y, line in placed.starts():
        page.text(x, y, line, colour=WHITE)


def _dark(page: Page, grid: Grid) -> None:
    for placed in grid.placed:
        page.fill(placed.box, DARK)
    sides(page, grid)


def _as_its_ground(page: Page, x: float, y: float, placed: Placed) -> None:
    page.fill(placed.box, GREY)
    page.text(x, y, SECRET, colour=GREY)


def _below_an_image(page: Page, x: float, y: float, placed: Placed) -> None:
    left, bottom, right, top = placed.box
    page.text(x, y, SECRET)
    page.draw(
        f"q {right - left - 1:.1f} 0 0 {top - bottom - 1:.1f} {left + 0.5:.1f} {bottom + 0.5:.1f} cm "
        "BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
    )


def _translucent(page: Page, placed: Placed) -> None:
    page.draw("q /half gs")
    written(page, placed)
    page.draw("Q")


def _clipped_to_cell(page: Page, placed: Placed) -> None:
    left, bottom, right, top = placed.box
    page.draw(f"q {left:.1f} {bottom:.1f} {right - left:.1f} {top - bottom:.1f} re W n")
    written(page, placed)
    page.draw("Q")


def _once_hidden_once_shown(page: Page, placed: Placed) -> None:
    for x, y, line in placed.starts():
        page.text(x, y, line, state="3 Tr")
    written(page, placed)


def _covered_by_next_stripe(page: Page, placed: Placed) -> None:
    """Draws another figure, covers it with the stripe of the row, and draws the right figure on the stripe."""
    if is_cell(placed, PERSONNEL_CELL):
        left, bottom, _, top = placed.box
        page.text(left + 3, (bottom + top) / 2 - SIZE * 0.36, SECRET)
        page.fill(placed.box, PALE)
    written(page, placed)


def _mark_after_name(page: Page, placed: Placed) -> None:
    written(page, placed)
    if placed.cell == "其他水利支出":
        page.text(placed.box[0] + 45, placed.starts()[0][1] + 3, "1", 4)


def _column_stripes(page: Page, grid: Grid) -> None:
    for n in range(0, len(grid.xs) - 1, 2):
        page.fill((grid.xs[n], grid.ys[-1], grid.xs[n + 1], grid.ys[0]), PALE)
    ruled(page, grid)


def _thick_head(page: Page, grid: Grid) -> None:
    """Draws no line between the header and the first row."""
    sides(page, grid, top=lambda placed: placed.row != grid.heads)


def _pdf(name: str, look: Look, legible: bool = True) -> Variant:
    return Variant("mixed", name, look, legible=legible)


def _misprint(name: str, key: Key, printed: str, *breaks: Key) -> Variant:
    """An error of the publisher: its value is the printed one, and the identity must be reported as broken."""
    look = Look(marked={key: printed}, holds={key: Decimal(printed.replace(",", ""))})
    return Variant("mixed", name, look, breaks=frozenset(breaks))


def variants() -> list[Variant]:
    keyed, sums = in_tables("GK02", "GK03", "GK05", "GK07"), in_tables("GK01", "GK04")
    stripes, pairs = SHADED["stripes_by_cell"], partial(sides, top=lambda placed: placed.is_head or placed.row % 2)
    found = [
        _pdf("middle_dot_in_gk03", _points("GK03", "·"), legible=False),
        _pdf("middle_dot_in_gk09", _points("GK09", "·"), legible=False),
        _pdf("ideographic_stop_in_gk06", _points("GK06", "。"), legible=False),
        _pdf("middle_dot_with_commas", Look(amount=lambda value: plain(value).replace(".", "·")), legible=False),
        _pdf("european", Look(amount=lambda v: plain(v).translate(str.maketrans(",.", ".,"))), legible=False),
        _pdf("decimal_blank", Look(amount=lambda value: f"{value:.2f}".replace(".", " ")), legible=False),
        _pdf("decimal_missing", Look(amount=lambda value: f"{value:.2f}".replace(".", "")), legible=False),
        _misprint("misprinted_amount", PERSONNEL_CELL, "1,821.00", ("G1", "GK06", "301")),
        _misprint("misprinted_total", ("GK09", "all", "final_total"), "35.00", ("H1", "GK09", "all")),
        _misprint("misprinted_without_point", PERSONNEL_CELL, "1821", ("G1", "GK06", "301")),
        _pdf("one_middle_dot", _one(lambda text: text.replace(".", "·"))),
        _pdf("one_in_yuan", _one(lambda text: f"{text}元")),
        _pdf("one_about", _one(lambda text: f"约{text}")),
        _pdf("one_with_last_year", _one(lambda text: f"{text}（上年17.00）")),
        _pdf("one_with_two", _one(lambda text: f"{text} 20.00")),
        _pdf("one_over_two_lines", _one(lambda text: f"{text[:2]}\n{text[2:]}")),
        _pdf("sign_in_one_of_two_cells", _signed("△{}", ("GK03", REFUND, "total"))),
        _pdf("columns_swapped", Look(form=_swapped_columns)),
        _pdf("without_line_numbers", Look(form=sums(of_items))),
        _pdf("economic_as_one_list", Look(form=in_tables("GK06")(_list_of_classes), pages=_one_a_page())),
        _pdf("without_names", Look(form=keyed(_without_row_names))),
        _pdf("white_on_dark_everywhere", Look(rules=_dark, write=_white_body)),
        _pdf("hidden_as_its_ground", Look(zero="", write=beside_cell(_as_its_ground, before=True))),
        _pdf("hidden_below_an_image", Look(zero="", write=beside_cell(_below_an_image))),
        _pdf("translucent", Look(write=_translucent)),
        _pdf("clipped_to_cells", Look(write=_clipped_to_cell)),
        _pdf("hidden_layer_of_the_same_text", Look(write=_once_hidden_once_shown)),
        _pdf("covered_by_next_stripe", Look(write=_covered_by_next_stripe)),
        _pdf("superscript_after_name", Look(write=_mark_after_name)),
        _pdf("column_stripes", Look(rules=_column_stripes)),
        _pdf("no_line_below_head", Look(rules=_thick_head)),
        _pdf("stripes_and_break", Look(rules=stripes, breaks={"GK03": 9, "GK05": 5})),
        _pdf("stripes_and_yuan", Look(rules=stripes, unit={"": "元"})),
        _pdf("stripes_and_wrapped_names", _wrapped(stripes)),
        _pdf("pairs_and_wrapped_names", _wrapped(pairs)),
        _pdf("pairs_and_break_without_head", Look(rules=pairs, breaks={"GK03": 9}, repeated=())),
        _pdf("pairs_and_middle_dot", replace(_points("GK03", "·"), rules=pairs), legible=False),
        _pdf("yuan_and_xubiao", Look(unit={"": "元"}, breaks={"GK03": 9}, continued=("续表",))),
        _pdf("blank_zero_and_stripes", Look(zero="", rules=stripes)),
        _pdf("blank_zero_and_pairs", Look(zero="", rules=pairs)),
        _pdf(
            "law_cover_and_spaced_titles", Look(cover=COVERS["law_behind"], title=lambda form: (" ".join(form.title),))
        ),
        _pdf("bold_and_middle_dot", replace(_points("GK09", "·"), write=_bold), legible=False),
    ]
    texts = (
        "middle_dot_in_gk03",
        "european",
        "decimal_missing",
        "one_with_two",
        "columns_swapped",
        "misprinted_amount",
    )
    texts += (
        "sign_in_one_of_two_cells",
        "without_line_numbers",
        "economic_as_one_list",
        "without_names",
        "one_in_yuan",
    )
    by_name = {variant.name: variant for variant in found}
    return [*found, *(named(in_text(by_name[name]), f"{name}_in_text") for name in texts)]


def _one_a_page() -> tuple[tuple[str, ...], ...]:
    return (("GK01",), ("GK02", "GK03"), ("GK04",), ("GK05",), ("GK06",), ("GK07", "GK08", "GK09"))


def _wrapped(rules) -> Look:
    pages = (("GK01",), ("GK02",), ("GK03",), ("GK04",), ("GK05", "GK06"), ("GK07", "GK08", "GK09"))
    return Look(rules=rules, form=CHANGED["names_over_two_lines"], pages=pages)


def _bold(page: Page, placed: Placed) -> None:
    for x, y, line in placed.starts():
        page.text(x, y, line)
        page.text(x + 0.3, y, line)

"""Variants with text that is not visible on the page, and with visible text that is drawn in an unusual way."""

from collections.abc import Callable
from functools import partial

from tests.assessment import Key
from tests.variants.canvas import BLACK, GREY, SIZE, WHITE, Page, Pdf
from tests.variants.changes import PERSONNEL_CELL, SUBSIDY
from tests.variants.forms import Money
from tests.variants.grid import MARGIN, Grid, Placed, ruled, written
from tests.variants.look import Look
from tests.variants.variant import Variant

SECRET = "777.77"
Write = Callable[[Page, Placed], None]
Draw = Callable[[Page, float, float, Placed], None]


def is_cell(placed: Placed, key: Key) -> bool:
    return isinstance(placed.cell, Money) and placed.cell.key == key


def beside_cell(draw: Draw, key: Key = SUBSIDY, before: bool = False) -> Write:
    """Writes every cell, and in this one also calls `draw` at the position of a number."""

    def write(page: Page, placed: Placed) -> None:
        left, bottom, _, top = placed.box
        place = left + 3, (bottom + top) / 2 - SIZE * 0.36, placed
        if is_cell(placed, key) and before:
            draw(page, *place)
        written(page, placed)
        if is_cell(placed, key) and not before:
            draw(page, *place)

    return write


def _text(page: Page, x: float, y: float, placed: Placed, **options) -> None:
    page.text(x, y, SECRET, **options)


def _between(before: str, after: str) -> Draw:
    def draw(page: Page, x: float, y: float, placed: Placed) -> None:
        page.draw(before)
        page.text(x, y, SECRET)
        page.draw(after)

    return draw


def _covered(colour, page: Page, x: float, y: float, placed: Placed) -> None:
    left, bottom, right, top = placed.box
    page.text(x, y, SECRET)
    page.fill((left + 0.6, bottom + 0.6, right - 0.6, top - 0.6), colour)


def _annotation(subtype: str, extra: str = "") -> Draw:
    def draw(page: Page, x: float, y: float, placed: Placed) -> None:
        left, bottom, right, top = placed.box
        page.annotations.append(
            f"<</Type/Annot/Subtype/{subtype}/Rect[{left:.1f} {bottom:.1f} {right:.1f} {top:.1f}]/F 4"
            f"/Contents({SECRET})/DA(/Helv 7 Tf 0 g){extra}>>"
        )

    return draw


HIDDEN: dict[str, Draw] = {
    "white": partial(_text, colour=WHITE),
    "nearly_white": partial(_text, colour=(0.99, 0.99, 0.99)),
    "transparent": _between("q /clear gs", "Q"),
    "mode_3": partial(_text, state="3 Tr"),
    "mode_7": partial(_text, state="7 Tr"),
    "layer_off": _between("/OC /off BDC", "EMC"),
    "covered_white": partial(_covered, WHITE),
    "covered_grey": partial(_covered, GREY),
    "clipped_away": _between("q 0 0 5 5 re W n", "Q"),
    "too_small": partial(_text, size=0.1),
    "free_text": _annotation("FreeText"),
    "comment": _annotation("Text", "/Name/Comment"),
    "form_field": _annotation("Widget", f"/FT/Tx/T(a)/V({SECRET})"),
}


def _twice(dx: float, dy: float = 0, times: int = 2) -> Write:
    def write(page: Page, placed: Placed) -> None:
        for n in range(times):
            for x, y, line in placed.starts():
                page.text(x + n * dx, y + n * dy, line)

    return write


def _with(**options) -> Write:
    def write(page: Page, placed: Placed) -> None:
        for x, y, line in placed.starts():
            page.text(x, y, line, **options)

    return write


def _piecewise(page: Page, placed: Placed) -> None:
    """Writes each character separately, from right to left."""
    for x, y, line in placed.starts():
        places, at = [], x
        for char in line:
            places.append((at, char))
            at += (0.5 if char.isascii() else 1.0) * SIZE
        for at, char in reversed(places):
            page.text(at, y, char)


def _white_on_dark(page: Page, placed: Placed) -> None:
    if placed.is_head:
        page.fill(placed.box, (0.1, 0.2, 0.5))
    for x, y, line in placed.starts():
        page.text(x, y, line, colour=WHITE if placed.is_head else BLACK)


def _corrected(page: Page, placed: Placed) -> None:
    """Writes another number, covers it with a box, and writes the right number on the box."""
    if is_cell(placed, PERSONNEL_CELL):
        left, bottom, _, top = placed.box
        _covered(WHITE, page, left + 3, (bottom + top) / 2 - SIZE * 0.36, placed)
    written(page, placed)


def _footnote(page: Page, placed: Placed) -> None:
    """Writes a small raised 1 directly after the number, which is moved to the left."""
    for x, y, line in placed.starts():
        moved = 3.0 if is_cell(placed, PERSONNEL_CELL) else 0.0
        page.text(x - moved, y, line)
        if moved:
            page.text(placed.box[2] - 2 - moved, y + 3, "1", 4)


def _struck(page: Page, placed: Placed) -> None:
    written(page, placed)
    if is_cell(placed, PERSONNEL_CELL):
        left, bottom, right, top = placed.box
        page.line(left + 2, (bottom + top) / 2, right - 2, (bottom + top) / 2, 0.7)


VISIBLE: dict[str, Write] = {
    "bold_by_offset": _twice(0.3),
    "bold_by_vertical_offset": _twice(0.0, 0.25),
    "printed_twice_at_one_place": _twice(0.0),
    "printed_three_times": _twice(0.2, times=3),
    "bold_by_stroke": _with(state="2 Tr 0.3 w"),
    "stroked_only": _with(state="1 Tr 0.2 w"),
    "grey_text": _with(colour=(0.5, 0.5, 0.5)),
    "red_text": _with(colour=(0.9, 0.1, 0.1)),
    "piecewise_from_the_right": _piecewise,
    "white_on_dark_head": _white_on_dark,
    "corrected_over_a_cover": _corrected,
    "superscript_mark": _footnote,
}


def _crop(page: Page) -> None:
    page.entries += "/CropBox[0 0 595 842]"
    page.text(700, 400, SECRET)


def _cropped_column(page: Page) -> None:
    """Writes figures outside the visible part of the page."""
    width, height = page.size
    page.entries += f"/CropBox[{MARGIN / 2:g} 0 {width:g} {height:g}]"
    for n in range(20):
        page.text(-40, 700 - 12 * n, SECRET)


def _drawn_twice(page: Page, offset: str = "") -> None:
    page.operators = [*page.operators, f"q {offset}", *page.operators, "Q"]


def _watermark(page: Page) -> None:
    page.operators.insert(
        0, "q 0.9 0.9 0.9 rg BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <683768370032003000320034> Tj ET Q"
    )


def _straight_watermark(page: Page) -> None:
    page.operators.insert(0, "q 0.92 0.92 0.92 rg BT /F1 40 Tf 100 500 Td <0032003000320034516C5F00> Tj ET Q")


def _second_layer(page: Page) -> None:
    """Writes the same text again, invisible and shifted by a few points, as a bad OCR layer does."""
    again = [line.replace("Td", "Td 3 Tr") for line in page.operators if " Td <" in line]
    page.draw("q 1 0 0 1 4 -6 cm")
    page.operators += [*again, "Q"]


def _scanned(page: Page) -> None:
    """An image of the page, and its text in invisible render mode."""
    width, height = page.size
    page.operators = [line.replace(" Td <", " Td 3 Tr <") for line in page.operators]
    page.operators.insert(0, f"q {width:g} 0 0 {height:g} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")


PAGES: dict[str, Callable[[Page], None]] = {
    "outside_the_page": _crop,
    "outside_the_crop_box": _cropped_column,
    "page_drawn_twice": _drawn_twice,
    "page_drawn_twice_offset": partial(_drawn_twice, offset="1 0 0 1 0.25 0 cm"),
    "watermark_askew": _watermark,
    "watermark_straight": _straight_watermark,
    "second_text_layer": _second_layer,
}


def _without_unicode(pdf: Pdf) -> None:
    pdf.has_unicode = False


def _filled_rules(page: Page, grid: Grid) -> None:
    """Fills every cell with white before the texts are written: no text is covered."""
    for placed in grid.placed:
        page.fill(placed.box, WHITE)
    ruled(page, grid)


def variants() -> list[Variant]:
    found = []
    for name, draw in HIDDEN.items():
        found.append(_hidden(f"{name}_in_blank", Look(zero="", write=beside_cell(draw))))
        found.append(_hidden(f"{name}_beside_zero", Look(write=beside_cell(draw))))
    found += [Variant("visibility", name, Look(write=write)) for name, write in VISIBLE.items()]
    found += [Variant("visibility", name, Look(finish_page=finish)) for name, finish in PAGES.items()]
    found += [
        Variant("visibility", "white_boxes_behind", Look(rules=_filled_rules)),
        Variant("visibility", "struck_number", Look(write=_struck), legible=False),
        Variant("visibility", "scan_with_text_layer", Look(finish_page=_scanned), legible=False),
        Variant("visibility", "fonts_without_unicode", Look(finish_pdf=_without_unicode), legible=False),
    ]
    return found


def _hidden(name: str, look: Look) -> Variant:
    return Variant("visibility", f"hidden_{name}", look)

"""Variants whose tables continue on the next page, are rotated, or come in another order."""

from collections.abc import Callable

from tests.variants.canvas import Page
from tests.variants.look import Look
from tests.variants.variant import Variant, in_text, named

KEYED_BREAK = {"GK03": 9}
SHORT = {"GK01": 26, "GK03": 18, "GK06": 9}
HEADINGS = {
    "bare_xubiao": ("续表",),
    "numbered_xubiao": ("续表1",),
    "bracketed_xubiao": ("（续）",),
    "from_last_page": ("（续上表）",),
    "continued_number": ("续公开03表",),
    "title_continued": ("支出决算表（续）",),
    "title_continued_numbered": ("支出决算表（续1）",),
    "spaced_xubiao": ("续　表",),
}
BREAKS = {
    "after_total": {"GK03": 1},
    "one_row_left": {"GK03": 18},
    "inside_a_class": {"GK03": 3},
    "sums_left": {"GK01": 24},
    "last_sum_left": {"GK01": 26},
    "fiscal_sums_left": {"GK04": 24},
    "economic": {"GK06": 5},
    "totals_of_economic": {"GK06": 9},
    "fund": {"GK07": 2},
    "three_tables": {"GK03": 9, "GK05": 5, "GK06": 5},
}


def _turned_by_entry(page: Page) -> None:
    page.entries += "/Rotate 90"


def _side(operator: str, entry: str = "") -> Callable[[Page], None]:
    """Transforms the drawing by a matrix; the page gets `entry`, and is turned to the other format if it is rotated."""

    def turn(page: Page) -> None:
        width, height = page.size
        page.around(f"q {operator.format(width=width, height=height)} cm", "Q")
        if "0 1 -1 0" in operator or "0 -1 1 0" in operator:
            page.size = (height, width)
        page.entries += entry

    return turn


SIDEWAYS = {
    "drawn_90": _side("0 1 -1 0 {height} 0"),
    "drawn_270": _side("0 -1 1 0 0 {width}"),
    "drawn_and_turned_back": _side("0 1 -1 0 {height} 0", "/Rotate 90"),
    "drawn_270_and_turned_back": _side("0 -1 1 0 0 {width}", "/Rotate 270"),
    "upside_down": _side("-1 0 0 -1 {width} {height}"),
    "upside_down_turned_back": _side("-1 0 0 -1 {width} {height}", "/Rotate 180"),
    "turned_by_entry": _turned_by_entry,
    "shrunk": _side("0.7 0 0 0.7 80 120"),
}


def _page_number(page: Page) -> None:
    page.text(290, 20, "— 12 —")


def _head_line(page: Page) -> None:
    page.text(20, 828, "示例市水务局2024年度部门决算")
    page.text(290, 20, "第 3 页 共 7 页")


def variants() -> list[Variant]:
    found = [
        Variant("continuation", f"{name}_{kind}", Look(breaks=KEYED_BREAK, continued=lines, repeated=repeated))
        for name, lines in HEADINGS.items()
        for kind, repeated in (("with_caption", ("head", "caption")), ("with_head", ("head",)))
    ]
    found += [Variant("continuation", f"break_{name}", Look(breaks=breaks)) for name, breaks in BREAKS.items()]
    for name in (
        "one_row_left",
        "inside_a_class",
        "sums_left",
        "economic",
        "totals_of_economic",
        "fund",
        "three_tables",
    ):
        found.append(Variant("continuation", f"break_{name}_without_head", Look(breaks=BREAKS[name], repeated=())))
    found += [
        Variant("continuation", "break_with_title", Look(breaks=KEYED_BREAK, repeated=("title", "caption", "head"))),
        Variant("continuation", "xubiao_without_head", Look(breaks=KEYED_BREAK, repeated=(), continued=("续表",))),
    ]
    found += [
        Variant("continuation", f"sideways_{name}", Look(breaks={"GK01": 24, "GK03": 16}, finish_page=turn))
        for name, turn in SIDEWAYS.items()
    ]
    found += [
        Variant("continuation", f"sideways_short_last_page_{name}", Look(breaks=SHORT, repeated=(), finish_page=turn))
        for name, turn in SIDEWAYS.items()
    ]
    found += [
        Variant("continuation", "page_numbers", Look(breaks=KEYED_BREAK, finish_page=_page_number)),
        Variant("continuation", "running_heads", Look(breaks=KEYED_BREAK, finish_page=_head_line)),
        Variant(
            "continuation",
            "other_order",
            Look(pages=(("GK04",), ("GK01",), ("GK03", "GK02"), ("GK06", "GK05"), ("GK09", "GK08", "GK07"))),
        ),
        Variant(
            "continuation",
            "without_gk01",
            Look(pages=(("GK02", "GK03"), ("GK04",), ("GK05", "GK06"), ("GK07", "GK08", "GK09"))),
        ),
    ]
    texts = (
        "bare_xubiao_with_head",
        "from_last_page_with_caption",
        "break_sums_left_without_head",
        "continued_number_with_head",
    )
    by_name = {variant.name: variant for variant in found}
    return [*found, *(named(in_text(by_name[name]), f"{name}_in_text") for name in texts)]

"""Variants of units: in captions of different wording and position, in headings or cells, missing, contradictory."""

from collections.abc import Callable
from dataclasses import replace

from tests.variants.forms import Form, forms
from tests.variants.look import Look
from tests.variants.variant import Variant, in_text, named

CODES = tuple(form.code for form in forms())
NO_CAPTION = ("公开{no}表", "部门：{body}")
WORDINGS = {
    "amounts_in": "金额单位：{unit}",
    "ascii_colon": "单位:{unit}",
    "renminbi": "单位：人民币{unit}",
    "counted_in": "计量单位：{unit}",
    "bracketed": "（单位：{unit}）",
    "spaced": "单 位：{unit}",
    "unit_spaced": "单位：万 元",
    "without_colon": "单位{unit}",
    "full_line": "编制单位：{body}　　　　　　金额单位：{unit}",
    "in_one_line_with_body": "编制单位：{body}    单位：{unit}",
    "with_year": "2024年度　　单位：{unit}",
}


def _captioned(wording: str) -> tuple[str, ...]:
    return ("公开{no}表", f"部门：{{body}}|{wording}") if "{body}" not in wording else ("公开{no}表", f"{wording}|")


def _heads(word: Callable[[str], str]) -> Callable[[Form], Form]:
    """Adds the unit to the headings of amounts."""
    named_so = {"决算数", "金额", "合计", "小计", "本年收入合计", "本年支出合计"}

    def changed(form: Form) -> Form:
        head = tuple(tuple(word(cell) if cell in named_so else cell for cell in row) for row in form.head)
        return replace(form, head=head)

    return changed


def _unit_in_titles(form: Form) -> tuple[str, ...]:
    return (f"{form.title}（单位：万元）",)


def variants() -> list[Variant]:
    found = [Variant("units", f"caption_{name}", Look(caption=_captioned(word))) for name, word in WORDINGS.items()]
    found += [
        Variant("units", "yuan", Look(unit={"": "元"})),
        Variant(
            "units",
            "yuan_in_one_line_with_body",
            Look(unit={"": "元"}, caption=_captioned(WORDINGS["in_one_line_with_body"])),
        ),
        Variant("units", "hundred_million", Look(unit={"": "亿元"}, amount=lambda value: f"{value:.6f}")),
        Variant("units", "one_table_in_yuan", Look(unit={"GK09": "元"})),
        Variant("units", "half_in_yuan", Look(unit=dict.fromkeys(CODES[4:], "元"))),
        Variant(
            "units",
            "yuan_in_heads",
            Look(unit={"": "元"}, caption=NO_CAPTION, form=_heads(lambda word: f"{word}（元）")),
        ),
        Variant("units", "in_heads", Look(caption=NO_CAPTION, form=_heads(lambda word: f"{word}（万元）"))),
        Variant("units", "in_titles", Look(caption=NO_CAPTION, title=_unit_in_titles)),
        Variant(
            "units",
            "on_first_table_only",
            Look(
                caption=("公开{no}表", "部门：{body}|{unit}"),
                captioned=dict.fromkeys(CODES, "") | {"GK01": "单位：万元"},
            ),
        ),
        _wrong("yuan_below_a_caption_of_wan", Look(unit={"": "元"}, captioned={"": "万元"})),
        _wrong("one_table_in_yuan_below_wan", Look(unit={"GK09": "元"}, captioned={"": "万元"})),
        _wrong("gk03_in_yuan_below_wan", Look(unit={"GK03": "元"}, captioned={"": "万元"})),
        _wrong("wan_below_a_caption_of_yuan", Look(captioned={"": "元"})),
        _wrong("one_table_in_wan_below_yuan", Look(captioned={"GK09": "元"})),
        _wrong("two_units", Look(captioned={"GK09": "元、万元"})),
        _wrong("two_units_everywhere", Look(captioned={"": "元、万元"})),
        _wrong("two_units_by_slash", Look(captioned={"GK09": "万元/元"})),
        _wrong("two_units_in_words", Look(captioned={"GK09": "万元（元）"})),
        _wrong("none", Look(caption=NO_CAPTION)),
        _wrong("none_and_yuan", Look(caption=NO_CAPTION, unit={"": "元"})),
        _wrong("none_and_no_narrative", Look(caption=NO_CAPTION, unit={"": "元"}, narrative=())),
        _wrong("cut", Look(captioned={"": "万"})),
        Variant("units", "thousand", Look(unit={"": "千元"})),
    ]
    texts = (
        "yuan",
        "caption_in_one_line_with_body",
        "yuan_below_a_caption_of_wan",
        "two_units",
        "none_and_yuan",
        "in_heads",
    )
    by_name = {variant.name: variant for variant in found}
    return [*found, *(named(in_text(by_name[name]), f"{name}_in_text") for name in texts)]


def _wrong(name: str, look: Look) -> Variant:
    """A variant whose unit is wrong, missing or ambiguous: a person, too, must compare figures to find the unit."""
    return Variant("units", name, look, legible=False)

"""Variants with other marks in numbers (decimal point, thousands, sign), or with notes, units, similar letters or words
beside them."""

from decimal import Decimal

from tests.variants.changes import PERSONNEL_CELL, RECEPTION, cells_of, own_refunded, refunded, value_of
from tests.variants.look import Look, plain
from tests.variants.variant import Variant, in_text, named

CELL = plain(value_of(PERSONNEL_CELL))


def _swapped(old: str, new: str):
    return lambda value: plain(value).replace(old, new)


def full_width(text: str) -> str:
    return text.translate({ord(a): ord(a) + 0xFEE0 for a in "0123456789.,-"})


EVERY_CELL = {
    "thousands_none": _swapped(",", ""),
    "thousands_blank": _swapped(",", " "),
    "thousands_thin_space": _swapped(",", "\u2009"),
    "thousands_no_break_space": _swapped(",", "\u00a0"),
    "thousands_full_width_comma": _swapped(",", "，"),
    "decimal_full_width_point": _swapped(".", "．"),
    "full_width": lambda value: full_width(f"{value:.2f}"),
    "currency_sign_full_width": lambda value: f"￥{plain(value)}",
    "currency_sign": lambda value: f"¥{plain(value)}",
    "blank_before_decimals": _swapped(".", ". "),
    "blanks_around_point": _swapped(".", " . "),
    "without_trailing_zeros": lambda value: f"{value.normalize():,f}",
    "four_decimals": lambda value: f"{value:,.4f}",
    "blank_after": lambda value: f"{plain(value)} ",
    "no_leading_zero": lambda value: plain(value).removeprefix("0") if value else "0.00",
}
# The same sign for all decimal points, or for all thousands: all identities hold with either meaning of the sign.
OTHER_POINT = {
    "decimal_middle_dot": "·",
    "decimal_ideographic_stop": "。",
    "decimal_comma": ",",
    "decimal_ideographic_comma": "、",
    "decimal_apostrophe": "'",
    "decimal_katakana_dot": "・",
    "decimal_colon": ":",
}
ZEROS = {"empty": "", "dash": "-", "em_dash": "—", "two_em_dashes": "——", "bare": "0", "one_decimal": "0.0"}
SIGNS = {
    "hyphen": "-{}",
    "full_width_hyphen": "－{}",
    "minus": "−{}",
    "en_dash": "–{}",
    "brackets": "({})",
    "full_width_brackets": "（{}）",
    "triangle": "△{}",
    "black_triangle": "▲{}",
    "word": "负{}",
    "behind": "{}-",
    "hyphen_and_blank": "- {}",
    "small_hyphen": "﹣{}",
    "currency_behind_sign": "-￥{}",
}
BESIDE = {
    "circled": "{}①",
    "asterisk": "{}*",
    "square_bracket": "{}[1]",
    "bracketed_note": "{}（注1）",
    "added_note": "{}（含追加）",
    "note_before": "其中：{}",
    "superscript_digit": "{}¹",
    "unit": "{}万元",
    "unit_and_blank": "{} 万元",
    "percent_note": "{}（占3%）",
    "two_numbers": "{}/12.00",
    "year_note": "{}（2023年结转）",
}
WORDS = {"none": "无", "not_applicable": "不适用", "slash": "/", "dots": "……", "see_note": "详见附注"}


def variants() -> list[Variant]:
    found = [Variant("marks", name, Look(amount=amount)) for name, amount in EVERY_CELL.items()]
    for name, point in OTHER_POINT.items():
        found.append(Variant("marks", name, Look(amount=_pointed(point)), legible=False))
    found += [Variant("marks", f"zero_{name}", Look(zero=printed)) for name, printed in ZEROS.items()]
    found += [Variant("marks", f"negative_{name}", negative(mark)) for name, mark in SIGNS.items()]
    found += [Variant("marks", f"beside_{name}", beside(mark)) for name, mark in BESIDE.items()]
    found += [Variant("marks", f"word_{name}", word_in_cell(word)) for name, word in WORDS.items()]
    found += [
        Variant("marks", "unit_in_every_cell", Look(amount=lambda value: f"{plain(value)}万元")),
        Variant("marks", "negative_own_money", Look(form=own_refunded)),
        Variant("marks", "letter_o_for_zero", beside(CELL.replace("0", "O"), whole=True)),
        Variant("marks", "letter_l_for_one", beside(CELL.replace("1", "l"), whole=True)),
        Variant("marks", "number_over_two_lines", Look(marked=broken("GK03"))),
    ]
    texts = ["full_width", "decimal_middle_dot", "negative_triangle", "negative_brackets", "beside_added_note"]
    texts += ["beside_unit", "word_none", "zero_em_dash", "thousands_blank", "decimal_comma"]
    by_name = {variant.name: variant for variant in found}
    return [*found, *(named(in_text(by_name[name]), f"{name}_in_text") for name in texts)]


def _pointed(point: str):
    return lambda value: plain(value).replace(",", "").replace(".", point)


def negative(mark: str) -> Look:
    def amount(value: Decimal) -> str:
        return mark.format(plain(-value)) if value < 0 else plain(value)

    return Look(form=refunded, amount=amount)


def beside(mark: str, whole: bool = False) -> Look:
    """One amount of GK06 with a mark beside it, or (`whole`) with the mark instead of the amount."""
    return Look(marked={PERSONNEL_CELL: mark if whole else mark.format(CELL)})


def word_in_cell(word: str) -> Look:
    """One amount of 0 printed as a word or as a sign; a sign counts as a dash, a word as 0."""
    holds = {} if word.isalpha() else {RECEPTION: None}
    return Look(marked={RECEPTION: word}, holds=holds)


def broken(code: str) -> dict:
    """The amounts of a table with their last digit on a second line, as if they were too wide for the column."""
    return {key: f"{plain(value)[:-1]}\n{plain(value)[-1]}" for key, value in cells_of(code).items()}

"""Amounts: printed texts, many of them real misprints, with their values; and properties that hold for any text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values.amounts import _WELL_FORMED, DIGITS, SCALE, SIGN, UNITS, WORD, plain_amount, read_amount
from warehouse.records.reading import Presence

PLAIN = [
    ("0", "0"),
    ("0.00", "0.00"),
    ("12.30", "12.30"),
    ("-12.30", "-12.30"),
    ("1,234.56", "1234.56"),
    ("20,000", "20000"),
    ("10,998", "10998"),  # 10.998 may be meant; only the form that prints it can show that
    ("10.998", "10.998"),
    ("1,234,567", "1234567"),
    ("12.345678", "12.345678"),  # an amount in 亿元
    ("０．００", "0.00"),
    ("１，２３４．５６", "1234.56"),
    ("－１２．３０", "-12.30"),
    ("−12.30", "-12.30"),
    ("﹣12.30", "-12.30"),
    ("1，234.56", "1234.56"),
    ("\t5.00 \n", "5.00"),
    ("\u3000\xa05.00", "5.00"),
    ("4, 415. 98", "4415.98"),
    ("1,234 .56", "1234.56"),
    ("5 .00", "5.00"),
]


@pytest.mark.parametrize(("printed", "value"), PLAIN)
def test_an_unambiguous_text_has_one_value(printed, value):
    reading = read_amount(printed)
    assert (reading.presence, reading.value) == (Presence.NUMBER, Decimal(value))
    assert not reading.candidates and not reading.is_damaged


WRAPPED = [
    ("1,234,\n567.89", "1234567.89"),
    ("9,998,\n000", "9998000"),
    ("10.\n99", "10.99"),
    ("12\n.34", "12.34"),
    ("1,\n234,\n567.89", "1234567.89"),
    (" 6,\n 123.45 ", "6123.45"),
]


@pytest.mark.parametrize(("printed", "value"), WRAPPED)
def test_a_number_wrapped_at_a_separator_is_one_number(printed, value):
    assert read_amount(printed).value == Decimal(value)


@pytest.mark.parametrize(
    "printed", ["9" * 19, "1" + ",000" * 6, "1" * 400 + ".00", "9" * 19 + ".1.2", "(" + "9" * 30 + ")"]
)
def test_more_digits_than_an_amount_can_have_are_no_amount(printed):
    reading = read_amount(printed)
    assert reading.is_damaged
    assert [candidate for candidate in reading.candidates if candidate.value >= 10**18] == []


@pytest.mark.parametrize("printed", ["", " ", "\u3000", "\xa0", "\n", "\t \n"])
def test_a_blank_is_not_zero(printed):
    assert read_amount(printed) == read_amount("")
    assert read_amount(printed).presence is Presence.BLANK


DASHES = [
    "-", "--", "——", "—", "－", "―", "─", "–", "−", "﹣", "⸺", "⸻", "/", "\\", "／", "— —", "－－", "─ ─\n─",
    "‐", "‑", "‒", "━━",
]  # fmt: skip


@pytest.mark.parametrize("printed", DASHES)
def test_a_dash_is_neither_blank_nor_zero(printed):
    reading = read_amount(printed)
    assert (reading.presence, reading.value, reading.candidates) == (Presence.DASH, None, ())


DAMAGED = [
    ("4.596.01", ["4596.01"]),
    ("1, 819, 88", ["1819.88"]),
    ("4,415,98", ["4415.98"]),
    ("1.234,56", ["1234.56"]),
    ("12,34.56", ["1234.56"]),
    ("1,23", ["1.23"]),
    ("1.234.567", ["1234567", "1234.567"]),
    ("78. 06l", ["78.06", "78.061"]),
    ("l2.30", ["2.30", "12.30"]),
    ("O.00", ["0.00"]),
    ("1 0.99", ["10.99"]),
    ("12, 3.45", ["123.45"]),
    ("1 819.88", ["1819.88"]),
    ("45\n6.78", ["456.78"]),  # a line break between digits: these may also be two numbers
    ("1\n2\n3.45", ["123.45"]),
    ("0.0030213", ["0.00"]),
    ("0.00208", ["0.00", "0.00208"]),  # 0.00 and the beginning of a code, or five decimals
    ("1,234.5620101", ["1234.56"]),
    ("-3.002080501", ["-3.00"]),
    ("=260", ["-260", "260"]),
    ("＝260", ["-260", "260"]),
    ("~5.00", ["-5.00", "5.00"]),
    ("￥12.30", ["12.30"]),
    ("12.30元", ["12.30"]),
]


@pytest.mark.parametrize(("printed", "values"), DAMAGED)
def test_a_damaged_number_has_a_list_of_candidates(printed, values):
    reading = read_amount(printed)
    assert reading.is_damaged and reading.value is None
    assert [candidate.value for candidate in reading.candidates] == [Decimal(value) for value in values]
    assert all(candidate.how for candidate in reading.candidates)


@pytest.mark.parametrize(
    ("printed", "rest"),
    [("0.0030213", "30213"), ("7.50302", "302"), ("1.002080501", "2080501"), ("10.9920106", "20106")],
)
def test_a_code_joined_to_a_number_is_returned_for_the_next_cell(printed, rest):
    assert [candidate.rest for candidate in read_amount(printed).candidates if candidate.rest] == [rest]


@pytest.mark.parametrize("printed", ["合计", "五", "...", ",", "1,0000", "--5", "1..2", "NaN", "1,,234", "12 34"])
def test_a_text_that_is_no_number_has_no_candidate(printed):
    reading = read_amount(printed)
    assert reading.is_damaged and not reading.candidates


@pytest.mark.parametrize("printed", ["1.00 2.00", "1.00\n2.00", "12.50 3.10"])
def test_two_numbers_in_one_cell_are_never_joined(printed):
    joined = Decimal("".join(char for char in printed[:-3] if char.isdigit()) + printed[-3:])
    assert joined not in [candidate.value for candidate in read_amount(printed).candidates]


@pytest.mark.parametrize("printed", ["12.30①", "12.30²", "³"])
def test_a_footnote_mark_is_no_digit(printed):
    assert read_amount(printed).value is None


@given(st.text("0123456789.,- ０９，．－—\n\t\u3000万元合²①٣〇\ue000\ue001\u200b", max_size=12))
def test_the_value_alone_is_the_one_of_the_whole_reading(printed):
    assert plain_amount(printed) == read_amount(printed).value


@pytest.mark.parametrize("printed", ["(12.30)", "（12.30）"])
def test_brackets_may_mean_minus(printed):
    assert Decimal("-12.30") in [candidate.value for candidate in read_amount(printed).candidates]


@pytest.mark.parametrize("printed", ["0\n12.50", "0\n0\n12.50", "0 12.50"])
def test_no_number_begins_with_a_superfluous_zero(printed):
    assert read_amount(printed).value is None
    assert not read_amount(printed).candidates


FOREIGN_POINTS = "·。’':;•‧・、，"


@pytest.mark.parametrize("mark", FOREIGN_POINTS)
@pytest.mark.parametrize(("printed", "value"), [("900{}00", "900.00"), ("1,385{}50", "1385.50"), ("5{}0", "5.0")])
def test_one_other_mark_before_the_last_digits_is_the_decimal_point(mark, printed, value):
    (candidate,) = read_amount(printed.format(mark)).candidates
    assert (candidate.value, candidate.changes) == (Decimal(value), {SCALE})


@pytest.mark.parametrize("printed", ["900··00", "900-00", "900/00", "9a0.00", "9月0.00"])
def test_digits_are_not_joined_across_other_characters(printed):
    assert read_amount(printed).value is None
    assert all(candidate.value != 90000 for candidate in read_amount(printed).candidates)


@pytest.mark.parametrize(("printed", "value"), [("1'234.56", "1234.56"), ("1’234’567.80", "1234567.80")])
def test_another_mark_between_thousands_is_a_separator(printed, value):
    (candidate,) = read_amount(printed).candidates
    assert (candidate.value, candidate.changes) == (Decimal(value), frozenset())


NEGATIVE = [
    "△5.00", "▲5.00", "△ 5.00", "▽5.00", "负5.00", "减5.00", "（5.00）", "(5.00)", "【5.00】", "[5.00]", "5.00-",
    "5.00－", "–5.00", "—5.00", "➖5.00", "△5.00万元", "（5.00万元）",
]  # fmt: skip


@pytest.mark.parametrize("printed", NEGATIVE)
def test_a_minus_of_another_shape_gives_negative_candidates_only(printed):
    reading = read_amount(printed)
    assert reading.value is None
    assert [(one.value, one.changes) for one in reading.candidates] == [(Decimal("-5.00"), {SIGN})]


@pytest.mark.parametrize(
    "printed", ["■5.00", "约5.00", "赤字5.00", "5.00(负)", "(减)5.00", "5.00）", "（5.00", "↓5.00"]
)
def test_an_unknown_mark_before_a_number_may_be_a_minus(printed):
    assert {one.value for one in read_amount(printed).candidates} == {Decimal("5.00"), Decimal("-5.00")}
    assert all(SIGN in one.changes for one in read_amount(printed).candidates)


BESIDE = [
    "10.00（含追加）", "10.00 （含追加）", "10.00(1)", "（1）10.00", "10.00①", "①10.00", "10.00*", "*10.00", "+10.00",
    "10.00(含追加5元)", "其中：10.00",
]  # fmt: skip


@pytest.mark.parametrize("printed", BESIDE)
def test_a_note_beside_a_number_is_no_part_of_it(printed):
    reading = read_amount(printed)
    assert reading.is_damaged
    assert [(one.value, one.changes) for one in reading.candidates] == [(Decimal("10.00"), frozenset())]


@pytest.mark.parametrize(
    ("printed", "unit"),
    [("700.00万元", "万元"), ("700.00 万元", "万元"), ("700.00(元)", "元"), ("700.00万\n元", "万元"), ("700辆", "辆"),
     ("700.00万", "万元"), ("700.00亿元", "亿元")],
)  # fmt: skip
def test_the_unit_in_a_cell_is_kept_with_the_number(printed, unit):
    assert [(one.value, one.unit) for one in read_amount(printed).candidates] == [(Decimal(700), unit)]


@pytest.mark.parametrize("printed", ["5.00%", "2024年", "2024年决算数", "5.00(6.00)", "12月"])
def test_a_text_that_states_another_quantity_is_no_amount(printed):
    assert read_amount(printed).is_damaged and not read_amount(printed).candidates


@pytest.mark.parametrize(
    "unseen", ["\x00", "\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\xad", "\u200b", "\u200d", "\u2028", "\u2029", "\ufeff"]
)
def test_an_invisible_character_does_not_cut_a_number(unseen):
    assert read_amount(f"8.6{unseen}0").value == Decimal("8.60")
    assert read_amount(f"{unseen}1{unseen},234.50").value == Decimal("1234.50")
    assert read_amount(unseen).presence is Presence.BLANK


@pytest.mark.parametrize(("printed", "value"), [("٨.٦٠", "8.60"), ("𝟖.𝟔𝟎", "8.60"), ("८.६०", "8.60")])
def test_digits_of_other_scripts_are_digits(printed, value):
    assert read_amount(printed).value == Decimal(value)


@pytest.mark.parametrize("printed", ["1О.00", "1О.ОО", "lО.00"])
def test_letters_that_look_like_digits_give_candidates_only(printed):
    assert (Decimal("10.00"), {DIGITS}) in [(one.value, one.changes) for one in read_amount(printed).candidates]


@pytest.mark.parametrize("printed", ["无", "零"])
def test_a_word_for_nothing_may_be_0(printed):
    assert [(one.value, one.changes) for one in read_amount(printed).candidates] == [(Decimal(0), {WORD})]


@pytest.mark.parametrize("printed", ["900.0000000000001", "899.9999999999999", "-900.0000000000001"])
def test_the_long_decimals_of_a_float_are_no_amount(printed):
    assert [abs(one.value) for one in read_amount(printed).candidates] == [Decimal("900.00")]


def test_units_are_exact_factors_to_yuan():
    assert {name: int(factor) for name, factor in UNITS.items()} == {
        "元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000,
    }  # fmt: skip


AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2) | st.decimals(-(10**9), 10**9, places=4)
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@given(AMOUNTS)
def test_any_amount_reads_back_without_separators(amount):
    assert read_amount(f"{amount:f}").value == amount


@given(AMOUNTS)
def test_any_amount_reads_back_with_separators(amount):
    assert read_amount(f"{amount:,}").value == amount


@given(AMOUNTS)
def test_any_amount_reads_back_in_full_width(amount):
    assert read_amount(f"{amount:,}".translate(FULL_WIDTH)).value == amount


@given(AMOUNTS, st.lists(st.sampled_from(["", " ", "  ", "\u3000"]), min_size=16, max_size=16))
def test_any_amount_reads_back_with_blanks_beside_separators(amount, blanks):
    fill = iter(blanks)
    printed = "".join(f"{next(fill)}{char}{next(fill)}" if char in ",." else char for char in f"{amount:,}")
    assert read_amount(printed).value == amount


@given(st.text() | st.text("0123456789.,- \nlO=（）/—２", max_size=20))
def test_no_text_raises_an_error_and_a_value_has_no_candidates(printed):
    reading = read_amount(printed)
    assert (reading.value is None) or (reading.presence is Presence.NUMBER and not reading.candidates)
    if reading.value is not None:
        digits = f"{reading.value.copy_abs():f}"
        assert _WELL_FORMED.fullmatch(digits)


@given(st.text("0123456789.,-lO= ", min_size=1, max_size=14))
def test_a_value_consists_of_the_printed_digits(printed):
    value = read_amount(printed).value
    if value is not None:
        assert _digits(f"{value:f}") == _digits(printed)


def _digits(text):
    return "".join(filter(str.isdigit, text)).lstrip("0")


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(FOREIGN_POINTS))
def test_another_decimal_mark_does_not_change_the_scale(amount, mark):
    """No value is read as printed, and no candidate is 100 times the number."""
    reading = read_amount(f"{amount:,}".replace(".", mark))
    assert amount in [one.value for one in reading.candidates]
    assert reading.value is None and amount * 100 not in [one.value for one in reading.candidates if one.value]


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(NEGATIVE))
def test_no_minus_of_another_shape_is_plus(amount, shape):
    reading = read_amount(shape.replace("5.00", f"{amount:,}"))
    assert reading.value is None
    assert {one.value for one in reading.candidates} == {-amount}


@given(st.text("0123456789.,-·△()（）万元无①\u200b", min_size=1, max_size=14))
def test_a_candidate_consists_of_the_printed_digits(printed):
    """Except for a note in brackets, a code of the next cell, and a word for 0."""
    for candidate in read_amount(printed).candidates:
        if not candidate.rest and WORD not in candidate.changes:
            assert _digits(f"{candidate.value.copy_abs():f}") in _digits(printed)


@given(st.text("0123456789.,-lO= \n", min_size=1, max_size=14))
def test_candidates_differ_in_value(printed):
    values = [candidate.value for candidate in read_amount(printed).candidates]
    assert len(values) == len(set(values))

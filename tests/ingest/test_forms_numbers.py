"""Numbers in forms: marks beside a number are not part of it."""

from decimal import Decimal

import pytest

from ingest.forms.values.numbers import is_damaged, numbers_of, plain


@pytest.mark.parametrize("mark", ["①", "²", "₁", "⑵", "❶"])
def test_a_mark_of_a_note_is_no_digit(mark):
    assert plain(f"55.00{mark}") == Decimal("55.00")
    assert numbers_of(f"10{mark}") == [Decimal(10)]


def test_full_width_is_read():
    assert plain("５５．００") == Decimal("55.00")
    assert numbers_of("１０ ９５％") == [Decimal(10), Decimal(95)]


@pytest.mark.parametrize("text", ["97·99", "9。5", "97'99分", "+5.00", "＋5"])
def test_a_mark_in_place_of_the_point_is_damage(text):
    assert is_damaged(text)
    assert plain(text) is None


@pytest.mark.parametrize("text", ["97.99", "1,234.50", "≥90%", "3-5次", "10:30", "1、2", "已完成", "", "—"])
def test_numbers_ranges_and_words_are_no_damage(text):
    assert not is_damaged(text)

"""Numbers of forms: what stands beside them is no digit of them."""

from decimal import Decimal

import pytest

from ingest.forms.numbers import numbers_of, plain


@pytest.mark.parametrize("mark", ["①", "²", "₁", "⑵", "❶"])
def test_a_mark_of_a_note_is_no_digit(mark):
    assert plain(f"55.00{mark}") == Decimal("55.00")
    assert numbers_of(f"10{mark}") == [Decimal(10)]


def test_full_width_is_read():
    assert plain("５５．００") == Decimal("55.00")
    assert numbers_of("１０ ９５％") == [Decimal(10), Decimal(95)]

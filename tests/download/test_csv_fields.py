"""Fields of the CSV export: values are exact, and no text is one that a spreadsheet would run as a formula."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.export.csv_file import field, guarded, unguarded


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\tplain", "\rplain", "\nplain", " =1", "\u3000=1", "\u00a0@x",
        "\ufeff=1", "\u200b=1", "＝1+1", "＋1", "－1", "＠SUM", "﹦1", " ＝1", "'=1", "'", "-5.00", "-", "\x0b=1",
    ],
)  # fmt: skip
def test_a_text_that_a_spreadsheet_may_run_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text", ["", "——", "合计", "1+1", "a=1", "2080501", "一、一般公共预算", "5-3", "（-1）", " 1", "“=1”"]
)
def test_other_texts_are_not_changed(text):
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text())
def test_taking_one_apostrophe_away_gives_the_text_back(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text).lstrip()[:1] not in set("=+-@＝＋－＠")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", '""'),
        ("合计", '"合计"'),
        ('a "b", c', '"a ""b"", c"'),
        ("-5.00", '"\'-5.00"'),
        (Decimal("-5.00"), "-5.00"),
        (Decimal("0E-6"), "0.000000"),
        (Decimal("1E+3"), "1000"),
        (Decimal("12345678901234567890.123456"), "12345678901234567890.123456"),
        (-3, "-3"),
        (True, "true"),
        (["GK01", 'a"b', None, "=1"], '"[""GK01"",""a\\""b"",null,""=1""]"'),
        ([], '"[]"'),
        (date(2025, 8, 1), "2025-08-01"),
        (datetime(2025, 8, 1, 12, 0, tzinfo=UTC), "2025-08-01 12:00:00.000000+00:00"),
    ],
)
def test_a_value_in_the_file(value, written):
    assert field(value) == written

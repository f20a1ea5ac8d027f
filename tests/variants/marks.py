"""Marks in and around numbers: for the decimal point, the thousands, the sign; spaces, notes, look-alikes."""

from decimal import Decimal

from tests.variants.look import Look, plain
from tests.variants.variant import Variant


def _all(name: str, amount, **options) -> Variant:
    return Variant("marks", name, Look(amount=amount), **options)


def _swapped(old: str, new: str):
    return lambda value: plain(value).replace(old, new)


def _full_width(value: Decimal) -> str:
    return plain(value).translate({ord(a): ord(a) + 0xFEE0 for a in "0123456789.,-"})


def variants() -> list[Variant]:
    return [
        _all("thousands_none", _swapped(",", "")),
        _all("thousands_blank", _swapped(",", " ")),
        _all("thousands_full_width_comma", _swapped(",", "，")),
        _all("decimal_full_width_point", _swapped(".", "．")),
        _all("decimal_middle_dot", _swapped(".", "·"), legible=False),
        _all("decimal_ideographic_stop", _swapped(".", "。"), legible=False),
        _all("full_width", _full_width),
        _all("currency_sign", lambda value: f"￥{plain(value)}"),
        _all("without_trailing_zeros", lambda value: f"{value.normalize():,f}"),
    ]

"""Numbers as text for people: thousands separators, and a dash where there is no value."""

from decimal import Decimal

DASH = "—"


def wan(value: Decimal | None) -> str:
    """An amount with two decimals, or more where the value has more: nothing is rounded."""
    if value is None:
        return DASH
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # it is a str for NaN and infinity only
    decimals = max(2, -exponent)
    return f"{value:,.{decimals}f}"


def number(value: Decimal | int | None, sign: bool = False) -> str:
    return DASH if value is None else f"{value:+,}" if sign else f"{value:,}"


def percent(value: Decimal | None, sign: bool = False) -> str:
    return DASH if value is None else f"{number(value, sign)}%"

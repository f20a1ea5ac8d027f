"""Figures as people read them; what is not known is a dash."""

from decimal import Decimal

NOTHING = "—"


def wan(value: Decimal | None) -> str:
    """Two decimals, or as many as the value has: a table must not round."""
    if value is None:
        return NOTHING
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # a word where the value is no number
    decimals = max(2, -exponent)
    return f"{value:,.{decimals}f}"


def number(value: Decimal | int | None, sign: bool = False) -> str:
    return NOTHING if value is None else f"{value:+,}" if sign else f"{value:,}"


def percent(value: Decimal | None, sign: bool = False) -> str:
    return NOTHING if value is None else f"{number(value, sign)}%"

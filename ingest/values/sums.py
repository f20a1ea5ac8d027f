"""Sums of which a part may be missing."""

from collections.abc import Iterable
from decimal import Decimal


def sum_of(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, None where one of them is missing."""
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total

"""How far rounding can have moved a printed number: half of its last printed decimal.

A table that prints two decimals prints 0 for 0.00 and 12.5 for 12.50, so what a number lacks of the
decimals usual in its table are zeros that were dropped.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from functools import lru_cache

from ingest.values.amounts import UNITS
from ingest.values.rounding import HALF
from warehouse.records.reading import Amount

_DECIMALS = re.compile(r"\.(\d+)$")
WIDE = Context(prec=80)  # a huge number over a tiny one is still a percentage
IN_HUNDREDS = -2  # decimals of a number of 元 that ends in 00


def decimals_of(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def printed_decimals(amount: Amount) -> int:
    """Decimals of an amount in the unit it is printed in."""
    if amount.value is None:
        return 0
    found = _DECIMALS.search(amount.printed.replace(" ", "").rstrip())
    in_unit = amount.value / UNITS.get(amount.printed_unit, Decimal(1)) if amount.value else amount.value
    return max(len(found[1]) if found else 0, decimals_of(in_unit.normalize()))


def usual_decimals(amounts: Sequence[Amount], printed: Sequence[int]) -> Mapping[str, int]:
    """Table → its usual decimals; a table of whole numbers goes by the other tables of its unit."""
    by_table: dict[str, Counter[int]] = {}
    by_unit: dict[str, Counter[int]] = {}
    units: dict[str, str] = {}
    for amount, decimals in zip(amounts, printed, strict=True):
        counted = by_table.setdefault(amount.table_code, Counter())
        if amount.value_unit == "元":
            units[amount.table_code] = amount.printed_unit
            if decimals:
                counted[decimals] += 1
                by_unit.setdefault(amount.printed_unit, Counter())[decimals] += 1
    usual = {
        table: _most(counted) or _most(by_unit.get(units.get(table, ""), Counter()))
        for table, counted in by_table.items()
    }
    return usual | _converted(amounts, units)


def _converted(amounts: Iterable[Amount], units: Mapping[str, str]) -> dict[str, int]:
    """A table in 元 of which every number ends in 00 was rounded in 万元 and then multiplied."""
    in_hundreds: dict[str, bool] = {}
    for amount in amounts:
        if units.get(amount.table_code) == "元" and amount.value_unit == "元" and amount.value:
            ends_in_00 = amount.value % 100 == 0
            in_hundreds[amount.table_code] = in_hundreds.get(amount.table_code, True) and ends_in_00
    return {table: IN_HUNDREDS for table, all_do in in_hundreds.items() if all_do}


def _most(counted: Counter[int]) -> int:
    return counted.most_common(1)[0][0] if counted else 0


@lru_cache(64)  # three arguments occur, for every cell
def yuan_half(decimals: int, printed_unit: str) -> Decimal:
    """Half of the last of so many decimals, in 万元."""
    return (HALF * UNITS[printed_unit]).scaleb(-decimals - 4).normalize()


def half_unit(value: Decimal, unit: str | None) -> Decimal:
    """Of a figure of the narrative or a form. Counts are exact, and 5 万元 are 5.00."""
    if unit not in ("万元", "%", "分"):
        return Decimal(0)
    decimals = decimals_of(value)
    return HALF.scaleb(-(2 if unit == "万元" and not decimals else decimals))


def points_half(value: Decimal) -> Decimal:
    """Weights and scores are set, not measured: only one with two decimals or more may have been rounded."""
    return HALF.scaleb(-decimals_of(value)) if decimals_of(value) > 1 else Decimal(0)

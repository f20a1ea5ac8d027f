"""What a matched slot says: its number in 万元, % or pieces, signed by its direction word."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.narrative.joined import Joined
from ingest.narrative.words import NUMBER
from ingest.values.amounts import UNITS, Candidate, read_amount

_NUMBER = re.compile(NUMBER)
_IN_WAN = Decimal(10_000)
_OF_MONEY = frozenset({"万元", "±万元"})


@dataclass(frozen=True, slots=True)
class Value:
    """`value` is None where the printed number is damaged; then `candidates` lists what it may be."""

    value: Decimal | None
    unit: str
    candidates: tuple[Candidate, ...] = ()
    scale: Decimal = Decimal(1)  # what the printed number was multiplied by

    def half_unit(self, chosen: Decimal) -> Decimal:
        """How far rounding can have moved `chosen`, in `unit`: half of the last decimal it is printed with.

        Counts are exact. 5 万元 are 5.00, because the form prints two decimals; 1.2 亿元 may be 5 million more.
        """
        if self.unit not in ("万元", "%", "分"):
            return Decimal(0)
        decimals = int(self.scale.as_tuple().exponent) - int(chosen.as_tuple().exponent)
        if decimals <= 0:
            decimals = 2 if self.unit == "万元" and self.scale == 1 else 0
        return Decimal("0.5").scaleb(-decimals) * self.scale


def read_value(joined: Joined, start: int, end: int, type_: str, down: tuple[str, ...]) -> Value:
    """The value of the slot at text[start:end]."""
    text = joined.text[start:end]
    found = _NUMBER.search(text)
    assert found, text
    reading = read_amount(joined.with_blanks(start + found.start(), start + found.end()))
    suffix = text[found.end() :]
    scale, unit = _scale(suffix, type_)
    sign = -1 if type_.startswith("±") and text.startswith(down) else 1
    candidates = tuple(
        replace(each, value=_signed(each.value, sign) * scale) for each in reading.candidates if not each.rest
    )
    value = None if reading.value is None else _signed(reading.value, sign) * scale
    if unit == "%" and not suffix and value is not None:
        return Value(None, unit, (Candidate(value, "百分号未印"),))
    return Value(value, unit, candidates, scale)


def _signed(value: Decimal, sign: int) -> Decimal:
    """减少5 and 减少-5 both say that it became less."""
    return -abs(value) if sign < 0 and value else value


def _scale(suffix: str, type_: str) -> tuple[Decimal, str]:
    if type_ in ("%", "±%"):
        return Decimal(1), "%"
    if type_ == "分":
        return Decimal(1), "分"
    if type_ not in _OF_MONEY:
        return Decimal(1), suffix or type_
    unit = UNITS.get(suffix) or (UNITS["万元"] if suffix in ("万", "") else UNITS["元"])
    return unit / _IN_WAN, "万元"

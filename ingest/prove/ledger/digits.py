"""Numbers compared by their digits alone: a reader may move, join or mark what is printed, never change its digits."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from ingest.document import PrintedNumber

_RUN = re.compile(r"\d(?:[.,，．]?\d)*")  # as the readers cut them
_NO_DIGIT = re.compile(r"\D")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_AMOUNT = re.compile(r"\d{1,3}(?:[,，]\d{3})+|\d[\d,，]*[.．]\d+")
_LARGE = re.compile(r"[1-9]\d{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=32768)  # 39 calls per text
def digits_of(text: str) -> str:
    """4, 415. 98 → 441598."""
    return _NO_DIGIT.sub("", text if text.isascii() else text.translate(_HALF_WIDTH))


def digits_in(numbers: Iterable[PrintedNumber]) -> str:
    return "".join([digits_of(number.text) for number in numbers])


@lru_cache(maxsize=32768)  # 28 calls per text
def runs_in(text: str) -> tuple[str, ...]:
    """The digits of each number printed in a text."""
    return tuple(map(digits_of, _RUN.findall(text)))


def take(number: PrintedNumber, pool: Counter[str]) -> bool:
    """Whether a number is one of those in the pool; each of these is taken once."""
    digits = digits_of(number.text)
    if pool[digits] <= 0:
        return False
    pool[digits] -= 1
    return True


def is_amount(number: PrintedNumber) -> bool:
    """Whether a number is printed as amounts are, with decimals or thousands; no percentage is."""
    return bool(_AMOUNT.fullmatch(number.text)) and number.after not in ("%", "％", "‰")


def may_be_amount(number: PrintedNumber) -> bool:
    """An amount, or a whole number too large for a line number and no year."""
    whole = _LARGE.fullmatch(number.text) and not _YEAR.fullmatch(number.text) and number.after not in "年月日号%％‰"
    return is_amount(number) or bool(whole)


def is_dated(number: PrintedNumber) -> bool:
    """2024年, 12月, 3.5%: what follows says that it is no amount."""
    return bool(number.after) and number.after in "年月日%％‰"

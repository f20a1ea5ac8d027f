"""A target or an actual value taken apart: ≥95% is >=, 95, %. What is no plain quantity stays text."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from ingest.values.amounts import read_amount
from ingest.values.characters import name_of

_BEFORE = {
    ">=": (">=", "≥", "≧", "⩾", "大于等于", "大于或等于", "不低于", "不少于", "不小于", "至少", "达到", "不得低于"),
    "<=": ("<=", "≤", "≦", "⩽", "小于等于", "小于或等于", "不超过", "不高于", "不大于", "不多于", "不得超过", "控制在"),
    ">": (">", "大于", "超过", "高于", "多于"),
    "<": ("<", "小于", "低于", "少于"),
    "=": ("=", "等于"),
}
_BEHIND = {
    "(含)以上": ">=",
    "及以上": ">=",
    "以上": ">=",
    "(含)以内": "<=",
    "及以内": "<=",
    "以内": "<=",
    "及以下": "<=",
    "以下": "<=",
}
_WORDS = sorted(((word, operator) for operator, words in _BEFORE.items() for word in words), key=lambda w: -len(w[0]))
_QUANTITY = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)([^\d\s()（）;:¦]{0,10})")
_DATE = re.compile(r"^(?:年|月|日|时[前底]|季度)")


class Quantity(NamedTuple):
    operator: str | None = None  # = | >= | <= | > | <; None where none is printed
    value: Decimal | None = None
    unit: str | None = None


def quantity(text: str | None) -> Quantity:
    """The quantity that a text states, or an empty one for a date, a word, a sentence, a range."""
    if not text:
        return Quantity()
    bare = unicodedata.normalize("NFKC", name_of(text))
    operator, bare = _operator(bare)
    found = _QUANTITY.fullmatch(bare)
    if not found or (found[2] and _DATE.match(found[2])):
        return Quantity()
    value = read_amount(found[1]).value
    if value is None or (operator is None and value < 0):  # -260万元 is as likely =260万元, its = misread
        return Quantity()
    return Quantity(operator, value, found[2] or None)


def _operator(bare: str) -> tuple[str | None, str]:
    for word, operator in _WORDS:
        if bare.startswith(word):
            return operator, bare[len(word) :]
    for word, operator in _BEHIND.items():
        if bare.endswith(word):
            return operator, bare[: -len(word)]
    return None, bare

"""A target or an actual value taken apart: ≥95% is >=, 95, %. What is no plain quantity stays text."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ingest.values.amounts import plain_amount
from warehouse.kinds.characters import name_of
from warehouse.kinds.form_declarations import Operator, Words, wordings


def _longest_first(declared: dict[Operator, Words]) -> list[tuple[str, str]]:
    """(wording, operator)"""
    pairs = [(word, operator) for operator, words in declared.items() for word in words]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


_BEFORE = _longest_first(wordings().operators.before)
_BEHIND = _longest_first(wordings().operators.behind)
_WORDS_BEFORE, _WORDS_BEHIND = (tuple(word for word, _ in pairs) for pairs in (_BEFORE, _BEHIND))
_QUANTITY = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)([^\d\s()（）;:¦]{0,10})")
_DATES = wordings().indicators.dates


class Quantity(NamedTuple):
    operator: str | None = None  # = | >= | <= | > | <; None where none is printed
    value: Decimal | None = None
    unit: str | None = None


@lru_cache(maxsize=16384)  # 4 calls per text: it is tried as a target and as an actual value
def quantity(text: str | None) -> Quantity:
    """The quantity that a text states, or an empty one for a date, a word, a sentence, a range."""
    if not text:
        return Quantity()
    bare = unicodedata.normalize("NFKC", name_of(text))
    operator, bare = _operator(bare)
    found = _QUANTITY.fullmatch(bare)
    if not found or found[2].startswith(_DATES):
        return Quantity()
    value = plain_amount(found[1])
    if value is None or (operator is None and value < 0):  # -260万元 is as likely =260万元, its = misread
        return Quantity()
    return Quantity(operator, value, found[2] or None)


def operator_of(text: str) -> str | None:
    """Of a cell that prints an operator alone: ≥ is >=; None of a word such as 定性."""
    operator, rest = _operator(unicodedata.normalize("NFKC", name_of(text)))
    return operator if not rest else None


def _operator(bare: str) -> tuple[str | None, str]:
    if bare.startswith(_WORDS_BEFORE):
        word, operator = next(pair for pair in _BEFORE if bare.startswith(pair[0]))
        rest = bare[len(word) :]
        again = next((behind for behind, same in _BEHIND if same == operator and rest.endswith(behind)), "")
        return operator, rest.removesuffix(again)  # 达到95%以上
    if bare.endswith(_WORDS_BEHIND):
        word, operator = next(pair for pair in _BEHIND if bare.endswith(pair[0]))
        return operator, bare[: -len(word)]
    return None, bare

"""A target that a phantom border has cut, where the actual value or the indicator's own words prove it.

≥40 | 00人 beside 400人 is ≥400人: the border printed a 0 of both pieces. ≥17 | 万元 beside 1万元 is ≥1万元: what
stands before the border may be misread in its last sign, nothing else. What nothing proves stays open.
"""

import re
from operator import eq, ge, gt, le, lt

from ingest.forms.cells.fragments import BORDER, overlapped
from ingest.forms.values import numbers
from ingest.forms.values.quantities import quantity
from warehouse.kinds.form_declarations import wordings

_LIKE = str.maketrans({"≪": "≤", "≫": "≥", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥"})
_COMPARED = {"≥": ge, "≤": le, ">": gt, "<": lt, "=": eq}
_STRAY = re.compile(r"^[:;÷⇒'’“”(（.·\s]+|[;:』『)）\s]+$")
_OPERATOR = re.compile(r"^[:\s]*([≥≤=<>])")
_ACTUAL = re.compile(r"[(（]?(\d+(?:\.\d+)?)([^\d\s]{0,8})")
_WORDS = wordings().torn.target_words


def proved_target(printed: str, actual: str | None, evidence: str, is_met: bool) -> str | None:
    """The target as it must have been printed, or None where it stays open."""
    head, *tails = [_STRAY.sub("", part.translate(_LIKE)) for part in printed.split(BORDER)]
    tail = "".join(tails)
    if _OPERATOR.match(tail) or not head:
        head, tail = tail, ""
    operator = _OPERATOR.match(head)
    if operator:
        return _proved_number(operator[1], head[operator.end() :], tail, actual, is_met)
    if any(char.isdigit() for char in head + tail):
        return head if not tail and quantity(head).unit else None
    return _proved_words(head, tail, evidence)


def _proved_number(operator: str, head: str, tail: str, actual: str | None, is_met: bool) -> str | None:
    """Operator and number: printed whole, or equal to the actual value that the pieces agree with."""
    head, tail = _STRAY.sub("", head), _STRAY.sub("", tail)
    if not tail and quantity(head).unit:
        return operator + head
    if not head and quantity(tail).unit:
        return operator + tail
    found = _ACTUAL.fullmatch(actual or "")
    if found is None:
        return None
    number, unit = found[1], found[2]
    legible = "".join(re.findall(r"^\d+", head))
    rest = tail if any(char.isdigit() for char in tail) or tail in unit else ""
    ends_so = (number + unit).endswith(rest)
    begins_so = number.startswith(legible[:-1]) or legible == number
    enough = len(legible[:-1]) + len(re.findall(r"\d", rest)) >= len(number) or legible[: len(number)] == number
    if (ends_so and begins_so and enough) or (operator == "=" and is_met and begins_so):
        return operator + number + unit
    return _only_one_met(operator, legible, tail, number, unit) if is_met else None


def _only_one_met(operator: str, legible: str, tail: str, number: str, unit: str) -> str | None:
    """Of the numbers that the pieces may print, the only one that the actual value meets, as the full score says."""
    if not legible or not tail.endswith(unit):
        return None
    digits = tail[: len(tail) - len(unit)]
    tried = {legible, legible + digits, legible[:-1] + digits, overlapped(legible, digits) or legible}
    met = [text for text in tried if text.isdigit() and _meets(operator, number, text)]
    return operator + met[0] + unit if len(met) == 1 else None


def _meets(operator: str, actual: str, target: str) -> bool:
    reached, aim = numbers.of_pieces(actual), numbers.of_pieces(target)
    return reached is not None and aim is not None and _COMPARED[operator](reached, aim)


def _proved_words(head: str, tail: str, evidence: str) -> str | None:
    """A word of which enough is left, and which the indicator itself or its reason says in full."""
    text = head + tail
    if not tail or (merged := overlapped(head, tail)) is None:
        merged = text
    if _is_words(merged) or (merged in evidence and len(merged) > 1):
        return merged
    for word in _WORDS:
        if word in evidence and text.endswith(word[-1]) and (len(text) == 2 or (tail and len(text) == 3)):
            return head + word if head in _WORDS else word
        if word in evidence and head in _WORDS and tail.endswith(word) and len(tail) == len(word) + 1:
            return head + word
    return None


def _is_words(text: str) -> bool:
    pairs = [text[n : n + 2] for n in range(0, len(text), 2)]
    return bool(text) and all(pair in _WORDS for pair in pairs)

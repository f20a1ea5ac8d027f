"""Whether an indicator reached its target: the one definition for checks and views.

A printed operator says in which direction; without one the words of the indicator do (directions.toml):
334 of a cost of 390 and 30 of 20 meetings are no misses. Where neither tells, or the units differ: None.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from operator import ge, gt, le, lt

from ingest.forms.values.quantities import quantity
from warehouse.kinds.characters import squeeze
from warehouse.kinds.form_declarations import directions
from warehouse.records.reading import Indicator, Status

Compare = Callable[[Decimal, Decimal], bool]
PRINTED: dict[str, Compare] = {">=": ge, ">": gt, "<=": le, "<": lt}
STRICT = (">", "<")  # in a torn cell they may also be a cut ≥ or ≤
AT_LEAST, AT_MOST = "at_least", "at_most"
BY_WORDS: dict[str, Compare] = {AT_LEAST: ge, AT_MOST: le}


def judged(one: Indicator) -> Indicator:
    return replace(one, is_met=is_met(one))


def is_met(one: Indicator) -> bool | None:
    target, actual = one.target_value, one.actual_value
    if target is None or actual is None or one.status is Status.DOUBTFUL or not _is_one_unit(one):
        return None
    if actual == target and one.target_operator in STRICT and one.status is Status.REPAIRED:
        return None
    if compare := PRINTED.get(one.target_operator or ""):
        return compare(actual, target)
    if actual == target:
        return True
    compare = BY_WORDS.get(direction(one) or "")
    return compare(actual, target) if compare else None


def _is_one_unit(one: Indicator) -> bool:
    """420000元 is no answer to 45万元 that could be compared as it stands."""
    return not one.target_unit or quantity(one.actual).unit == one.target_unit


def direction(one: Indicator) -> str | None:
    """The narrowest level that says anything decides."""
    for text in (one.level3, one.level2, one.level1):
        said = _said(squeeze(text or ""), one.target_unit)
        if said:
            return next(iter(said)) if len(said) == 1 and said <= BY_WORDS.keys() else None
    return None


def _said(text: str, unit: str | None) -> set[str]:
    declared = directions()
    said = {side for side, words in declared.words if any(word in text for word in words)}
    timely = declared.timely
    if not said and any(word in text for word in timely.words):
        return {AT_MOST if unit in timely.units else AT_LEAST if unit in timely.rates else "unclear"}
    return said

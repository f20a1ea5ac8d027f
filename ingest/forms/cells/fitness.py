"""How well a text fits a column: a high number for a likely cell, None for an impossible one."""

import re
from functools import lru_cache

from ingest.forms.cells.fragments import whole
from ingest.forms.form_spec import FormSpec, label
from ingest.forms.values import numbers
from ingest.forms.values.quantities import quantity
from warehouse.kinds.characters import squeeze
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import WordsFit, form_weights

LABEL = {"money": "row_label", "management": "item"}
_FIT = form_weights().fit
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OPERATOR = re.compile(r"^[≥≤≧≦<>=⩾⩽]")
_MINUS_OR_EQUALS = re.compile(r"^-\d[\d.,]*[^\d.,]+$")
_TEMPLATE = re.compile(r"^[≥≤≧≦<>=-]?\D{0,8}$")
_DASHES = re.compile(r"^[-—－_=]+$")
_WORDS = wordings().indicators
_ACHIEVED = re.compile(f"(?:{'|'.join(_WORDS.how_far)})?(?:{'|'.join(_WORDS.achieved)})")


def _numeric(text: str) -> bool:
    return numbers.plain(text) is not None


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def is_achievement(text: str) -> bool:
    """达成预期指标 and the like say how far a target was met; they are no target."""
    return bool(_ACHIEVED.match(squeeze(text)))


def has_words(text: str) -> bool:
    return bool(_CHINESE.search(text))


class Fits(dict[str, float | None]):
    """Column → how well one text fits it, told where it is asked for. In a torn form a level 1 or 2 that is no known
    label is what a border left."""

    def __init__(self, section: str, text: str, spec: FormSpec, torn: bool) -> None:
        self._fit_in, self._text, self._spec = _FIT_IN[section], squeeze(whole(text)), spec
        self._levels = ("level1", "level2") if torn and section == "indicators" else ()

    def __missing__(self, key: str) -> float | None:
        own = self._fit_in(key, self._text, self._spec)
        if key in self._levels and own != _FIT.levels.known:
            own = form_weights().alignment.torn.unknown_level
        self[key] = own
        return own


@lru_cache(maxsize=16384)  # the texts of many cells are the same
def fits_of(section: str, text: str, spec: FormSpec, torn: bool = False) -> Fits:
    return Fits(section, text, spec, torn)


def _money(key: str, text: str, spec: FormSpec) -> float | None:
    if key == "row_label":
        return _money_label(text, spec)
    if key == "reason":
        return None if _numeric(text) else _FIT.money.reason
    if _DASHES.match(text):
        return _FIT.money.dash_of_execution if key.startswith("execution") else _FIT.money.dash_of_amount
    if not _numeric(text):
        return None
    if numbers.is_percent(text):
        return _FIT.money.percentage if key == "execution_rate_pct" else None
    return _FIT.money.number


def _money_label(text: str, spec: FormSpec) -> float | None:
    if _numeric(text) or not has_words(text):
        return None
    known = spec.key("money_rows", text) == "total" or spec.names_source(text)
    return _FIT.money.known_label if known else _FIT.money.other_label


def _management(key: str, text: str, spec: FormSpec) -> float | None:
    if key == "item":
        if label(text) in spec.management_items:
            return _FIT.management.known_item
        return _FIT.management.other_item if has_words(text) else None
    if key in ("weight", "score"):
        return _FIT.management.points if _numeric(text) else None
    return _FIT.management.words if not _numeric(text) else None


def _goals(key: str, text: str, spec: FormSpec) -> float | None:
    return _longer_is_better(text, _FIT.goals)


def _longer_is_better(text: str, fit: WordsFit) -> float:
    return fit.words + min(len(text), fit.longest) / fit.longest


def _indicators(key: str, text: str, spec: FormSpec) -> float | None:
    return _INDICATOR_FIT[key](text, spec)


def _level1(text: str, spec: FormSpec) -> float | None:
    if label(text) in spec.level1_labels:
        return _FIT.levels.known
    return None if _is_value(text) else _FIT.levels.other_level1


def _level2(text: str, spec: FormSpec) -> float | None:
    if label(text) in spec.groups:
        return _FIT.levels.known
    return None if _is_value(text) or label(text) in spec.level1_labels else _FIT.levels.other_level2


def _level3(text: str, spec: FormSpec) -> float | None:
    if _is_value(text) or label(text) in spec.level1_labels:
        return None
    is_unlikely = len(text) < _FIT.levels.shortest_name or label(text) in spec.groups
    return _FIT.levels.unlikely_name if is_unlikely else _FIT.levels.name


def _is_value(text: str) -> bool:
    return _numeric(text) or bool(_OPERATOR.match(text)) or not has_words(text)


def _target_initial(text: str, spec: FormSpec) -> float | None:
    fit = _FIT.initial_target
    if _TEMPLATE.match(text) and (_OPERATOR.match(text) or text.startswith("-")):
        return fit.template
    if _numeric(text):
        return None
    return fit.words if len(text) <= fit.longest_words and not _has_digit(text) else fit.other


def _target(text: str, spec: FormSpec) -> float | None:
    fit = _FIT.target
    if _OPERATOR.match(text):
        return fit.operator_and_number if _has_digit(text) else fit.operator
    if is_achievement(text):
        return fit.achievement
    if quantity(text).unit or _MINUS_OR_EQUALS.match(text):
        return fit.quantity
    return fit.words if not _numeric(text) else fit.number


def _operator(text: str, spec: FormSpec) -> float | None:
    """≥ in a column of its own, or 定性."""
    if _numeric(text) or _has_digit(text):
        return None
    return _FIT.target.operator if _OPERATOR.match(text) else _FIT.target.words


def _unit(text: str, spec: FormSpec) -> float | None:
    return None if _has_digit(text) or _OPERATOR.match(text) else _FIT.target.quantity


def _actual(text: str, spec: FormSpec) -> float | None:
    fit = _FIT.actual
    if is_achievement(text):
        return fit.achievement
    if quantity(text).unit or _OPERATOR.match(text) or _MINUS_OR_EQUALS.match(text):
        return fit.quantity
    return fit.words if not _numeric(text) else fit.number


def _points(text: str, spec: FormSpec) -> float | None:
    return _FIT.points.points if numbers.points(text) is not None and not numbers.is_percent(text) else None


def _deviation(text: str, spec: FormSpec) -> float | None:
    if not _numeric(text):
        return None
    is_exact = "." in text or "%" in text or text == "0"
    return _FIT.points.exact_deviation if is_exact else _FIT.points.other_deviation


def _words_only(text: str, spec: FormSpec) -> float | None:
    return None if _numeric(text) or _OPERATOR.match(text) else _longer_is_better(text, _FIT.reason)


_INDICATOR_FIT = {
    "level1": _level1,
    "level2": _level2,
    "level3": _level3,
    "target_initial": _target_initial,
    "target": _target,
    "operator": _operator,
    "unit": _unit,
    "actual": _actual,
    "explained": _words_only,
    "points1": _points,
    "weight": _points,
    "score": _points,
    "deviation_pct": _deviation,
    "reason": _words_only,
}
_FIT_IN = {"money": _money, "management": _management, "goals": _goals, "indicators": _indicators}

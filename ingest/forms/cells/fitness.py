"""How well a text fits a column: a high number for a likely cell, None for an impossible one."""

import re
from functools import lru_cache

from ingest.forms.cells.fragments import whole
from ingest.forms.declared.labels import FormSpec, label
from ingest.forms.values import numbers
from ingest.forms.values.quantities import quantity
from ingest.values.characters import squeeze

LABEL = {"money": "row_label", "management": "item"}
MISSING = {
    "money": {
        "row_label": -6.0, "initial_budget": -1.5, "adjusted_budget": -1.5, "executed": -1.5,
        "execution_rate_pct": -0.5, "execution_weight": -0.3, "execution_score": -0.3,
    },
    "management": {"item": -6.0, "weight": -2.0, "score": -2.0},
    "indicators": {"level3": -2.0, "target": -1.0, "actual": -1.0, "weight": -3.0, "score": -3.0},
    "goals": {"expected": -1.0, "achieved": -1.0},
}  # fmt: skip
UNKNOWN_LEVEL = -1.0
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OPERATOR = re.compile(r"^[≥≤≧≦<>=⩾⩽]")
_MINUS_OR_EQUALS = re.compile(r"^-\d[\d.,]*[^\d.,]+$")
_TEMPLATE = re.compile(r"^[≥≤≧≦<>=-]?\D{0,8}$")
_DASHES = re.compile(r"^[-—－_=]+$")
_ACHIEVED = re.compile(r"^(?:未|部分|全部|已|基本)?(?:达成|达到|完成|实现)(?:年初|年度)?(?:预期|目标|预定)?")


def _numeric(text: str) -> bool:
    return numbers.plain(text) is not None


def is_achievement(text: str) -> bool:
    """达成预期指标 and the like say how far a target was met; they are no target."""
    return bool(_ACHIEVED.match(squeeze(text)))


def has_words(text: str) -> bool:
    return bool(_CHINESE.search(text))


@lru_cache(maxsize=65536)
def fitness(section: str, key: str, text: str, spec: FormSpec, torn: bool = False) -> float | None:
    """The fit of one text; in a torn form a level 1 or 2 that is no known label is rubbish of the border."""
    own = _FIT[section](key, squeeze(whole(text)), spec)
    if torn and section == "indicators" and key in ("level1", "level2"):
        return own if own is not None and own > 1 else UNKNOWN_LEVEL
    return own


def _money(key: str, text: str, spec: FormSpec) -> float | None:
    if key == "row_label":
        known = spec.key("money_rows", text) == "total" or spec.names_source(text)
        return None if _numeric(text) or not _CHINESE.search(text) else 3.0 if known else 0.5
    if key == "reason":
        return None if _numeric(text) else 1.0
    if _DASHES.match(text):
        return 1.0 if key.startswith("execution") else 0.3
    if not _numeric(text):
        return None
    if numbers.is_percent(text):
        return 3.0 if key == "execution_rate_pct" else None
    return 2.0


def _management(key: str, text: str, spec: FormSpec) -> float | None:
    if key == "item":
        known = label(text) in spec.management_items
        return 4.0 if known else 0.5 if _CHINESE.search(text) else None
    if key in ("weight", "score"):
        return 3.0 if _numeric(text) else None
    return 1.0 if not _numeric(text) else None


def _goals(key: str, text: str, spec: FormSpec) -> float | None:
    return 1.0 + min(len(text), 40) / 40


def _indicators(key: str, text: str, spec: FormSpec) -> float | None:
    return _INDICATOR_FIT[key](text, spec)


def _level1(text: str, spec: FormSpec) -> float | None:
    if label(text) in spec.level1_labels:
        return 4.0
    return None if _is_value(text) else -0.5


def _level2(text: str, spec: FormSpec) -> float | None:
    if label(text) in spec.groups:
        return 4.0
    return None if _is_value(text) or label(text) in spec.level1_labels else 0.5


def _level3(text: str, spec: FormSpec) -> float | None:
    if _is_value(text) or label(text) in spec.level1_labels:
        return None
    return 0.3 if len(text) < 3 or label(text) in spec.groups else 1.5


def _is_value(text: str) -> bool:
    return _numeric(text) or bool(_OPERATOR.match(text)) or not _CHINESE.search(text)


def _target_initial(text: str, spec: FormSpec) -> float | None:
    if _TEMPLATE.match(text) and (_OPERATOR.match(text) or text.startswith("-")):
        return 3.0
    return None if _numeric(text) else 0.6 if len(text) <= 6 and not any(c.isdigit() for c in text) else -0.5


def _target(text: str, spec: FormSpec) -> float | None:
    if _OPERATOR.match(text):
        return 3.0 if any(char.isdigit() for char in text) else 0.5
    if is_achievement(text):
        return -1.0
    return 1.5 if quantity(text).unit or _MINUS_OR_EQUALS.match(text) else 0.5 if not _numeric(text) else 0.0


def _actual(text: str, spec: FormSpec) -> float | None:
    if is_achievement(text):
        return 3.0
    has_quantity = quantity(text).unit or _OPERATOR.match(text) or _MINUS_OR_EQUALS.match(text)
    return 2.0 if has_quantity else 0.5 if not _numeric(text) else 0.3


def _points(text: str, spec: FormSpec) -> float | None:
    return 3.0 if numbers.points(text) is not None and not numbers.is_percent(text) else None


def _deviation(text: str, spec: FormSpec) -> float | None:
    if not _numeric(text):
        return None
    return 2.0 if "." in text or "%" in text or text == "0" else 1.0


def _words_only(text: str, spec: FormSpec) -> float | None:
    return None if _numeric(text) or _OPERATOR.match(text) else 1.0 + min(len(text), 20) / 20


_INDICATOR_FIT = {
    "level1": _level1,
    "level2": _level2,
    "level3": _level3,
    "target_initial": _target_initial,
    "target": _target,
    "actual": _actual,
    "explained": _words_only,
    "points1": _points,
    "weight": _points,
    "score": _points,
    "deviation_pct": _deviation,
    "reason": _words_only,
}
_FIT = {"money": _money, "management": _management, "goals": _goals, "indicators": _indicators}

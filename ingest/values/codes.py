"""Classification codes: the only place that knows their levels.

Which classifications there are, how long their codes are and which 类 are in use: `warehouse/kinds/common/codes.toml`.
"""

import re
from collections.abc import Iterable

from warehouse.kinds.wordings import classifications

LENGTHS = {name: one.lengths for name, one in classifications().items()}
_FINER = {name: one.finer for name, one in classifications().items()}
_CLASSES = {name: one.classes for name, one in classifications().items()}
_LEADING_CODE = re.compile(r"^[\[(（【]?(\d{3,7})[\])）】]?(?=\D|$)(.*)$", re.DOTALL)
_AS_FLOAT = re.compile(r"([2-5]\d{2,6})\.0")


def without_point(text: str) -> str:
    """208 of 208.0: a code that a program wrote as a number. Only for columns of codes."""
    found = _AS_FLOAT.fullmatch(text) if text.endswith(".0") else None
    return found[1] if found else text


def is_code(text: str, key: str | None) -> bool:
    """`key` names the classification of the table. False where it is None."""
    if key is None:
        return False
    has_digits = len(text) in LENGTHS[key] and text.isascii() and text.isdigit()
    return has_digits and bool(_CLASSES[key].match(text))


def is_item(code: str, key: str) -> bool:
    """Whether it is a code of the deepest level."""
    return is_code(code, key) and len(code) == LENGTHS[key][-1]


def parent(code: str) -> str | None:
    """2080501 → 20805 → 208 → None."""
    return code[:-2] if len(code) > 3 else None


def split(text: str) -> tuple[str, str]:
    """(`2080501`, `行政单位离退休`) of a cell that holds both, or either part empty, without a dash between them."""
    found = _LEADING_CODE.match(text)
    return (found[1], found[2].removeprefix("-")) if found else ("", text)


def levels(code: str) -> list[str]:
    """208, 05, 01 of 2080501."""
    return [code[:3], *(code[n : n + 2] for n in range(3, len(code), 2))] if code else []


def is_finer_code(text: str, key: str) -> bool:
    """3021101: a code below the deepest level of its classification."""
    return len(text) in _FINER[key] and text.isdigit() and is_code(text[: LENGTHS[key][-1]], key)


def classification_of(code: str, keys: Iterable[str]) -> str | None:
    """The one of these classifications that the code is of, be it below its deepest level."""
    return next((key for key in keys if is_code(code, key) or is_finer_code(code, key)), None)


def join_parts(parts: list[str]) -> str:
    """The code of three columns 类 | 款 | 项, which hold its parts (208|05|01, or 208|5|1 where a program dropped
    zeros) or the codes of the three levels (208|20805|2080501)."""
    code = ""
    for part in parts:
        part = part.zfill(2)
        code = part if code and part.startswith(code) else code + part
    return code

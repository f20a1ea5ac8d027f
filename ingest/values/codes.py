"""Classification codes: the only place that knows their levels.

Functional (支出功能分类) and economic (支出经济分类) codes are 类 3 digits, 款 5, functional 项 7.
"""

import re

LENGTHS = {"functional_code": (3, 5, 7), "economic_code": (3, 5)}
# 类 in use: functional 201 … 234; economic 301 … 313, 399 of departments (501 … are 政府经济分类)
_CLASSES = {
    "functional_code": re.compile("2[0-3]"),
    "economic_code": re.compile("30[1-9]|31[0-3]|399"),
}
_LEADING_CODE = re.compile(r"^[\[(（【]?(\d{3,7})[\])）】]?(?=\D|$)(.*)$", re.DOTALL)


_AS_FLOAT = re.compile(r"([2-5]\d{2,6})\.0")


def without_point(text: str) -> str:
    """208 of 208.0: a code that a program took for a number. Only for the columns of codes."""
    found = _AS_FLOAT.fullmatch(text)
    return found[1] if found else text


def is_code(text: str, key: str) -> bool:
    has_digits = text.isascii() and text.isdigit() and len(text) in LENGTHS[key]
    return has_digits and bool(_CLASSES[key].match(text))


def parent(code: str) -> str | None:
    """2080501 → 20805 → 208 → None."""
    return code[:-2] if len(code) > 3 else None


def split(text: str) -> tuple[str, str]:
    """(`2080501`, `行政单位离退休`) of a cell that holds both, or either part empty."""
    found = _LEADING_CODE.match(text)
    return (found[1], found[2]) if found else ("", text)


def join_parts(parts: list[str]) -> str:
    """The code of three columns 类 | 款 | 项, printed apart (208|05|01, a program's 208|5|1) or growing
    (208|20805|2080501)."""
    code = ""
    for part in parts:
        part = part.zfill(2)
        code = part if code and part.startswith(code) else code + part
    return code

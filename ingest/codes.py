"""Classification codes: the only place that knows their levels.

Functional (支出功能分类) and economic (支出经济分类) codes are 类 3 digits, 款 5, functional 项 7.
"""

import re

LENGTHS = {"functional_code": (3, 5, 7), "economic_code": (3, 5)}
_FIRST_DIGIT = {"functional_code": "2", "economic_code": "35"}
_LEADING_CODE = re.compile(r"^[\[(（【]?(\d{3,7})[\])）】]?(?=\D|$)(.*)$", re.DOTALL)


def is_code(text: str, key: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in LENGTHS[key] and text[0] in _FIRST_DIGIT[key]


def parent(code: str) -> str | None:
    """2080501 → 20805 → 208 → None."""
    return code[:-2] if len(code) > 3 else None


def split(text: str) -> tuple[str, str]:
    """(`2080501`, `行政单位离退休`) of a cell that holds both, or either part empty."""
    found = _LEADING_CODE.match(text)
    return (found[1], found[2]) if found else ("", text)


def join_parts(parts: list[str]) -> str:
    """The code of three columns 类 | 款 | 项, printed apart (208|05|01) or growing (208|20805|2080501)."""
    code = ""
    for part in parts:
        code = part if code and part.startswith(code) else code + part
    return code

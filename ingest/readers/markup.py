"""Raised digits, and what a program left as text when it converted a document: <u>12.00</u>, '301.

A raised digit behind a number is the mark of a note: 12.50 with a raised 1 is not 12.501. It is kept as the sign that
Unicode has for it, which is no digit of the number.
"""

import re

_RAISED = str.maketrans("0123456789()（）+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁽⁾⁺⁻")
_LOWERED = str.maketrans("0123456789()（）+-", "₀₁₂₃₄₅₆₇₈₉₍₎₍₎₊₋")
_MOVED_TAG = re.compile(r"<(su[pb])(?:\s[^<>]*)?>([^<>]*)</\1>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|u|i|sup|sub|br|strong|em|span|p|div)(?:\s[^<>]*)?/?>", re.IGNORECASE)


_APOSTROPHES = ("'", "’", "‘", "`", "＇")
_AS_TEXT = re.compile(r"^['’‘`＇](?=\s*-?[0-9０-９][0-9０-９.,，．]*\s*$)")  # '301, as a spreadsheet takes it in


def raised(text: str) -> str:
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """A lowered digit is no more a digit of the number before it than a raised one."""
    return text.translate(_LOWERED)


def with_raised_signs(text: str) -> str:
    """The text with signs in place of digits that a tag raises or lowers."""
    return _MOVED_TAG.sub(lambda found: (raised if found[1].lower() == "sup" else lowered)(found[2]), text)


def without_tags(text: str) -> str:
    """The text without tags that are printed in it, and a number without the apostrophe that says it is a text."""
    if text[:1] in _APOSTROPHES:
        text = _AS_TEXT.sub("", text)
    if "<" not in text:
        return text
    return _TAG.sub("", with_raised_signs(text))

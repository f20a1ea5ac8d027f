"""Counts as sentences print them: 19, 十九, 两, 一百零二."""

_DIGITS = {"零": 0, "〇": 0, "○": 0, "两": 2} | {char: n for n, char in enumerate("一二三四五六七八九", start=1)}
_PLACES = {"十": 10, "百": 100}


def whole_number(text: str) -> int | None:
    """The number of digits, or of Chinese numerals below a thousand; None where it is no number."""
    if text.isascii() and text.isdigit():
        return int(text)
    total, digit = 0, None
    for char in text:
        if char in _PLACES:
            total, digit = total + (1 if digit is None else digit) * _PLACES[char], None
        elif char in _DIGITS and not digit:
            digit = _DIGITS[char]
        else:
            return None
    return total + (digit or 0) if text else None

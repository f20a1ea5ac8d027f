"""Recognises cells that hold more than one number, and lines of text that are rows of a table without ruling lines."""

import re
from collections.abc import Iterable
from itertools import pairwise

from warehouse.kinds.wordings import table_words

_POINT = r"[.·•‧・]"  # one of these marks may replace the point in every number
_AMOUNT = rf"-?\d[\d,]*{_POINT}\d+%?"
_CENTS = rf"-?\d[\d,]*{_POINT}\d\d+%?"  # 214,200.0 above 0 is one number in two lines
_CODE = r"[23]\d\d(?:\d\d){0,2}"
_AMOUNTS = re.compile(rf"(?:{_CENTS}|[-—–]+)(?:\n(?:{_CENTS}|[-—–]+))+")
_CODES = re.compile(rf"{_CODE}(?:\n{_CODE})+")
_COUNTED = re.compile(r"\d{1,3}(?:\n\d{1,3})+")
_BESIDE = re.compile(rf"{_AMOUNT}(?: {_AMOUNT})+")
_ONE_AMOUNT = re.compile(r"-?(?:\d[\d,]*\.\d\d|\d{1,3}(?:,\d{3})+|\d{5,})")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_COLUMN = re.compile(r"\d{1,2}")
_ONE_CODE = re.compile(_CODE)
_WORDS = table_words()


def is_stack(text: str) -> bool:
    """Whether one cell holds amounts, codes or 行次 below one another. False for a number broken over two lines."""
    if "\n" not in text:
        return False
    if _AMOUNTS.fullmatch(text):
        return any(char.isdigit() for char in text)
    if _CODES.fullmatch(text):
        return True
    counted = list(map(int, text.split("\n"))) if _COUNTED.fullmatch(text) else []
    return bool(counted) and all(b - a == 1 for a, b in pairwise(counted))


def is_stacked(texts: Iterable[str]) -> bool:
    """Whether a row of cells holds several rows: a cell with numbers below one another, or as many lines in each cell.

    Whole numbers are no proof: one long number may be broken over two lines while the other cells have one line.
    """
    lines = [text.split("\n") for text in texts if text.strip()]
    if not any(len(cell) > 1 for cell in lines):
        return False
    if any(is_stack("\n".join(cell)) for cell in lines) or _begins_with_column_numbers(lines):
        return True
    if _is_head_above_body(lines):
        return True
    numeric = [cell for cell in lines if all(map(_NUMBER.fullmatch, cell))]
    return len(numeric) > 1 and len({len(cell) for cell in lines}) == 1 and len(numeric) < len(lines)


def _begins_with_column_numbers(lines: list[list[str]]) -> bool:
    """Whether the cells hold column numbers above the figures: 1 / 38.45 | 2 | 3 / 23.71."""
    firsts = [cell[0].strip() for cell in lines]
    return len(firsts) > 2 and firsts == [str(number) for number in range(1, len(firsts) + 1)]


def _is_head_above_body(lines: list[list[str]]) -> bool:
    """Whether the cells hold headings above the first row: 栏次 1 2 above amounts, or 科目编码 above a code and a
    heading above an amount.
    """
    pairs = [(cell[0], cell[1]) for cell in lines if len(cell) == 2]
    numbered = [int(head) for head, below in pairs if _COLUMN.fullmatch(head) and _ONE_AMOUNT.fullmatch(below)]
    if len(numbered) > 1 and numbered[0] == 1 and all(a < b for a, b in pairwise(numbered)):
        return True
    has_code = any(_WORDS.code_heading.search(head) and _ONE_CODE.fullmatch(below) for head, below in pairs)
    return has_code and any(not _NUMBER.fullmatch(head) and _ONE_AMOUNT.fullmatch(below) for head, below in pairs)


def is_beside(text: str) -> bool:
    """Whether one cell holds several amounts on one line."""
    return "." in text and " " in text and any(map(_BESIDE.fullmatch, text.split("\n")))


def is_row_of_text(text: str) -> bool:
    """Whether a line ends in an amount and is not part of a sentence: 2010101 行政运行 120.00 120.00 0.00."""
    words = text.split()
    amounts = [word for word in words if _ONE_AMOUNT.fullmatch(word)]
    if len(words) < 2 or not amounts or not (words[-1] in amounts or words[-1] == "0"):
        return False
    others = " ".join(word for word in words if word not in amounts)
    is_short = len(amounts) > 1 or bool(_ONE_CODE.fullmatch(words[0])) or len(words) == 2
    return is_short and not _WORDS.running_text.search(others)


def holds_rows(text: str) -> bool:
    """Whether one cell holds several rows of a table."""
    return "\n" in text and sum(map(is_row_of_text, text.split("\n"))) > 1

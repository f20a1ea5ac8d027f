"""Numbers in a form: money, points and percentages, all read by ingest.values.amounts."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from ingest.values.amounts import Reading, has_digit, plain_amount, read_amount
from warehouse.kinds.characters import squeeze
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import form_weights

_ROWS = form_weights().rows
# Raised, lowered and ringed digits.
_MARK = re.compile(r"([\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff\u2776-\u2793])")
_BEHIND = wordings().numbers.behind
_UNIT_BEHIND = re.compile(rf"\s*(?:{'|'.join(_BEHIND)})$")
_NOTE_BEHIND = re.compile(rf"(?<=[\d{''.join(unit[-1] for unit in _BEHIND)}])\s*{_MARK.pattern}+$")
_UNIT = re.compile(rf"[(:]({'|'.join(wordings().money.units)})(?:[)]|$)")
# What a point is misread as; a colon, a dash or a comma of enumeration may mean a time, a range or two numbers.
_DAMAGED = re.compile(
    rf"\+?[0-9]{{1,9}}[·・•∙⋅｡。'’`´;][0-9]{{1,4}}(?:{'|'.join(_BEHIND)})?|\+[0-9][0-9,]*(?:\.[0-9]+)?"
)
_LEADING_ZEROS = re.compile(r"^0+(?=[0-9])")
_PERCENT = re.compile(r"[%％]")
_BROKEN = re.compile(r"(?<=\d)\s+(?=[.%])|(?<=\d\.)\s+(?=\d)")


def _half_width(text: str) -> str:
    """The text in half width; ① and ² behind a number stay marks and become no digits of it."""
    if text.isascii():
        return text
    return "".join(part if _MARK.match(part) else unicodedata.normalize("NFKC", part) for part in _MARK.split(text))


def read(text: str) -> Reading:
    """A number cell; 万元, 分 or % behind the number are no part of it."""
    return read_amount(_bare(text))


def _bare(text: str) -> str:
    return _UNIT_BEHIND.sub("", _NOTE_BEHIND.sub("", _half_width(text).strip()))


def is_damaged(text: str) -> bool:
    """A number printed with a foreign mark in place of its point, or with a sign before it; no words, no range."""
    return bool(_DAMAGED.fullmatch(_half_width(text).strip()))


@lru_cache(maxsize=32768)  # 7 calls per text
def plain(text: str | None) -> Decimal | None:
    """The number of a cell that prints nothing else, None for anything doubtful."""
    return plain_amount(_bare(text)) if text is not None and has_digit(text) else None


def choices(text: str) -> set[Decimal]:
    """Every number that a cell may print: one if it is plain, those it may have been if it is damaged."""
    reading = read(text)
    return {reading.value} if reading.value is not None else {one.value for one in reading.candidates}


def of_pieces(text: str) -> Decimal | None:
    """The number of digits that a border has cut out of another number: zeros may lead them."""
    return plain(_LEADING_ZEROS.sub("", text))


def points(text: str | None) -> Decimal | None:
    """A weight or score: few points with few decimals. `5.0%` in a column of points is 5.0 points."""
    value = plain(text)
    if value is None or not 0 <= value <= _ROWS.most_points:
        return None
    return value if -int(value.as_tuple().exponent) <= _ROWS.decimals_of_points else None


@lru_cache(maxsize=16384)  # 3 calls per text
def words_of(text: str) -> tuple[str, ...]:
    """The words of a cell, a number with a blank in it kept as one: `69. 13 %` is 69.13%."""
    return tuple(_BROKEN.sub("", _half_width(text)).split())


def numbers_of(text: str) -> list[Decimal]:
    """Every number among the words of a cell."""
    return [value for word in words_of(text) if (value := plain(word)) is not None]


def is_percent(text: str) -> bool:
    return bool(_PERCENT.search(text))


def unit_of(text: str) -> str | None:
    """万元 of 项目资金(万元), 元 of 单位:元."""
    found = _UNIT.findall(squeeze(text))
    return found[-1] if found else None

"""The only place where text becomes a number.

A printed amount is read as it stands, or, where it is damaged, as the list of what it may have been;
which of these it was only the arithmetic of the document can say (ingest.settle).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.characters import OVERFLOW, as_printed
from warehouse.records import Presence

UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}

MOST_DIGITS = 18  # before the point: ten thousand times what fits into the accounts of a state

# [0-9], not \d: ① and ² are digits to Unicode and footnote marks to a publisher.
_WELL_FORMED = re.compile(r"-?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.[0-9]+)?")
_BESIDE_SEPARATOR = re.compile(r"(?<=[0-9]) *([.,]) *(?=[0-9])")
_IN_GROUPS = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{3})*[.,][0-9]+")  # 4.596.01: threes, whatever separates them
_ONE_POINT = re.compile(r"-?[0-9][0-9,]*\.[0-9]+")  # 1,2345.67: commas out of place, one point
_GLUED_CODE = re.compile(r"(-?[0-9,]+\.[0-9]{2})(2[0-9]{6}|2[0-9]{4}|[35][0-9]{4}|[235][0-9]{2})")
_IN_BRACKETS = re.compile(r"\(([0-9][0-9,]*(?:\.[0-9]+)?)\)")
_DASHES = frozenset("-‐‑‒–—―−﹣－─━⸺⸻/\\")
_HALF_WIDTH = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "−﹣‐‑"), "-")
    | dict.fromkeys(map(ord, "\u3000\xa0\u2002\u2003\u2009"), " ")
)
_LOOKALIKES = str.maketrans("lI|OoСSБ", "11100058")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One number a damaged text may have been, and in words how it was read so."""

    value: Decimal
    how: str
    rest: str = ""  # digits that belong to the next cell


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is set only where the text leaves no choice; else `candidates` lists the choices."""

    presence: Presence
    value: Decimal | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_damaged(self) -> bool:
        return self.presence is Presence.NUMBER and self.value is None


BLANK = Reading(Presence.BLANK)
DASH = Reading(Presence.DASH)


@lru_cache(maxsize=32768)
def read_amount(printed: str) -> Reading:
    """Read one amount cell, in the unit it is printed in. Never raises: what is no number is damaged.

    White space beside a separator (`4, 415. 98`) and thousands separators are typography, not damage.
    """
    if printed.startswith(OVERFLOW):
        own = printed.removeprefix(OVERFLOW)
        return Reading(Presence.NUMBER) if OVERFLOW in own else _to_be_proved(read_amount(own))
    text = as_printed(printed).translate(_HALF_WIDTH).strip()
    if not text:
        return BLANK
    if set("".join(text.split())) <= _DASHES:
        return DASH
    joined = _BESIDE_SEPARATOR.sub(r"\1", _join_wrapped(text))
    if _WELL_FORMED.fullmatch(joined) and not _stands_for_more(joined):
        return Reading(Presence.NUMBER, _decimal(joined))
    return Reading(Presence.NUMBER, None, tuple(_candidates(joined)))


def _to_be_proved(reading: Reading) -> Reading:
    """A number that reaches over its cell; where only a neighbour's digits are seen nothing can be read."""
    if reading.value is None:
        return Reading(Presence.NUMBER)
    return Reading(Presence.NUMBER, None, (Candidate(reading.value, "数字越出单元格,按书写次序归位"),))


def _join_wrapped(text: str) -> str:
    """A number broken at a separator over lines of a narrow cell is one number; broken elsewhere it must
    be proved, because two numbers may stand in one cell."""
    first, *others = (line.strip() for line in text.splitlines())
    for line in others:
        first += line if first.endswith((".", ",")) or line.startswith((".", ",")) else f" {line}"
    return first


def _stands_for_more(text: str) -> bool:
    """More than six decimals, digits without end, or a code glued to two decimals: no amount is printed so."""
    decimals = len(text.partition(".")[2])
    return decimals > 6 or _is_endless(_decimal(text)) or (decimals > 4 and bool(_GLUED_CODE.fullmatch(text)))


def _is_endless(value: Decimal) -> bool:
    return value.adjusted() >= MOST_DIGITS


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _candidates(joined: str) -> list[Candidate]:
    """Everything the text may have been; two numbers in one cell may have been neither."""
    one_number = (*_glued(joined), *_separators(joined), *_brackets(joined), *_strangers(joined))
    found: dict[Decimal, Candidate] = {}
    for candidate in one_number if " " not in joined else _blanks_inside(joined):
        if not _is_endless(candidate.value):
            found.setdefault(candidate.value, candidate)
    return list(found.values())


def _glued(text: str) -> list[Candidate]:
    found = _GLUED_CODE.fullmatch(text)
    if not found:
        return []
    whole = (
        [Candidate(_decimal(text), "小数如所印")]
        if _WELL_FORMED.fullmatch(text) and len(text.partition(".")[2]) < 7
        else []
    )
    return [Candidate(_decimal(found[1]), f"末尾{found[2]}为相邻单元格的编码", found[2]), *whole]


def _blanks_inside(text: str) -> list[Candidate]:
    """1 0.99: digits torn apart. Of 1.00 2.00 or 120 30 nothing says that they are one number."""
    pieces = text.split()
    bare = "".join(pieces)
    torn = _WELL_FORMED.fullmatch(bare) and bare.count(".") == 1
    return [Candidate(_decimal(bare), "数字中间的空格不计")] if torn else []


def _separators(text: str) -> list[Candidate]:
    """4.596.01, 1,819,88: the last separator is the decimal point; 10.998 may have been 10,998."""
    if not _IN_GROUPS.fullmatch(text) and not _ONE_POINT.fullmatch(text):
        return []
    head, last = re.match(r"(.*)[.,]([0-9]+)$", text).groups()
    whole = re.sub(r"[.,]", "", head)
    out = []
    if len(last) <= 2:
        out.append(Candidate(Decimal(f"{whole}.{last}"), "最后一个分隔符为小数点"))
    if len(last) == 3:
        out.append(Candidate(Decimal(whole + last), "分隔符均为千分位"))
        out.append(Candidate(Decimal(f"{whole}.{last}"), "最后一个分隔符为小数点"))
    return out


def _brackets(text: str) -> list[Candidate]:
    found = _IN_BRACKETS.fullmatch(text)
    return [Candidate(-_decimal(found[1]), "括号为负号")] if found else []


def _strangers(text: str) -> list[Candidate]:
    """78.06l: a stray mark, or a digit that was misread; =260: a minus sign that was misread."""
    if re.fullmatch(r"[0-9.,-]*", text):
        return []
    out = []
    for read_as, how in (
        (re.sub(r"^[=~_]", "-", text), "行首符号为负号"),
        (re.sub(r"[^0-9.,-]", "", text), "非数字字符不计"),
        (text.translate(_LOOKALIKES), "形近字母按数字读"),
    ):
        if _WELL_FORMED.fullmatch(read_as):
            out.append(Candidate(_decimal(read_as), how))
    return out

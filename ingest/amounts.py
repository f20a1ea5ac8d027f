"""The only place where text becomes a number.

A printed amount is read as it stands, or, where it is damaged, as the list of what it may have been;
which of these it was only the arithmetic of the document can say (ingest.settle).
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from ingest.characters import as_printed
from warehouse.records import Presence

UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}

_WELL_FORMED = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_BESIDE_SEPARATOR = re.compile(r"(?<=\d) *([.,]) *(?=\d)")
_DASHES = frozenset("-—－–―─⸺⸻/\\")
_LOOKALIKES = str.maketrans("lIｌ|OoСSБ", "111100058")
_GLUED_CODE = re.compile(r"(-?[\d,]+\.\d{2})((?:2\d{6}|2\d{4}|[35]\d{4}|[235]\d{2}))")


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


def read_amount(printed: str) -> Reading:
    """Read one amount cell, in the unit it is printed in. Never raises: what is no number is damaged."""
    text = unicodedata.normalize("NFKC", as_printed(printed)).replace("−", "-").replace("﹣", "-").strip()
    if not text:
        return BLANK
    bare = "".join(text.split())
    if set(bare) <= _DASHES:
        return DASH
    joined = _BESIDE_SEPARATOR.sub(r"\1", _join_wrapped(text))
    if _WELL_FORMED.fullmatch(joined) and not _stands_for_more(joined):
        return Reading(Presence.NUMBER, _decimal(joined))
    return Reading(Presence.NUMBER, None, tuple(_candidates(joined, bare)))


def _join_wrapped(text: str) -> str:
    """A number broken over lines of a narrow cell is one number, if its last line ends it (…45\\n6.78)."""
    lines = [line.strip() for line in text.splitlines()]
    complete = sum("." in line for line in lines) <= 1 and re.search(r"\.\s*\d+$|,\s*\d+$", lines[-1])
    continued = len(lines) > 1 and (lines[-2].endswith((".", ",")) or (complete and "." not in "".join(lines[:-1])))
    return "".join(lines) if len(lines) == 1 or continued else " ".join(lines)


def _stands_for_more(text: str) -> bool:
    """More than six decimals, or a code glued to two decimals: no amount is printed so."""
    decimals = len(text.partition(".")[2])
    return decimals > 6 or (decimals > 4 and bool(_GLUED_CODE.fullmatch(text)))


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _candidates(joined: str, bare: str) -> list[Candidate]:
    found: dict[Decimal, Candidate] = {}
    for candidate in (*_glued(bare), *_blanks_inside(joined), *_separators(bare), *_strangers(bare)):
        found.setdefault(candidate.value, candidate)
    return list(found.values())


def _glued(bare: str) -> list[Candidate]:
    found = _GLUED_CODE.fullmatch(bare)
    return [Candidate(_decimal(found[1]), f"末尾{found[2]}为相邻单元格的编码", found[2])] if found else []


def _blanks_inside(joined: str) -> list[Candidate]:
    bare = "".join(joined.split())
    if " " in joined and _WELL_FORMED.fullmatch(bare):
        return [Candidate(_decimal(bare), "数字中间的空格不计")]
    return []


def _separators(bare: str) -> list[Candidate]:
    """4.596.01, 1,819,88: the last separator is the decimal point; 10.998 may have been 10,998."""
    if not re.fullmatch(r"-?\d+(?:[.,]\d+)+", bare):
        return []
    head, last = re.match(r"(.*)[.,](\d+)$", bare).groups()
    whole = re.sub(r"[.,]", "", head)
    out = []
    if len(last) <= 2:
        out.append(Candidate(Decimal(f"{whole}.{last}"), "最后一个分隔符为小数点"))
    if len(last) == 3:
        out.append(Candidate(Decimal(whole + last), "分隔符均为千分位"))
        out.append(Candidate(Decimal(f"{whole}.{last}"), "最后一个分隔符为小数点"))
    return out


def _strangers(bare: str) -> list[Candidate]:
    """78.06l: a stray mark, or a digit that was misread."""
    without = re.sub(r"[^\d.,-]", "", bare)
    out = []
    if without != bare:
        equals = re.sub(r"^[=~_]", "-", bare)
        for text, how in (
            (equals, "行首符号为负号"),
            (without, "非数字字符不计"),
            (bare.translate(_LOOKALIKES), "形近字母按数字读"),
        ):
            if _WELL_FORMED.fullmatch(text):
                out.append(Candidate(_decimal(text), how))
    return out

"""The only place where text becomes a number.

A printed amount has one value, or, where it is damaged, a list of candidates. Only the arithmetic of the document can
choose among them (ingest.prove.amounts). Every candidate names what it assumes, because numbers that share an
assumption cannot prove it for each other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ingest.values.cell_words import says_none
from warehouse.kinds.characters import BLANKS, INVISIBLE, OVERFLOW, as_printed, squeeze, why_untold, with_ascii_digits
from warehouse.records.reading import Presence

UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}

_FLOAT_PRECISION = Decimal("1e-13")
ADDED = " + "  # between the printed numbers of an amount that is their sum
MOST_DIGITS = 18  # before the point: ten thousand times the largest amount that can occur

SCALE, SIGN, DIGITS, PLACE, WORD = "scale", "sign", "digits", "place", "word"  # what a candidate assumes
Changes = frozenset[str]
NOTHING: Changes = frozenset()

# [0-9], not \d: Unicode counts other digits too, such as those of Arabic script.
_WELL_FORMED = re.compile(r"-?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.[0-9]+)?")
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
_BESIDE_SEPARATOR = re.compile(r"(?<=[0-9]) *([.,]) *(?=[0-9])")
_IN_GROUPS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})*[.,][0-9]+")  # 4.596.01: groups of three, any separator
_ONE_POINT = re.compile(r"[0-9][0-9,]*\.[0-9]+")  # 1,2345.67: commas out of place, one point
_GLUED_CODE = re.compile(r"(-?[0-9,]+\.[0-9]{2})(2[0-9]{6}|2[0-9]{4}|[35][0-9]{4}|[235][0-9]{2})")
_BLANK_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+\.[0-9]+")  # 1 234.56
_ONE_MARK = re.compile(
    r"[0-9][0-9.,]*(?: ?([^\w\s.,/\\~()<>+=×÷±%-]) ?[0-9.,]+)(?: ?\1 ?[0-9.,]+)*"
)  # 900·00, 1'234.56
_DASHES = frozenset("-‐‑‒–—―−﹣－─━⸺⸻/\\")
_HALF_WIDTH = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "−﹣‐‑"), "-")
    | dict.fromkeys(map(ord, BLANKS + "\t"), " ")
    | dict.fromkeys(map(ord, INVISIBLE))
    | {ord("\r"): "\n"}
)
_LOOKALIKES = str.maketrans("lI|ıOoОоΟοСSБ", "1111000000058")
_BRACKETS = str.maketrans("〔〕[]【】〖〗{}", "()()()()()")

_AROUND = re.compile(r"([^0-9]*)([0-9](?:.*[0-9])?)([^0-9]*)", re.DOTALL)
_NOTE = re.compile(r"([^()]*[0-9]) *(\((?:(?! *[0-9][0-9.,]* *\))[^()]*|[0-9]{1,2})\))", re.DOTALL)
_NUMBERED = re.compile(r"(\((?:注?[0-9]{1,2}|[^\W0-9]{1,6})\)) *(?=[0-9-])")
_UNIT = re.compile(
    r"(\(?[^()]*[0-9]\)?) *\(?(百万元|千元|万元|亿元|元|万|亿|人次|批次|台/套|辆|台|套|个|批|人|件|项)\)?", re.DOTALL
)
_TORN_WORD = re.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])")  # 700.00万 / 元
_SHORT_UNITS = {"万": "万元", "亿": "亿元"}
_NO_AMOUNT = re.compile(r"[年月日%‰号]")
_MINUS = frozenset("‒–—―─━⸺⁻₋➖△▲▵▴∆Δ▽▼▿▾") | {"负", "减", "负数", "减少", "(负)", "下降"}
_LIKE_MINUS = frozenset("=~_")
_SAYS_PLUS = frozenset({"", "+", "¥", "￥", "$", "*", "#", "※", "†", "‡", "§", "人民币", "其中", "其中:"})
_SAYS_MINUS = re.compile(r"[负减赤亏-]|红字")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One number that a damaged text may mean, and in words how it was read.

    `changes` names what this candidate assumes and the text does not say: where the decimal point is (scale), whether
    the number is negative (sign), which digit an unclear one is (digits), which column it belongs to (place), that a
    word is printed instead of a number (word). `unit` is one printed in the cell itself.
    """

    value: Decimal
    how: str
    rest: str = ""  # digits that belong to the next cell
    changes: Changes = NOTHING
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is set where the text has one meaning; else `candidates` lists the possible ones."""

    presence: Presence
    value: Decimal | None = None
    candidates: tuple[Candidate, ...] = ()
    why: str = ""  # in words, where the number is hidden on the page

    @property
    def is_damaged(self) -> bool:
        return self.presence is Presence.NUMBER and self.value is None

    @property
    def only(self) -> Decimal | None:
        """The value, or the only one that a damaged text can mean. A blank cell holds 0."""
        if self.presence is not Presence.NUMBER:
            return Decimal(0)
        values = {candidate.value for candidate in self.candidates}
        return self.value if self.value is not None or len(values) != 1 else values.pop()


BLANK = Reading(Presence.BLANK)
DASH = Reading(Presence.DASH)


@lru_cache(maxsize=32768)  # 5 calls per text, and costly
def read_amount(printed: str) -> Reading:
    """Read one amount cell, in the unit it is printed in. Never raises: a text that is no number is a damaged one.

    White space beside a separator (`4, 415. 98`) and thousands separators do not count as damage.
    """
    if why := why_untold(printed):
        return Reading(Presence.NUMBER, why=why)
    if printed.startswith(OVERFLOW):
        own = printed.removeprefix(OVERFLOW)
        return Reading(Presence.NUMBER) if OVERFLOW in own else _to_be_proved(read_amount(own))
    text = _half_width(printed)
    if not text:
        return BLANK
    if set("".join(text.split())) <= _DASHES:
        return DASH
    joined = _BESIDE_SEPARATOR.sub(r"\1", _join_wrapped(text))
    if _is_plain(joined):
        return Reading(Presence.NUMBER, _decimal(joined))
    return Reading(Presence.NUMBER, None, tuple(_candidates(joined)))


@lru_cache(maxsize=32768)  # the cells and pieces of forms ask for the same texts
def plain_amount(printed: str) -> Decimal | None:
    """The value that `read_amount` gives the text, None for a damaged, blank or untold one. What a damaged text may
    mean, which costs most, is not looked for."""
    if not printed.isascii() and (printed.startswith(OVERFLOW) or _IDEOGRAPH.search(printed) or why_untold(printed)):
        return None
    joined = _BESIDE_SEPARATOR.sub(r"\1", _join_wrapped(_half_width(printed)))
    return _decimal(joined) if _is_plain(joined) else None


def _half_width(printed: str) -> str:
    if printed.isascii() and printed.isprintable():
        return printed.strip()
    return with_ascii_digits(as_printed(printed).translate(_HALF_WIDTH)).strip()


def has_digit(printed: str) -> bool:
    """Whether the text has a digit of any script, ringed and raised ones included; without one it has no value."""
    return any(map(str.isnumeric, printed))


def _to_be_proved(reading: Reading) -> Reading:
    """A number wider than its cell, as candidates only. A cell with digits of its neighbour alone has no candidate."""
    if reading.value is None:
        return Reading(Presence.NUMBER)
    return Reading(Presence.NUMBER, None, (Candidate(reading.value, "数字越出单元格,按书写次序归位"),))


def _join_wrapped(text: str) -> str:
    """A number broken over lines of a narrow cell, joined. Only where it is broken at a separator it is certainly one
    number; elsewhere the cell may hold two numbers, and the joined one must be proved."""
    first, *others = (line.strip() for line in text.split("\n"))
    for line in filter(None, others):
        first += line if first.endswith((".", ",")) or line.startswith((".", ",")) else f" {line}"
    return first


def _is_plain(text: str) -> bool:
    return bool(_WELL_FORMED.fullmatch(text)) and not _stands_for_more(text)


def _stands_for_more(text: str) -> bool:
    """Whether it cannot be one amount: more than six decimals, too many digits, or a code joined to two decimals."""
    decimals = len(text.partition(".")[2])
    return decimals > 6 or _is_endless(_decimal(text)) or (decimals > 4 and bool(_GLUED_CODE.fullmatch(text)))


def _is_endless(value: Decimal) -> bool:
    return value.adjusted() >= MOST_DIGITS


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _candidates(joined: str) -> list[Candidate]:
    """Everything the text may mean. Two numbers in one cell give candidates, but neither is certain."""
    found: dict[Decimal, Candidate] = {}
    for candidate in (*_with_what_stands_around(joined.translate(_BRACKETS)), *_lookalikes(joined), *_none(joined)):
        if not _is_endless(candidate.value):
            found.setdefault(candidate.value, candidate)
    return list(found.values())


def _with_what_stands_around(text: str) -> Iterator[Candidate]:
    """△5.00, (5.00), 10.00(含追加), 700.00万元: a number with marks that give its sign or unit, or mean nothing."""
    text, unit = _without_unit(_TORN_WORD.sub("", text))
    text, note = _without_notes(text)
    around = _AROUND.fullmatch(text)
    if not around or set(around[1] + around[3]) & set(".,"):
        return
    head, tail = "".join(around[1].split()), "".join(around[3].split())
    if tail in _DASHES and around[3].startswith(" "):  # 12.30 —: the dash belongs to another cell
        return
    for sign, says, changes in _signs(head, tail, note):
        for core in _numbers(around[2]):
            how = ",".join(filter(None, (core.how, says, f"单位“{unit}”印在格内" if unit else "")))
            yield replace(core, value=sign * core.value, how=how, changes=core.changes | changes, unit=unit)


def _without_notes(text: str) -> tuple[str, str]:
    """10.00(含追加) or (1)10.00 without the note in brackets; (10.00) is a number in brackets and stays."""
    before = _NUMBERED.match(text)
    after = _NOTE.fullmatch(text[before.end() :] if before else text)
    rest = after[1] if after else text[before.end() :] if before else text
    return rest, (before[1] if before else "") + (after[2] if after else "")


def _without_unit(text: str) -> tuple[str, str]:
    found = _UNIT.fullmatch(text)
    if not found:
        return text, ""
    number = found[1] + ")" * (found[1].count("(") - found[1].count(")"))
    return number, _SHORT_UNITS.get(found[2], found[2])


def _signs(head: str, tail: str, note: str) -> tuple[tuple[int, str, Changes], ...]:
    """The signs that the marks around a number may give it: (sign, in words why, what is assumed).

    An unknown mark may be a minus sign or mean nothing: then there are two.
    """
    marks = f"{head}{tail}{note}"
    ignored = f"“{marks}”不计" if marks else ""
    if _NO_AMOUNT.match(tail) or (len(head) > 1 and set(head) <= _DASHES):
        return ()
    if tail in _DASHES and tail and not head:
        return ((-1, f"末尾“{tail}”为负号", frozenset({SIGN})),)
    if (head, tail) == ("(", ")"):
        return ((-1, "括号为负号", frozenset({SIGN})),)
    if (head, tail) in (("(-", ")"), ("-(", ")")):
        return ((-1, "括号不计", NOTHING),)
    if head in _LIKE_MINUS:
        return (-1, "行首符号为负号", frozenset({SIGN})), (1, "非数字字符不计", frozenset({SIGN}))
    is_stray = not set(tail) & (_DASHES | set("()")) and not _SAYS_MINUS.search(tail + note)
    if head in _MINUS and is_stray:
        return ((-1, f"“{head}”为负号", frozenset({SIGN})),)
    if head == "-" and is_stray:
        return ((-1, ignored if tail + note else "负号如所印", NOTHING),)
    if (head in _SAYS_PLUS or head.isdigit()) and is_stray:
        return ((1, ignored, NOTHING),)
    if head.translate(_LOOKALIKES).isdecimal() and is_stray:
        return ((1, ignored, frozenset({DIGITS})),)
    return (1, ignored, frozenset({SIGN})), (-1, f"“{marks}”为负号", frozenset({SIGN}))


def _numbers(core: str) -> list[Candidate]:
    """What the text from the first digit to the last may mean, without its sign."""
    if _is_plain(core):
        return [Candidate(_decimal(core), "")]
    if re.search(r"[0-9] +[0-9]", core):
        return _blanks_inside(core)
    return [*_glued(core), *_separators(core), *_one_mark(core), *_float_noise(core)]


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
    """1 0.99: one number with a blank inside. 1.00 2.00 and 120 30 are not joined."""
    bare = "".join(text.split())
    if not _WELL_FORMED.fullmatch(bare) or bare.count(".") != 1:
        return []
    changes = NOTHING if _BLANK_GROUPS.fullmatch(text) else frozenset({SCALE})
    return [Candidate(_decimal(bare), "数字中间的空格不计", changes=changes)]


def _separators(text: str) -> list[Candidate]:
    """4.596.01, 1,819,88: the last separator is the decimal point; 10.998 may have been 10,998."""
    if not _IN_GROUPS.fullmatch(text) and not _ONE_POINT.fullmatch(text):
        return []
    parts = re.match(r"(.*)[.,]([0-9]+)$", text)
    assert parts, text
    head, last = parts.groups()
    whole = re.sub(r"[.,]", "", head)
    changes = frozenset({DIGITS if _ONE_POINT.fullmatch(text) else SCALE})
    out = []
    if len(last) <= 2:
        out.append(Candidate(Decimal(f"{whole}.{last}"), "最后一个分隔符为小数点", changes=changes))
    if len(last) == 3:
        out.append(Candidate(Decimal(whole + last), "分隔符均为千分位", changes=frozenset({SCALE})))
        out.append(Candidate(Decimal(f"{whole}.{last}"), "最后一个分隔符为小数点", changes=frozenset({SCALE})))
    return out


def _one_mark(text: str) -> list[Candidate]:
    """900·00, 1'234.56: one other mark between digits is read as a separator; it is never dropped."""
    found = _ONE_MARK.fullmatch(text)
    if not found:
        return []
    mark = found[1]
    parts = [part.strip() for part in text.split(mark)]
    as_comma, as_point = ",".join(parts), ".".join(parts)
    if "." in parts[-1]:
        how = f"“{mark}”为千分位"
        plain = _WELL_FORMED.fullmatch(as_comma)
        if plain:
            return [Candidate(_decimal(as_comma), how)]
        return [replace(one, how=how, changes=frozenset({SCALE})) for one in _separators(as_comma)]
    how = f"“{mark}”为小数点"
    found_points = [Candidate(_decimal(as_point), how)] if _WELL_FORMED.fullmatch(as_point) else _separators(as_point)
    if _WELL_FORMED.fullmatch(as_comma):
        found_points.append(Candidate(_decimal(as_comma), f"“{mark}”为千分位"))
    return [replace(one, changes=frozenset({SCALE})) for one in found_points]


def _float_noise(text: str) -> list[Candidate]:
    """900.0000000000001: a program printed a binary fraction; rounded to cents it is 900.00."""
    if not _WELL_FORMED.fullmatch(text) or len(text.partition(".")[2]) < 9:
        return []
    value = _decimal(text)
    rounded = value.quantize(Decimal("0.01")) if not _is_endless(value) else value
    is_noise = abs(value - rounded) <= max(abs(value), Decimal(1)) * _FLOAT_PRECISION
    return [Candidate(rounded, "末尾数字为浮点误差")] if is_noise and value != rounded else []


def _none(text: str) -> Iterator[Candidate]:
    if says_none(squeeze(text)):
        yield Candidate(Decimal(0), f"“{text}”作0", changes=frozenset({WORD}))


def _lookalikes(text: str) -> Iterator[Candidate]:
    """78.06l: the last letter may be a digit that was misread."""
    read_as = text.translate(_LOOKALIKES)
    if read_as != text and _WELL_FORMED.fullmatch(read_as):
        yield Candidate(_decimal(read_as), "形近字母按数字读", changes=frozenset({DIGITS}))

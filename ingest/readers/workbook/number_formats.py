"""A stored number under its number format → the text that a spreadsheet program shows.

Formats are those of ECMA-376 part 1, 18.8.31. What occurs in accounts is read: sections, digits, thousands, scaling,
percent, fixed words, fill and padding, a fixed point among the digits, another look of 0. A date, a fraction, an
exponent or another condition is not: the shown text is then unknown (None), never guessed.
"""

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

GENERAL, TEXT = ("general", "g/通用格式"), "@"
_OF_ZERO = "[=0]"  # condition of the first section
_DIGITS_SHOWN = 11  # of a number under General, its point not counted
_PRECISION = 15  # significant digits that a spreadsheet program keeps
_SECTION_END = re.compile(r'("[^"]*"|\\.|[_*].|[^;"\\_*])*', re.DOTALL)
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<width>.)|\*(?P<fill>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|(?P<general>General|G/通用格式)|\[(?P<bracket>[^\]]*)\]|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)(?P<scale>,*)|(?P<percent>%)"
    r"|(?P<literal>[-+()¥￥$ :：、。（）/\u3000-\u9fff\uff00-\uffef])",
    re.DOTALL | re.IGNORECASE,
)
_BEHIND_POINT = re.compile("(0+)(,*)")
_COLOURS = re.compile(
    "black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]+|黑色|蓝色|青色|绿色|洋红|红色|白色|黄色",
    re.IGNORECASE,
)

_WHITE = ("white", "白色", "color2")
WHITE = "FFFFFF"


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format: what stands before and after the digits, and how these are written."""

    before: str
    after: str
    whole: str  # #,##0
    decimals: str  # 00
    scale: int  # the power of ten that a percent sign or thousands at the end change the number by
    has_digits: bool
    colour: str = ""  # as it is called in the format
    is_general: bool = False  # the digits are those of General
    behind_point: int = 0  # digits of a whole number behind a point that is a fixed sign: 0\\.0000 shows 元 as 万元


def shown(value: Decimal, number_format: str) -> str | None:
    """The text that is shown, without the blanks that pad it; None where the format is not one of those read."""
    sections = _sections(number_format)
    if sections is None:
        return None
    if not sections:
        return _general(value)
    section, is_signed = _for(value, sections)
    if section is None:
        return None
    if not section.has_digits:
        return section.before.strip()
    digits = _general(abs(value)) if section.is_general else _digits(abs(value), section)
    if digits is None:
        return None
    is_negative = is_signed and value < 0 and any(digit in "123456789" for digit in digits)
    return f"{'-' if is_negative else ''}{section.before}{digits}{section.after}".strip()


def colour_of(value: Decimal, number_format: str) -> str:
    """The colour that a format gives a number in place of that of its font: six digits for white, else its name; empty
    where it says none."""
    sections = _sections(number_format)
    section = _for(value, sections)[0] if sections else None
    called = section.colour.lower().replace(" ", "") if section else ""
    return WHITE if called in _WHITE else called


def hides_text(number_format: str) -> bool:
    """Whether a format shows nothing of a text: it has a fourth section, and nothing is in it."""
    parts = _parted(number_format) or ()
    return len(parts) == 4 and not parts[3].strip(' "')


def _for(value: Decimal, sections: tuple[_Section | None, ...]) -> tuple[_Section | None, bool]:
    """The section for a number, and whether the sign is shown: the section for negative ones writes its own."""
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _digits(value: Decimal, section: _Section) -> str:
    scaled = as_kept(value).scaleb(section.scale)
    if behind := section.behind_point:
        whole = f"{scaled.quantize(Decimal(1), ROUND_HALF_UP):f}".rjust(behind + section.whole.count("0"), "0")
        return f"{whole[:-behind]}.{whole[-behind:]}"
    rounded = scaled.quantize(Decimal(1).scaleb(-len(section.decimals)), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    least = sum(sign == "0" for sign in section.whole)
    whole = whole.lstrip("0").rjust(least, "0")
    if "," in section.whole:
        whole = f"{int(whole or 0):,}".rjust(least, "0") if whole else ""
    optional = len(section.decimals) - len(section.decimals.rstrip("#?"))
    kept = decimals[: len(decimals) - optional] + decimals[len(decimals) - optional :].rstrip("0")
    return f"{whole}.{kept}" if section.decimals else whole


def as_kept(value: Decimal) -> Decimal:
    """The number with the 15 significant digits that a spreadsheet program computes with."""
    return Decimal(f"{value:.{_PRECISION}g}")


def _general(value: Decimal) -> str | None:
    """1234.5 and 2080501 as they are; what General would show in scientific notation is unknown."""
    kept = as_kept(value)
    whole = len(str(int(abs(kept))))
    if whole > _DIGITS_SHOWN or (kept and abs(kept) < Decimal("1e-4")):
        return None
    rounded = kept.quantize(Decimal(1).scaleb(min(0, whole - _DIGITS_SHOWN + 1)), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1024)  # a workbook has some ten formats, asked for once per cell
def _sections(number_format: str) -> tuple[_Section | None, ...] | None:
    """The sections of a format: none for General and text, None for a format that is not read."""
    bare = re.sub(r"\[\$-[^\]]*\]", "", number_format)
    if bare.strip().lower() in ("", *GENERAL, TEXT):
        return ()
    parts = _parted(bare)
    if parts is None or len(parts) > 4:
        return None
    if len(parts) == 2 and parts[0].startswith(_OF_ZERO):
        other, of_zero = _section(parts[1]), _section(parts[0].removeprefix(_OF_ZERO))
        return other, other and replace(other, before=f"-{other.before}"), of_zero
    return tuple(map(_section, parts[:3]))


def _parted(number_format: str) -> list[str] | None:
    """The format at its semicolons; those within quotes are none."""
    parts, at = [], 0
    while at <= len(number_format):
        found = _SECTION_END.match(number_format, at)
        end = found.end() if found else at
        parts.append(number_format[at:end])
        if end < len(number_format) and number_format[end] != ";":
            return None
        at = end + 1
    return parts


def _section(text: str) -> _Section | None:
    before: list[str] = []
    after: list[str] = []
    whole, decimals, colour, scale, has_digits, behind_point, at = "", "", "", 0, False, 0, 0
    is_general = False
    while at < len(text):
        part = _PART.match(text, at)
        if part is None or (part["bracket"] is not None and not _COLOURS.fullmatch(part["bracket"])):
            return None
        at = part.end()
        words = after if has_digits else before
        if part["digits"]:
            if has_digits:
                is_point = after == ["."] and not behind_point and not decimals and not scale and not whole.strip("#0")
                found = _BEHIND_POINT.fullmatch(part["digits"])
                if not is_point or not found:
                    return None
                behind_point, scale = len(found[1]), -3 * len(found[2])
                after.clear()
                continue
            whole, _, decimals = part["digits"].partition(".")
            thousands = len(whole) - len(whole.rstrip(","))
            scale -= 3 * (thousands + len(part["scale"]))
            whole, has_digits = whole.rstrip(","), True
        elif part["general"]:
            if has_digits:
                return None
            is_general = has_digits = True
        elif part["bracket"] is not None:
            colour = part["bracket"]
        elif part["percent"]:
            scale += 2
            words.append("%")
        else:
            words.append(part["quoted"] or part["escaped"] or part["currency"] or part["literal"] or " ")
    return _Section(
        "".join(before), "".join(after), whole, decimals, scale, has_digits, colour, is_general, behind_point
    )

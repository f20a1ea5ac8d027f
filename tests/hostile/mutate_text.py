"""Mutations of a text, each a function of its bytes and a random generator."""

import re
from collections.abc import Callable
from random import Random

from ingest.readers.plain_text.encoding import decode
from tests.hostile.mutate_pdf import HOSTILE_TEXTS, bytes_flipped, cut, middle_doubled, middle_lost

TextMutation = Callable[[bytes, Random], bytes]
_AMOUNT = re.compile(r"(?<=\t)-?[0-9][0-9,]*\.[0-9]{2}(?=[\t\n])")
_NAME = re.compile(r"(?<=\t)[^\t\n0-9]+(?=\t)")
TEXTS = [text for text in HOSTILE_TEXTS if text != "\ud800"]  # a surrogate cannot be encoded in UTF-8
OTHER_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "〇一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨⑩")
HUGE = (
    "9" * 400 + ".00",
    "1e400",
    "NaN",
    "Infinity",
    "-" * 300,
    "0x7f",
    "1_000.00",
    "0." + "1" * 400,
    "99999999999999.99",
)
INVISIBLE = (
    "\u200b",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\xad",
    "\x00",
    "\x1b[31m",
    "\u0301",
    "\ufe0f",
    "\u2028",
    "\x0c",
    "\x85",
)


def amounts_hostile(data: bytes, dice: Random) -> bytes:
    text = dice.choice(TEXTS)
    return _cells(data, dice, _AMOUNT, lambda _: text)


def names_hostile(data: bytes, dice: Random) -> bytes:
    text = dice.choice(TEXTS)
    return _cells(data, dice, _NAME, lambda name: name + text)


def amounts_huge(data: bytes, dice: Random) -> bytes:
    return _cells(data, dice, _AMOUNT, lambda _: dice.choice(HUGE))


def amounts_with_the_invisible(data: bytes, dice: Random) -> bytes:
    def spoilt(printed: str) -> str:
        at = dice.randrange(len(printed) + 1)
        return printed[:at] + dice.choice(INVISIBLE) + printed[at:]

    return _cells(data, dice, _AMOUNT, spoilt)


def amounts_in_other_digits(data: bytes, dice: Random) -> bytes:
    other = dice.choice(OTHER_DIGITS)
    digits = str.maketrans({str(n): other[n] for n in range(10)})
    return _cells(data, dice, _AMOUNT, lambda printed: printed.translate(digits))


def amounts_with_other_separators(data: bytes, dice: Random) -> bytes:
    return _cells(data, dice, _AMOUNT, lambda printed: printed.replace(".", dice.choice((",", "·", "。", " ", ".."))))


def amounts_exchanged(data: bytes, dice: Random) -> bytes:
    """Exchanges two amounts: the result is a valid document that does not add up."""
    found = _AMOUNT.findall(_text(data))
    return _cells(data, dice, _AMOUNT, lambda _: dice.choice(found))


def tabs_lost_or_added(data: bytes, dice: Random) -> bytes:
    return _cells(data, dice, re.compile("\t"), lambda _: dice.choice(("", "\t\t", " ", "\n")), 0.01)


def rows_shuffled(data: bytes, dice: Random) -> bytes:
    lines = _text(data).split("\n")
    at = dice.randrange(len(lines))
    few = lines[at : at + 12]
    dice.shuffle(few)
    return "\n".join(lines[:at] + few + lines[at + 12 :]).encode()


def rows_repeated(data: bytes, dice: Random) -> bytes:
    lines = _text(data).split("\n")
    at = dice.randrange(len(lines))
    return "\n".join(lines[:at] + lines[at : at + 5] * dice.choice((2, 1000)) + lines[at + 5 :]).encode()


def huge_table(data: bytes, dice: Random) -> bytes:
    row = dice.choice(
        ("2080501\t行政运行\t1.00\t1.00\t0.00", "\t".join(["1.00"] * 5000), "一、" + "长" * 100_000 + "\t1.00")
    )
    lines = _text(data).split("\n")
    tabbed = [number for number, line in enumerate(lines) if "\t" in line]
    at = dice.choice(tabbed)
    return "\n".join(lines[:at] + [row] * dice.choice((10, 1000, 20_000)) + lines[at:]).encode()


def huge_text(data: bytes, dice: Random) -> bytes:
    unit = dice.choice(("决算", "2024年度", "一般公共预算财政拨款支出1.00万元,", "(", "“三公”经费", "\n\n", "#"))
    return data + (unit * (dice.choice((10**5, 10**6)) // len(unit))).encode()


def tables_repeated(data: bytes, dice: Random) -> bytes:
    return data * dice.choice((2, 5))


def other_encoding(data: bytes, dice: Random) -> bytes:
    text = _text(data)
    encodings = ("gb18030", "utf-16", "utf-8-sig", "utf-32", "big5", "utf-7", "gbk", "utf-8")
    others = [encoded for encoding in encodings if (encoded := text.encode(encoding, "ignore")) != data]
    return dice.choice(others)


def half_another_encoding(data: bytes, dice: Random) -> bytes:
    text = _text(data)
    at = dice.randrange(len(text))
    return text[:at].encode() + text[at:].encode("gb18030")


def other_years_and_units(data: bytes, dice: Random) -> bytes:
    text = re.sub(r"20[0-9]{2}(?=年)", lambda _: dice.choice(("0000", "9999", "2024", "99999999999")), _text(data))
    return text.replace("万元", dice.choice(("元", "亿元", "美元", "", "万元元")), dice.randrange(1, 5)).encode()


def markup(data: bytes, dice: Random) -> bytes:
    return _cells(data, dice, _NAME, lambda name: dice.choice(("**" * 5000, "<b>" * 5000, "| " * 50)) + name, 0.02)


def _text(data: bytes) -> str:
    return decode(data, "sample")


def _cells(data: bytes, dice: Random, cell: re.Pattern, other: Callable[[str], str], share: float = 0.03) -> bytes:
    changed = cell.sub(lambda found: other(found[0]) if dice.random() < share else found[0], _text(data))
    return changed.encode()


TEXT_MUTATIONS: tuple[TextMutation, ...] = (
    bytes_flipped, cut, middle_lost, middle_doubled, amounts_hostile, names_hostile, amounts_huge,
    amounts_with_the_invisible, amounts_in_other_digits, amounts_with_other_separators, amounts_exchanged,
    tabs_lost_or_added, rows_shuffled, rows_repeated, huge_table, huge_text, tables_repeated, other_encoding,
    half_another_encoding, other_years_and_units, markup,
)  # fmt: skip

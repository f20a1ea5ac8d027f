"""Spoils web pages, by a seed: their bytes, their tags, the spans of their cells and the places of their texts.

What is printed stays as it is in the mutations of MARKUP: another amount in another place is then a fault of reading.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from random import Random

from tests.hostile.mutate_office import LOOK, OF_BYTES
from tests.variants.office import paragraphs
from tests.variants.page import html_of
from tests.variants.placed_page import placed_html_of

KINDS = ("tables", "paragraphs", "placed")
_TAG = re.compile(r"</?(?:td|tr|table|p|div|span)\b[^<>]*>")
_SPAN = re.compile(r'((?:col|row)span=")(\d+)')
_PLACE = re.compile(r"((?:top|left):)(-?[\d.]+)")
_BLANKS = re.compile(r"(?:&nbsp;)+")
_TAGS = ("<td>", "<tr>", "</table>", "<table>", "<div hidden>", "<!--", "<p>")
_EXTREME = ("0", "-1", "1000000000", "2", "NaN", "3")


@cache
def original(kind: str) -> bytes:
    look = replace(LOOK, table=paragraphs) if kind == "paragraphs" else LOOK
    return placed_html_of(LOOK) if kind == "placed" else html_of(look)


def mutants(kind: str, seed: int, count: int) -> Iterator[tuple[bytes, bool]]:
    """So many pages of a kind, each spoilt in one to three ways, and whether only their markup is."""
    dice = Random(f"{kind} {seed}")
    for number in range(count):
        data, of_markup = original(kind), number % 2 == 0
        for _ in range(dice.randint(1, 3)):
            data = dice.choice(MARKUP if of_markup else (*OF_BYTES, *MARKUP))(data, dice)
        yield data, of_markup


def _in_text(change: Callable[[str, Random], str]) -> Callable[[bytes, Random], bytes]:
    return lambda data, dice: change(data.decode("utf-8", "replace"), dice).encode("utf-8", "replace")


def _some(pattern: re.Pattern[str], change: Callable[[re.Match[str], Random], str]) -> Callable[[bytes, Random], bytes]:
    def spoil(text: str, dice: Random) -> str:
        share = dice.choice((0.002, 0.02, 0.2))
        return pattern.sub(lambda found: change(found, dice) if dice.random() < share else found[0], text)

    return _in_text(spoil)


def _moved(found: re.Match[str], dice: Random) -> str:
    return f"{found[1]}{float(found[2]) + dice.choice((-40, -12, -3, 3, 12, 40)):.2f}"


def _nested(text: str, dice: Random) -> str:
    return text.replace("<body>", "<body>" + "<div>" * dice.choice((50, 240, 10_000)), 1)


MARKUP = (
    _some(_TAG, lambda found, dice: ""),
    _some(_TAG, lambda found, dice: found[0] * 2),
    _some(
        _TAG, lambda found, dice: dice.choice(("<td>", "<tr>", "</table>", "<table>", "<div hidden>", "<!--", "<p>"))
    ),
    _some(_SPAN, lambda found, dice: found[1] + dice.choice(_EXTREME)),
    _some(_PLACE, _moved),
    _some(_BLANKS, lambda found, dice: "&nbsp;" * dice.randint(1, 8)),
    _in_text(_nested),
)

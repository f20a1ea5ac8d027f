"""Spoils workbooks and Word files, by a seed: their bytes, their parts, and the elements and numbers in these."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from random import Random

import xlwt

from tests.hostile.bad_office_files import packed, parts_of
from tests.variants.forms import ABOVE, LEFT
from tests.variants.look import Look
from tests.variants.word import docx_of
from tests.variants.workbook import xlsx_of

LOOK = Look(pages=(("GK02",), ("GK05", "GK09")))  # short, so that hundreds are read
EXTREME = ("0", "-1", "1048577", "99999999999", "XFD1048576", "NaN", "1e308", "", "是", "A1:XFD1048576")
_ELEMENT = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'="([^"]*)"')
_TEXT = re.compile(rb">([^<>]+)<")


@cache
def original(name: str) -> bytes:
    """A sound document in this format."""
    return {"xlsx": xlsx_of, "docx": docx_of, "xls": _xls_of}[name](LOOK)


def _xls_of(look: Look) -> bytes:
    book, saved = xlwt.Workbook(), BytesIO()
    for form in look.forms():
        sheet = book.add_sheet(form.code)
        for y, row in enumerate(((form.title,), *form.head, *form.body)):
            for x, cell in enumerate(row):
                if cell not in (LEFT, ABOVE):
                    sheet.write(y, x, look.printed(cell))
    book.save(saved)
    return saved.getvalue()


def mutants(name: str, seed: int, count: int) -> Iterator[bytes]:
    """So many documents of a format, each spoilt in one to three ways. A seed makes the same ones."""
    dice = Random(f"{name} {seed}")
    ways = [*OF_BYTES] if name == "xls" else [*OF_BYTES, *OF_PARTS, *OF_PARTS]
    for _ in range(count):
        data = original(name)
        for _ in range(dice.randint(1, 3)):
            data = dice.choice(ways)(data, dice)
        yield data


def _cut(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(1, len(data))]


def _overwrite(data: bytes, dice: Random) -> bytes:
    at, length = dice.randrange(len(data)), dice.choice((1, 2, 4, 64, 600))
    return data[:at] + dice.randbytes(length) + data[at + length :]


def _zero(data: bytes, dice: Random) -> bytes:
    at, length = dice.randrange(len(data)), dice.choice((2, 4, 512))
    return data[:at] + bytes(length) + data[at + length :]


def _take_out(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + data[at + dice.choice((1, 10, 512)) :]


def _double(data: bytes, dice: Random) -> bytes:
    at, length = dice.randrange(len(data)), dice.choice((8, 512))
    return data[: at + length] + data[at:]


def _of_a_part(change: Callable[[bytes, Random], bytes]) -> Callable[[bytes, Random], bytes]:
    """Spoils one part of a file whose parts can still be read."""

    def changed(data: bytes, dice: Random) -> bytes:
        try:
            parts = parts_of(data)
        except Exception:  # spoilt before; any error of zipfile
            return _overwrite(data, dice) if len(data) > 1 else data
        if not parts:
            return data
        name = dice.choice(sorted(parts))
        return packed(parts | {name: change(parts[name], dice)})

    return changed


def _drop_element(xml: bytes, dice: Random) -> bytes:
    found = list(_ELEMENT.finditer(xml))
    if not found:
        return xml
    one = dice.choice(found)
    return xml[: one.start()] + xml[one.end() :]


def _swap_elements(xml: bytes, dice: Random) -> bytes:
    found = list(_ELEMENT.finditer(xml))
    if len(found) < 2:
        return xml
    one, other = sorted(dice.sample(found, 2), key=lambda match: match.start())
    between = xml[one.end() : other.start()]
    return xml[: one.start()] + other[0] + between + one[0] + xml[other.end() :]


def _extreme(pattern: re.Pattern[bytes]) -> Callable[[bytes, Random], bytes]:
    def changed(xml: bytes, dice: Random) -> bytes:
        found = list(pattern.finditer(xml))
        if not found:
            return xml
        one = dice.choice(found)
        return xml[: one.start(1)] + dice.choice(EXTREME).encode() + xml[one.end(1) :]

    return changed


def _repeat(xml: bytes, dice: Random) -> bytes:
    """Some elements a hundred times, the closing ones of which may be missing."""
    at = dice.randrange(len(xml)) if xml else 0
    start = max(xml.find(b"<", at), 0)
    end = xml.find(b">", start + dice.choice((1, 200))) + 1
    return xml[:end] + xml[start:end] * 100 + xml[end:]


OF_BYTES = (_cut, _overwrite, _overwrite, _zero, _take_out, _double)
OF_PARTS = tuple(
    map(_of_a_part, (_drop_element, _swap_elements, _extreme(_VALUE), _extreme(_TEXT), _repeat, _overwrite, _cut))
)

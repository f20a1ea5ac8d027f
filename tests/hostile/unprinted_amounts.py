"""Finds amounts that were read from a mutant but are not printed in it: every amount that differs from the original's
is searched in the plain text of the mutant, on its page or line."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium

from ingest.pipeline import extract
from ingest.readers.plain_text.encoding import decode
from ingest.values.amounts import UNITS
from warehouse.records.reading import Amount, Extraction, Presence, Status

Key = tuple[str, str, str]
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@cache
def original_amounts(path: Path) -> dict[Key, Amount]:
    return {_key(amount): amount for amount in extract(path).amounts}


def unsaid(original: Path, data: bytes, read: Extraction) -> list[str]:
    """Amounts with the status as_printed and without doubt that differ from the original and are not in the mutant's
    text."""
    differing = changed(original, read)
    if not differing:
        return []
    places = _places(data, read.source.format)
    return [_shown(amount, original_amounts(original)) for amount in differing if not _says(places, amount)]


def changed(original: Path, read: Extraction) -> list[Amount]:
    """Amounts with the status as_printed and without doubt that differ from the original or are not in it."""
    before = original_amounts(original)
    return [amount for amount in _sure(read) if _differs(amount, before.get(_key(amount)))]


def _sure(read: Extraction) -> Iterator[Amount]:
    doubted = {(doubt.table_code, doubt.row_key, doubt.measure) for doubt in read.doubts}
    tables = {doubt.table_code for doubt in read.doubts if doubt.table_code and not doubt.row_key}
    for amount in read.amounts:
        if amount.status is Status.AS_PRINTED and _key(amount) not in doubted and amount.table_code not in tables:
            yield amount


def _differs(amount: Amount, before: Amount | None) -> bool:
    return before is None or (amount.value, amount.value_unit) != (before.value, before.value_unit)


def _says(places: dict[int, str], amount: Amount) -> bool:
    """Whether the value is the printed number in the printed unit, and its page or line contains the number."""
    if amount.value is None:
        return amount.presence is not Presence.NUMBER
    printed = _plain(amount.printed).replace(",", "")
    if not NUMBER.fullmatch(printed) or Decimal(printed) * UNITS.get(amount.printed_unit, 1) != amount.value:
        return False
    there = places.get(amount.page or amount.line_no or 0, "")
    return _plain(amount.printed) in there


def _places(data: bytes, format: str) -> dict[int, str]:
    """Page or line number → its text, without white space."""
    if format == "text":
        lines = decode(data, "mutant").splitlines()
        return {number: _plain(line) for number, line in enumerate(lines, start=1)}
    return {number: _plain(text) for number, text in _pages(data)}


def _pages(data: bytes) -> Iterator[tuple[int, str]]:
    """The text of each page as PDFium extracts it, without our reader. PDFium has already read the file without
    crashing."""
    with pdfium.PdfDocument(data) as pdf:
        for number, page in enumerate(pdf, start=1):
            yield number, page.get_textpage().get_text_range(errors="replace")


def _plain(text: str) -> str:
    kept = unicodedata.normalize("NFKC", text).replace("−", "-")
    return "".join(char for char in kept if not char.isspace() and unicodedata.category(char) != "Cc")


def _key(amount: Amount) -> Key:
    return amount.table_code, amount.row_key, amount.measure


def _shown(amount: Amount, before: dict[Key, Amount]) -> str:
    was = before.get(_key(amount))
    was_printed = was.printed if was else "nothing"
    return f"{' '.join(_key(amount))} = {amount.value} printed {amount.printed!r}, was {was_printed!r}"

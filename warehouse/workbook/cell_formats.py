"""The cell formats of the workbook. Each combination of properties is created once, when first used."""

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from warehouse.records.reading import Status

FONT = "宋体"
FILLS = {Status.REPAIRED: "#FFF2CC", Status.DOUBTFUL: "#F8CBAD"}
GREY = "#F2F2F2"
PLAIN = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}


class CellFormats:
    """The formats of one workbook."""

    def __init__(self, book: Workbook):
        self._made = cache(lambda **wanted: book.add_format({**PLAIN, **wanted}))

    def of(self, **wanted: Any) -> Format:
        return self._made(**wanted)

    def title(self) -> Format:
        return self.of(bold=True, font_size=16, align="center")

    def heading(self) -> Format:
        return self.of(bold=True, align="center", text_wrap=True, border=1, bg_color=GREY)

    def text(self, indent: int = 0) -> Format:
        return self.of(text_wrap=True, border=1, indent=indent)

    def centred(self) -> Format:
        return self.of(text_wrap=True, border=1, align="center")

    def amount(self, decimals: int, mark: Status) -> Format:
        return self.of(border=1, align="right", indent=1, num_format=number_format(decimals), **filled(mark))


def filled(mark: Status) -> dict[str, str]:
    return {"bg_color": FILLS[mark]} if mark in FILLS else {}


def number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of `width` characters; a Chinese character counts as two."""
    wide = sum(2 if ord(character) > 0x2E7F else 1 for character in text)
    return max(1, -(-wide // max(1, width - 1)))

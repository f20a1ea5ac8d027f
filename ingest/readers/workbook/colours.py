"""Texts of an .xlsx in the colour of what lies behind them, which nobody sees."""

from collections.abc import Sequence
from typing import Any

from openpyxl.worksheet.cell_range import CellRange

from ingest.readers.workbook.number_formats import WHITE

_OF_THE_WINDOW = 65  # the index of the colour of an empty sheet
_UNSAID = "00000000"  # what openpyxl has for the colour of a fill that says none


class Colours:
    """Of one sheet. A place that a format under a condition or the style of a table colours is taken as seen."""

    def __init__(self, sheet: Any) -> None:
        self._book = sheet.parent
        coloured = (one.sqref for one in sheet.conditional_formatting if any(map(_colours, one.rules)))
        self._coloured = [*(one for ranges in coloured for one in ranges.ranges), *_tables(sheet)]
        self._behind: dict[int, str | None] = {}  # by the number of a fill in the book
        self._text: dict[int, str | None] = {}  # by the number of a font

    def hide(self, cell: Any, own: Any = None, by_format: str = "") -> bool:
        """Whether a text in this cell is not seen. `own`: its colour, where that is not the cell's; `by_format`: that
        which its number format gives it."""
        style = cell._style
        if style.fillId not in self._behind:
            self._behind[style.fillId] = _behind(self._book._fills[style.fillId], self._book._colors)
        if style.fontId not in self._text:
            self._text[style.fontId] = _name(self._book._fonts[style.fontId].color, self._book._colors)
        text = _name(own, self._book._colors) or by_format or self._text[style.fontId]
        return text is not None and text == self._behind[style.fillId] and not self._is_coloured(cell)

    def strike(self, cell: Any) -> bool:
        """Whether a line is drawn through a text."""
        return bool(self._book._fonts[cell._style.fontId].strike)

    def _is_coloured(self, cell: Any) -> bool:
        return any(
            one.min_row <= cell.row <= one.max_row and one.min_col <= cell.column <= one.max_col
            for one in self._coloured
        )


def _colours(rule: Any) -> bool:
    return rule.colorScale is not None or bool(rule.dxf and (rule.dxf.fill or rule.dxf.font))


def _tables(sheet: Any) -> list[Any]:
    return [CellRange(one.ref) for one in sheet.tables.values()]


def _behind(fill: Any, palette: Sequence[str]) -> str | None:
    """The colour of a fill; None where it has several, or is not told."""
    if fill.tagname != "patternFill" or fill.fill_type not in (None, "solid"):
        return None
    if fill.fill_type is None:
        return WHITE
    return None if fill.fgColor.value == _UNSAID else _name(fill.fgColor, palette)


def _name(colour: Any, palette: Sequence[str]) -> str | None:
    """One name for each colour: six digits, or what the theme says it is; None where none is said."""
    if colour is None or colour.type == "auto":
        return None
    if colour.tint:
        return f"{colour.type} {colour.value} {colour.tint}"
    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper()
    if colour.type == "indexed":
        return _of_index(colour.indexed, palette)
    return WHITE if colour.theme == 0 else f"theme {colour.theme}"


def _of_index(index: int, palette: Sequence[str]) -> str | None:
    if index == _OF_THE_WINDOW:
        return WHITE
    return palette[index][-6:].upper() if index < len(palette) else None

"""The rows around a number in a text, workbook, Word file or web page, with its cell marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.crops import ExcerptLine
from warehouse.kinds.characters import squeeze


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: int
    is_meant: bool
    cells: tuple[ShownCell, ...]


def excerpt_rows(lines: Sequence[ExcerptLine], printed: str | None, column_no: int | None) -> list[ShownRow]:
    """A cell is marked only if it holds the printed text: that of the column, else the only one in the row."""
    return [_row(line, _marked(line, squeeze(printed or ""), column_no) if line.is_meant else None) for line in lines]


def _row(line: ExcerptLine, marked: int | None) -> ShownRow:
    cells = tuple(ShownCell(text, number == marked) for number, text in enumerate(line.cells))
    return ShownRow(line.number, line.is_meant, cells)


def _marked(line: ExcerptLine, printed: str, column_no: int | None) -> int | None:
    if not printed:
        return None
    same = [number for number, text in enumerate(line.cells) if squeeze(text) == printed]
    if column_no is not None and column_no - 1 in same:
        return column_no - 1
    return same[0] if len(same) == 1 else None

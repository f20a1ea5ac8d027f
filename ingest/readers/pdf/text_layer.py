"""The text that a scanner's program put under the image of a page: another reading of the numbers on it, by a program
that is not known. It proves nothing alone, and a number that it has otherwise is not certain."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.document import Block, Cell, Laid, RawRow, RawTable, Remark
from ingest.readers.pdf.hidden_text import is_text_layer
from ingest.readers.pdf.page_objects import Char, PageObjects
from ingest.readers.pdf.scan.pictures import PageRead
from ingest.values.amounts import has_digit
from warehouse.kinds.characters import squeeze
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Box, Place

_BETWEEN_THOUSANDS = str.maketrans("", "", ",，")


def held_against_layer(seen: PageRead, page: PageObjects) -> PageRead:
    """What was recognised on a page; `read_again` of a number is what the layer has at its place where that differs, or
    where no second model read it."""
    if not is_text_layer(page):
        return seen
    layer = [char for run in page.hidden for char in run.chars if char.text.strip()]
    return seen._replace(blocks=tuple(_held(block, layer, seen.laid) for block in seen.blocks))


def remarks_on_layers(pages: Sequence[int]) -> Iterator[Remark]:
    """One for the pages that have such a layer and were recognised."""
    if pages:
        reason = f"{len(pages)}页的文字是图像上看不见的识别层,不作所印:数字由图像识别,与该层不同者存疑"
        yield Remark(DoubtKind.TEXT_HIDDEN, reason, Place(pages[0]))


def _held(block: Block, layer: list[Char], laid: Laid) -> Block:
    if not isinstance(block, RawTable):
        return block
    return replace(block, rows=tuple(_row(row, layer, laid) for row in block.rows))


def _row(row: RawRow, layer: list[Char], laid: Laid) -> RawRow:
    box = row.place.box
    if box is None:
        return row
    near = _within(layer, laid.as_seen(box))
    return replace(row, cells=tuple(_cell(cell, near, box, laid) for cell in row.cells))


def _cell(cell: Cell | None, near: list[Char], row: Box, laid: Laid) -> Cell | None:
    if cell is None or not has_digit(cell.text) or "\n" in cell.text:
        return cell
    found = _within(near, laid.as_seen(Box(cell.x0, row.top, cell.x1, row.bottom)))
    said = "".join(char.text for char in sorted(found, key=lambda char: _along(char, laid.turn)))
    if not has_digit(said) or (cell.read_again is not None and _bare(said) == _bare(cell.text)):
        return cell
    return cell._replace(read_again=cell.text if _bare(said) == _bare(cell.text) else said)


def _along(char: Char, turn: int) -> float:
    """Where a character stands in its line, on a page that has to be turned clockwise by `turn` degrees."""
    return {0: char.x0, 90: -char.bottom, 180: -char.x1, 270: char.top}[turn]


def _within(chars: list[Char], box: Box) -> list[Char]:
    return [
        char
        for char in chars
        if box.x0 <= (char.x0 + char.x1) / 2 < box.x1 and box.top <= (char.top + char.bottom) / 2 < box.bottom
    ]


def _bare(text: str) -> str:
    return squeeze(text).translate(_BETWEEN_THOUSANDS)

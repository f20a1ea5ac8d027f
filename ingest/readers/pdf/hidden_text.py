"""Hidden text of a page: whether the page is a scan, which cells it affects, and which remarks the document gets."""

from collections.abc import Iterator
from typing import Protocol

from ingest.document import Remark
from ingest.readers.pdf.page_objects import Char, Hidden, PageObjects
from ingest.readers.pdf.strikethrough import is_struck
from ingest.readers.pdf.visibility import Unseen
from warehouse.kinds.characters import COVERED, NO_UNICODE, RAISED, STRUCK
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Box, Place

UNSEEN_IN_CELLS = frozenset({Unseen.COVERED, Unseen.CUT})  # a number is in the cell and something covers or clips it
LAYER = 0.9  # of the characters of a page: from this share of hidden ones on, the page is a scan with a text layer
FEWEST_OF_LAYER = 20
LONGEST = 200  # characters of hidden text that a doubt shows
_SAME_PLACE = 1.5  # points
_DIGITS = frozenset("0123456789.,-")


class Cells(Protocol):
    """The cells of a table, numbered."""

    boxes: list[Box]

    def cell_numbers(self, chars: list[Char]) -> list[int | None]: ...


def is_text_layer(page: PageObjects) -> bool:
    """Whether nearly all text of the page is hidden, because an image covers it or it is never painted."""
    hidden = sum(len(run.chars) for run in page.hidden if run.why is not Unseen.OUTSIDE)
    return hidden >= FEWEST_OF_LAYER and hidden >= LAYER * (hidden + len(page.chars))


def remarks_on(page: PageObjects) -> Iterator[Remark]:
    """Remarks about hidden numbers and about characters without Unicode; none for a page that is a scan."""
    if page.hidden and not is_text_layer(page):
        yield from _hidden_numbers(page)
    for one in page.annotations:
        if one.text:
            reason = "页面上的表单域显示所填文字,未读" if one.is_field else "页面上的批注显示文字,未读"
            yield Remark(DoubtKind.ANNOTATION_NOT_READ, f"第{page.number}页:{reason}", Place(page.number), one.text)
    if page.unnamed:
        reason = f"{page.unnamed}个字符的字体没有Unicode对照,无从辨认"
        yield Remark(
            DoubtKind.TEXT_WITHOUT_UNICODE, reason, Place(page.number), NO_UNICODE * min(page.unnamed, LONGEST)
        )


def _hidden_numbers(page: PageObjects) -> Iterator[Remark]:
    for why in Unseen:
        texts = [run.text for run in page.hidden if run.why is why and _says_a_number(run, page.chars)]
        if texts:
            yield Remark(DoubtKind.TEXT_HIDDEN, why.value, Place(page.number), " | ".join(texts)[:LONGEST])


def _says_a_number(run: Hidden, seen: list[Char]) -> bool:
    """Whether the hidden characters hold a digit that is not also visible at the same place."""
    digits = [char for char in run.chars if char.text.isdigit()]
    return any(not any(_is_the_same(char, other) for other in seen) for char in digits)


def _is_the_same(hidden: Char, seen: Char) -> bool:
    return (
        hidden.text == seen.text and abs(hidden.x0 - seen.x0) < _SAME_PLACE and abs(hidden.top - seen.top) < _SAME_PLACE
    )


def cells_without_number(grid: Cells, chars: list[Char], page: PageObjects) -> Iterator[tuple[int, str]]:
    """The cells whose number is hidden or not readable: (cell number, mark that says why)."""
    covered = [char for run in page.hidden if run.why in UNSEEN_IN_CELLS for char in run.chars if char.text in _DIGITS]
    for number in sorted({n for n in grid.cell_numbers(covered) if n is not None}):
        box = grid.boxes[number]
        hidden = [char for char in covered if _lies_in(char, box)]
        seen = [char for char in chars if char.text in _DIGITS and _lies_in(char, box)]
        if not any(_overprints(char, other) for char in seen for other in hidden) and (
            not seen or any(_touch(char, other) for char in seen for other in hidden)
        ):
            yield number, COVERED
    raised = {n for n in grid.cell_numbers(list(page.raised)) if n is not None}
    yield from ((number, RAISED) for number in sorted(raised))
    if page.strikes:
        struck = [
            char for char in chars if char.text in _DIGITS and any(is_struck(char, line) for line in page.strikes)
        ]
        yield from ((number, STRUCK) for number in sorted({n for n in grid.cell_numbers(struck) if n is not None}))


def _lies_in(char: Char, box: Box) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box.x0 <= x < box.x1 and box.top <= y < box.bottom


def _touch(char: Char, hidden: Char) -> bool:
    """Whether a visible digit and a hidden one are adjacent, so that they may belong to one number."""
    height = max(char.bottom - char.top, hidden.bottom - hidden.top)
    gap = max(char.x0 - hidden.x1, hidden.x0 - char.x1)
    return gap < 0.5 * height and min(char.bottom, hidden.bottom) > max(char.top, hidden.top)


def _overprints(char: Char, hidden: Char) -> bool:
    """Whether a visible character is at the place of the hidden one, which it then replaces."""
    across = min(char.x1, hidden.x1) - max(char.x0, hidden.x0)
    down = min(char.bottom, hidden.bottom) - max(char.top, hidden.top)
    return across > 0.3 * (hidden.x1 - hidden.x0) and down > 0.3 * (hidden.bottom - hidden.top)

"""Rows of converted text that lost or gained a cell, put back to where the header says.

A row fits if each of its cells holds what its column is for. One that does not is rearranged: a blank
less, a blank more, a name and an amount pulled apart, two halves of a line joined. What is put back so
must still be proved by arithmetic; a row that fits in no way is not believed at all.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ingest.document import Cell, RawRow
from ingest.values.amounts import read_amount

Fits = Callable[[RawRow], bool]
AddsUp = Callable[[RawRow], bool | None]  # None: a damaged number leaves it open
_NAME_SPLIT, _AMOUNTS_SPLIT = "名称与金额粘连,已分开", "两数粘连,已分开"
SPLIT = frozenset({_NAME_SPLIT, _AMOUNTS_SPLIT})
MISALIGNED = "各格与表头对不上"
_NAME_AND_AMOUNT = re.compile(r"(.*[\u4e00-\u9fff）)](?<![负减])(?<!赤字)(?<!亏损))\s*(-?[\d,]+\.\d{2})", re.DOTALL)
_TWO_AMOUNTS = re.compile(r"(-?[\d,]*\d\.\d{2})\s*(-?[\d,]*\d\.\d{2})")


def aligned(row: RawRow, width: int, fits: Fits, adds_up: AddsUp | None) -> tuple[RawRow, str | None]:
    """The row, or the only arrangement of it that fits, with how it was moved; MISALIGNED if there is none.

    Of several arrangements the one that adds up counts; a short row that fits but does not add up is moved
    if exactly one arrangement does.
    """
    stands = fits(row)
    is_short = len(row.cells) < width
    if stands and (not is_short or adds_up is None or adds_up(row)):
        return row, None
    options = list({_content(moved): (moved, how) for moved, how in _arrangements(row) if fits(moved)}.values())
    good = [option for option in options if adds_up and adds_up(option[0])]
    if len(good) == 1:
        return good[0]
    if stands:  # a short row that does not add up has lost a cell, and nothing says which
        return row, MISALIGNED
    return options[0] if len(options) == 1 else (row, MISALIGNED)


def _content(row: RawRow) -> tuple[str, tuple[str, ...]]:
    """What an arrangement says: whether the code stands in the first cell or the second is no difference."""
    texts = row.texts()
    first = next((n for n, text in enumerate(texts) if read_amount(text).value is not None and n > 1), len(texts))
    return "".join(texts[:first]), tuple(texts[first:])


def _arrangements(row: RawRow) -> Iterator[tuple[RawRow, str]]:
    cells = row.cells
    for n, cell in enumerate(cells):
        for pattern, how in ((_NAME_AND_AMOUNT, _NAME_SPLIT), (_TWO_AMOUNTS, _AMOUNTS_SPLIT)):
            if cell and (found := pattern.fullmatch(cell.text.strip())):
                parts = Cell(found[1]), Cell(found[2])
                yield replace(row, cells=(*cells[:n], *parts, *cells[n + 1 :])), how
    for n in range(len(cells)):
        if not row.text(n).strip():
            yield replace(row, cells=cells[:n] + cells[n + 1 :]), "行内多一空格,其后各格左移一列对回表头"
    for n in range(len(cells)):
        yield replace(row, cells=(*cells[:n], Cell(""), *cells[n:])), "行内少一格,其后各格右移一列对回表头"


def loses_blanks(rows: Iterable[RawRow], first: int, width: int) -> bool:
    """Whether a row with fewer than `width` cells may have lost blank ones anywhere behind column `first`.

    A converter that prints blanks between amounts and none at the end of any row cuts the blanks at the end:
    there what is printed stands where it is counted from the left.
    """
    rows = list(rows)
    if all(len(row.cells) >= width for row in rows):
        return False
    ends_blank = any(len(row.cells) >= width and not row.text(width - 1).strip() for row in rows)
    return ends_blank or not any(_has_blank_between(row, first, width) for row in rows)


def _has_blank_between(row: RawRow, first: int, width: int) -> bool:
    texts = [text.strip() for text in row.texts()[first:width]]
    last = max((n for n, text in enumerate(texts) if text), default=0)
    return not all(texts[:last])


def with_key_in_place(row: RawRow, fits: Fits, first: int) -> tuple[RawRow | None, str | None]:
    """A row that lost cells, so that its key fits and its first amount stands at `first`; of the other amounts
    it says nothing."""
    blank_before = [replace(row, cells=(*row.cells[:n], Cell(""), *row.cells[n:])) for n in range(first)]
    for moved, how in ((row, None), *((one, "行内少一格,其后各格右移一列对回表头") for one in blank_before)):
        if fits(moved) and read_amount(moved.text(first)).value is not None:
            return moved, how
    return None, MISALIGNED


def usual_width(rows: list[RawRow]) -> int:
    """The number of cells that most rows have: one displaced row makes the table wider, not the others short."""
    return Counter(len(row.cells) for row in rows).most_common(1)[0][0] if rows else 0


def rejoined(rows: list[RawRow], begins: Callable[[RawRow], bool] | None = None) -> Iterator[tuple[RawRow, str | None]]:
    """Rows of a text, two halves of a broken line joined: each short, together as long as most rows.
    `begins` knows a row that is no second half, because it has a key of its own."""
    width = usual_width(rows)
    waiting: RawRow | None = None
    for row in rows:
        halves = waiting is not None and len(waiting.cells) + len(row.cells) == width and waiting.page is None
        if waiting is not None and halves and not (begins and begins(row)):
            yield replace(waiting, cells=waiting.cells + row.cells), "一行断成两行,已接回"
            waiting = None
            continue
        if waiting:
            yield waiting, None
        waiting = row if len(row.cells) < width else None
        if waiting is None:
            yield row, None
    if waiting:
        yield waiting, None


def has_name_and_amount(text: str) -> bool:
    return bool(name_and_amount(text)[1])


def name_and_amount(text: str) -> tuple[str, str]:
    """(`住房改革支出`, `90.22`) of a cell into which a converter ran both, else the text and nothing."""
    found = _NAME_AND_AMOUNT.fullmatch(text.strip())
    return (found[1], found[2]) if found else (text, "")

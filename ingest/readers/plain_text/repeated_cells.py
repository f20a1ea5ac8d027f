"""Joins merged cells that a converter printed once for every cell they cover.

docling, pandas and python-docx write 项目 | 项目 | 本年支出 | 本年支出 and 合计 | 合计 | 1.00. Repeated words are
joined only in a table whose first rows repeat a heading in the next cell.
"""

import re
from dataclasses import replace
from itertools import pairwise

from ingest.document import Cell, RawRow

HEADER_ROWS = 3
_WORDS = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff]", re.DOTALL)  # 无 or 是 alone may be printed in several columns


def merged_again(rows: tuple[RawRow, ...]) -> tuple[RawRow, ...]:
    """The rows with the first of repeated cells kept and the others blanked."""
    header = pairwise(rows[: HEADER_ROWS + 1])
    return tuple(map(_merged, rows)) if any(_covers_two(upper, lower) for upper, lower in header) else rows


def _covers_two(upper: RawRow, lower: RawRow) -> bool:
    """Whether a heading is printed twice above two others. 支出 | 支出 above numbers are the ends of two headings."""
    for n, (left, right) in enumerate(pairwise(upper.cells)):
        below = lower.text(n), lower.text(n + 1)
        if _is_same(left, right) and below[0] != below[1] and all(map(_WORDS.search, below)):
            return True
    return False


def _merged(row: RawRow) -> RawRow:
    blank = [n for n, (left, right) in enumerate(pairwise(row.cells), 1) if _is_same(left, right)]
    if not blank:
        return row
    return replace(row, cells=tuple(Cell("") if n in blank else cell for n, cell in enumerate(row.cells)))


def _is_same(left: Cell | None, right: Cell | None) -> bool:
    return bool(left and right and left.text == right.text and _WORDS.search(left.text))

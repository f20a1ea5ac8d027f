"""The headings above each column of a raw table, as paths from the outermost to the leaf."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from ingest.characters import comparable
from ingest.document import RawRow, RawTable

T = TypeVar("T")
Path = tuple[str, ...]  # comparable headings, outermost first
NUMBER_ROW_LABELS = frozenset({"栏次", "行次", "列次", "类", "款", "项"})


def split_header(table: RawTable, is_body: Callable[[RawRow], bool]) -> tuple[list[RawRow], list[RawRow]]:
    """The rows above the first body row, and the rest."""
    first = next((n for n, row in enumerate(table.rows) if is_body(row)), len(table.rows))
    return list(table.rows[:first]), list(table.rows[first:])


def column_paths(rows: Sequence[RawRow], width: int, has_spans: bool) -> list[Path]:
    """For each column the headings that stand above it, number rows (栏次) left out.

    A heading counts for all columns that its merged cell is known to cover. An empty cell right of a
    heading may once have been covered by it (text, and PDFs made of text): the heading counts as a
    parent there, if the column has one of its own below.
    """
    rows = [row for row in rows if not is_number_row(row)]
    return [_path(rows, column, has_spans) for column in range(width)]


def _path(rows: Sequence[RawRow], column: int, has_spans: bool) -> Path:
    texts: list[str] = []
    for depth, row in enumerate(rows):
        text = comparable(row.text(column))
        if not text:
            covered = has_spans and (column >= len(row.cells) or row.cells[column] is None)
            text = _covering(row, column) if covered else _perhaps_covering(rows, depth, column)
        if text and (not texts or texts[-1] != text):
            texts.append(text)
    return tuple(texts)


def _covering(row: RawRow, column: int) -> str:
    """The heading whose merged cell reaches over this column from the left."""
    for left in range(min(column, len(row.cells) - 1), -1, -1):
        cell = row.cells[left]
        if cell is not None:
            return comparable(cell.text) if left + cell.colspan > column else ""
    return ""


def _perhaps_covering(rows: Sequence[RawRow], depth: int, column: int) -> str:
    has_leaf = any(comparable(row.text(column)) for row in rows[depth + 1 :])
    lefts = (comparable(rows[depth].text(left)) for left in range(column - 1, -1, -1))
    return next((text for text in lefts if text), "") if has_leaf else ""


def is_number_row(row: RawRow) -> bool:
    """栏次 1 2 3 …: the row that numbers the columns."""
    texts = [text for text in map(comparable, row.texts()) if text]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 2]
    others = [text for text in texts if not text.isdigit()]
    named = bool(others) and all(text in NUMBER_ROW_LABELS for text in others)
    counting = bool(numbers) and all(b - a == 1 for a, b in pairwise(numbers))
    return (named and (counting or not numbers)) or (not others and counting and len(numbers) >= 3 and numbers[0] == 1)


def column_numbers(rows: Iterable[RawRow]) -> dict[int, int]:
    """Column → the number that the number row gives it."""
    for row in rows:
        if is_number_row(row):
            texts = map(comparable, row.texts())
            return {column: int(text) for column, text in enumerate(texts) if text.isdigit()}
    return {}


def best_meaning(path: Path, meanings: Mapping[str, T]) -> T | None:
    """What a heading path means: the longest known ending of it, else of it read as one phrase.

    `meanings` maps headings and `parent/leaf` paths. A heading torn over rows (`一般公共预算财政拨` /
    `款`) is known as one phrase.
    """
    for start in range(len(path)):
        for candidate in ("/".join(path[start:]), "".join(path[start:])):
            if candidate in meanings:
                return meanings[candidate]
    return None

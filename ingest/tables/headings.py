"""The headings above each column of a raw table, as paths from the outermost to the leaf."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from ingest.document import RawRow, RawTable
from warehouse.kinds.characters import comparable, name_of, squeeze
from warehouse.kinds.wordings import table_words

T = TypeVar("T")
Path = tuple[str, ...]  # comparable headings, outermost first
_WORDS = table_words()
NUMBER_ROW_LABELS = _WORDS.number_rows | _WORDS.parts_of_code
SURELY_COUNTING = 4  # numbers 1 2 3 4 … of a row that are no amounts, whatever stands behind them


def rows_above(table: RawTable, is_body: Callable[[RawRow], bool]) -> int:
    """How many rows stand above the first body row."""
    return next((n for n, row in enumerate(table.rows) if is_body(row)), len(table.rows))


def column_paths(rows: Sequence[RawRow], width: int, knows_spans: bool, own_words: tuple[str, ...] = ()) -> list[Path]:
    """For each column the headings that stand above it, number rows (栏次) left out.

    A heading with one of `own_words` (决算) is of the table's own year.

    A heading counts for all columns that its merged cell is known to cover. An empty cell right of a
    heading may once have been covered by it (text, and PDFs made of text): the heading counts as a
    parent there, if the column has one of its own below.
    """
    return _without_years(printed_paths(rows, width, knows_spans, heading_text), own_words)


def printed_paths(
    rows: Sequence[RawRow], width: int, knows_spans: bool, text_of: Callable[[str], str] = name_of
) -> list[Path]:
    """The headings above each column as they are printed, or as `text_of` makes them."""
    rows = [row for row in rows if not is_number_row(row)]
    return [_path(rows, column, knows_spans, text_of) for column in range(width)]


def _without_years(paths: list[Path], own_words: tuple[str, ...]) -> list[Path]:
    """2022年决算数 | 2023年决算数 | 2024年预算数: in final accounts the last year of 决算 is that of the table."""
    dated = [(int(found[1]), text) for path in paths for text in path if (found := _WORDS.heading_year.match(text))]
    own = [year for year, text in dated if any(word in text for word in own_words)]
    year = max(own or [year for year, _ in dated], default=0)
    return [tuple(_of_year(text, year) for text in path) for path in paths]


def _of_year(text: str, year: int) -> str:
    found = _WORDS.heading_year.match(text)
    if not found:
        return text
    bare, printed = text[found.end() :], int(found[1])
    return bare if printed == year else f"{_WORDS.year_before if printed < year else _WORDS.year_after}{bare}"


def _path(rows: Sequence[RawRow], column: int, knows_spans: bool, text_of: Callable[[str], str]) -> Path:
    texts: list[str] = []
    for depth, row in enumerate(rows):
        text = text_of(row.text(column))
        if not text:
            covered = knows_spans and (column >= len(row.cells) or row.cells[column] is None)
            text = text_of(_covering(row, column) if covered else _perhaps_covering(rows, depth, column))
        if text and (not texts or texts[-1] != text):
            texts.append(text)
    return tuple(texts)


def _covering(row: RawRow, column: int) -> str:
    """The heading whose merged cell reaches over this column from the left."""
    for left in range(min(column, len(row.cells) - 1), -1, -1):
        cell = row.cells[left]
        if cell is not None:
            return cell.text if left + cell.colspan > column else ""
    return ""


@lru_cache(maxsize=16)  # the forms are tried on a table one after the other
def lacks_headings(table: RawTable) -> bool:
    """Whether a row of headings ends before the columns of a heading above it do, of which some have their own.

    The cells of such a row stand too far left: one above covers fewer rows than it should, as in a page that says so
    wrongly. Which column a heading belongs to cannot be told.
    """
    if not table.kind.knows_spans or all(len(row.cells) >= table.width for row in table.rows):
        return False
    header = header_above_figures(table)
    return any(_ends_early(header[:depth], row, table.width) for depth, row in enumerate(header))


def header_above_figures(table: RawTable) -> tuple[RawRow, ...]:
    """The rows above the first with an amount or a code."""
    body = (n for n, row in enumerate(table.rows) if not is_number_row(row) and any(map(_is_figure, row.bare)))
    return table.rows[: next(body, 0)]


def _is_figure(text: str) -> bool:
    if not text or (text[0] not in "-.," and not text[0].isdecimal()):  # so are most cells above the figures
        return False
    bare = text.replace(",", "")
    return len(bare) > 1 and bare.removeprefix("-").replace(".", "", 1).isdecimal() and not _WORDS.year.fullmatch(bare)


def _ends_early(above: Sequence[RawRow], row: RawRow, width: int) -> bool:
    end = len(row.cells)
    if end >= width or not row.text(end - 1).strip():
        return False
    return any(_groups(one, end - 1, end) for one in above)


def _groups(row: RawRow, one: int, other: int) -> bool:
    """Whether one heading covers both columns."""
    for left in range(min(one, len(row.cells) - 1), -1, -1):
        cell = row.cells[left]
        if cell is not None:
            return bool(heading_text(cell.text)) and left + cell.colspan > other
    return False


def _perhaps_covering(rows: Sequence[RawRow], depth: int, column: int) -> str:
    has_leaf = any(heading_text(row.text(column)) for row in rows[depth + 1 :])
    lefts = (rows[depth].text(left) for left in range(column - 1, -1, -1))
    return next((text for text in lefts if heading_text(text)), "") if has_leaf else ""


@lru_cache(maxsize=8192)  # 23 calls per text
def heading_text(text: str) -> str:
    """A heading without its unit: 决算数(万元) → 决算数."""
    bare = comparable(text)
    return _WORDS.heading_unit.sub("", bare) or bare


def is_number_row(row: RawRow) -> bool:
    """栏次 1 2 3 …: the row that numbers the columns. A mark left in a cell of it says nothing.

    Behind 1 2 3 4 a word may stand, of a heading that reaches down beside the numbers: 备注.
    """
    numbers: list[int] = []
    others: set[str] = set()
    for text in filter(None, row.bare):
        number = _column_number(text)
        if number is not None:
            numbers.append(number)
        elif not text.isdigit() and comparable(text):
            others.add(comparable(text))
            if not others <= NUMBER_ROW_LABELS and len(numbers) < SURELY_COUNTING:
                return False
    only_parts = others <= _WORDS.parts_of_code  # 类 | 款 | 项 without numbers is a heading
    counting = bool(numbers) and all(b - a == 1 for a, b in pairwise(numbers))
    if not others <= NUMBER_ROW_LABELS:
        return counting and numbers[0] == 1
    if others:
        return counting or (not numbers and not only_parts)
    return counting and len(numbers) >= 3 and numbers[0] == 1


@lru_cache(maxsize=8192)  # 50 calls per text
def _column_number(text: str) -> int | None:
    found = _WORDS.column_number.fullmatch(text)
    return int(found[1]) if found else None


def column_numbers(rows: Iterable[RawRow]) -> dict[int, int]:
    """Column → the number that the number row gives it."""
    for row in rows:
        if is_number_row(row):
            numbers = [_column_number(squeeze(text)) for text in row.texts()]
            return {column: number for column, number in enumerate(numbers) if number is not None}
    return {}


def best_meaning(path: Path, meanings: Mapping[str, T]) -> T | None:
    """What a heading path means: the longest known ending of it, else of it read as one phrase.

    `meanings` maps headings, `parent/leaf` paths and `parent/*`, which stands for whatever lies below a
    parent. A heading torn over rows (`一般公共预算财政拨` / `款`) is known as one phrase.
    """
    return next((meanings[name] for name in _names_of(path) if name in meanings), None)


@lru_cache(maxsize=8192)  # every form is tried on the paths of a table
def _names_of(path: Path) -> tuple[str, ...]:
    """What the meaning of a path may be known by, the longest ending first."""
    tails = [path[start:] for start in range(len(path))]
    names = (
        name for tail in tails for name in ("/".join(tail), "".join(tail), *([f"{tail[0]}/*"] if len(tail) > 1 else ()))
    )
    return tuple(dict.fromkeys(names))


def shifted_alike(rows: Iterable[RawRow], meanings: Mapping[str, str], numbered: Mapping[str, int]) -> bool:
    """Whether the headings that can be read stand where the number row puts them, or all of a row beside it
    by the same number of columns. `numbered` maps meanings to the columns that the number row gives them.
    """
    for row in rows:
        if is_number_row(row):
            continue
        named = [(column, meanings.get(heading_text(text))) for column, text in enumerate(row.texts())]
        offsets = {column - numbered[meaning] for column, meaning in named if meaning and meaning in numbered}
        if len(offsets) > 1:
            return False
    return True

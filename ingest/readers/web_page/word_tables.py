"""Tables that are lines of words with places, and no lines drawn between them → rows with cells.

A table is what stands between titles, captions, notes and sentences. Its headings end where the first row with an
amount begins; a page that goes on with a table has its columns. What does not fit stays lines of text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

from ingest.document import Cell
from ingest.readers.plain_text.aligned_columns import known_headings, stands_around
from ingest.readers.web_page.names_between_rows import names_without_figures
from ingest.readers.web_page.positioned import Word, WordLine
from ingest.readers.web_page.word_columns import (
    Column,
    Span,
    clusters,
    column_at,
    columns_of,
    continued_columns,
    end_at_one_edge,
    is_amount,
    is_figure,
)
from ingest.readers.web_page.word_headings import (
    Cells,
    Heading,
    columns_covered,
    headings_of,
    lowest,
    rows_of_headings,
    whole_span,
)
from ingest.readers.web_page.word_lists import ListFound, continued_list, list_of_units
from warehouse.kinds.characters import comparable, squeeze, without_numbering
from warehouse.kinds.kind import load_kinds
from warehouse.kinds.wordings import table_words

Row = tuple[WordLine, Cells]  # the line in which a row begins
_WORDS = table_words()
_CODE = re.compile(r"[2-5]\d\d(?:\d\d){0,2}")
_WHOLE = re.compile(r"-?\d{5,}")  # an amount in 元; a year has four digits
_LEAST_ROWS, _LEAST_AMOUNTS, _LEAST_HEADINGS = 3, 3, 3
_BESIDE = 2.0  # heights: a line of a name stands no farther from its row
_WIDE = 1.5  # times the median distance of rows: a wider gap stands between two tables
_FAR = 2.0  # widths of a name: it stands no farther from its column
_MOST_HEADINGS = 100  # of one table
_SPACED = 2  # letters of a word that are set apart
_SHORT = 60  # characters
_WITHIN = 1.4  # heights: the first line of a name above the line of its amounts


_Layout = tuple[Sequence[Column], Mapping[int, range]]  # columns, and those of each heading by its place in the header


@dataclass(frozen=True, slots=True)
class _Header:
    """The headings above a table, and the lines that number its columns."""

    headings: list[Heading]
    numbers: list[WordLine]

    @classmethod
    def of(cls, lines: Sequence[WordLine]) -> "_Header":
        numbers = [line for line in lines if _counts(line)]
        return cls(headings_of([line for line in lines if line not in numbers]), numbers)

    @property
    def key(self) -> tuple[tuple[str, int], ...]:
        """The same on every page on which the header of a table is printed again."""
        return tuple((heading.word.text, round(heading.word.x0)) for heading in self.headings)


class WordTables:
    """Finds the tables of one page after the other; the next page may go on with the last table."""

    def __init__(self) -> None:
        self._columns: Sequence[Column] = ()
        self._known: dict[tuple[tuple[str, int], ...], _Layout] = {}  # by headers
        self._list: ListFound | None = None  # of units, with which a page ended
        self._end_at_one_edge = False  # amounts below one another, in the last table that says so

    def blocks(self, lines: Sequence[WordLine]) -> Iterator[WordLine | list[Row]]:
        """The lines of a page, those that are rows of a table together."""
        found = self._list and continued_list(lines, self._list)
        self._list = None
        while found := found or list_of_units(lines):
            yield from self._tables_in(lines[: found.begin])
            yield found.rows
            lines = lines[found.end :]
            self._list, found = (found, None) if all(map(_goes_on, lines)) else (None, None)
        yield from self._tables_in(lines)

    def _tables_in(self, lines: Sequence[WordLine]) -> Iterator[WordLine | list[Row]]:
        for block, is_outside in _blocks(lines):
            rows = [] if is_outside else self._rows_of(block)
            if not rows and not all(map(_goes_on, block)):
                self._columns = ()
            if rows:
                first, last = rows[0][0].top, max(line.top for line, _ in rows)
                yield from (line for line in block if line.top < first)
                yield rows
                yield from _outside(block, last)
            else:
                yield from block

    def _rows_of(self, block: Sequence[WordLine]) -> list[Row]:
        if not any(map(_is_row, block)):
            head = [line for line in block if not all(map(_is_total, line.words))]
            return self._headed(head, []) if _names_columns(head) else []
        head, body = _parted(block)
        if not _Header.of(head).headings:
            return self._continued(body) if self._columns or _may_be_table(block) else []
        if _is_rest_of_a_name(head, self._columns):
            return self._continued([*head, *body])
        return self._headed(head, body) if _may_be_table(block) else []

    def _headed(self, head: Sequence[WordLine], body: Sequence[WordLine]) -> list[Row]:
        """The rows of a table with headings; of a blank form those of its headings."""
        header = _Header.of(head)
        if len(header.headings) > _MOST_HEADINGS:
            return []
        columns, at = self._known.get(header.key, ((), {}))
        rows = _body_rows(body, columns) if columns else None
        if rows is None:
            columns, at = self._laid_out(header, body)
            rows = _body_rows(body, columns) if columns else None
        if rows is None:
            return []
        self._columns, self._known[header.key] = columns, (columns, at)
        counted = [(line, _numbered(line, columns)) for line in header.numbers]
        runs = {heading: at[n] for n, heading in enumerate(header.headings)}
        return [*rows_of_headings(runs, len(columns)), *counted, *rows]

    def _laid_out(self, header: "_Header", body: Sequence[WordLine]) -> _Layout:
        """The columns of a table, and those below each of its headings; no columns where that is not told."""
        totals = [word for line in body for word in line.words if _is_total(word)]
        words = [word for line in body for word in line.words if word not in totals]
        numbers = [word for line in header.numbers for word in line.words if is_figure(word)]
        height = header.headings[0].line.height
        edge = end_at_one_edge(words, numbers, height)
        self._end_at_one_edge = self._end_at_one_edge if edge is None else edge
        filled = [*clusters(filter(is_figure, words)), *clusters(word for word in words if not is_figure(word))]
        low = lowest(header.headings, [*filled, *clusters(numbers)])
        spans = [whole_span(one, low, header.headings) for one in low]
        columns = columns_of(words, totals, numbers, spans, height, self._end_at_one_edge) or ()
        at = columns_covered(header.headings, low, columns) if columns else None
        return (columns, {n: at[heading] for n, heading in enumerate(header.headings)}) if at else ((), {})

    def _continued(self, body: Sequence[WordLine]) -> list[Row]:
        """The rows of a part without headings, in the columns of the part before."""
        words = [word for line in body for word in line.words if not _is_total(word)]
        rows = _body_rows(body, self._columns) if self._columns else None
        if rows is None and (columns := continued_columns(words, self._columns)):
            rows = _body_rows(body, columns)
        return rows or []


def _is_rest_of_a_name(head: Sequence[WordLine], columns: Sequence[Column]) -> bool:
    """Whether what stands above the first row of a page goes on with a name that the page before began: headings stand
    above columns of amounts too."""
    names = [column.filled for column in columns if column.filled and not column.is_of_figures]
    words = [word for line in head for word in line.words]
    return all(any(span.overlaps(word) for span in names) for word in words)


def _goes_on(line: WordLine) -> bool:
    """Whether a line that is no row may stand between two pages of a table: a caption, a page number."""
    text = _text(line)
    return len(text) <= _SHORT and not text.endswith("表") and not _WORDS.note.match(squeeze(text))


def _text(line: WordLine) -> str:
    return "  ".join(word.text for word in line.words)


def _blocks(lines: Sequence[WordLine]) -> Iterator[tuple[list[WordLine], bool]]:
    """Runs of lines that may be one table, and those that stand around tables."""
    block: list[WordLine] = []
    for line in lines:
        if stands_around(_text(line)):
            if block:
                yield from _at_headers(block)
            yield [line], True
            block = []
        else:
            block.append(_with_letters_joined(line))
    if block:
        yield from _at_headers(block)


def _at_headers(block: Sequence[WordLine]) -> Iterator[tuple[list[WordLine], bool]]:
    """A run of lines in which the first heading comes again, or a wide gap, is one table below the other."""
    first = _texts(block[0])
    rows = [n for n, line in enumerate(block) if _is_row(line)]
    gaps = [block[b].top - block[a].top for a, b in pairwise(rows)]
    starts = [n for n, line in enumerate(block) if n and _texts(line) == first and not _is_row(line)]
    starts += [b for (a, b), gap in zip(pairwise(rows), gaps, strict=True) if b == a + 1 and gap > _WIDE * median(gaps)]
    starts.sort()
    for start, end in pairwise([0, *starts, len(block)]):
        yield list(block[start:end]), False


def _texts(line: WordLine) -> list[str]:
    return [word.text for word in line.words]


def _with_letters_joined(line: WordLine) -> WordLine:
    """The line with headings and labels whose letters were set apart, 项 目, as one word."""
    words: list[Word] = []
    for word in line.words:
        if words and len(word.text) == 1 and _is_spaced(words[-1].text + word.text):
            words[-1] = Word(words[-1].text + word.text, words[-1].x0, word.x1)
        else:
            words.append(word)
    return line._replace(words=tuple(words))


def _is_spaced(text: str) -> bool:
    return len(text) == _SPACED and comparable(text) in _WORDS.item_columns | _WORDS.money_columns | _WORDS.totals


def _outside(block: Sequence[WordLine], last: float) -> Iterator[WordLine]:
    return (line for line in block if line.top > last)


def _may_be_table(block: Sequence[WordLine]) -> bool:
    rows = [sum(map(is_amount, line.words)) for line in block if _is_row(line)]
    is_clear = len(rows) >= _LEAST_ROWS or any(count >= _LEAST_AMOUNTS for count in rows)
    return is_clear or (bool(rows) and _names_columns(block))


def _names_columns(block: Sequence[WordLine]) -> bool:
    """Whether three headings stand above the first row."""
    first = next((n for n, line in enumerate(block) if _is_row(line)), len(block))
    words = [comparable(word.text) for line in block[:first] for word in line.words]
    return sum(word in _headings() for word in words) >= _LEAST_HEADINGS


@cache  # made once of the declarations
def _headings() -> frozenset[str]:
    return known_headings() | _WORDS.item_columns | _WORDS.money_columns


def _is_total(word: Word) -> bool:
    return comparable(word.text).endswith(tuple(_WORDS.totals))


def _is_row(line: WordLine) -> bool:
    """An amount beside something else, or a code before its name."""
    is_coded = any(_CODE.fullmatch(a.text) and not is_figure(b) for a, b in pairwise(line.words))
    return len(line.words) > 1 and (any(map(is_amount, line.words)) or is_coded)


def _parted(block: Sequence[WordLine]) -> tuple[list[WordLine], list[WordLine]]:
    """The headings, and the rows with the lines of their names; without what stands below the last row."""
    rows = [n for n, line in enumerate(block) if _is_row(line)]
    first, last = rows[0], rows[-1]
    names = clusters(word for n in rows for word in block[n].words if not is_figure(word))
    others = [line for line in block[rows[0] + 1 :] if not any(map(is_figure, line.words))]
    names += clusters(word for line in others for word in line.words)
    amounts = clusters(word for n in rows for word in block[n].words if is_amount(word))

    def belongs(line: WordLine, row: WordLine) -> bool:
        return _belongs_to_rows(line, row, names) or _is_row_of_whole_amounts(line, names, amounts)

    while first and belongs(block[first - 1], block[rows[0]]):
        first -= 1
    while last + 1 < len(block) and belongs(block[last + 1], block[rows[-1]]):
        last += 1
    return list(block[:first]), list(block[first : last + 1])


def _is_numbered(line: WordLine) -> bool:
    text = squeeze(line.words[0].text)
    return without_numbering(text) != text


def _belongs_to_rows(line: WordLine, row: WordLine, names: Sequence[Span]) -> bool:
    """A row without amounts, or a line of the name of a row beside it."""
    is_near = abs(line.middle - row.middle) < _WITHIN * row.height
    is_name = all(not is_figure(word) and any(span.overlaps(word) for span in names) for word in line.words)
    is_of_numbers = len(line.words) > 1 and all(map(is_figure, line.words)) and not _counts(line)
    return is_of_numbers or (is_name and (is_near or _is_numbered(line)))


def _is_row_of_whole_amounts(line: WordLine, names: Sequence[Span], amounts: Sequence[Span]) -> bool:
    """A row all amounts of which are printed without decimals: each stands where other amounts do, names likewise."""
    figures = [word for word in line.words if is_figure(word)]
    is_in_place = all(
        any(span.overlaps(word) for span in (amounts if word in figures else names)) for word in line.words
    )
    return is_in_place and len(figures) < len(line.words) and any(_WHOLE.fullmatch(word.text) for word in figures)


def _counts(line: WordLine) -> bool:
    """栏次 1 2 3"""
    figures = [word.text for word in line.words if is_figure(word)]
    return len(figures) > 1 and figures == [str(n) for n in range(1, len(figures) + 1)]


def _numbered(line: WordLine, columns: Sequence[Column]) -> Cells:
    """A row that numbers the columns: each number stands in the nearest; nothing where two stand in one."""
    cells: list[Cell | None] = [Cell("") for _ in columns]
    for word in line.words:
        n = min(
            range(len(columns)), key=lambda n: (columns[n].reach.gap(word), abs(columns[n].reach.middle - word.middle))
        )
        if cells[n] != Cell(""):
            return tuple(Cell("") for _ in columns)
        cells[n] = Cell(word.text)
    return tuple(cells)


def _body_rows(body: Sequence[WordLine], columns: Sequence[Column]) -> list[Row] | None:
    """The rows, each with all lines of its names; None where a word stands in no column or two in one."""
    if not body:
        return []
    figured = [line for line in body if any(map(is_figure, line.words))]
    rows = _rows_of_lines(body, columns, figured)
    own = [line for line in body if rows.get(id(line)) is line]
    if not own:
        return None
    texts: dict[int, dict[int, str]] = {id(line): {} for line in own}
    for line in body:
        row = rows.get(id(line)) or min(own, key=lambda other: abs(other.middle - line.middle))
        if id(line) not in rows and abs(row.middle - line.middle) > _BESIDE * row.height:
            return None
        for word in line.words:
            n = _place(word, line, columns)
            if n is None or (row is line and n in texts[id(row)] and _is_whole(texts[id(row)][n], word)):
                return None
            texts[id(row)][n] = texts[id(row)].get(n, "") + word.text
    return [(line, tuple(Cell(texts[id(line)].get(n, "")) for n in range(len(columns)))) for line in own]


def _rows_of_lines(
    body: Sequence[WordLine], columns: Sequence[Column], figured: Sequence[WordLine]
) -> dict[int, WordLine]:
    """The row of each line whose row is told: itself, or the first line of a name of several."""
    named: dict[int, list[WordLine]] = {}
    for line in body:
        for n in _places_of_names(line, columns):
            if n is not None:
                named.setdefault(n, []).append(line)
    rows = {id(line): name[0] for name in names_without_figures(figured, named) for line in name}
    return rows | {id(line): line for line in body if line in figured or _is_own_row(line, columns, figured)}


def _is_whole(text: str, word: Word) -> bool:
    """Whether two words of one cell are not parts of a name that stand apart."""
    return is_figure(word) or any(map(str.isdecimal, text))


def _place(word: Word, line: WordLine, columns: Sequence[Column]) -> int | None:
    if not is_figure(word):
        return _place_of_words(word, columns)
    return column_at(word, columns)


def _place_of_words(word: Word, columns: Sequence[Column]) -> int | None:
    """The column of words that a name overlaps most; a label of a total may stand between two."""
    kinds = [
        n
        for n, column in enumerate(columns)
        if (not column.is_of_figures or _is_key(n, columns)) and column.reach.gap(word) < _FAR * (word.x1 - word.x0)
    ]
    if not kinds:
        return None
    return min(kinds, key=lambda n: (columns[n].reach.gap(word), abs(columns[n].reach.x0 - word.x0)))


def _is_key(n: int, columns: Sequence[Column]) -> bool:
    return n + 1 < len(columns) and columns[n].is_of_figures and not columns[n + 1].is_of_figures


def _is_own_row(line: WordLine, columns: Sequence[Column], figured: Sequence[WordLine]) -> bool:
    """Whether a line without figures is a row and not a line of a name: it has an item's number, the name of an item or
    two names, and no figures right beside it that lack a name."""
    places = {_place_of_words(word, columns) for word in line.words}
    is_item = len(places) > 1 or _is_numbered(line) or comparable(line.words[0].text) in _items()
    beside = (row for row in figured if abs(row.middle - line.middle) < line.height)
    return is_item and not any(places.isdisjoint(_places_of_names(row, columns)) for row in beside)


def _places_of_names(row: WordLine, columns: Sequence[Column]) -> set[int | None]:
    return {_place_of_words(word, columns) for word in row.words if not is_figure(word)}


@cache  # made once of the declarations
def _items() -> frozenset[str]:
    return frozenset().union(*(table.item_wordings for kind in load_kinds() for table in kind.tables))

"""Columns that a program aligned with blanks, as `pdftotext -layout` does, as tab-separated rows.

Nothing is drawn between such columns, and a program that places letters by their position on a page is off by several
blanks. What can be relied on is the order. The rows with most cells say how many columns there are and which hold
figures; a row with fewer cells has them in the columns that they fit, the nearest where several do. The headings are as
many as the columns and are theirs in order. Where this is not so the lines stay lines: a column that is blank in all
rows cannot be told from its neighbours.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from math import comb
from operator import itemgetter
from statistics import median
from unicodedata import east_asian_width

from warehouse.kinds.characters import comparable, squeeze
from warehouse.kinds.kind import load_kinds
from warehouse.kinds.wordings import table_words

NumberedLine = tuple[int, str]
_WORDS = table_words()
_GAP = re.compile(r"\s{2,}")
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_FIGURE = re.compile(r"-?(?:\d[\d,]*(?:\.\d+)?|\.\d+)%?|[-—–]+")
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+")
_CODE = re.compile(r"[2-5]\d\d(?:\d\d){0,2}")
_ROW_NUMBER = re.compile(rf"{_CODE.pattern}|\d{{1,3}}")
_LETTER = re.compile(r"[^\W\d_]")
_PIECE = re.compile(r"\S+(?: \S+)*")
_LEAST_ROWS, _LEAST_IN_ONE_ROW = 3, 3
_LONGEST_CELL = 40
_HEAD_AT_MOST = 8  # lines
_MOST_WAYS = 200  # in which some of the headings count as the lowest
_OFF = 3  # blanks by which a heading may stand off the middle of another above which it belongs
_NEARER = 4  # blanks: a cell stands at least so much nearer to its column than to any other
_WIDTHS = (1, 2)  # columns that a wide character takes: programs count it as one or as two


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int  # behind its last character

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2

    @property
    def is_figure(self) -> bool:
        return bool(_FIGURE.fullmatch(self.text))


@dataclass(frozen=True, slots=True)
class _Line:
    index: int  # among all lines
    tokens: tuple[_Token, ...]

    @property
    def amounts(self) -> int:
        return sum(bool(_AMOUNT.fullmatch(token.text)) for token in self.tokens)

    @property
    def is_row(self) -> bool:
        """A row of the body: an amount or a 0 beside something else, or a code before its name."""
        texts = [token.text for token in self.tokens]
        is_coded = any(_CODE.fullmatch(a) and not _FIGURE.fullmatch(b) for a, b in pairwise(texts))
        return len(texts) > 1 and (self.amounts > 0 or "0" in texts or is_coded)


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the cells of a column usually begin, stand in the middle and end."""

    is_of_figures: bool
    edges: tuple[float, float, float]
    numbers_rows: bool  # of codes or line numbers

    @classmethod
    def of(cls, cells: Sequence[_Token]) -> "_Column":
        numbers_rows = all(_ROW_NUMBER.fullmatch(cell.text) for cell in cells) and {cell.text for cell in cells} != {
            "0"
        }
        edges = tuple(map(median, zip(*map(_edges, cells), strict=True)))
        return cls(cells[0].is_figure, (edges[0], edges[1], edges[2]), numbers_rows)

    def distance(self, token: _Token) -> float:
        return min(abs(a - b) for a, b in zip(self.edges, _edges(token), strict=True))


def _edges(token: _Token) -> tuple[float, float, float]:
    return token.start, token.middle, token.end


def with_tabs_for_blanks(lines: Sequence[NumberedLine]) -> list[NumberedLine]:
    """The lines, those that are rows of aligned columns with tabs between their cells.

    Blanks are kept only in lines of columns that could not be told apart; elsewhere several are made one.
    """
    found: list[NumberedLine | None] = list(lines)
    before = 0  # columns of the block before, where it is a table
    untold: set[int] = set()
    for indices in _blocks([line for _, line in lines]):
        if not _may_be_table([lines[index][1] for index in indices]):
            before = 0
            continue
        rows, before = _rows_of([(index, lines[index][1]) for index in indices], before)
        untold.update(() if rows else indices)
        for index, cells in rows:
            found[index] = (lines[index][0], "\t".join(cells)) if cells else None
        for index in range(rows[0][0], rows[-1][0]) if rows else ():
            found[index] = found[index] if lines[index][1].strip() else None  # a blank line between rows
    return [
        (line[0], line[1] if index in untold else _with_one_blank(line[1])) for index, line in enumerate(found) if line
    ]


def _with_one_blank(line: str) -> str:
    return _BLANKS.sub(" ", line) if "  " in line else line


def _blocks(lines: Sequence[str]) -> Iterator[list[int]]:
    """Runs of lines that may be one table: a page, a title, a caption, a note or a sentence ends one."""
    block: list[int] = []
    for index, line in enumerate(lines):
        is_outside = "\t" in line or stands_around(line)
        if block and (is_outside or "\f" in line):
            yield block
            block = []
        if line.strip() and not is_outside:
            block.append(index)
    if block:
        yield block


def stands_around(line: str) -> bool:
    """Whether a line is a title, a caption, a note or a sentence, and no row of a table."""
    bare = squeeze(line)
    if not _LETTER.search(bare):
        return False
    is_one = not _GAP.search(line.strip())
    rest = _WORDS.year.sub("", _WORDS.table_number.sub("", bare))
    is_caption = not rest.strip(_WORDS.caption_signs) or bool(_WORDS.caption.match(bare))
    is_text = is_one and (bare.endswith("表") or bool(_WORDS.sentence.search(bare)))
    return is_text or is_caption or bool(_WORDS.note.match(bare))


def _rows_of(lines: Sequence[tuple[int, str]], before: int) -> tuple[list[tuple[int, list[str]]], int]:
    """The rows of a block with their cells, and the number of its columns; none where it is no table.

    A block without headings goes on with as many columns as the one before has.
    """
    blocks = [_block([_Line(index, tuple(_tokens(line, wide))) for index, line in lines]) for wide in _WIDTHS]
    spreads = [_spread(body, columns) for _, body, columns in blocks]
    nearest = (block for block, spread in zip(blocks, spreads, strict=True) if spread == min(spreads))
    return next(filter(itemgetter(0), (_told(*block, before) for block in nearest)), ([], 0))


def _told(
    head: Sequence[_Line], body: Sequence[_Line], columns: Sequence[_Column], before: int
) -> tuple[list[tuple[int, list[str]]], int]:
    rows = _cells(body, columns)
    if rows is None:
        return [], 0
    if not any(len(line.tokens) > 1 for line in head):
        return (rows, before) if len(columns) == before else ([], 0)
    headings = _headings(head, columns)
    return ([*headings, *rows], len(columns)) if headings else ([], 0)


def _block(lines: Sequence[_Line]) -> tuple[Sequence[_Line], Sequence[_Line], list[_Column]]:
    """Headings, rows and columns."""
    first = next(n for n, line in enumerate(lines) if line.is_row)
    body = _down_to_last_row(lines[first:])
    return lines[max(first - _HEAD_AT_MOST, 0) : first], body, _columns([line for line in body if len(line.tokens) > 1])


def _spread(body: Sequence[_Line], columns: Sequence[_Column]) -> float:
    """How far the figures of full rows stand from their columns: little where wide characters are counted rightly."""
    full = (line.tokens for line in body if len(line.tokens) == len(columns))
    return sum(column.distance(token) for tokens in full for column, token in zip(columns, tokens, strict=True))


def _may_be_table(lines: Sequence[str]) -> bool:
    rows = [line for line in (_Line(0, tuple(_tokens(line, 1))) for line in lines) if line.is_row]
    is_spaced = all(_GAP.search(line.strip()) for line in lines if _AMOUNT.search(line))
    enough = len(rows) >= _LEAST_ROWS or any(row.amounts >= _LEAST_IN_ONE_ROW for row in rows)
    return enough and is_spaced and all(len(token.text) <= _LONGEST_CELL for row in rows for token in row.tokens)


def _down_to_last_row(lines: Sequence[_Line]) -> Sequence[_Line]:
    """Without lines of one token at the end, but with the rest of a name in the line right below its row."""
    last = max(n for n, line in enumerate(lines) if len(line.tokens) > 1)
    is_rest = last + 1 < len(lines) and lines[last + 1].index == lines[last].index + 1
    is_rest = is_rest and not lines[last + 1].tokens[0].is_figure
    return lines[: last + 1 + is_rest]


def _tokens(line: str, wide: int) -> Iterator[_Token]:
    """What stands between two blanks or more, and figures beside a single one."""
    places = [0]
    for char in line:
        width = 0 if char == "\f" else wide if east_asian_width(char) in "WF" else 1
        places.append(places[-1] + width)
    for found in _PIECE.finditer(line):
        for start, end in _apart(found[0]):
            first, last = found.start() + start, found.start() + end
            yield _Token(line[first:last], places[first], places[last])


def _apart(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a text begin and end: a figure is one of its own."""
    start = 0
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", text)]
    for (a, b), (c, d) in pairwise(words):
        if _FIGURE.fullmatch(text[a:b]) or _FIGURE.fullmatch(text[c:d]):
            yield start, b
            start = c
    yield start, len(text)


def _columns(rows: Sequence[_Line]) -> list[_Column]:
    """Those of the rows with most cells, of which most are alike."""
    most = max(len(row.tokens) for row in rows)
    full = [row.tokens for row in rows if len(row.tokens) == most]
    usual = Counter(map(_kinds, full)).most_common(1)[0][0]
    return [_Column.of(cells) for cells in zip(*(tokens for tokens in full if _kinds(tokens) == usual), strict=True)]


def _kinds(tokens: Sequence[_Token]) -> tuple[bool, ...]:
    return tuple(token.is_figure for token in tokens)


def _places(tokens: Sequence[_Token], columns: Sequence[_Column]) -> list[int] | None:
    """The columns of the cells of a row, in order: words where words stand, figures where figures do.

    None where they fit in no way, or where another way is nearly as near.
    """
    best: dict[int, tuple[float, list[int]]] = {-1: (0.0, [])}  # last column used → distance and columns
    for token in tokens:
        fitting = [n for n, column in enumerate(columns) if column.is_of_figures == token.is_figure]
        ways = {
            n: min(((cost, used) for last, (cost, used) in best.items() if last < n), default=None) for n in fitting
        }
        best = {n: (way[0] + columns[n].distance(token), [*way[1], n]) for n, way in ways.items() if way}
    if not best:
        return None
    _, places = min(best.values())
    return places if _is_clear(tokens, columns, places) else None


def _is_clear(tokens: Sequence[_Token], columns: Sequence[_Column], places: list[int]) -> bool:
    """No cell could as well stand in a column beside its own that is free."""
    for token, place, low, high in zip(tokens, places, [-1, *places], [*places[1:], len(columns)], strict=False):
        own = columns[place].distance(token)
        others = (n for n in range(low + 1, high) if n != place and columns[n].is_of_figures == token.is_figure)
        if any(columns[n].distance(token) < own + _NEARER for n in others):
            return False
    return True


def _headings(head: Sequence[_Line], columns: Sequence[_Column]) -> list[tuple[int, list[str]]]:
    """The lines of headings with each heading in its column; none where there are not as many as columns.

    The numbers of the columns stand below the headings of amounts. Without them the lowest headings are counted, those
    of lines above only where none stands below them.
    """
    numbers = [line for line in head if _numbers_columns(line)]
    lowest = _lowest(head, columns, numbers)
    if lowest is None or not all(_counts(line, columns) for line in numbers):
        return []
    found = [(line.index, _placed_headings(line, lowest, columns)) for line in head]
    if not all(cells for _, cells in found):
        return []
    named = [cells for line, (_, cells) in zip(head, found, strict=True) if line not in numbers]
    for place in range(len(lowest)):
        _join_broken([cells for cells in named if place in cells], place)
    return [(index, _filled(cells, len(columns))) for index, cells in found]


def _lowest(head: Sequence[_Line], columns: Sequence[_Column], numbers: Sequence[_Line]) -> Sequence[_Token] | None:
    """The lowest headings from left to right; None where they are not as many as the columns.

    What stands between two headings of a line below may be above both: 项目 above 科目编码 and 科目名称. Which does not
    count as one of the lowest the numbers of the columns tell: each has its heading above it.
    """
    found: list[_Token] = []
    for line in reversed([line for line in head if line not in numbers]):
        more = [token for token in line.tokens if not any(_is_above(other, token) for other in found)]
        if len(found) < len(columns):
            too_many = len(found) + len(more) - len(columns)
            spaces = list(pairwise(sorted(found, key=lambda token: token.middle)))
            between = [token for token in more if any(a.end < token.middle < b.start for a, b in spaces)]
            if comb(len(between), max(too_many, 0)) > _MOST_WAYS:
                return None
            ways = [[*found, *(t for t in more if t not in out)] for out in combinations(between, max(too_many, 0))]
            found = _most_above(ways, columns, numbers) if len(ways) > 1 else next(iter(ways), [])
    return sorted(found, key=lambda token: token.middle) if len(found) == len(columns) else None


def _most_above(ways: Sequence[list[_Token]], columns: Sequence[_Column], numbers: Sequence[_Line]) -> list[_Token]:
    """The way in which the headings of amounts stand above the numbers, if it is clearly better than all others."""
    figures = [token for line in numbers for token in line.tokens if token.is_figure]
    off: list[tuple[float, int]] = []
    for n, way in enumerate(ways):
        headings = sorted(way, key=lambda token: token.middle)
        pairs = zip(_of_amounts(headings, columns), figures, strict=False)
        off.append((max((abs(a.middle - b.middle) for a, b in pairs), default=0.0), n))
    best, second = sorted(off)[:2]
    return ways[best[1]] if best[0] + _NEARER <= second[0] else []


def _of_amounts(cells: Sequence[_Token], columns: Sequence[_Column]) -> Iterator[_Token]:
    pairs = zip(cells, columns, strict=True)
    return (cell for cell, column in pairs if column.is_of_figures and not column.numbers_rows)


def _placed_headings(line: _Line, lowest: Sequence[_Token], columns: Sequence[_Column]) -> dict[int, str]:
    """The headings of a line in their columns: above the lowest heading that it stands above the middle of, or in the
    first of those that it stands above together. Nothing where that cannot be told."""
    amounts = [n for n, column in enumerate(columns) if column.is_of_figures and not column.numbers_rows]
    numbered = iter(amounts)
    cells: dict[int, str] = {}
    for token in _parts(line.tokens, lowest):
        if _numbers_columns(line) and token.is_figure:
            cells[next(numbered)] = token.text
        elif amounts and token.end <= lowest[amounts[0]].middle:  # 项目 above code and name
            place = min(range(amounts[0] or 1), key=lambda n: abs(lowest[n].middle - token.middle))
            cells[place] = cells.get(place, "") + token.text
        else:
            below = _first_below(lowest, token)
            if below is None or below in cells:
                return {}
            cells[below] = token.text
    return cells


def _first_below(lowest: Sequence[_Token], token: _Token) -> int | None:
    """The first of the lowest headings that a heading stands above the middle of: of one, or else of several."""
    for width in range(len(lowest)):
        for first, last in zip(lowest, lowest[width:], strict=False):
            if abs((first.middle + last.middle) / 2 - token.middle) <= _OFF:
                return lowest.index(first)
    return None


def _parts(tokens: Sequence[_Token], lowest: Sequence[_Token]) -> Iterator[_Token]:
    """Headings, those taken apart that stand above several columns and have one blank between them."""
    for token in tokens:
        letter = (token.end - token.start) / len(token.text)
        parts = [
            _Token(found[0], round(token.start + found.start() * letter), round(token.start + found.end() * letter))
            for found in re.finditer(r"\S+", token.text)
        ]
        own = {_nearest(lowest, part) for part in parts if _is_above(lowest[_nearest(lowest, part)], part)}
        yield from parts if len(own) == len(parts) > 1 else [token]


def _nearest(headings: Sequence[_Token], token: _Token) -> int:
    return min(range(len(headings)), key=lambda n: abs(headings[n].middle - token.middle))


def _is_above(heading: _Token, token: _Token) -> bool:
    return _overlap(heading, token) or abs(heading.middle - token.middle) <= _OFF


def _join_broken(rows: Sequence[dict[int, str]], place: int) -> None:
    """Puts the parts of a heading that is broken over lines into its last line, if together they are a known one."""
    for first in range(len(rows) - 1):
        whole = "".join(cells[place] for cells in rows[first:])
        if comparable(whole) in known_headings() and not any(map(str.isdecimal, whole)):
            for cells in rows[first:-1]:
                del cells[place]
            rows[-1][place] = whole
            return


@cache  # made once per process
def known_headings() -> frozenset[str]:
    """Every heading of a column that is declared, in the form in which they are compared."""
    tables = [table for kind in load_kinds() for table in kind.tables]
    named = (measure.headers for table in tables for measure in table.measures)
    items = (names for table in tables for names in (*table.items.values(), *table.key_columns.values()))
    return frozenset(heading.rpartition("/")[2] for headings in (*named, *items) for heading in headings)


def _overlap(one: _Token, other: _Token) -> bool:
    return one.start < other.end and other.start < one.end


def _numbers_columns(line: _Line) -> bool:
    """栏次 1 2 3"""
    figures = [token.text for token in line.tokens if token.is_figure]
    return bool(figures) and figures == [str(n) for n in range(1, len(figures) + 1)]


def _counts(line: _Line, columns: Sequence[_Column]) -> bool:
    """Whether a line that numbers columns counts as many as there are of amounts."""
    amounts = sum(column.is_of_figures and not column.numbers_rows for column in columns)
    return sum(token.is_figure for token in line.tokens) == amounts


def _cells(body: Sequence[_Line], columns: Sequence[_Column]) -> list[tuple[int, list[str]]] | None:
    """The rows of a body. A name that was broken over lines beside its row is one again. None where a row fits not."""
    told = [line for line in body if len(line.tokens) > 1 or not line.tokens[0].is_figure]
    rows: list[tuple[_Line, dict[int, str]]] = []
    for line in told:
        places = _places(line.tokens, columns)
        if places is None:
            return None
        rows.append((line, {place: token.text for place, token in zip(places, line.tokens, strict=True)}))
    is_whole = [any(token.is_figure for token in line.tokens) for line in told]
    joined: set[int] = set()
    for n, (_, words) in enumerate(rows):
        if not is_whole[n] and (beside := _row_beside(rows, is_whole, n)) is not None:
            cells = rows[beside][1]
            cells |= {place: cells.get(place, "") + text for place, text in words.items()}
            joined.add(n)
    return [(line.index, [] if n in joined else _filled(cells, len(columns))) for n, (line, cells) in enumerate(rows)]


def _row_beside(rows: Sequence[tuple[_Line, dict[int, str]]], is_whole: Sequence[bool], n: int) -> int | None:
    """The row in the next line, or else in the line before, that lacks what this line holds: both are one name."""
    line, words = rows[n]
    if any(char.isdecimal() for text in words.values() for char in text):
        return None  # a row holds the numbers of its own line only
    for other in (n + 1, n - 1):
        if 0 <= other < len(rows) and is_whole[other] and abs(rows[other][0].index - line.index) == 1:
            own = {token.text for token in rows[other][0].tokens}
            cells = rows[other][1]
            if all(cells.get(place) not in own for place in words) and (other < n or not words.keys() & cells.keys()):
                return other
    return None


def _filled(cells: dict[int, str], width: int) -> list[str]:
    return [cells.get(n, "") for n in range(width)]

"""A page as a browser shows it → Document: texts as lines, innermost tables with their merged cells.

Pages are laid out by tables within tables, so a table that holds another is no table of figures. Rows that a page
prints as paragraphs become tables too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from lxml.etree import _Element

from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.readers.addresses import address, range_of_row
from ingest.readers.html_grid import MOST_COLUMNS, MOST_ROWS, laid_out, span
from ingest.readers.markup import without_tags
from ingest.readers.numbers import numbers_in_blocks
from ingest.readers.pictures_inside import notes_on_images
from ingest.readers.web_page.decode import decode_page
from ingest.readers.web_page.parse import parse
from ingest.readers.web_page.positioned import WordLine, holds_placed_texts, is_placed, word_lines
from ingest.readers.web_page.rows_of_text import Cells, rows_of_text
from ingest.readers.web_page.shown import PICTURED, STRUCK_OUT, drop_hidden, mark_raised
from ingest.readers.web_page.styled_tables import as_tables
from ingest.readers.web_page.styles import Styles
from ingest.readers.web_page.word_tables import WordTables
from ingest.values.amounts import has_digit
from warehouse.kinds.characters import STRUCK, UNREAD, as_printed
from warehouse.records.places import Place

_WITHIN_A_LINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd"}
    | {"label", "mark", "nobr", "q", "s", "samp", "strike", "small", "span", "strong", "sub", "sup", "tt", "u", "var"}
    | {"wbr"}
)
_SECTIONS = ("thead", "tbody", "tfoot")
_TO_THE_END = "0"
_SOURCE_BLANKS = re.compile(r"[ \t\r\n\f]+")  # shown as one; a hard blank is shown as it is


def read_page(path: Path, data: bytes) -> Document:
    """Raises UnknownEncoding, and Damaged where elements are missing."""
    root = parse(path.name, decode_page(data, path.name))
    elements = list(root.iter())  # held while the page is read: lxml makes the object of an element once
    styles = Styles(root)
    as_tables(root, styles)
    remarks = tuple(drop_hidden(root, styles))
    mark_raised(root, styles)
    blocks = tuple(_with_rows_of_text(_Reader(styles).blocks(root)))
    notes = tuple(notes_on_images(root))
    elements.clear()
    return Document("html", blocks, notes=notes, numbers=tuple(numbers_in_blocks(blocks)), remarks=remarks)


class _Shown(NamedTuple):
    """A cell that has no place yet."""

    text: str
    colspan: int
    rowspan: int  # 0: to the end of its part of the table


class _Reader:
    """Hands on the blocks in order, counting lines and rows, and tables."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._may_place = styles.any_says("left")
        self._word_tables = WordTables()
        self._lines = 0
        self._tables = 0
        self._text: list[str] = []  # of the line that goes on

    def blocks(self, root: _Element) -> Iterator[Block]:
        yield from self._walk(root)
        yield from self._line()

    def _walk(self, element: _Element) -> Iterator[Block]:
        if element.tag == "table" and element.find(".//table") is None:
            yield from self._line()
            yield from self._table(element)
            return
        ends_line = element.tag not in _WITHIN_A_LINE
        placed = self._may_place and holds_placed_texts(element, self._styles)
        if ends_line:
            yield from self._line()
        self._text.append(element.text or "")
        for child in element:
            if not (placed and is_placed(self._styles.of(child))):
                yield from self._walk(child)
            self._text.append(child.tail or "")
        if ends_line or placed:
            yield from self._line()
        if placed:
            yield from self._placed_texts(element)

    def _line(self) -> Iterator[Line]:
        text = _as_shown("".join(self._text))
        self._text.clear()
        if text.strip():
            self._lines += 1
            yield Line(text.strip(" "), Place(line_no=self._lines))

    def _table(self, table: _Element) -> Iterator[Block]:
        for text in filter(str.strip, _beside_cells(table)):
            self._text.append(text)
            yield from self._line()
        grid = _grid(table)
        if not any(len(row) > 1 for row in grid):
            for row in grid:
                self._text += [cell.text for cell in row if cell]
                yield from self._line()
            return
        yield self._raw_table(grid)

    def _placed_texts(self, element: _Element) -> Iterator[Block]:
        for block in self._word_tables.blocks(word_lines(element, self._styles)):
            if isinstance(block, WordLine):
                self._text.append(" ".join(word.text for word in block.words))
                yield from self._line()
            else:
                yield self._raw_table([cells for _, cells in block])

    def _raw_table(self, grid: Iterable[Sequence[_Shown | Cell | None]]) -> RawTable:
        self._tables += 1
        rows = []
        for n, cells in enumerate(grid, start=1):
            self._lines += 1
            place = Place(line_no=self._lines, sheet=f"表{self._tables}", cell=range_of_row(n, len(cells)))
            rows.append(RawRow(_addressed(cells, n), place))
        return RawTable(tuple(rows), GridKind.SPREADSHEET)


def _beside_cells(table: _Element) -> Iterator[str]:
    """The caption of a table, and texts outside its cells, which a browser shows above it."""
    for element in (table, *table.iter("thead", "tbody", "tfoot", "tr")):
        yield element.text or ""
        for child in element:
            yield from "".join(_pieces(child)).split("\n") if child.tag == "caption" else ()
            yield child.tail or ""


def _grid(table: _Element) -> list[tuple[_Shown | None, ...]]:
    """The rows of a table; None where a cell from the left or from above covers the place."""
    sections = groupby(_rows(table), key=_section)
    rows = ([[_cell(cell) for cell in tr if cell.tag in ("td", "th")] for tr in trs] for _, trs in sections)
    return [row for section in rows for row in laid_out(_within(section)) if row]


def _section(row: _Element) -> _Element | None:
    """The part of a table that a row stands in, at whose end its cells end too."""
    parent = row.getparent()
    return parent if parent is not None and parent.tag in _SECTIONS else None


def _within(section: Sequence[Sequence[_Shown]]) -> Iterator[list[_Shown]]:
    """The rows of a part, with cells that reach to its end (rowspan=0) or beyond it as high as they are."""
    for n, cells in enumerate(section):
        most = len(section) - n
        yield [cell if 0 < cell.rowspan <= most else cell._replace(rowspan=most) for cell in cells]


def _rows(table: _Element) -> Iterable[_Element]:
    """The rows from top to bottom: a browser shows the first head above all others, and the first foot below them."""
    head, foot = table.find("thead"), table.find("tfoot")
    if foot is None and head is None:
        return table.iter("tr")
    return sorted(table.iter("tr"), key=lambda row: (row.getparent() is foot) - (row.getparent() is head))


def _cell(cell: _Element) -> _Shown:
    across, down, text = cell.get("colspan"), cell.get("rowspan"), _cell_text(cell)
    if cell.get(STRUCK_OUT) is not None and has_digit(text):
        text = STRUCK + text
    if not text and cell.get(PICTURED) is not None:
        text = UNREAD
    height = 0 if down == _TO_THE_END else span(down, MOST_ROWS)
    return _Shown(text, span(across, MOST_COLUMNS) if across else 1, height)


def _cell_text(cell: _Element) -> str:
    """The text of a cell; its paragraphs and line breaks are lines."""
    if len(cell) == 0:
        return _on_one_line(cell.text or "")
    lines = (" ".join(line.split()) for line in "".join(_pieces(cell)).split("\n"))
    return without_tags(as_printed("\n".join(line for line in lines if line)))


@lru_cache(maxsize=4096)  # many cells print the same, and many nothing
def _on_one_line(text: str) -> str:
    return without_tags(as_printed(" ".join(text.split())))


def _pieces(element: _Element) -> Iterator[str]:
    yield _SOURCE_BLANKS.sub(" ", element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            around = "" if child.tag in _WITHIN_A_LINE else "\n"
            yield around
            yield from _pieces(child)
            yield around
        yield _SOURCE_BLANKS.sub(" ", child.tail or "")


def _as_shown(text: str) -> str:
    return without_tags(as_printed(_SOURCE_BLANKS.sub(" ", text)))


def _addressed(cells: Iterable[_Shown | Cell | None], row_no: int) -> tuple[Cell | None, ...]:
    """The cells with the place of each in its table."""
    return tuple(
        cell and Cell(cell.text, cell.colspan, cell.rowspan, address=address(row_no, n))
        for n, cell in enumerate(cells, start=1)
    )


def _with_rows_of_text(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with rows that are printed as paragraphs made tables."""
    known = list(blocks)
    rows = dict(rows_of_text([block.text if isinstance(block, Line) else "" for block in known]))
    for is_row, run in groupby(enumerate(known), key=lambda item: item[0] in rows):
        if is_row:
            yield RawTable(tuple(_row_of_text(block, rows[n]) for n, block in run), GridKind.CONVERTED)
        else:
            yield from (_without_hard_blanks(block) for _, block in run)


def _row_of_text(block: Block, cells: Cells) -> RawRow:
    return RawRow(tuple(map(Cell, cells)), block.place)


def _without_hard_blanks(block: Block) -> Block:
    return Line(" ".join(block.text.split()), block.place) if isinstance(block, Line) else block

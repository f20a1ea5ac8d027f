"""The parts of a .docx → Document: paragraphs as lines, tables with their merged cells.

Read is what Word shows: inserted revisions and not deleted ones, results of fields and not their instructions, one
branch of an AlternateContent, text boxes after the paragraph or table that they are anchored in.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from zipfile import ZipFile

from lxml.etree import _Element

from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable, Remark
from ingest.readers.addresses import address, range_of_row
from ingest.readers.numbers import numbers_in_blocks
from ingest.readers.pictures_inside import notes_on_media
from ingest.readers.word.colours import Looks
from ingest.readers.word.names import ALTERNATE, W, is_on, property_of
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.shown import Shown, amounts_in, chosen, shows_something
from ingest.readers.zip_parts import opened_parts, xml_of
from warehouse.base.messages import N_
from warehouse.kinds.characters import UNREAD
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place

LABEL = N_("Word file")
_AROUND = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_MOST_COLUMNS = 200
_LONGEST = 100  # characters of what a remark says to be hidden
_LOWEST = 20  # twentieths of a point
_GOES_ON = "continue"
_NOTES = ("footnotes", "endnotes")
_INSERTED = "Word文件中插入了{}个另外的文件,未读"
_HIDDEN, _STRUCK = "Word文件中不显示的文字,其中的数字未读", "Word文件中划有删除线的文字,其中的数字未读"


def read_docx(file: str, data: bytes) -> Document:
    """Raises Damaged, Encrypted and TooLargeUnpacked."""
    with opened_parts(data, file, LABEL) as archive:
        names = frozenset(archive.namelist())
        numbering, styles = (_part(archive, names, name) for name in ("numbering", "styles"))
        reader = _Reader(Numbering(numbering, styles), Looks(styles))
        parts = (xml_of(archive, "word/document.xml"), *(_part(archive, names, name) for name in _NOTES))
        blocks = tuple(block for part in parts if part is not None for block in reader.blocks(part))
        pictures = sum(name.startswith("word/media/") for name in names)
        unread = tuple(notes_on_media(archive, "word/media/"))
    remarks = (*_said(reader.hidden, _HIDDEN), *_said(reader.struck, _STRUCK))
    numbers = tuple(numbers_in_blocks(blocks))
    notes = (*((_INSERTED.format(reader.inserted),) if reader.inserted else ()), *unread)
    return Document("docx", blocks, notes=notes, numbers=numbers, remarks=remarks, pictures=pictures)


def _said(numbers: list[str], reason: str) -> Iterator[Remark]:
    if numbers:
        yield Remark(DoubtKind.TEXT_HIDDEN, reason, printed=" ".join(numbers)[:_LONGEST])


def _part(archive: ZipFile, names: frozenset[str], name: str) -> _Element | None:
    return xml_of(archive, f"word/{name}.xml") if f"word/{name}.xml" in names else None


class _Reader:
    """Hands on the blocks in order, counting rows and paragraphs, and tables."""

    def __init__(self, numbering: Numbering, looks: Looks) -> None:
        self._numbering, self._looks = numbering, looks
        self._lines = 0
        self._tables = 0
        self.hidden: list[str] = []  # amounts
        self.struck: list[str] = []  # numbers
        self.inserted = 0  # files that Word shows at their place

    def blocks(self, parent: _Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == ALTERNATE:
                yield from self.blocks(chosen(child))
            elif child.tag == f"{W}altChunk":
                self.inserted += 1
            elif shows_something(child):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: _Element) -> Iterator[Block]:
        shown = Shown(self._looks, hidden=self.hidden, struck=self.struck)
        shown.collect(paragraph)
        lines = shown.lines
        number = self._numbering.before(paragraph) if lines else ""
        for n, text in enumerate(lines):
            yield Line(text if n else number + text, self._next())
        for box in shown.apart:
            yield from self.blocks(box) if box.tag != f"{W}tbl" else self._table(box)

    def _next(self) -> Place:
        self._lines += 1
        return Place(line_no=self._lines)

    def _table(self, table: _Element) -> Iterator[Block]:
        self._tables += 1
        name, apart, merges = f"表{self._tables}", list[_Element](), _Merges()
        rows: list[RawRow] = []
        for n, row in enumerate(self._rows(table), start=1):
            self._lines += 1
            cells = tuple(_cells(row, n, Shown(self._looks, apart=apart, hidden=self.hidden), merges))
            rows.append(RawRow(cells, Place(line_no=self._lines, sheet=name, cell=range_of_row(n, len(cells)))))
        if any(map(_holds_text, rows)):  # pages are laid out by tables that hold pictures and other tables alone
            yield RawTable(tuple(map(merges.with_heights, rows)), GridKind.SPREADSHEET)
        for inner in apart:
            yield from self.blocks(inner) if inner.tag != f"{W}tbl" else self._table(inner)

    def _rows(self, table: _Element) -> Iterator[_Element]:
        """The rows that are shown: neither deleted nor hidden."""
        for row in _children(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if is_on(properties, "hidden") or _has_no_height(properties):
                self.hidden += amounts_in(row)
            elif properties is None or properties.find(f"{W}del") is None:
                yield row


class _Merges:
    """How many rows each cell of a table reaches down, by its address. Word says it in the cells that are covered."""

    def __init__(self) -> None:
        self._heights: Counter[str] = Counter()
        self._open: dict[int, str] = {}  # column → the cell that reaches down there

    def begin(self, column: int, cell: str) -> None:
        self._open[column] = cell
        self._heights[cell] = 1

    def is_covered(self, column: int) -> bool:
        """Counts one row more for the cell that reaches down to this one, if there is any."""
        if above := self._open.get(column):
            self._heights[above] += 1
        return above is not None

    def end(self, column: int) -> None:
        self._open.pop(column, None)

    def with_heights(self, row: RawRow) -> RawRow:
        return replace(row, cells=tuple(self._with_height(cell) for cell in row.cells))

    def _with_height(self, cell: Cell | None) -> Cell | None:
        height = self._heights[cell.address] if cell and cell.address else 0
        return cell._replace(rowspan=height) if cell and height > 1 else cell


def _cells(row: _Element, row_no: int, beside: Shown, merges: _Merges) -> Iterator[Cell | None]:
    """The cells of a row, None where a merged cell covers the place; what is a block of its own and hidden amounts go
    to `beside`."""
    column = _count(property_of(row.find(f"{W}trPr"), "gridBefore"), 0)
    yield from [Cell("")] * column
    for cell, width in _with_widths(row):
        own, merge = address(row_no, column + 1), _merge(cell, "vMerge")
        if merge == _GOES_ON and merges.is_covered(column):
            beside.hidden += amounts_in(cell)
            yield from [None] * width
        else:
            merges.begin(column, own) if merge else merges.end(column)
            shown = Shown(beside.looks, apart=beside.apart, hidden=beside.hidden)
            shown.collect(cell)
            yield Cell(shown.cell_text, colspan=width, address=own)
            yield from [None] * (width - 1)
        column += width


def _holds_text(row: RawRow) -> bool:
    return any(text not in ("", UNREAD) for text in row.texts())


def _with_widths(row: _Element) -> list[tuple[_Element, int]]:
    """The cells of a row and how many columns each covers. Some programs leave the covered cells in place."""
    found: list[tuple[_Element, int]] = []
    for cell in _children(row, f"{W}tc"):
        width = max(1, _count(property_of(cell.find(f"{W}tcPr"), "gridSpan"), 1))
        has_text = any(text.text for text in cell.iter(f"{W}t"))
        if found and _merge(cell, "hMerge") == _GOES_ON and not has_text:
            cell, width = found[-1][0], found.pop()[1] + width
        found.append((cell, width))
    return found


def _merge(cell: _Element, name: str) -> str:
    """How a cell is merged with others: `restart` of the first, `continue` of those that it covers; empty where it is
    not merged."""
    properties = cell.find(f"{W}tcPr")
    merge = properties.find(W + name) if properties is not None else None
    return "" if merge is None else merge.get(f"{W}val", _GOES_ON)


def _count(text: str | None, otherwise: int) -> int:
    return min(int(text), _MOST_COLUMNS) if text and text.isascii() and text.isdigit() else otherwise


def _has_no_height(properties: _Element | None) -> bool:
    """Of a row that is exactly as low as a point or lower: nothing of it is seen."""
    height = properties.find(f"{W}trHeight") if properties is not None else None
    is_exact = height is not None and height.get(f"{W}hRule") == "exact"
    return is_exact and _count(property_of(properties, "trHeight"), _LOWEST + 1) <= _LOWEST


def _children(parent: _Element, tag: str) -> Iterator[_Element]:
    """The children of one kind, those in content controls and inserted revisions too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _children(child, tag)

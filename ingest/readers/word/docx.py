"""The parts of a .docx → Document: paragraphs as lines, tables with their merged cells.

Read is what Word shows: inserted revisions and not deleted ones, results of fields and not their instructions, one
branch of an AlternateContent, text boxes after the paragraph or table that they are anchored in.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from zipfile import ZipFile

from lxml.etree import _Element

from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable, Remark
from ingest.readers.addresses import address, range_of_row
from ingest.readers.markup import lowered, raised, without_tags
from ingest.readers.numbers import NUMBER, numbers_in_blocks
from ingest.readers.word.colours import Looks
from ingest.readers.word.names import ALTERNATE, CHOICE, W, property_of
from ingest.readers.word.numbering import Numbering
from ingest.readers.zip_parts import opened_parts, xml_of
from ingest.values.amounts import has_digit
from warehouse.base.messages import N_
from warehouse.kinds.characters import INVISIBLE, STRUCK, as_printed
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place

LABEL = N_("Word file")
_UNSEEN = str.maketrans("", "", INVISIBLE)
_SHOWS_NOTHING = frozenset(
    {W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "fldData", "rt")}
    | {W + name for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")}
)
_EQUATION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " "}
_APART = frozenset({W + "txbxContent", W + "tbl"})  # within a paragraph or cell: blocks of their own
_AROUND = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_BEFORE = {f"{W}p": "\n", f"{_EQUATION}den": "/"}  # what stands between a text and the one before it
_MOVED_IN_EQUATION = {f"{_EQUATION}sup": raised, f"{_EQUATION}sub": lowered}
_MOST_COLUMNS = 200
_AMOUNT = re.compile(r"\d[\d,]*\.\d\d")
_LONGEST = 100  # characters of what a remark says to be hidden
_NOTES = ("footnotes", "endnotes")
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
    remarks = (*_said(reader.hidden, _HIDDEN), *_said(reader.struck, _STRUCK))
    numbers = tuple(numbers_in_blocks(blocks))
    return Document("docx", blocks, numbers=numbers, remarks=remarks, pictures=pictures)


def _said(numbers: list[str], reason: str) -> Iterator[Remark]:
    if numbers:
        yield Remark(DoubtKind.TEXT_HIDDEN, reason, printed=" ".join(numbers)[:_LONGEST])


def _part(archive: ZipFile, names: frozenset[str], name: str) -> _Element | None:
    return xml_of(archive, f"word/{name}.xml") if f"word/{name}.xml" in names else None


@dataclass(slots=True)
class _Shown:
    """What a paragraph or cell shows: its text, and what within it is a block of its own.

    A struck text of a paragraph is none of its own. A cell keeps it: what holds there is not known.
    """

    looks: Looks
    text: list[str] = field(default_factory=list)
    apart: list[_Element] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] | None = None  # numbers with a line through them, of a paragraph
    is_struck: bool = False  # a line is drawn through a number of a cell
    fields: list[int | None] = field(default_factory=list)  # open ones: where the text of the instruction begins

    def collect(self, parent: _Element) -> None:
        for child in parent:
            if child.tag in (f"{W}t", f"{_EQUATION}t"):
                self.text.append(child.text or "")
            elif child.tag in _SIGNS:
                self.text.append(_SIGNS[child.tag])
            elif child.tag in _APART:
                self.apart.append(child)
            elif child.tag == ALTERNATE:
                self.collect(_chosen(child))
            elif child.tag in _BEFORE:
                self.text.append(_BEFORE[child.tag] if self.text else "")
                self.collect(child)
            elif child.tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType"))
            elif child.tag == f"{W}r" and self.looks.hide(child):
                self.hidden += _AMOUNT.findall("".join(part.text or "" for part in child.iter(f"{W}t")))
            elif _shows_something(child):
                self._collect_with_look(child)

    def _collect_with_look(self, element: _Element) -> None:
        begin = len(self.text)
        self.collect(element)
        is_run = element.tag == f"{W}r"
        if is_run and self.looks.strike(element):
            self._strike(begin)
        if moved := self.looks.moved(element) if is_run else _MOVED_IN_EQUATION.get(element.tag):
            self.text[begin:] = map(moved, self.text[begin:])

    def _field(self, mark: str | None) -> None:
        """A field is its instruction, in which others may be, and behind `separate` its result, which is shown."""
        if mark == "begin":
            self.fields.append(len(self.text))
        elif self.fields and mark in ("separate", "end"):
            begin = self.fields.pop()
            if begin is not None:
                del self.text[begin:]
            self.fields += [None] if mark == "separate" else []

    def _strike(self, begin: int) -> None:
        """What was collected from there on has a line through it."""
        if self.struck is None:
            self.is_struck |= any(map(has_digit, self.text[begin:]))
        else:
            self.struck += (found[0] for found in NUMBER.finditer("".join(self.text[begin:])))
            del self.text[begin:]

    @property
    def lines(self) -> list[str]:
        printed = without_tags(as_printed("".join(self.text).translate(_UNSEEN)))
        return [text for line in printed.split("\n") if (text := " ".join(line.split()))]


class _Reader:
    """Hands on the blocks in order, counting rows and paragraphs, and tables."""

    def __init__(self, numbering: Numbering, looks: Looks) -> None:
        self._numbering, self._looks = numbering, looks
        self._lines = 0
        self._tables = 0
        self.hidden: list[str] = []  # amounts
        self.struck: list[str] = []  # numbers

    def blocks(self, parent: _Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == ALTERNATE:
                yield from self.blocks(_chosen(child))
            elif _shows_something(child):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: _Element) -> Iterator[Block]:
        shown = _Shown(self._looks, hidden=self.hidden, struck=self.struck)
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
        for n, row in enumerate(_rows(table), start=1):
            self._lines += 1
            cells = tuple(_cells(row, n, _Shown(self._looks, apart=apart, hidden=self.hidden), merges))
            rows.append(RawRow(cells, Place(line_no=self._lines, sheet=name, cell=range_of_row(n, len(cells)))))
        if any(text for row in rows for text in row.texts()):
            yield RawTable(tuple(map(merges.with_heights, rows)), GridKind.SPREADSHEET)
        for inner in apart:
            yield from self.blocks(inner) if inner.tag != f"{W}tbl" else self._table(inner)


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


def _cells(row: _Element, row_no: int, beside: _Shown, merges: _Merges) -> Iterator[Cell | None]:
    """The cells of a row, None where a merged cell covers the place; what is a block of its own and hidden amounts go
    to `beside`."""
    column = _count(property_of(row.find(f"{W}trPr"), "gridBefore"), 0)
    yield from [Cell("")] * column
    for cell in _children(row, f"{W}tc"):
        properties, own = cell.find(f"{W}tcPr"), address(row_no, column + 1)
        width = max(1, _count(property_of(properties, "gridSpan"), 1))
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        if merge is not None and merge.get(f"{W}val") != "restart" and merges.is_covered(column):
            yield from [None] * width
        else:
            merges.end(column) if merge is None else merges.begin(column, own)
            shown = _Shown(beside.looks, apart=beside.apart, hidden=beside.hidden)
            shown.collect(cell)
            text = "\n".join(shown.lines)
            yield Cell(STRUCK + text if shown.is_struck else text, colspan=width, address=own)
            yield from [None] * (width - 1)
        column += width


def _count(text: str | None, otherwise: int) -> int:
    return min(int(text), _MOST_COLUMNS) if text and text.isascii() and text.isdigit() else otherwise


def _chosen(alternate: _Element) -> _Element:
    """One branch: all of them hold the same for different versions of Word."""
    choice = alternate.find(CHOICE)
    return choice if choice is not None else alternate


def _shows_something(element: _Element) -> bool:
    """Not a comment, an instruction, a deleted revision or a property."""
    return isinstance(element.tag, str) and element.tag not in _SHOWS_NOTHING


def _rows(table: _Element) -> Iterator[_Element]:
    """The rows that are shown: neither deleted nor hidden."""
    for row in _children(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is None or not any(properties.find(W + name) is not None for name in ("del", "hidden")):
            yield row


def _children(parent: _Element, tag: str) -> Iterator[_Element]:
    """The children of one kind, those in content controls and inserted revisions too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _children(child, tag)

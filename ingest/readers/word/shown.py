"""What a paragraph or cell of a Word file shows of what it holds."""

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element

from ingest.readers.markup import lowered, raised, without_tags
from ingest.readers.numbers import NUMBER
from ingest.readers.word.colours import Looks
from ingest.readers.word.names import ALTERNATE, CHOICE, W
from ingest.values.amounts import has_digit
from warehouse.kinds.characters import INVISIBLE, STRUCK, UNREAD, as_printed

_AMOUNT = re.compile(r"\d[\d,]*\.\d\d")
_UNSEEN = str.maketrans("", "", INVISIBLE)
_SHOWS_NOTHING = frozenset(
    {W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "fldData", "rt")}
    | {W + name for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")}
)
_EQUATION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " "}
_APART = frozenset({W + "txbxContent", W + "tbl"})  # within a paragraph or cell: blocks of their own
_PICTURES = frozenset(W + name for name in ("drawing", "pict", "object"))
_SYMBOLS = frozenset("0123456789.,-+()%")  # which the font Symbol has at the places of ASCII
_ONLY_NUMBER = re.compile(r"[\s\d.,，．+-]*")
_BEFORE = {f"{W}p": "\n", f"{_EQUATION}den": "/"}  # what stands between a text and the one before it
_MOVED_IN_EQUATION = {f"{_EQUATION}sup": raised, f"{_EQUATION}sub": lowered}


@dataclass(slots=True)
class Shown:
    """What a paragraph or cell shows: its text, and what within it is a block of its own.

    A struck text of a paragraph is none of its own. A cell keeps it: what holds there is not known.
    """

    looks: Looks
    text: list[str] = field(default_factory=list)
    apart: list[_Element] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] | None = None  # numbers with a line through them, of a paragraph
    is_struck: bool = False  # a line is drawn through a number of a cell
    holds_more: bool = False  # a picture, or a table or text box with a text
    has_unknown_symbol: bool = False
    fields: list[int | None] = field(default_factory=list)  # open ones: where the text of the instruction begins

    def collect(self, parent: _Element) -> None:
        for child in parent:
            if child.tag in (f"{W}t", f"{_EQUATION}t"):
                self.text.append(child.text or "")
            elif child.tag in _SIGNS:
                self.text.append(_SIGNS[child.tag])
            elif child.tag == f"{W}sym":
                self._symbol(child)
            elif child.tag in _APART and not _is_single_cell(child):
                self.apart.append(child)
                self.holds_more |= any(text.text for text in child.iter(f"{W}t"))
            elif child.tag == ALTERNATE:
                self.collect(chosen(child))
            elif child.tag in _BEFORE:
                self.text.append(_BEFORE[child.tag] if self.text else "")
                self.collect(child)
            elif child.tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType"))
            elif child.tag == f"{W}r" and self.looks.hide(child):
                self.hidden += amounts_in(child)
            elif shows_something(child):
                self._collect_with_look(child)

    def _collect_with_look(self, element: _Element) -> None:
        begin = len(self.text)
        self.holds_more |= element.tag in _PICTURES
        self.collect(element)
        is_run = element.tag == f"{W}r"
        if is_run and self.looks.strike(element):
            self._strike(begin)
        if moved := self.looks.moved(element) if is_run else _MOVED_IN_EQUATION.get(element.tag):
            self.text[begin:] = map(moved, self.text[begin:])

    def _symbol(self, element: _Element) -> None:
        """A character of a font of symbols; which sign another font than Symbol shows is not known."""
        code, is_told = element.get(f"{W}char", ""), element.get(f"{W}font") == "Symbol"
        sign = chr(int(code[-2:], 16)) if re.fullmatch("[0-9A-Fa-f]{2,4}", code) else ""
        if is_told and sign in _SYMBOLS:
            self.text.append(sign)
        else:
            self.has_unknown_symbol = True

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
    def cell_text(self) -> str:
        """The text of a cell, with a mark where it shows a number that is not told."""
        text = "\n".join(self.lines)
        if self.is_struck:
            return STRUCK + text
        is_with_symbol = self.has_unknown_symbol and text and _ONLY_NUMBER.fullmatch(text)
        return UNREAD + text if is_with_symbol or (self.holds_more and not text) else text

    @property
    def lines(self) -> list[str]:
        printed = without_tags(as_printed("".join(self.text).translate(_UNSEEN)))
        return [text for line in printed.split("\n") if (text := " ".join(line.split()))]


def chosen(alternate: _Element) -> _Element:
    """One branch: all of them hold the same for different versions of Word."""
    choice = alternate.find(CHOICE)
    return choice if choice is not None else alternate


def shows_something(element: _Element) -> bool:
    """Not a comment, an instruction, a deleted revision or a property."""
    return isinstance(element.tag, str) and element.tag not in _SHOWS_NOTHING


def _is_single_cell(element: _Element) -> bool:
    """A table of one cell within another: its text is that of the cell around it."""
    return element.tag == f"{W}tbl" and sum(1 for _ in islice(element.iter(f"{W}tc"), 2)) == 1


def amounts_in(element: _Element) -> list[str]:
    """The amounts in a part of the file, whether they are shown or not."""
    return _AMOUNT.findall("".join(part.text or "" for part in element.iter(f"{W}t")))

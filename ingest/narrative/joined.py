"""Printed lines made one running text in which every character knows where it was printed.

A PDF breaks a sentence at the page's width and over pages, a converted text in the middle of a
paragraph. White space is taken out; where a paragraph or a list item begins stands one line feed.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.document import Line
from warehouse.kinds.characters import as_printed, simplified, squeeze
from warehouse.records.places import NOWHERE, Place

_SAME_MARKS = str.maketrans("〔〕［］【】“”„＂'‘’＇﹣－–—−", '()()()""""""""-----')
_PAGE_NUMBER = re.compile(r"[-—―─]?\d{1,3}[-—―─]?|第\d{1,3}页(?:[,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3}")
_ENDS_PARAGRAPH = re.compile(r"[。;:!?]$")
_STARTS_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}、|\d{1,2}\.(?!\d)|[①-⑳])"
)
_LIST_MARK = re.compile(r"^[-•·●◆■]\s*(?=\D|\d{1,2}\s*(?:、|\.(?!\d)|\.20\d\d))")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")  # as digits they would be part of the number before them
_NOTE_MARK = re.compile(r"(?<=\.\d\d)[⁰¹²³⁴-⁹⁽⁾①-⑳]+")
_REPEATED_ON = 3  # pages; what stands first or last on as many is a running title


@dataclass(frozen=True, slots=True)
class Joined:
    """`text` is what patterns are looked for in, `printed` the same characters as printed."""

    text: str
    printed: str
    blank_before: frozenset[int]  # offsets of characters that a blank of the same line precedes
    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def place(self, offset: int) -> Place:
        return self.places[max(bisect_right(self.starts, offset) - 1, 0)]

    def with_blanks(self, start: int, end: int) -> str:
        """What was printed there, its blanks included (`1 0.99`)."""
        marks = (" " * (n > start and n in self.blank_before) + self.printed[n] for n in range(start, end))
        return "".join(marks)


def clean(line: str) -> str:
    """A line without the marks of a list or of emphasis that a converter left, and without those of notes."""
    return _NOTE_MARK.sub("", _LIST_MARK.sub("", as_printed(line).replace("**", "").lstrip("# \t\u3000")))


@lru_cache(maxsize=8192)  # 240 calls per character
def normal(char: str) -> str:
    """One character in the form in which patterns are written: half width, one form of quote and dash, simplified."""
    half = char if char in _RAISED else unicodedata.normalize("NFKC", char)
    return simplified((half if len(half) == 1 else char).translate(_SAME_MARKS))


def join(paragraphs: Iterable[Sequence[Line]]) -> Joined:
    """One running text of all lines; between two paragraphs always stands a line feed."""
    text: list[str] = []
    printed: list[str] = []
    blanks: set[int] = set()
    starts: list[int] = []
    places: list[Place] = []
    for line, is_first in _flat(paragraphs):
        words = clean(line.text)
        if text and (is_first or _ENDS_PARAGRAPH.search(text[-1]) or _STARTS_ITEM.match(squeeze(words[:12]))):
            text.append("\n")
            printed.append("\n")
        starts.append(len(text))
        places.append(line.place)
        for part, word in enumerate(words.split()):
            if part:
                blanks.add(len(text))
            text += map(normal, word)
            printed += word
    return Joined("".join(text), "".join(printed), frozenset(blanks), tuple(starts or [0]), tuple(places or [NOWHERE]))


def _flat(paragraphs: Iterable[Sequence[Line]]) -> Iterator[tuple[Line, bool]]:
    for paragraph in paragraphs:
        for n, line in enumerate(paragraph):
            yield line, n == 0


def without_page_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and running titles: they stand in the middle of sentences."""
    edges = [n for n in range(len(lines)) if _is_edge(lines, n)]
    repeated = Counter(squeeze(lines[n].text) for n in edges)
    marks = {n for n in edges if repeated[squeeze(lines[n].text)] >= _REPEATED_ON and lines[n].page is not None}
    numbers = {n for n in edges if _PAGE_NUMBER.fullmatch(squeeze(lines[n].text))}
    return [line for n, line in enumerate(lines) if n not in marks and n not in numbers and squeeze(line.text)]


def _is_edge(lines: Sequence[Line], n: int) -> bool:
    """First or last line of its page; in a text file, which has no pages, any line."""
    if lines[n].page is None or n in (0, len(lines) - 1):
        return True
    page = lines[n].place.page_of_file
    return lines[n - 1].place.page_of_file != page or lines[n + 1].place.page_of_file != page

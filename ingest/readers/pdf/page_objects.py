"""The contents of a PDF page as plain tuples: visible characters and lines, and separately the hidden characters.

Coordinates: points, x to the right, y downwards from the top of the page as a reader sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.readers.pdf.annotations import Annotation
from ingest.readers.pdf.visibility import Unseen


class Char(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Edge(NamedTuple):
    """A horizontal line at y=`at`, or a vertical one at x=`at`, from `start` to `end`."""

    at: float
    start: float
    end: float


class Hidden(NamedTuple):
    """Consecutive characters in the text of the page that are not visible on it."""

    why: Unseen
    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)


@dataclass(frozen=True, slots=True)
class PageObjects:
    number: int
    width: float
    height: float
    chars: list[Char]
    verticals: list[Edge]
    horizontals: list[Edge]
    images: int
    turn: int = 0  # degrees by which the page was turned so that its text is upright
    hidden: tuple[Hidden, ...] = ()
    unnamed: int = 0  # number of characters without Unicode
    annotations: Sequence[Annotation] = ()
    strikes: Sequence[Edge] = ()  # lines through the text
    raised: tuple[Char, ...] = ()  # small raised digits that may be part of the number before them, or a footnote mark

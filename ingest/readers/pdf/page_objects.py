"""What a page of a PDF holds, as plain tuples: characters and lines as seen, and apart from them what is hidden.

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
    """Characters that follow each other in the text of the page and are not seen on it."""

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
    turn: int = 0  # degrees by which the page was turned so that its text stands upright
    hidden: tuple[Hidden, ...] = ()
    unnamed: int = 0  # characters of which the file does not say what they are
    annotations: Sequence[Annotation] = ()
    strikes: Sequence[Edge] = ()  # lines through the text
    raised: tuple[Char, ...] = ()  # small raised digits that may belong to the number beside them, or be a mark

"""Where in a document something is printed."""

from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page: points from its left and from its top edge."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document, as exactly as its format tells it; what a format does not have is None.

    Files, pages and lines count from 1. The field names are those of the columns that store them.
    """

    page: int | None = None  # of its file; None for text, workbooks and web pages
    line_no: int | None = None  # of a text file
    file_no: int = 1  # of the disclosure: the main file is 1
    sheet: str | None = None  # of a workbook: its name
    cell: str | None = None  # of a sheet: A1, or the range A1:B2
    box: Box | None = None  # on the page


NOWHERE = Place()

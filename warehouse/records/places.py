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
    line_no: int | None = None  # of a text; of a workbook, Word file or web page the number of a row or paragraph
    file_no: int = 1  # of the disclosure: the main file is 1
    sheet: str | None = None  # of a workbook: its name; of a Word file or web page: 表3, the third table
    cell: str | None = None  # of a sheet or table: A1, or the range A1:B2
    box: Box | None = None  # on the page

    def with_box(self, box: Box) -> "Place":
        """The place narrowed to a part of its page; made for every amount, and faster than `dataclasses.replace`."""
        return Place(self.page, self.line_no, self.file_no, self.sheet, self.cell, box)

    def with_cell(self, cell: str) -> "Place":
        """The place narrowed to a cell of its sheet; as fast."""
        return Place(self.page, self.line_no, self.file_no, self.sheet, cell, self.box)

    @property
    def page_of_file(self) -> tuple[int, int | None]:
        """What tells two pages apart where the disclosure has several files."""
        return self.file_no, self.page

    @property
    def order(self) -> tuple[int, int, int, float]:
        """Sorts by file, page, line, and height on the page."""
        return self.file_no, self.page or 0, self.line_no or 0, self.box.top if self.box else 0.0

    def adjoins(self, before: "Place") -> bool:
        """Whether it is on the page of `before` or on the next one. Two places of one text always adjoin."""
        if self.file_no != before.file_no:
            return False
        return self.page is None or before.page is None or self.page - before.page <= 1


NOWHERE = Place()


class Placed:
    """What has a `place`, with the parts of it that are asked for most. `top` and `bottom` are points on the page."""

    __slots__ = ()
    place: Place

    @property
    def page(self) -> int | None:
        return self.place.page

    @property
    def line_no(self) -> int | None:
        return self.place.line_no

    @property
    def top(self) -> float | None:
        return self.place.box.top if self.place.box else None

    @property
    def bottom(self) -> float | None:
        return self.place.box.bottom if self.place.box else None

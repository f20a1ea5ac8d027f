"""Tables that a converter wrote as HTML into a text or a Markdown file: <table>, <tr>, <td colspan=…>.

A tag may be broken over lines, and all rows may stand in one line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby

from ingest.readers.addresses import address
from ingest.readers.html_grid import MOST_COLUMNS, MOST_ROWS, laid_out, span
from warehouse.records.places import Place

_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|(?=<table\b)|\Z)", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True)
class HtmlCell:
    text: str = ""
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class HtmlRow:
    """`place`: the line in which it begins, and its number in the table, since several may begin in one line."""

    place: Place
    cells: tuple[HtmlCell | None, ...]  # None where a cell from the left or from above covers the place


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """`outside` is text between its tags that is in no cell, such as a caption, as numbered lines."""

    rows: tuple[HtmlRow, ...]
    outside: tuple[tuple[int, str], ...]

    @property
    def is_whole(self) -> bool:
        """Whether all rows are equally wide: then each cell stands in the column that it was printed in."""
        return len({len(row.cells) for row in self.rows}) == 1


def without_html_tables(text: str) -> Iterator[tuple[int, str] | HtmlTable]:
    """The text between the tables with the number of the line in which it begins, and the tables."""
    line_no, end = 1, 0
    for found in _TABLE.finditer(text):
        yield line_no, text[end : found.start()]
        line_no += text.count("\n", end, found.start())
        yield _table(found[0], line_no)
        line_no, end = line_no + found[0].count("\n"), found.end()
    yield line_no, text[end:]


def _table(markup: str, line_no: int) -> HtmlTable:
    tags = _Tags(line_no)
    tags.feed(markup)
    tags.close()
    rows = [(line, cells) for line, cells in tags.rows if cells]
    places = (Place(line_no=line, cell=address(n, 1)) for n, (line, _) in enumerate(rows, start=1))
    outside = groupby(tags.outside, key=lambda said: said[0])
    joined = tuple((line, " ".join(text for _, text in group)) for line, group in outside)
    return HtmlTable(tuple(map(HtmlRow, places, laid_out(cells for _, cells in rows))), joined)


class _Tags(HTMLParser):
    """Collects rows and cells; a cell ends where the next begins, whether or not its tag is closed."""

    def __init__(self, line_no: int) -> None:
        super().__init__()
        self._first = line_no - 1
        self._cell: HtmlCell | None = None
        self.rows: list[tuple[int, list[HtmlCell]]] = []
        self.outside: list[tuple[int, str]] = []

    @property
    def _line(self) -> int:
        return self._first + self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append((self._line, []))
            self._cell = None
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append((self._line, []))
            said = dict(attrs)
            self._cell = HtmlCell("", span(said.get("colspan"), MOST_COLUMNS), span(said.get("rowspan"), MOST_ROWS))
            self.rows[-1][1].append(self._cell)
        elif tag == "br" and self._cell:
            self._cell.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._cell.text += " ".join(data.split()) if data.strip() else ""
        else:
            lines = enumerate(data.split("\n"), start=self._line)
            self.outside += [(line_no, text) for line_no, text in lines if text.strip()]

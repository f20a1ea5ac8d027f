"""Excerpts of a text: the lines asked for and those around them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.readers.crops import LINES_AROUND, Band, Crop, ExcerptLine, Shown, as_printed, shown_rows
from ingest.readers.plain_text.encoding import decode
from ingest.readers.plain_text.read import lines_of


class Excerpts:
    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._seen: dict[Shown, list[tuple[str, ...]]] = {}

    def cut(self, band: Band, shown: Shown = as_printed) -> Crop:
        first = max(1, band.lines[0] - LINES_AROUND)
        last = min(len(self._lines), band.lines[-1] + LINES_AROUND)
        around = range(first, last + 1)
        seen = self._as(shown)
        lines = tuple(ExcerptLine(n, seen[n - 1], n in band.lines) for n in around)
        return Crop("第" + "、".join(map(str, band.lines)) + "行", excerpt=lines)

    def _as(self, shown: Shown) -> list[tuple[str, ...]]:
        if shown not in self._seen:
            self._seen[shown] = [tuple(cells) for cells in shown_rows(map(_cells, self._lines), shown)]
        return self._seen[shown]

    def page(self, number: int, shown: Shown = as_printed) -> None:
        """It has none."""


def _cells(text: str) -> tuple[str, ...]:
    """The cells of a row of a converted table: tabs are their borders."""
    return tuple(cell.strip() for cell in text.split("\t"))


@contextmanager
def excerpts(path: Path) -> Iterator[Excerpts]:
    """Opens a text for excerpts."""
    yield Excerpts(lines_of(decode(path.read_bytes(), path.name)))

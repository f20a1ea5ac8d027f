"""Excerpts of a document without pages: the rows and paragraphs asked for and those around them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from ingest.document import Block, Document, Line
from ingest.readers.crops import LINES_AROUND, Band, Crop, ExcerptLine, Shown, as_printed, shown_rows
from warehouse.records.places import Place


def excerpts_of(read: Callable[[Path, bytes, int], Document]) -> Callable[[Path], AbstractContextManager["Excerpts"]]:
    """How a format without pages is cut: by reading the file once more."""

    @contextmanager
    def opened(path: Path) -> Iterator[Excerpts]:
        yield Excerpts(read(path, path.read_bytes(), 0))

    return opened


class Excerpts:
    """Of the blocks of a document, whose places number them as lines."""

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks
        self._places = {place.line_no: place for place, _ in _printed(self._blocks, as_printed) if place.line_no}
        self._seen: dict[Shown, dict[int, tuple[str, ...]]] = {}

    def cut(self, band: Band, shown: Shown = as_printed) -> Crop:
        first, last = band.lines[0] - LINES_AROUND, band.lines[-1] + LINES_AROUND
        seen = self._as(shown)
        lines = tuple(ExcerptLine(n, seen[n], n in band.lines) for n in range(first, last + 1) if n in seen)
        return Crop("、".join(self._called(n) for n in band.lines), excerpt=lines)

    def _as(self, shown: Shown) -> dict[int, tuple[str, ...]]:
        if shown not in self._seen:
            lines = _printed(self._blocks, shown)
            self._seen[shown] = {place.line_no: tuple(cells) for place, cells in lines if place.line_no}
        return self._seen[shown]

    def page(self, number: int, shown: Shown = as_printed) -> None:
        """It has none."""

    def _called(self, line_no: int) -> str:
        place = self._places.get(line_no, Place(line_no=line_no))
        return f"{place.sheet} {place.cell}" if place.sheet and place.cell else f"第{line_no}行"


def _printed(blocks: Iterable[Block], shown: Shown) -> Iterator[tuple[Place, Sequence[str]]]:
    """Each line, and each row with its cells."""
    for block in blocks:
        if isinstance(block, Line):
            yield block.place, shown((block.text,))
        else:
            texts = [[" ".join(text.split()) for text in row.texts()] for row in block.rows]
            yield from zip((row.place for row in block.rows), shown_rows(texts, shown), strict=True)

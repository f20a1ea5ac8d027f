"""Excerpts of a document without pages: the rows and paragraphs asked for and those around them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from ingest.document import Document, Line
from ingest.readers.crops import LINES_AROUND, Band, Crop, ExcerptLine, Shown, as_printed
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
        self._lines = {place.line_no: (place, cells) for place, cells in _printed(document) if place.line_no}

    def cut(self, band: Band, shown: Shown = as_printed) -> Crop:
        first, last = band.lines[0] - LINES_AROUND, band.lines[-1] + LINES_AROUND
        around = [n for n in range(first, last + 1) if n in self._lines]
        lines = tuple(ExcerptLine(n, tuple(shown(self._lines[n][1])), n in band.lines) for n in around)
        return Crop("、".join(self._called(n) for n in band.lines), excerpt=lines)

    def page(self, number: int, shown: Shown = as_printed) -> None:
        """It has none."""

    def _called(self, line_no: int) -> str:
        place = self._lines[line_no][0] if line_no in self._lines else Place(line_no=line_no)
        return f"{place.sheet} {place.cell}" if place.sheet and place.cell else f"第{line_no}行"


def _printed(document: Document) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Each line, and each row with its cells."""
    for block in document.blocks:
        if isinstance(block, Line):
            yield block.place, (block.text,)
        else:
            yield from ((row.place, tuple(" ".join(text.split()) for text in row.texts())) for row in block.rows)

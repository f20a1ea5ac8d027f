"""Excerpts of a text: the lines asked for and those around them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.readers.crops import LINES_AROUND, Band, Crop
from ingest.readers.plain_text.encoding import decode
from ingest.readers.plain_text.read import lines_of


class Excerpts:
    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def cut(self, band: Band) -> Crop:
        first = max(1, band.lines[0] - LINES_AROUND)
        last = min(len(self._lines), band.lines[-1] + LINES_AROUND)
        lines = tuple((n, _bordered(self._lines[n - 1]), n in band.lines) for n in range(first, last + 1))
        return Crop("第" + "、".join(map(str, band.lines)) + "行", excerpt=lines)


def _bordered(text: str) -> str:
    """Replaces tabs, the cell borders of the converted table, by a visible sign at which a narrow page can wrap."""
    return text.replace("\t", " │ ").strip().rstrip("│ ")


@contextmanager
def excerpts(path: Path) -> Iterator[Excerpts]:
    """Opens a text for excerpts."""
    yield Excerpts(lines_of(decode(path.read_bytes(), path.name)))

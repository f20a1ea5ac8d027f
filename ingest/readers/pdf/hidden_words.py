"""What of a page is not shown: the places of words and cells for which another text is to be shown."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from ingest.document import RawRow, RawTable
from ingest.readers.crops import Shown, shown_rows
from ingest.readers.pdf.page_objects import Char, PageObjects
from ingest.readers.pdf.placed_cells import cells_of
from ingest.readers.pdf.read import page_blocks
from ingest.readers.pdf.text_lines import lines_of, words_of
from warehouse.records.places import Box


def hidden_on(page: PageObjects, shown: Shown) -> Iterator[Box]:
    """Parts of lines, and cells of tables whose label is in the cell before, whatever the number of its lines."""
    for line in lines_of(page.chars):
        words = list(words_of(line))
        texts = ["".join(char.text for char in word) for word in words]
        for word, text, instead in zip(words, texts, shown(texts), strict=True):
            yield from _parts(word, text, instead)
    for table in page_blocks(page):
        if isinstance(table, RawTable):
            yield from _cells(table.rows, shown)


def _parts(word: Sequence[Char], text: str, instead: str) -> Iterator[Box]:
    """Around the characters of a word that are not shown."""
    if text == instead or len(text) != len(word):
        yield from [_around(word)] if text != instead else []
        return
    for what, start, end, _, _ in SequenceMatcher(None, text, instead, autojunk=False).get_opcodes():
        if what in ("replace", "delete"):
            yield _around(word[start:end])


def _around(chars: Iterable[Char]) -> Box:
    x0, top, x1, bottom = zip(*(char[1:] for char in chars), strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def _cells(rows: Sequence[RawRow], shown: Shown) -> Iterator[Box]:
    """Cells of which nothing is shown, as high as all rows that they span."""
    texts_of = [[" ".join(text.split()) for text in row.texts()] for row in rows]
    for (_, boxes), texts, seen in zip(cells_of(rows), texts_of, shown_rows(texts_of, shown), strict=True):
        for box, text, instead in zip(boxes, texts, seen, strict=True):
            if box and text != instead and len(instead) <= 1:
                yield box

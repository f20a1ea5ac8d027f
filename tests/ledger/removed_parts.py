"""Removes parts of a `Document` but leaves its list of printed numbers, as if a reader had lost the parts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.document import Block, Cell, Document, Line, RawRow, RawTable
from ingest.pipeline import Understood, understand_document
from warehouse.kinds.characters import squeeze
from warehouse.records.reading import Source

Change = Callable[[Block], Block | None]


def understood(document: Document, name: str = "made") -> Understood:
    """The result of the pipeline for a document."""
    source = Source(name, "0" * 64, document.format, 0, document.pages)
    return understand_document(document, Path(name), source)


def changed(document: Document, change: Change) -> Document:
    """The document with `change` applied to each block; blocks for which it returns None are removed."""
    blocks = (change(block) for block in document.blocks)
    return replace(document, blocks=tuple(block for block in blocks if block is not None))


def changed_table(document: Document, title: str, change: Callable[[RawTable], RawTable | None]) -> Document:
    """The document with `change` applied to the tables between a title and the next title."""
    return replace(document, blocks=tuple(_below(document, title, change)))


def _below(document: Document, title: str, change: Callable[[RawTable], RawTable | None]) -> Iterator[Block]:
    is_below = False
    for block in document.blocks:
        if isinstance(block, Line):
            bare = squeeze(block.text)
            is_below = bare == title if bare.endswith("表") and "决算" in bare else is_below
            yield block
        elif (made := change(block) if is_below else block) is not None:
            yield made


def without_line(text: str) -> Change:
    return lambda block: None if isinstance(block, Line) and squeeze(block.text) == text else block


def without_rows(*, saying: str) -> Callable[[RawTable], RawTable | None]:
    """Removes the rows with a cell of this text."""

    def change(table: RawTable) -> RawTable | None:
        rows = tuple(row for row in table.rows if saying not in map(squeeze, row.texts()))
        return replace(table, rows=rows) if rows else None

    return change


def without_columns(first: int, end: int) -> Callable[[RawTable], RawTable]:
    return lambda table: replace(table, rows=tuple(_without(row, first, end) for row in table.rows))


def _without(row: RawRow, first: int, end: int) -> RawRow:
    return replace(row, cells=row.cells[:first] + row.cells[end:])


def with_empty_cell(row: str, column: int) -> Callable[[RawTable], RawTable]:
    """Empties one cell in each row with a cell of this text."""
    return lambda table: replace(
        table, rows=tuple(_emptied(one, column) if row in map(squeeze, one.texts()) else one for one in table.rows)
    )


def _emptied(row: RawRow, column: int) -> RawRow:
    cell = row.cells[column]
    assert cell and cell.text.strip()
    emptied: tuple[Cell | None, ...] = (*row.cells[:column], cell._replace(text=""), *row.cells[column + 1 :])
    return replace(row, cells=emptied)

"""Finds every printed number of a text, line by line and before any table is recognised.

`ingest.prove.ledger` compares these numbers with the ones that recognition used. So this module must not depend on
tables.
"""

import re
from collections.abc import Iterable, Iterator

from ingest.document import Block, Line, PrintedNumber
from warehouse.records.places import Place

NUMBER = re.compile(r"\d(?:[.,，．]?\d)*")


def numbers_in_lines(lines: Iterable[tuple[Place, str]]) -> Iterator[PrintedNumber]:
    """The numbers in the lines of a text. Tabs separate the cells of a line."""
    for place, line in lines:
        yield from _numbers_in(place, line.split("\t"))


def numbers_in_blocks(blocks: Iterable[Block]) -> Iterator[PrintedNumber]:
    """The numbers in the lines and rows of a document that has no pages."""
    for block in blocks:
        if isinstance(block, Line):
            yield from _numbers_in(block.place, [block.text])
            continue
        for row in block.rows:
            yield from _numbers_in(row.place, row.texts())


def _numbers_in(place: Place, cells: Iterable[str]) -> Iterator[PrintedNumber]:
    for cell, text in enumerate(cells):
        for run in NUMBER.finditer(text):
            start, end = run.span()
            yield PrintedNumber(run[0], place, start, end, 0.0, 0.0, cell, text[end:].lstrip()[:1])

"""Finds every printed number of a text, line by line and before any table is recognised.

`ingest.prove.ledger` compares these numbers with the ones that recognition used. So this module must not depend on
tables.
"""

import re
from collections.abc import Iterable, Iterator

from ingest.document import PrintedNumber
from warehouse.records.places import Place

NUMBER = re.compile(r"\d(?:[.,，．]?\d)*")


def numbers_in_lines(lines: Iterable[tuple[Place, str]]) -> Iterator[PrintedNumber]:
    """The numbers in the lines of a text. Tabs separate the cells of a line."""
    for place, line in lines:
        for cell, text in enumerate(line.split("\t")):
            for run in NUMBER.finditer(text):
                start, end = run.span()
                yield PrintedNumber(run[0], place, start, end, 0.0, 0.0, cell, text[end:].lstrip()[:1])

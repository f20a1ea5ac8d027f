"""Every number that is printed, found in lines before any table is looked for.

What recognition makes of a document is held against these (`ingest.prove.ledger`), so nothing here knows of tables.
"""

import re
from collections.abc import Iterable, Iterator

from ingest.document import PrintedNumber

NUMBER = re.compile(r"\d(?:[.,，．]?\d)*")


def numbers_in_lines(lines: Iterable[tuple[int, str]]) -> Iterator[PrintedNumber]:
    """The numbers of numbered lines of a text, cell by cell where tabs part them."""
    for line_no, line in lines:
        for cell, text in enumerate(line.split("\t")):
            for run in NUMBER.finditer(text):
                start, end = run.span()
                yield PrintedNumber(run[0], None, line_no, start, end, 0.0, 0.0, cell, text[end:].lstrip()[:1])

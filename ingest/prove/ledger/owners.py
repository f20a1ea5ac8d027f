"""Who owns a number, as a word, and what was made of each row of the document."""

from enum import StrEnum
from typing import NamedTuple

from ingest.document import Line, PrintedNumber, RawRow


class Owner(StrEnum):
    LOADED = "loaded"
    DOUBTFUL = "doubtful"
    CLASS = "class"  # by its place a code, line number, heading, page number, date or percentage: no amount
    FORM = "form"
    NARRATIVE = "narrative"
    NOBODY = "nobody"


class Owned(NamedTuple):
    """Numbers that one owner has together; `amounts` of them count as such, 1 where a cell joins several."""

    owner: Owner
    numbers: tuple[PrintedNumber, ...]
    amounts: int = 1
    block: RawRow | Line | None = None

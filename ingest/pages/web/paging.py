"""Long lists are shown in parts, each at an address of its own: `?page=2`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

MOST = 100  # rows of a part
LONGEST = 9  # digits of a number that is asked for

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Part:
    """Number `page` of `pages`, both from 1: of a list that is empty the only one."""

    page: int
    pages: int

    @property
    def start(self) -> int:
        return (self.page - 1) * MOST

    def of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Its rows, of all of them; none where another list is longer than this one."""
        return rows[self.start : self.start + MOST]


def part_of(asked: str, count: int) -> Part | None:
    """The part of a list of `count` rows that is asked for, the first one with ""; None where it has no such part."""
    pages = max(1, -(-count // MOST))
    page = _number(asked) if asked else 1
    return Part(page, pages) if 1 <= page <= pages else None


def _number(asked: str) -> int:
    """0 for what is written otherwise than a link writes it."""
    is_written_so = len(asked) <= LONGEST and asked.isascii() and asked.isdigit() and asked[0] != "0"
    return int(asked) if is_written_so else 0

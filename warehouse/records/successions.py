"""Which body follows which: what the reference list and the documents say of bodies that were renamed or merged."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from warehouse.records.labelled import Labelled
from warehouse.records.places import NOWHERE, Place, Placed


class Relation(Labelled):
    """How a body follows another."""

    RENAMED = "renamed", "更名"
    MERGED = "merged", "合并"  # one line for each predecessor, the one whose name stayed included
    SPLIT = "split", "拆分"  # one line for each successor, the one whose name stayed included
    TRANSFERRED = "transferred", "职责划转"  # duties went from one to the other, both go on


@dataclass(frozen=True, slots=True)
class StatedSuccession(Placed):
    """One succession that a document states of its own body.

    The names are without white space. `effective_year` is None where no year is printed, `effective_on` where no day.
    """

    KEY_FIELDS: ClassVar[tuple[str, ...]] = ("predecessor", "successor", "relation")

    predecessor: str
    successor: str
    relation: Relation
    effective_year: int | None
    effective_on: date | None
    printed: str  # the words it was read from
    place: Place = NOWHERE

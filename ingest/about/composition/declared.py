"""How publishers say whose accounts are summed: `warehouse/kinds/common/composition.toml`."""

from functools import cache

from warehouse.kinds.declared import Declared, Pattern
from warehouse.kinds.wordings import FOLDER, Names, read_wordings


class PartDeclared(Declared):
    """The headings between which the part 概况 stands."""

    begins: Pattern
    ends: Pattern


class UnitsDeclared(Declared):
    """Sentences before a list of units, counts in them, and how the name of a unit looks."""

    introduces: tuple[Pattern, ...]
    may_introduce: tuple[Pattern, ...]
    counts: tuple[Pattern, ...]
    subordinate_counts: tuple[Pattern, ...]
    alone: tuple[Pattern, ...]
    classes: Pattern
    behind: Pattern
    no_name: Pattern
    with_head_office: Pattern
    head_office: Pattern
    head_office_alone: Pattern
    endings: Pattern
    kind: Pattern
    name_ends: Pattern
    name_at_most: int


class InstitutionsDeclared(Declared):
    """The number and the names of internal institutions."""

    counts: tuple[Pattern, ...]
    names_before: tuple[Pattern, ...]
    names_behind: Pattern
    without_count: tuple[Pattern, ...]
    name: Pattern
    and_others: Pattern


class FactDeclared(Declared):
    """A fact, the headings of its column in a table, and the expressions that print it, its number as `n`."""

    fact: str
    headings: Names
    texts: tuple[Pattern, ...]


class SumDeclared(Declared):
    """Facts that together are not more than another."""

    total: str
    parts: tuple[str, ...]


class StaffDeclared(Declared):
    not_ours: Pattern
    of_a_part: Pattern
    head_office: str
    facts: tuple[FactDeclared, ...]
    sums: tuple[SumDeclared, ...]


class CompositionDeclared(Declared):
    part: PartDeclared
    units: UnitsDeclared
    institutions: InstitutionsDeclared
    staff: StaffDeclared


@cache  # read once per process
def composition_words() -> CompositionDeclared:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "composition.toml", CompositionDeclared)

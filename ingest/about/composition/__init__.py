"""Whose accounts a document sums, and what it says of institutions and staff: the part 概况."""

from dataclasses import dataclass

from ingest.about.composition.institutions import institutions
from ingest.about.composition.lists import listed_units
from ingest.about.composition.part import overview
from ingest.about.composition.staff import staff
from ingest.document import Document, RawTable
from warehouse.kinds.characters import comparable
from warehouse.records.reading import BodyFact, DepartmentUnit, Doubt, Profile, Scope


@dataclass(frozen=True, slots=True)
class Composition:
    units: tuple[DepartmentUnit, ...] = ()
    facts: tuple[BodyFact, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def composition(
    document: Document, about: Profile, first_table: RawTable | None, *, is_unit_listed: bool = False
) -> Composition:
    """`first_table` is the first standard table of the document: the part 概况 ends before it. `is_unit_listed`: the
    document of one unit has this unit as its list."""
    passages = overview(document, first_table)
    listed, unit_doubts = listed_units(passages, about.department)
    units = listed or (_unit_alone(about) if is_unit_listed and not unit_doubts else [])
    internal, internal_doubts = institutions(passages)
    persons, staff_doubts = staff(passages, units)
    return Composition(tuple(units), (*internal, *persons), (*unit_doubts, *internal_doubts, *staff_doubts))


def _unit_alone(about: Profile) -> list[DepartmentUnit]:
    """The body itself, where the cover says that the figures are those of one unit."""
    if about.scope is not Scope.UNIT or not about.department:
        return []
    return [DepartmentUnit(1, about.department, comparable(about.department), None, True, about.department)]

"""Whose accounts a document sums, and what it says of institutions and staff: the part 概况."""

from dataclasses import dataclass

from ingest.about.composition.institutions import institutions
from ingest.about.composition.lists import listed_units
from ingest.about.composition.part import overview
from ingest.about.composition.staff import staff
from ingest.document import Document, RawTable
from warehouse.records.reading import BodyFact, DepartmentUnit, Doubt, Profile


@dataclass(frozen=True, slots=True)
class Composition:
    units: tuple[DepartmentUnit, ...] = ()
    facts: tuple[BodyFact, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def composition(document: Document, about: Profile, first_table: RawTable | None) -> Composition:
    """`first_table` is the first standard table of the document: the part 概况 ends before it."""
    passages = overview(document, first_table)
    units, unit_doubts = listed_units(passages, about.department)
    internal, internal_doubts = institutions(passages)
    persons, staff_doubts = staff(passages, units)
    return Composition(tuple(units), (*internal, *persons), (*unit_doubts, *internal_doubts, *staff_doubts))

"""What a number rests on: its printed place, the identities that use it, the doubts about it, earlier versions.

A number is named below its document by a place, as `cells` of mart.check_result name them: table, row and measure of a
cell, stated/year_over_year/all/change of a figure of the narrative. doubt/3, check/A1/…, form/2/5 (an indicator) and
fact/internal_institutions are the rows of the views of that name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.pages.web import queries
from ingest.pages.web.readers import Readers, Row
from ingest.readers.crops import Band
from warehouse.records.places import Box, Place

QUERIES = {
    "stated": queries.STATED,
    "doubt": queries.DOUBT,
    "check": queries.CHECK,
    "form": queries.INDICATOR,
    "fact": queries.FACT,
}
OF_CELL = (queries.DOUBTS_OF, queries.VERSIONS_OF_DOCUMENT, queries.IN_VERSIONS)
NOT_PRINTED = dict.fromkeys(("printed", "printed_unit", "amount_wan", "status"))
FIRST = ("broken", "undetermined")  # the outcomes of identities that are shown before the others
LARGEST_ID = 2**31 - 1  # of a column of type integer


@dataclass(frozen=True, slots=True)
class Printed:
    """Rows of the queries of `queries`. `file` is None where a check is of no single place."""

    place: str
    document: Row
    number: Row
    file: Row | None

    @property
    def printed_at(self) -> Place | None:
        """None where the print has no place that can be shown."""
        number = self.number
        if number["page"] is None and number["line_no"] is None:
            return None
        box = Box(*number["box"]) if number["box"] else None
        return Place(number["page"], number["line_no"], number["file_no"], number["sheet"], number["cell"], box)

    @property
    def row_band(self) -> Band | None:
        """The row of the number, marked."""
        place = self.printed_at
        return Band.of(place).marking(place) if place else None

    @property
    def page_band(self) -> Band | None:
        """The whole page, with the number marked."""
        place = self.printed_at
        return Band(place.page, file_no=place.file_no).marking(place) if place and place.page else None


@dataclass(frozen=True, slots=True)
class Evidence(Printed):
    """`linked` are the places among the cells of a check that have a page."""

    checks: Sequence[Row]
    doubts: Sequence[Row]
    versions: Sequence[Row]
    linked: frozenset[str]


def printed_of(readers: Readers, document_id: int, place: str) -> Printed | None:
    """None where the document is not public or has no such place."""
    if document_id > LARGEST_ID or "\0" in place:  # PostgreSQL refuses both
        return None
    query = QUERIES.get(place.partition("/")[0], queries.CELL)
    documents, numbers = readers.several(queries.DOCUMENT, query, document=document_id, place=place)
    if not (documents and numbers):
        return None
    number = defaultdict(lambda: None, numbers[0])  # each kind of number has columns of its own
    files = readers.rows(queries.FILE, document=document_id, file_no=number["file_no"])
    return Printed(place, documents[0], number, files[0] if files else None)


def evidence_of(readers: Readers, document_id: int, place: str) -> Evidence | None:
    """None where the document is not public or has no such place."""
    printed = printed_of(readers, document_id, place)
    if printed is None:
        return None
    asked = OF_CELL if printed.number["what"] == "cell" else ()
    checks, *of_cell = readers.several(queries.CHECKS_OF, *asked, document=document_id, place=place)
    doubts, versions, printed_in = of_cell or ([], [], [])
    return Evidence(
        printed.place,
        printed.document,
        printed.number,
        printed.file,
        sorted(checks, key=lambda check: (check["outcome"] not in FIRST, check["rule_id"], check["place"])),
        doubts,
        _versions(versions, printed_in),
        _linked(readers, document_id, printed.number["cells"]),
    )


def _versions(versions: Iterable[Row], printed_in: Iterable[Row]) -> list[Row]:
    """Of each version what it prints; nothing where it has no such number."""
    printed = {one["document_id"]: one for one in printed_in}
    return [{**NOT_PRINTED, **printed.get(version["document_id"], {}), **version} for version in versions]


def _linked(readers: Readers, document_id: int, places: Sequence[str] | None) -> frozenset[str]:
    if not places:
        return frozenset()
    return frozenset(
        row["place"] for row in readers.rows(queries.PLACES_THERE, document=document_id, places=list(places))
    )

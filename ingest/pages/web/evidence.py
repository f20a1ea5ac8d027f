"""What a number rests on: its printed place, the identities that use it, the doubts about it, earlier versions.

A number is named below its document by a place, as `cells` of mart.check_result name them: GK03/2010301/total is a cell
of a table, stated/year_over_year/all/change a figure of the narrative. doubt/3, check/A1/…, form/2/5 (an indicator)
and fact/internal_institutions are the rows of the views of that name.
"""

from collections import defaultdict
from collections.abc import Sequence
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
LARGEST_ID = 2**31 - 1  # of a column of type integer


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows of the queries of `queries`. `file` is None where a check is of no single place.

    `linked` are the places among the cells of a check that have a page.
    """

    place: str
    document: Row
    number: Row
    file: Row | None
    checks: Sequence[Row]
    doubts: Sequence[Row]
    versions: Sequence[Row]
    linked: frozenset[str]

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


def evidence_of(readers: Readers, document_id: int, place: str) -> Evidence | None:
    """None where the document is not public or has no such place."""
    if document_id > LARGEST_ID or "\0" in place:  # PostgreSQL refuses both
        return None
    about = {"document": document_id, "place": place}
    documents = readers.rows(queries.DOCUMENT, document=document_id)
    numbers = documents and readers.rows(QUERIES.get(place.partition("/")[0], queries.CELL), **about)
    if not numbers:
        return None
    number = defaultdict(lambda: None, numbers[0])  # each kind of number has columns of its own
    files = readers.rows(queries.FILE, document=document_id, file_no=number["file_no"])
    return Evidence(
        place,
        documents[0],
        number,
        files[0] if files else None,
        readers.rows(queries.CHECKS_OF, **about),
        readers.rows(queries.DOUBTS_OF, **about) if number["what"] == "cell" else [],
        readers.rows(queries.VERSIONS, **about) if number["what"] == "cell" else [],
        _linked(readers, document_id, number["cells"]),
    )


def _linked(readers: Readers, document_id: int, places: Sequence[str] | None) -> frozenset[str]:
    if not places:
        return frozenset()
    return frozenset(
        row["place"] for row in readers.rows(queries.PLACES_THERE, document=document_id, places=list(places))
    )

"""All documents and all bodies, in parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pages.web import listings, paging
from ingest.pages.web.readers import Readers, Row


@dataclass(frozen=True, slots=True)
class Listed:
    """One part of a list of `count` rows."""

    part: paging.Part
    count: int
    rows: Sequence[Row]

    @property
    def about(self) -> Row:
        return {"count": self.count, "page": self.part.page, "pages": self.part.pages}


def documents_of(readers: Readers, page: str) -> Listed | None:
    """Current documents, those retrieved last first. None where there is no such page."""
    return _listed(readers, listings.COUNT_OF_DOCUMENTS, listings.DOCUMENTS, page)


def bodies_of(readers: Readers, page: str) -> Listed | None:
    """Bodies that have documents, place by place. None where there is no such page."""
    return _listed(readers, listings.COUNT_OF_BODIES, listings.BODIES, page)


def _listed(readers: Readers, count: str, query: str, page: str) -> Listed | None:
    counted = readers.rows(count)[0]["count"]
    part = paging.part_of(page, counted)
    return Listed(part, counted, readers.rows(query, most=paging.MOST, start=part.start)) if part else None

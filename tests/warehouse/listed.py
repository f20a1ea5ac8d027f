"""Manifests and what a sync found at their sources, recorded as a sync records it."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import Connection

from tests.warehouse.factory import profile, source
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.records.reading import Extraction, Profile
from warehouse.records.sources import CountsAs, SeenFile, SourceEntry, SourceType, Visit
from warehouse.work import sources

NAMESAKE = "朝阳区教育局"  # there is a 朝阳区 in Beijing (110105) and one in Changchun (220104)
BEIJING, CHANGCHUN = "110105", "220104"


def entry(
    name: str,
    *departments: str,
    division_code: str | None = None,
    fiscal_year: int | None = None,
    address: str | None = None,
) -> SourceEntry:
    """An entry with an address on a host of its own unless one is given."""
    where = address or f"http://{name}.example.gov.cn/2024/"
    return SourceEntry(
        name, SourceType.LISTING, where, departments, fiscal_year, FINAL_ACCOUNTS, None, division_code, None
    )


@dataclass(frozen=True, slots=True)
class Manifest:
    """A run of a sync over entries."""

    connection: Connection
    run_id: int
    numbers: dict[str, int]
    entries: dict[str, SourceEntry]

    def has(self, name: str, *extractions: Extraction, address: str | None = None) -> None:
        """Files were found at addresses of this source, each at one of its own unless one is given."""
        for read in extractions:
            where = address or f"{self.entries[name].address}{read.source.sha256[:8]}.pdf"
            visit = Visit(self.run_id, self.numbers[name], where, (), CountsAs.DOCUMENT)
            seen = SeenFile(read.source.sha256, 1, "a.pdf", "application/pdf", None, None)
            sources.record_seen(self.connection, visit, seen)


def manifest(connection: Connection, *entries: SourceEntry, name: str = "sources.toml") -> Manifest:
    """A manifest with these entries; those it had before and has no more are retired."""
    run_id, numbers = sources.begin(connection, name, entries)
    return Manifest(connection, run_id, numbers, {one.name: one for one in entries})


def placeless(department: str | None = NAMESAKE, **changes) -> Profile:
    nowhere = {"province": None, "city": None, "division_code": None, "jurisdiction_level": None}
    return profile(department=department, department_kind="教育", **nowhere, **changes)


def files_of(rows: Sequence[tuple], *extractions: Extraction) -> list[tuple]:
    """Rows that begin with a sha256, with the number of the extraction in its place."""
    numbers = {read.source.sha256: number for number, read in enumerate(extractions)}
    return sorted((numbers[sha256], *others) for sha256, *others in rows)


def corrected(content: str = "corrected"):
    return source(content)

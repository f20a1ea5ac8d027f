"""The gate of a bulk load: what was let through before is kept in memory and stands for what is public."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import Connection

from warehouse.load import authority, quality, totals
from warehouse.load.authority import PublicBody, PublicFile
from warehouse.load.identity import Claim
from warehouse.load.quality import Quality
from warehouse.load.totals import Totals
from warehouse.records.reading import Profile

Body = tuple[str | None, str | None]  # division code and name
Slot = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Current:
    """The newest file of a slot, as far as a later one is held against it."""

    file: PublicFile
    quality: Quality
    totals: Totals


class LoadedBodies:
    """The bodies of the files that were let through."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self._warnings = quality.warnings(connection)
        self._let_through: set[str] = set()
        self._of_bodies: defaultdict[Body, dict[Slot, _Current]] = defaultdict(dict)

    def objections(self, claim: Claim) -> Iterator[str]:
        """Why a single load would hold the extraction. A file that was let through before is not held."""
        read = claim.extraction
        if read.source.identity in self._let_through:
            return
        slot, current = self._slot(read.profile), self._current(read.profile)
        replaced = current.get(slot)
        others = tuple(one.file for key, one in current.items() if key != slot)
        why = authority.objection(claim, PublicBody(replaced.file if replaced else None, others))
        yield from [why] if why else []
        if replaced:
            yield from quality.markedly_worse(replaced.quality, quality.of_extraction(read), self._warnings)
            yield from totals.moved(replaced.totals, totals.of_extraction(self._connection, read), read.stated)

    def add(self, claim: Claim) -> None:
        read = claim.extraction
        self._let_through.add(read.source.identity)
        if read.profile.department is not None and read.profile.fiscal_year is not None:
            self._current(read.profile)[self._slot(read.profile)] = _Current(
                PublicFile(claim.origins),
                quality.of_extraction(read),
                totals.of_extraction(self._connection, read),
            )

    def _current(self, profile: Profile) -> dict[Slot, _Current]:
        return self._of_bodies[profile.division_code, profile.department]

    @staticmethod
    def _slot(profile: Profile) -> Slot:
        return profile.fiscal_year, profile.kind, profile.scope

"""The slots and departments of a bulk load, kept in memory: the database is queried only for new or changed ones.

This works because the warehouse was empty and is locked: every department was added here, under the name printed.
"""

from dataclasses import astuple, dataclass
from typing import Any

from psycopg import Connection

from warehouse.base.database import one_value
from warehouse.load import dimensions
from warehouse.load.dimensions import Slot
from warehouse.load.rows import copy_rows
from warehouse.records.reading import Extraction, Profile

SLOT_COLUMNS = "document_id, department_id, fiscal_year, kind, scope, unidentified_sha256"
COUNTED = ("warehouse.document", "document_id")
SLOTS = "select department_id, fiscal_year, kind, scope, unidentified_sha256, document_id from warehouse.document"
KIND = "select kind from warehouse.department where department_id = %s"
# Extends the years in which a name was seen; `load.dimensions` does the same document by document.
WIDEN = """
update warehouse.department_alias as alias
set valid_from_year = least(alias.valid_from_year, seen.year), valid_to_year = greatest(alias.valid_to_year, seen.last)
from (
    select department_id, name, min(year) as year, max(year) as last
    from unnest(%s::int[], %s::text[], %s::smallint[]) as one (department_id, name, year)
    group by department_id, name
) as seen
where alias.department_id = seen.department_id and alias.name = seen.name
"""


@dataclass(frozen=True, slots=True)
class Department:
    department_id: int
    kind: str | None


class Slots:
    """`add` collects rows, `write` writes them. Rows collected are always written before the database is queried."""

    def __init__(self, connection: Connection, first: int):
        self._connection = connection
        self.following = first  # the next slot's number
        self._departments: dict[tuple[str | None, str | None], Department] = {}
        self._years: set[int] = set()
        self._slots: dict[Slot, int] = {}
        self._new: list[tuple[Any, ...]] = []
        self._seen: list[tuple[int, str | None, int]] = []

    def add(self, extraction: Extraction) -> tuple[int, int | None]:
        """The ids of the slot the file belongs to, and of its department."""
        slot = self._slot(extraction.profile, extraction.source.identity)
        if slot not in self._slots:
            self._slots[slot] = self.following
            self._new.append((self.following, *astuple(slot)))
            self.following += 1
        return self._slots[slot], slot.department_id

    def write(self) -> None:
        copy_rows(self._connection, "document", SLOT_COLUMNS, iter(self._new))
        if self._seen:
            self._connection.execute(WIDEN, [list(column) for column in zip(*self._seen, strict=True)])
        self._new, self._seen = [], []

    def forget(self) -> None:
        """After a rollback: reads the slots from the database again and drops everything else remembered."""
        self._departments, self._years, self._new, self._seen = {}, set(), [], []
        self._slots = {Slot(*key): slot_id for *key, slot_id in self._connection.execute(SLOTS)}

    def _slot(self, profile: Profile, sha256: str) -> Slot:
        known = self._departments.get((profile.division_code, profile.department))
        if not known or profile.fiscal_year not in self._years or profile.department_kind not in (None, known.kind):
            return self._ask(profile, sha256)
        self._seen.append((known.department_id, profile.department, profile.fiscal_year))
        return Slot(known.department_id, profile.fiscal_year, profile.kind, profile.scope, None)

    def _ask(self, profile: Profile, sha256: str) -> Slot:
        self.write()  # the kind of a department depends on the years of its documents, so they must be stored first
        slot = dimensions.slot(self._connection, profile, sha256)
        if slot.department_id is not None and profile.fiscal_year is not None:
            kind = one_value(self._connection.execute(KIND, [slot.department_id]))
            self._departments[profile.division_code, profile.department] = Department(slot.department_id, kind)
            self._years.add(profile.fiscal_year)
        return slot

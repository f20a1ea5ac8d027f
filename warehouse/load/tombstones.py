"""Files that were forgotten: the rows of warehouse.forgotten, and what they forbid.

A file is forgotten as a document, and its content with it. Where another disclosure consists of the same file, its
content stays (`is_file_kept`): it is no document of its own any more, and may still be a part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.base.errors import WarehouseError
from warehouse.base.messages import _
from warehouse.records.reading import Source

SELECT = "select sha256, document_sha256, is_file_kept, reason, forgotten_at from warehouse.forgotten"
SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A forgotten file. `document_sha256`: the document with which it was forgotten, for a single file itself."""

    sha256: str
    document_sha256: str
    is_file_kept: bool
    reason: str
    forgotten_at: datetime

    def __str__(self) -> str:
        lift = _("`juesuan forget --lift {document_sha256}` lifts that").format(
            document_sha256=self.document_sha256[:SHOWN_DIGITS]
        )
        return _("forgotten on {forgotten_at:%Y-%m-%d} ({lift}): {reason}").format(
            forgotten_at=self.forgotten_at, lift=lift, reason=self.reason
        )


class Forgotten(WarehouseError):
    """The document was forgotten, so it is not taken"""

    def __init__(self, name: str, tombstone: Tombstone):
        super().__init__(f"{name} was {tombstone}")
        self.tombstone = tombstone


def tombstones(connection: Connection) -> dict[str, Tombstone]:
    """All of them by sha256."""
    with connection.transaction(), connection.cursor(row_factory=class_row(Tombstone)) as cursor:
        return {one.sha256: one for one in cursor.execute(SELECT)}


def forbidding(known: Mapping[str, Tombstone], source: Source) -> Tombstone | None:
    """What forbids to load it: its own tombstone, or that of one of its files whose content is gone."""
    if source.identity in known:
        return known[source.identity]
    found = (known[file.sha256] for file in source.files if file.sha256 in known)
    return next((one for one in found if not one.is_file_kept), None)


def require_not_forgotten(connection: Connection, source: Source) -> None:
    """Raises Forgotten. The caller holds the lock on the file, so that nobody forgets it meanwhile."""
    asked = [source.identity, *(file.sha256 for file in source.files)]
    with connection.cursor(row_factory=class_row(Tombstone)) as cursor:
        found = {one.sha256: one for one in cursor.execute(f"{SELECT} where sha256 = any(%s)", [asked])}
    if tombstone := forbidding(found, source):
        raise Forgotten(source.name, tombstone)

"""The result of a sync."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from warehouse.records.sources import FetchOutcome, Purpose

TO_READ = (FetchOutcome.NEW, FetchOutcome.CHANGED)


@dataclass(frozen=True, slots=True)
class SyncItem:
    """The result for one address. `path` is the archived file, None where none was ever fetched."""

    source: str
    address: str
    purpose: Purpose
    outcome: FetchOutcome
    reason: str | None = None
    sha256: str | None = None
    path: Path | None = None
    name: str = ""

    @property
    def url(self) -> str | None:
        """The web address of the document; None for a file of this machine."""
        return self.address if self.address.startswith(("http:", "https:")) else None


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The results of one sync in the order they came in."""

    run_id: int
    items: tuple[SyncItem, ...]

    @property
    def documents(self) -> tuple[SyncItem, ...]:
        return tuple(item for item in self.items if item.purpose is Purpose.DOCUMENT)

    @property
    def counts(self) -> Counter[FetchOutcome]:
        """The number of documents by outcome. Failures count listings and folders too."""
        counted = Counter(item.outcome for item in self.documents)
        counted[FetchOutcome.FAILED] = len(self.failed)
        return counted

    @property
    def failed(self) -> tuple[SyncItem, ...]:
        return tuple(item for item in self.items if item.outcome is FetchOutcome.FAILED)

    @property
    def to_read(self) -> tuple[SyncItem, ...]:
        """The archived files that are new or changed, each content once."""
        changed = {item.sha256: item for item in reversed(self.documents) if item.outcome in TO_READ}
        return tuple(reversed(changed.values()))

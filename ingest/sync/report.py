"""The result of a sync."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.parts import Part, web_address
from warehouse.records.sources import NONE_ADOPTED, Adopted, CountsAs, FetchOutcome, Purpose

TO_READ = (FetchOutcome.NEW, FetchOutcome.CHANGED)


@dataclass(frozen=True, slots=True)
class SyncItem:
    """The result for one address. `path` is the archived file, None where none was ever fetched.

    Of a disclosure of several files `sha256` is that of their list, `path` the main file, and `parts` all of them;
    no parts where it stays as it was.
    """

    source: str
    address: str
    purpose: Purpose
    outcome: FetchOutcome
    reason: str | None = None
    sha256: str | None = None
    path: Path | None = None
    name: str = ""
    counts_as: CountsAs = CountsAs.DOCUMENT
    parts: tuple[Part, ...] = ()

    @property
    def url(self) -> str | None:
        """The web address of the document, or of its main file; None for a file of this machine."""
        return self.parts[0].url if self.parts else web_address(self.address)

    @property
    def attachments(self) -> tuple[Part, ...]:
        """The other files of a disclosure of several."""
        return self.parts[1:]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The results of one sync in the order they came in. `adopted`: files loaded before that now belong to a body whose
    place the manifest names."""

    run_id: int
    items: tuple[SyncItem, ...]
    adopted: Adopted = NONE_ADOPTED

    @property
    def documents(self) -> tuple[SyncItem, ...]:
        """The results for files."""
        files = (item for item in self.items if item.purpose is Purpose.DOCUMENT)
        return tuple(item for item in files if item.counts_as is not CountsAs.WHOLE)

    @property
    def wholes(self) -> tuple[SyncItem, ...]:
        """The results for disclosures of several files."""
        return tuple(item for item in self.items if item.counts_as is CountsAs.WHOLE)

    @property
    def counts(self) -> Counter[FetchOutcome]:
        """The number of files by outcome. Failures count listings, folders and disclosures of several files too."""
        counted = Counter(item.outcome for item in self.documents)
        counted[FetchOutcome.FAILED] = len(self.failed)
        return counted

    @property
    def failed(self) -> tuple[SyncItem, ...]:
        return tuple(item for item in self.items if item.outcome is FetchOutcome.FAILED)

    @property
    def to_read(self) -> tuple[SyncItem, ...]:
        """What is new or changed and to be read, each content once: no part of a disclosure of several by itself."""
        items = [item for item in (*self.documents, *self.wholes) if item.counts_as is not CountsAs.PART]
        changed = {item.sha256: item for item in reversed(items) if item.outcome in TO_READ}
        return tuple(reversed(changed.values()))

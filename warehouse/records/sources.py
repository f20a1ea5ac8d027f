"""What crosses the boundary between fetching and storing: sources, and what was seen at an address."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from warehouse.records.reading import FileRole, Scope


class SourceType(StrEnum):
    URL = "url"  # the address of one document
    PARTS = "parts"  # the addresses of the files of one disclosure
    LISTING = "listing"  # a page that links to documents
    FOLDER = "folder"
    GLOB = "glob"


class FetchOutcome(StrEnum):
    """What one look at an address brought."""

    NEW = "new"  # the first file seen there
    CHANGED = "changed"  # another file than the last; both are in the archive
    RETURNED = "returned"  # the same file again, after it had vanished
    UNCHANGED = "unchanged"
    VANISHED = "vanished"  # there was a file, and now there is none
    ABSENT = "absent"  # nothing is there, as before
    FAILED = "failed"
    FORGOTTEN = "forgotten"  # a file that was forgotten: not requested, or not kept
    RETRIED = "retried"  # an attempt that failed and was followed by another


class Purpose(StrEnum):
    DOCUMENT = "document"
    LISTING = "listing"


class CountsAs(StrEnum):
    """What a row of source_file is read as."""

    DOCUMENT = "document"  # a disclosure of its own
    PART = "part"  # not read by itself
    WHOLE = "whole"  # several files that are one disclosure; its SHA-256 is that of their list


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One entry of a manifest: where to look and what to expect."""

    name: str
    type: SourceType
    address: str
    departments: tuple[str, ...]
    fiscal_year: int | None
    kind: str  # of document, as in Profile
    scope: Scope | None
    division_code: str | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """The current file of an address. `etag` of a file in a folder: its size, times and number."""

    address: str
    source: str
    sha256: str
    file_name: str
    etag: str | None
    last_modified: str | None
    verified_at: datetime
    vanished_at: datetime | None
    counts_as: CountsAs


@dataclass(frozen=True, slots=True)
class ForgottenFile:
    """The current file of an address, where it is one that was forgotten. `etag` as in KnownFile."""

    address: str
    sha256: str
    etag: str | None
    last_modified: str | None
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class ThrownAway:
    """A forgotten file that came whole and was not archived. `etag` as in KnownFile."""

    sha256: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file that was fetched whole and lies in the archive."""

    sha256: str
    size: int  # bytes
    file_name: str
    media_type: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One file of a disclosure of several. It lies in the archive under its own SHA-256."""

    role: FileRole
    sha256: str
    file_name: str
    address: str


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt to fetch. `received` in bytes, `status` that of HTTP."""

    started_at: datetime
    seconds: float
    status: int | None
    received: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at an address during a run; without tries where nothing was fetched for it."""

    run_id: int
    source_id: int
    address: str
    tries: tuple[Try, ...]
    counts_as: CountsAs = CountsAs.DOCUMENT


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many files loaded before moved to a body whose place a manifest names, and the SHA-256 of those that the
    database refused to move, with the reason."""

    moved: int = 0
    refused: tuple[tuple[str, str], ...] = ()


NONE_ADOPTED = Adopted()

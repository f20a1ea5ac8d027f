"""What fetching one address can bring."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from ingest.sync.archive import Archived


class Refused(Exception):
    """Why an address gave nothing; trying again tonight would not help. `status` where one was answered."""

    def __init__(self, reason: str, status: int | None = None):
        super().__init__(reason)
        self.status = status


class Passing(Refused):
    """A fault that may be over at the next attempt. `waits`: the host said when, and its turn knows."""

    waits = False


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server called the version we hold."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Got:
    """A document that lies in the archive. `name` is for people, `etag` whatever marks this version."""

    archived: Archived
    name: str
    media_type: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class NotModified:
    """The version we hold is still there."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Nothing is there (any more)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """A listing page, as fetched from `address`."""

    content: bytes
    address: str
    content_type: str


Fetched = Got | NotModified | Gone | Failed
Result = Fetched | Page


@dataclass(slots=True)
class Attempt:
    """One request with its redirects. `bytes` of bodies as they came; `seconds` without the wait for a turn."""

    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    seconds: float = 0.0
    status: int | None = None
    bytes: int = 0
    reason: str | None = None

"""The possible results of fetching one address."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from ingest.sync.archive import Archived
from warehouse.records.sources import ThrownAway


class Refused(Exception):
    """An address gave nothing, and a retry in this sync would not help. `status` is the HTTP status, if any."""

    def __init__(self, reason: str, status: int | None = None):
        super().__init__(reason)
        self.status = status


class Passing(Refused):
    """An error that a retry may not meet. `waits`: the host sent Retry-After, so `Politeness` delays the retry."""

    waits = False


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators (ETag, Last-Modified) of the archived version."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Got:
    """A document that is now archived. `name` is for display; `etag` is any validator of this version.

    `address` and `content_type` as in `Page`.
    """

    archived: Archived
    name: str
    media_type: str
    validators: Validators
    address: str = ""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The address still has the archived version."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The address has a file that was forgotten. `came` is None where it was not requested."""

    came: ThrownAway | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The address has no document (HTTP 404 or 410, or a missing file)."""

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


Fetched = Got | NotModified | Forgotten | Gone | Failed
Result = Fetched | Page


@dataclass(slots=True)
class Attempt:
    """One request with its redirects. `bytes` of bodies as transferred; `seconds` without the wait for a turn."""

    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    seconds: float = 0.0
    status: int | None = None
    bytes: int = 0
    reason: str | None = None

"""The messages between the processes: JSON that is validated on arrival.

A document may exploit a fault of a library and control its reading process. So nothing that the process sends is
executed: its answer is validated field by field against the records, numbers and enums included, and an error is only
the name of a class.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ingest import errors
from ingest.about.files import Said
from ingest.isolation.limits import Limits
from ingest.readers.crops import Band, Crop, PageImage
from ingest.readers.parts import Part
from ingest.readers.pdf.scan.pictures import PageRead, PictureOf
from warehouse.base.messages import _
from warehouse.records.reading import Extraction


@dataclass(frozen=True, slots=True)
class RequestedPart:
    """An attachment to read with the main file: `Part` as a message."""

    path: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Converted:
    """The file that LibreOffice made of one of the files, which has this SHA-256."""

    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class Request:
    """`path` holds one character per byte, because a file name may not be valid text and JSON must be."""

    path: str
    url: str | None
    limits: Limits
    attachments: tuple[RequestedPart, ...] = ()
    formats: tuple[str, ...] = ()  # of the files, as far as they are known
    only_said: bool = False  # what the file says of itself is asked for, not what it prints
    converted: tuple[Converted, ...] = ()
    cuts: tuple[Band, ...] = ()  # pictures or excerpts of these places of the main file are asked for, nothing else
    pages: tuple[int, ...] = ()  # the pictures of these pages of the main file are asked for, and nothing else
    wanted: PictureOf | None = None  # this picture is to be recognised, and nothing else
    recognised: str | None = None  # the path of a file with what was recognised before: `Recognised`

    @classmethod
    def to_read(
        cls,
        path: Path,
        url: str | None,
        limits: Limits,
        attachments: Iterable[Part] = (),
        formats: Iterable[str] = (),
        converted: Mapping[str, Path] = MappingProxyType({}),
    ) -> "Request":
        """`converted` as `made`."""
        parts = (RequestedPart(_characters(part.path), part.name, part.url) for part in attachments)
        made = (Converted(sha256, _characters(converted[sha256])) for sha256 in converted)
        return cls(_characters(path), url, limits, tuple(parts), tuple(formats), converted=tuple(made))

    def file(self) -> Path:
        return _path(self.path)

    def made(self) -> dict[str, Path]:
        """The files that LibreOffice made, by the SHA-256 of those they were made of."""
        return {one.sha256: _path(one.path) for one in self.converted}

    def with_recognised(self, path: Path) -> "Request":
        return replace(self, recognised=_characters(path))

    def results(self) -> Path | None:
        return _path(self.recognised) if self.recognised else None

    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(_path(part.path), part.name, part.url) for part in self.attachments)


def _characters(path: Path) -> str:
    return os.fsencode(path.absolute()).decode("latin-1")


def _path(characters: str) -> Path:
    return Path(os.fsdecode(characters.encode("latin-1")))


@dataclass(frozen=True, slots=True)
class Ended:
    """How a reading process ended: `status` as of os.wait4, `peak_kb` its largest resident memory.

    `unconfined` says in what respects readers cannot be confined on this machine.
    """

    status: int
    overdue: bool
    seconds: float
    peak_kb: int
    unconfined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An IngestError by the name of its class. `file` names an attachment, where the error is about one."""

    error: str
    file: str | None = None
    page: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on pictures."""

    pages: tuple[tuple[PictureOf, PageRead], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a reading process: an extraction, what a file says of itself, crops or a page, or a refusal.

    `pictures` are those that were met and not read; `page` is the one that was wanted.
    """

    extraction: Extraction | None = None
    said: Said | None = None
    crops: tuple[Crop, ...] = ()
    pages: tuple[PageImage, ...] = ()
    refusal: Refusal | None = None
    pictures: tuple[PictureOf, ...] = ()
    page: PageRead | None = None


Message = TypeVar("Message")


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def adapter(kind: type[Message]) -> TypeAdapter[Message]:
    """The adapter of a kind of message. Cached, because building one takes longer than encoding a message."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def encode(message: Any) -> bytes:
    return adapter(type(message)).dump_json(message)


def decode(kind: type[Message], data: bytes) -> Message:
    """The message in these bytes. Raises ValueError naming the first wrong field."""
    try:
        return adapter(kind).validate_json(data, strict=True)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        raise ValueError(f"{'.'.join(map(str, wrong['loc'])) or 'all of it'}: {wrong['msg']}") from error


def refusal_of(error: errors.IngestError, attachments: Iterable[Part] = ()) -> Refusal:
    file = error.file if error.file in {part.name for part in attachments} else None
    return Refusal(
        type(error).__name__, file, error.page, {name: str(detail) for name, detail in error.details.items()}
    )


def error_of(refusal: Refusal, file: str, attachments: Iterable[Part] = ()) -> errors.IngestError:
    """The error that a refusal names, about `file` or one of its attachments.

    Raises ValueError if there is no such class or attachment, or if the message lacks a field.
    """
    kind = getattr(errors, refusal.error, None)
    if not (isinstance(kind, type) and issubclass(kind, errors.IngestError)):
        raise ValueError(f"there is no error {refusal.error}")
    if refusal.file is not None and refusal.file not in {part.name for part in attachments}:
        raise ValueError(_("it names a file that was not to be read"))
    try:
        return kind(refusal.file or file, refusal.page, **refusal.details)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{refusal.error} without {error}") from error

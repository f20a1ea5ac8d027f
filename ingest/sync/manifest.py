"""The manifest: where documents are published and what is expected there. Its format: docs/nightly.md.

TOML, or CSV for lists kept in a spreadsheet. The whole manifest is validated before anything is fetched.
"""

import csv
import os
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ingest.sync.errors import BadManifest
from ingest.sync.urls import LONGEST, NotAnAddress, host_of, normal
from warehouse.base.messages import _
from warehouse.kinds.names import FINAL_ACCOUNTS, kind_names
from warehouse.records.reading import Scope

Model = TypeVar("Model", bound=BaseModel)
TYPES = ("url", "parts", "listing", "folder", "glob")
SEVERAL = re.compile(r"[;；]")  # separates several departments, hosts or parts in a cell of a CSV
WEB = re.compile(r"\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)
OF_SEVERAL = "#parts"  # no address of a file has a fragment


def _list(value: Any) -> Any:
    """A single word as a list of one."""
    if not isinstance(value, str):
        return value
    return [part.strip() for part in SEVERAL.split(value) if part.strip()]


def _known_kind(name: str) -> str:
    if name not in kind_names():
        raise PydanticCustomError("kind", "Input should be {known}", {"known": " or ".join(map(repr, kind_names()))})
    return name


KindName = Annotated[str, AfterValidator(_known_kind)]
Words = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], BeforeValidator(_list)]
Addresses = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_list)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Manners(_Strict):
    """Limits per host: seconds between two requests, and parallel requests."""

    interval_seconds: float = Field(default=1.0, ge=0, le=3600)
    connections: int = Field(default=1, ge=1, le=16)


class Limits(_Strict):
    """Limits of one request in bytes and seconds, and how often it is tried."""

    max_bytes: int = Field(default=100 * 1024**2, ge=1)
    connect_seconds: float = Field(default=15, gt=0)
    stall_seconds: float = Field(default=30, gt=0)  # without a single byte
    total_seconds: float = Field(default=600, gt=0)
    redirects: int = Field(default=5, ge=0, le=20)
    attempts: int = Field(default=4, ge=1, le=10)
    backoff_seconds: float = Field(default=1, ge=0)  # before the second attempt; doubles
    longest_wait_seconds: float = Field(default=300, ge=0)  # of a Retry-After or Crawl-delay
    recheck_days: float = Field(default=30, ge=0)  # then it is fetched again, even if "not modified"
    links: int = Field(default=5000, ge=1)  # documents of one listing page
    pages: int = Field(default=500, ge=1)  # of disclosures, of one listing page; more are left out
    failures_in_a_row: int = Field(default=5, ge=1)  # of one host; then it is skipped until the next sync
    hosts_at_once: int = Field(default=8, ge=1, le=64)


class Expected(_Strict):
    """The documents that are expected of a source. None of it replaces what a document says of itself."""

    department: Words = ()
    fiscal_year: int | None = Field(default=None, ge=1990, le=2200)
    kind: KindName = FINAL_ACCOUNTS
    scope: Scope | None = None
    division_code: str | None = Field(default=None, pattern=r"^[0-9]{6}$")
    due_on: date | None = None


class Source(Expected):
    """One entry. Exactly one of url, parts, listing, folder and glob is given; paths are absolute."""

    name: str = Field(default="", max_length=200)
    url: str | None = None
    parts: Addresses = ()  # the files of one disclosure, the main one first
    listing: str | None = None
    folder: str | None = None
    glob: str | None = None
    hosts: Words = ()  # of a listing: other hosts that may hold its documents
    together: bool = False  # of a listing, folder or glob: all its documents are one disclosure
    main: str = Field(default="", max_length=200)  # words that the name of the main one of them contains

    @model_validator(mode="after")
    def complete(self) -> Self:
        given = [kind for kind in TYPES if getattr(self, kind)]
        if len(given) != 1:
            raise ValueError(
                _("needs one of {listed}, and has {listed_2}").format(
                    listed=", ".join(TYPES), listed_2=" and ".join(given) or "none"
                )
            )
        if len(self.parts) == 1:
            raise ValueError(_("parts needs two addresses or more: one document is a url or a glob"))
        if self.hosts and not self.listing:
            raise ValueError(_("hosts belongs to a listing"))
        if self.together and (self.url or self.parts):
            raise ValueError(_("together belongs to a listing, a folder or a glob"))
        if self.main and not self.together:
            raise ValueError(_("main needs together = true"))
        if self.due_on and not (self.department and self.fiscal_year):
            raise ValueError(_("due_on needs department and fiscal_year"))
        return self

    @property
    def type(self) -> str:
        return next(kind for kind in TYPES if getattr(self, kind))

    @property
    def addresses(self) -> tuple[str, ...]:
        """What the entry names: one address or path, or those of all parts."""
        return self.parts or (getattr(self, self.type),)

    @property
    def address(self) -> str:
        return self.addresses[0]

    @property
    def all_hosts(self) -> set[str]:
        """The hosts that the documents of a web address may lie on."""
        return {host_of(self.address), *self.hosts}

    @property
    def is_of_several(self) -> bool:
        """Whether its documents are the parts of one disclosure."""
        return self.together or bool(self.parts)

    @property
    def address_of_several(self) -> str:
        """Where the disclosure as a whole is known; its files have addresses of their own."""
        return whole_at(self.address if WEB.match(self.address) else Path(self.address).as_uri())


def whole_at(address: str) -> str:
    """Where the disclosure of several files is known that lies at an address, or that a page there announces."""
    return f"{address}{OF_SEVERAL}"


class Manifest(_Strict):
    """`name` is that of the file; the warehouse keeps its sources under this name."""

    name: str = ""
    contact: str = Field(default="", pattern=r"^[\x21-\x7e ]*$", max_length=200)  # part of the User-Agent header
    manners_of_all: Manners = Field(default=Manners(), alias="politeness")
    host: dict[str, Manners] = Field(default_factory=dict)
    limits: Limits = Limits()
    source: tuple[Source, ...] = ()

    def manners(self, host: str) -> Manners:
        return self.host.get(host, self.manners_of_all)


def read_manifest(path: Path) -> Manifest:
    """The manifest in a .toml or .csv file. Raises BadManifest (file, line or entry, reason) and OSError."""
    given, places = _read_csv(path) if path.suffix.lower() == ".csv" else _read_toml(path)
    entries = given.pop("source", [])
    if not isinstance(entries, list) or not entries:
        raise BadManifest(_("{name}: no source is named").format(name=path.name))
    defaults = _valid(Expected, given.pop("defaults", {}), f"{path.name}: defaults").model_dump(exclude_unset=True)
    manifest = _valid(Manifest, given, path.name)
    sources = tuple(_source(path, defaults, entry, place) for entry, place in zip(entries, places, strict=True))
    _refuse_twins(sources, places)
    return manifest.model_copy(update={"name": path.name, "source": sources})


def _read_toml(path: Path) -> tuple[dict[str, Any], list[str]]:
    text = _text(path)
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadManifest(f"{path.name}: {error}") from None
    entries = given.get("source", [])
    lines = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*source\s*\]\]", line)]
    count = len(entries) if isinstance(entries, list) else 0
    if len(lines) != count:  # written inline
        return given, [f"{path.name}: source {number}" for number in range(1, count + 1)]
    return given, [f"{path.name} line {line}" for line in lines]


def _read_csv(path: Path) -> tuple[dict[str, Any], list[str]]:
    rows = csv.DictReader(_text(path).splitlines(), strict=True)
    try:
        return _of_rows(path, rows)
    except csv.Error as error:
        raise BadManifest(f"{path.name} line {rows.line_num}: {error}") from None


def _of_rows(path: Path, rows: "csv.DictReader[str]") -> tuple[dict[str, Any], list[str]]:
    entries, places = [], []
    for row in rows:
        place = f"{path.name} line {rows.line_num}"
        if None in row:
            raise BadManifest(_("{place}: has more cells than the first line names").format(place=place))
        if filled := {name: cell.strip() for name, cell in row.items() if cell and cell.strip()}:
            entries.append(filled)
            places.append(place)
    return {"source": entries}, places


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadManifest(_("{name}: is not UTF-8 (byte {start})").format(name=path.name, start=error.start)) from None


def _source(path: Path, defaults: dict[str, Any], entry: Any, place: str) -> Source:
    if not isinstance(entry, dict):
        raise BadManifest(f"{place}: is no table")
    source = _valid(Source, {**defaults, **entry}, place)
    try:
        addresses = _addresses(path, source)
    except NotAnAddress as error:
        raise BadManifest(f"{place}: {source.type} {error}") from None
    hosts = tuple(host.lower() for host in source.hosts)
    found = {source.type: addresses if source.parts else addresses[0], "name": source.name or addresses[0]}
    source = source.model_copy(update={**found, "hosts": hosts})
    if source.is_of_several and len(source.address_of_several) > LONGEST:
        raise BadManifest(
            _("{place}: {type} is longer than {value} characters").format(
                place=place, type=source.type, value=LONGEST - len(OF_SEVERAL)
            )
        )
    return source


def _addresses(path: Path, source: Source) -> tuple[str, ...]:
    """The addresses or absolute paths that the entry names. Raises NotAnAddress."""
    are_web = {bool(WEB.match(part)) for part in source.parts} or {bool(source.url or source.listing)}
    if len(are_web) > 1:
        raise NotAnAddress(_("names both web addresses and paths"))
    found = tuple(normal(one) if are_web == {True} else _absolute(path, one) for one in source.addresses)
    if twice := next((one for number, one in enumerate(found) if one in found[:number]), None):
        raise NotAnAddress(_("names {twice} twice").format(twice=twice))
    return found


def _absolute(path: Path, given: str) -> str:
    if "\0" in given or len(given) > LONGEST:
        raise NotAnAddress(_("is no path"))
    return os.path.normpath(path.absolute().parent / Path(given).expanduser())


def _valid(model: type[Model], given: Any, place: str) -> Model:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise BadManifest(f"{place}: {'; '.join(_reasons(error))}") from None


def _reasons(error: ValidationError) -> Iterator[str]:
    for found in error.errors(include_url=False, include_context=False):
        field = ".".join(map(str, found["loc"]))
        if found["type"] == "extra_forbidden":
            yield _("{field} is not known here").format(field=field)
        else:
            message = found["msg"].removeprefix("Value error, ")
            yield f"{field}: {message}" if field else message


def _refuse_twins(sources: tuple[Source, ...], places: list[str]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for source, place in zip(sources, places, strict=True):
        for what, value in (("name", source.name), *(("address", address) for address in source.addresses)):
            if (what, value) in seen:
                raise BadManifest(
                    _("{place}: has the same {what} as {seen}: {value}").format(
                        place=place, what=what, seen=seen[what, value], value=value
                    )
                )
            seen[what, value] = place

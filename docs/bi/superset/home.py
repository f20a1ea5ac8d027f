"""The folder of the BI tool outside of git: its secrets, its metadata database, its log."""

import hashlib
import os
import secrets
from pathlib import Path

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
USER = "admin"


class BiError(Exception):
    """A fault that the user can correct; the text says which."""


class Home:
    """The folder; it is created readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.log = self.folder / "superset.log"
        self.pid = self.folder / "superset.pid"
        self.pictures = self.folder / "pictures"

    @property
    def password(self) -> str:
        return self._secret("admin-password", 12)

    def environment(self) -> dict[str, str]:
        """The environment variables of Superset's commands and server."""
        self._secret("secret-key", 42)
        own = {
            "FLASK_APP": "superset",
            "SUPERSET_HOME": str(self.folder),
            "SUPERSET_CONFIG_PATH": str(HERE / "superset_config.py"),
        }
        return os.environ | own

    def is_prepared(self) -> bool:
        """Whether the metadata database was made by the installed versions."""
        return self._prepared.exists() and self._prepared.read_text("utf-8") == _versions()

    def set_prepared(self) -> None:
        self._prepared.write_text(_versions(), "utf-8")

    @property
    def _prepared(self) -> Path:
        return self.folder / "prepared"

    def _secret(self, name: str, size: int) -> str:
        file = self.folder / name
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(size), "utf-8")
        return file.read_text("utf-8")


def _versions() -> str:
    return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()

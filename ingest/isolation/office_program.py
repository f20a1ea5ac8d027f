"""Takes from this process the rights that an Office program does not need, and becomes that program.

`python -m ingest.isolation.office_program PARENT FOLDER SECONDS confined|as-far-as-possible PROGRAM ARGUMENT…`. The
program may read what is installed on the machine, and write in FOLDER alone; it has no network and no right of root,
and ends with the process PARENT.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ingest.isolation import landlock, system_calls
from ingest.isolation.confine import Missing, end_with_parent, give_up_rights
from ingest.isolation.limits import MEGABYTE, bind
from ingest.isolation.unprivileged import NOBODY

NOT_CONFINED, AGAIN = 84, 81  # 84 as ingest.isolation.child ends; a new profile makes LibreOffice ask for another start
STARTS = 3
READABLE = (
    *("/usr", "/lib", "/lib64", "/bin", "/opt", "/var/lib/libreoffice", "/var/spool/libreoffice"),
    *("/var/cache/fontconfig", "/etc/libreoffice", "/etc/fonts", "/etc/ld.so.cache", "/etc/passwd", "/etc/localtime"),
)
DEVICES, SOCKETS = "/dev", "/tmp"  # LibreOffice makes a socket in /tmp, whatever TMPDIR says
LARGEST_FILE, MOST_MEMORY = 512 * MEGABYTE, 4096 * MEGABYTE


def run(parent: int, folder: Path, seconds: int, must_confine: bool, command: Sequence[str]) -> int:
    """The exit status of the program. Raises OSError."""
    end_with_parent(parent)
    _limit(seconds)
    missing = _confine(folder)
    if missing and must_confine:
        sys.stdout.write("; ".join(missing))  # for the process that waits for this one
        return NOT_CONFINED
    return next((status for _ in range(STARTS) if (status := _status(command)) != AGAIN), AGAIN)


def _status(command: Sequence[str]) -> int:
    launcher = os.getpid()
    return subprocess.run(command, preexec_fn=lambda: end_with_parent(launcher), check=False).returncode


def _limit(seconds: int) -> None:
    Path("/proc/self/oom_score_adj").write_text("1000")
    bind(resource.RLIMIT_CPU, seconds)
    bind(resource.RLIMIT_FSIZE, LARGEST_FILE)
    bind(resource.RLIMIT_AS, MOST_MEMORY)
    bind(resource.RLIMIT_CORE, 0)


def _confine(folder: Path) -> tuple[Missing, ...]:
    """What this machine has no means for. Raises OSError where it has the means and they fail."""
    rules = None
    if landlock.version():  # while root may open the folders
        rules = landlock.rules_to_run(map(Path, READABLE), folder, Path(DEVICES), Path(SOCKETS))
    _give_away(folder)
    return give_up_rights(rules, system_calls.refuse_networks)


def _give_away(folder: Path) -> None:
    """The user without rights gets the folder, where there is one."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


if __name__ == "__main__":
    parent, folder, seconds, confined, *command = sys.argv[1:]
    sys.exit(run(int(parent), Path(folder), int(seconds), confined == "confined", command))

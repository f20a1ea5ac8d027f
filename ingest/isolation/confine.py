"""Takes from a reading process, for good, every right that reading does not need. docs/isolation.md says what holds.

A document that controls its process could read what its user may read: so root is given up, and Landlock leaves the
program, its libraries and fonts. It could act by system calls: so seccomp leaves those of reading. The document itself
is opened before.
"""

import ctypes
import errno
import os
import signal
import sysconfig
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from ingest.isolation import landlock, system_calls
from ingest.isolation.unprivileged import give_up_root
from warehouse.base.messages import N_, _
from warehouse.kinds import reference_lists

WITHOUT_SECCOMP = (errno.EINVAL, errno.ENOSYS, errno.EPERM)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
# Where PDFium looks for a font that a document names and does not hold: core/fxge/linux/fx_linux_impl.cpp
FONTS = ("/usr/share/fonts", "/usr/share/X11/fonts/Type1", "/usr/share/X11/fonts/TTF", "/usr/local/share/fonts")
OF_PYTHON = ("stdlib", "platstdlib", "purelib", "platlib")
READABLE = (
    Path(__file__).parents[1],
    Path(reference_lists.__file__).parents[1],
    *(Path(path) for path in dict.fromkeys(map(sysconfig.get_path, OF_PYTHON))),
    *map(Path, FONTS),
)


class Missing(StrEnum):
    """What this machine has no means for. The values are read by whoever runs the machine."""

    USERS = N_("root cannot be given up, because there is no other user here")
    FILES = N_("other files can be read, because the kernel has no Landlock")
    CALLS = N_("all system calls can be made, because there is no seccomp filter for this kernel and processor")


def confine() -> tuple[Missing, ...]:
    """Confines this process. Returns what the machine has no means for; nothing where all holds.

    Raises OSError where the machine has the means and they fail.
    """
    rules = landlock.rules_to_read(READABLE) if landlock.version() else None  # while root may open the folders
    return give_up_rights(rules, system_calls.filter_calls)


def give_up_rights(rules: int | None, filter_calls: Callable[[], None]) -> tuple[Missing, ...]:
    """Leaves root, and the files and system calls that the rules and the filter do not allow; None without Landlock.

    Returns what the machine has no means for. Raises OSError where it has the means and they fail.
    """
    parent = os.getppid()
    missing = [] if give_up_root() else [Missing.USERS]
    protect(parent)
    if rules is None:
        missing.append(Missing.FILES)
    else:
        landlock.restrict(rules)
    if not filtered(filter_calls):
        missing.append(Missing.CALLS)
    return tuple(missing)


def protect(parent: int) -> None:
    """No program gains rights, no process of the same user looks into this one, and it ends with its parent."""
    _set(PR_SET_NO_NEW_PRIVS, 1)
    _set(PR_SET_DUMPABLE, 0)
    end_with_parent(parent)  # once more, because the kernel forgets it when the user changes


def end_with_parent(parent: int) -> None:
    """The kernel kills this process when the one that forked it ends. Raises OSError, also where it has ended already.

    `parent` is its process id.
    """
    _set(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise ProcessLookupError(errno.ESRCH, _("the parent process has ended"))


def _set(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), _("prctl {option} failed").format(option=option))


def filtered(install: Callable[[], None]) -> bool:
    """Whether a filter of system calls was installed.

    It is not on a processor that is not listed, and where the kernel or a container has no seccomp for its processes.
    """
    if not system_calls.is_known():
        return False
    try:
        install()
    except OSError as error:
        if error.errno not in WITHOUT_SECCOMP:
            raise
        return False
    return True

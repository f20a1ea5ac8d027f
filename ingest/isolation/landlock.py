"""Landlock: from now on a process may read in some folders, and can open no other file.

https://docs.kernel.org/userspace-api/landlock.html. Linux 5.13 and later has it, where it is not left out or switched
off. It needs no privilege and cannot be undone. Files that are open already stay so. What is not covered: whether a
path exists, and the size and times of what is there.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR

from warehouse.base.messages import _

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every machine
CREATE_RULESET_VERSION, RULE_PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_FILE, MAKE_SOCKET = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 5, 1 << 9
READ, OF_ONE_FILE = READ_FILE | READ_DIR, READ_FILE | EXECUTE  # what may be allowed of a path that is no folder
# The rights that are taken away, by the version of the interface from which the kernel knows them.
OF_FILES = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # all of the first; refer, truncate, ioctl of devices
OF_NETWORKS = {4: 0b11}  # bind, connect
OF_PROCESSES = {6: 0b11}  # abstract sockets and signals of processes outside

_libc = ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """The version of the interface; 0 on a kernel without Landlock."""
    return max(0, _libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), CREATE_RULESET_VERSION))


def rules_to_read(folders: Iterable[Path]) -> int:
    """A descriptor of rules: of all that Landlock knows, only to read in these folders. Others are left out.

    The folders that do not exist, or that the process may not enter, get no rule. Raises OSError.
    """
    return _rules((folder, READ) for folder in folders)


def rules_to_run(programs: Iterable[Path], writable: Path, devices: Path, sockets: Path) -> int:
    """The same of a program: it may read and run what is in `programs`, use devices, and make its sockets.

    In `writable` it may do everything.
    """
    rights = [(writable, _rights(OF_FILES, version())), (devices, READ | WRITE_FILE)]
    rights += [(sockets, MAKE_SOCKET | REMOVE_FILE), *((folder, READ | EXECUTE) for folder in programs)]
    return _rules(rights)


def _rules(allowed: Iterable[tuple[Path, int]]) -> int:
    known = version()
    rights = struct.pack("=QQQ", *(_rights(of, known) for of in (OF_FILES, OF_NETWORKS, OF_PROCESSES)))
    rules = _call(CREATE_RULESET, rights[: _size(known)], ctypes.c_size_t(_size(known)), 0)
    for folder, allows in allowed:
        with suppress(FileNotFoundError, PermissionError):
            _allow(rules, folder, allows)
    return rules


def restrict(rules: int) -> None:
    """Holds this process and all it starts to the rules, and closes their descriptor. Raises OSError."""
    _call(RESTRICT_SELF, rules, 0)
    os.close(rules)


def _allow(rules: int, folder: Path, allows: int) -> None:
    opened = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        of_files = allows if S_ISDIR(os.fstat(opened).st_mode) else allows & OF_ONE_FILE
        _call(ADD_RULE, rules, RULE_PATH_BENEATH, struct.pack("=Qi", of_files, opened), 0)
    finally:
        os.close(opened)


def _rights(by_version: dict[int, int], known: int) -> int:
    return sum(rights for since, rights in by_version.items() if since <= known)


def _size(known: int) -> int:
    """The bytes of struct landlock_ruleset_attr: networks and processes were added to files."""
    return 8 * (1 + (known >= min(OF_NETWORKS)) + (known >= min(OF_PROCESSES)))


def _call(number: int, *arguments: object) -> int:
    result: int = _libc.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), _("Landlock refuses its rules"))
    return result

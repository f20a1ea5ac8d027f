"""A process gives up root, its groups and its capabilities, for good."""

import ctypes
import errno
import os
import struct

NOBODY = 65534  # user and group that own nothing, on every Linux
CAPABILITY_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3: two sets of 32
WITHOUT_OTHER_USERS = (errno.EPERM, errno.EINVAL)  # a container may lack CAP_SETUID, or hold no user but root


def give_up_root() -> bool:
    """Becomes nobody where it is root. False where the machine allows no other user.

    The capabilities are given up in any case. Raises OSError.
    """
    is_given_up = os.geteuid() != 0 or _become_nobody()
    _drop_capabilities()
    return is_given_up


def _become_nobody() -> bool:
    try:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError as error:
        if error.errno not in WITHOUT_OTHER_USERS:
            raise
        return False
    return True


def _drop_capabilities() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(struct.pack("=Ii", CAPABILITY_VERSION, 0), bytes(24)) != 0:
        raise OSError(ctypes.get_errno(), "the capabilities cannot be given up")

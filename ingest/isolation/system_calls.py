"""A seccomp filter that lets a reading process make the system calls of reading and no others.

Calls that are not listed fail with EPERM, so that a library may do without. A call by the numbers of another processor
ends the process. The filter cannot be removed again, and installing it needs no privilege.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterator

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000  # REFUSE holds EPERM
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
OTHER_ABI = 0x40000000  # the x32 ABI of x86_64 sets this bit in the numbers of its calls
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Name → numbers: arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h; None where there is no such
# call. The most frequent stand first, because the filter compares a number with them in this order.
MACHINES = ("x86_64", "aarch64")
ALLOWED: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "lseek": (8, 62), "fstat": (5, 80), "newfstatat": (262, 79), "close": (3, 57),
    "mmap": (9, 222), "munmap": (11, 215), "brk": (12, 214), "madvise": (28, 233), "mremap": (25, 216),
    "mprotect": (10, 226), "write": (1, 64), "writev": (20, 66), "readv": (19, 65), "pread64": (17, 67),
    "stat": (4, None), "lstat": (6, None), "statx": (332, 291), "getdents64": (217, 61), "getcwd": (79, 17),
    "dup": (32, 23), "futex": (202, 98), "getrandom": (318, 278), "sched_yield": (24, 124),
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101),
    "gettimeofday": (96, 169), "time": (201, None), "restart_syscall": (219, 128),
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174), "getgid": (104, 176),
    "geteuid": (107, 175), "getegid": (108, 177), "getrusage": (98, 165), "uname": (63, 160), "sysinfo": (99, 179),
    "sched_getaffinity": (204, 123), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "sigaltstack": (131, 132), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
OPENAT, FCNTL, IOCTL, TGKILL, PRLIMIT = (257, 56), (72, 25), (16, 29), (234, 131), (302, 261)

SOCKET, IO_URING, AF_UNIX = (41, 198), 425, 1

O_PATH = 0o10000000  # opens a file that may not be read; Landlock does not see it
NOT_READING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | O_PATH
DESCRIPTORS = (0, 1030, 1, 2, 3)  # F_DUPFD F_DUPFD_CLOEXEC F_GETFD F_SETFD F_GETFL; F_SETOWN would signal others
TERMINALS = (0x5401, 0x5450, 0x5451)  # TCGETS FIONCLEX FIOCLEX; Python asks whether what it opens is a terminal


def is_known() -> bool:
    """Whether the calls of this machine are listed, and the process makes those and not those of a 32-bit ABI."""
    return os.uname().machine in ARCHITECTURES and sys.maxsize > 2**32


def filter_calls() -> None:
    """Installs the filter in this process. Raises OSError."""
    _install(b"".join(_filter(os.uname().machine, os.getpid())))


def refuse_networks() -> None:
    """Installs a filter that refuses sockets of every network, and leaves all other calls. Raises OSError."""
    _install(b"".join(_no_network(MACHINES.index(os.uname().machine))))


def _install(program: bytes) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, described, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp refuses the filter of system calls")


def _filter(machine: str, pid: int) -> Iterator[bytes]:
    yield _step(LOAD, ARCHITECTURE)
    yield _step(EQUAL, ARCHITECTURES[machine], 1, 0)
    yield _step(RETURN, KILL)
    yield _step(LOAD, NUMBER)
    yield _step(AT_LEAST, OTHER_ABI, 0, 1)
    yield _step(RETURN, REFUSE)
    at = MACHINES.index(machine)
    for numbers in ALLOWED.values():
        yield from _if(numbers[at])
    yield from _if(OPENAT[at], *_has_no_bit(_low(2), NOT_READING))
    yield from _if(FCNTL[at], *_is_one_of(_low(1), *DESCRIPTORS))
    yield from _if(IOCTL[at], *_is_one_of(_low(1), *TERMINALS))
    yield from _if(TGKILL[at], *_is_one_of(_low(0), pid))  # abort() and raise() signal their own process
    limits_are_read = (*_is_one_of(_low(0), 0, pid), *_is_one_of(_low(2), 0), *_is_one_of(_high(2), 0))
    yield from _if(PRLIMIT[at], *limits_are_read)
    yield _step(RETURN, REFUSE)


def _no_network(at: int) -> Iterator[bytes]:
    yield _step(LOAD, ARCHITECTURE)
    yield _step(EQUAL, ARCHITECTURES[MACHINES[at]], 1, 0)
    yield _step(RETURN, KILL)
    yield _step(LOAD, NUMBER)
    yield _step(AT_LEAST, OTHER_ABI, 0, 1)
    yield _step(RETURN, REFUSE)
    yield _step(EQUAL, IO_URING, 0, 1)  # which makes sockets by another way
    yield _step(RETURN, REFUSE)
    yield from _if(SOCKET[at], *_is_one_of(_low(0), AF_UNIX))
    yield _step(RETURN, ALLOW)


def _if(number: int | None, *conditions: bytes) -> Iterator[bytes]:
    """Instructions that allow a call unless a condition refuses it; with other calls they go on."""
    if number is None:
        return
    yield _step(EQUAL, number, 0, len(conditions) + 1)
    yield from conditions
    yield _step(RETURN, ALLOW)


def _is_one_of(place: int, *values: int) -> Iterator[bytes]:
    yield _step(LOAD, place)
    for left in range(len(values), 0, -1):
        yield _step(EQUAL, values[-left], left, 0)
    yield _step(RETURN, REFUSE)


def _has_no_bit(place: int, bits: int) -> Iterator[bytes]:
    yield _step(LOAD, place)
    yield _step(ANY_BIT, bits, 0, 1)
    yield _step(RETURN, REFUSE)


def _low(argument: int) -> int:
    """Offset of the lower half of an argument: all that the kernel takes of an int. Both machines are little-endian."""
    return ARGUMENTS + 8 * argument


def _high(argument: int) -> int:
    return _low(argument) + 4


def _step(code: int, operand: int, jump_if: int = 0, jump_unless: int = 0) -> bytes:
    return struct.pack("=HBBI", code, jump_if, jump_unless, operand)

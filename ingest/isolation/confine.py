"""Restricts the system calls of a reading process: it may read files and write to descriptors that are already open.

A seccomp filter refuses to start a program or process, to use a network, to write, rename or remove a file, to signal
or trace another process, and to raise its limits. It cannot be removed again. Refused calls fail with EPERM. Installing
it needs no privilege. Where the kernel has no seccomp, or on a processor that is not listed, nothing is filtered; the
resource limits and the separate process remain.
"""

import ctypes
import os
import platform
import struct
from collections.abc import Iterator

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
OTHER_ABI = 0x40000000  # the x32 ABI of the same processor has other call numbers
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h, by machine
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OPENAT = {"x86_64": 257, "aarch64": 56}
OPEN = {"x86_64": 2}
PRLIMIT = {"x86_64": 302, "aarch64": 261}
REFUSED = {
    "x86_64": (
        *(59, 322, 57, 58, 56, 435),  # execve execveat fork vfork clone clone3
        *(41, 53, 42, 49, 425),  # socket socketpair connect bind io_uring_setup
        *(62, 200, 129, 297, 424),  # kill tkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal
        *(101, 310, 311, 434, 438),  # ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd
        *(437, 85, 76, 77),  # openat2 creat truncate ftruncate
        *(82, 264, 316, 83, 258, 84),  # rename renameat renameat2 mkdir mkdirat rmdir
        *(86, 265, 87, 263, 88, 266),  # link linkat unlink unlinkat symlink symlinkat
        *(90, 91, 268, 452, 92, 93, 94, 260),  # chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat
        *(133, 259, 132, 235, 261, 280),  # mknod mknodat utime utimes futimesat utimensat
        *(188, 189, 190, 197, 198, 199),  # setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
        *(165, 166, 272, 308, 161, 155),  # mount umount2 unshare setns chroot pivot_root
        *(321, 298, 323, 248, 249, 250, 160),  # bpf perf_event_open userfaultfd add_key request_key keyctl setrlimit
    ),
    "aarch64": (
        *(221, 281, 220, 435),
        *(198, 199, 203, 200, 425),
        *(129, 130, 138, 240, 424),
        *(117, 270, 271, 434, 438),
        *(437, 45, 46),
        *(38, 276, 34),
        *(37, 35, 36),
        *(52, 53, 452, 54, 55),
        *(33, 88),
        *(5, 6, 7, 14, 15, 16),
        *(40, 39, 97, 268, 51, 41),
        *(280, 241, 282, 217, 218, 219, 164),
    ),
}


def confine() -> bool:
    """Installs the filter; False where there is none for this machine or the kernel refuses it."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        return False
    program = b"".join(_filter(machine))
    code = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    return libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, described, 0, 0) == 0


def _filter(machine: str) -> Iterator[bytes]:
    yield _step(LOAD, ARCHITECTURE)
    yield from _when(EQUAL, ARCHITECTURES[machine], otherwise=KILL)
    yield _step(LOAD, NUMBER)
    yield from _when(AT_LEAST, OTHER_ABI, then=REFUSE)
    for number in REFUSED[machine]:
        yield from _when(EQUAL, number, then=REFUSE)
    if machine in OPEN:
        yield from _refuse_bits(OPEN[machine], 1, WRITING)
    yield from _refuse_bits(OPENAT[machine], 2, WRITING)
    yield from _refuse_bits(PRLIMIT[machine], 2, 0xFFFFFFFF)  # limits may be read, not set
    yield _step(RETURN, ALLOW)


def _when(test: int, value: int, then: int | None = None, otherwise: int | None = None) -> Iterator[bytes]:
    """Instructions that return `then` if the test holds, `otherwise` if not. Where that value is None they go on."""
    skip_if, skip_unless = (0, 1) if otherwise is None else (1, 0)
    yield _step(test, value, skip_if, skip_unless)
    answer = then if otherwise is None else otherwise
    assert answer is not None
    yield _step(RETURN, answer)


def _refuse_bits(call: int, argument: int, bits: int) -> Iterator[bytes]:
    """Instructions that refuse a call whose 64-bit argument has any of the bits in either half."""
    offset = ARGUMENTS + 8 * argument
    yield _step(EQUAL, call, 0, 6)
    yield _step(LOAD, offset)
    yield _step(ANY_BIT, bits, 2, 0)
    yield _step(LOAD, offset + 4)
    yield _step(ANY_BIT, bits, 0, 1)
    yield _step(RETURN, REFUSE)
    yield _step(RETURN, ALLOW)


def _step(code: int, operand: int, jump_if: int = 0, jump_unless: int = 0) -> bytes:
    return struct.pack("=HBBI", code, jump_if, jump_unless, operand)

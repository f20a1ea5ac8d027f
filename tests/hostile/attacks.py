"""What a document might try once it controls its reading process, each as one Python expression.

`call` makes a system call by its name, and raises OSError where it fails. `folder` holds the files of others, `victim`
and `parent` are other processes. An attack that succeeds returns; one that is refused raises OSError.
"""

import ctypes
import json
import os
from collections.abc import Callable
from typing import Any

# Name → numbers of x86_64 and of aarch64.
CALLS = {
    "clone": (56, 220), "vfork": (58, 220), "clone3": (435, 435), "execve": (59, 221), "execveat": (322, 281),
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438), "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kcmp": (312, 272), "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "io_uring_setup": (425, 425), "openat2": (437, 437), "open_by_handle_at": (304, 265), "truncate": (76, 45),
    "ftruncate": (77, 46), "fallocate": (285, 47), "mknodat": (259, 33), "setxattr": (188, 5), "fsopen": (430, 430),
    "open_tree": (428, 428), "move_mount": (429, 429), "mount": (165, 40), "umount2": (166, 39), "unshare": (272, 97),
    "setns": (308, 268), "pivot_root": (155, 41), "setresuid": (117, 147), "setresgid": (119, 149),
    "capset": (126, 91), "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186),
    "mq_open": (240, 180), "memfd_create": (319, 279), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "add_key": (248, 217), "keyctl": (250, 219), "prctl": (157, 167),
    "seccomp": (317, 277), "setrlimit": (160, 164), "prlimit64": (302, 261), "fcntl": (72, 25), "ioctl": (16, 29),
    "inotify_init1": (294, 26), "fanotify_init": (300, 262), "personality": (135, 92), "setpriority": (141, 140),
    "sched_setaffinity": (203, 122), "setpgid": (109, 154), "landlock_create_ruleset": (444, 444),
}  # fmt: skip

OF_CALLS = {
    "a process": "os.fork()",
    "a process by clone": "call('clone', 17, 0, 0, 0, 0)",
    "a process by clone3": "call('clone3', bytes(88), 88)",
    "a program": "os.execv('/bin/true', ['true'])",
    "a program from a descriptor": "call('execveat', 4, b'', None, None, 0x1000)",
    "a signal": "os.kill(victim, 9)",
    "a signal to a thread": "call('tkill', victim, 9)",
    "a signal to a thread of a process": "call('tgkill', victim, victim, 9)",
    "a signal with data": "call('rt_sigqueueinfo', victim, 9, bytes(128))",
    "a signal with data to a thread": "call('rt_tgsigqueueinfo', victim, victim, 9, bytes(128))",
    "a handle of a process": "call('pidfd_open', victim, 0)",
    "a signal by a handle": "call('pidfd_send_signal', 1, 9, None, 0)",
    "a descriptor of another process": "call('pidfd_getfd', 1, 0, 0)",
    "signals of its input to another": "call('fcntl', 0, 8, victim)",
    "to trace a process": "call('ptrace', 16, victim, None, None)",
    "to read another's memory": "call('process_vm_readv', victim, None, 0, None, 0, 0)",
    "to write another's memory": "call('process_vm_writev', victim, None, 0, None, 0, 0)",
    "to compare processes": "call('kcmp', victim, parent, 0, 0, 0)",
    "an internet socket": "call('socket', 2, 1, 0)",
    "a local socket": "call('socket', 1, 1, 0)",
    "two local sockets": "call('socketpair', 1, 1, 0, bytes(8))",
    "to connect": "call('connect', 1, bytes(16), 16)",
    "to listen": "call('bind', 1, bytes(16), 16)",
    "calls by a ring": "call('io_uring_setup', 1, bytes(120))",
    "a new file": "open(f'{folder}/new', 'w')",
    "more in a file": "open(f'{folder}/kept', 'a')",
    "a file without a name": "os.open(folder, os.O_TMPFILE | os.O_WRONLY)",
    "a handle of a file": "os.open('/etc/shadow', os.O_PATH)",
    "a file by openat2": "call('openat2', -100, b'/etc/passwd', bytes(24), 24)",
    "a file by its number": "call('open_by_handle_at', 1, bytes(16), 0)",
    "a shorter file": "os.truncate(f'{folder}/kept', 0)",
    "a shorter document": "call('ftruncate', 4, 0)",
    "space on the disk": "call('fallocate', 1, 0, 0, 4096)",
    "no file": "os.remove(f'{folder}/kept')",
    "another name": "os.rename(f'{folder}/kept', f'{folder}/new')",
    "a link": "os.link(f'{folder}/kept', f'{folder}/new')",
    "a symbolic link": "os.symlink('/etc/passwd', f'{folder}/new')",
    "a folder": "os.mkdir(f'{folder}/new')",
    "a pipe": "call('mknodat', -100, f'{folder}/new'.encode(), 0o10644, 0)",
    "other rights of a file": "os.chmod(f'{folder}/kept', 0o777)",
    "another owner of a file": "os.chown(f'{folder}/kept', 1, 1)",
    "other times of a file": "os.utime(f'{folder}/kept', (0, 0))",
    "an attribute of a file": "call('setxattr', f'{folder}/kept'.encode(), b'user.x', b'x', 1, 0)",
    "another working folder": "os.chdir('/')",
    "another root folder": "os.chroot(folder)",
    "another root of the file system": "call('pivot_root', b'/', b'/')",
    "a file system": "call('mount', b'none', b'/tmp', b'tmpfs', 0, None)",
    "a file system by fsopen": "call('fsopen', b'tmpfs', 0)",
    "a tree of files": "call('open_tree', -100, b'/', 1)",
    "a moved file system": "call('move_mount', 1, b'', -100, b'/tmp', 4)",
    "no file system": "call('umount2', b'/tmp', 2)",
    "a namespace of its own": "call('unshare', 0x10000000)",
    "a namespace of another": "call('setns', 1, 0)",
    "to be root": "os.setuid(0)",
    "to be root for good": "call('setresuid', 0, 0, 0)",
    "another group": "call('setresgid', 0, 0, 0)",
    "more groups": "os.setgroups([0])",
    "capabilities": "call('capset', bytes([0x22, 5, 8, 0x20, 0, 0, 0, 0]), b'\\xff' * 24)",
    "shared memory": "call('shmget', 0, 4096, 0o1666)",
    "shared memory of another": "call('shmat', 0, None, 0)",
    "semaphores": "call('semget', 0, 1, 0o1666)",
    "messages": "call('msgget', 0, 0o1666)",
    "named messages": "call('mq_open', b'x', 0o102, 0o666, None)",
    "a file in memory": "call('memfd_create', b'x', 0)",
    "a program of the kernel": "call('bpf', 0, bytes(120), 120)",
    "to measure": "call('perf_event_open', bytes(120), 0, -1, -1, 0)",
    "to handle page faults": "call('userfaultfd', 0)",
    "a key": "call('add_key', b'user', b'x', b'x', 1, -2)",
    "the keys": "call('keyctl', 0, -3, 0)",
    "to be looked into": "call('prctl', 4, 1, 0, 0, 0)",
    "to outlive its parent": "call('prctl', 1, 0, 0, 0, 0)",
    "another filter": "call('seccomp', 1, 0, None)",
    "more memory": "call('setrlimit', 9, b'\\xff' * 16)",
    "other limits of itself": "call('prlimit64', 0, 9, b'\\xff' * 16, None)",
    "other limits of another": "call('prlimit64', victim, 9, bytes(16), None)",
    "the limits of another": "call('prlimit64', victim, 9, None, bytes(16))",
    "to type into a terminal": "call('ioctl', 0, 0x5412, b'x')",
    "to watch files": "call('inotify_init1', 0)",
    "to watch all files": "call('fanotify_init', 0, 0)",
    "another personality": "call('personality', 0x0040000)",
    "another priority": "call('setpriority', 0, victim, 5)",
    "other processors": "call('sched_setaffinity', victim, 8, b'\\x01' * 8)",
    "another process group": "call('setpgid', 0, parent)",
    "further rules": "call('landlock_create_ruleset', None, 0, 1)",
}

OF_FILES = {
    "the passwords of the machine": "open('/etc/shadow')",
    "the users of the machine": "open('/etc/passwd')",
    "a password for the database": "open(f'{folder}/.pgpass')",
    "another file of the archive": "open(f'{folder}/kept', 'rb')",
    "its own document by its name": "open(f'{folder}/document.txt')",
    "the names in a folder": "os.listdir(folder)",
    "the names of the processes": "os.listdir('/proc')",
    "the environment of its parent": "open(f'/proc/{parent}/environ')",
    "the environment of another": "open(f'/proc/{victim}/environ')",
    "the memory of another": "open(f'/proc/{victim}/mem', 'rb')",
    "its own memory": "open('/proc/self/mem', 'rb')",
    "the program of another": "open(f'/proc/{victim}/exe', 'rb')",
    "the descriptors of another": "os.listdir(f'/proc/{victim}/fd')",
    "its answer once more": "open('/proc/self/fd/3', 'rb')",
    "a device": "open('/dev/zero', 'rb')",
    "a terminal": "open('/dev/tty', 'rb')",
    "the settings of the kernel": "open('/proc/sys/kernel/hostname')",
}


def carry_out(attacks: dict[str, str], **names: Any) -> str:
    """What became of each attack, as JSON: "succeeded", or the error and its number."""
    known = {"os": os, "call": call, **names}
    return json.dumps({name: _outcome(lambda attack=attack: eval(attack, known)) for name, attack in attacks.items()})


def call(name: str, *arguments: int | bytes | None) -> int:
    number = CALLS[name][os.uname().machine == "aarch64"]
    done: int = _libc.syscall(number, *(ctypes.c_long(one) if isinstance(one, int) else one for one in arguments))
    if done < 0:
        raise OSError(ctypes.get_errno(), name)
    return done


def _outcome(attack: Callable[[], object]) -> str | int:
    try:
        attack()
    except OSError as error:
        return error.errno or str(error)
    return "succeeded"


_libc = ctypes.CDLL(None, use_errno=True)

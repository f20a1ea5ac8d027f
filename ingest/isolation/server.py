"""The process that reading processes are forked from. It imports the reader once and reads no document itself.

`python -m ingest.isolation.server`, with a socket as its standard input. A request comes with three file descriptors:
for the answer, for all output, and for the exit status.
"""

import gc
import os
import select
import signal
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from ingest.isolation.child import read_and_exit
from ingest.isolation.confine import confine
from ingest.isolation.messages import Ended, Request, decode, encode
from ingest.isolation.warm_up import warm_up
from ingest.readers import format_named

LONGEST_REQUEST = 1 << 17  # bytes; an attachment takes up to 2.5 kB, most of it its address
LONGEST_RESULT = 1000  # bytes that say in what respects no reader can be confined


@dataclass(slots=True)
class Reader:
    """A reading process. Its exit is reported on `ended`; `began` and `overdue_at` are times of the monotonic clock."""

    pid: int
    ended: int
    reply: socket.socket
    began: float
    overdue_at: float
    overdue: bool = False


def serve(control: socket.socket) -> None:
    """Serves requests until the other end closes the socket, then kills every reader."""
    unconfined = _unconfined()
    readers: dict[int, Reader] = {}
    while True:
        watched: list[socket.socket | int] = [control, *readers]
        ready, _, _ = select.select(watched, [], [], _seconds_until_overdue(readers.values()))
        for ended in readers.keys() & set(ready):
            _finish(readers.pop(ended), unconfined)
        if control in ready:
            reader = _start(control)
            if reader is None:
                break
            readers[reader.ended] = reader
        _kill_overdue(readers.values())
    for reader in readers.values():
        os.killpg(reader.pid, signal.SIGKILL)


def _seconds_until_overdue(readers: Iterable[Reader]) -> float | None:
    """Seconds until the next reader is overdue."""
    deadlines = [reader.overdue_at for reader in readers if not reader.overdue]
    return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None


def _start(control: socket.socket) -> Reader | None:
    """Forks a reader for the next request. None when the socket is closed."""
    message, descriptors, _, _ = socket.recv_fds(control, LONGEST_REQUEST, 3)
    if not message:
        return None
    request, (answer, output, reply) = decode(Request, message), descriptors
    for name in request.formats:
        format_named(name).load()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        read_and_exit(request, answer, output, parent)
    os.close(answer)
    os.close(output)
    now = time.monotonic()
    return Reader(pid, os.pidfd_open(pid), socket.socket(fileno=reply), now, now + request.limits.seconds)


def _finish(reader: Reader, unconfined: tuple[str, ...]) -> None:
    _kill_group(reader.pid)  # its child processes; the process id cannot be reused before it is waited for
    _, status, usage = os.wait4(reader.pid, 0)
    os.close(reader.ended)
    ended = Ended(status, reader.overdue, time.monotonic() - reader.began, usage.ru_maxrss, unconfined)
    with reader.reply as reply:
        try:
            reply.sendall(encode(ended))
        except BrokenPipeError:  # the client has closed its end
            return


def _kill_overdue(readers: Iterable[Reader]) -> None:
    for reader in readers:
        if not reader.overdue and time.monotonic() >= reader.overdue_at:
            reader.overdue = True
            _kill_group(reader.pid)
            os.kill(reader.pid, signal.SIGKILL)


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:  # it exited before it had a process group of its own
        return


def _unconfined() -> tuple[str, ...]:
    """In what respects no reader can be confined on this machine, found by confining a process that reads nothing."""
    result, to_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        _try_to_confine(to_write)
    os.close(to_write)
    with os.fdopen(result, encoding="utf-8") as lines:
        found = tuple(lines.read().splitlines())
    os.waitpid(pid, 0)
    return found


def _try_to_confine(result: int) -> NoReturn:
    """Writes one line for each respect to `result` and exits."""
    try:
        lines = "\n".join(confine())
    except OSError as error:
        lines = str(error)
    try:
        os.write(result, lines.encode()[:LONGEST_RESULT])
    finally:
        os._exit(0)


def main() -> None:
    warm_up()
    gc.collect()
    gc.freeze()  # the readers' garbage collectors do not touch these objects, so their memory pages stay shared
    serve(socket.socket(fileno=os.dup(0)))


if __name__ == "__main__":
    main()

"""The process that reading processes are forked from. It imports the reader once and reads no document itself.

`python -m ingest.isolation.server`, with a socket as its standard input. A request comes with three file descriptors:
for the answer, for all output, and for the exit status.
"""

import gc
import os
import select
import signal
import socket
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.isolation.child import read_and_exit
from ingest.isolation.messages import Answer, Ended, Request, adapter, decode, encode
from ingest.pipeline import extract

LONGEST_REQUEST = 1 << 17  # bytes; an attachment takes up to 2.5 kB, most of it its address
SMALLEST_DISCLOSURE = """海州市粮食局2024年度部门决算
国有资本经营预算财政拨款支出决算表
单位:万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t1.00\t0.00\t1.00
"""


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
    readers: dict[int, Reader] = {}
    while True:
        watched: list[socket.socket | int] = [control, *readers]
        ready, _, _ = select.select(watched, [], [], _seconds_until_overdue(readers.values()))
        for ended in readers.keys() & set(ready):
            _finish(readers.pop(ended))
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
    pid = os.fork()
    if pid == 0:
        read_and_exit(request, answer, output)
    os.close(answer)
    os.close(output)
    now = time.monotonic()
    return Reader(pid, os.pidfd_open(pid), socket.socket(fileno=reply), now, now + request.limits.seconds)


def _finish(reader: Reader) -> None:
    _kill_group(reader.pid)  # its child processes; the process id cannot be reused before it is waited for
    _, status, usage = os.wait4(reader.pid, 0)
    os.close(reader.ended)
    ended = Ended(status, reader.overdue, time.monotonic() - reader.began, usage.ru_maxrss)
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


def _warm_up() -> None:
    """Reads a tiny disclosure, so that declarations and patterns are loaded once, before the forks."""
    adapter(Answer), adapter(Request), adapter(Ended)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "smallest.txt"
        path.write_text(SMALLEST_DISCLOSURE, encoding="utf-8")
        encode(Answer(extract(path)))


def main() -> None:
    _warm_up()
    gc.collect()
    gc.freeze()  # the readers' garbage collectors do not touch these objects, so their memory pages stay shared
    serve(socket.socket(fileno=os.dup(0)))


if __name__ == "__main__":
    main()

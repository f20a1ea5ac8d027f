"""The process readers are forked from: it imports the reader once and reads nothing itself.

`python -m ingest.isolation.server`, with a socket as its standard input. A request comes with three
descriptors: where the answer goes, where everything printed goes, and where to say how it ended.
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

LONGEST_REQUEST = 1 << 16
SMALLEST_DISCLOSURE = """海州市粮食局2024年度部门决算
国有资本经营预算财政拨款支出决算表
单位:万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t1.00\t0.00\t1.00
"""


@dataclass(slots=True)
class Reader:
    """A process that reads; `ended` is the descriptor that tells its end, `began` and `overdue_at` are monotonic."""

    pid: int
    ended: int
    reply: socket.socket
    began: float
    overdue_at: float
    overdue: bool = False


def serve(control: socket.socket) -> None:
    """Until the other end closes the socket; then every reader is killed."""
    readers: dict[int, Reader] = {}
    while True:
        watched: list[socket.socket | int] = [control, *readers]
        ready, _, _ = select.select(watched, [], [], _patience(readers.values()))
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


def _patience(readers: Iterable[Reader]) -> float | None:
    """Seconds until the next reader is overdue."""
    deadlines = [reader.overdue_at for reader in readers if not reader.overdue]
    return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None


def _start(control: socket.socket) -> Reader | None:
    """None when there is nobody left to read for."""
    message, descriptors, _, _ = socket.recv_fds(control, LONGEST_REQUEST, 3)
    if not message:
        return None
    request, (answer, said, reply) = decode(Request, message), descriptors
    pid = os.fork()
    if pid == 0:
        read_and_exit(request, answer, said)
    os.close(answer)
    os.close(said)
    now = time.monotonic()
    return Reader(pid, os.pidfd_open(pid), socket.socket(fileno=reply), now, now + request.limits.seconds)


def _finish(reader: Reader) -> None:
    _kill_group(reader.pid)  # whatever it may have left behind; its number is taken until it is waited for
    _, status, usage = os.wait4(reader.pid, 0)
    os.close(reader.ended)
    ended = Ended(status, reader.overdue, time.monotonic() - reader.began, usage.ru_maxrss)
    with reader.reply as reply:
        try:
            reply.sendall(encode(ended))
        except BrokenPipeError:  # whoever asked has gone
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
    except ProcessLookupError:  # it ended before it made a group of its own
        return


def _warm_up() -> None:
    """Reads a smallest disclosure, so that specs and patterns are loaded once and not in every reader."""
    adapter(Answer), adapter(Request), adapter(Ended)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "smallest.txt"
        path.write_text(SMALLEST_DISCLOSURE, encoding="utf-8")
        encode(Answer(extract(path)))


def main() -> None:
    _warm_up()
    gc.collect()
    gc.freeze()  # what every reader shares stays shared
    serve(socket.socket(fileno=os.dup(0)))


if __name__ == "__main__":
    main()

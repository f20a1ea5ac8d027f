"""The server of readers as a process of ours: started when first needed, and again if it is lost."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Lock

from ingest import errors
from ingest.isolation.messages import Ended, Request, decode, encode

ATTEMPTS = 2
PATIENCE = 60  # seconds beyond a document's own limit; the first request waits for the server's imports
LONGEST_REPLY = 4096
# All it gets of our environment. A secret that is not there cannot be read.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(__file__).parents[2])}


class ServerProcess:
    """Any thread may ask. `module` is what the process runs."""

    def __init__(self, module: str = "ingest.isolation.server") -> None:
        self._module = module
        self._lock = Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._stops = 0

    def start(self) -> None:
        """Does not wait until it is ready."""
        with self._lock:
            self._connected()

    def read(self, request: Request, file: str, answer: int, said: int) -> Ended:
        """Blocks until the document was read or its reader is dead. Raises ReaderLost."""
        stops = self._stops
        for _ in range(ATTEMPTS):
            ended = self._ask(request, answer, said)
            if ended:
                return ended
            if self._stops != stops:
                raise errors.ReaderLost(file, cause="it was stopped")
        raise errors.ReaderLost(file, cause="it ended twice")

    def stop(self) -> None:
        """Ends the server and every reader."""
        with self._lock:
            self._stops += 1
            self._disconnect()

    def _ask(self, request: Request, answer: int, said: int) -> Ended | None:
        """None if the server was lost meanwhile."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            with self._lock:
                control = self._connected()
                try:
                    socket.send_fds(control, [encode(request)], [answer, said, theirs.fileno()])
                except (BrokenPipeError, ConnectionResetError):
                    self._disconnect()
                    return None
            theirs.close()
            ours.settimeout(request.limits.seconds + PATIENCE)
            try:
                reply = ours.recv(LONGEST_REPLY)
            except (TimeoutError, ConnectionResetError):
                reply = b""
        if reply:
            return decode(Ended, reply)
        self._lost(control)
        return None

    def _lost(self, control: socket.socket) -> None:
        with self._lock:
            if self._control is control:
                self._disconnect()

    def _connected(self) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs, tempfile.TemporaryFile() as said:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", self._module],
                    stdin=theirs.fileno(), stdout=said, stderr=said, cwd="/", env=ENVIRONMENT, start_new_session=True,
                )  # fmt: skip
        return self._control

    def _disconnect(self) -> None:
        if self._control is not None and self._process is not None:
            self._control.close()
            self._process.kill()
            self._process.wait()
            self._control = None

"""The client of the reader server: starts its process when first needed, and again if it has ended."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Lock

from ingest import errors
from ingest.isolation.messages import Ended, Request, decode, encode
from warehouse.base.messages import _

ATTEMPTS = 2
PATIENCE = 60  # seconds to wait beyond a document's own limit; the first request waits for the server's imports
LONGEST_REPLY = 4096
# The only environment variables that the server gets, so that no reader can read a secret.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(__file__).parents[2])}


class ServerProcess:
    """May be used by several threads. `module` is what the process runs."""

    def __init__(self, module: str = "ingest.isolation.server") -> None:
        self._module = module
        self._lock = Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._stops = 0
        self.unconfined: tuple[str, ...] = ()  # as `Ended.unconfined` of the last reader

    def start(self) -> None:
        """Starts the process without waiting until it is ready."""
        with self._lock:
            self._connected()

    def read(self, request: Request, file: str, answer: int, output: int) -> Ended:
        """Blocks until the document is read or its reader has died. Raises ReaderLost if the server has ended twice."""
        stops = self._stops
        for _attempt in range(ATTEMPTS):
            ended = self._ask(request, answer, output)
            if ended:
                self.unconfined = ended.unconfined
                return ended
            if self._stops != stops:
                raise errors.ReaderLost(file, cause=_("it was stopped"))
        raise errors.ReaderLost(file, cause=_("it ended twice"))

    def stop(self) -> None:
        """Ends the server and every reader."""
        with self._lock:
            self._stops += 1
            self._disconnect()

    def _ask(self, request: Request, answer: int, output: int) -> Ended | None:
        """Sends the request and waits. None if the server ended meanwhile."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            with self._lock:
                control = self._connected()
                try:
                    socket.send_fds(control, [encode(request)], [answer, output, theirs.fileno()])
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
            with theirs, tempfile.TemporaryFile() as output:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", self._module],
                    stdin=theirs.fileno(), stdout=output, stderr=output, cwd="/", env=ENVIRONMENT,
                    start_new_session=True,
                )  # fmt: skip
        return self._control

    def _disconnect(self) -> None:
        if self._control is not None and self._process is not None:
            self._control.close()
            self._process.kill()
            self._process.wait()
            self._control = None

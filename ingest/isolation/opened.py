"""A path whose file was opened while the process might still do so."""

import os
from pathlib import Path, PosixPath
from stat import S_ISDIR, S_ISFIFO
from typing import IO, Any


class OpenedPath(PosixPath):
    """Reads from the descriptor; where opening failed, every reading raises that error. Not for writing."""

    _opened: int | OSError
    _from_pipe = b""

    @classmethod
    def of(cls, path: Path) -> "OpenedPath":
        """Opens the file, and waits for the writer of a pipe. Raises nothing: whoever reads reports the error."""
        opened = cls(path)
        try:
            opened._opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY)
        except OSError as error:
            opened._opened = error
        return opened

    def is_dir(self) -> bool:
        return S_ISDIR(self._mode())

    def read_bytes(self) -> bytes:
        """All of the file. What came out of a pipe is kept, because it comes only once."""
        if not S_ISFIFO(self._mode()):
            return super().read_bytes()
        self._from_pipe += super().read_bytes()
        return self._from_pipe

    def open(  # type: ignore[override]
        self,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
    ) -> IO[Any]:
        """The file from its beginning. A second opening shares the position of the first."""
        if isinstance(self._opened, OSError):
            raise self._opened
        file: IO[Any] = open(self._opened, mode, buffering, encoding, errors, newline, closefd=False)  # noqa: SIM115
        if file.seekable():
            file.seek(0)
        return file

    def _mode(self) -> int:
        return os.fstat(self._opened).st_mode if isinstance(self._opened, int) else 0

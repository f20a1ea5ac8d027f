"""Folders for test servers.

A new database is a copy of some 600 files; where the kernel keeps a folder in memory, it takes a tenth of the time.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes; several workers have a server each, and a container may have 64 MiB in all


@contextmanager
def folder_of_server() -> Iterator[Path]:
    """A folder that PostgreSQL's user can enter; it cannot enter pytest's temporary folders."""
    folder = Path(tempfile.mkdtemp(prefix="juesuan-test-", dir=IN_MEMORY if _has_room() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room() -> bool:
    return IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM

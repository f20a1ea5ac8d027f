"""Folders and passwords of test servers.

A new database is a copy of some 600 files; where the kernel keeps a folder in memory, it takes a tenth of the time.
A client hashes its password 4096 times for each connection, unless the stored password says that once is enough.
"""

import hashlib
import hmac
import shutil
import tempfile
from base64 import b64encode
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


def quick_secret(password: str) -> str:
    """The password as PostgreSQL stores it for SCRAM-SHA-256 (RFC 5803), hashed once."""
    salt = b"juesuan"
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations=1)
    client_key, server_key = (hmac.digest(salted, name, "sha256") for name in (b"Client Key", b"Server Key"))
    parts = [b64encode(part).decode() for part in (salt, hashlib.sha256(client_key).digest(), server_key)]
    return "SCRAM-SHA-256$1:{}${}:{}".format(*parts)


def _has_room() -> bool:
    return IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM

"""The archive: every file that was ever fetched, under its SHA-256: archive/ab/cdef… for abcdef….

A file is written under a temporary name, synced to the disk and renamed, so that an archived file is complete even
after a power cut. No archived file is overwritten with other content; only one that was forgotten is deleted.
With a store (warehouse/base/store.py) each file is copied there as well, and brought from there where it is not here.
Below archive/pictures and archive/recognised lies what is made of the files again where it is missing.
"""

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.isolation.kept_pages import RECOGNISED
from ingest.readers.formats import Ends, ends_in
from ingest.sync.errors import ArchiveFull, ArchiveUnusable
from warehouse.base.config import Settings
from warehouse.base.errors import StoreUnusable
from warehouse.base.store import Store, store_of

PICTURES = "pictures"  # the folder of what `juesuan serve` draws of the files
UNFINISHED_AFTER = 86_400.0  # seconds; an older temporary file was left by a process that died
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Archived:
    """A file in the archive. `size` in bytes."""

    sha256: str
    path: Path
    size: int


class Incoming:
    """A file that is being received: `write` its bytes, then `keep` it. Without `keep` it is removed."""

    def __init__(self, archive: "Archive", number: int, temporary: Path):
        self._archive, self._number, self._temporary = archive, number, temporary
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        self._digest.update(piece)
        self.size += len(piece)
        with self._archive.faults():
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(self._number, rest) :]

    def ends(self) -> Ends:
        """What of the file decides its format."""
        with self._archive.faults(), self._temporary.open("rb") as file:
            return ends_in(file)

    @property
    def sha256(self) -> str:
        """Of what was written until now."""
        return self._digest.hexdigest()

    def keep(self) -> Archived:
        """Moves the file into the archive, unless an intact one is there already."""
        sha256 = self.sha256
        path = self._archive.path(sha256)
        with self._archive.faults():
            if not self._archive.is_whole(sha256):
                os.fchmod(self._number, 0o444)
                os.fsync(self._number)
                self._archive.provide(path.parent)
                self._temporary.rename(path)
                _sync(path.parent)
            self._archive.copy(sha256)
        return Archived(sha256, path, self.size)


class Archive:
    def __init__(self, folder: Path, store: Store | None = None):
        self.folder, self._store = folder, store
        self._unfinished = folder / "unfinished"

    def path(self, sha256: str) -> Path:
        """The path of a file with this SHA-256 on this machine, whether or not it exists."""
        return self.folder / sha256[:2] / sha256[2:]

    def file(self, sha256: str) -> Path:
        """The path of a file that is archived; it is brought from the store where it is not on this machine."""
        path = self.path(sha256)
        if self._store and not path.is_file():
            with self.faults():
                self._store.bring(sha256, path)
        return path

    def pictures(self, sha256: str) -> Path:
        """The folder of the pictures that were made of the file."""
        return self.folder / PICTURES / sha256[:2] / sha256[2:]

    def holds(self, sha256: str) -> bool:
        """Raises ArchiveUnusable where the archive cannot be read."""
        with self.faults():
            return self.path(sha256).is_file() or bool(self._store and self._store.holds(sha256))

    def is_sound(self, sha256: str) -> bool:
        """Whether the file is archived and its bytes still have their SHA-256; then it is on this machine."""
        try:
            self.file(sha256)
        except (FileNotFoundError, ArchiveUnusable):
            return False
        return self.is_whole(sha256)

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is on this machine and its bytes still have their SHA-256."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    @contextmanager
    def receive(self) -> Iterator[Incoming]:
        """A file to be received. Raises ArchiveFull and ArchiveUnusable, also while the file is written."""
        with self.faults():
            self.provide(self._unfinished)
            number, name = tempfile.mkstemp(dir=self._unfinished)
        try:
            yield Incoming(self, number, Path(name))
        finally:
            os.close(number)
            Path(name).unlink(missing_ok=True)

    def copy(self, sha256: str) -> None:
        """Copies a file of this machine into the store, if there is one."""
        if self._store:
            self._store.put(sha256, self.path(sha256))

    def remove(self, sha256: str) -> None:
        """Removes a file that was forgotten, its pictures, and what was recognised on them."""
        path = self.path(sha256)
        with self.faults():
            if self._store:
                self._store.remove(sha256)
            for made in (PICTURES, RECOGNISED):
                shutil.rmtree(self.folder / made / sha256[:2] / sha256[2:], ignore_errors=True)
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                _sync(path.parent)

    def tidy(self) -> None:
        """Removes temporary files of processes that died."""
        with self.faults():
            for left in self._unfinished.glob("*"):
                with suppress(FileNotFoundError):  # another process may remove the same file
                    if time.time() - left.stat().st_mtime > UNFINISHED_AFTER:
                        left.unlink()

    def provide(self, folder: Path) -> None:
        """Makes a folder of the archive and syncs its parent, so that it still exists after a power cut."""
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync(folder.parent)

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Raises ArchiveFull or ArchiveUnusable for an error of the disk or of the store."""
        try:
            yield
        except StoreUnusable as error:
            raise ArchiveUnusable(str(error)) from error
        except OSError as error:
            kind = ArchiveFull if error.errno in NO_ROOM else ArchiveUnusable
            raise kind(f"{error.filename or self.folder}: {error.strerror}") from error


def archive_of(settings: Settings) -> Archive:
    """The archive of this machine, with the store if one is set."""
    return Archive(settings.archive_folder, store_of(settings))


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

"""Drawn pages of PDFs, kept in files below the archive. Persons and telephone numbers are black in them already.

The sum of their sizes is limited. Another version of the program, or of the libraries that draw, draws them again.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from stat import S_ISREG
from threading import Lock

import structlog

from ingest.isolation.messages import decode, encode
from ingest.readers.crops import PageImage
from ingest.sync.archive import PICTURES, Archive
from warehouse.kinds import reference_lists

log = structlog.get_logger()

MOST = 1 << 30  # bytes of all files; a page has some 100 kB
LEFT = 0.9  # of MOST: files are removed down to this, those not shown for the longest time first
PROGRAM = (Path(__file__).parents[2], Path(reference_lists.__file__).parents[1])
LIBRARIES = ("pypdfium2", "pillow")


class DrawnPages:
    def __init__(self, archive: Archive, most: int = MOST) -> None:
        self._archive, self._most = archive, most
        self._size: int | None = None  # of all files; None before they were counted
        self._lock = Lock()

    def get(self, sha256: str, page: int, by: str = "") -> PageImage | None:
        """`by` names what was recognised on the page when it was drawn."""
        path = self._path(sha256, page, by)
        try:
            found = decode(PageImage, path.read_bytes())
            found.pixels()
            os.utime(path)
        except (OSError, ValueError):  # not there, or damaged: it is drawn again
            return None
        return found

    def keep(self, sha256: str, page: int, image: PageImage, by: str = "") -> None:
        """Where the folder cannot be written, nothing is kept."""
        data = encode(image)
        try:
            self._write(self._path(sha256, page, by), data)
            if not self._archive.holds(sha256):  # forgotten meanwhile
                self._archive.remove(sha256)
            self._limit(len(data))
        except OSError as error:
            log.warning("serve.picture_not_kept", reason=error.strerror)

    def _path(self, sha256: str, page: int, by: str) -> Path:
        return self._archive.pictures(sha256) / "-".join((str(page), drawn_by(), *([by] if by else [])))

    def _write(self, path: Path, data: bytes) -> None:
        """Under another name first: another process may read it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder, path.name)
            made.write_bytes(data)
            made.rename(path)

    def _limit(self, added: int) -> None:
        with self._lock:
            self._size = sum(size for _, size, _ in self._files()) if self._size is None else self._size + added
            if self._size <= self._most:
                return
            files = sorted(self._files())
            self._size = sum(size for _, size, _ in files)
            for _, size, path in files:
                if self._size <= LEFT * self._most:
                    break
                path.unlink(missing_ok=True)
                self._size -= size

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """When each file was last shown, and its size."""
        for path in (self._archive.folder / PICTURES).glob("*/*/*"):
            with suppress(FileNotFoundError):  # another process removes files too
                stat = path.stat()
                if S_ISREG(stat.st_mode):
                    yield stat.st_mtime, stat.st_size, path


@cache  # the program does not change while it runs
def drawn_by() -> str:
    """A digest of the program with its declarations, and of the libraries that draw: of all that pictures depend on."""
    program = digest_of(*PROGRAM)
    return "-".join((program[:12], *map(version, LIBRARIES)))


def digest_of(*folders: Path) -> str:
    """Of the code and what is declared in them, by names and content."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".toml", ".csv")):
            digest.update(f"\0{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()

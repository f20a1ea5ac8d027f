"""What was recognised on pictures, kept in a folder: a reading that was broken off goes on from the page it reached."""

import hashlib
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from ingest.isolation.messages import decode, encode
from ingest.readers.pdf import scan
from ingest.readers.pdf.scan import models
from ingest.readers.pdf.scan.pictures import PageRead, PictureOf

RECOGNISED = "recognised"  # the folder of the archive for them


class KeptPages:
    """One file for each picture, below the SHA-256 of the file that it is in; nothing is kept without a folder.

    What another version of the recognition made is not taken. A folder that cannot be written to keeps nothing.
    """

    def __init__(self, folder: Path | None = None):
        self._folder = folder

    def get(self, picture: PictureOf) -> PageRead | None:
        if self._folder is None:
            return None
        try:
            return decode(PageRead, self._path(self._folder, picture).read_bytes())
        except (OSError, ValueError):
            return None

    def keep(self, picture: PictureOf, page: PageRead) -> None:
        """Written under another name first, so that a process that is killed leaves no half file."""
        if self._folder is None:
            return
        path = self._path(self._folder, picture)
        unfinished = path.with_suffix(".unfinished")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(encode(page))
            unfinished.rename(path)

    def _path(self, folder: Path, picture: PictureOf) -> Path:
        sha256 = picture.sha256
        return folder / sha256[:2] / sha256[2:] / f"{picture.number}-{self._version}.json"

    @cached_property
    def _version(self) -> str:
        return version()


def version() -> str:
    """The first 12 digits of the digest of the modules of the scan reader, and of the models there are."""
    modules = sorted(Path(scan.__file__).parent.rglob("*.py"))
    read = [hashlib.sha256(module.read_bytes()).hexdigest() for module in modules]
    found = [model.sha256 for model in models.ALL if models.path_of(model)]
    return hashlib.sha256("\0".join([*read, *found]).encode()).hexdigest()[:12]

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

    def newest(self, picture: PictureOf) -> PageRead | None:
        """What any version of the recognition made last: enough to tell what may be shown, also where no model is."""
        path = self._newest(picture)
        try:
            return decode(PageRead, path.read_bytes()) if path else None
        except (OSError, ValueError):
            return None

    def name_of_newest(self, picture: PictureOf) -> str:
        """Another one for each version of the recognition; empty where nothing is kept."""
        path = self._newest(picture)
        return path.stem if path else ""

    def _newest(self, picture: PictureOf) -> Path | None:
        if self._folder is None:
            return None
        try:
            found = _of_file(self._folder, picture).glob(f"{picture.number}-*.json")
            return max(found, key=lambda one: one.stat().st_mtime_ns, default=None)
        except OSError:  # removed meanwhile
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
        return _of_file(folder, picture) / f"{picture.number}-{self._version}.json"

    @cached_property
    def _version(self) -> str:
        return version()


def _of_file(folder: Path, picture: PictureOf) -> Path:
    return folder / picture.sha256[:2] / picture.sha256[2:]


def version() -> str:
    """The first 12 digits of the digest of the modules of the scan reader, and of the models there are."""
    modules = sorted(Path(scan.__file__).parent.rglob("*.py"))
    read = [hashlib.sha256(module.read_bytes()).hexdigest() for module in modules]
    found = [model.sha256 for model in models.ALL if models.path_of(model)]
    return hashlib.sha256("\0".join([*read, *found]).encode()).hexdigest()[:12]

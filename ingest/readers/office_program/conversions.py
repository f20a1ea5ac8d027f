"""What LibreOffice made of files, by the SHA-256 of each file, so that many files need one start of it."""

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock

from ingest import errors
from ingest.readers.formats import Format
from ingest.readers.office_program import libreoffice
from ingest.readers.ole import is_locked_word_file

MOST_KEPT = 1000  # files that were made; the oldest are removed
_SUFFIX = ".docx"
SECONDS = 120.0  # for one file where no other limit is given
SECONDS_PER_FURTHER_FILE = 10.0  # a start for many files has this much more for each but the first


class Conversions:
    """Made files lie in a folder of this process, or of several that were given the same one."""

    def __init__(self) -> None:
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._folder: Path | None = None
        self._lock = Lock()
        self._made_before: Mapping[str, Path] | None = None

    def share(self, folder: Path | None) -> None:
        """Uses the files that another process made in this folder, and makes others there; None: no longer."""
        self._folder = folder

    def use_only(self, made: Mapping[str, Path]) -> None:
        """For a process that may start nothing: these files were made before, and no other can be."""
        self._made_before = made

    def convert(self, files: Iterable[bytes], one: Format, seconds: float, must_confine: bool = False) -> None:
        """Makes those that are not made yet, in one start. One that fails is left to `made_of`, which says why."""
        missing = {sha256: data for data in files if not self._path(sha256 := _sha256(data)).is_file()}
        binary = libreoffice.program()
        if not missing or binary is None:
            return
        most = seconds + SECONDS_PER_FURTHER_FILE * (len(missing) - 1)
        with suppress(libreoffice.NotConfined):
            self._make(binary, missing, one, most, must_confine)

    def made_of(
        self, file: str, data: bytes, one: Format, seconds: float = SECONDS, must_confine: bool = False
    ) -> bytes:
        """The .docx made of a file with these bytes. Raises NeedsLibreOffice, Encrypted, NotConverted, NotConfined."""
        sha256 = _sha256(data)
        if self._made_before is None and not self._path(sha256).is_file():
            self._make_one(file, sha256, data, one, seconds, must_confine)
        try:
            made = self._path(sha256) if self._made_before is None else self._made_before[sha256]
            return made.read_bytes()
        except (KeyError, FileNotFoundError) as error:
            raise errors.NotConverted(file, label=one.label, limit=f"{seconds:g}") from error

    def _make_one(self, file: str, sha256: str, data: bytes, one: Format, seconds: float, must_confine: bool) -> None:
        binary = libreoffice.program()
        if binary is None:
            raise errors.NeedsLibreOffice(file)
        try:
            self._make(binary, {sha256: data}, one, seconds, must_confine)
        except libreoffice.NotConfined as error:
            raise errors.NotConfined(file, cause=error) from error
        if not self._path(sha256).is_file() and is_locked_word_file(data):
            raise errors.Encrypted(file, label=one.label)

    def _make(
        self, binary: Path, originals: Mapping[str, bytes], one: Format, seconds: float, must_confine: bool
    ) -> None:
        made = libreoffice.to_docx(binary, list(originals.values()), one.office_filter, seconds, must_confine)
        for sha256, data in zip(originals, made, strict=True):
            if data is not None:
                self._keep(self._path(sha256), data)

    def _keep(self, path: Path, data: bytes) -> None:
        """Whole or not at all, since another process may look for it."""
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        Path(file.name).rename(path)
        for old in sorted(path.parent.glob(f"*{_SUFFIX}"), key=_made_at)[:-MOST_KEPT]:
            old.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        with self._lock:
            if self._folder is None:
                self._own = tempfile.TemporaryDirectory(prefix="juesuan-converted-")
                self._folder = Path(self._own.name)
        return self._folder / f"{sha256}{_SUFFIX}"


def _made_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process removed it
        return 0.0


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


conversions = Conversions()

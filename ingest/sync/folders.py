"""Documents on this machine: folders and globs as sources."""

import os
import re
import stat
import time
from collections.abc import Callable, Container, Iterator
from glob import glob
from pathlib import Path
from urllib.parse import unquote_to_bytes

from ingest.readers.formats import UNFINISHED
from ingest.readers.parts import clean_name
from ingest.sync.archive import Archive
from ingest.sync.content import PIECE, Unusable, format_sent
from ingest.sync.manifest import Source
from ingest.sync.results import Attempt, Failed, Fetched, Forgotten, Gone, Got, NotModified, Refused, Validators
from ingest.sync.unexpected import reason_of
from ingest.sync.urls import LONGEST, names_a_document
from warehouse.base.messages import _
from warehouse.records.sources import ThrownAway


def found(source: Source, unreadable: Callable[[OSError], None]) -> list[Path]:
    """The documents in a folder or a glob, sorted. `unreadable` gets each folder below it that cannot be listed.
    Raises Refused where the folder itself does not exist, because then its files are not known to have vanished."""
    base = root(source)
    if not base.is_dir():
        raise Refused(not_there(base))
    if source.glob:
        paths = [Path(name) for name in glob(source.glob, recursive=True)]
    else:
        paths = [path for path in _below(base, unreadable) if names_a_document(path.name)]
    return sorted(path for path in paths if not path.name.startswith(UNFINISHED) and not os.path.isdir(path))


def not_there(folder: Path) -> str:
    return _("the folder {printable} is not there").format(printable=printable(folder))


def root(source: Source) -> Path:
    """The folder, or the part of a glob before its first wildcard."""
    if source.folder:
        return Path(source.folder)
    parts = Path(source.glob or "").parts[:-1]
    fixed = next((number for number, part in enumerate(parts) if re.search(r"[*?\[]", part)), len(parts))
    return Path(*parts[:fixed])


def address_of(path: Path) -> str:
    return path.as_uri()


def path_of(address: str) -> Path | None:
    """The path of a file: address; None for a web address."""
    if not address.startswith("file:"):
        return None
    return Path(os.fsdecode(unquote_to_bytes(address.removeprefix("file://"))))


def read(
    archive: Archive, path: Path, base: Path, held: str | None, most: int, forgotten: Container[str] = ()
) -> tuple[Fetched, list[Attempt]]:
    """Archives a file unless its size, times and inode are still those in `held`, or its SHA-256 is in `forgotten`."""
    attempt, began = Attempt(), time.monotonic()
    try:
        result: Fetched = _read(archive, path, base, held, most, forgotten)
    except FileNotFoundError:
        result = Gone(_("the file is not there"))
    except (Refused, Unusable) as error:
        result = Failed(str(error))
    except Exception as error:  # an OSError, or for a link that leads to itself a RuntimeError
        result = Failed(reason_of(error))
    attempt.seconds = time.monotonic() - began
    attempt.bytes = result.archived.size if isinstance(result, Got) else 0
    attempt.reason = getattr(result, "reason", None)
    return result, [attempt]


def _read(
    archive: Archive, path: Path, base: Path, held: str | None, most: int, forgotten: Container[str]
) -> Got | NotModified | Forgotten:
    if len(address_of(path)) > LONGEST:
        raise Refused(_("its address is longer than {longest} characters").format(longest=LONGEST))
    if not path.resolve(strict=True).is_relative_to(base.resolve()):
        raise Refused(_("leads out of its folder"))
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # opening a pipe would block until something writes to it
    with open(number, "rb") as file:
        before = os.fstat(number)
        if not stat.S_ISREG(before.st_mode):
            raise Refused(_("is no file"))
        if held == _mark(before):
            return NotModified()
        if before.st_size > most:
            raise Unusable(_("is larger than {most:,} bytes").format(most=most))
        with archive.receive() as incoming:
            while piece := file.read(PIECE):
                incoming.write(piece)
            if _mark(os.fstat(number)) != _mark(before):
                raise Refused(_("was written to while it was read"))
            sent = format_sent(incoming.ends())
            if incoming.sha256 in forgotten:
                return Forgotten(ThrownAway(incoming.sha256, _mark(before), None))
            return Got(
                incoming.keep(), clean_name(printable(path.name)), sent.media_types[0], Validators(_mark(before))
            )


def _mark(status: os.stat_result) -> str:
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}-{status.st_ino}"


def _below(base: Path, unreadable: Callable[[OSError], None]) -> Iterator[Path]:
    for folder, folders, names in os.walk(base, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in names)


def printable(path: Path | str) -> str:
    """A file name as printable text; it may hold bytes that are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")

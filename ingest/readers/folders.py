"""The documents in a folder and in the folders below it."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from ingest.readers import suffixes
from ingest.readers.formats import UNFINISHED


@dataclass(slots=True)
class InFolder:
    """`documents` are sorted by path. `hidden` counts the files and folders that are left out because of their name,
    `others` the files of no known format and what is no file; `unlisted` are the folders that cannot be listed.
    """

    documents: list[Path] = field(default_factory=list)
    hidden: int = 0
    others: int = 0
    unlisted: list[OSError] = field(default_factory=list)


def look_in(folder: Path) -> InFolder:
    """Follows links to folders, and looks into each folder once, so that a link that leads back ends."""
    found, waiting, seen = InFolder(), [folder], set()
    while waiting:
        here = waiting.pop()
        try:
            status = here.stat()
            names = [] if (place := (status.st_dev, status.st_ino)) in seen else os.listdir(here)
        except OSError as error:
            found.unlisted.append(error)
            continue
        seen.add(place)
        for name in names:
            _sort_in(here / name, found, waiting)
    found.documents.sort()
    return found


def _sort_in(path: Path, found: InFolder, waiting: list[Path]) -> None:
    if path.name.startswith(UNFINISHED):
        found.hidden += 1
    elif os.path.isdir(path):
        waiting.append(path)
    elif path.suffix.lower() in suffixes() and not _is_special(path):
        found.documents.append(path)
    else:
        found.others += 1


def _is_special(path: Path) -> bool:
    """Whether it is a pipe, a socket or a device. A link that leads nowhere is none: reading it says why it fails."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False

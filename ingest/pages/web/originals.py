"""Pictures and excerpts of archived files, made by confined processes and kept while there is room.

A file is named by the SHA-256 that the database has of it, never by a path.
"""

import os
from collections import OrderedDict
from pathlib import Path
from threading import BoundedSemaphore, Lock

from ingest.isolation import Limits, cut_isolated
from ingest.readers.crops import Band, Crop
from ingest.sync.archive import Archive

KEPT = 64 << 20  # bytes of pictures
SECONDS = 20  # to make one: reading a document may take longer
Key = tuple[str, Band]


class NotAtHand(Exception):
    """The archive does not hold the file, or no longer as it was read."""


class Originals:
    def __init__(self, archive: Path, limits: Limits, kept: int = KEPT) -> None:
        self._archive, self._limits = Archive(archive), limits
        self._free = BoundedSemaphore(len(os.sched_getaffinity(0)))
        self._made: OrderedDict[Key, Crop] = OrderedDict()
        self._lock, self._kept, self._size = Lock(), kept, 0

    def holds(self, sha256: str) -> bool:
        return self._archive.holds(sha256)

    def crop(self, sha256: str, band: Band) -> Crop:
        """Raises NotAtHand, and an IngestError where the file cannot be shown."""
        key = sha256, band
        with self._free:  # others wait, also for a picture that is being made
            return self._known(key) or self._keep(key, self._cut(sha256, band))

    def _cut(self, sha256: str, band: Band) -> Crop:
        if not self._archive.is_sound(sha256):
            raise NotAtHand(sha256)
        return cut_isolated(self._archive.path(sha256), band, self._limits)

    def _known(self, key: Key) -> Crop | None:
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
            return self._made.get(key)

    def _keep(self, key: Key, crop: Crop) -> Crop:
        with self._lock:
            if key not in self._made:
                self._made[key] = crop
                self._size += _size(crop)
            while self._size > self._kept:
                _, dropped = self._made.popitem(last=False)
                self._size -= _size(dropped)
        return crop


def _size(crop: Crop) -> int:
    return len(crop.image or "") + sum(len(line.text) for line in crop.excerpt)

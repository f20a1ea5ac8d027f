"""Pictures and excerpts of archived files, made by confined processes and kept while there is room.

A file is named by the SHA-256 that the database has of it, never by a path.
"""

import io
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore, Lock

from PIL import Image

from ingest.errors import IngestError
from ingest.isolation import KeptPages, Limits, cuts_isolated, pages_isolated
from ingest.isolation.kept_pages import RECOGNISED
from ingest.pages.web.drawn_pages import MOST, DrawnPages
from ingest.pages.web.recent import Recent
from ingest.readers.crops import Band, Crop, PageImage
from ingest.readers.pdf.marks import MARGIN, marked
from ingest.readers.pdf.scan.pictures import PictureOf
from ingest.sync.archive import Archive
from warehouse.base.store import Store

IN_MEMORY = 64 << 20  # bytes of pages, packed, and as many characters of excerpts
TOGETHER = 8  # pages that one process draws, at most
FILES_AT_ONCE = 64  # locks: of two files that share one, the second waits
SECONDS = 20  # to make one: reading a document may take longer


class NotAtHand(Exception):
    """The archive does not hold the file, or no longer as it was read."""


class Originals:
    """`most` bytes of pages are kept on the disk."""

    def __init__(self, archive: Path, limits: Limits, most: int = MOST, store: Store | None = None) -> None:
        self._archive, self._limits = Archive(archive, store), limits
        self._on_disk = DrawnPages(self._archive, most)
        self._recognised = KeptPages(archive / RECOGNISED)
        self._pages: Recent[PageImage] = Recent(IN_MEMORY)
        self._excerpts: Recent[Crop] = Recent(IN_MEMORY)
        self._asked: dict[str, set[int]] = defaultdict(set)  # pages that are waited for
        self._lock, self._of_files = Lock(), [Lock() for _ in range(FILES_AT_ONCE)]
        self._free = BoundedSemaphore(len(os.sched_getaffinity(0)))  # others wait

    def holds(self, sha256: str) -> bool:
        return self._archive.holds(sha256)

    def excerpt(self, sha256: str, band: Band) -> Crop:
        """The lines of a file without pages. Raises NotAtHand, and an IngestError where the file cannot be shown."""
        return self._excerpts.get((sha256, band)) or self.excerpts(sha256, [band])[0]

    def excerpts(self, sha256: str, bands: Sequence[Band]) -> Sequence[Crop]:
        """As `excerpt`, of several places by one process; then each is at hand."""
        with self._free:
            crops = cuts_isolated(self._sound(sha256), bands, self._limits)
        return [
            self._excerpts.keep((sha256, band), crop, sum(len(line.text) for line in crop.excerpt))
            for band, crop in zip(bands, crops, strict=True)
        ]

    def picture(self, sha256: str, band: Band) -> bytes:
        """A PNG of the band of a page, with its marks framed; of the whole page where it has no top and bottom.

        All bands of a page are cut from one picture of it. Raises as `excerpt`.
        """
        return _png(self.page(sha256, band.page or 1), band)

    def page(self, sha256: str, number: int) -> PageImage:
        """Raises as `excerpt`."""
        return self._known(sha256, number) or self._drawn(sha256, number)

    def _known(self, sha256: str, number: int) -> PageImage | None:
        by = self._recognised.name_of_newest(PictureOf(sha256, number))
        if recent := self._pages.get((sha256, number, by)):
            return recent
        page = self._on_disk.get(sha256, number, by)
        return page and self._remembered(sha256, number, by, page)

    def _drawn(self, sha256: str, number: int) -> PageImage:
        """By one process for a file at a time, so that no page is drawn twice."""
        with self._lock:
            self._asked[sha256].add(number)
        with self._of_files[hash(sha256) % len(self._of_files)]:
            known = self._known(sha256, number)
            if known is None:
                return self._drawn_with_others(sha256, number)
        with self._lock:  # it was drawn for another request meanwhile
            self._asked[sha256].discard(number)
        return known

    def _drawn_with_others(self, sha256: str, number: int) -> PageImage:
        """Those of the file that others wait for are drawn too: to start a process takes longer than to draw a page."""
        numbers = [number, *self._others(sha256, number)]
        with self._free:
            by = [self._recognised.name_of_newest(PictureOf(sha256, drawn)) for drawn in numbers]
            try:
                pages = self._made(sha256, numbers)
            except IngestError:
                if len(numbers) == 1:
                    raise
                # It may be another of these pages that fails.
                pages = self._made(sha256, [number])
        for drawn, name, page in zip(numbers, by, pages, strict=False):
            self._on_disk.keep(sha256, drawn, page, name)
            self._remembered(sha256, drawn, name, page)
        return pages[0]

    def _made(self, sha256: str, numbers: Sequence[int]) -> tuple[PageImage, ...]:
        pictures = [PictureOf(sha256, number) for number in numbers]
        recognised = {picture: page for picture in pictures if (page := self._recognised.newest(picture))}
        return pages_isolated(self._sound(sha256), numbers, self._limits, recognised)

    def _others(self, sha256: str, number: int) -> list[int]:
        with self._lock:
            others = sorted(self._asked.pop(sha256, set()) - {number})
            if left := others[TOGETHER - 1 :]:
                self._asked[sha256] = set(left)
        return others[: TOGETHER - 1]

    def _remembered(self, sha256: str, number: int, by: str, page: PageImage) -> PageImage:
        """`by` names what was recognised on the page when it was drawn."""
        return self._pages.keep((sha256, number, by), page, page.size)

    def _sound(self, sha256: str) -> Path:
        if not self._archive.is_sound(sha256):
            raise NotAtHand(sha256)
        return self._archive.path(sha256)


def _png(page: PageImage, band: Band) -> bytes:
    top = round(page.scale * max(0.0, (band.top or 0.0) - MARGIN))
    bottom = min(page.height, round(page.scale * (band.bottom + MARGIN)) if band.bottom else page.height)
    top = max(0, min(top, bottom - 1))
    shown = Image.frombytes("L", (page.width, bottom - top), page.pixels(top, bottom))
    out = io.BytesIO()
    marked(shown, band.marks, top / page.scale, page.scale).save(out, format="PNG")
    return out.getvalue()

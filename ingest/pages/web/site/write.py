"""Writes the site: beside the old one, which it replaces when it is complete."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ingest.errors import NotASite, SiteNotWritten
from ingest.pages.web.originals import Originals
from ingest.pages.web.site.answer import Pages, number_of
from ingest.pages.web.site.files import feed_with_files, file_of, in_language, links, with_files
from ingest.pages.web.site.snapshot import Snapshot
from ingest.pages.web.words import LANGUAGES

MARKER = ".juesuan-site"  # in the folder of a site
HTML, ATOM = "text/html", "application/atom+xml"
AT_ONCE = 200  # numbers whose queries are asked together


@dataclass(frozen=True, slots=True)
class Written:
    """How many files, and pages among them."""

    files: int
    pages: int


def write_site(folder: Path, readers: Snapshot, originals: Originals, address: str | None = None) -> Written:
    """Writes all pages that links lead to from the first one, in both languages.

    `address` is where the site will be reached, for its feed; without it there is none.
    Raises NotASite, SiteNotWritten and psycopg.Error; `folder` is then as before.
    """
    with _replacing(folder) as new, closing(readers):
        readers.open()
        return _Site(folder, new, address, Pages(readers, originals, address)).write()


class _Site:
    """Evidence is written after all other pages, many numbers of a document at once."""

    def __init__(self, target: Path, folder: Path, address: str | None, pages: Pages) -> None:
        self._target, self._folder, self._address, self._asked = target, folder, address, pages
        self._known: set[str] = set()
        self._waiting: list[str] = []
        self._numbers: dict[tuple[int, str], list[str]] = {}  # of a document and kind of numbers
        self._files = self._pages = 0

    def write(self) -> Written:
        self._found(["/"])
        while self._waiting or self._numbers:
            if self._waiting:
                self._write(self._waiting.pop())
            else:
                self._write_numbers(next(iter(self._numbers)))
        return Written(self._files, self._pages)

    def _found(self, addresses: Iterable[str]) -> None:
        for one in addresses:
            if one not in self._known:
                self._known.add(one)
                number = number_of(one)
                waiting = self._numbers.setdefault((number.document, number.kind), []) if number else self._waiting
                waiting.append(one)

    def _write_numbers(self, group: tuple[int, str]) -> None:
        addresses = self._numbers.pop(group)
        if len(addresses) > AT_ONCE:
            self._numbers[group] = addresses[AT_ONCE:]
        numbers = [number for one in addresses[:AT_ONCE] if (number := number_of(one))]
        self._asked.prefetch(group[0], [number.place for number in numbers])
        for one in addresses[:AT_ONCE]:
            self._write(one)

    def _write(self, address: str) -> None:
        """Writes what is at an address, in each language, and notes where it leads to."""
        for asked in dict.fromkeys(in_language(address, language) for language in LANGUAGES):
            answered = self._answered(asked)
            self._save(file_of(asked), self._content(file_of(asked), answered))
            if answered.media_type == HTML:
                self._pages += 1
                self._found(links(_text(answered)))

    def _answered(self, asked: str) -> Response:
        try:
            return self._asked.answer(asked)
        except HTTPException as error:
            raise SiteNotWritten(str(self._target), address=asked) from error

    def _content(self, own: str, answered: Response) -> bytes:
        if answered.media_type == HTML:
            return with_files(_text(answered), own).encode()
        if answered.media_type == ATOM:
            return feed_with_files(_text(answered), self._address or "").encode()
        return bytes(answered.body)

    def _save(self, own: str, content: bytes) -> None:
        path = self._folder / own
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._files += 1


def _text(answered: Response) -> str:
    return bytes(answered.body).decode()


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, which it replaces at the end unless an error comes."""
    if folder.exists() and not (folder / MARKER).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotASite(str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        yield new
        (new / MARKER).touch()
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            old.rename(folder)
            raise

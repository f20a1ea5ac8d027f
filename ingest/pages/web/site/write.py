"""Writes the site: beside the old one, which it replaces when it is complete."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from httpx import ASGITransport, AsyncClient, Response

from ingest.errors import NotASite, SiteNotWritten
from ingest.pages.web.application import application
from ingest.pages.web.drawn_pages import drawn_by
from ingest.pages.web.originals import Originals
from ingest.pages.web.site.files import canonical, feed_with_files, file_of, links, with_files
from ingest.pages.web.site.remembering import Remembering
from ingest.pages.web.words import LANGUAGES

MARKER = ".juesuan-site"  # in the folder of a site: what wrote it
PICTURES = "pictures"
HTML, ATOM = "text/html", "application/atom+xml"
AT_ONCE = 4  # pages; each page in one thread, and its pictures in a process
BASE = "http://site.invalid"  # is in no page: feeds have the address that is given


@dataclass(frozen=True, slots=True)
class Written:
    """How many files, pages among them, and pictures that were taken from the old site."""

    files: int
    pages: int
    kept: int


def write_site(
    folder: Path,
    readers: Remembering,
    originals: Originals,
    address: str | None = None,
    on_page: Callable[[int, int], None] = lambda done, waiting: None,
) -> Written:
    """Writes all pages that links lead to from the first one, in both languages.

    `address` is where the site will be reached, for its feed; without it there is none. Pictures of the site that is
    there are taken from it. Raises NotASite and SiteNotWritten; `folder` is then as before.
    """
    with _replacing(folder) as new:
        site = _Site(folder, new, address, on_page)
        served = application(readers, originals, address, is_site=True)
        readers.open()
        try:
            return asyncio.run(site.write(AsyncClient(transport=ASGITransport(served), base_url=BASE)))
        finally:
            readers.close()


class _Site:
    def __init__(
        self,
        target: Path,
        folder: Path,
        address: str | None,
        on_page: Callable[[int, int], None],
    ) -> None:
        self._target, self._folder, self._address, self._on_page = target, folder, address, on_page
        self._old_pictures = _pictures_of(target)
        self._files = self._pages = self._kept = 0

    async def write(self, client: AsyncClient) -> Written:
        """Each address in all languages, then those that its pages lead to, the nearest last."""
        known, waiting = {"/"}, ["/"]
        under_way: set[asyncio.Task[list[str]]] = set()
        async with client:
            while waiting or under_way:
                while waiting and len(under_way) < AT_ONCE:
                    under_way.add(asyncio.create_task(self._written(client, waiting.pop())))
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    new = [one for one in dict.fromkeys(task.result()) if one not in known]
                    known.update(new)
                    waiting += new
                self._on_page(self._pages, len(waiting))
        return Written(self._files, self._pages, self._kept)

    async def _written(self, client: AsyncClient, address: str) -> list[str]:
        """Writes what is at an address. Returns the addresses that it leads to, each once for all languages."""
        if self._is_kept(address):
            return []
        found: list[str] = []
        async for own, answer in self._answers(client, address):
            self._save(own, self._content(own, answer))
            if answer.headers["content-type"].startswith(HTML):
                self._pages += 1
                found += [_of_all_languages(link) for link in links(answer.text)]
        return found

    async def _answers(self, client: AsyncClient, address: str) -> AsyncIterator[tuple[str, Response]]:
        """The file and what is in it; several for an address that answers in languages."""
        for asked in dict.fromkeys(_in_language(address, language) for language in LANGUAGES):
            answer = await client.get(asked)
            if answer.status_code != 200:
                raise SiteNotWritten(str(self._target), address=asked)
            yield file_of(asked), answer

    def _content(self, own: str, answer: Response) -> bytes:
        kind = answer.headers["content-type"]
        if kind.startswith(HTML):
            return with_files(answer.text, own).encode()
        if kind.startswith(ATOM):
            return feed_with_files(answer.text, self._address or "").encode()
        return answer.content

    def _save(self, own: str, content: bytes) -> None:
        path = self._folder / own
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._files += 1

    def _is_kept(self, address: str) -> bool:
        """Takes a picture from the old site, where its name says the same."""
        own = file_of(address)
        if not (self._old_pictures and own.startswith(f"{PICTURES}/")):
            return False
        old, new = self._old_pictures / own.removeprefix(f"{PICTURES}/"), self._folder / own
        if not old.is_file():
            return False
        new.parent.mkdir(parents=True, exist_ok=True)
        os.link(old, new)
        self._files, self._kept = self._files + 1, self._kept + 1
        return True


def _of_all_languages(address: str) -> str:
    return canonical(_in_language(address, LANGUAGES[0]))


def _in_language(address: str, language: str) -> str:
    """Pictures, data and the files that pages use have none."""
    path = urlsplit(address).path
    if path.startswith((f"/{PICTURES}/", "/static/")):
        return address
    return canonical(f"{address}{'&' if '?' in address else '?'}lang={language}")


def _pictures_of(folder: Path) -> Path | None:
    """Those of a site that was written by this version."""
    marker = folder / MARKER
    same = marker.is_file() and marker.read_text("utf-8") == _version()
    return folder / PICTURES if same else None


def _version() -> str:
    return f"{drawn_by()}\n"


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
        (new / MARKER).write_text(_version(), "utf-8")
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            old.rename(folder)
            raise
